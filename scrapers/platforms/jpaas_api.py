"""Column lists of jpaas sites (newer Jiangsu and Zhejiang, several ministries): JSON that holds HTML.

`GET <site>/api-gateway/jpaas-publish-server/front/page/build/unit` with `parseType=bulidstatic` (spelt so), `webId`,
`tplSetId`, `pageType=column`, `tagId`, `editType=null`, `pageId` answers with `{"success": true, "data": {"html": "<ul>…"}}`.
The numbers stand in the column page's `queryData`. Without `paramJson={"pageNo":n,"pageSize":m}` the answer is always
the first page.
"""

import json
from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict, Field

from scrapers.captures import Capture, Request
from scrapers.issues import Issue
from scrapers.platforms import gov_notice
from scrapers.platforms.gov_notice import Entry
from scrapers.records import Record
from scrapers.source import Source

VERSION = gov_notice.VERSION


class Options(BaseModel):
    """The numbers the column's own page sends, under the names it sends them; `pages` of `pageSize` asked for."""

    model_config = ConfigDict(extra="forbid")

    webId: str = Field(min_length=1)
    tplSetId: str = Field(min_length=1)
    pageId: str = Field(min_length=1)
    tagId: str = Field(min_length=1)
    pageSize: int = Field(default=15, ge=1, le=100)
    pages: int = Field(default=1, ge=1, le=50)


def requests(source: Source) -> Iterable[Request]:
    """The newest pages of the column."""
    options = Options.model_validate(source.options)
    for url in source.list_urls():
        for page in range(1, options.pages + 1):
            yield Request(
                url=url,
                role="list",
                params=(
                    ("parseType", "bulidstatic"), ("webId", options.webId), ("tplSetId", options.tplSetId),
                    ("pageType", "column"), ("tagId", options.tagId), ("editType", "null"), ("pageId", options.pageId),
                    ("paramJson", json.dumps({"pageNo": page, "pageSize": options.pageSize}, separators=(",", ":"))),
                ),
                headers=(("X-Requested-With", "XMLHttpRequest"),),
            )  # fmt: skip


def links(source: Source, capture: Capture) -> Iterator[Request]:
    """From a list the notices kept, from a notice its attachments."""
    if capture.role == "list":
        yield from gov_notice.follow(source, _entries(capture))
    else:
        yield from gov_notice.attachments(source, capture)


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    if capture.role == "list":
        yield from gov_notice.listed(source, _entries(capture))
    else:
        yield from gov_notice.read(source, capture)


def _entries(capture: Capture) -> Iterator[Entry]:
    answer = json.loads(capture.content)
    return gov_notice.entries((answer.get("data") or {}).get("html") or "", capture.url)
