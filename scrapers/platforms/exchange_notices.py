"""Notices about platforms that publish no listing: state exchanges, dispatch platforms, data centres.

What is read are the numbers such notices give: the day of the launch, who runs it, computing power, racks, cards, connected
centres, users, money. None of them is a price. `lists` are the notices themselves, or a page of them whose entries are
followed where their title holds a word of `keep`.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from pydantic import BaseModel, ConfigDict

from scrapers import formats
from scrapers.captures import Capture, Request
from scrapers.documents import Document
from scrapers.issues import Issue
from scrapers.records import Fact, Ground, Record
from scrapers.source import Source
from scrapers.text import dates, numerals

VERSION = "1"
TABLE = "core_market__exchange_notices"

_SENTENCE = re.compile(r"[^。！？\n]+")
_CLAUSE = re.compile(r"[^；;]+")
_TARGET = re.compile(r"到20\d\d年|目标|力争|规划|计划|预计|在建|拟|将(?:达|建|新增|形成)|不少于|未来")
_AS_OF = re.compile(r"截至(20\d\d)年(?:(\d{1,2})月)?(?:(\d{1,2})日|(底|末))?")
_LAUNCH = re.compile(r"上线|启动|揭牌|发布|开通|投入运行|投运|试运行|开服")
_PLATFORM = re.compile(r"平台|枢纽|中心|调度|集群|互联网")
_OPERATOR = re.compile(
    r"由(?P<who>[^，,。；由]{2,60}?(?:公司|集团|局|中心|委员会|研究院|政府|电信|移动|联通|大学))"
    r"(?:等|联合|共同|牵头|负责|投资[^，。；]{0,10}?)*(?:建设|运营|承建|搭建|打造|发布|发起)"
)
_NUMBER = r"(?P<lead>约|近|超过|超|逾|突破|不少于|达到|达)?\s?(?P<number>\d[\d,]*(?:\.\d+)?\s?(?:万|亿)?)(?P<more>余|多)?"
_COMPUTE = re.compile(_NUMBER + r"\s?(?P<unit>PFLOPS|EFLOPS|P|E|比特)(?![A-Za-z0-9])", re.IGNORECASE)
_KIND = re.compile(r"(?P<kind>通用|通算|智能算力|智算|人工智能|超级计算|超算|量子)[^\d，,、；]{0,8}$")
_COUNTS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("racks", "racks", re.compile(_NUMBER + r"\s?(?:个|架)?(?:标准)?机架")),
    ("racks", "racks", re.compile(r"机架(?:数|规模)?" + _NUMBER + r"\s?[个架]")),
    ("cards", "cards", re.compile(_NUMBER + r"\s?(?:张|块)?(?:智算卡|加速卡|显卡|GPU卡|卡)(?!时)")),
    ("centres", "centres", re.compile(_NUMBER + r"\s?[家个座](?:\w{0,4}(?:数据中心|智算中心|算力中心|超算中心|中心))")),
    ("centres", "centres", re.compile(r"(?:数据中心|智算中心|算力中心|超算中心)(?:共有?|数量?)?" + _NUMBER + r"\s?[家个座]")),
    ("users", "users", re.compile(_NUMBER + r"\s?[家名个]?(?:注册)?用户")),
    ("users", "users", re.compile(r"用户(?:数|总数)?" + _NUMBER + r"\s?[家名个人]")),
    ("money", "CNY", re.compile(_NUMBER + r"(?<=[万亿])元(?!/)")),
)  # fmt: skip
_KINDS = {"通": "general", "智": "ai", "人": "ai", "超": "hpc", "量": "quantum"}
_BOUNDS = {
    "约": "about", "近": "about", "超过": "at_least", "超": "at_least", "逾": "at_least", "突破": "at_least",
    "不少于": "at_least",
}  # fmt: skip


class Options(BaseModel):
    """`platform_id` names the row of `platforms` the notices are about, the folder's name where left out."""

    model_config = ConfigDict(extra="forbid")

    platform_id: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a notice says. `value` is in `unit`; `as_of` the day it speaks of; `party` who, for an operator."""

    statement: str
    start: int
    end: int
    value: float | None = None
    unit: str | None = None
    compute_kind: str | None = None
    bound: str = "exact"
    is_target: bool = False
    as_of: dt.date | None = None
    party: str | None = None


def requests(source: Source) -> Iterable[Request]:
    return [Request(url=url, role="list") for url in source.list_urls()]


def links(source: Source, capture: Capture) -> Iterator[Request]:
    """Entries of a list page whose title holds a word of `keep`."""
    if capture.role != "list" or not source.keep:
        return
    for link in formats.links(capture.content, url=capture.url, content_type=capture.content_type):
        if any(word in link.text for word in source.keep):
            yield Request(url=urljoin(capture.url, link.url), context=(("title", link.text),))


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    """One fact a statement of the notice."""
    platform_id = Options.model_validate(source.options).platform_id or source.folder.name
    document = _document(capture)
    day = notice_date(document) or dates.in_url(capture.url)
    address = capture.context.get("cites") or capture.url
    for number, found in enumerate(read(document.text, day), 1):
        yield Fact(
            table=TABLE,
            values={
                "notice_id": f"{platform_id}:{address}:{number}",
                "platform_id": platform_id,
                "notice_date": day.isoformat() if day else None,
                "statement": found.statement,
                "value": f"{found.value:.10g}" if found.value is not None else None,
                "unit": found.unit,
                "compute_kind": found.compute_kind,
                "bound": found.bound,
                "is_target": str(found.is_target).lower(),
                "as_of_date": found.as_of.isoformat() if found.as_of else None,
                "party": found.party,
            },
            ground=Ground(
                quote=document.text[found.start : found.end],
                start=found.start,
                end=found.end,
                locator=f"chars {found.start}-{found.end}",
                url=capture.context.get("cites"),
            ),
        )


def notice_date(document: Document) -> dt.date | None:
    """The day a notice prints for itself: in its metadata, or in a line of its own near the head, never in its sentences."""
    for text in (
        document.meta.get("pubdate", ""),
        document.meta.get("publishdate", ""),
        document.raw_text[:200],
    ):
        if (day := dates.first(text)) is not None:
            return day
    return None


def read(text: str, day: dt.date | None) -> Iterator[Statement]:
    """The statements of a notice of a day, in the order of the text. A number counts once; a target is marked as one."""
    for sentence in _SENTENCE.finditer(text):
        as_of = _as_of(sentence[0]) or day
        for clause in _CLAUSE.finditer(sentence[0]):
            yield from _clause(clause[0], sentence.start() + clause.start(), as_of)


def _clause(words: str, at: int, as_of: dt.date | None) -> Iterator[Statement]:
    is_target = _TARGET.search(words) is not None
    as_of = None if is_target else as_of
    if not is_target and _LAUNCH.search(words) and _PLATFORM.search(words):
        when = dates.first(words)
        if when is not None:
            yield Statement("launch", at, at + len(words), as_of=when)
    if (by := _OPERATOR.search(words)) is not None:
        yield Statement("operator", at + by.start(), at + by.end(), as_of=as_of, party=by["who"].strip())
    found = [_number("capacity", words, hit, None, at, is_target, as_of) for hit in _COMPUTE.finditer(words)]
    for name, unit, pattern in _COUNTS:
        found += [_number(name, words, hit, unit, at, is_target, as_of) for hit in pattern.finditer(words)]
    yield from sorted((one for one in found if one is not None), key=lambda one: one.start)


def _number(
    statement: str,
    words: str,
    hit: re.Match[str],
    unit: str | None,
    at: int,
    is_target: bool,
    as_of: dt.date | None,
) -> Statement | None:
    parsed = numerals.parse(re.sub(r"\s", "", hit["number"]))
    if parsed is None:
        return None
    value = float(parsed)
    kind = None
    if statement == "capacity":
        letter = hit["unit"].upper()
        named = _KIND.search(words[: hit.start()])
        kind = _KINDS[named["kind"][0]] if named else None
        unit = "qubits" if letter == "比特" else "PFLOPS"
        value *= 1000 if letter.startswith("E") else 1
    # From the last comma on: the words that say what the number counts.
    begins = max((words.rfind(mark, 0, hit.start()) + 1 for mark in "，,、：:"), default=0)
    return Statement(
        statement,
        at + begins,
        at + hit.end(),
        value=value,
        unit=unit,
        compute_kind=kind,
        bound="at_least" if hit["more"] else _BOUNDS.get(hit["lead"] or "", "exact"),
        is_target=is_target,
        as_of=as_of,
    )


def _as_of(words: str) -> dt.date | None:
    """The day of 截至…; the last of the month or year where it names no day."""
    hit = _AS_OF.search(words)
    if hit is None:
        return None
    year, month = int(hit[1]), int(hit[2] or 12)
    try:
        if hit[3]:
            return dt.date(year, month, int(hit[3]))
        return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    except ValueError:
        return None


def _document(capture: Capture) -> Document:
    return formats.read(capture.content, url=capture.url, content_type=capture.content_type)
