"""Instance types of the big clouds: which chip, and how many, a name such as `p4d.24xlarge` stands for.

`chip_instances.csv` holds names whose documentation gives the number of cards (AWS accelerated instances, Azure N series,
Google A and G2 machines, Oracle GPU shapes, Tencent Cloud GPU instances, Huawei Cloud p2s and pi2, Alibaba Cloud gn8is and
bare metal). A name two clouds use for different sizes is not in it. Alibaba's other names say it themselves: in
`gn7i-c32g1.16xlarge` there are 32 vCPUs to a card, and 16xlarge has 64.
"""

import csv
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

_ALIBABA = re.compile(
    r"(?<![A-Za-z0-9])(?:ecs\.)?(?P<family>gn\d[a-z]?)-c(?P<ratio>\d{1,2})g1\.(?P<size>\d{1,2})?x?large(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_ALIBABA_FAMILIES = {
    "gn5": ("nvidia-p100", None), "gn5i": ("nvidia-p4", "nvidia-p4"), "gn6i": ("nvidia-t4", "nvidia-t4"),
    "gn6v": ("nvidia-v100", "nvidia-v100-sxm2-16gb"), "gn6e": ("nvidia-v100", "nvidia-v100-sxm2-32gb"),
    "gn7": ("nvidia-a100", "nvidia-a100-sxm4-40gb"), "gn7e": ("nvidia-a100", "nvidia-a100-sxm4-80gb"),
    "gn7i": ("nvidia-a10", "nvidia-a10"), "gn7s": ("nvidia-a30", None),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class InstanceType:
    """An instance type met in a text. `cards` is null where the name does not say; below 1 it is a slice of a card."""

    chip_family: str
    chip_id: str | None
    cards: Fraction | None
    start: int
    end: int


def find(plain: str) -> list[InstanceType]:
    """Instance types named in a text, in order. A longer name wins over a shorter one it begins with."""
    if not any(mark in plain for mark in (".", "-", "_", " v")):
        return []
    pattern, known = _known()
    found = [
        InstanceType(*known[hit[0].casefold().replace(" ", "_")], hit.start(), hit.end())
        for hit in pattern.finditer(plain)
    ]
    for hit in _ALIBABA.finditer(plain):
        family = _ALIBABA_FAMILIES.get(hit["family"].casefold())
        if family is not None:
            cpus = 4 * int(hit["size"] or 1) if "x" in hit[0][-7:].casefold() else 2
            ratio = int(hit["ratio"])
            cards = Fraction(cpus, ratio) if cpus % ratio == 0 else None
            found.append(InstanceType(*family, cards, hit.start(), hit.end()))
    return sorted(found, key=lambda instance: instance.start)


@lru_cache(maxsize=1)
def _known() -> tuple[re.Pattern[str], dict[str, tuple[str, str | None, Fraction]]]:
    known: dict[str, tuple[str, str | None, Fraction]] = {}
    with (Path(__file__).parent / "chip_instances.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known[row["instance"].casefold()] = (
                row["chip_family"],
                row["chip_id"] or None,
                Fraction(row["cards"]),
            )
    # "ND H100 v5" is how Azure writes ND_H100_v5 in prose.
    names = "|".join(re.escape(name).replace("_", "[_ ]") for name in sorted(known, key=len, reverse=True))
    # "g6.xlarge" is Amazon's; "g6.xlarge.4" is another cloud's.
    return re.compile(rf"(?<![A-Za-z0-9])(?:{names})(?![A-Za-z0-9]|\.\d)", re.IGNORECASE), known
