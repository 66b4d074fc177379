"""The Federal Register API: documents of the Bureau of Industry and Security. Open, no key.

`GET /api/v1/documents.json` with `conditions[…]`, `fields[]`, `order` and `per_page`, as documented at
federalregister.gov/developers. `next_page_url` is followed rather than a page number counted. `effective_on` is one
date although a rule may have several: the words of `dates` are kept in the record's note. Letters, guidance and press
releases are not in the Register at all.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from scrapers.captures import Capture, Request
from scrapers.issues import Issue
from scrapers.records import Ground, Record, Restriction
from scrapers.source import Source

VERSION = "1"
FIELDS = (
    "document_number", "title", "type", "publication_date", "effective_on", "dates", "action", "citation",
    "regulation_id_numbers", "cfr_references", "html_url", "abstract", "agencies", "correction_of",
)  # fmt: skip
# What bears on AI chips among the Bureau's many rules. A term search joins words by AND and loses documents, so all are
# asked for and sorted here.
_SUBJECT = re.compile(
    r"advanced computing|supercomput|semiconductor|integrated circuit|artificial intelligence|\bAI\b|3A090|4A090|high[- ]bandwidth memory"
    r"|Entity List|data cent(?:er|re)|validated end[- ]user|affiliates|Macau|People's Republic of China|\bChina\b",
    re.I,
)
_INSTRUMENT = {
    "Rule": "rule",
    "Proposed Rule": "rule",
    "Notice": "guidance",
    "Presidential Document": "tariff",
}


def requests(source: Source) -> Iterable[Request]:
    """Rules, proposed rules and notices of the Bureau since the first of the chip letters, newest first."""
    params = [
        ("conditions[agencies][]", "industry-and-security-bureau"),
        *(("conditions[type][]", kind) for kind in ("RULE", "PRORULE", "NOTICE")),
        ("conditions[publication_date][gte]", "2022-08-01"),
        ("order", "newest"),
        ("per_page", "1000"),
        *(("fields[]", field) for field in FIELDS),
    ]
    return [Request(url=url, role="list", params=tuple(params)) for url in source.list_urls()]


def links(source: Source, capture: Capture) -> Iterator[Request]:
    """The next page of the answer, as it names it."""
    following = json.loads(capture.content).get("next_page_url")
    if following:
        yield Request(url=following, role="list")


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    """One event a document that bears on chips; the others are counted in one issue of level info."""
    answer = json.loads(capture.content)
    passed_over = 0
    for position, item in enumerate(answer.get("results", [])):
        words = f"{item.get('title') or ''} {item.get('abstract') or ''}"
        if not _SUBJECT.search(words):
            passed_over += 1
            continue
        yield _event(item, f"$.results[{position}]")
    if passed_over:
        yield Issue(
            level="info",
            code="other-subject",
            message=f"{passed_over} documents on other subjects than chips",
        )


def _event(item: dict[str, Any], locator: str) -> Restriction:
    number, citation = item["document_number"], item.get("citation")
    title = " ".join((item.get("title") or "").split())
    listing = "Entity List" in title
    return Restriction(
        event_id=f"FR-{number}",
        announced_date=_day(item.get("publication_date")),
        effective_date=_day(item.get("effective_on")),
        jurisdiction="US",
        authority="BIS",
        instrument="entity listing" if listing else _INSTRUMENT.get(item.get("type") or "", "rule"),
        title=title,
        document_number="; ".join(part for part in (citation, f"FR {number}") if part),
        summary=item.get("abstract"),
        status_note=f"dates as printed: {item['dates']}" if item.get("dates") else None,
        confidence="high",
        ground=Ground(quote=f"{title} ({citation or number})", locator=locator, url=item.get("html_url")),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
