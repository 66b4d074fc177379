"""What a text names that an approval may have: firms, places, registers, printed numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from scrapers.extract.filings.grammar import english_provinces
from scrapers.extract.filings.prose.words import Spot, Text
from scrapers.extract.filings.scopes import NATIONAL, SHORT_NAMES
from scrapers.lexicon import makers, places

_FORM = r"(?:有限责任公司|股份有限公司|有限公司)"
_FIRM = re.compile(rf"[\u4e00-\u9fffA-Za-z（）()·]{{2,24}}?{_FORM}")
_TAIL = re.compile(
    r"(?:科技|股份|信息|集团|控股|证券|银行|汽车|传媒|网络|软件|数科|智能|技术)*(?:股份有限公司|有限责任公司|有限公司|公司|大学|医院|研究院)"
    r"|(?:科技|股份|信息|集团|控股|证券|银行|汽车|传媒|网络|软件|数科|智能|技术)+"
)
"""Behind a known short name: the rest of the firm's."""
_REGISTERS = re.compile(
    r"(?P<filing>备案登记|登记备案|备案|过审|获批|准生证|record-?fil\w+|fil(?:ed|ing|ings|es)\b|approv\w+|clear(?:ed|ance)|green light)"
    r"|(?P<registration>登记|上线编号|regist\w+)"
    r"|(?P<on_device_filing>端侧|on-?\s?device|handset)"
    r"|(?P<deep_synthesis_algorithm>算法|深度合成|algorithm\w*|deep[- ]synthesis)",
    re.I,
)
NUMBER = re.compile(
    r"(?P<model>[A-Z][A-Za-z]+\s?[-－—–]\s?[^\s，。；、（）()：:|“”,;]{1,60}?[-－—–]\s?\d{8}(?P<late>S?)\d{0,6}(?!\d))|网信算备\d{18,21}号?"
)
"""A filing number or that of an algorithm as it stands in prose."""
_NATION = re.compile(
    r"全国|我国|国内|内地|国家网信办|国家互联网信息办公室|中央网信办|网信中国|中国(?!移动|电信|联通|银行|证券|科学院|人民大学)|\b(?:nationwide|national|China|country|Chinese|mainland|Beijing's regulator|CAC)\b"
)
_HERE = re.compile(
    r"[我全本该][省市区]|省内|市内|区内|全自治区|本自治区|\b(?:the|this) (?:province|city|municipality)\b"
)
_DATELINE = re.compile(
    r"\s?\d{1,2}月\d{1,2}日(?:电|讯)|(?:, (?:[A-Z][a-z]+ ?)+)?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?(?: \([\w /]+\))? ?(?:--|[—–-] )"
)
"""Behind the place a report is sent from: `BEIJING, Nov 11 (Newswire) --`, `新华社北京11月11日电`."""
_SHORT = re.compile(
    rf"(?:(?<=[在由])([{''.join(SHORT_NAMES)}])(?=[企备登网完])|(?<![\u4e00-\u9fff])([{''.join(SHORT_NAMES)}])(?=\d|[一二三四五六七八九十]+款))"
)


def firms(text: Text, tagged: Sequence[Spot], services: Sequence[Spot]) -> list[Spot]:
    """Bodies that may have made a service: those the tagger marks, known ones, those whose form is told. Each spelling is
    looked for all over the text; a spelling inside of a service's name is none."""
    kinds = {makers.known_end(spot.value) or spot.value: "tagged" for spot in tagged}
    for match in _FIRM.finditer(text.text):
        kinds.setdefault(_from_its_place(match[0]), "form")
    for start, end in makers.find(text.text):
        tail = _TAIL.match(text.text, end)
        kinds.setdefault(text.text[start : tail.end() if tail else end], "known")
    taken = bytearray(len(text.text))
    for spot in services:
        taken[spot.start : spot.end] = b"\1" * (spot.end - spot.start)
    found: list[Spot] = []
    for name in sorted(kinds, key=lambda name: (kinds[name] != "tagged", -len(name), name)):
        for start in occurrences(text.text, name):
            if not any(taken[start : start + len(name)]):
                taken[start : start + len(name)] = b"\1" * len(name)
                found.append(Spot(name, start, start + len(name), kinds[name]))
    return sorted(found, key=lambda spot: spot.start)


def _from_its_place(name: str) -> str:
    """A firm's name from the place it begins with: `意味着西安电影制片厂有限公司`."""
    place = next((m for m in places.find(name[:-6]) if name[m.start - 1 : m.start] not in ("（", "(")), None)
    return name[place.start :] if place else name


def occurrences(text: str, name: str) -> list[int]:
    """Where a name stands in a text, without overlaps; a Latin name as whole words."""
    found = []
    at = text.find(name)
    while at >= 0 and name:
        end = at + len(name)
        inside = (at and _is_latin(text[at - 1]) and _is_latin(name[0])) or (
            end < len(text) and _is_latin(text[end]) and _is_latin(name[-1])
        )
        if not inside:
            found.append(at)
        at = text.find(name, end)
    return found


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def registers(text: Text) -> list[Spot]:
    """The registers a text speaks of; `value` is the kind of a record."""
    return [
        Spot(m.lastgroup or "", m.start(), m.end(), m[0].casefold()) for m in _REGISTERS.finditer(text.text)
    ]


def printed_numbers(text: Text) -> list[Spot]:
    """Filing numbers and those of algorithms; the kind tells which register they are of."""
    return [
        Spot(
            m[0],
            m.start(),
            m.end(),
            "algorithm" if not m["model"] else "registration" if m["late"] else "filing",
        )
        for m in NUMBER.finditer(text.text)
    ]


@cache
def _english_places() -> re.Pattern[str]:
    names = [
        *english_provinces(),
        *(p.name_en.lower() for p in places.all_places() if p.level == "city" and p.name_en),
    ]
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})\b", re.I)


@cache
def _province_of_city() -> dict[str, str]:
    found: dict[str, str] = {}
    for place in places.all_places():
        if place.level == "city" and place.name_en and (province := places.province_of(place.code)):
            found.setdefault(place.name_en.lower(), province.name)
    return found


def regions(text: Text, *, is_chinese: bool, home: str = NATIONAL) -> list[Spot]:
    """The places a text names; `value` is the province, `kind` tells a province from a city of it, from the country, from
    where a report was sent and from `我省`, which is `home` or the province named most."""
    found: list[Spot] = []
    if is_chinese:
        for mention in places.find(text.text):
            level = mention.place.level
            province = mention.place if level == "province" else places.province_of(mention.place.code)
            if province:
                kind = "province" if level == "province" else "city"
                if _DATELINE.match(text.text, mention.end):
                    kind = "dateline"
                found.append(Spot(province.name, mention.start, mention.end, kind))
        for match in _SHORT.finditer(text.text):
            found.append(Spot(SHORT_NAMES[match[0]], match.start(), match.end(), "short"))
    else:
        for match in _english_places().finditer(text.text):
            name = match[0].lower()
            of = english_provinces().get(name)
            is_first = not text.text[: match.start()].rpartition("\n")[2].strip()
            sent_from = is_first and _DATELINE.match(text.text, match.end())
            kind = "dateline" if sent_from else "province" if of else "city"
            found.append(Spot(of or _province_of_city()[name], match.start(), match.end(), kind))
    named = Counter(spot.value for spot in found)
    for match in _NATION.finditer(text.text):
        found.append(Spot(NATIONAL, match.start(), match.end(), "nation:" + match[0][:2]))
    if home == NATIONAL and named:
        home = named.most_common(1)[0][0]
    if home != NATIONAL:
        found += [Spot(home, m.start(), m.end(), "here") for m in _HERE.finditer(text.text)]
    return sorted(found, key=lambda spot: spot.start)
