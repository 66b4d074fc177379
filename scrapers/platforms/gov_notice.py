"""Notices of government bodies: a page and the files attached to it, read as one document.

The modules of the publishing systems (`html_list`, `gkmlpt_api`, `jpage_api`, `jpaas_api`, `jsearch_api`,
`beijing_search`) only find notices: each turns its list answers into `Entry` and leaves the rest to this module. As a
platform of its own it watches single pages: the addresses in `lists` are notices.

A notice is kept by its title and then read whole. Its attachments are asked for with the notice as Referer and carry its
address as document key, since rates and caps often stand in the attachment alone. An attachment that cannot be read
(`.doc`, `.wps`, an archive) is kept in the archive and reported in an issue.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import parse_qs, urljoin, urlsplit

import lxml.html

from scrapers import formats
from scrapers.captures import Capture, Request
from scrapers.documents import Context
from scrapers.extract import policy
from scrapers.issues import Issue
from scrapers.records import Policy, Record, SupportClause
from scrapers.source import Source

VERSION = f"1.{policy.VERSION}"

DOCUMENT_WORDS = (
    "通知",
    "措施",
    "办法",
    "细则",
    "政策",
    "指南",
    "意见",
    "方案",
    "公告",
    "公示",
    "条例",
    "规定",
    "申报",
    "兑付",
    "征集",
)
"""Kinds of documents: of the hits of a full-text search those are followed whose title names one of them."""
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|et|wps|ofd|zip|rar|7z)$", re.I)
_DOWNLOAD = re.compile(r"downloadfile|/download|fileDownload|attachment", re.I)
_DAY = re.compile(r"(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_URL_DAYS = (
    re.compile(r"/t(20\d\d)(\d\d)(\d\d)_\d+\.s?html?$"),  # TRS
    re.compile(r"/art/(20\d\d)/(\d{1,2})/(\d{1,2})/art_"),  # jcms, jpaas
    re.compile(r"/(20\d\d)/?(\d\d)/?(\d\d)/[^/]+(?:/[^/]+)?\.s?html?$"),
)
_ROW = frozenset(["li", "tr", "dd", "dl", "p", "article"])
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a list: where the notice is, what it is called, when it was listed, and what else the publishing
    system says of it (`number`, `issuer`, `status`)."""

    url: str
    title: str
    day: dt.date | None = None
    facts: tuple[tuple[str, str], ...] = ()


def requests(source: Source) -> Iterable[Request]:
    """The pages themselves: each is a notice."""
    return [Request(url=url, role="list") for url in source.list_urls()]


def links(source: Source, capture: Capture) -> Iterator[Request]:
    """The attachments of a watched page."""
    return attachments(source, capture)


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    """The page, or a file attached to it."""
    return read(source, capture)


# --- Lists ----------------------------------------------------------------------------------------------------------


def entries(text: str, base: str, notices: re.Pattern[str] | None = None) -> Iterator[Entry]:
    """The notices an HTML list links to, once each. A cut title (`关于…`) is taken from the link's `title` attribute; the
    day stands in the same row or in the address. `notices` is what the absolute address of a notice must match."""
    if not text.strip():
        return
    seen: set[str] = set()
    for anchor in lxml.html.fromstring(text).iter("a"):
        href = (anchor.get("href") or "").strip()
        if not href or href.startswith(("javascript:", "#", "mailto:", "tel:")):
            continue
        try:
            url = unwrapped(urljoin(base, href))
        except ValueError:
            continue
        title = max(_line(anchor), (anchor.get("title") or "").strip(), key=len)
        if url in seen or len(title) < 6 or not url.startswith(("http://", "https://")):
            continue
        if notices is not None and not notices.search(url):
            continue
        seen.add(url)
        yield Entry(url=url, title=title, day=_row_day(anchor) or day_in_url(url))


def unwrapped(url: str) -> str:
    """The address behind a search engine's counting link (`…/visit/link.do?url=…`), else the address itself."""
    if "/visit/link" in url:
        return parse_qs(urlsplit(url).query).get("url", [url])[0]
    return url


def follow(source: Source, found: Iterable[Entry], *, words: tuple[str, ...] = ()) -> Iterator[Request]:
    """The entries worth reading: the title holds a word of the source's `keep` (or of `words`), and the address lies with
    the publisher."""
    for entry in found:
        if not is_kept(source, entry, words) or not is_at_home(source, entry.url):
            continue
        context = [("title", entry.title), *entry.facts]
        if entry.day is not None:
            context.append(("listed", entry.day.isoformat()))
        yield Request(url=entry.url, role="document", context=tuple(context))


def listed(source: Source, found: Iterable[Entry], *, words: tuple[str, ...] = ()) -> Iterator[Issue]:
    """What a list answer has to report: that it holds no notice at all (its form has changed), or that a notice worth
    reading lies with somebody else."""
    some = False
    for entry in found:
        some = True
        if is_kept(source, entry, words) and not is_at_home(source, entry.url):
            yield Issue(
                level="info",
                code="leads-away",
                url=entry.url,
                message=f"{entry.title}: not on a host of this source",
            )
    if not some:
        yield Issue(
            level="error", code="empty-list", message="no notice found in the list; its form may have changed"
        )


def is_kept(source: Source, entry: Entry, words: tuple[str, ...] = ()) -> bool:
    wanted = (*source.keep, *words)
    return not wanted or any(word in entry.title for word in wanted)


def is_at_home(source: Source, url: str) -> bool:
    """Whether an address lies on a host of the publisher, of a list or of `hosts`, or on a sibling under the same
    government domain (`gxj.sz.gov.cn` beside `www.sz.gov.cn`)."""
    host = (urlsplit(url).hostname or "").lower()
    homes = _homes((source.publisher.url, *source.list_urls()), source.hosts)
    return any(host == own or host.endswith(f".{own}") for own in homes)


@cache
def _homes(urls: tuple[str, ...], hosts: tuple[str, ...]) -> frozenset[str]:
    out = set()
    for host in (*(urlsplit(url).hostname or "" for url in urls), *hosts):
        labels = host.lower().split(".")
        # the registered name: sz.gov.cn of gxj.sz.gov.cn; other hosts count without `www.`
        out.add(
            ".".join(labels[-3:])
            if labels[-2:] == ["gov", "cn"] and len(labels) > 3
            else host.lower().removeprefix("www.")
        )
    return frozenset(out - {""})


def plain(text: str) -> str:
    """A title without the marks a search puts around its hits."""
    return " ".join(_TAG.sub("", text).split())


def day(text: str) -> dt.date | None:
    """The first whole date of a text, or null."""
    match = _DAY.search(text)
    return _day(match) if match else None


def day_in_url(url: str) -> dt.date | None:
    """The date a publishing system writes into a notice's address, or null."""
    path = urlsplit(url).path
    for pattern in _URL_DAYS:
        if (match := pattern.search(path)) and (found := _day(match)):
            return found
    return None


def _day(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _row_day(anchor: lxml.html.HtmlElement) -> dt.date | None:
    for node in anchor.iterancestors():
        if node.tag in _ROW:
            text = _line(node)
            return day(text) if len(text) < 400 else None
    return None


def _line(node: lxml.html.HtmlElement) -> str:
    return " ".join("".join(node.itertext()).split())


# --- A notice and its attachments -----------------------------------------------------------------------------------


def attachments(source: Source, capture: Capture) -> Iterator[Request]:
    """The files a notice links to, once each; none for a file or an attachment."""
    if capture.role == "attachment":
        return
    try:
        found = formats.links(capture.content, url=capture.url, content_type=capture.content_type)
    except formats.UnreadableFile:
        return
    seen: set[str] = set()
    for link in found:
        url = urljoin(capture.url, link.url)
        parts = urlsplit(url)
        name = link.text if _FILE.search(link.text) else parts.path.rsplit("/", 1)[-1]
        if url in seen or not (
            _FILE.search(parts.path) or (_DOWNLOAD.search(url) and _FILE.search(link.text))
        ):
            continue
        if not is_at_home(source, url):
            continue
        seen.add(url)
        yield Request(
            url=url,
            role="attachment",
            headers=(("Referer", capture.url),),
            context=(
                ("title", link.text),
                ("name", name),
                ("parent", capture.url),
                *(
                    (key, value)
                    for key, value in capture.context.items()
                    if key in ("cites", "listed", "issuer")
                ),
            ),
        )


def read(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    """The records of a notice or of a file attached to it, bound to the notice's address. What the publishing system
    says of the notice (number, issuer, day, that it was abolished) fills what its text does not say."""
    known = capture.context
    key = known.get("parent") or capture.url
    name = known.get("name") or ""
    try:
        document = formats.read(
            capture.content, name=name, url=capture.url, content_type=capture.content_type
        )
    except formats.UnreadableFile as error:
        yield Issue(
            level="warning",
            code="unreadable-attachment" if capture.role == "attachment" else "unreadable-notice",
            message=str(error),
        )
        return
    listed_on = dt.date.fromisoformat(known["listed"]) if known.get("listed") else None
    context = Context(
        document_key=key,
        url=capture.url,
        date=listed_on or capture.fetched_at.date(),
        place=source.place,
        is_official=source.publisher.official and is_at_home(source, capture.url),
    )
    for item in policy.read(document, context):
        if isinstance(item, Policy):
            if capture.role != "attachment":
                item = replace(
                    item,
                    title=item.title or known.get("title"),
                    published_date=item.published_date or listed_on or day_in_url(capture.url),
                    document_number=item.document_number or known.get("number"),
                    issuer=item.issuer or known.get("issuer"),
                    status="superseded" if known.get("status") == "abolished" else item.status,
                )
            yield _cited(source, item, known.get("cites"))
        elif isinstance(item, SupportClause):
            yield _cited(source, item, known.get("cites"))
        else:
            yield item


def _cited(source: Source, record: Policy | SupportClause, cites: str | None) -> Policy | SupportClause:
    """The record with the address of the document a bundled page restates, and the rank of that address: a page made from
    a copy of an official text is no official page."""
    if not cites:
        return record
    record = replace(record, ground=replace(record.ground, url=cites))
    if isinstance(record, Policy):
        host = urlsplit(cites).hostname or ""
        record = replace(
            record, is_official=record.is_official and (host.endswith(".gov.cn") or is_at_home(source, cites))
        )
    return record
