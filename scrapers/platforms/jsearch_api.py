"""Full-text search of jpaas sites (Zhejiang's gateway serves all its cities): JSON that holds a piece of HTML a hit.

`GET <gateway>/jpaas-jsearch-web-server/interface/search/info` with `websiteid`, `q`, `pg`, `cateid`, `serviceId`, `p`
answers with `data.searchResult.total` and `data.searchResult.result[]`; a hit is
`<div class="titleWrapper"><a href data-title>…</a></div> … <div class="sourceTime"><span>来源…</span><span>时间:2025-07-03</span>`.
One request a word of `keep`; of the hits those are followed whose title holds such a word or names a kind of document.
"""

import json
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

import lxml.html
from pydantic import BaseModel, ConfigDict, Field

from scrapers.captures import Capture, Request
from scrapers.issues import Issue
from scrapers.platforms import gov_notice
from scrapers.platforms.gov_notice import DOCUMENT_WORDS, Entry
from scrapers.records import Record
from scrapers.source import Source

VERSION = gov_notice.VERSION


class Options(BaseModel):
    """The numbers the search page sends, under the names it sends them; `pages` of each word's hits asked for."""

    model_config = ConfigDict(extra="forbid")

    websiteid: str = ""
    serviceId: str = Field(min_length=1)
    cateid: str = Field(min_length=1)
    pg: str = ""
    pages: int = Field(default=1, ge=1, le=10)


def requests(source: Source) -> Iterable[Request]:
    """The first hits of each word."""
    options = Options.model_validate(source.options)
    for url in source.list_urls():
        for word in source.keep:
            for page in range(1, options.pages + 1):
                yield Request(
                    url=url,
                    role="list",
                    params=(
                        ("websiteid", options.websiteid), ("q", word), ("pg", options.pg), ("cateid", options.cateid),
                        ("serviceId", options.serviceId), ("p", str(page)),
                    ),
                    headers=(("X-Requested-With", "XMLHttpRequest"),),
                )  # fmt: skip


def links(source: Source, capture: Capture) -> Iterator[Request]:
    """From an answer the hits kept, from a notice its attachments."""
    if capture.role == "list":
        yield from gov_notice.follow(source, _entries(capture), words=DOCUMENT_WORDS)
    else:
        yield from gov_notice.attachments(source, capture)


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    """The records of a notice; an answer of another form is an error, one without hits is none."""
    if capture.role != "list":
        yield from gov_notice.read(source, capture)
    elif _hits(capture) is None:
        yield Issue(
            level="error",
            code="unknown-answer",
            message=f"no data.searchResult.result: {capture.content[:120]!r}",
        )
    elif found := list(_entries(capture)):
        yield from gov_notice.listed(source, found, words=DOCUMENT_WORDS)


def _hits(capture: Capture) -> list[str] | None:
    result = ((json.loads(capture.content).get("data") or {}).get("searchResult") or {}).get("result")
    return result if isinstance(result, list) else None


def _entries(capture: Capture) -> Iterator[Entry]:
    for hit in _hits(capture) or []:
        root = lxml.html.fromstring(f"<div>{hit}</div>")
        anchor = next((a for a in root.iter("a") if a.get("href")), None)
        if anchor is None:
            continue
        url = gov_notice.unwrapped(urljoin(capture.url, anchor.get("href")))
        title = anchor.get("data-title") or anchor.text_content()
        yield Entry(
            url=url,
            title=gov_notice.plain(title),
            day=gov_notice.day(root.text_content()) or gov_notice.day_in_url(url),
        )
