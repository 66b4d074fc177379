"""Days and spans of time in English texts: `as of Nov 12`, `by the end of August`, `in May and June`, `on Tuesday`."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from scrapers.documents import Context, Document
from scrapers.extract.filings.days import page_date
from scrapers.extract.filings.grammar import day, not_after

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|(?-i:May|MAY)|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
_DATE = (
    rf"(?:{_MONTH.format('ma')}\s(?P<da>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s(?P<ya>20\d\d))?"
    rf"|(?P<db>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH.format('mb')}(?:,?\s(?P<yb>20\d\d))?"
    rf"|(?:the\send\sof\s|end[- ]|late\s)?{_MONTH.format('mc')}(?:\s(?:of\s)?(?P<yc>20\d\d)|\s(?P<tc>this|last)\syear)?"
    r"|(?:the\s)?(?:end\sof|year[- ]end|end-)\s?(?P<yd>20\d\d))"
)
_UNTIL = re.compile(
    rf"(?:\b(?:(?:as\s(?:of|at)|totals?\sat|by|until|till|through|up\sto)\s(?:the\s(?:end|close|last\sday)\sof\s)?|(?:at|to|on)\sthe\s(?:end|close|last\sday)\sof\s|at\s(?=end[- ])|(?:current|figures|data|numbers)\s(?:up\s)?to\s)|\((?=[A-Z]\w+\.?\s\d{{1,2}},?\s20\d\d\)|(?:the\s)?(?:end\sof|end-|year-end)\s?20\d\d)){_DATE}"
    r"|\b(?:at|by|as of|to)\s(?:the\s)?(?:end|close)\sof\s(?P<y0>20\d\d)"
    r"|\bas\s(?P<ye>20\d\d)\s(?:closed|ended|drew)|\b(?:at|by|as of)\s(?:the\s)?(?P<yearend>end of the year|year[- ]end)\b"
    r"|\bend-(?P<y1>20\d\d)\b|\b(?:at|by|as of|through|until|to)\s(?:the\s)?(?P<monthend>end of last month)\b|\b(?:at|by|as of|through|until|to)\s(?:the\s)?(?P<lastyear>end of last year)\b",
    re.I,
)
_ON = re.compile(rf"\bon\s(?:\w+day,?\s)?{_DATE}", re.I)
_WHEN = re.compile(
    rf"\b(?:on\s|last\s|this\s|,\s|(?<=ed\s)|(?<=val\s)|(?<=nce\s))(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,\s)?(?:{_DATE}|(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b))",
    re.I,
)
"""The day behind an event or before it."""
_BETWEEN_DAYS = re.compile(
    r"\b(?:(?:between|from)\s(?:\w+\s\d{1,2}|\d{1,2}\s\w+)(?:,?\s20\d\d)?\s(?:and|to|through|until)"
    r"|(?:in|over|during)\sthe\s(?:\w+\s)?(?:week|month|quarter|half|year|days|weeks|months)\s(?:to|through|until|up\sto|end(?:ed|ing)(?:\son)?))"
    rf"\s{_DATE}",
    re.I,
)
"""A span of days whose own count is told; its last day is what the number is of."""
_HEAD = re.compile(rf"^\W*{_DATE}\W*[:–—-]", re.I)
"""The date a line of a chronicle begins with: `- April 2024: 117 models cleared`."""
_STATED = re.compile(
    rf"\b(?:data|figures|numbers|counts?|statistics)\b[^.;\n]{{0,20}}?(?:{_UNTIL.pattern})", re.I
)
_NEWS_DAYS = 14


def _day(match: re.Match[str], page: dt.date | None) -> dt.date | None:
    g = match.groupdict()
    if g.get("yearend"):
        return dt.date(page.year - (page.month < 10), 12, 31) if page else None
    if g.get("lastyear"):
        return dt.date(page.year - 1, 12, 31) if page else None
    if g.get("monthend"):
        return page.replace(day=1) - dt.timedelta(days=1) if page else None
    if ended := g.get("ye") or g.get("y0") or g.get("y1") or g["yd"]:
        return dt.date(int(ended), 12, 31)
    for month, number, year in (("ma", "da", "ya"), ("mb", "db", "yb")):
        if g[month]:
            m, d = _MONTHS.index(g[month][:3].lower()) + 1, int(g[number])
            if g[year]:
                return day(int(g[year]), m, d)
            return not_after(page, m, d) if page else None
    if not g["mc"]:
        return None
    m = _MONTHS.index(g["mc"][:3].lower()) + 1
    if g["yc"]:
        year_number = int(g["yc"])
    elif page is None:
        return None
    else:
        year_number = page.year - (g["tc"] == "last") - (m > page.month and g["tc"] is None)
    return dt.date(year_number + (m == 12), m % 12 + 1, 1) - dt.timedelta(days=1)


_PERIOD = re.compile(
    rf"(?<!than )\b(?:in|during|over|between|throughout|for|(?<=approvals\s)of|(?<=filings\s)of|(?<=registrations\s)of|from(?=\s\w+\s(?:to|through)\b))\s(?:the\s)?(?:(?:{_MONTH.format('p1')}(?:\s(?:and|to|through)\s|[-–]))?{_MONTH.format('p2')}(?!\s\d{{1,2}}(?!\d))(?:,?\s(?P<py>20\d\d))?|(?P<year>20\d\d)\b|(?P<part>first|second|third|fourth|final)\s(?P<of>quarter|half)(?:\sof\s(?P<oy>20\d\d))?)",
    re.I,
)
"""A span of time whose own count is told: `In May and June`, `In 2025`, `in the first quarter`."""


def document_day(document: Document, context: Context) -> dt.date | None:
    """The first `as of` of a text; null where it says none."""
    page = context.date or page_date(document)
    return next((found for m in _UNTIL.finditer(document.text) if (found := _day(m, page))), None)


def day_of_event(words: str, at: int, page: dt.date | None) -> dt.date | None:
    """The day of what `words[:at]` ends with telling: `completed its filing with the CAC on January 31`, `On March 3 it was
    approved`; a weekday is the last one before the page. Null where there is none."""
    begin = max(words.rfind(mark, 0, at) for mark in (";", "\n")) + 1
    rest = re.match(rf"(?:{_MONTH.format('m')}|[^.;:(]){{0,48}}".replace("(?P<m>", "(?:"), words[at:], re.I)
    behind = _WHEN.search(words, at, at + (len(rest[0]) + 24 if rest else 0))
    if behind and behind.start() <= at + (len(rest[0]) if rest else 0):
        return _day(behind, page) if behind["weekday"] is None else _weekday(behind["weekday"], page)
    first = _WHEN.match(words, begin + len(words[begin:at]) - len(words[begin:at].lstrip()), at)
    if first is None or re.search(r"\b(?:said|says|announced|told|reported)\b", words[begin:at]):
        return _day(first, page) if first and first["weekday"] is None else None
    return _weekday(first["weekday"], page) if first["weekday"] else _day(first, page)


def only_day(words: str, page: dt.date | None) -> dt.date | None:
    """The one day a clause gives for what it tells, when nobody says something on it."""
    days = list(_ON.finditer(words))
    is_speech = re.search(r"\b(?:said|says|announced|told|reported|published|released)\b", words)
    return _day(days[0], page) if len(days) == 1 and not is_speech and _has_day(days[0]) else None


def _has_day(match: re.Match[str]) -> bool:
    return bool(match["da"] or match["db"])


def _weekday(name: str, page: dt.date | None) -> dt.date | None:
    """The last such weekday, today's included."""
    if page is None:
        return None
    number = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(name[:3].lower())
    return page - dt.timedelta(days=(page.weekday() - number) % 7)


_SAID_ON = re.compile(
    r"\b(?:said|says|announced|reported|disclosed|released)\b[^.;\n]{0,50}?\b(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
    re.I,
)
"""The weekday of the news: `the office announced on Tuesday`."""


def news_day(text: str, page: dt.date | None) -> dt.date | None:
    """The day the text says the news is of, when it is close before the page's."""
    said = [found for m in _ON.finditer(text) if (found := _day(m, page))]
    near = next((d for d in said if page and 0 <= (page - d).days <= _NEWS_DAYS), None)
    told = _SAID_ON.search(text) if near is None else None
    return near or (_weekday(told["weekday"], page) if told else page)


def dates(words: str) -> Iterator[re.Match[str]]:
    """Dates whatever is said of them: the number of a day counts nothing."""
    return (m for m in re.finditer(_DATE, words, re.I) if _has_day(m))


def stated_day(text: str, page: dt.date | None) -> dt.date | None:
    """The one day a text gives for all its numbers: `(Data as of July 31.)`; null where it gives none or several."""
    said = {found for m in _STATED.finditer(text) if (found := _day(m, page))}
    return said.pop() if len(said) == 1 else None


@dataclass(frozen=True, slots=True)
class DayPhrase:
    """Words of a day: `until` for as of, by, at the end of; `on` for the day of an event; `head` for the day a line begins with;
    `span` for a time whose own count is told, by its last day (one not over yet has none)."""

    kind: Literal["until", "on", "head", "span"]
    start: int
    end: int
    day: dt.date | None


_SINCE = re.compile(r"\bsince\b[^,;.]{1,40}$", re.I)
"""Before the time something began, which is not what a number is of: `since the rules came in in August`."""


def phrases(words: str, page: dt.date | None) -> list[DayPhrase]:
    """The days a sentence gives, in their order; of two that overlap the first kind counts."""
    found: list[DayPhrase] = []
    kinds: tuple[tuple[Literal["until", "on", "head", "span"], re.Pattern[str]], ...] = (
        ("span", _BETWEEN_DAYS),
        ("until", _UNTIL),
        ("head", _HEAD),
        ("on", _ON),
        ("span", _PERIOD),
    )
    for kind, pattern in kinds:
        for m in pattern.finditer(words):
            if any(one.start < m.end() and m.start() < one.end for one in found):
                continue
            if kind == "span" and _SINCE.search(words, 0, m.start()):
                continue
            last = _end_of_span(m, page) if pattern is _PERIOD else _day(m, page)
            found.append(DayPhrase(kind, m.start(), m.end(), last))
    return sorted(found, key=lambda one: one.start)


def _end_of_span(m: re.Match[str], page: dt.date | None) -> dt.date | None:
    if m["year"]:
        month, year = 12, int(m["year"])
    elif m["part"]:
        size = 3 if m["of"].lower() == "quarter" else 6
        parts = ("first", "second", "third", "fourth")
        last = 12 // size
        month = size * (1 + parts.index(m["part"].lower()) if m["part"].lower() in parts else last)
        year = int(m["oy"]) if m["oy"] else page.year if page else 0
    else:
        month = _MONTHS.index(m["p2"][:3].lower()) + 1
        year = int(m["py"]) if m["py"] else page.year - (month > page.month) if page else 0
    if not year or month > 12:
        return None
    end = dt.date(year + (month == 12), month % 12 + 1, 1) - dt.timedelta(days=1)
    return end if page is None or end <= page else None
