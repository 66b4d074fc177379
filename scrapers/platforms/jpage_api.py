"""Column lists of jcms sites (Jiangsu, Inner Mongolia, older Zhejiang), which the page asks for by itself.

`POST <site>/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15` with the column's numbers as a form
(`col`, `appid`, `webid`, `path`, `columnid`, `sourceContentType`, `unitid`, `webname`, `permissiontype`) answers with XML:
`<datastore><totalrecord>…</totalrecord><recordset><record><![CDATA[<li>…</li>]]></record>…`. One request covers three
pages of `perpage` records.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field

from scrapers import formats
from scrapers.captures import Capture, Request
from scrapers.issues import Issue
from scrapers.platforms import gov_notice
from scrapers.platforms.gov_notice import Entry
from scrapers.records import Record
from scrapers.source import Source

VERSION = gov_notice.VERSION
_RECORD = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)


class Options(BaseModel):
    """The numbers the column's own page sends, under the names it sends them; `perpage` records a page, `pages` of them
    asked for."""

    model_config = ConfigDict(extra="forbid")

    columnid: str = Field(pattern=r"^\d+$")
    unitid: str = Field(pattern=r"^\d+$")
    webid: str = Field(pattern=r"^\d+$")
    webname: str = ""
    path: str = "/"
    appid: str = "1"
    col: str = "1"
    sourceContentType: str = "1"
    permissiontype: str = "0"
    perpage: int = Field(default=15, ge=1, le=100)
    pages: int = Field(default=3, ge=1, le=60)


def requests(source: Source) -> Iterable[Request]:
    """The newest records of the column."""
    options = Options.model_validate(source.options)
    form = {
        "col": options.col, "appid": options.appid, "webid": options.webid, "path": options.path, "columnid": options.columnid,
        "sourceContentType": options.sourceContentType, "unitid": options.unitid, "webname": options.webname,
        "permissiontype": options.permissiontype,
    }  # fmt: skip
    for url in source.list_urls():
        yield Request(
            url=url,
            method="POST",
            role="list",
            params=(
                ("startrecord", "1"),
                ("endrecord", str(options.perpage * options.pages)),
                ("perpage", str(options.perpage)),
            ),
            headers=(
                ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
                ("Referer", f"{url.split('/module/')[0]}/col/col{options.columnid}/index.html"),
            ),
            body=urlencode(form).encode(),
        )


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
    text = formats.text_of(capture.content, capture.url, capture.content_type)
    rows = "".join(_RECORD.findall(text))
    return gov_notice.entries(f"<ul>{rows}</ul>", capture.url)
