"""Known faults of official filing rows: what to put in place of the printed value, or why it is doubted.

`filing_corrections.csv` names a row by its printed number. A row with `corrected` is put right and keeps what was printed; one
without is left as it is and carries the reason as a doubt.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("filing_corrections.csv")
FIELDS = ("filing_number", "model_name", "entity_name")


@dataclass(frozen=True, slots=True)
class Correction:
    field: str
    printed: str
    corrected: str | None
    reason: str


class CorrectionError(Exception):
    """A line of the table cannot be used. The message names file and line."""


@cache
def corrections() -> Mapping[str, tuple[Correction, ...]]:
    """By printed number in lower case."""
    found: dict[str, list[Correction]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            if row["field"] not in FIELDS or not row["reason"] or not row["printed"]:
                raise CorrectionError(
                    f"{TABLE.name} line {line}: no field of {', '.join(FIELDS)}, or no reason"
                )
            found.setdefault(row["filing_number"].lower(), []).append(
                Correction(row["field"], row["printed"], row["corrected"] or None, row["reason"])
            )
    return {number: tuple(rows) for number, rows in found.items()}


def apply(
    number: str, values: Mapping[str, str | None]
) -> tuple[dict[str, str | None], list[str], list[str]]:
    """The values put right, the corrections made and the doubts left. A value that is no longer the printed one (the list
    was corrected at its source, or the reader put it right) is left alone."""
    out, made, doubts = dict(values), list[str](), list[str]()
    for known in corrections().get(number.lower(), ()):
        if known.corrected is None:
            if values.get(known.field) == known.printed:
                doubts.append(known.reason)
        elif values.get(known.field) == known.printed:
            out[known.field] = known.corrected
            made.append(f"{known.field}: {known.reason}")
    return out, made, doubts
