"""The day the totals of a Chinese document are of, behind `截至`, and that of its page. Missing years are the page's."""

import datetime as dt
import re

from scrapers.documents import Context, Document
from scrapers.extract.filings.grammar import day, day_of, not_after
from scrapers.text import dates
from scrapers.text.numerals import parse

_NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = (
    rf"(?:(?P<y>20\d\d|二[〇○零]二[〇○零一二三四五六七八九])年|(?P<ty>今年|本年|去年))?(?P<m>{_NUMERAL})月(?:份)?(?:(?P<d>{_NUMERAL})[日号]|(?P<end>底|末))"
    r"|(?P<sm>\d{1,2})/(?P<sd>\d{1,2})(?![\d/])"
    r"|(?P<iso>20\d\d[-/.]\d{1,2}[-/.]\d{1,2})"
    r"|(?P<yy>20\d\d)(?:年(?P<mm>\d{1,2})月(?:份)?|\.(?P<mn>\d{1,2})(?![\d.]))"
    r"|(?:(?P<ey>20\d\d)年|(?P<eyt>今年|去年|上年))(?:度)?(?P<part>年?底|末|最后一天|上半年|前?三季度|第?一季度|全年)"
    r"|(?P<half>上半年)|(?P<quarter>[一二三四])季度末"
    r"|(?P<yearend>年[末底])|(?P<lastmonth>上个?月)[底末]?"
    r"|(?:今年|本年)?(?P<bm>\d{1,2})月(?:份)?(?P<ten>[上中下]旬)?(?!\d)"
)
_END = r"(?:(?<![较比\d年])|(?<=[较比])(?=[\d年月今去]{2,9}[底末]的\d))(?=(?:(?:20\d\d年|今年|去年)?\d{1,2}月(?:份)?|20\d\d年|去年|上个?月)[底末]|去年最后一天)"
"""An end of a month or a year is a day numbers are of without `截至` too, but not what they are compared with, unless that is a
number itself (`比2024年末的105款`)."""
UNTIL = re.compile(
    rf"(?:截[至止]到?(?:(?:日期?|时间)[为是：:])?|口径[为是]?|(?<![\d月日年])[至到]|(?=年[末底](?:总|累计|共|达|存量)|[一二三四]季度末)|{_END})(?:目前|今)?(?:[\u4e00-\u9fff]{{2,6}}[（(])?[，,:：]?\s*(?:(?P<now>目前|今日?(?!年)|现在|如今|当日|发稿|(?:本|此|该)?(?:公告|消息|通告|信息|公示)?发布之?[日时]|当[前日])|{_DAY})"
)


def document_day(document: Document, context: Context) -> dt.date | None:
    """The one day the document's totals speak of: the first `截至`, else the page's."""
    page = context.date or page_date(document)
    for match in UNTIL.finditer(document.text):
        if (found := until(match, page, page)) is not None:
            return found
    return page


def page_date(document: Document) -> dt.date | None:
    """The day a page prints for itself: its metadata, else a date near its head."""
    for text in (
        document.meta.get("pubdate", ""),
        document.meta.get("publishdate", ""),
        re.sub(r"-\d{8}\w*", "", document.raw_text[:400]),  # not of a number
    ):
        if (found := day_of(text, None)[0]) is not None:
            return found
    return None


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year + (month == 12), month % 12 + 1, 1) - dt.timedelta(days=1)


def until(match: re.Match[str], page: dt.date | None, news: dt.date | None) -> dt.date | None:
    """The day behind `截至`; null where the text leaves the year out and the page has none."""
    g = match.groupdict()
    if g["now"]:
        return news
    if g["sm"]:
        return not_after(page, int(g["sm"]), int(g["sd"])) if page else None
    if g["iso"]:
        return dates.first(g["iso"].replace(".", "-"))
    if g["yy"]:
        return _month_end(int(g["yy"]), min(int(g["mm"] or g["mn"]), 12))
    if g["quarter"]:
        month = 3 * ("一二三四".index(g["quarter"]) + 1)
        return _month_end(page.year - (month > page.month), month) if page else None
    if g["lastmonth"]:
        return page.replace(day=1) - dt.timedelta(days=1) if page else None
    if g["yearend"]:
        return dt.date(page.year - (page.month < 12), 12, 31) if page else None
    if g["part"] or g["half"]:
        year = int(g["ey"]) if g["ey"] else page.year - (g["eyt"] in ("去年", "上年")) if page else None
        if year is None:
            return None
        month = {"上": 6, "前": 9, "三": 9, "一": 3, "第": 3}.get((g["part"] or "上")[0], 12)
        return _month_end(year, month)
    month, number = _number(g["m"] or g["bm"]), _number(g["d"])
    if not 1 <= month <= 12:
        return None
    if g["y"] or g["ty"]:
        year = _number(g["y"]) or (page.year - (g["ty"] == "去年") if page else None)
        if year is None:
            return None
        return day(year, month, number) if number else _month_end(year, month)
    if page is None:
        return None
    if number:
        return not_after(page, month, number)
    end = _month_end(page.year, month)
    if g["ten"] in ("上旬", "中旬"):
        # the day itself is not said: the page's own where it lies in these ten days, else their last
        last = 10 if g["ten"] == "上旬" else 20
        same = (page.year, page.month) == (page.year, month) and page.day <= last
        return page if same else not_after(page, month, last)
    return (
        end
        if end <= page or (end.year, end.month) == (page.year, page.month)
        else _month_end(page.year - 1, month)
    )


def _number(text: str | None) -> int:
    """`12`, `十二`, `二〇二五`; 0 for nothing."""
    return int(parse(text or "") or 0)
