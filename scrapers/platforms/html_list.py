"""List pages of static HTML, as TRS, jcms, UCAP and hand-made government sites serve them.

`lists` are the columns; the newest page is asked for, further ones where `pages` says so, under the name the system
gives them (`index_1.html` is the second page of a TRS column, `index_2.html` of most others).
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from pydantic import BaseModel, ConfigDict, Field

from scrapers import formats
from scrapers.captures import Capture, Request
from scrapers.issues import Issue
from scrapers.platforms import gov_notice
from scrapers.platforms.gov_notice import Entry
from scrapers.records import Record
from scrapers.source import Source

VERSION = gov_notice.VERSION


class Options(BaseModel):
    """`pages`: list pages asked for; `page_name`: the name of further pages, `{n}` counting from `second`; `notices`: a
    pattern that a notice's absolute address matches, where a column links to more than notices."""

    model_config = ConfigDict(extra="forbid")

    pages: int = Field(default=1, ge=1, le=50)
    page_name: str = Field(default="index_{n}.html", pattern=r"\{n\}")
    second: int = Field(default=1, ge=1)
    notices: str | None = None


def requests(source: Source) -> Iterable[Request]:
    """Each column, newest page first."""
    options = Options.model_validate(source.options)
    for url in source.list_urls():
        yield Request(url=url, role="list")
        for n in range(options.second, options.second + options.pages - 1):
            yield Request(url=urljoin(url, options.page_name.format(n=n)), role="list")


def links(source: Source, capture: Capture) -> Iterator[Request]:
    """From a list the notices kept, from a notice its attachments."""
    if capture.role == "list":
        yield from gov_notice.follow(source, _entries(source, capture))
    else:
        yield from gov_notice.attachments(source, capture)


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    if capture.role == "list":
        yield from gov_notice.listed(source, _entries(source, capture))
    else:
        yield from gov_notice.read(source, capture)


def _entries(source: Source, capture: Capture) -> Iterator[Entry]:
    options = Options.model_validate(source.options)
    text = formats.text_of(capture.content, capture.url, capture.content_type)
    return gov_notice.entries(text, capture.url, re.compile(options.notices) if options.notices else None)
