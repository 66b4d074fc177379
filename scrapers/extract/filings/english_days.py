"""The day the totals of an English document are of: `as of Nov 12`, `by the end of August`."""

import datetime as dt
import re

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


def document_day(document: Document, context: Context) -> dt.date | None:
    """The first `as of` of a text; null where it says none."""
    page = context.date or page_date(document)
    return next((found for m in _UNTIL.finditer(document.text) if (found := _day(m, page))), None)
