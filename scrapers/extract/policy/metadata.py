"""Who says it, where, when, under which number, and in which state the document is.

The order of trust for every field: the document's own words (signature, labelled lines), then the page's tags, then the
head of the page, then the address. The first number on a page is often that of a legal basis, so a number counts as
the document's own only where it stands alone, is labelled, or follows the document's own name.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Literal

from scrapers.documents import Context, Document
from scrapers.lexicon import places
from scrapers.lexicon.places import Place
from scrapers.text import dates

Status = Literal["draft", "announced", "in_force", "closed", "expired", "superseded", "reported", "unknown"]

_HEAD = 700
_TAIL = 900

NUMBER = re.compile(
    r"[\[(]\s?(?P<year>20\d\d)\s?(?:年)?(?:[\])]\s?|(?=3\d{1,3}号))(?:第)?(?P<no>\d{1,4}|[XxＸ×]{1,3})\s?号"
)
_CODE = re.compile(r"[\u4e00-\u9fff]{1,14}\s?$")
_LABELLED = re.compile(r"(?:发文字号|文\s?号|文件编号|公文编号|发文号|文件号|编号|文件字号)\s?[:|]?\s*$")
_NAMED_BEFORE = re.compile(r"(?:通知|意见|办法|措施|方案|函|政策|细则|公告|决定)[\"》]?\s{0,3}[(]?\s?$")
_ADDRESSEE = re.compile(r"\s?[)]?\s?(?:各|\n|$|[\u4e00-\u9fff]{2,10}(?:人民政府|局|委|单位)[,:、])")
_BASIS_WORD = re.compile(r"根据|依据|按照|落实|贯彻|执行")

_ORGAN = (
    r"(?:人民政府办公厅|人民政府办公室|人民政府|管理委员会|党工委|管委会|委员会办公室|委员会|办公厅|办公室|经信局市新经济委|"
    r"[\u4e00-\u9fff]{1,12}(?:局|厅|委|部|署|院)|中心)"
)
_AGENCY = re.compile(
    rf"(?:中共)?[\u4e00-\u9fff()]{{2,20}}?{_ORGAN}(?:等?[\d一二三四五六七八九十]{{0,2}}(?:个)?部门)?"
)
_AGENCY_LINE = re.compile(
    r"^[ \t]*(?P<who>(?:中共)?[\u4e00-\u9fff()]{2,24}(?:局|厅|委|部|政府|委员会|办公室|办公厅|管委会|院|中心|署|会))[ \t]*(?:[ 、,][ \t]*[\u4e00-\u9fff()]{4,24}(?:局|厅|委|部|政府|委员会|办公室|办公厅|管委会|院|中心))*[ \t]*$",
    re.M,
)
_DATE_LINE = re.compile(
    r"^[ \t(]*((?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)[ \t)]*(?:印发|发布)?[ \t]*$",
    re.M,
)
_SIGNED_INLINE = re.compile(
    r"(?P<who>[\u4e00-\u9fff()]{3,20}(?:局|厅|委|部|政府|委员会|办公室|办公厅|管委会|中心))\s{0,8}(?P<date>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)(?=\s{0,3}\(此件|\s{0,3}\(联系|\s{1,3}[^\s,;。至起前-]|\s*$)",
    re.M,
)
_DATE_LABEL = re.compile(
    r"(?P<label>发布时间|发布日期|发文日期|成文日期|生成日期|公开日期|印发日期|发表时间|更新时间|更新日期|公布日期|签发日期|上传时间|信息时间|日期|时间)\s?[:|]?\s{0,3}(?P<date>(?:19|20)\d\d\s?[-/.年])"
)
_SIGNED_LABELS = ("成文日期", "印发日期", "发文日期", "签发日期", "生成日期")
_META_DATES = (
    "pubdate", "publishdate", "article:published_time", "publish-date", "publishtime", "datepublished", "firstpublishedtime",
    "maketime", "date", "og:published_time", "weibo: article:create_at", "release_date", "others",
)  # fmt: skip

_TITLE_GENRE = r"(?:办法|措施|政策|细则|规则|方案|意见|通知|指南|公告|通告|函|规定|条例|计划|若干|条|批复|解读|说明|实施意见|行动|决定|指引|公示)"
_BOOK = re.compile(r"《([^《》\n]{4,80})》")
_LABELLED_ISSUER = re.compile(
    r"(?:发布机构|发文机关|发文单位|发布单位|制发机关|信息来源|发文机构|公开主体|责任部门|来\s?源|稿源|政策来源|发布部门|印发机关)\s?[:|]\s{0,3}(?P<who>[\u4e00-\u9fff()、,，及和 ]{3,60})"
)
_ISSUED_BY = re.compile(
    r"(?P<who>[\u4e00-\u9fff()]{2,24}(?:人民政府办公厅|人民政府办公室|人民政府|政府|管委会|管理委员会|局|厅|委|委员会|办公厅|办公室|部)(?:等?\s?[\d一二三四五六七八九十]{1,2}(?:个)?部门)?)(?:[^。\n,]{0,16}?)(?:正式)?(?:印发|发布|出台|制定|公布|下发|推出|牵头起草|起草|联合印发)"
)

_DRAFT = re.compile(
    r"征求意见稿|公开征求[^。]{0,40}意见|征求(?:社会)?(?:公众|各方)?意见|意见征集|草案|\(送审稿\)|\(讨论稿\)|公开征集[^。]{0,20}意见"
)
_ABOLISHED_PAGE = re.compile(
    r"(?:本|该)(?:文件|政策|办法|措施)(?:已|现已|予以)(?:废止|失效)|(?:有效性|时效性|效力状态|状态)\s?[:|]\s{0,2}(?:失效|废止|已废止|已失效)"
)
_GUIDE = re.compile(
    r"申报(?:指南|通知|工作|的通知)|兑付|兑现|申领(?:指南|工作|通知)|组织开展[^。]{0,30}申报|征集|申请指南"
)
_PLANNED = re.compile(
    r"(?:拟|将|即将|计划|预计)(?:于[^,。]{0,12})?(?:出台|发布|推出|发放|印发)|正在(?:研究)?制定"
)

_FROM = re.compile(
    r"自\s?(?P<date>(?:印发|发布|公布|颁布|下发|发文)之日|[^,。;]{6,16}?日)\s?起(?:正式)?(?:施行|实施|执行|生效|试行)"
)
_UNTIL = re.compile(
    r"(?:有效期|施行|执行|实施|试行|期限|截止|截至|有效|政策)[^。;]{0,14}?(?:至|到|截至|截止至?|止于)\s?"
)
_YEARS = re.compile(
    r"(?:有效期|试行期|实施期限|执行期限|政策期限|有效期限)\s?(?:为|限为|:)?\s?(?P<n>\d{1,2}|[一二两三四五六])\s?(?P<unit>年|个月)"
)
_VOUCHER_VALID = re.compile(
    r"(?:券|额度)[^。;]{0,30}?有效期(?:限)?(?:为|是|:)?[^。;]{0,12}?(?P<n>\d{1,2}|[一二两三六九十]{1,2}|半)\s?(?P<unit>个月|年)|有效期(?:限)?(?:为|是)?(?:自[^。,;]{0,16}(?:领取|发放|申领|获得|激活|审核|核发|到账)[^。,;]{0,10})(?P<n2>\d{1,2}|[一二两三六九十]{1,2}|半)\s?(?P<unit2>个月|年)"
)
_DEADLINE = re.compile(
    r"(?:申报|申请|申领|受理|提交|报送|网上填报|填报|兑付|兑现|征集)[^。;\n]{0,20}?(?:截止(?:时间|日期)?|时间|期限|日期|止)[^。;\n]{0,14}?|(?:截止(?:时间|日期)?|截至|截止到)[^。;\n]{0,8}|(?:请|应|须|需)?(?:于|在)\s?(?=20\d\d年[^。;\n]{3,16}日(?:\([^()]{1,6}\))?[^。;\n]{0,12}(?:前|之前|以前))"
)
_COMMENT = re.compile(r"意见|建议|反馈|公示|异议|咨询")
_SUPERSEDES = re.compile(
    r"(?:原)?《(?P<title>[^《》\n]{4,80})》\s?(?:[(](?P<no>[^()\n]{4,30}号)[)])?[^。《》\n]{0,12}?(?:同时|即行|一并|予以|相应)?(?:废止|停止执行|失效|不再执行)"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    title: str | None = None
    programme_name: str | None = None
    issuer: str | None = None
    document_number: str | None = None
    number_at: tuple[int, int] | None = None
    place: Place | None = None
    published: dt.date | None = None
    signed: bool = False
    """Whether an issuer and a day stand under the text."""
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    deadline: dt.date | None = None
    validity_months: int | None = None
    supersedes: str | None = None
    is_draft: bool = False
    repairs: tuple[str, ...] = field(default=())


def read(document: Document, folded: str, context: Context) -> Metadata:
    """Everything the document says of itself. `folded` is `document.text` folded for matching."""
    head = folded[:_HEAD]
    tail_at = max(0, len(folded) - _TAIL)
    title = _title(document, folded)
    signature = _signature(folded)
    number, number_at = _number(document, folded, title)
    issuer = _issuer(document, folded, signature)
    published = _published(document, folded, context, signature)
    is_draft = bool(
        _DRAFT.search(title or "")
        or _DRAFT.search(head[:500])
        or re.search(r"[\dXx×]*[Xx×]+号", number or "")
    )
    effective_from, effective_to = _effective(folded, published)
    supersedes = _SUPERSEDES.search(folded, tail_at)
    return Metadata(
        title=title,
        programme_name=_programme(title, folded),
        issuer=issuer,
        document_number=number,
        number_at=number_at,
        place=_place(title, issuer, folded, context),
        published=published,
        signed=signature is not None,
        effective_from=effective_from,
        effective_to=effective_to,
        deadline=None if is_draft else _deadline(folded),
        validity_months=_validity(folded),
        supersedes=(supersedes["no"] or supersedes["title"]) if supersedes else None,
        is_draft=is_draft,
    )


def status(found: Metadata, folded: str, is_official: bool, today: dt.date | None) -> Status:
    """The state of the document on the day it was seen."""
    if found.is_draft:
        return "draft"
    if _ABOLISHED_PAGE.search(folded[:1500]):
        return "superseded"
    if today and found.effective_to and found.effective_to < today:
        return "expired"
    if not is_official:
        return "announced" if _PLANNED.search(folded[:600]) else "reported"
    if (
        _GUIDE.search((found.title or "") + folded[:120])
        and today
        and found.deadline
        and found.deadline < today
    ):
        return "closed"
    return "in_force"


def _title(document: Document, folded: str) -> str | None:
    if document.title and len(document.title) >= 6 and re.search(r"[\u4e00-\u9fff]", document.title):
        return document.title
    lines = [line.strip(" #*\t") for line in folded[:_HEAD].split("\n")]
    lines = [line for line in lines if line]
    for position, line in enumerate(lines[:8]):
        line = re.sub(r"^附件?\d{0,2}:?\s*", "", line)
        if (
            6 <= len(line) <= 80
            and not line.endswith(("。", ";", ","))
            and re.search(_TITLE_GENRE + r"(?:\([^()]{1,12}\))?[\"》]?$", line)
        ):
            before = lines[position - 1] if position else ""
            if before.startswith("关于") or (
                before and len(before) < 30 and before.endswith(("关于", "印发", "人民政府", "办公室"))
            ):
                return f"{before}{line}"
            return line
    if lines and 6 <= len(lines[0]) <= 80 and not re.search(r"[。;]", lines[0]):
        return lines[0]
    if (book := _BOOK.search(folded[:_HEAD])) is not None:
        return book[1]
    return document.title


def _programme(title: str | None, folded: str) -> str | None:
    for text in (title or "", folded[:_HEAD]):
        for book in _BOOK.finditer(text):
            if re.search(_TITLE_GENRE, book[1]) and not re.search(r"国务院|党的|国家|中共中央", book[1]):
                return book[1]
    return title


def _number(document: Document, folded: str, title: str | None) -> tuple[str | None, tuple[int, int] | None]:
    """The document's own number in the form 机关代字〔年〕号, and its place in the text (none when read from a tag)."""
    for key in ("documentnumber", "fileno", "wenhao", "docno", "filenum", "发文字号", "文号"):
        value = document.meta.get(key, "").translate(_BRACKETS)
        if (match := NUMBER.search(value)) is not None:
            return _written(_code_before(value, match.start()), match), None
    for match in NUMBER.finditer(folded, 0, 2500):
        code = _code_before(folded, match.start())
        start = folded.rfind(code, 0, match.start()) if code else match.start()
        before = folded[max(0, start - 70) : start]
        line = before.rsplit("\n", 1)[-1]
        if _LABELLED.search(before):
            return _written(code, match), (start, match.end())
        if not code:
            continue
        rest = folded[match.end() : match.end() + 12]
        alone = not line.strip(" #*|[(") and bool(re.match(r"[ \t]*[\])]?[ \t]*(?:\n|$|各)", rest))
        if alone:
            return _written(code, match), (start, match.end())
        if _NAMED_BEFORE.search(line) and _ADDRESSEE.match(rest) and not _BASIS_WORD.search(line[-60:]):
            return _written(code, match), (start, match.end())
        if title and (
            book := re.search(r"《([^《》]{4,80})》\s?[(]?\s?$", folded[max(0, start - 90) : start])
        ):
            same = book[1] in title or title in book[1] or _similar(book[1], title)
            lead = folded[max(0, start - 130) : start - len(book[0])]
            if same and not re.search(r"根据|依据|按照|落实|贯彻|废止|为(?:深入|全面)?", lead[-24:]):
                return _written(code, match), (start, match.end())
        if re.match(r"^[ \t(\[]*$", line) and re.match(r"\s{0,2}[)\]]?\s", rest):
            return _written(code, match), (start, match.end())
    return None, None


_BRACKETS = str.maketrans("〔〕【】（）［］", "[][]()[]")


def _code_before(text: str, at: int) -> str:
    """The agency code right before the bracket: at most ten letters, cut at words that are no part of one."""
    match = _CODE.search(text, max(0, at - 15), at)
    if match is None:
        return ""
    code = re.split(
        r"通知|意见|办法|措施|方案|政策|细则|规定|根据|按照|文号|字号|编号|印发|关于", match[0].strip()
    )[-1]
    return code[-10:]


def _written(code: str, match: re.Match[str]) -> str:
    return f"{code}〔{match['year']}〕{match['no']}号"


def _similar(a: str, b: str) -> bool:
    shared = sum(1 for at in range(len(a) - 3) if a[at : at + 4] in b)
    return shared * 2 >= max(len(a) - 3, 1)


def _signature(folded: str) -> tuple[str | None, dt.date, int] | None:
    """(issuer, day, offset) of the first line that is only a day with an office in the lines right above it, else of the last
    line that is only a day in the second half of the text."""
    loose: tuple[str | None, dt.date, int] | None = None
    for match in _DATE_LINE.finditer(folded):
        day = dates.first(match[1])
        if day is None:
            continue
        above = folded[max(0, match.start() - 90) : match.start()].rstrip()
        line = above.rsplit("\n", 1)[-1].strip()
        who = _AGENCY_LINE.match(line)
        if who is not None and match.start() > 60:
            return who[0].strip(), day, match.start()
        if match.start() * 2 > len(folded) or match.start() > 400:
            loose = (None, day, match.start())
    for match in _SIGNED_INLINE.finditer(folded):
        day = dates.first(match["date"])
        spaced = match["date"] and folded[match.end("who")] in " \n\t"
        if day is not None and (spaced or "此件" in folded[match.end() : match.end() + 5]):
            return _last_agency(match["who"]), day, match.start()
    return loose


def _last_agency(words: str) -> str:
    """The office at the end of a run of words that lost its line breaks."""
    return re.split(r"执行|反映|落实|通知|附件|特此", words)[-1].strip(" ()")


def _issuer(document: Document, folded: str, signature: tuple[str | None, dt.date, int] | None) -> str | None:
    if signature and signature[0]:
        return signature[0]
    head = folded[:_HEAD]
    if (match := _LABELLED_ISSUER.search(head)) and (who := _agency(match["who"])):
        return who
    if (source := document.meta.get("contentsource")) and (who := _agency(source)):
        return who
    if (
        match := re.search(
            r"^[ #*]*(?P<who>[\u4e00-\u9fff]{4,30}?(?:人民政府办公厅|人民政府办公室|人民政府|管理委员会|局|厅|委员会|办公室))(?:\s?\n|关于|印发)",
            head,
            re.M,
        )
    ) and (who := _agency(match["who"])):
        return who
    if document.title and (
        match := re.match(
            r"(?P<who>[\u4e00-\u9fff]{4,30}?(?:人民政府办公厅|人民政府办公室|人民政府|管理委员会|局|厅|委员会|办公室))(?:关于|印发)",
            document.title,
        )
    ):
        return match["who"]
    if (match := _ISSUED_BY.search(head)) and (who := _agency(match["who"])):
        return who
    return None


def _agency(words: str) -> str | None:
    words = re.split(r"[\n|]|发布|时间|浏览|责任|作者|编辑", words)[0].strip(" ,，、")
    words = re.sub(r"^(?:近日|日前|近期|今天|昨日|据|由|了|记者从|从|获悉|和|及|,)+", "", words)
    if re.search(r"(?:网|报|社|台|客户端|公众号|新闻|传媒|日报|晚报|融媒体中心|杂志)$", words):
        return None
    match = re.search(r"(?:局|厅|委|部|政府|委员会|办公室|办公厅|管委会|署|部门)$", words)
    return words if match and len(words) >= 4 else None


def _published(
    document: Document, folded: str, context: Context, signature: tuple[str | None, dt.date, int] | None
) -> dt.date | None:
    labelled: dict[str, dt.date] = {}
    for match in _DATE_LABEL.finditer(folded, 0, 1200):
        found = dates.find(folded[match.start("date") : match.start("date") + 14])
        if found:
            labelled.setdefault(match["label"], found[0].date)
    for label in _SIGNED_LABELS:
        if label in labelled:
            return labelled[label]
    if signature is not None:
        return signature[1]
    if labelled:
        return next(iter(labelled.values()))
    for key in _META_DATES:
        if (value := document.meta.get(key)) and (day := dates.first(value)):
            return day
    head = dates.find(folded[:260])
    for found_date in head:
        after = folded[found_date.end : found_date.end + 6]
        if not re.match(r"\s?(?:起|前|至|-|—|之前|以前|日前)", after):
            return found_date.date
    if context.url and (day := dates.in_url(context.url)):
        return day
    if document.raw_text and document.raw_text is not document.text:
        for match in _DATE_LABEL.finditer(document.raw_text[:6000]):
            found = dates.find(document.raw_text[match.start("date") : match.start("date") + 14])
            if found:
                return found[0].date
    return None


def _place(title: str | None, issuer: str | None, folded: str, context: Context) -> Place | None:
    """The place whose programme this is: the most particular place of the title, else of the issuer, else of the lead."""
    if context.place and (place := places.by_code(context.place)):
        return _narrower(place, title, issuer)
    for words in (title, issuer, folded[:160], folded[:500]):
        if words and (place := _best(words)):
            return place
    if re.search(
        r"工业和信息化部|国务院|国家发展改革委|国家数据局|科技部|财政部|中共中央",
        (issuer or "") + (title or ""),
    ):
        return places.by_code("000000")
    return _best(folded[:3000])


def _narrower(place: Place, title: str | None, issuer: str | None) -> Place:
    """A zone shares the code of its holder: its name decides."""
    for words in (title, issuer):
        if words:
            for mention in places.find(words):
                if mention.place.level == "zone" and mention.place.code == place.code:
                    return mention.place
    return place


def _best(words: str) -> Place | None:
    mentions = places.find(words)
    if not mentions:
        return None
    first = mentions[0].place
    at = mentions[0].end
    for mention in mentions[1:]:
        if mention.start - at > 1:
            break
        if _holds(first, mention.place):
            first, at = mention.place, mention.end
        else:
            break
    if first.level in ("province", "city"):
        counts: dict[Place, int] = {}
        for mention in mentions:
            counts[mention.place] = counts.get(mention.place, 0) + 1
        inner = [p for p in counts if _holds(first, p) and p.level in ("zone", "district")]
        if inner and len(words) < 120:
            return inner[0]
    return first


def _holds(outer: Place, inner: Place) -> bool:
    if outer == inner or outer.code == "000000":
        return False
    if outer.level == "province":
        return inner.code[:2] == outer.code[:2] and inner.level != "province"
    if outer.level == "city":
        return inner.code[:4] == outer.code[:4] and inner.level in ("district", "zone")
    return False


def _effective(folded: str, published: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    start = end = None
    if (match := _FROM.search(folded)) is not None:
        start = published if "之日" in match["date"] else dates.first(match["date"])
    for match in _UNTIL.finditer(folded):
        found = dates.find(folded[match.end() : match.end() + 14])
        if (
            found
            and found[0].start <= 1
            and not _COMMENT.search(folded[max(0, match.start() - 16) : match.end()])
        ):
            sentence = folded[max(0, match.start() - 40) : match.end()]
            if not re.search(r"申报|申请|报名|受理|提交", sentence):
                end = found[0].date
                break
    if end is None and start is not None and (match := _YEARS.search(folded)) is not None:
        count = _count(match["n"])
        end = _after(start, count * 12 if match["unit"] == "年" else count)
    return start, end


def _after(start: dt.date, months: int) -> dt.date:
    """The last day of a span of whole months."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, 28) if month == 1 else min(start.day, 30)
    return dt.date(year, month + 1, day) - dt.timedelta(days=1)


def _count(text: str) -> int:
    if text.isdigit():
        return int(text)
    words = {
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
    return words.get(text, 0)


def _validity(folded: str) -> int | None:
    """Months a voucher may be used; the validity of the policy itself is its effective period."""
    for match in _VOUCHER_VALID.finditer(folded):
        number, unit = match["n"] or match["n2"], match["unit"] or match["unit2"]
        if re.search(
            r"本?(?:办法|细则|政策|措施|方案|意见)[^,;。]{0,16}$",
            folded[max(0, match.start() - 24) : match.start()],
        ):
            continue
        months = 6 if number == "半" else _count(number) * (12 if unit == "年" else 1)
        if 0 < months <= 60:
            return months
    return None


def _deadline(folded: str) -> dt.date | None:
    """The last day to apply; days to comment, object or ask are none."""
    for match in _DEADLINE.finditer(folded):
        window = folded[match.start() : match.end() + 70].split("。")[0]
        around = folded[max(0, match.start() - 30) : match.end() + 50].split("。")
        if _COMMENT.search(window) or _COMMENT.search(around[-1][:60]):
            continue
        found = dates.find(folded[match.end() : match.end() + 60].split("。")[0])
        if found:
            last = found[0]
            if len(found) > 1 and re.fullmatch(
                r"[^,;。]{0,10}(?:至|到|-|—|~)\s?",
                folded[match.end() + last.end : match.end() + found[1].start],
            ):
                last = found[1]
            return last.date
    return None
