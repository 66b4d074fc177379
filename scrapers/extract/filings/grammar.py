"""What the registers have in common: their kinds, their numbers, the names of provinces, the days of a cell.

`Province-Slug-YYYYMMDD[NNNN]` is a filing (备案), `Province-Slug-YYYYMMDDSNNNN` a registration (登记), 网信算备… an algorithm.
"""

import csv
import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Literal

from scrapers.lexicon import places
from scrapers.text import dates

Kind = Literal["filing", "registration", "on_device_filing", "deep_synthesis_algorithm"]

NUMBER = re.compile(r"^([A-Za-z]+)-(.+)-(\d{8})(S?)(\d{0,6})$")
ALGORITHM = re.compile(r"网信算备(\d{6})(\d{9})(\d{2})(\d{3})(\d)号")
_MAKERS = Path(__file__).parents[2] / "lexicon" / "model_makers.csv"
CENTRAL = "国资委"
"""Stands in 属地 for firms under the central government: no province."""
_CHINA = dt.timezone(dt.timedelta(hours=8))
CORPS = "新疆生产建设兵团"

_ENTITY = re.compile(
    r"(?:公司|研究院|科学院|学院|医院|法院|研究所|大学|中心|实验室|集团|出版社|通讯社|杂志社|报社|电视台|广播电台|总台|管理局"
    r"|协会|学会|委员会|基金会|图书馆|博物馆|有限合伙|合伙企业|事务所|工作室|分行|办公[室厅]|新闻网|中学|小学|[所厂院厅局馆])(?:[（(][^（）()]*[）)])*[）)]?$"
)
# `ShanXi` is written for 山西 and, wrongly, for 陕西: a prefix alone does not tell them apart.
_AMBIGUOUS = frozenset({"shanxi"})
_PINYIN = {
    "zhongyangqiye": "国资委",
    "neimenggu": "内蒙古自治区",
    "xizang": "西藏自治区",
    "xianggang": "香港特别行政区",
    "aomen": "澳门特别行政区",
}


@cache
def _provinces() -> tuple[dict[str, str], dict[str, str]]:
    """Full and short Chinese names, and English or pinyin names in lower case, to the full name."""
    chinese, latin = {CENTRAL: CENTRAL, CORPS: CORPS, "兵团": CORPS}, dict(_PINYIN)
    for place in places.all_places():
        if place.level == "province":
            for name in (place.name, *place.also):
                chinese[name] = place.name
            latin[place.name_en.lower()] = place.name
    return chinese, latin


def province_of(text: str | None) -> str | None:
    """The full name of a province as registers print it; 国资委 (firms under the central government) stays as it is."""
    name = re.sub(r"\s", "", text or "")
    chinese, latin = _provinces()
    return (
        chinese.get(name)
        or chinese.get(name.removesuffix("市").removesuffix("省"))
        or latin.get((text or "").strip().lower())
    )


def province_of_number(prefix: str) -> str | None:
    """What a number's first part says of the province; null where it says nothing sure."""
    name = prefix.lower()
    return None if name in _AMBIGUOUS else _provinces()[1].get(name)


def province_of_algorithm(number: str) -> str | None:
    """The province an algorithm's number begins with (GB/T 2260), which its list does not print."""
    match = ALGORITHM.search(number)
    place = places.by_code(f"{match[1][:2]}0000") if match else None
    return place.name if place else None


def province_names() -> list[str]:
    """Every Chinese spelling, longest first."""
    return sorted(_provinces()[0], key=len, reverse=True)


def english_provinces() -> dict[str, str]:
    return _provinces()[1]


_OURS = re.compile(r"[我本该](?:公司|集团|[院校司行社所局厅办])|分别为")
"""What a text calls the one who speaks, no name."""


def is_entity(text: str) -> bool:
    """Whether a name ends as those of firms and institutions do."""
    return _ENTITY.search(text) is not None and not _OURS.match(text)


def tight(text: str) -> str:
    """A number without the breaks a narrow cell put into it, half-width."""
    return re.sub(r"\s", "", text).translate(str.maketrans("－—–‐‑", "-----"))


_CUT = re.compile(
    r"(?P<head>[A-Z][A-Za-z]{3,14}-[^\s，。；|]*)\n[ \t]*(?P<tail>\d{1,12}(?:S\d*)?)(?P<rest>(?:[ \t][^\n]*)?)(?=\n|$)"
)
"""A number that a narrow column broke over two lines."""


def whole_numbers(text: str) -> str:
    """Text with numbers on one line that were broken over two; no other line changes its place."""

    def join(match: re.Match[str]) -> str:
        number = match["head"] + match["tail"]
        return f"{number}{match['rest']}\n" if NUMBER.fullmatch(number) else match[0]

    return _CUT.sub(join, text)


def day_of(text: str, today: dt.date | None) -> tuple[dt.date | None, bool]:
    """The day of a cell and whether it is marked as registered late; a day without a year takes the page's, the last
    one that is not after it."""
    late = "补登" in text
    text = re.sub(r"(?<=\d)\s+(?=\d)|\s+(?=[-/.年月日])|(?<=[-/.年月])\s+", "", text)
    if match := re.search(r"(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})", text):
        return day(int(match[1]), int(match[2]), int(match[3])), late
    if match := re.search(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)", text):
        return day(int(match[1]), int(match[2]), int(match[3])), late
    if match := re.fullmatch(r"4[4-9]\d{3}(?:\.0)?", text):  # a spreadsheet's day number without its format
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(float(match[0]))), late
    if match := re.fullmatch(r"(1[5-9]\d{8})(?:\d{3})?", text):  # seconds or milliseconds since 1970
        return dt.datetime.fromtimestamp(int(match[1]), _CHINA).date(), late
    if (found := dates.first(text)) is not None:
        return found, late
    if today is not None and (match := re.search(r"(\d{1,2})(?:月|/)(\d{1,2})(?:日|$)", text)):
        return not_after(today, int(match[1]), int(match[2])), late
    return None, late


def not_after(today: dt.date, month: int, number: int) -> dt.date | None:
    """The last such day of the calendar that is not after `today`."""
    found = day(today.year, month, number)
    return day(today.year - 1, month, number) if found is None or found > today else found


def day(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


@cache
def makers() -> dict[str, str]:
    """Names of well-known makers as lists write them, longest first, to the name in the table."""
    with _MAKERS.open(encoding="utf-8", newline="") as file:
        found = {
            spelling: row["name"]
            for row in csv.DictReader(file)
            for spelling in (row["name"], *row["also"].split("|"))
            if spelling
        }
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))
