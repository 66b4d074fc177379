"""Epoch AI's tables of AI hardware and GPU clusters: CSV files under CC BY 4.0, credit Epoch AI.

Columns are renamed and reordered from month to month, so they are found by name with the aliases below; a column that
is not there gives null, an unknown one is no matter. `options.table` names the table a file feeds.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from scrapers.captures import Capture, Request
from scrapers.issues import Issue
from scrapers.records import Fact, Ground, Record
from scrapers.source import Source

VERSION = "2"

HARDWARE: dict[str, tuple[Sequence[str], float]] = {
    "hardware_name": (("Hardware name", "Name of the hardware"), 1),
    "manufacturer": (("Manufacturer",), 1),
    "release_date": (("Release date",), 1),
    "tpp": (("Total processing performance (bit-OP/s)", "Total processing performance"), 1e-12),
    "die_area_mm2": (("Die Size in mm²", "Die Size (mm²)", "Die Size (mm^2)"), 1),
    "memory_gib": (("Memory (bytes)", "Memory size per board (Byte)"), 1 / 1e9),
    "memory_bandwidth_gbs": (("Memory bandwidth (byte/s)", "Memory bandwidth (bytes/s)"), 1 / 1e9),
}
CLUSTERS: dict[str, tuple[Sequence[str], float]] = {
    "cluster_name": (("Name",), 1),
    "country": (("Country",), 1),
    "owner": (("Owner",), 1),
    "status": (("Status", "Existence"), 1),
    "certainty": (("Certainty",), 1),
    "chip_text": (("Chip type (primary)",), 1),
    "chip_count": (("Chip quantity (primary)",), 1),
    "chips_total": (("Total number of AI chips",), 1),
    "h100_equivalents": (("H100 equivalents",), 1),
    "power_mw": (("Power Capacity (MW)",), 1),
    "hardware_cost_usd": (("Hardware Cost",), 1),
    "sector": (("Sector",), 1),
    "is_possible_duplicate": (("Possible Duplicate",), 1),
    "first_operational_date": (("First Operational Date",), 1),
}
NUMBERS = {
    "tpp", "die_area_mm2", "memory_gib", "memory_bandwidth_gbs", "chip_count", "chips_total", "h100_equivalents", "power_mw",
    "hardware_cost_usd",
}  # fmt: skip


class Options(BaseModel):
    model_config = ConfigDict(extra="forbid")

    table: Literal["hardware", "clusters"]
    country: str | None = None


def requests(source: Source) -> Iterable[Request]:
    """The file, whole."""
    return [Request(url=url, role="list") for url in source.list_urls()]


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    """One row a device, or a cluster of `options.country`."""
    options = Options.model_validate(source.options)
    wanted = HARDWARE if options.table == "hardware" else CLUSTERS
    name = "hardware_name" if options.table == "hardware" else "cluster_name"
    reader = csv.DictReader(io.StringIO(capture.content.decode("utf-8-sig")))
    there = set(reader.fieldnames or ())
    columns = {key: next((n for n in names if n in there), None) for key, (names, _) in wanted.items()}
    if columns[name] is None:
        yield Issue(
            level="error",
            code="unknown-header",
            message=f"no column {wanted[name][0][0]!r} among {sorted(there)[:8]}",
        )
        return
    for missing in sorted(key for key, column in columns.items() if column is None):
        yield Issue(
            level="warning",
            code="missing-column",
            message=f"{missing}: none of {', '.join(wanted[missing][0])}",
        )
    seen: dict[str, int] = {}
    for number, row in enumerate(reader, start=2):
        cells = {key: (row.get(column) or "").strip() if column else "" for key, column in columns.items()}
        if not cells[name] or (options.country and options.country.lower() not in cells["country"].lower()):
            continue
        values: dict[str, str | None] = {}
        for key, text in cells.items():
            if key in NUMBERS:
                values[key] = _scaled(text, wanted[key][1])
            elif key.startswith("is_"):
                values[key] = "true" if text.casefold() == "true" else "false"
            elif key.endswith("_date"):
                values[key] = text[:10] if len(text) >= 10 else None
            else:
                values[key] = text or None
        if options.table == "clusters":
            # Many clusters are anonymous: a name alone is no key.
            key = (
                f"{cells[name]} {values['first_operational_date'] or ''} {values['chip_count'] or ''}".strip()
            )
            seen[key] = seen.get(key, 0) + 1
            values["cluster_key"] = key if seen[key] == 1 else f"{key} #{seen[key]}"
        yield Fact(
            table=f"core_restrictions__epoch_{options.table}",
            values=values,
            ground=Ground(
                quote=f"{cells[name]}: {'; '.join(f'{k} {v}' for k, v in values.items() if v and k != name)}",
                locator=f"line {number}",
            ),
        )


def _scaled(text: str, factor: float) -> str | None:
    try:
        return f"{float(text.replace(',', '')) * factor:.10g}"
    except ValueError:
        return None
