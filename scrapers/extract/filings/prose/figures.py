"""What the numbers of a text count: services filed, newly filed or registered in all, or something else.

A conditional random field over the numbers of a text in their order; its weights (`weights/figures.crfsuite.z`) are learned like
those of the names.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from scrapers.extract.filings.prose.times import MONTHS
from scrapers.extract.filings.prose.words import Spot, Text, told_in
from scrapers.extract.filings.scopes import NATIONAL
from scrapers.text.numerals import parse

_FIGURE = re.compile(
    r"(?<![\d.A-Za-z\-—/#第%］\[])(?P<n>\d{1,3}(?:[,，]\d{3})+|\d{1,4}(?!\d)|[一二两三四五六七八九十百〇零]{1,6})(?P<floor>余|多|来|几)?\s*(?P<unit>款|个|家|项|种|例|张|件|部|位|只|条|套|次|支|枚|名|批)?"
)
_MONTHS = frozenset(name for full in MONTHS for name in (full, full[:3])) | {"Sept"}
_WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBER_WORDS = {word: n for n, word in enumerate(_WORDS, start=1)} | {
    f"{ten}-{unit}" if unit else ten: 20 + 10 * n + m
    for n, ten in enumerate(_TENS)
    for m, unit in enumerate(["", *_WORDS[:9]])
}
_ENGLISH = re.compile(
    rf"(?<![\d.A-Za-z\-—/#%$€£¥])(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}(?!\d)|\b(?:{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))})\b)(?P<floor>\+|-plus|-odd)?(?P<unit>)",
    re.I,
)
_OTHER = re.compile(
    r"\s*(?:[年月日号时点分秒%％‰亿万元倍岁℃页楼层级期届]|[./:：\-]\d|[A-Za-z]{1,2}(?![A-Za-z])|季度|百分|小时|工作日|个月|天|周|平方|公里)"
)
_OTHER_ENGLISH = re.compile(
    r"(?:st|nd|rd|th)\b|[./:]\d|\s?(?:%|percent|per cent|million|billion|trillion|bn\b|[mk]\b|years?\b|months?\b|days?\b|weeks?\b|hours?\b|yuan|dollars|EFLOPS|PFLOPS)|-(?:year|month|day|billion|million)",
    re.I,
)
_BOUND = re.compile(
    r"(?:(?P<at_least>超过?|逾|突破|至少|more than|over|at least|exceed\w*|surpass\w*|top(?:s|ped)?)|(?P<about>近|约|不足|不到|接近|nearly|almost|about|around|some|roughly|under|fewer than))\s*$",
    re.I,
)
_TELLING = re.compile(
    r"新完成|新登记|新备案|多出|多了|又|再|拿到|入列|收录|名单|清单|领跑|居首|第一|分列|并列|紧随|首次|剔除|备案|登记|获批|算法|过审|上线|批准|累计|总数|总量|总计|合计|共有|共计|已有|已经?|达到?|增至|升至|突破|新增|新添|再添|又有|又添|增加|净增|较|比|同比|环比|增长|其中|分别|本批|本次|此次|本期|全年|期间|全国|全省|全市|本市|我省|我市|我国|企业|公司|机构|用户|产品|模型|服务|应用|功能|智能体|存量|近|超|约|不足|首批|上批|去年|今年|上月|本月|底|截至|目前|占|排名|位居|端侧|深度合成|注销|撤销|受理|申请|拟|计划|目标|将|力争|到20|算力|项目|类|前者|后者|至此|达"
    r"|\b(?:filed|filings?|filing|approved|approvals?|registered|registrations?|algorithms?|total|totals|totall?ing|cumulative|cumulatively|overall|so far|to date|new|newly|added|adding|adds|additional|another|further|more|up from|from|to|compared|rose|risen|grew|reached|brings?|bringing|since|nationwide|national|models?|services?|apps?|applications?|functions?|products?|companies|firms|users|first|batch|of which|of them|including|while|respectively|on-device|share|accounted|among|plan|target|will|last|as of|by the end|during|between)\b",
    re.I,
)
Bound = Literal["exact", "at_least", "about"]
ROLES = ("filed", "new", "registered", "new_registered")
"""What a number may count: services filed or registered in all, and how many of them are new."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number `text[start:end]` with its unit; `bound` tells whether it is one that is passed or only about right."""

    value: int
    start: int
    end: int
    unit: str
    bound: Bound


def figures(text: Text, *, is_chinese: bool) -> list[Figure]:
    """The numbers of a text that may count services: no days, sums, shares or parts of names."""
    found = []
    words = text.text
    for match in (_FIGURE if is_chinese else _ENGLISH).finditer(words):
        number, unit = match["n"], match["unit"] or ""
        is_other = (_OTHER if is_chinese else _OTHER_ENGLISH).match(words, match.end("n"))
        if is_other and not unit:
            continue
        if is_chinese and not number[0].isdigit() and not unit:
            continue
        if unit == "个" and words[match.end() : match.end() + 1] == "月":
            continue
        value = _value(number)
        if 0 < value <= 9999:
            said = _BOUND.search(words[max(0, match.start() - 12) : match.start()])
            bound: Bound = (
                "at_least" if match["floor"] or (said and said["at_least"]) else "about" if said else "exact"
            )
            found.append(Figure(value, match.start("n"), match.end("n"), unit, bound))
    return found


def _value(number: str) -> int:
    if number[0].isdigit():
        return int(re.sub("[,，]", "", number))
    if number.lower() in _NUMBER_WORDS:
        return _NUMBER_WORDS[number.lower()]
    return int(parse(number) or 0)


def size_of(value: int) -> str:
    """About how large a number is, as one figure."""
    return str(next((n for n, most in enumerate((9, 39, 119, 399, 1499)) if value <= most), 5))


def features(
    text: Text, found: Sequence[Figure], regions: Sequence[Spot], told: Sequence[Spot]
) -> list[list[str]]:
    """What each number of a text is judged by; `regions` are the places it names and `told` the times."""
    frame = _Frame(text, found, regions, told)
    return [
        _figure(text, found, at, regions) + frame.around(at) + sums(found, at) for at in range(len(found))
    ]


_NOUNS = re.compile(
    r"(?P<S>(?:生成式)?(?:人工智能|AI|ai)?大?(?:语言)?(?:服务|模型|产品)(?!商)|\b(?:(?:generative|gen|artificial|intelligence|AI|large|language|foundation|public|online|such|these|domestic|Chinese)[\s-]+)*(?:models?|services?|LLMs?|products?|systems?|filings?)\b)"
    r"|(?P<A>应用(?:程序)?(?:或|和|及|、|/)?功能|应用程序|应用|功能|小程序|\b(?:apps?|applications?|functions?|features?)(?:\s(?:or|and)\s(?:functions?|features?|apps?|applications?))?\b)"
    r"|(?P<O>(?:国家|中央|省|市|区|地方|各地|属地)?(?:互联网信息办公室|网信部门|网信办)|\b(?:the )?(?:CAC|Cyberspace Administration(?: of China)?|regulators?|watchdog|authorit(?:y|ies))\b)",
    re.I,
)


def nouns(text: str) -> Iterator[tuple[int, int, str]]:
    """What is counted and who counts: services (`S`), applications (`A`) and offices (`O`)."""
    for match in _NOUNS.finditer(text):
        yield match.start(), match.end(), match.lastgroup or ""


_DROPPED = frozenset("“”\"'《》「」 \t")
_REACH = 12
_NEAR = 24
"""How many numbers to either side are looked at for sums."""
_LATEST = frozenset(["目前", "现在", "如今", "近日", "日前", "昨日", "今日"])


class _Frame:
    """A text with what its numbers stand among for their sorts: a time is `T`, a place `P`, a service `S`, a number `N`, so that
    `截至6月底，全省累计有44款大模型通过备案` and its kin have the same words around the number."""

    def __init__(
        self, text: Text, found: Sequence[Figure], regions: Sequence[Spot], told: Sequence[Spot]
    ) -> None:
        sorts: dict[int, tuple[int, str]] = {}
        for start, end, sort in nouns(text.text):
            sorts[start] = (end, sort)
        for spot in regions:
            kind = spot.kind.split(":")[0]
            sorts[spot.start] = (spot.end, {"nation": "G", "here": "H", "dateline": "D"}.get(kind, "P"))
        for spot in told:
            word = text.text[spot.start : spot.end]
            sorts[spot.start] = (spot.end, "now" if word in _LATEST else "T")
        self._at = {}
        numbers = {figure.start: n for n, figure in enumerate(found)}
        for figure in found:
            sorts[figure.start] = (figure.end, "N")
        self.tokens: list[str] = []
        self._sentence: list[int] = []
        done = 0
        for start, end in text.words:
            if start < done:
                continue
            until, token = sorts.get(start, (end, text.text[start:end].casefold()))
            if token in _DROPPED:
                continue
            if start in numbers:
                self._at[numbers[start]] = len(self.tokens)
            self.tokens.append("9" if token.isdigit() else token)
            self._sentence.append(text.sentence_of(start))
            done = until

    def around(self, at: int) -> list[str]:
        """The sorts and words around a number of a text."""
        here = self._at.get(at)
        if here is None:
            return []
        number = self._sentence[here]
        low, high = here, here + 1
        while low and self._sentence[low - 1] == number and here - low < _REACH:
            low -= 1
        while high < len(self.tokens) and self._sentence[high] == number and high - here <= _REACH:
            high += 1
        left, right = self.tokens[low:here][::-1], self.tokens[here + 1 : high]
        found = []
        for side, row in (("<", left), (">", right)):
            found += [f"F{side}{n}{token}" for n, token in enumerate(row[:8])]
            found += [f"F{side}{' '.join(row[:n])}" for n in range(2, 7)]
            found += [f"B{side}{a} {b}" for a, b in pairwise(row)]
            found += [f"B{side}{n // 3}{a}" for n, a in enumerate(row)]
            if "N" in row:
                found.append(f"G{side}{' '.join(row[: row.index('N')])}")
        found.append(f"M{' '.join(left[:2])}|{' '.join(right[:2])}")
        found.append(f"M{' '.join(left[:1])}|{' '.join(right[:3])}")
        found.append(f"M{' '.join(left[:3])}|{' '.join(right[:1])}")
        return found


def sums(found: Sequence[Figure], at: int) -> list[str]:
    """Whether a number is the sum or the difference of two others near it: `由117款增至188款，新增71款`."""
    one = found[at].value
    if one < 3:
        return []
    near = range(max(0, at - _NEAR), min(len(found), at + _NEAR + 1))
    before = Counter(found[n].value for n in near if n < at and found[n].value > 2)
    every = before + Counter(found[n].value for n in near if n > at and found[n].value > 2)
    result = []
    if any(
        other < one and (every[one - other] > 1 or one - other != other) and one - other in every
        for other in every
    ):
        result += ["sum", f"sum{any(one - other in every for other in before if other < one)}"]
    larger = [other for other in every if other > one and other - one in every]
    if any(other != 2 * one for other in larger):
        result += ["part", f"part{2 * one < min(larger)}"]
    return result


def _figure(text: Text, every: Sequence[Figure], at: int, regions: Sequence[Spot]) -> list[str]:
    words, one = text.text, every[at]
    start, end = one.start, one.end
    found = ["b", f"unit{one.unit}", f"size{size_of(one.value)}", f"bound{one.bound}"]
    found += [f"l{n}:{words[start - n : start - n + 1] if start >= n else '^'}" for n in range(1, 7)]
    found += [f"left{n}:{words[max(0, start - n) : start]}" for n in range(1, 5)]
    found += [f"r{n}:{words[end + n : end + n + 1]}" for n in range(8)]
    found += [f"right{n}:{words[end : end + n]}" for n in range(1, 6)]
    low, high = text.clause(start, end)
    for side, piece in (("<", words[low:start]), (">", words[end:high])):
        telling = [word.casefold() for word in _TELLING.findall(piece)]
        found += [f"c{side}{word}" for word in set(telling)]
        near = telling[::-1] if side == "<" else telling
        found += (
            [f"c{side}1{near[0]}", f"c{side}1{near[0]}{one.unit}", f"c{side}12{'/'.join(near[:2])}"]
            if near
            else [f"c{side}0"]
        )
        found += [f"t{side}{name}" for name in told_in(piece)]
    found += _words_around(text, one)
    found += _registers(text, start, end, low, high)
    found += _neighbours(text, every, at)
    found += _place(text, one, low, regions)
    return found


def _words_around(text: Text, one: Figure) -> list[str]:
    """The words before and behind a number in its sentence, by their place and as pairs, and the telling ones by their order."""
    begin, stop = text.sentences[text.sentence_of(one.start)]
    first, last = bisect_left(text.words, (one.start, 0)), bisect_left(text.words, (one.end, 0))
    words = [
        _plain(text.text[start:end]) for start, end in text.words[max(0, first - 7) : first] if start >= begin
    ][::-1]
    behind = [_plain(text.text[start:end]) for start, end in text.words[last : last + 8] if end <= stop]
    found = []
    for side, row in (("<", words), (">", behind)):
        found += [f"w{side}{n}{word}" for n, word in enumerate(row)]
        found += [f"w{side}{word}" for word in row]
        found += [f"ww{side}{n}{a} {b}" for n, (a, b) in enumerate(pairwise(row[:5]))]
    low, high = text.clause(one.start, one.end)
    for side, piece in (
        ("<", text.text[max(low, one.start - 20) : one.start]),
        (">", text.text[one.end : min(high, one.end + 16)]),
    ):
        found += [f"p{side}{a}{b}" for a, b in pairwise(piece) if not a.isascii() or not b.isascii()]
    for side, piece in (("<", text.text[begin : one.start]), (">", text.text[one.end : stop])):
        telling = [word.casefold() for word in _TELLING.findall(piece)]
        near = telling[::-1][:3] if side == "<" else telling[:3]
        found += [f"s{side}{n}{word}" for n, word in enumerate(near)]
        found.append(f"s{side}" + "/".join(near[:2]))
    return found


def _plain(word: str) -> str:
    """A word for what it is: every number alike, every month alike."""
    if word.isdigit():
        return "year" if len(word) == 4 and word.startswith("20") else "9"
    return "month" if word in _MONTHS else word.casefold()


def _of_registers(words: str) -> str:
    said = told_in(words)
    return "".join(
        letter
        for letter, name in (("f", "filed"), ("r", "registered"), ("a", "algorithm"), ("p", "approved"))
        if name in said
    )


def _registers(text: Text, start: int, end: int, low: int, high: int) -> list[str]:
    words = text.text
    begin, stop = text.sentences[text.sentence_of(start)]
    names = ("filed", "registered", "algorithm", "approved")
    before = [spot.value for spot in text.told_before(start, begin, 12) if spot.value in names]
    behind = [spot.value for spot in text.told_behind(end, stop, 12) if spot.value in names]
    earlier = [spot.value for spot in text.told_before(begin, 0, 12) if spot.value in names]
    return [
        f"clause{_of_registers(words[low:start])}/{_of_registers(words[end:high])}",
        f"sentence{_of_registers(words[begin:start])}/{_of_registers(words[end:stop])}",
        f"near{before[-1] if before else '-'}/{behind[0] if behind else '-'}",
        f"last{before[-1] if before else '-'}",
        f"earlier{'' if before else earlier[-1] if earlier else '-'}",
        *(f"s{word.casefold()}" for word in set(_TELLING.findall(words[begin:stop]))),
    ]


def _neighbours(text: Text, every: Sequence[Figure], at: int) -> list[str]:
    one, words = every[at], text.text
    number = text.sentence_of(one.start)
    inside = [figure for figure in every if text.sentence_of(figure.start) == number]
    found = [f"place{min(4, inside.index(one))}/{min(4, len(inside))}"]
    if at:
        before = every[at - 1]
        gap = one.start - before.end
        found += [
            f"<gap{words[before.end : one.start] if gap < 10 else 'far'}",
            f"<size{size_of(before.value)}{before.value < one.value}",
        ]
    if at + 1 < len(every):
        behind = every[at + 1]
        gap = behind.start - one.end
        found += [
            f">gap{words[one.end : behind.start] if gap < 10 else 'far'}",
            f">size{size_of(behind.value)}{behind.value < one.value}",
        ]
    found.append(f"same{min(3, sum(figure.value == one.value for figure in every))}")
    found.append(f"title{one.start < text.title_end}")
    found.append(f"most{one.value == max(figure.value for figure in every)}")
    return found


def _place(text: Text, one: Figure, low: int, regions: Sequence[Spot]) -> list[str]:
    begin = text.sentences[text.sentence_of(one.start)][0]
    kinds = [spot.kind.split(":")[0] for spot in regions]
    near = [
        kind
        for spot, kind in zip(regions, kinds, strict=True)
        if begin <= spot.start and spot.end <= one.start
    ]
    beside = [spot for spot in regions if low <= spot.start and spot.end <= one.start]
    found = [f"region{near[-1] if near else '-'}", f"region{near[-1] if near else '-'}{size_of(one.value)}"]
    found.append("regions" + "".join(sorted({kind[0] for kind in kinds})))
    if beside:
        last = beside[-1]
        found += [
            f"beside{last.kind.split(':')[0]}",
            f"beside{last.kind.split(':')[0]}{min(5, one.start - last.end)}",
        ]
    else:
        found.append("beside-")
    found.append(f"nation{any(spot.value == NATIONAL for spot in regions)}")
    return found
