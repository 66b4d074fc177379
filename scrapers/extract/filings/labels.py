"""What the label of a column, a row or a JSON key says of the number it stands beside: the day, the place, the register and
whether it is a total (`2025年6月底`, `北京市累计备案（款）`, `newFilings`).

A label is understood whole or not at all, so that a column about something else (`算法备案数`, `企业数`, `占比`) counts nothing.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from scrapers.extract.filings.days import UNTIL, until
from scrapers.extract.filings.grammar import day, english_provinces, not_after, province_names, province_of
from scrapers.extract.filings.headers import english_words
from scrapers.extract.filings.scopes import NATIONAL
from scrapers.text import dates

Register = Literal["filed", "registered"]


@dataclass(frozen=True, slots=True)
class Label:
    day: dt.date | None = None
    place: str | None = None
    register: Register | None = None
    is_new: bool | None = None
    is_number: bool = False
    """Whether words of counting stand in it (`数量`, `款数`)."""
    is_sum: bool = False
    """`合计`: the country where it stands among places."""

    def over(self, other: "Label") -> "Label":
        """This label, with what only the other one says."""
        return Label(
            self.day or other.day,
            self.place or other.place,
            self.register or other.register,
            other.is_new if self.is_new is None else self.is_new,
            self.is_number or other.is_number,
            self.is_sum or other.is_sum,
        )

    @property
    def counts(self) -> bool:
        return self.register is not None or self.is_new is not None or self.is_number


_UNIT = re.compile(r"[（(](?:单位[:：]?)?[款个项家件][）)]|单位[:：][款个项家]")
_TOKENS: tuple[tuple[str, str], ...] = (
    ("both", r"备案登记|备案[和与及、/]登记"),
    ("new", r"其中新增|期内新增|[本当期区][期间]新增|[一两二三四五六七八九十\d]+个?月新增|较上[期次月]新增|本[期次月批]新增|本年新增|[当本][年月]?新增|新增|本[期次批]|当[月期年]"),
    ("registered", r"已?登记|上线"),
    ("filed", r"已?(?:通过|完成|获批)?备案"),
    ("total", r"累计至今|累计|总计|总|至今|[期年月季][末底]"),
    ("number", r"总?数量|总?数值|总量|[总个款件]?数|款|量"),
    ("noise", r"生成式人工智能|生成式AI|人工智能|AI|大?模型|服务|应用或功能|应用|功能|产品|的|已|通过|完成|获批|国家|网信办|截至|截止|其中|按|各"),
)  # fmt: skip
_TOKEN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _TOKENS))
_ENGLISH: dict[str, str] = {
    **dict.fromkeys(["new", "newly", "added", "xin", "zeng", "xinzeng", "increment"], "new"),
    **dict.fromkeys(["registered", "registration", "registrations", "deng", "ji", "dengji"], "registered"),
    **dict.fromkeys(["filed", "filing", "filings", "approved", "approvals", "bei", "an", "beian"], "filed"),
    **dict.fromkeys(["total", "cumulative", "cum", "totals", "leiji", "lei"], "total"),
    **dict.fromkeys(["count", "counts", "number", "num", "value", "amount", "shuliang", "zongshu", "shu"], "number"),
    **dict.fromkeys(["services", "service", "models", "model", "apps", "app", "applications", "application", "functions", "of", "the", "genai", "generative", "ai", "llm", "llms", "cac", "with", "to", "date", "in", "period", "this", "at", "by"], "noise"),
}  # fmt: skip
_SUMS = ("合计", "总计", "总和", "total", "sum")
_NATION = ("全国", "中国", "我国", "national", "nationwide", "china", "全国合计", "全国总计", "quanguo")

_SEP = r"[至到—–－~～-]"
_PERIOD = re.compile(
    rf"(?:(?P<sy>20\d\d)年)?\d{{1,2}}月?(?:份)?{_SEP}+(?:(?P<ty>20\d\d)年)?(?P<to>\d{{1,2}})月(?:份)?(?![\d])"
    r"|(?P<y>20\d\d)[-/.年](?P<m>\d{1,2})(?:[-/.月](?P<d>\d{1,2})[日号]?|月?(?:份)?[底末]?)(?!\d)"
    r"|(?P<cy>20\d\d)(?P<cm>0[1-9]|1[0-2])(?P<cd>[0-3]\d)?(?!\d)"
    r"|(?P<qy>20\d\d)年?[-\s]?(?:第?(?P<q>[一二三四1-4])季度?末?|Q(?P<eq>[1-4]))"
    r"|(?P<hy>20\d\d)年?(?:(?P<half>[上下])半年|H(?P<eh>[12]))"
    r"|(?P<wy>20\d\d)年(?:度|全年|[底末])?(?!\d)"
    r"|(?<!\d)(?P<bm>\d{1,2})月(?:(?P<bd>\d{1,2})[日号]|(?:份)?[底末]?)(?!\d)",
    re.I,
)
_MONTH_NAMED = re.compile(
    r"(?:end (?:of )?)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[\s-]+(20\d\d)", re.I
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def month_end(year: int, month: int) -> dt.date | None:
    first = day(year + month // 12, month % 12 + 1, 1)
    return first - dt.timedelta(days=1) if first else None


def period(text: str, page: dt.date | None) -> tuple[dt.date | None, str]:
    """The last day of the time a label names, and the label without it; null where it names none or its year is unknown."""
    match = _PERIOD.search(text)
    if not (match and match["to"]) and (found := dates.find(text)):  # which takes 2025年1—2月 for a day
        return found[0].date, text[: found[0].start] + text[found[0].end :]
    if named := _MONTH_NAMED.search(text):
        end = month_end(int(named[2]), _MONTHS.index(named[1].lower()) + 1)
        return end, text[: named.start()] + text[named.end() :]
    if match is None:
        return None, text
    g = match.groupdict()
    number: Callable[[str], int] = lambda name: int(g[name])  # noqa: E731
    found_day: dt.date | None = None
    if g["to"]:
        year = g["ty"] or g["sy"]
        found_day = _end(int(year) if year else None, number("to"), page)
    elif g["y"]:
        found_day = (
            day(number("y"), number("m"), number("d")) if g["d"] else _end(number("y"), number("m"), page)
        )
    elif g["cy"]:
        found_day = (
            day(number("cy"), number("cm"), number("cd"))
            if g["cd"]
            else _end(number("cy"), number("cm"), page)
        )
    elif g["qy"]:
        quarter = g["q"] or g["eq"]
        found_day = _end(number("qy"), 3 * ("一二三四".find(quarter) + 1 or int(quarter)), page)
    elif g["hy"]:
        found_day = _end(number("hy"), 6 if "上" in (g["half"] or "") or g["eh"] == "1" else 12, page)
    elif g["wy"]:
        found_day = _end(number("wy"), 12, page)
    elif g["bd"] and page:
        found_day = not_after(page, number("bm"), number("bd"))
    elif g["bm"]:
        found_day = _end(None, number("bm"), page)
    return (found_day, text[: match.start()] + text[match.end() :]) if found_day else (None, text)


def _end(year: int | None, month: int, page: dt.date | None) -> dt.date | None:
    """The end of a month; the month of the page may be not over yet, a later one is none."""
    if not 1 <= month <= 12 or (year is None and page is None):
        return None
    if year is None and page is not None:
        year = page.year - (month > page.month)
    end = month_end(year or 0, month)
    return None if end and page and (end.year, end.month) > (page.year, page.month) else end


def stated(text: str, page: dt.date | None) -> dt.date | None:
    """The day behind the `截至` of a caption."""
    match = UNTIL.search(text)
    return until(match, page, page) if match else None


def read(text: str, page: dt.date | None) -> Label | None:
    """The label as a whole; null where a word of it is not understood."""
    name = re.sub(r"[*＊†‡①-⑩]+$|\[\d\]$", "", text.strip()).strip()
    name = _UNIT.sub("", name).strip()
    if not name:
        return None
    if name.lower() in _SUMS:
        return Label(is_sum=True)
    if name.lower() in _NATION:
        return Label(place=NATIONAL)
    if (place := province_of(name)) is not None:
        return Label(place=place)
    found, rest = period(name, page)
    rest = re.sub(r"截[至止]到?|as of|[（()）|｜,，、:：\-—_/]", " ", rest, flags=re.I).strip()
    if not rest:
        return Label(day=found) if found else None
    said = _english(rest) if rest.isascii() else _chinese(re.sub(r"\s", "", rest))
    if said is None:
        return None
    return said.over(Label(day=found))


def _chinese(text: str) -> Label | None:
    place = None
    if text.startswith("全国"):
        place, text = NATIONAL, text[2:]
    elif (name := next((n for n in province_names() if text.startswith(n)), None)) is not None:
        place, text = province_of(name), text[len(name) :].removeprefix("市").removeprefix("省")
    at, seen = 0, set[str]()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return None
        seen.add(str(match.lastgroup))
        at = match.end()
    return _label(seen, place)


def _english(text: str) -> Label | None:
    words = english_words(text)
    place = None
    for name, full in {**_latin(), **dict.fromkeys(("national", "nationwide", "china"), NATIONAL)}.items():
        if re.search(rf"\b{name}\b", words):
            place, words = full, re.sub(rf"\b{name}\b", "", words)
            break
    kinds = [_ENGLISH.get(word) for word in words.split()]
    if None in kinds or (not kinds and place is None):
        return None
    return _label({str(kind) for kind in kinds}, place)


@cache
def _latin() -> dict[str, str]:
    return {name: full for name, full in english_provinces().items() if name.isascii()}


def _label(seen: set[str], place: str | None) -> Label | None:
    if seen == {"noise"}:
        return None
    is_both = {"filed", "registered"} <= seen or "both" in seen
    register: Register | None = (
        None if is_both else "registered" if "registered" in seen else "filed" if "filed" in seen else None
    )
    if is_both:
        return None  # a number of both registers together
    return Label(
        place=place,
        register=register,
        is_new=True if "new" in seen else False if "total" in seen else None,
        is_number=bool(seen & {"number", "total", "new"}),
    )
