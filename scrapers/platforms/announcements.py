"""Announcements of ministries and press releases of agencies: list pages, and the pages they lead to, read for measures of
trade and chips (`scrapers.extract.restrictions`).

A page a person has compared with an event of the record stands in `options.events` (address: event ids); one that is
not there is a new event, kept with what the reader found and named in an issue until it is reviewed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pydantic import BaseModel, ConfigDict, Field

from scrapers import formats
from scrapers.captures import Capture, Request
from scrapers.documents import Context
from scrapers.extract import restrictions
from scrapers.issues import Issue
from scrapers.platforms import gov_notice
from scrapers.platforms.gov_notice import Entry
from scrapers.records import Record, Restriction
from scrapers.source import Source

VERSION = "2"


class Options(BaseModel):
    """`notices`: a pattern that a notice's absolute address matches; `events`: address of a reviewed page → the events
    it announces, joined by comma."""

    model_config = ConfigDict(extra="forbid")

    notices: str | None = None
    events: dict[str, str] = Field(default_factory=dict)


def requests(source: Source) -> Iterable[Request]:
    return [Request(url=url, role="list") for url in source.list_urls()]


def links(source: Source, capture: Capture) -> Iterator[Request]:
    """From a list the announcements whose title holds a word of `keep`."""
    if capture.role == "list":
        yield from gov_notice.follow(source, _entries(source, capture))


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    """The event of a page; a list reports only what is wrong with it."""
    if capture.role == "list":
        yield from gov_notice.listed(source, _entries(source, capture))
        return
    options = Options.model_validate(source.options)
    try:
        document = formats.read(capture.content, url=capture.url, content_type=capture.content_type)
    except formats.UnreadableFile as error:
        yield Issue(level="warning", code="unreadable-notice", message=str(error))
        return
    context = Context(
        document_key=capture.url,
        url=capture.context.get("cites") or capture.url,
        date=capture.fetched_at.date(),
        is_official=source.publisher.official,
    )
    reviewed = options.events.get(capture.url)
    for item in restrictions.read(document, context):
        if not isinstance(item, Restriction):
            yield item
            continue
        yield replace(
            item,
            title=item.title or capture.context.get("title") or "",
            links=f"describes {reviewed}" if reviewed else None,
        )
        if not reviewed and not restrictions.keys(item.document_number):
            yield Issue(
                level="warning",
                code="new-announcement",
                locator=item.ground.locator,
                message=f"{item.title[:120]}: not among the reviewed pages; compare it with the events and add it to `events`",
            )


def _entries(source: Source, capture: Capture) -> Iterator[Entry]:
    options = Options.model_validate(source.options)
    text = formats.text_of(capture.content, capture.url, capture.content_type)
    return gov_notice.entries(text, capture.url, re.compile(options.notices) if options.notices else None)
