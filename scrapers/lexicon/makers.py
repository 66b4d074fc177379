"""Names of those who make AI services, as registers and the press write them.

`model_entities.txt` holds every body of the bundled national lists, one a line, and is made from them by
`python -m tests.scrapers.model_names`; `model_makers.csv` holds what the press calls well-known ones. A firm's short name is
what is left of it without its place, its form and its trade: `北京智谱华章科技有限公司` to `智谱华章`.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from scrapers.lexicon import places

ENTITIES = Path(__file__).with_name("model_entities.txt")
_MAKERS = Path(__file__).with_name("model_makers.csv")
_FORM = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|[（(][^（()）]*[)）])")
_TRADE = re.compile(r"(?:科技|网络|信息|技术|智能|软件|数字|人工智能|数据|集团|控股|发展|服务|产业|咨询)+$")
_COMMON = frozenset(
    {
        "创意",
        "模型",
        "移动",
        "东方",
        "智能",
        "城市",
        "中国",
        "听说",
        "聚焦",
        "国家",
        "人民",
        "数字",
        "教育",
        "发展",
        "一键",
    }
)
"""Short names that are everyday words."""


@cache
def names() -> dict[str, str]:
    """Every spelling to how sure it is a maker's: `whole` or `short`."""
    found: dict[str, str] = {}
    for line in ENTITIES.read_text(encoding="utf-8").splitlines():
        bare = _FORM.sub("", line)
        if len(bare) >= 3:
            found.setdefault(bare, "short")
        short = _TRADE.sub("", _without_place(bare))
        if len(short) >= 2:
            found.setdefault(short, "short")
        found[line] = "whole"
    with _MAKERS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.update(dict.fromkeys((s for s in (row["name"], *row["also"].split("|")) if s), "whole"))
    everyday = _COMMON | {name for place in places.all_places() for name in (place.name, *place.also)}
    return {name: sure for name, sure in found.items() if name not in everyday and not name.isdigit()}


def _without_place(name: str) -> str:
    place = next(iter(places.find(name[:6])), None)
    return name[place.end :].removeprefix("市").removeprefix("省") if place and place.start == 0 else name


@cache
def _starts() -> dict[str, list[str]]:
    starts: dict[str, list[str]] = {}
    for name in sorted(names(), key=len, reverse=True):
        starts.setdefault(name[0], []).append(name)
    return starts


def known_end(name: str) -> str | None:
    """The known maker that a longer piece of text ends with: `零售孩子王儿童用品股份有限公司`."""
    for start in range(1, len(name) - 3):
        if names().get(name[start:]) == "whole":
            return name[start:]
    return None


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where known makers stand, longest first, without overlaps."""
    at = 0
    while at < len(text):
        name = next((name for name in _starts().get(text[at], ()) if text.startswith(name, at)), None)
        if name and not (name[0].isascii() and at and text[at - 1].isascii() and text[at - 1].isalnum()):
            yield at, at + len(name)
            at += len(name)
        else:
            at += 1
