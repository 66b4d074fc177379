"""Title, issuer and number of a document.

The first number on a page is often that of a legal basis: a number is the document's own where it is labelled, stands on a
line of its own, follows the document's own name or stands before the addressees.
"""

import re

from scrapers.documents import Document
from scrapers.extract.policy.when import Signature

_HEAD = 900
_GENRE = re.compile(
    r"(?:办法|措施|政策|细则|规则|(?<!解决)方案|意见|通知|指南|公告|通告|的函|答复|规定|条例|计划|若干|\d条|批复|解读|说明|行动|决定|指引|公示|清单|举措)(?:\([^()]{1,14}\)){0,2}[\"》]?(?:的(?:通知|公告|函|通告))?$"
)
_NAVIGATION = re.compile(
    r"当前位置|首页|登录|注册|来源|作者|编辑|责任|浏览|点击|发布时间|发布日期|分享|客户端|下载|公众号|索引|浏览次数|字号|打印|阅读|记者|讯\(|电话|E-mail|^(?!20\d\d年度?[\u4e00-\u9fff])\d|欢迎|^\||版权"
)
_NO_NAME = re.compile(
    _NAVIGATION.pattern
    + r"|[。;]|:$|^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、]|第[一二三四五六七八九十]{1,3}[条章])"
)
_TOPICAL = re.compile(r"券|算力|人工智能|大模型|政策|措施|办法|voucher|comput|AI", re.I)
_LINE = re.compile(r"[^\s#*][^\n]*")
_LABELLED_TITLE = re.compile(r"(?:标\s?题|名\s?称|文件名称)\s?:[ |]{0,4}(?P<title>[^|\n]{6,90})")
_BOOK = re.compile(r"《([^《》\n]{4,80})》?")
_ISSUES_BOOK = re.compile(
    r"(?:印发|发布|出台|制定|公布|推出|实施|起草|征求|关于对|通过|审议)[^《。\n]{0,14}《(?P<name>[^《》\n]{4,80})》|《(?P<own>[^《》\n]{4,80})》[^。\n]{0,12}(?:已经|业经|全文如下|正式|印发|发布|公布|出台|提出|明确)"
)
_ABOVE = re.compile(r"国务院|党的|国家|中共中央|省委|二十")

NUMBER = re.compile(
    r"[\[(]\s?(?P<year>20\d\d)\s?(?:年)?(?:[\])]\s?|(?=\d{1,4}\s?号))(?:第)?(?P<no>\d{1,4}|[XxＸ×]{1,3})\s?号"
)
_CODE = re.compile(r"[\u4e00-\u9fff]{1,14}\s?$")
_NO_CODE = re.compile(
    r"通知|意见|办法|措施|方案|政策|细则|规定|根据|按照|依据|文号|字号|编号|印发|关于|文件|标题"
)
_LABELLED = re.compile(
    r"(?:发文字号|文\s?号|文件编号|公文编号|发文号|文件号|编号|文件字号|政策文号)\s?[:|]?\s*\|?\s*$"
)
_NAMED_BEFORE = re.compile(r"(?:通知|意见|办法|措施|方案|函|政策|细则|公告|决定)[\"》]?\s{0,3}[(]?\s?$")
_ADDRESSEE = re.compile(r"\s?[)]?\s?(?:各|\n|$|[\u4e00-\u9fff]{2,10}(?:人民政府|局|委|单位)[,:、])")
_BASIS = re.compile(r"根据|依据|按照|落实|贯彻|执行|废止|为(?:深入|全面)?")
_BRACKETS = str.maketrans("〔〕【】（）［］", "[][]()[]")
_META_NUMBERS = ("documentnumber", "fileno", "wenhao", "docno", "filenum", "发文字号", "文号")

_OFFICE_END = re.compile(r"(?:局|厅|委|部|政府|委员会|办公室|办公厅|管委会|署|部门|院|中心)$")
_LABELLED_ISSUER = re.compile(
    r"(?:发布机构|发文机关|发文单位|发布单位|制发机关|信息来源|发文机构|公开主体|来\s?源|稿源|政策来源|发布部门|印发机关|发文部门)\s?[:|]\s{0,3}(?P<who>[\u4e00-\u9fff()、,，及和 ]{3,60})"
)
_OFFICE = (
    r"(?:人民政府办公厅|人民政府办公室|人民政府|政府|管委会|管理委员会|局|厅|委|委员会|办公厅|办公室|部)"
)
_AT_LINE = re.compile(rf"^[ #*|]*(?P<who>[\u4e00-\u9fff]{{4,30}}?{_OFFICE})(?:\s?\n|关于|印发)", re.M)
_ISSUED_BY = re.compile(
    rf"(?P<who>[\u4e00-\u9fff()]{{2,24}}{_OFFICE}(?:、[\u4e00-\u9fff]{{2,14}}{_OFFICE}){{0,12}}(?:等|共)?\s?(?:[\d一二三四五六七八九十]{{1,2}}(?:个)?部门)?)[^。\n,]{{0,16}}?(?:正式|联合)?(?:印发|发布|出台|制定|公布|下发|推出|牵头起草|起草)"
)
_ISSUED_MARK = re.compile(r"[府会局厅委室部][^。]{0,30}?(?:印发|发布|出台|制定|公布|下发|推出|起草)")
"""Without it the pattern above cannot match: quick to miss."""
_PRESS = re.compile(r"(?:网|报|社|台|客户端|公众号|新闻|传媒|日报|晚报|融媒体中心|杂志|网站)$")


def title(document: Document, folded: str) -> str | None:
    """The page's own title; of a bare text the first line that reads like the name of a document."""
    if document.title and len(document.title) >= 6 and re.search(r"[\u4e00-\u9fff]", document.title):
        return document.title
    head = folded[:_HEAD]
    if (match := _LABELLED_TITLE.search(head)) is not None:
        return document.text[match.start("title") : match.end("title")].strip()
    lines = [
        (folded[a:b], document.text[a:b])
        for a, b in ((m.start(), m.end()) for m in _LINE.finditer(head))
        if folded[a:b].strip()
    ][:24]
    for position, (line, _) in enumerate(lines):
        if _is_name(line) and (found := _joined(lines, position)) is not None:
            return found
    for line, printed in lines[:3]:
        if 8 <= len(line) <= 60 and not _NO_NAME.search(line) and _TOPICAL.search(line):
            return printed
    if (match := _ISSUES_BOOK.search(head)) is not None:
        return match["name"] or match["own"]
    return document.title


def _is_name(line: str) -> bool:
    return (
        4 <= len(line) <= 90
        and not line.endswith(("。", ";", ",", ":"))
        and bool(_GENRE.search(line))
        and not _NO_NAME.search(line)
    )


def _joined(lines: list[tuple[str, str]], position: int) -> str | None:
    """A title that was broken into lines: the lines before it that cannot stand alone, the bracket after it. Null for a mere
    word of navigation (政策)."""
    _line, found = lines[position]
    for before, printed in reversed(lines[max(0, position - 3) : position]):
        if _NAVIGATION.search(before) or re.search(r"[。;,:\d号日位们》]$", before) or len(before) > 44:
            break
        if not (before.startswith("关于") or found.startswith("关于") or len(found) < 16):
            break
        found = printed + found
    if position + 1 < len(lines) and re.fullmatch(
        r"\((?:试行|征求意见稿|暂行|修订|草案)\)", lines[position + 1][0]
    ):
        found += lines[position + 1][1]
    return found if len(found) >= 8 else None


def programme(title: str | None, folded: str) -> str | None:
    """The name of the measure: what the title, else the head, says was issued; else the title."""
    for text in (title or "", folded[:_HEAD]):
        if (match := _ISSUES_BOOK.search(text)) is not None:
            name = match["name"] or match["own"]
            if not _ABOVE.search(name):
                return str(name)
        for book in _BOOK.finditer(text):
            if _GENRE.search(book[1]) and not _ABOVE.search(book[1]) and text == title:
                return str(book[1])
    return title


def number(document: Document, folded: str, title: str | None) -> tuple[str | None, tuple[int, int] | None]:
    """The document's own number as 机关代字〔年〕号, and its place in the text (none when read elsewhere on the page)."""
    for key in _META_NUMBERS:
        value = document.meta.get(key, "").translate(_BRACKETS)
        if (match := NUMBER.search(value)) is not None:
            return _written(_code(value, match.start()), match), None
    for match in NUMBER.finditer(folded, 0, 2500):
        code = _code(folded, match.start())
        start = folded.rfind(code, 0, match.start()) if code else match.start()
        if _LABELLED.search(folded, max(0, start - 30), start) or (
            code and _is_own(folded, start, match.end(), title, bool(document.title))
        ):
            return _written(code, match), (start, match.end())
    if document.raw_text:
        raw = document.raw_text[:5000].translate(_BRACKETS)
        for match in NUMBER.finditer(raw):
            code = _code(raw, match.start())
            start = raw.rfind(code, 0, match.start()) if code else match.start()
            if _LABELLED.search(raw, max(0, start - 30), start):
                return _written(code, match), None
    return None, None


def _is_own(folded: str, start: int, end: int, title: str | None, is_page_title: bool) -> bool:
    """Whether a number stands as the document's own: alone on its line, after its name, before its addressees."""
    before = folded[max(0, start - 130) : start]
    line = before.rsplit("\n", 1)[-1]
    rest = folded[end : end + 12]
    if not line.strip(" #*|[(") and re.match(r"[ \t]*[\])]?[ \t]*(?:\n|$|各|[^\s,。、)])", rest):
        return True
    if _NAMED_BEFORE.search(line) and _ADDRESSEE.match(rest) and not _BASIS.search(line[-60:]):
        return True
    if title and (book := re.search(r"《([^《》]{4,80})》\s?[(]?\s?$", before)):
        same = book[1] in title or title in book[1] or _alike(book[1], title)
        lead = before[: book.start()]
        # A title that was only taken from this very mention proves nothing, unless it is what was issued.
        known = (
            is_page_title
            or "印发" in lead[-16:]
            or -1 < folded.find(title) < start - len(before) + book.start()
        )
        return same and known and not _BASIS.search(lead[-24:])
    return False


def _code(text: str, at: int) -> str:
    """The agency code right before the bracket: at most ten letters, cut at words that are no part of one."""
    match = _CODE.search(text, max(0, at - 15), at)
    return _NO_CODE.split(match[0].strip())[-1][-10:] if match else ""


def numbers(words: str) -> list[str]:
    """Every document number in a stretch of folded text, in the one form."""
    return [_written(_code(words, match.start()), match) for match in NUMBER.finditer(words)]


def _written(code: str, match: re.Match[str]) -> str:
    return f"{code}〔{match['year']}〕{match['no']}号"


def _alike(a: str, b: str) -> bool:
    shared = sum(1 for at in range(len(a) - 3) if a[at : at + 4] in b)
    return shared * 2 >= max(len(a) - 3, 1)


def issuer(document: Document, folded: str, title: str | None, signed: Signature | None) -> str | None:
    """Who signed it; else whom the page, its tags, its title or its lead name as issuer. Never a newspaper."""
    if signed and signed.issuer:
        return signed.issuer
    head = folded[:_HEAD]
    if (match := _LABELLED_ISSUER.search(head)) and (who := _office(match["who"])):
        return who
    if (source := document.meta.get("contentsource")) and (who := _office(source)):
        return who
    for text in (title or "", head):
        if (match := _AT_LINE.search(text)) and (who := _office(match["who"])):
            return who
    for match in _ISSUED_BY.finditer(head) if _ISSUED_MARK.search(head) else ():
        first = match["who"].split("、")[0]
        if not _BASIS.search(first) and (who := _office(first)):
            return who
    return None


def _office(words: str) -> str | None:
    words = re.split(r"[\n|]|发布|时间|浏览|责任|作者|编辑|文\s?号", words)[0].strip(" ,，、")
    words = re.sub(
        r"^(?:\d{0,2}日|近日|日前|近期|今天|昨日|据|由|了|记者从|从|获悉|和|及|联合|会同|与|,)+", "", words
    )
    if _PRESS.search(words) or not _OFFICE_END.search(words) or len(words) < 4:
        return None
    return words
