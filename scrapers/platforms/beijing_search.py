"""Full-text search of Beijing's government sites: JSON, open, no key.

`POST https://www.beijing.gov.cn/so/ss/query/s` with the form `qt`, `page`, `pageSize`, `siteCode` answers with
`{"ok": true, "totalHits": n, "resultDocs": [{"data": {"title", "titleO", "url", "docDate", "summary"}}]}`; the site code is
often ignored and all sites answer, so hits elsewhere are left to their own sources. Several words at once find nothing:
one request a word of `keep`. Asked often it blocks the caller, so daily is the shortest cadence for it.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field

from scrapers.captures import Capture, Request
from scrapers.issues import Issue
from scrapers.platforms import gov_notice
from scrapers.platforms.gov_notice import DOCUMENT_WORDS, Entry
from scrapers.records import Record
from scrapers.source import Source

VERSION = gov_notice.VERSION


class Options(BaseModel):
    """`siteCode`: the site asked through; `pages` of `pageSize` hits a word."""

    model_config = ConfigDict(extra="forbid")

    siteCode: str = Field(pattern=r"^\d+$")
    pageSize: int = Field(default=20, ge=1, le=100)
    pages: int = Field(default=1, ge=1, le=10)


def requests(source: Source) -> Iterable[Request]:
    """The first hits of each word."""
    options = Options.model_validate(source.options)
    for url in source.list_urls():
        for word in source.keep:
            for page in range(1, options.pages + 1):
                form = {"qt": word, "page": page, "pageSize": options.pageSize, "siteCode": options.siteCode}
                yield Request(
                    url=url,
                    method="POST",
                    role="list",
                    headers=(
                        ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
                        ("Referer", f"{url.split('/ss/')[0]}/s"),
                    ),
                    body=urlencode(form).encode(),
                )


def links(source: Source, capture: Capture) -> Iterator[Request]:
    """From an answer the hits kept, from a notice its attachments."""
    if capture.role == "list":
        yield from gov_notice.follow(source, _entries(capture), words=DOCUMENT_WORDS)
    else:
        yield from gov_notice.attachments(source, capture)


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    """The records of a notice; a refusal (`ok: false`) is an error, an answer without hits is none."""
    if capture.role != "list":
        yield from gov_notice.read(source, capture)
        return
    answer = json.loads(capture.content)
    if not answer.get("ok"):
        yield Issue(
            level="error",
            code="refused",
            message=f"{answer.get('code')}: {answer.get('msg') or answer.get('message')}",
        )
    elif found := list(_entries(capture)):
        yield from gov_notice.listed(source, found, words=DOCUMENT_WORDS)


def _entries(capture: Capture) -> Iterator[Entry]:
    for hit in json.loads(capture.content).get("resultDocs") or []:
        item: dict[str, Any] = hit.get("data") or {}
        if url := item.get("url"):
            yield Entry(
                url=url,
                title=gov_notice.plain(item.get("titleO") or item.get("title") or ""),
                day=gov_notice.day(str(item.get("docDate") or "")) or gov_notice.day_in_url(url),
            )
