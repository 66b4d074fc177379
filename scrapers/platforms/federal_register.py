"""The Federal Register API: documents of the Bureau of Industry and Security. Open, no key.

`GET /api/v1/documents.json` with `conditions[…]`, `fields[]`, `order` and `per_page`, as documented at
federalregister.gov/developers. `next_page_url` is followed rather than a page number counted. `effective_on` is one
date although a rule may have several: the words of `dates` are kept in the record's note. Of the newest documents that
bear on chips (`options.texts`) the text itself is asked for too: its sections give the several days of effect. Letters,
guidance and press releases are not in the Register at all.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from scrapers import formats
from scrapers.captures import Capture, Request
from scrapers.documents import Context
from scrapers.extract import restrictions
from scrapers.issues import Issue
from scrapers.records import Record
from scrapers.source import Source

VERSION = "3"
FIELDS = (
    "document_number", "title", "type", "publication_date", "effective_on", "dates", "action", "citation",
    "regulation_id_numbers", "cfr_references", "html_url", "raw_text_url", "abstract", "agencies", "correction_of",
)  # fmt: skip
# What bears on AI chips among the Bureau's many rules. A term search joins words by AND and loses documents, so all are
# asked for and sorted here.
_SUBJECT = re.compile(
    r"advanced computing|supercomput|semiconductor|integrated circuit|artificial intelligence|\bAI\b|3A090|4A090|high[- ]bandwidth memory"
    r"|Entity List|data cent(?:er|re)|validated end[- ]user|affiliates|Macau|People's Republic of China|\bChina\b",
    re.I,
)


class Options(BaseModel):
    """`texts`: of how many of the newest documents on chips the text is asked for."""

    model_config = ConfigDict(extra="forbid")

    texts: int = Field(default=0, ge=0, le=200)


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
    """The next page of the answer, as it names it, and the texts of its newest documents on chips."""
    if capture.role != "list":
        return
    answer = json.loads(capture.content)
    if following := answer.get("next_page_url"):
        yield Request(url=following, role="list")
    wanted = [item for item in answer.get("results", []) if _is_subject(item) and item.get("raw_text_url")]
    wanted.sort(key=lambda item: str(item.get("publication_date") or ""), reverse=True)
    for item in wanted[: Options.model_validate(source.options).texts]:
        yield Request(
            url=item["raw_text_url"],
            context=(("number", item["document_number"]), ("page", item.get("html_url") or "")),
        )


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    """One event a document that bears on chips; the others are counted in one issue of level info."""
    if capture.role != "list":
        document = formats.read(capture.content, url=capture.url, content_type=capture.content_type)
        context = Context(document_key=capture.url, url=capture.context.get("page") or capture.url)
        yield from restrictions.read(document, context)
        return
    answer = json.loads(capture.content)
    passed_over = 0
    for position, item in enumerate(answer.get("results", [])):
        if _is_subject(item):
            yield from restrictions.register_document(
                item, f"$.results[{position}]", agency="Bureau of Industry and Security"
            )
        else:
            passed_over += 1
    if passed_over:
        yield Issue(
            level="info",
            code="other-subject",
            message=f"{passed_over} documents on other subjects than chips",
        )


def _is_subject(item: dict[str, Any]) -> bool:
    return bool(_SUBJECT.search(f"{item.get('title') or ''} {item.get('abstract') or ''}"))
