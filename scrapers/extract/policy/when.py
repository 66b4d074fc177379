"""The days of a document: signed or published, in force from and to, last day to apply, months a voucher may be used.

A date counts for what the words around it say: days to comment on a draft look like days to apply, a date glued to a
counter of visits is a date, and a month and day without a year is none.
"""

import datetime as dt
import re
from dataclasses import dataclass

from scrapers.documents import Context, Document
from scrapers.text import dates, scan

_DATE_LINE = re.compile(
    r"^[ \t(]*((?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)[ \t)]*(?:印发|发布)?[ \t]*$",
    re.M,
)
_OFFICE = r"(?:局|厅|委|部|政府|委员会|办公室|办公厅|管委会|中心)"
_OFFICE_LINE = re.compile(
    rf"^[ \t]*(?:中共)?[\u4e00-\u9fff()]{{2,24}}(?:{_OFFICE}|院|署|会)[ \t]*(?:[ 、,][ \t]*[\u4e00-\u9fff()]{{4,24}}(?:{_OFFICE}|院))*[ \t]*$"
)
_INLINE = re.compile(
    rf"(?P<who>[\u4e00-\u9fff()]{{3,20}}{_OFFICE})(?P<gap>\s{{0,8}})(?P<date>(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日)"
    r"(?=\s{0,3}\(此件|\s{0,3}\(联系|\s{1,3}[^\s,;。至起前-]|\s*$)",
    re.M,
)
_INLINE_MARK = re.compile(rf"{_OFFICE}\s{{0,8}}(?:19|20)\d\d年")
"""Without it the pattern above cannot match: quick to miss."""
_RUN_ON = re.compile(r"执行|反映|落实|通知|附件|特此|遵照|实施")
_LABEL = scan.Sought(
    r"(?P<label>发布时间|发布日期|发文日期|成文日期|生成日期|公开日期|印发日期|发表时间|发表日期|更新时间|更新日期|公布日期|签发日期|上传时间|信息时间|(?<![\u4e00-\u9fff])日期|(?<![\u4e00-\u9fff])时间)\s?[:|]?\s{0,3}(?P<date>(?:19|20)\d\d\s?[-/.年])",
    "[发成生公印更签上信日时]",
)
_SIGNED_LABELS = ("成文日期", "印发日期", "发文日期", "签发日期", "生成日期")
_META = (
    "pubdate", "publishdate", "article:published_time", "publish-date", "publishtime", "datepublished",
    "firstpublishedtime", "maketime", "date", "og:published_time", "release_date",
)  # fmt: skip
_RANGE_BEFORE = re.compile(r"(?:[至到前]|[\d日]\s?-)\s?$")
_NOT_OWN = re.compile(r"\s?(?:起|前|至|-|之前|以前|日前|以后|及以后|之后)")

_FROM = re.compile(
    r"自\s?(?P<date>(?:印发|发布|公布|颁布|下发|发文)之日|[^,。;]{6,16}?日)\s?起(?:正式)?(?:施行|实施|执行|生效|试行)"
)
_UNTIL = re.compile(
    r"(?:有效期|施行|执行|实施|试行|期限|截止|截至|有效|政策)[^。;]{0,14}?(?:至|到|截至|截止至?|止于)\s?"
)
_APPLYING = re.compile(r"申报|申请|报名|受理|提交|申领")
_YEARS = re.compile(
    r"(?:有效期|试行期|实施期限|执行期限|政策期限|有效期限)\s?(?:为|限为|:)?\s?(?P<n>\d{1,2}|[一二两三四五六])\s?(?P<unit>年|个月)"
)
_VALID = scan.Sought(
    r"(?:券|额度)[^。;]{0,30}?有效期(?:限)?(?:为|是|:)?[^。;]{0,12}?(?P<n>\d{1,2}|[一二两三六九十]{1,2}|半)\s?(?P<unit>个月|年)|"
    r"有效期(?:限)?(?:为|是)?(?:自[^。,;]{0,16}(?:领取|发放|申领|获得|激活|审核|核发|到账)[^。,;]{0,10})(?P<n2>\d{1,2}|[一二两三六九十]{1,2}|半)\s?(?P<unit2>个月|年)|"
    r"有效期(?:限)?(?:为|是)?(?P<n3>\d{1,2}|[一二三六九十]{1,2})(?P<unit3>个月)|"
    r"(?:券[^。;]{0,16}|领取|发放|申领|领券)之日起\s?(?P<n4>\d{1,2}|[一二两三六九十]{1,2}|半)\s?(?P<unit4>个月|年)(?:之?内)?有效",
    "[券额有领发申]",
)
_OF_VOUCHER = re.compile(r"券[^。;]{0,12}$")
_OF_POLICY = re.compile(r"本?(?:办法|细则|政策|措施|方案|意见|规定)[^,;。]{0,16}$")
_APPLY = scan.Sought(
    r"(?:申报|申请|申领|受理|提交|报送|填报|兑付|兑现|征集)[^。;\n]{0,20}?(?:截止(?:时间|日期)?|(?<!发布)(?<!成文)(?<!印发)(?<!公开)(?:时间|期限|日期)|止)[^。;\n\d]{0,14}|"
    r"(?:截止(?:时间|日期)?|截至|截止到)[^。;\n\d]{0,8}|(?:请|应|须|需)?(?:于|在)\s?(?=20\d\d年[^。;\n]{3,16}日(?:\([^()]{1,6}\))?[^。;\n]{0,12}(?:前|之前|以前))|"
    r"(?:于|在)\s?(?=20\d\d年[^。;\n]{3,20}(?:至|到)[^。;\n]{3,20}(?:之间|期间|间|内)[^。;\n]{0,40}(?:提交|申报|申请|报送))",
    "[申受提报填兑征截请应须需于在]",
)
_BY_MONTH_DAY = scan.Sought(
    r"(?:(?:于|在)\s?|(?<![\d年月]))(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:\([^()]{1,6}\))?[^。;\n,]{0,10}(?:前|之前|以前)",
    r"[于在\d]",
)
_COMMENT = re.compile(r"意见|建议|反馈|公示|异议|咨询")
_OWN_OPINION = re.compile(r"(?:本|实施)意见")
_SPAN_OF_DAYS = re.compile(
    r"\d{1,2}月\d{1,2}日(?:\d{1,2}(?:[时点]|:\d\d))?\s?(?:至|到|-|~)\s?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
)
_YEAR_BEFORE = re.compile(
    r"(?P<year>20\d\d)年度?[^。;\n\d]{0,10}(?:申报|受理|申领|申请)[^。;\n\d]{0,10}\d{1,2}月\d{1,2}日\s?(?:至|到|-|~)\s?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
)
"""2025年申报时间为10月20日至11月20日."""
_TO_A_MONTH = re.compile(r"[-~至到]\s?\d{1,2}月")
_TO_MONTH_DAY = re.compile(r"\s?(?:\d{1,2}(?:[时点]|:\d\d)\s?)?(?:至|到|-)\s?(?:(\d{1,2})月)?(\d{1,2})日")
_NUMBERS = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "九": 9,
    "十": 10,
    "十二": 12,
    "十八": 18,
}


@dataclass(frozen=True, slots=True)
class Signature:
    """The office and the day under a text; `issuer` is null for a day that stands alone."""

    issuer: str | None
    day: dt.date


def signature(folded: str) -> Signature | None:
    """The first day that stands under an office; else the last day that stands alone on a line after the head."""
    loose: Signature | None = None
    for match in _DATE_LINE.finditer(folded):
        day = dates.first(match[1])
        if day is None:
            continue
        line = folded[max(0, match.start() - 90) : match.start()].rstrip().rsplit("\n", 1)[-1].strip()
        if match.start() > 30 and _OFFICE_LINE.match(line):
            return Signature(line, day)
        if match.start() * 2 > len(folded) or match.start() > 400:
            loose = Signature(None, day)
    for match in _INLINE.finditer(folded) if _INLINE_MARK.search(folded) else ():
        day = dates.first(match["date"])
        after = folded[match.end() : match.end() + 6].lstrip()
        opens = match.start() == 0 or folded[match.start() - 1] == "\n"
        if day is not None and (
            match["gap"] or after.startswith(("(此件", "(联系")) or (opens and not after)
        ):
            return Signature(_RUN_ON.split(match["who"])[-1].strip(" ()"), day)
    return loose


def published(document: Document, folded: str, context: Context, signed: Signature | None) -> dt.date | None:
    """The day signed; else the day the page labels; else the page's tag, its head, its address."""
    labelled: dict[str, dt.date] = {}
    for match in _LABEL.finditer(folded, 0, 1200):
        if (day := dates.first(folded[match.start("date") : match.start("date") + 14])) is not None:
            labelled.setdefault(match["label"], day)
    for label in _SIGNED_LABELS:
        if label in labelled:
            return labelled[label]
    if signed is not None:
        return signed.day
    if labelled:
        return next(
            (day for label, day in labelled.items() if not label.startswith("更新")),
            next(iter(labelled.values())),
        )
    for key in _META:
        if (value := document.meta.get(key)) and (day := dates.first(value)):
            return day
    for found in dates.find(folded[:260]):
        if not _NOT_OWN.match(folded, found.end) and not _RANGE_BEFORE.search(folded, 0, found.start):
            return found.date
    if context.url and (day := dates.in_url(context.url)):
        return day
    for match in _LABEL.finditer(document.raw_text, 0, 6000):
        if (
            day := dates.first(document.raw_text[match.start("date") : match.start("date") + 14])
        ) is not None:
            return day
    return None


def effective(folded: str, day: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """First and last day in force; 自印发之日起 is the day of the document."""
    start = end = None
    if (match := _FROM.search(folded)) is not None:
        start = day if "之日" in match["date"] else dates.first(match["date"])
    for match in _UNTIL.finditer(folded):
        found = dates.find(folded[match.end() : match.end() + 14])
        if not found or found[0].start > 1:
            continue
        before = re.split("[。\n]", folded[max(0, match.start() - 40) : match.start()])[-1] + match[0]
        if not _APPLYING.search(before) and not _COMMENT.search(_OWN_OPINION.sub("", before[-30:])):
            end = found[0].date
            break
    if end is None and start is not None:
        for match in _YEARS.finditer(folded):
            count = _number(match["n"])
            if 0 < count <= 120 and not _OF_VOUCHER.search(folded, max(0, match.start() - 14), match.start()):
                return start, _after(start, count * 12 if match["unit"] == "年" else count)
    return start, end


def _after(start: dt.date, months: int) -> dt.date:
    """The last day of a span of whole months."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, 28 if month == 1 else 30)
    return dt.date(year, month + 1, day) - dt.timedelta(days=1)


def _number(text: str) -> int:
    return int(text) if text.isascii() else _NUMBERS.get(text, 0)


def validity_months(folded: str) -> int | None:
    """Months a voucher may be used; the validity of the policy itself is its effective period."""
    if "有效" not in folded:
        return None
    for match in _VALID.finditer(folded):
        if _OF_POLICY.search(folded, max(0, match.start() - 24), match.start()):
            continue
        number = match["n"] or match["n2"] or match["n3"] or match["n4"]
        unit = match["unit"] or match["unit2"] or match["unit3"] or match["unit4"]
        months = 6 if number == "半" else _number(number) * (12 if unit == "年" else 1)
        if 0 < months <= 60:
            return months
    return None


def deadline(folded: str, day: dt.date | None = None) -> dt.date | None:
    """The last day to apply; days to comment, object or ask are none. A day without its year is the first after `day`."""
    for match in _APPLY.finditer(folded):
        before = folded[max(0, match.start() - 30) : match.end()].rsplit("。", 1)[-1]
        after = folded[match.end() : match.end() + 60].split("。")[0]
        if _COMMENT.search(before) or _COMMENT.search(after):
            continue
        found = dates.find(after)
        if not found:
            continue
        last = found[0]
        if len(found) > 1 and re.fullmatch(r"[^,;]{0,10}(?:至|到|-)\s?", after[last.end : found[1].start]):
            return found[1].date
        if (to := _TO_MONTH_DAY.match(after, last.end)) is not None:
            try:
                return dt.date(last.date.year, int(to[1] or last.date.month), int(to[2]))
            except ValueError:
                return last.date
        return last.date
    if (span := _YEAR_BEFORE.search(folded)) is not None and not _COMMENT.search(span[0]):
        try:
            return dt.date(int(span["year"]), int(span["month"]), int(span["day"]))
        except ValueError:
            return None
    return _without_year(folded, day) if day is not None else None


def _without_year(folded: str, day: dt.date) -> dt.date | None:
    """请于5月15日17:00前提交 of a notice of a known day."""
    spans = _SPAN_OF_DAYS.finditer(folded) if _TO_A_MONTH.search(folded) else ()
    for match in (*_BY_MONTH_DAY.finditer(folded), *spans):
        if re.match(r"\d{4}年", folded[max(0, match.start() - 5) : match.start()]):
            continue
        clause = (
            re.split("[。\n]", folded[max(0, match.start() - 40) : match.start()])[-1]
            + re.split("[。\n]", folded[match.start() : match.end() + 40])[0]
        )
        if not _APPLYING.search(clause) or _COMMENT.search(clause):
            continue
        for year in (day.year, day.year + 1):
            try:
                last = dt.date(year, int(match["month"]), int(match["day"]))
            except ValueError:
                break
            if last >= day:
                return last
    return None
