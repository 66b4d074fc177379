"""Registers of AI services: tables, JSON copies and prose to filings and totals.

Three registers are kept apart: filing (备案), registration (登记, the `S` in its number) and deep-synthesis algorithm
(网信算备…), with on-device filings (手机端侧) as a fourth list. `grammar` holds what they have in common, `tables` reads
tables and JSON, `counts` and `english` the totals prose states, `names` and `english_names` the services a text names
outside of tables.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from scrapers.documents import Context, Document
from scrapers.extract.filings import counts, english, names, tables
from scrapers.extract.filings.days import page_date
from scrapers.extract.filings.grammar import NUMBER, province_of
from scrapers.issues import Issue
from scrapers.records import Filing, FilingCount, Record

__all__ = ["NUMBER", "page_date", "province_of", "read"]


_PROSE = 20
"""A string of more letters may state totals or name services."""


def read(document: Document, context: Context) -> Iterator[Record | Issue]:
    """Filings of the document's tables (or JSON rows), then the totals its prose states and the services it names."""
    if (content := tables.json_of(document)) is not None:
        items = list(tables.read_json(content, context))
        yield from items
        if any(isinstance(item, Filing | FilingCount) for item in items):
            return
        document = replace(document, text="\n".join(_sentences(content)), media_type="text/plain")
    seen: set[str] = set()
    rows = 0
    for item in tables.read(document, context):
        if isinstance(item, Filing):
            rows += 1
            seen.add((item.filing_number or "").lower())
        yield item
    is_chinese = _is_chinese(document.text)
    yield from counts.read(document, context) if is_chinese else english.read(document, context)
    yield from names.read(document, context, seen, has_table=rows > 0, is_chinese=is_chinese)


def _sentences(content: Any) -> Iterator[str]:
    """The strings of a JSON file that hold prose."""
    if isinstance(content, str):
        if len(content) > _PROSE:
            yield content
    elif isinstance(content, dict | list):
        for value in content.values() if isinstance(content, dict) else content:
            yield from _sentences(value)


def _is_chinese(text: str) -> bool:
    """Whether a text is mainly Chinese; English news may quote 备案."""
    han = len(re.findall(r"[\u4e00-\u9fff]", text))
    return han * 3 > len(re.findall(r"[A-Za-z]", text))
