"""Dates in Chinese and English texts, with their places.

Only whole calendar dates count: a month and day without a year stay unknown. Nothing is read off a clock.
"""

import datetime as dt
import re
from dataclasses import dataclass

from scrapers.text import scan
from scrapers.text.numerals import DIGITS
from scrapers.text.repair import fold


@dataclass(frozen=True, slots=True)
class Found:
    date: dt.date
    start: int
    end: int


_CN = "".join(DIGITS)
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        start=1,
    )
    for name in names.split()
}
_MONTH_WORDS = "|".join(sorted(_MONTHS, key=len, reverse=True))
# The day ends at two digits: a page may glue a counter to it (2023-11-08238人次).
_DATE = scan.Sought(
    rf"(?P<y>(?:19|20)\d\d)\s?[-/.年]\s?(?P<m>0?[1-9]|1[0-2])\s?[-/.月]\s?(?P<d>3[01]|[12]\d|0[1-9]|[1-9])(?:\s?日)?"
    rf"|(?P<cy>[二〇○零{_CN}]{{4}})年(?P<cm>[一二三四五六七八九十]{{1,2}})月(?P<cd>[一二三四五六七八九十]{{1,3}})日"
    rf"|(?P<em>{_MONTH_WORDS})\.?\s(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<ey>(?:19|20)\d\d)"
    rf"|(?P<fd>\d{{1,2}})\s(?P<fm>{_MONTH_WORDS})\.?,?\s(?P<fy>(?:19|20)\d\d)"
    # day and month in either order: a date only where both orders give the same or one is impossible
    rf"|(?<![\d/])(?P<sa>\d{{1,2}})/(?P<sb>\d{{1,2}})/(?P<sy>(?:19|20)\d\d)(?![\d/])",
    rf"[\d二〇○零{_CN}{''.join(sorted({name[0].upper() + name[0] for name in _MONTHS}))}]",
    re.I,
)
_TENS = {"十": 10}


def find(text: str) -> list[Found]:
    """All whole dates of a text, in order; impossible ones (31 November) are left out."""
    out = []
    for match in _DATE.finditer(fold(text)):
        day = _date(match)
        if day is not None:
            out.append(Found(day, match.start(), match.end()))
    return out


def first(text: str) -> dt.date | None:
    """The first whole date of a text."""
    found = find(text)
    return found[0].date if found else None


_IN_URL = re.compile(
    r"/t(20\d\d)(0[1-9]|1[0-2])([0-3]\d)_|/art/(20\d\d)/(\d{1,2})/(\d{1,2})/|/(20\d\d)[-/](0[1-9]|1[0-2])[-/]([0-3]\d)(?!\d)|/(20\d\d)[-/]?(0[1-9]|1[0-2])([0-3]\d)(?=[/_.]|\d{6,}|$)"
)


def in_url(url: str) -> dt.date | None:
    """The date a publishing system writes into its addresses (`t20250715_…`, `/art/2025/10/27/`)."""
    match = _IN_URL.search(url)
    if match is None:
        return None
    return _calendar(*(int(part) for part in match.groups() if part is not None))


def _date(match: re.Match[str]) -> dt.date | None:
    if match["y"]:
        return _calendar(int(match["y"]), int(match["m"]), int(match["d"]))
    if match["cy"]:
        year = int("".join(str(DIGITS[letter]) for letter in match["cy"]))
        return _calendar(year, _small(match["cm"]), _small(match["cd"]))
    if match["em"]:
        return _calendar(int(match["ey"]), _MONTHS[match["em"].lower()], int(match["ed"]))
    if match["sy"]:
        days = {
            _calendar(int(match["sy"]), int(match[m]), int(match[d])) for m, d in (("sa", "sb"), ("sb", "sa"))
        }
        days.discard(None)
        return days.pop() if len(days) == 1 else None
    return _calendar(int(match["fy"]), _MONTHS[match["fm"].lower()], int(match["fd"]))


def _small(text: str) -> int:
    tens, ten, units = text.partition("十")
    if not ten:
        return DIGITS.get(text, 0) if len(text) == 1 else 0
    return (DIGITS.get(tens, 0) if tens else 1) * 10 + (DIGITS.get(units, 0) if units else 0)


def _calendar(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
