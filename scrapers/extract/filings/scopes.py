"""The place a Chinese text counts for: the country, or the province that a sentence, the title or the source names."""

import re

from scrapers.documents import Context, Document
from scrapers.lexicon import places

NATIONAL = "national"
_NATION = re.compile(
    r"全国(?!占比|第|首位|前列|领先|[一二三四五六七八九十](?![共直]))|我国|国内|各省[、]?(?:区、)?市|国家网信办(?:今[日天]|\d*日|近日|日前|不久前|前不久|昨[日天])?(?:公布|发布|宣布|通报|消息|数据|更新|披露|公示|公告)|(?:据|从)国家(?:互联网信息办公室|网信办)"
)
_IN_NATION = re.compile(r"占|居|位[居列]|排")
_OTHER_BODY = re.compile(
    r"[）)]?(?:(?!有(?!限))[^，。；：、（“为是]){0,14}?(?:公司|实验室|大学|研究院|研究所|集团|医院|学院|银行|电视台|总台|出版社|报业|\d{1,2}月\d{1,2}日(?:电|讯)|日报|[（(]记者)"
)
"""Behind a province's name: a firm, a newspaper, a dateline."""
_COMPARED = re.compile(
    r"(?:[市省]?[、和与及][\u4e00-\u9fff]{2,4}?){0,3}[市省]?(?:之后|之前|之上|之下)(?=[，,；;。]|$)"
)
"""Behind a province that another is ranked by: `居北京、上海之后`."""
SHORT_NAMES = {
    "京": "北京市", "津": "天津市", "沪": "上海市", "渝": "重庆市", "冀": "河北省", "晋": "山西省", "辽": "辽宁省", "吉": "吉林省",
    "苏": "江苏省", "浙": "浙江省", "皖": "安徽省", "闽": "福建省", "赣": "江西省", "鲁": "山东省", "豫": "河南省", "鄂": "湖北省",
    "湘": "湖南省", "粤": "广东省", "桂": "广西壮族自治区", "琼": "海南省", "川": "四川省", "黔": "贵州省", "滇": "云南省", "陕": "陕西省",
}  # fmt: skip
"""The one-letter names of provinces."""
_OFFICE_OF = re.compile(
    r"(?:党委|省委|市委|委|省|市|自治区)*(?:网信办|互联网信息办公室|网络安全和信息化委员会办公室|网信(?=[：:，,发消]))"
)
"""Behind the name of a province: its office."""
_OWN_OFFICE = re.compile(r"(?<![某家各])[省市](?:委?网信办|互联网信息办公室)|[我全][省市](?!级|场)|我区")
_SHORT = re.compile(rf"在([{''.join(SHORT_NAMES)}])(?:备案|登记|企业|完成|通过|获批)")
_HERE = re.compile(
    r"我[市省区](?!场)|(?<![日基版资])本[市省区](?![场值民])|全[市省区](?!场)|该[市省区](?!场)|省内|市内|区内|区里|县内|辖区|全县|新区内|园区内|全自治区"
)


def place_of_title(document: Document) -> str | None:
    return scope_of(document.title or "", None)


def home_of(document: Document, context: Context) -> str:
    """The place `我省` and `全市` mean: the source's, the title's, else the province the text names most."""
    if context.options.get("scope"):
        return str(context.options["scope"])
    if context.place and (place := places.by_code(context.place)) is not None and place.level == "province":
        return place.name
    if (titled := place_of_title(document)) not in (None, NATIONAL):
        return str(titled)
    found = [m.place for m in places.find(document.text[:5000])]
    named = [place.name for place in found if place.level == "province"]
    if not named:  # that of the cities, where it is one
        of_cities = {own.name for place in found if (own := places.province_of(place.code)) is not None}
        return of_cities.pop() if len(of_cities) == 1 else NATIONAL
    return max(named, key=named.count)


def place_outside(document: Document, context: Context) -> str | None:
    """The province a document is of by what stands outside of its text: its source, its title."""
    if context.options.get("scope") or context.place or place_of_title(document) not in (None, NATIONAL):
        home = home_of(document, context)
        return home if home != NATIONAL else None
    return None


def local_place(document: Document, context: Context) -> str | None:
    """The province a document as a whole is of: its source's or its title's, else that of the one office it is by."""
    titled = place_of_title(document) or _signed_by(document.text)
    if context.options.get("scope") or (titled or NATIONAL) != NATIONAL:
        home = home_of(document, context)
        return home if home != NATIONAL else None
    if is_of_one_office(document.text):
        return next(place for _, place in marks_of(document.text, None))
    return None


def _signed_by(text: str) -> str | None:
    """The province a text is signed with: `——辽宁省`."""
    signed = re.search(
        r"——\s*(?P<by>[\u4e00-\u9fff]{2,14})[，,\s]*(?:20\d\d年[\d年月日]*)?[\u4e00-\u9fff]{0,8}\s*$", text
    )
    return scope_of(signed["by"], None) if signed else None


def is_of_one_office(text: str) -> bool:
    """Whether a text speaks of one province as its own (its office, `我省`), of no other place and not of the country."""
    marks = {place for _, place in marks_of(text, None)}
    if len(marks) != 1 or NATIONAL in marks:
        return False
    return _OWN_OFFICE.search(text) is not None or any(
        m.place.name in marks
        and (_OFFICE_OF.match(text, m.end) or text[max(0, m.start - 2) : m.start] == "网信")
        for m in places.find(text)
    )


def scope_of(words: str, home: str | None) -> str | None:
    """The place a sentence speaks for; null when it names none."""
    marks = marks_of(words, home)
    places_named = [place for _, place in marks if place != NATIONAL]
    return places_named[0] if places_named else NATIONAL if marks else None


def marks_of(words: str, home: str | None) -> list[tuple[int, str]]:
    """Where a sentence turns to a place or to the country: provinces that speak for themselves, `我省` and its kin, 全国. The
    place is empty for a city or district of a province (`全市` in a text about one)."""
    outside = re.sub(
        r"《[^》]*》|【[^】]{0,10}(?:消息|讯|电|新闻|香港)】|“[^”]*”(?=微信)|“(?![^”]*网信)[^”，。]{2,16}”",
        lambda m: "▢" * len(m[0]),
        words,
    )
    marks = [
        (m.start, m.place.name)
        for m in places.find(outside)
        if m.place.level == "province"
        and not _OTHER_BODY.match(outside[m.end :])
        and not _COMPARED.match(outside[m.end :])
        and not re.search(
            "(?:仅次于|低于|高于|新华社|中新网|中新社)$"
            if outside[m.end : m.end + 1] in ("，", ",")  # `在福建，已有…`
            or _OFFICE_OF.match(outside, m.end)
            else "(?:仅次于|低于|高于|新华社|中新网|中新社|在)$",
            outside[max(0, m.start - 4) : m.start],
        )
    ]
    if home:
        marks += [(m.start(), _here(m[0], home)) for m in _HERE.finditer(outside)]
    for m in _NATION.finditer(outside):
        if not (m[0].startswith("全国") and _IN_NATION.search(outside[max(0, m.start() - 3) : m.start()])):
            marks.append((m.start(), NATIONAL))
    marks += [(m.start(), SHORT_NAMES[m[1]]) for m in _SHORT.finditer(outside)]
    return sorted(marks)


def _here(word: str, home: str) -> str:
    """What `全省`, `我市` or `全区` speaks for in a text whose place is `home`."""
    kind = next((ending for ending in ("市", "区", "县") if ending in word), "")
    return home if home != NATIONAL and home.endswith(kind) else ""
