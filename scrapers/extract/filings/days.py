"""The day a Chinese text speaks of: behind `截至`, of the news, of the list it quotes. Missing years are the page's."""

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
SPAN = re.compile(
    r"(?<![较比自从至到止\d])(?:"
    r"(?:(?P<y>20\d\d)年|(?P<ty>今年|本年|同年|去年))?(?:"
    r"\d{1,2}月?(?:份)?[至到—－～~-]+(?:20\d\d年)?(?P<to>\d{1,2})月(?:份)?(?!\d|[上中下]旬)"
    r"|(?P<half>[上下])半年|(?:第|前)?(?P<quarter>[一二三四])个?季度(?!末)|前(?P<first>\d{1,2}|[一二三四五六七八九十])个月"
    r"|(?P<single>\d{1,2})月(?:份)?(?!以来)(?=[单当]月|[，,]?[^，。；;\d]{0,10}?(?:新增|共有|新获|又有|再有|有(?=\d|$))))"
    r"|(?P<my>20\d\d)年(?P<month>\d{1,2})月(?:份)?(?![\d底末至到—－～~-])"
    r"|(?:(?P<whole>20\d\d)年|(?P<last>去年|今年|本年))(?!以来|[上下前第一二三四\d]|[\d底末初同])(?:度|全年)?[，,]?(?=[^，,。；;]{0,12}?(?:新增|共|合计|累计|完成|备案)|[^，,。；;\d]{0,8}\d+款[^，,。；;]{0,18}?完成)"
    r")"
)
"""A span of time whose own count is told: `3—4月，又有72款`, `今年上半年共有137款`, `2025年新增446款`."""
LISTED = re.compile(
    r"(?:20\d\d年)?(?:\d{1,2}月\d{1,2}日|(?<!\d)\d{1,2}/\d{1,2})(?=\s*(?:更新|发布|公布|公告|通告|通报)(?:的?(?:[^，。；]{0,12}?(?:清单|名单|列表)|\s*\d+款)|(?:显示|称|指出)?[，,：:]))"
)
"""The day of the list a sentence quotes."""
STATED = re.compile(rf"(?:数据|统计|信息|以上|上述|时间)[^，。；]{{0,6}}?{UNTIL.pattern}")
"""The day the text as a whole gives for its numbers: `以上数据截至6月30日`."""
_SAID = re.compile(
    r"(?<![\d年])(?P<m>\d{1,2})月(?P<d>\d{1,2})日|(?:[办室厅局委部讯社者从于网”]|消息|[昨今][日天][（(]|(?<![\d月])(?=\d{1,2}日[，,]?(?:记者|本报|从)[^，。]{0,24}(?:获悉|了解)))(?P<only>\d{1,2})日(?![期内起])"
)
_ANNOUNCED = re.compile(
    r"(?P<whole>20\d\d年\d{1,2}月\d{1,2}日|20\d\d-\d{1,2}-\d{1,2})(?=[^。；\n]{0,20}?(?:发布会|消息|讯|获悉|公布|通报|披露|宣布))"
)
"""The whole day of an announcement at the head of its sentence: `2026-07-07 市政府新闻发布会披露`."""
_OF_APPROVAL = re.compile(
    r"[^，。；]{0,4}(?:已|正式|成功)?(?:完成|通过|获得?|取得)(?!悉)[^，。；]{0,16}(?:备案|登记)"
)
"""Behind the day of an approval, which is not the day of the news."""
_OF_NAMED = re.compile(
    r"[，,]?(?:(?!\d[款家个]|消息|讯|公布|发布|获悉|通报|公告|披露)[^。\n])*?(?:完成|通过|获批|取得)(?:(?!\d[款家个])[^。\n])*[。\n]"
)
"""A sentence about services named, not about how many there are: its day is theirs."""
_TOLD = re.compile(
    r"^\W*(?:(?P<y>20\d\d)年)?(?P<hm>\d{1,2})月(?P<hd>\d{1,2})日[，,](?:[\u4e00-\u9fff]{2,8}?)?(?:新增|又新增|再添|又有|新添)|(?<![\d年至到])(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?:上午|下午|晚间?)?(?:对外|正式|发布|宣布)?的?(?:举[行办]的[^，。；;]{2,30}上[，,]|在[^，,。；;]{1,16}上(?:表示|介绍|透露|指出|说|称)|披露|公布|通报|发布|公告|公示|消息|宣布|通告|讯|电)"
)
_DATE_LINE = re.compile(
    r"(?:公告|公布|公示|发布|发文|成文|通报)(?:日期|时间)[：:]\s*(?P<whole>20\d\d年\d{1,2}月\d{1,2}日|20\d\d[-/.]\d{1,2}[-/.]\d{1,2})"
)
_SIGNED = re.compile(
    r"(?:网信办|互联网信息办公室|办公室|网信[\u4e00-\u9fff]{2}|\n)[，,\s]*(?P<whole>20\d\d年\d{1,2}月\d{1,2}日|20\d\d-\d{1,2}-\d{1,2})[）)。\s]*$"
)
"""The day a notice is signed with, at its end."""
_NEWS_DAYS = 14
"""A month and day in the text is the day of the news when it lies at most so many days before the page's date."""


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


def span_end(match: re.Match[str], page: dt.date | None) -> dt.date | None:
    """The last day of a span of time; null where its year is not known or it is not over on the page's day."""
    g = match.groupdict()
    if g["whole"] or g["last"]:
        year, month = int(g["whole"] or 0) or (page.year - (g["last"] == "去年") if page else 0), 12
    elif g["my"]:
        year, month = int(g["my"]), int(g["month"])
    else:
        quarter = 3 * ("一二三四".index(g["quarter"]) + 1) if g["quarter"] else 0
        half = {"上": 6, "下": 12}.get(g["half"] or "", 0)
        first = int(parse(g["first"]) or 0) if g["first"] else 0
        month = int(g["to"] or g["single"] or 0) or quarter or half or first or 0
        year = int(g["y"] or 0) or (page.year - (g["ty"] == "去年") if page else 0)
        if year and page and not g["y"] and not g["ty"] and (year, month) > (page.year, page.month):
            year -= 1
    if not year or not 1 <= month <= 12:
        return None
    end = _month_end(year, month)
    return end if page is None or end <= page else None


def news_day(text: str, page: dt.date | None) -> dt.date | None:
    """The day the text says the news is of (`9月8日发布公告`, `记者11日获悉`), when it is close before the page's."""
    if page is None:
        return None
    if re.search(
        r"(?:公众号|网信办|网信[\u4e00-\u9fff]{2}”?)[^，。]{0,4}昨[日天]?晚?间?[^，。]{0,4}(?:发布|公布|更新|通报|公告)",
        text,
    ):
        return page - dt.timedelta(days=1)
    for match in _SAID.finditer(text):
        if match["only"]:
            number = int(match["only"])
            found = day(page.year, page.month, number)
            if found is None or found > page:
                before = page.replace(day=1) - dt.timedelta(days=1)
                found = day(before.year, before.month, number)
        else:
            found = not_after(page, int(match["m"]), int(match["d"]))
        if (
            found is not None
            and 0 <= (page - found).days <= _NEWS_DAYS
            and not re.search(r"(?:截[至止]|至|到)[，,]?$", text[max(0, match.start() - 3) : match.start()])
            and not _OF_APPROVAL.match(text, match.end())
            and not _OF_NAMED.match(text, match.end())
        ):
            return found
    if closing := re.search(r"[（(](\d{1,2})月(\d{1,2})日[)）]\s*$", text):
        found = not_after(page, int(closing[1]), int(closing[2]))
        if found is not None and (page - found).days <= _NEWS_DAYS:
            return found
    if signed := _SIGNED.search(text):
        found = day_of(signed["whole"], None)[0]
        if found is not None and 0 <= (page - found).days <= _NEWS_DAYS:
            return found
    for match in [*_DATE_LINE.finditer(text), *_ANNOUNCED.finditer(text)]:
        found = day_of(match["whole"], None)[0]
        if found is not None and 0 <= (page - found).days <= _NEWS_DAYS:
            return found
    return page


def announced(words: str, page: dt.date | None) -> dt.date | None:
    """The day a sentence gives for its news: `网信北京3月14日披露`."""
    told = _TOLD.search(words) if page else None
    found = (
        not_after(page, int(told["m"] or told["hm"]), int(told["d"] or told["hd"])) if told and page else None
    )
    return found if found and page and (page - found).days <= _NEWS_DAYS else None


def is_until(match: re.Match[str]) -> bool:
    """`至` and `到` alone count only before a whole day or an end of a period; `截至` always."""
    return match[0][0] in "截年去一二三四" or bool(
        match["end"] or match["part"] or match["d"] or match["now"] in ("目前", "现在", "如今")
    )
