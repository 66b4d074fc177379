"""The times a text speaks of, each with the day it stands for: a day is itself, a month, quarter or year its last day.

A year left out is that of the page, the last one in which the time is not after it. Chinese and English forms; `today` and its
kin are the page's day.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator

from scrapers.extract.filings.grammar import day, not_after
from scrapers.extract.filings.prose.words import Spot, Text, told_in
from scrapers.text.numerals import parse

_NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip
_MONTH = rf"(?:{'|'.join(MONTHS)}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_ORDINALS = ("first", "second", "third", "fourth")


def _year(number: int) -> str:
    return rf"(?:(?P<y{number}>20\d\d|二[〇○零一二三四五六七八九]{{3}})\s?年|(?P<t{number}>今年|去年|前年|上年|同年|本年|当年|次年))"


_CHINESE = re.compile(
    r"(?P<iso>20\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))"
    rf"|{_year(1)}?的?\s?(?P<m>{_NUMERAL})\s?月(?:份)?\s?(?:(?P<d>{_NUMERAL})\s?(?:[日号]|(?=[，。）)]))|(?P<end>底|末)|(?P<begin>初)|(?P<ten>[上中下])旬)"
    rf"|{_year(2)}?(?P<from>{_NUMERAL})\s?月?(?:份)?[至到—－～~-]+(?P<to>{_NUMERAL})\s?月(?:份)?"
    rf"|{_year(3)}?(?:第|前)?(?P<quarter>[一二三四1234])个?季度末?"
    rf"|{_year(4)}?(?P<half>[上下])半年"
    rf"|{_year(5)}(?P<yearend>年?[底末]|终|全年|度|初|最后一天)"
    r"|(?P<yy>20\d\d)[./](?P<mm>\d{1,2})(?![\d.])"
    rf"|{_year(6)}?(?P<month>{_NUMERAL})\s?月(?:份)?(?!\d)"
    rf"|{_year(7)}"
    r"|(?P<end_of_year>年[底末]|岁末)"
    r"|(?P<last_month>上个?月[底末]?|本月|当月)"
    r"|(?P<said>昨[日天晚]|今[日天晨晚](?!头条)|前[日天](?!后)|当[日天](?!下)|同[日天](?!化)|日前|近日|目前|现在|如今|迄今|截至发稿|截稿|发稿)"
    r"|(?<![\d月年至到—.-])(?P<only>\d{1,2})[日号](?![\d内])"
)
_ENGLISH = re.compile(
    r"(?P<iso>20\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))"
    rf"|\b(?P<mon>{_MONTH})\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\d)(?:,?\s(?P<y1>20\d\d))?"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<mon2>{_MONTH})\b(?:,?\s(?P<y2>20\d\d))?"
    rf"|\b(?:(?P<end>(?:the\s)?(?:end|close)\sof|late|year-end)\s)?(?:(?P<from>{_MONTH})\s?(?:[-–—]|to|and|through)\s?)?(?P<mon3>{_MONTH})(?:,?\s(?:of\s)?(?P<y3>20\d\d)|\s(?P<t3>this year|last year))?(?![a-z])"
    rf"|\b(?:the\s)?(?P<ordinal>{'|'.join(_ORDINALS)})\s(?P<part>quarter|half)(?:\sof\s(?:(?P<y4>20\d\d)|(?P<t4>this year|last year)))?"
    r"|\b(?:Q(?P<q>[1-4])|H(?P<h>[12]))(?:\s(?:of\s)?(?P<y5>20\d\d))?"
    r"|\b(?P<yend>(?:the\s)?(?:end|close)\sof\s(?:the\s)?(?:(?P<y6>20\d\d)|(?P<t6>last year|this year|year))|year-end(?:\s(?P<y7>20\d\d))?|(?P<y8>20\d\d)\syear-end|end-(?P<y9>20\d\d))"
    rf"|\b(?:(?P<last>last|this|on)\s)?(?P<week>{_WEEKDAYS})\b"
    r"|(?<![\d.,-])(?P<year>20\d\d)(?![\d-]|\.\d|,\d|\s?(?:款|services))"
    r"|\b(?P<rel>last year|this year|last month|this month|last week)\b"
    r"|\b(?P<said>today|yesterday|so far|to date|currently|the same day|that day|recently|now)\b",
    re.I,
)


def times(text: str, page: dt.date | None, *, is_chinese: bool) -> list[Spot]:
    """The times of a text; `value` is the day in ISO form, `kind` the form it is told in. Times whose year is not known are
    left out."""
    found: list[Spot] = []
    last: dt.date | None = None
    last_day: dt.date | None = None
    for match in (_CHINESE if is_chinese else _ENGLISH).finditer(text):
        told = (
            _chinese(match, text, page, last, last_day)
            if is_chinese
            else _english(match, text, page, last_day)
        )
        when, kind = told or (None, "")
        if when is None:
            continue
        if page and when > page and kind not in ("day", "iso", "only"):
            kind += "+"
            if kind in ("year+", "month+", "lastmonth+"):
                when = page
        if not kind.startswith(("当", "同", "the same", "that")):
            last = when
            last_day = when if kind in _TO_THE_DAY else last_day
        found.append(Spot(when.isoformat(), match.start(), match.end(), kind))
    return found


_NOW = frozenset(["目前", "现在", "如今", "迄今", "so far", "to date", "currently", "now"])
_Told = tuple[dt.date | None, str] | None


def _end(year: int, month: int) -> dt.date | None:
    return dt.date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _number(text: str | None) -> int:
    return int(parse(text or "") or 0)


def _chinese(
    match: re.Match[str], text: str, page: dt.date | None, last: dt.date | None, last_day: dt.date | None
) -> _Told:
    g = match.groupdict()
    year = _chinese_year(g, page, last)
    is_told = any(g[f"{kind}{n}"] for kind in "yt" for n in range(1, 8))

    def of(month: int, build: Callable[[int, int], dt.date | None]) -> dt.date | None:
        if not 1 <= month <= 12 or (year is None and (is_told or page is None)):
            return None
        return build(year or page.year - (month > page.month), month)  # type: ignore[union-attr]

    if g["iso"]:
        return _iso(g["iso"]), "iso"
    if g["m"]:
        month, number = _number(g["m"]), _number(g["d"])
        if g["d"]:
            if year is None:
                return (None if is_told or page is None else not_after(page, month, number)), "day"
            return day(year, month, number), "day"
        tenth = {"上": 10, "中": 20}.get(g["ten"] or "", 0)
        if g["end"] or g["ten"] == "下":
            return of(month, _end), "monthend"
        return of(month, lambda y, m: day(y, m, tenth or 10)), "ten" if tenth else "monthbegin"
    if g["to"]:
        return of(_number(g["to"]), _end), "span"
    if g["quarter"]:
        return of(3 * ("一二三四1234".index(g["quarter"]) % 4 + 1), _end), "quarter"
    if g["half"]:
        return of(6 if g["half"] == "上" else 12, _end), "half"
    if g["yearend"]:
        is_begin = g["yearend"] == "初"
        return (
            day(year, 1 if is_begin else 12, 31) if year else None
        ), "yearbegin" if is_begin else "yearend"
    if g["yy"]:
        return _end(int(g["yy"]), int(g["mm"])), "month"
    if g["month"]:
        return of(_number(g["month"]), _end), "month"
    if is_told:
        return (day(year, 12, 31) if year else None), "year"
    if page is None:
        return None
    if g["end_of_year"]:
        return dt.date(page.year - (page.month < 12), 12, 31), "endofyear"
    if g["last_month"]:
        is_past = g["last_month"].startswith("上")
        return (
            page.replace(day=1) - dt.timedelta(days=1) if is_past else _end(page.year, page.month)
        ), "lastmonth"
    if g["said"]:
        if g["said"][0] in "当同":
            return last_day, g["said"][0]
        before = {"昨": 1, "前": 2}.get(g["said"][0], 0)
        is_now = g["said"] in _NOW
        return _now(page, last_day) if is_now else page - dt.timedelta(days=before), g["said"][:2]
    return _only(int(g["only"]), text, match.start(), page, last), "only"


def _now(page: dt.date, last_day: dt.date | None) -> dt.date:
    """The day of what is told, where a page of the week after speaks of now, else the page's."""
    return last_day if last_day and 0 <= (page - last_day).days <= 7 else page


def _chinese_year(g: dict[str, str | None], page: dt.date | None, last: dt.date | None) -> int | None:
    told = next((g[f"y{n}"] for n in range(1, 8) if g[f"y{n}"]), None)
    if told:
        digits = (
            c if c.isdigit() else str("零一二三四五六七八九".find(c.replace("〇", "零").replace("○", "零")))
            for c in told
        )
        return int("".join(digits))
    said = next((g[f"t{n}"] for n in range(1, 8) if g[f"t{n}"]), None)
    if said is None:
        return None
    if said[0] in "同当次":
        return last.year + (said[0] == "次") if last else None
    return page.year - {"去": 1, "上": 1, "前": 2}.get(said[0], 0) if page else None


def _only(number: int, text: str, start: int, page: dt.date, last: dt.date | None) -> dt.date | None:
    """`15日`: in the month told before where it goes on with it, else the page's or the one before."""
    if last and re.search(r"[、和及与至到—-]\s?$", text[max(0, start - 2) : start]):
        return day(last.year, last.month, number)
    found = day(page.year, page.month, number)
    if found is None or found > page:
        before = page.replace(day=1) - dt.timedelta(days=1)
        found = day(before.year, before.month, number)
    return found


def _iso(text: str) -> dt.date | None:
    year, month, number = map(int, re.split(r"[-/.]", text))
    return day(year, month, number)


def _month_of(name: str | None) -> int:
    return 1 + [m[:3].lower() for m in MONTHS].index(name[:3].lower()) if name else 0


def _english(match: re.Match[str], text: str, page: dt.date | None, last_day: dt.date | None) -> _Told:
    g = match.groupdict()
    told = next((g[f"y{n}"] for n in range(1, 10) if g[f"y{n}"]), None)
    said = next((g[name] for name in ("t3", "t4", "t6") if g[name]), None)
    year = int(told) if told else None
    if said and page and said != "year":
        year = page.year - (said.lower() == "last year")

    def of(month: int) -> dt.date | None:
        if year is None and page is None:
            return None
        return _end(year or page.year - (month > page.month), month)  # type: ignore[union-attr]

    if g["iso"]:
        return _iso(g["iso"]), "iso"
    if month := _month_of(g["mon"] or g["mon2"]):
        number = int(g["d"] or g["d2"])
        if year:
            return day(year, month, number), "day"
        return (not_after(page, month, number) if page else None), "day"
    if month := _month_of(g["mon3"]):
        if g["mon3"].lower() == "may" and not (
            g["mon3"][0].isupper()
            and (
                told
                or g["end"]
                or g["from"]
                or re.search(
                    r"(?:in|of|since|by|until|through|late|early|mid) $", text[: match.start()], re.I
                )
            )
        ):
            return None
        return of(month), "span" if g["from"] else "monthend" if g["end"] else "month"
    if g["ordinal"]:
        number = _ORDINALS.index(g["ordinal"].lower()) + 1
        return of(min(12, number * (3 if g["part"].lower() == "quarter" else 6))), g["part"].lower()
    if g["q"] or g["h"]:
        return of(3 * int(g["q"]) if g["q"] else 6 * int(g["h"])), "quarter" if g["q"] else "half"
    if g["yend"]:
        if year is None and page:
            year = page.year - (page.month < 12)
        return (day(year, 12, 31) if year else None), "yearend"
    if g["year"]:
        return day(int(g["year"]), 12, 31), "year"
    if page is None:
        return None
    if g["week"]:
        back = (page.weekday() - [d[:3] for d in _WEEKDAYS.split("|")].index(g["week"][:3].title())) % 7
        return page - dt.timedelta(days=back), "weekday"
    if g["rel"]:
        words = g["rel"].lower()
        if "year" in words:
            return dt.date(page.year - ("last" in words), 12, 31), "year"
        if "month" in words:
            return (page.replace(day=1) - dt.timedelta(days=1) if "last" in words else page), "lastmonth"
        return page - dt.timedelta(days=7), "lastweek"
    words = (g["said"] or "").lower()
    if words in ("the same day", "that day"):
        return last_day, "the same"
    return _now(page, last_day) if words in _NOW else page - dt.timedelta(days=words == "yesterday"), words


_TO_THE_DAY = frozenset(
    [
        "iso",
        "day",
        "only",
        "当",
        "同",
        "昨日",
        "昨天",
        "昨晚",
        "今日",
        "今天",
        "今晨",
        "今晚",
        "前日",
        "前天",
        "weekday",
        "today",
        "yesterday",
    ]
) | {"the same"}


def day_spots(spots: list[Spot]) -> Iterator[Spot]:
    """The times that are told to the day."""
    return (spot for spot in spots if spot.kind.rstrip("+") in _TO_THE_DAY)


def only_day(text: Text, spots: Iterable[Spot]) -> str | None:
    """The day of times told to the day where all are of the same and a sentence around one tells of approvals:
    `登记日期均为8月17日` below a list."""
    spots = list(spots)
    days = {spot.value for spot in spots}
    if len(days) != 1:
        return None
    sentences = (text.sentences[text.sentence_of(spot.start)] for spot in spots)
    said = {word for start, end in sentences for word in told_in(text.text[start:end])}
    return days.pop() if said & {"filed", "registered", "approved"} else None
