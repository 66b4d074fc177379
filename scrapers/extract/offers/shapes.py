"""Which declared fields a file of data has, so that an answer handed in without its platform is still read by them.

`shapes.yml` holds interfaces that no source folder asks; the folders' own declarations are the callers' to give. A file is
taken for a shape only when every field the shape reads a price or a count from is there and the chip's field names a chip.
"""

import itertools
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from scrapers.documents import Document
from scrapers.extract.offers import declared
from scrapers.extract.offers.options import Declared
from scrapers.lexicon import chips

_LOOKED_AT = 20


@lru_cache(maxsize=1)
def known() -> dict[str, dict[str, Any]]:
    """Options (`options.Options`) by name of the interface."""
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(
        (Path(__file__).parent / "shapes.yml").read_text(encoding="utf-8")
    )
    return loaded


def recognise(document: Document, candidates: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Names of the candidates (options by name) whose declared fields the document has, those with most fields; several
    where the fields do not tell them apart."""
    scores = {
        name: fits(document, Declared.model_validate(options["records"]))
        for name, options in candidates.items()
        if options.get("records")
    }
    best = max(scores.values(), default=0)
    return [name for name, score in scores.items() if score == best and best > 0]


def fits(document: Document, records: Declared) -> int:
    """How many of the declared fields the document's records have; 0 where they are not of that shape."""
    needed = {records.chip, *(price.path for price in records.prices), *records.where}
    if not records.prices:
        needed |= {path for path in (records.idle, records.total) if path is not None}
    useful = needed | {
        p
        for p in (records.count, records.memory, records.region, records.status, *records.key)
        if p is not None
    }
    if records.items or not document.tables:
        parsed = _json(document)
        found = (
            list(itertools.islice(declared.items(parsed, records.items), _LOOKED_AT))
            if parsed is not None
            else []
        )
        if not any(chips.find(str(item.get(records.chip) or "")) for item in found):
            return 0
        there = {path for path in useful for item in found if path == "" or item.get(path) is not None}
    else:
        header = {cell.strip() for cell in document.tables[0].rows[0]} if document.tables[0].rows else set()
        there = {path for path in useful if path.partition(".")[0] in header}
    return len(there) if needed <= there and (len(needed) > 1 or records.items) else 0


def _json(document: Document) -> Any:
    for text in (document.raw_text, document.text):
        if text.lstrip()[:1] in ("{", "["):
            try:
                return json.loads(text)
            except ValueError:
                continue
    return None
