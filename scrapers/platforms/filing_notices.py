"""Notices of cyberspace offices: a page, and the lists attached to it.

The national office keeps one hub page, updated in place; its attachments are deltas behind opaque addresses
(`/cms/pub/interact/downloadfile.jsp?filepath=…&fText=<title>`), so the title is taken from `fText` or the link's words.
Attachments want the page as Referer, else some answer with an empty body. Articles and provincial notices are pages of
prose or tables with or without such attachments. A list page's entries are followed when their title holds a word of
`keep`.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urljoin, urlsplit

from pydantic import BaseModel, ConfigDict, Field

from scrapers import formats
from scrapers.captures import Capture, Request
from scrapers.documents import Context, Document
from scrapers.extract import filings
from scrapers.issues import Issue
from scrapers.records import Filing, FilingCount, Record
from scrapers.source import Source

VERSION = "12"
_FILES = re.compile(r"downloadfile\.jsp|\.(?:pdf|docx?|xlsx?|et|wps)(?:$|\?)", re.I)
_BATCH = re.compile(r"(20\d\d)年(\d{1,2})月")


class Options(BaseModel):
    """`published`: the day each batch (`2025-03`) was announced, where the attachment does not print it; `scope`: the
    place a provincial office counts for."""

    model_config = ConfigDict(extra="forbid")

    published: dict[str, dt.date] = Field(default_factory=dict)
    scope: str | None = None
    source_kind: str = "official"


def requests(source: Source) -> Iterable[Request]:
    return [Request(url=url, role="list") for url in source.list_urls()]


def links(source: Source, capture: Capture) -> Iterator[Request]:
    """Attachments of a page; from a list page also the entries whose title holds a word of `keep`."""
    if capture.role == "attachment":
        return
    for link in formats.links(capture.content, url=capture.url, content_type=capture.content_type):
        url = urljoin(capture.url, link.url)
        if _FILES.search(url):
            title = parse_qs(urlsplit(url).query).get("fText", [link.text])[0]
            yield Request(
                url=url,
                role="attachment",
                headers=(("Referer", capture.url),),
                context=(("title", title), ("parent", capture.url)),
            )
        elif capture.role == "list" and source.keep and any(word in link.text for word in source.keep):
            yield Request(url=url, role="document", context=(("title", link.text), ("parent", capture.url)))


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    """Filings and totals; a filing takes batch and day of publication from its attachment's title."""
    options = Options.model_validate(source.options)
    document = _document(capture)
    title = capture.context.get("title", "") or document.title or ""
    page_day = filings.page_date(document) or capture.fetched_at.date()
    batch = (
        f"{match[1]}-{int(match[2]):02d}"
        if (match := _BATCH.search(title)) and capture.role == "attachment"
        else None
    )
    context = Context(
        document_key=capture.url,
        url=capture.url,
        date=page_day,
        place=source.place,
        is_official=source.publisher.official,
        options={"scope": options.scope} if options.scope else {},
    )
    cites = capture.context.get("cites")
    for item in filings.read(document, context):
        if cites and not isinstance(
            item, Issue
        ):  # a bundled page that restates another document rests on that
            item = replace(item, ground=replace(item.ground, url=cites))
        if isinstance(item, Filing):
            published = options.published.get(batch or "") or (
                None if capture.role == "attachment" else page_day
            )
            yield replace(item, batch=batch, published_date=published)
        elif isinstance(item, FilingCount):
            yield replace(item, source_kind=options.source_kind)
        else:
            yield item


def _document(capture: Capture) -> Document:
    name = capture.context.get("title") or capture.url
    return formats.read(capture.content, name=name, url=capture.url, content_type=capture.content_type)
