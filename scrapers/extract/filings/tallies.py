"""Tables of totals by place or by day, and JSON objects with totals, to counts."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scrapers.documents import Context, Document, Table
from scrapers.extract.filings import english_days
from scrapers.extract.filings.days import UNTIL, document_day, until
from scrapers.extract.filings.grammar import day_of, province_of
from scrapers.extract.filings.scopes import NATIONAL, place_of_title, scope_of
from scrapers.records import FilingCount, Ground

_COUNTED = re.compile(
    r"(?!.*算法)(?=.*(?:累计|新增|本[期次]|数|量|款|（[款个项家]）)|已?(?:完成)?(?:备案|登记)$)"
    r"(?:累计|新增|本[期次]|其中|当[月期年]|已|完成|通过|获批|备案|登记|大?模型|生成式|人工智能|AI|\d{1,2}[-—~至]\d{1,2}月|[一两二三四五六七八九十\d]+个?月|本[月季年周]度?|服务|应用|功能|产品|总|数量?|量|款数|个数|的|（[款个项家]）)+"
)
"""Words of columns that count (`累计备案（款）`, `其中新增`): all of the name, and one of them a word of counting."""
_COUNTED_ENGLISH = re.compile(
    r"(?:total |cumulative |new |newly |number of )?(?:(?:filed|registered|approved|filings?|registrations?|approvals?)(?: (?:services?|models?|apps?|applications?|total|count|in period))?"
    r"|(?:services?|models?|apps?|applications?) (?:filed|registered|approved))"
)
_PLACE = re.compile(
    r"范围|统计范围|区县?|区域|地域|属地|省份?|地区|省市|省（区、市）|城市|所在地|地方|province|region|place|scope|location|jurisdiction"
)
_DAY = re.compile(
    r"(?:截至|截止|统计|公布|发布|更新|数据)*(?:截止|截至)?(?:日期?|时间|月份|年份)|(?:统计|数据)?(?:时间)?(?:节点|时点)|(?:last )?updated(?: at| on)?|fetched|年月|年度|截至|截止|as of|date|day|month(?: end)?|period end"
)
_DATED = re.compile(
    r"(?P<name>.+?)[（(]?(?:截至|至|截止)?(?P<day>(?:20\d\d年\d{1,2}月(?:\d{1,2}日)?[底末]?|20\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?))[）)]?$"
)
"""A column of one day: `累计备案（截至2025年12月）`."""
_NATION = ("全国", "合计", "总计", "national", "nationwide", "total", "china")


def read(table: Table, document: Document, context: Context) -> Iterator[FilingCount]:
    """A column of places or of days beside columns that count filings or registrations."""
    rows, locators = _below_one_header(table)
    header = [_name(cell) for cell in rows[0]] if rows else []
    place = next((i for i, text in enumerate(header) if _PLACE.fullmatch(text)), None)
    when = next((i for i, text in enumerate(header) if _DAY.fullmatch(text)), None)
    counted = {i: text for i, text in enumerate(header) if _counts(text)}
    if dated := _by_day(header):
        yield from _wide(
            rows,
            locators,
            place,
            dated,
            place_of_title(document) or NATIONAL,
            table.context or document.title or "",
        )
        return
    if not counted or (place is None and when is None):
        return
    about = table.context or document.title or document.text
    stated = english_days.document_day(document, context) or document_day(document, context)
    home = place_of_title(document) or scope_of(table.context or "", None) or NATIONAL
    for cells, locator in zip(rows[1:], locators[1:], strict=True):
        scope = _scope(cells[place]) if place is not None and place < len(cells) else home
        if (
            place is not None
            and place < len(cells)
            and re.match(r"[全本][省市区](?:合计|总计)?$|合计|总计", cells[place])
        ):
            scope = home
        day = stated
        if when is not None and when < len(cells):
            match = UNTIL.match(f"截至{cells[when].strip()}")
            day = day_of(cells[when], context.date)[0] or (
                until(match, context.date, None) if match else None
            )
        values = _values({text: cells[i] for i, text in counted.items() if i < len(cells)}, about)
        if scope and values and day:
            ground = Ground(quote=" | ".join(cells), locator=locator or table.locator)
            yield FilingCount(as_of=day, scope=scope, ground=ground, **values)  # type: ignore[arg-type]


def _below_one_header(table: Table) -> tuple[list[list[str]], list[str]]:
    """Rows and where they stand; two rows of a header, `备案（款）` over `累计`, are one."""
    rows = [list(row) for row in table.rows]
    locators = [*table.row_locators, *[table.locator] * len(rows)][: len(rows)]
    while len(rows) > 2 and sum(bool(cell.strip()) for cell in rows[0]) < 2 < len(rows[1]):
        rows, locators = rows[1:], locators[1:]  # a title above the header
    if len(rows) > 2 and len(rows[0]) == len(rows[1]) and not any(re.search(r"\d", cell) for cell in rows[1]):
        merged = [
            above if above == below else f"{above}{below}"
            for above, below in zip(rows[0], rows[1], strict=True)
        ]
        if sum(_counts(_name(cell)) for cell in merged) > 1:
            return [merged, *rows[2:]], [locators[0], *locators[2:]]
    return rows, locators


def _by_day(header: Sequence[str]) -> dict[dt.date, dict[int, str]]:
    """The counting columns of each day that names of columns give; empty where they give none."""
    found: dict[dt.date, dict[int, str]] = {}
    for index, text in enumerate(header):
        match = _DATED.fullmatch(text)
        if match is None or not _counts(match["name"]):
            continue
        until_match = UNTIL.match(f"截至{match['day']}")
        day = day_of(match["day"], None)[0] or (until(until_match, None, None) if until_match else None)
        if day is not None:
            found.setdefault(day, {})[index] = match["name"]
    return found


def _wide(
    rows: Sequence[Sequence[str]],
    locators: Sequence[str],
    place: int | None,
    dated: Mapping[dt.date, Mapping[int, str]],
    home: str,
    about: str,
) -> Iterator[FilingCount]:
    """A table with columns for each of several days."""
    for cells, locator in zip(rows[1:], locators[1:], strict=True):
        scope = _scope(cells[place]) if place is not None and place < len(cells) else home
        for day, columns in dated.items():
            values = _values({text: cells[i] for i, text in columns.items() if i < len(cells)}, about)
            if scope and values:
                ground = Ground(quote=" | ".join(cells), locator=locator)
                yield FilingCount(as_of=day, scope=scope, ground=ground, **values)  # type: ignore[arg-type]


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row names a column of places or days and one that counts."""
    names = [_name(cell) for cell in cells]
    if _by_day(names) and any(_PLACE.fullmatch(n) for n in names):
        return True
    return any(map(_counts, names)) and any(_PLACE.fullmatch(n) or _DAY.fullmatch(n) for n in names)


def is_named(cell: str) -> bool:
    name = _name(cell)
    return bool(_counts(name) or _PLACE.fullmatch(name) or _DAY.fullmatch(name))


def is_place(cell: str) -> bool:
    return _scope(cell) is not None


def day_of_object(content: Mapping[str, Any]) -> dt.date | None:
    """The day an object gives for what it holds."""
    for key, value in content.items():
        if isinstance(value, str) and _DAY.fullmatch(_name(key)):
            return day_of(value, None)[0]
    return None


def read_map(content: Mapping[str, Any], path: str, context: Context) -> Iterator[FilingCount]:
    """`{"filings": {"北京": 105, "上海": 66}}` under the day of the object that holds it."""
    for key, value in content.items():
        if not (_counts(_name(key)) and isinstance(value, Mapping)):
            continue
        for place, number in value.items():
            scope = _scope(str(place))
            values = _values({_name(key): str(number)}, "") if isinstance(number, int) else {}
            if scope and values and context.date:
                ground = Ground(quote=f"{place}: {number}", locator=f"{path}.{key}.{place}")
                yield FilingCount(as_of=context.date, scope=scope, ground=ground, **values)  # type: ignore[arg-type]


def read_object(content: Mapping[str, Any], path: str, context: Context) -> FilingCount | None:
    """An object that names totals: `{"as_of": …, "province": …, "total_filed": …}`."""
    fields = {_name(key): value for key, value in content.items()}
    counted = {text: str(value) for text, value in fields.items() if _counts(text) and isinstance(value, int)}
    day = next((str(value) for text, value in fields.items() if _DAY.fullmatch(text)), "")
    named = next(
        (str(value) for text, value in fields.items() if _PLACE.fullmatch(text) and value),
        str(context.options.get("scope") or _place_in(fields) or "national"),
    )
    values, scope = _values(counted, ""), _scope(named)
    as_of = day_of(day, None)[0] or context.date
    if not values or scope is None or as_of is None:
        return None
    quote = ", ".join(
        f"{key}: {value}" for key, value in content.items() if not isinstance(value, list | dict)
    )
    return FilingCount(as_of=as_of, scope=scope, ground=Ground(quote=quote, locator=path), **values)  # type: ignore[arg-type]


def _place_in(fields: Mapping[str, Any]) -> str | None:
    """The province that the title or the source of an object names."""
    for key in ("title", "source", "name", "标题", "来源", "名称"):
        value = fields.get(key)
        if isinstance(value, str) and (place := scope_of(value, None)) is not None:
            return place
    return None


def _name(cell: str) -> str:
    text = cell.strip().replace("(", "（").replace(")", "）")
    if text.isascii() or not re.search(r"[\u4e00-\u9fff]", text):
        return re.sub(r"[\s_]+", " ", text).lower()
    return re.sub(r"\s", "", text)


def _counts(text: str) -> bool:
    return bool(_COUNTED.fullmatch(text) or _COUNTED_ENGLISH.fullmatch(text))


def _scope(text: str) -> str | None:
    name = text.strip()
    return NATIONAL if name.lower() in _NATION else province_of(name)


def _values(cells: Mapping[str, str], about: str) -> dict[str, int]:
    values: dict[str, int] = {}
    registered = False
    for text, cell in cells.items():
        digits = re.fullmatch(
            r"(\d[\d,]*)\s*[款个项]?(?:累计|以上|余)?(?:[（(].*[）)])?", cell.strip().strip("*")
        )
        if digits is None:
            continue
        new = bool(re.search(r"新增|本期|本次|^new", text))
        if re.search(r"备案|登记|fil|regist|approv", text):
            registered = "登记" in text or "regist" in text
        elif not new or not values:  # `其中新增` is of the column before
            registered = "登记" in about and "备案" not in about
        field = {
            (False, False): "total_filed",
            (False, True): "total_registered",
            (True, False): "new_in_period",
            (True, True): "new_registered",
        }[new, registered]
        values.setdefault(field, int(digits[1].replace(",", "")))
        if added := re.search(r"新增(\d{1,5})", cell):  # `748款（2025年新增446款）`
            values.setdefault("new_registered" if registered else "new_in_period", int(added[1]))
    return values
