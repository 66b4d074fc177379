"""Services and totals in prose, Chinese or English: what sentences, lists of names and lines of a footer tell.

Reading prose is learned, not written: `tagger` and `network` mark the words that name an approved service or its maker,
`figures` and `network` tell what each number counts (`reading` takes the mean), and `links` chooses, for each of them, which of the firms, days, places, registers and numbers the text names
(`spots`, `times`) belongs to it. `services` and `totals` put this together. The weights come from labelled texts
(`tests/bench/approvals_prose`) by `python -m tests.train_filings`; a reading that is wrong is mended by labelled
texts of its kind, not by a rule for it.
"""

import datetime as dt
import re
from collections.abc import Iterator

from scrapers.documents import Context, Document
from scrapers.extract.filings.days import page_date
from scrapers.extract.filings.grammar import ALGORITHM, NUMBER, Kind, province_of_number, tight
from scrapers.extract.filings.prose import services, spots, times, totals
from scrapers.extract.filings.prose.model import bundled
from scrapers.extract.filings.prose.reading import Reading
from scrapers.extract.filings.prose.services import Service
from scrapers.extract.filings.prose.totals import Total
from scrapers.extract.filings.prose.words import Text, wide
from scrapers.extract.filings.scopes import NATIONAL, place_outside
from scrapers.issues import Issue
from scrapers.records import Filing, FilingCount, Ground
from scrapers.text.repair import simplify

_ABOUT = re.compile(
    r"备案|登记|获批|获准|批准|审批|过审|准生证|上线编号|过关|放行|\b(?:fil(?:ed|ing|ings)|regist\w+|approv\w+|clear(?:ed|ance)|licen[cs]\w+|record|green light)\b",
    re.I,
)
_ENDED = re.compile(
    r"(?:终止|注销|撤销|取消)了?(?:其|该服务)?(?:的)?(?:生成式人工智能服务)?备案|备案(?:已|被)?(?:终止|注销|撤销|取消|失效)"
)


def is_chinese(text: str) -> bool:
    """Whether a text is mainly Chinese, by its letters or, where it is full of code and names, by its marks; English news may
    quote 备案."""
    text = re.sub(r"https?://[\x21-\x7e]+", "", text)
    han = len(re.findall(r"[\u4e00-\u9fff]", text))
    marks, english_marks = len(re.findall(r"[，。；、：]", text)), len(re.findall(r"[,.;:]\s", text))
    return han * 3 > len(re.findall(r"[A-Za-z]", text)) or (marks >= 5 and marks > 2 * english_marks)


def read(
    document: Document, context: Context, seen: set[str], *, has_table: bool
) -> Iterator[Filing | FilingCount | Issue]:
    """The totals of a text and its services. `seen` holds the numbers that tables gave, in lower case: where a table names the
    services (`has_table`), prose is read for totals only."""
    simple = simplify(document.text)
    text = Text(wide(simple if len(simple) == len(document.text) else document.text))
    if not _ABOUT.search(text.text):
        return
    page = context.date or page_date(document)
    chinese = is_chinese(text.text)
    home = place_outside(document, context) or NATIONAL
    reading = Reading(text, page, chinese, bundled(is_chinese=chinese), home=home)
    for total in totals.totals(reading):
        if total.day is None:
            message = (
                f"{text.text[total.start : total.end].strip()}: no year in the text nor in the page's date"
            )
            yield Issue(level="warning", code="no-year", message=message)
        yield _count(document, total)
    if has_table:
        return
    used = set(seen)
    for service in services.services(reading):
        number = tight(service.number or "").lower()
        if not number or number not in seen:
            used.add(number)
            yield _filing(document, text, service, page, home, is_chinese=chinese)
    for spot in spots.printed_numbers(text):
        if tight(spot.value).lower() not in used:
            message = f"{spot.value}: no name beside it"
            yield Issue(
                level="info", code="no-name", locator=f"chars {spot.start}-{spot.end}", message=message
            )


def _count(document: Document, total: Total) -> FilingCount:
    return FilingCount(
        as_of=dt.date.fromisoformat(total.day) if total.day else None,
        scope=total.scope,
        total_filed=total.filed,
        new_in_period=total.new,
        total_registered=total.registered,
        new_registered=total.new_registered,
        qualifier=total.bound,
        ground=_ground(document, total.start, total.end),
    )


def _ground(document: Document, start: int, end: int) -> Ground:
    return Ground(quote=document.text[start:end], start=start, end=end, locator=f"chars {start}-{end}")


def _filing(
    document: Document, text: Text, service: Service, page: dt.date | None, home: str, *, is_chinese: bool
) -> Filing:
    number = tight(service.number) if service.number else None
    match = NUMBER.match(number or "")
    place = (
        service.province
        or (province_of_number(match[1]) if match else None)
        or (home if home != NATIONAL else None)
    )
    ended = _ended_on(text, service, page, is_chinese=is_chinese)
    behind = document.text.find(service.number, service.start) if service.number else -1
    return Filing(
        kind=_kind(service, number),
        model_name=document.text[service.start : service.end],
        entity_name=_printed(document.text, text.text, service.maker),
        province=place,
        filing_number=number,
        filed_date=dt.date.fromisoformat(service.day) if service.day and not ended else None,
        cancelled_date=ended,
        is_late_registration=behind >= 0
        and "补登" in document.text[behind : behind + len(service.number or "") + 8],
        note=None if number else "named in a sentence; no number printed",
        ground=_ground(document, *_words(text, service, behind)),
    )


def _words(text: Text, service: Service, number_at: int) -> tuple[int, int]:
    """The words that tell of a service: from its name to its number where that follows at once, else the name."""
    end = number_at + len(service.number or "")
    is_beside = number_at - service.end >= 0 and text.sentence_of(number_at) == text.sentence_of(
        service.start
    )
    return service.start, end if is_beside else service.end


def _kind(service: Service, number: str | None) -> Kind:
    """The register a number is of, else the one the words speak of."""
    if number and ALGORITHM.search(number):
        return "deep_synthesis_algorithm"
    if (match := NUMBER.match(number or "")) and service.kind != "on_device_filing":
        return "registration" if match[4] else "filing"
    return service.kind


def _printed(printed: str, read: str, name: str | None) -> str | None:
    """A name in the letters that are printed, where a text was read in simplified ones and with wide marks."""
    at = read.find(name) if name else -1
    return printed[at : at + len(name)] if name and at >= 0 else name


def _ended_on(text: Text, service: Service, page: dt.date | None, *, is_chinese: bool) -> dt.date | None:
    """The day a sentence says a filing ended: `自4月1日起终止备案`, else the page's; null where it did not end."""
    start, end = text.sentences[text.sentence_of(service.start)]
    ended = _ENDED.search(text.text, start, end)
    if ended is None:
        return None
    told = times.day_spots(times.times(text.text[start : ended.start()], page, is_chinese=is_chinese))
    last = next(reversed(list(told)), None)
    return dt.date.fromisoformat(last.value) if last else page
