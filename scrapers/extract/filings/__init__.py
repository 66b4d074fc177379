"""Registers of AI services: tables, JSON copies and prose to filings and totals.

Three registers are kept apart: filing (备案), registration (登记, the `S` in its number) and deep-synthesis algorithm
(网信算备…), with on-device filings (手机端侧) as a fourth list. `grammar` holds what they have in common. A row of a table or of
JSON starts at `tables` (`headers` and `flat` find its columns and lines, `lost_rows` reads lines that have lost their table,
`tallies` reads totals by what `labels` says of each column, row and key, `days` and `scopes` the day and place of a document); a
total or a service in a sentence at `prose`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from scrapers.documents import Context, Document
from scrapers.extract.filings import lost_rows, prose, tables
from scrapers.extract.filings.days import page_date
from scrapers.extract.filings.grammar import NUMBER, province_of
from scrapers.issues import Issue
from scrapers.records import Filing, FilingCount, Record

_ABOUT_CHIPS = re.compile(
    r"Bureau of Industry and Security|\bexport (?:controls?|licen[cs]es?)|Entity List", re.I
)
_ABOUT_SERVICES = re.compile(r"\bCAC\b|cyberspace|generative|language model|chatbot", re.I)
"""What an English text on exports must speak of to tell of these registers too: approvals of chips are others."""
__all__ = ["NUMBER", "page_date", "province_of", "read"]


def read(document: Document, context: Context) -> Iterator[Record | Issue]:
    """Filings of the document's tables (or JSON rows), then the totals its prose states and the services it names."""
    if (content := tables.json_of(document)) is not None:
        yield from _read_json(content, document, context)
        return
    seen: set[str] = set()
    rows: list[Record | Issue] = list(tables.read(document, context))
    named = [item for item in rows if isinstance(item, Filing)]
    rows += lost_rows.read(document, {_number(item) for item in named}, context.date or page_date(document))
    seen |= {_number(item) for item in rows} - {""}
    rest: Iterator[Record | Issue] = iter(())
    if document.media_type != "text/csv":
        rest = _prose(_without_rows(document, rows), context, seen, has_table=bool(named))
    elif all(isinstance(item, Issue) for item in rows):
        rest = _of_strings(_cells(document), document, context)
    told = list(rest)
    of_tables = [item for item in rows if isinstance(item, FilingCount)]
    totals = [*of_tables, *(item for item in told if isinstance(item, FilingCount))]
    for item in rows:
        if not (isinstance(item, FilingCount) and any(_is_part(item, other) for other in totals)):
            yield item
    for item in told:
        if isinstance(item, FilingCount):
            # prose may have taken the page's day for numbers that a table has the day of
            dated = [replace(item, as_of=o.as_of) for o in of_tables] if item.as_of == context.date else []
            if any(_is_part(item, other) for other in totals) or any(
                _is_part(item, other, whole=True) for other in of_tables
            ):
                continue
            if any(_is_part(one, other, whole=True) for one, other in zip(dated, of_tables, strict=False)):
                continue
        yield item


def _number(item: Record | Issue) -> str:
    return (item.filing_number or "").lower() if isinstance(item, Filing) else ""


def _without_rows(document: Document, rows: Iterable[Record | Issue]) -> Document:
    """The document with the rows of its tables, and what was read as rows of totals, left blank: they are no sentences."""
    quotes = [
        quote for item in rows if isinstance(item, FilingCount) for quote in item.ground.quote.split(" / ")
    ]
    if document.tables:
        return replace(document, text=_blanked(document.text, _short_rows(document)))
    if not quotes:
        return document
    cells = [r"\s*[|｜,，]?\s*".join(map(re.escape, quote.split(" | "))) for quote in quotes]
    return replace(document, text=re.sub("|".join(cells), lambda m: re.sub(r"\S", " ", m[0]), document.text))


_LONGEST_CELL = 80
"""A cell with more letters may be an article that a page lays out in a table."""


def _short_rows(document: Document) -> Iterator[str]:
    for table in document.tables:
        for row in table.rows:
            cells = [cell for cell in row if cell.strip()]
            if len(cells) > 1 and max(map(len, cells)) <= _LONGEST_CELL:
                yield "".join(cells)


def _blanked(text: str, rows: Iterable[str]) -> str:
    """A text with blanks for the letters of rows, which stand in it in their order, with marks between their cells."""
    places = [at for at, letter in enumerate(text) if not (letter.isspace() or letter in "|｜")]
    plain = "".join(text[at] for at in places)
    letters, last = list(text), 0
    for row in rows:
        bare = re.sub(r"[\s|｜]", "", row)
        at = plain.find(bare, last)
        at = at if at >= 0 else plain.find(bare)
        if at >= 0:
            last = at + len(bare)
            for place in places[at:last]:
                letters[place] = " "
    return "".join(letters)


_NUMBERS = ("total_filed", "new_in_period", "total_registered", "new_registered")


def _is_part(count: FilingCount, other: FilingCount, *, whole: bool = False) -> bool:
    """Whether another count of the same day and place says all that this one says, and more (or `whole`: just this)."""
    ours, theirs = ({n: v for n in _NUMBERS if (v := getattr(c, n)) is not None} for c in (count, other))
    same = (count.as_of, count.scope, count.qualifier) == (other.as_of, other.scope, other.qualifier)
    return same and (ours.items() < theirs.items() or (whole and ours == theirs))


def _cells(document: Document) -> Iterator[tuple[str, str | None, str]]:
    """Place and text of the cells of a CSV file that may be news of approvals: its lines as a whole are no prose."""
    for table in document.tables:
        for number, row in enumerate(table.rows):
            for cell in row:
                if tables.is_news(cell):
                    yield (
                        (table.row_locators or [table.locator])[min(number, len(table.row_locators) - 1)],
                        None,
                        cell,
                    )


def _prose(document: Document, context: Context, seen: set[str], has_table: bool) -> Iterator[Record | Issue]:
    text = document.text
    if not prose.is_chinese(text) and _ABOUT_CHIPS.search(text) and not _ABOUT_SERVICES.search(text):
        return
    yield from prose.read(document, context, seen, has_table=has_table)


def _read_json(content: Any, document: Document, context: Context) -> Iterator[Record | Issue]:
    """Rows and totals of a JSON copy; where it has none, its longer strings are read as the news they may be. A record's
    offsets are those of its words in the file where they stand there unescaped."""
    is_list = False
    for item in tables.read_json(content, context):
        is_list |= not isinstance(item, Issue)
        yield item
    if is_list:
        return
    yield from _of_strings(tables.strings(content), document, context)


def _of_strings(
    strings: Iterable[tuple[str, str | None, str]], document: Document, context: Context
) -> Iterator[Record | Issue]:
    """What strings of a file tell, each with its place and title."""
    for path, title, text in strings:
        for item in _prose(Document(text=text, raw_text=text, title=title), context, set(), has_table=False):
            if isinstance(item, Filing | FilingCount):
                start = document.text.find(item.ground.quote)
                ground = replace(
                    item.ground,
                    start=start if start >= 0 else None,
                    end=start + len(item.ground.quote) if start >= 0 else None,
                    locator=path,
                )
                item = replace(item, ground=ground)
            yield item
