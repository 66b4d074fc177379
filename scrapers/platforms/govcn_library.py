"""The State Council's policy library as JSON; open, no key; documents of the centre, not of places.

`GET https://sousuo.www.gov.cn/search-gov/data?t=zhengcelibrary&q=…` with `timetype`, `searchfield`, `sort`, `p`, `n`
answers with `searchVO.catMap.{gongwen,bumenfile,otherfile,gongbao}.listVO[]` of `title` (with `<em>` around hits),
`pcode`, `puborg`, `childtype`, `pubtimeStr`, `summary`, `url`. One request a word of `keep`.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator

from scrapers.captures import Capture, Request
from scrapers.issues import Issue
from scrapers.records import Ground, Instrument, Policy, Record
from scrapers.source import Source

VERSION = "1"
_TAG = re.compile(r"<[^>]+>")
_INSTRUMENTS: tuple[tuple[str, Instrument], ...] = (
    ("训力券", "training_voucher"), ("模型券", "model_voucher"), ("语料券", "data_voucher"), ("数据券", "data_voucher"),
    ("算力券", "compute_voucher"), ("智能券", "compute_voucher"), ("算力补贴", "compute_subsidy"),
)  # fmt: skip


def requests(source: Source) -> Iterable[Request]:
    """The newest twenty hits in titles and texts, for each word."""
    return [
        Request(
            url=url,
            role="list",
            params=(
                ("t", "zhengcelibrary"), ("q", word), ("timetype", "timeqb"), ("mintime", ""), ("maxtime", ""),
                ("sort", "pubtime"), ("sortType", "1"), ("searchfield", ""), ("p", "1"), ("n", "20"),
            ),
        )
        for url in source.list_urls()
        for word in source.keep
    ]  # fmt: skip


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    """One document a hit; the library gives title, number, issuer and day, never terms."""
    answer = json.loads(capture.content)
    found = answer.get("searchVO") or {}
    lists = {name: group.get("listVO") or [] for name, group in (found.get("catMap") or {}).items()}
    if found.get("listVO"):
        lists["listVO"] = found["listVO"]
    if not lists:
        yield Issue(
            level="error", code="unknown-answer", message=f"neither catMap nor listVO: {str(answer)[:120]}"
        )
    for name, items in lists.items():
        for position, item in enumerate(items):
            title = _TAG.sub("", item.get("title") or "").strip()
            summary = _TAG.sub("", item.get("summary") or "").strip()
            day = re.match(r"(\d{4})[.\-年](\d{1,2})[.\-月](\d{1,2})", item.get("pubtimeStr") or "")
            yield Policy(
                document_key=item["url"],
                jurisdiction="全国",
                jurisdiction_code="000000",
                jurisdiction_en="China",
                level="national",
                issuer=item.get("puborg") or None,
                document_number=item.get("pcode") or None,
                title=title,
                published_date=dt.date(int(day[1]), int(day[2]), int(day[3])) if day else None,
                instruments=tuple(
                    dict.fromkeys(kind for word, kind in _INSTRUMENTS if word in title + summary)
                ),
                is_official=True,
                status="in_force",
                confidence="medium",
                ground=Ground(
                    quote=title, locator=f"$.searchVO.catMap.{name}.listVO[{position}]", url=item["url"]
                ),
            )
