"""The disclosure platform of Guangdong's governments (政府信息公开目录, `gkmlpt`): JSON, open, no key.

`GET <site>/gkmlpt/api/all/<category>?page=1&sid=<site id>` answers with `articles[]` (`title`, `url`, `post_url`, `date`
and its kin in Unix seconds, `publisher`, `document_number`, `is_abolished`) and `total`, a hundred a page; category 0 is
all of them. Where the site id is not known it is read from `window._CONFIG` of `<site>/gkmlpt/index`. Some of these
sites answer over plain HTTP only.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from scrapers import formats
from scrapers.captures import Capture, Request
from scrapers.issues import Issue
from scrapers.platforms import gov_notice
from scrapers.platforms.gov_notice import Entry
from scrapers.records import Record
from scrapers.source import Source

VERSION = gov_notice.VERSION
_CHINA = dt.timezone(dt.timedelta(hours=8))
_SID = re.compile(r"""\bSID["']?\s*:\s*["']?(\d+)""")
_TIMES = ("display_publish_time", "first_publish_time", "date", "create_time")


class Options(BaseModel):
    """`sid`: the site id where known; `pages`: pages of a hundred asked for."""

    model_config = ConfigDict(extra="forbid")

    sid: str | None = Field(default=None, pattern=r"^\d+$")
    pages: int = Field(default=1, ge=1, le=50)


def requests(source: Source) -> Iterable[Request]:
    """The newest page of each category; first the site's index where its id is not known."""
    options = Options.model_validate(source.options)
    if options.sid is not None:
        yield from _pages(source.list_urls(), options.sid, options.pages)
    else:
        yield from (
            Request(url=index, role="list") for index in dict.fromkeys(map(_index, source.list_urls()))
        )


def links(source: Source, capture: Capture) -> Iterator[Request]:
    """From the index the categories, from an answer the notices kept, from a notice its attachments."""
    if capture.role != "list":
        yield from gov_notice.attachments(source, capture)
    elif (sid := _sid(capture)) is not None:
        options = Options.model_validate(source.options)
        mine = [url for url in source.list_urls() if _index(url) == capture.url]
        yield from _pages(mine, sid, options.pages)
    elif not _is_index(capture):
        yield from gov_notice.follow(source, _entries(capture))


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    if capture.role != "list":
        yield from gov_notice.read(source, capture)
    elif not _is_index(capture):
        yield from gov_notice.listed(source, _entries(capture))
    elif _sid(capture) is None:
        yield Issue(level="error", code="no-site-id", message="no SID in window._CONFIG of the index page")


def _pages(urls: Iterable[str], sid: str, pages: int) -> Iterator[Request]:
    for url in urls:
        for page in range(1, pages + 1):
            yield Request(url=url, role="list", params=(("page", str(page)), ("sid", sid)))


def _index(url: str) -> str:
    return url.split("/gkmlpt/")[0] + "/gkmlpt/index"


def _is_index(capture: Capture) -> bool:
    return capture.url.endswith("/gkmlpt/index")


def _sid(capture: Capture) -> str | None:
    if not _is_index(capture):
        return None
    match = _SID.search(formats.text_of(capture.content, capture.url, capture.content_type))
    return match[1] if match else None


def _entries(capture: Capture) -> Iterator[Entry]:
    for article in json.loads(capture.content).get("articles") or []:
        facts = {
            "number": article.get("document_number"),
            "issuer": article.get("publisher"),
            "status": "abolished" if str(article.get("is_abolished") or "0") != "0" else None,
        }
        yield Entry(
            url=article.get("post_url") or article["url"],
            title=gov_notice.plain(article.get("title") or ""),
            day=_day(article),
            facts=tuple((name, value) for name, value in facts.items() if value),
        )


def _day(article: dict[str, Any]) -> dt.date | None:
    for name in _TIMES:
        value = article.get(name)
        if isinstance(value, str) and not value.isdigit():
            if found := gov_notice.day(value):
                return found
        elif value and int(value) > 0:
            return dt.datetime.fromtimestamp(int(value), _CHINA).date()
    return None
