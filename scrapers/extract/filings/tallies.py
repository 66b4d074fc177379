"""Tables of totals by place or by day, and JSON objects with totals, to counts.

A number is of what its column, its row and the caption say together (`labels` reads each): wide and long tables, registers as
columns or as rows, two rows of header. Numbers of one place and day are one count.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scrapers.documents import Context, Document, Table
from scrapers.extract.filings import english_days, labels
from scrapers.extract.filings.days import document_day
from scrapers.extract.filings.grammar import day_of, province_of
from scrapers.extract.filings.headers import column_named, english_words, kind_said
from scrapers.extract.filings.labels import Label
from scrapers.extract.filings.scopes import NATIONAL, marks_of, scope_of
from scrapers.records import FilingCount, Ground
from scrapers.text import dates

_PLACE = re.compile(
    r"(?:所属|所在)?(?:属地|省份?|地区|省市|省（?区、?市）?|城市|地方|地域|区域)|所在地|(?:统计)?范围|口径"
)
_PLACE_ENGLISH = re.compile(
    r"province|region|place|scope|location|jurisdiction|area|sheng ?fen|di ?qu|shu ?di"
)
_SMALLER = re.compile(r"城市|地市|[各所在辖]*(?:区县|市县|市区|城区|区|县|市)|设区市|city|district")
_HOME = re.compile(r"[全本][省市区](?:合计|总计|总数|累计)?")
"""The row of the whole place a table is of, among smaller ones."""
_DAYS = (
    re.compile(
        r"(?:数据)?(?:统计)?(?:截[至止]|节点|时点|统计|口径)(?:日期?|时间|时点)?|期末|统计截[至止]日?期?|数据日期|as ?of(?: date)?|snapshot(?: date)?|stat(?:istics?)?(?: date)?|(?:month|period|cut ?off)(?: end| date)?|cut ?off|jie ?zhi"
    ),
    re.compile(
        r"日期|时间|月份|年份|年月|年度|月度|季度|(?:统计)?(?:期间|区间|周期|时期)|时段|(?:时间)?节点|date|day|month|year|quarter|ri ?qi"
    ),
    re.compile(
        r"(?:数据)?更新(?:日期|时间)?|(?:last )?updated?(?: (?:at|on|date|time))?|(?:date|data) (?:updated|time)"
    ),
    re.compile(
        r"(?:公布|发布|公告|公示|通告)(?:日期|时间)?|(?:published|release|announced|announcement|publish)(?: (?:date|at|on|time))?"
    ),
)
"""Names of days, the day that numbers are of before that of their news."""
_KIND = re.compile(
    r"类型|类别|指标|项目|种类|统计项|统计指标|事项|名称|内容|kind|type|category|metric|indicator|item|measure|register|lei ?xing|zhi ?biao"
)
_BESIDE = re.compile(
    r"排[名序]|序号|名次|占.*比|比[例重]|份额|同比|环比|增[长幅速].*|备注|说明|来源|数据来源|链接|公告.*|批次|期[次数别]|发布.*|rank(?:ing)?|no|id|share|source.*|url|link|notes?|remarks?|%|growth|yoy|qoq|mom"
)
"""Columns that may stand beside the numbers and say nothing of what they count."""
_OURS = re.compile(
    r"备案|登记|\bfil(?:ed|ings?)\b|regist|approv|\bCAC\b|generative|生成式|大模型|beian|dengji", re.I
)
_OTHERS = re.compile(
    r"算法备案|深度合成|ICP|(?:APP|小程序|移动互联网应用程序|短剧|网络剧|主播)备案|域名|网站|公安|医疗|药品|私募|基金|民宿|车辆|企业登记|市场主体|不动产|婚姻|算法推荐|algorithm|deep.synthesis|domain|vehicle|patent|compan|enterprise|\buser",
    re.I,
)
"""What other registers are of; words of ours in the same heading outweigh them."""
_EVIDENCE = re.compile(
    r"备案|生成式|模型|智能|应用|服务|功能|款|fil(?:ed|ing)|\bAI\b|genai|model|service|\bapps?\b|beian", re.I
)
_GENERATIVE = re.compile(r"生成式|大模型|AI服务|人工智能服务|generative|LLM|AI (?:service|model)", re.I)
_NUMBER = re.compile(
    r"\+?(\d[\d,，]*)\s*[款个项家件]?(?:累计|以上|余)?(?:[（(].*[）)])?[*＊†‡①-⑩]*(?:\[\d\])?"
)
_UNIT = re.compile(r"[款个项家件]")
_FIGURE = re.compile(r"[-+±约]?[\d,，.]*\s*[%％款个家项]?|[-—–/]*")
_OTHER_PLACES = re.compile(r"其[他它余].*|others?|rest.*", re.I)
_FEW_PLACES = 25
"""A sum of fewer provinces than this, of which none is `其他`, is not of the country."""


@dataclass(slots=True)
class _Counts:
    """The numbers found so far, by day and place."""

    is_ours: bool
    """Whether words about services stand beside them: firms, marriages and vouchers are registered (登记) too."""
    found: dict[tuple[dt.date, str], list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, day: dt.date, place: str, values: Mapping[str, int], quote: str, locator: str) -> None:
        """A second number for the same field is a count of its own."""
        records = self.found.setdefault((day, place), [])
        if records and not (values.keys() & records[-1].keys()):
            records[-1].update(values)
            if quote not in records[-1]["quotes"]:
                records[-1]["quotes"].append(quote)
        elif not any(values.items() <= record.items() for record in records):
            records.append({**values, "quotes": [quote], "locator": locator})

    def all(self) -> Iterator[FilingCount]:
        for (day, place), records in self.found.items():
            for record in records:
                if not self.is_ours and record.keys() <= {
                    "total_registered",
                    "new_registered",
                    "quotes",
                    "locator",
                }:
                    continue
                quotes, locator = record.pop("quotes"), record.pop("locator")
                yield FilingCount(
                    as_of=day,
                    scope=place,
                    ground=Ground(quote=" / ".join(quotes), locator=locator),
                    **record,
                )


# --- Tables ---------------------------------------------------------------------------------------------------------


def read(table: Table, document: Document, context: Context) -> Iterator[FilingCount]:
    """Each number under what its column and its row say; nothing from a table that counts something else."""
    captions, rows, locators = _without_captions(table)
    rows, locators = _turned(rows, locators)
    about = " ".join([table.context, *captions])
    subject = about if _OURS.search(about) else f"{document.title or ''} {about}"
    if len(rows) < 2 or _is_of_others(subject):
        return
    year = re.search(r"(?<!\d)20\d\d(?=年)", about)
    page = page_of(year[0] if year else None, context.date)
    grid = _Grid.of(rows, page, subject)
    if grid is None:
        return
    stated = (
        labels.stated(about, context.date)
        or _only_day(about)
        or english_days.document_day(document, context)
        or document_day(document, context)
    )
    home = scope_of(about, None) or scope_of(document.title or "", None) or _home(context)
    counts = _Counts(is_ours=bool(_EVIDENCE.search(f"{subject} {rows[0]} {document.text}")))
    for position, cells in enumerate(grid.body):
        quote, locator = " | ".join(cells), locators[position + grid.header_rows]
        for (day, place), values in grid.read_row(cells).items():
            if (day or stated) is not None:
                counts.add(day or stated, place or home, values, quote, locator)  # type: ignore[arg-type]
    yield from counts.all()


def _only_day(about: str) -> dt.date | None:
    """The one day a caption names."""
    found = {one.date for one in dates.find(about)}
    return found.pop() if len(found) == 1 else None


def _home(context: Context) -> str:
    return str(context.options.get("scope") or NATIONAL)


def _is_of_others(subject: str) -> bool:
    return bool(_OTHERS.search(subject)) and not _GENERATIVE.search(subject)


def page_of(year: str | None, page: dt.date | None) -> dt.date | None:
    """The day before which days without a year lie: the page's, or the end of the year a caption names."""
    if year is None:
        return page
    end = dt.date(int(year), 12, 31)
    return min(page, end) if page else end


def _without_captions(table: Table) -> tuple[list[str], list[list[str]], list[str]]:
    """Rows of one text above the table, and the rows below them."""
    locators = table.row_locators or [table.locator] * len(table.rows)
    locators = [*locators, *[table.locator] * (len(table.rows) - len(locators))]
    width = max(map(len, table.rows), default=0)
    first = 0
    while (
        first < len(table.rows)
        and width > 1
        and len({cell for cell in table.rows[first] if cell.strip()}) == 1
        and not (len(table.rows[first]) == 2 and len(set(table.rows[first])) == 2)
    ):
        first += 1
    captions = [next(cell for cell in row if cell.strip()) for row in table.rows[:first]]
    return captions, [[c.strip() for c in row] for row in table.rows[first:]], locators[first:]


def _turned(rows: list[list[str]], locators: list[str]) -> tuple[list[list[str]], list[str]]:
    """A record of a day or a place with its numbers below each other, turned to a header and a row."""
    if len(rows) < 2 or any(len(row) != 2 for row in rows):
        return rows, locators
    names = [row[0].rstrip("：:") for row in rows]
    is_of = [_is_place_name(name) or _day_rank(name) is not None for name in names]
    counted = [(label := labels.read(name, None)) is not None and label.counts for name in names]
    if not any(is_of) or not any(counted) or any(n is not None for n in map(_number, names)):
        return rows, locators
    if not all(a or b or _is_beside(n) for a, b, n in zip(is_of, counted, names, strict=True)):
        return rows, locators
    if _day_rank(rows[0][1]) is not None or labels.read(rows[0][1], None) == Label(is_number=True):
        return rows, locators  # a header of two names
    return [names, [row[1] for row in rows]], [locators[0], locators[0]]


@dataclass(slots=True)
class _Grid:
    """A table whose columns are told apart: those of numbers with their labels, and those that say what a row is of."""

    columns: dict[int, Label]
    place: int | None
    smaller: int | None
    day: int | None
    kinds: list[int]
    about: Label
    page: dt.date | None
    body: list[list[str]]
    header_rows: int
    sum_is_place: bool
    of_country: bool
    """Whether `合计` among its places is of the country: some of them are provinces."""
    partial: frozenset[int]
    """The columns whose `合计` row is the sum of a few places."""
    before: labels.Register | None = None
    """The register of the row before."""

    @classmethod
    def of(cls, rows: list[list[str]], page: dt.date | None, about: str) -> "_Grid | None":
        header, size = _header(rows, page)
        body = [row for row in rows[size:] if any(row)]
        width = max(map(len, rows))
        header += [""] * (width - len(header))
        smaller = None
        has_others = False
        kinds: list[int] = []
        columns: dict[int, Label] = {}
        ranks: dict[int, int] = {}
        provinces: dict[int, int] = {}
        """How many provinces each column of places holds."""
        for at, name in enumerate(header):
            cells = [row[at] for row in body if at < len(row) and row[at]]
            numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in cells)
            said = [label for cell in cells if (label := labels.read(cell, page))]
            rank = _day_rank(name)
            label = labels.read(name, page)
            is_numbers = bool(cells) and 2 * numbers >= len([c for c in cells if re.search(r"\w", c)])
            is_figures = all(map(_FIGURE.fullmatch, cells))
            if rank is not None:
                ranks[at] = rank
            elif _SMALLER.fullmatch(name) and 2 * sum(bool(s.place) for s in said) < len(cells):
                smaller = at
            elif _is_place_name(name) and not (is_numbers and label):
                provinces[at] = sum(bool(s.place) for s in said)
            elif label is not None and numbers and is_numbers:
                columns[at] = label
            elif (cells and all(map(_UNIT.fullmatch, cells))) or (
                name and _is_beside(name) and not _KIND.fullmatch(name)
            ):
                continue
            elif cells and not is_numbers and not is_figures and 2 * len(said) >= len(cells):
                if sum(bool(s.place) and not s.counts for s in said) * 2 >= len(said):
                    provinces[at] = sum(bool(s.place) for s in said)
                elif sum(s.counts for s in said) * 2 >= len(said):
                    kinds.append(at)
                elif sum(s.day is not None for s in said) * 2 >= len(said):
                    ranks[at] = 9
                else:
                    return None
            elif not name and not size and is_numbers:
                columns[at] = Label()
            elif not (at == 0 and not name) and (
                not (is_numbers or is_figures) or column_named(name) in ("model", "entity")
            ):
                if column_named(name) == "model":
                    return None
                has_others = True  # `典型企业`: rows are of a place only where each is of another
        place = max(provinces, key=lambda at: provinces[at], default=None)
        if has_others and not _is_one_each(body, place):
            return None
        day = min(ranks, key=lambda at: (ranks[at], at), default=None)
        axis = place is not None or smaller is not None or day is not None or bool(kinds)
        if not columns or not (axis or all(label.register for label in columns.values())):
            return None
        has_register = [label.register is not None for label in columns.values()]
        of_rows = bool(kinds) or any(
            (label := labels.read(row[at], page)) and label.register
            for row in body
            for at in [0]
            if row and at not in columns
        )
        default = Label()
        if not all(has_register) and not of_rows:
            default = Label(register=_register_of(about))
            if default.register is None and not any(has_register):
                return None
        if not any(label.counts for label in columns.values()) and not of_rows and not _OURS.search(about):
            return None
        sum_is_place = any(label.place for label in columns.values())
        names = [row[place] for row in body if place is not None and place < len(row)]
        of_country = any((label := labels.read(name, page)) and label.place for name in names)
        grid = cls(
            columns,
            place,
            smaller,
            day,
            kinds,
            default,
            page,
            body,
            size,
            sum_is_place,
            of_country,
            frozenset(),
        )
        grid.partial = frozenset(at for at in columns if grid._is_partial(at))
        return grid

    def _is_partial(self, at: int) -> bool:
        if self.place is None:
            return False
        listed, total = 0, None
        places = set[str]()
        for row in self.body:
            number = _number(row[at]) if at < len(row) else None
            name = row[self.place] if self.place < len(row) else ""
            if _OTHER_PLACES.fullmatch(name):
                return False
            label = labels.read(name, None)
            if label and label.is_sum:
                total = number
            elif label and label.place and number is not None:
                places.add(label.place)
                listed += number
        return total is not None and listed == total and 1 < len(places) < _FEW_PLACES

    def read_row(self, cells: Sequence[str]) -> dict[tuple[dt.date | None, str | None], dict[str, int]]:
        """Numbers of a row by day and place; null where only the caption can say it."""

        def cell(at: int | None) -> str:
            return cells[at] if at is not None and at < len(cells) else ""

        found: dict[tuple[dt.date | None, str | None], dict[str, int]] = {}
        row = Label()
        summed = False
        if self.place is not None:
            label = labels.read(cell(self.place), self.page)
            is_home = bool(_HOME.fullmatch(cell(self.place)))
            if not is_home and (label is None or not (label.place or label.is_sum)):
                return {}
            if label is not None and not is_home:
                summed = label.is_sum and self.of_country
                row = Label(place=label.place)
        if (small := cell(self.smaller)) and not (
            _HOME.fullmatch(small) or ((label := labels.read(small, None)) and (label.is_sum or label.place))
        ):
            return {}
        if self.day is not None:
            text = f"{cell(self.day)}年" if re.fullmatch(r"20\d\d", cell(self.day)) else cell(self.day)
            when = labels.period(text, self.page)[0] or day_of(text, self.page)[0]
            if when is None:
                return {}
            row = replace(row, day=when)
        for at in self.kinds:
            label = labels.read(cell(at), self.page)
            if label is None or label.is_sum:
                return {}
            row = row.over(label)
        is_known = 0 in (self.place, self.day, self.smaller) or 0 in self.columns
        if not self.kinds and not is_known and cell(0):
            if (label := labels.read(cell(0), self.page)) is not None and not label.is_sum:
                row = row.over(label)
            elif self.place is None and self.day is None:
                return {}
        if row.is_new and row.register is None and self.before is not None:
            row = replace(row, register=self.before)  # `其中：新增` is of the row before
        self.before = row.register
        before: Label | None = None
        for at, column in self.columns.items():
            number = _number(cell(at))
            if number is None:
                continue
            said = column.over(row).over(Label(register=None))
            if said.register is None and said.is_new and before is not None:
                said = replace(said, register=before.register)  # `其中新增` is of the column before
            said = said.over(self.about)
            before = said
            place = said.place
            if column.is_sum:
                if self.sum_is_place and row.place is None:
                    place = NATIONAL
                elif column.register is None and row.register is None and self.about.register is None:
                    continue
                elif len(self.columns) > 1 and any(c.register for c in self.columns.values()):
                    continue  # the sum of both registers
            if summed:
                if at in self.partial:
                    continue
                place = NATIONAL
            if said.register is None:
                continue
            values = found.setdefault((said.day, place), {})
            values.setdefault(_field(said), number)
            if added := re.search(r"新增(\d{1,5})", cell(at)):  # `748款（2025年新增446款）`
                values.setdefault(_field(replace(said, is_new=True)), int(added[1]))
        return {key: values for key, values in found.items() if values}


def _is_one_each(body: list[list[str]], place: int | None) -> bool:
    """Whether each row is of a province of its own."""
    if place is None:
        return False
    said = [labels.read(row[place], None) if place < len(row) else None for row in body]
    named = [label.place for label in said if label and not label.is_sum]
    return len(named) > 1 and None not in said and None not in named and len(set(named)) == len(named)


def _field(said: Label) -> str:
    if said.is_new:
        return "new_registered" if said.register == "registered" else "new_in_period"
    return "total_registered" if said.register == "registered" else "total_filed"


def _number(cell: str) -> int | None:
    match = _NUMBER.fullmatch(cell.strip().strip("*"))
    return int(re.sub(r"\D", "", match[1])) if match else None


def _header(rows: list[list[str]], page: dt.date | None) -> tuple[list[str], int]:
    """The header, two rows of it put together; size 0 where the first row is data."""
    first = list(rows[0])
    if any(
        _number(cell) is not None and len(cell) < 6 and not re.fullmatch(r"20\d\d", cell) for cell in first
    ):
        return [], 0
    second = rows[1] if len(rows) > 2 else []
    if len(second) == len(first) and len([c for c in second if c]) > 1:
        for at in range(1, len(first)):
            first[at] = first[at] or first[at - 1]  # a merged cell left empty
        below = [b if b != a else "" for a, b in zip(first, second, strict=True)]
        said = [bool(labels.read(b, page)) for b in below if b and not _is_beside(b)]
        is_header = not any(_number(b) is not None for b in below) and 2 * sum(said) >= max(len(said), 1)
        if is_header and len(set(first)) < len(first):
            return [f"{a} {b}".strip() for a, b in zip(first, below, strict=True)], 2
    return list(rows[0]), 1


def _register_of(about: str) -> labels.Register | None:
    """The register a caption speaks of; filings where it names both."""
    said = kind_said(about)
    if said == "registration":
        return "registered"
    return "filed" if re.search(r"备案|fil(?:ed|ing)|approv", about, re.I) else None


def _day_rank(name: str) -> int | None:
    text = english_words(name) or re.sub(r"\s", "", name)
    return next((rank for rank, pattern in enumerate(_DAYS) if pattern.fullmatch(text)), None)


def _is_place_name(name: str) -> bool:
    text = re.sub(r"\s", "", name).replace("(", "（").replace(")", "）")
    return bool(_PLACE.fullmatch(text) or _PLACE_ENGLISH.fullmatch(english_words(name) or "-"))


def _is_beside(name: str) -> bool:
    text = english_words(name) or re.sub(r"\s", "", name)
    return not text or bool(_BESIDE.fullmatch(re.sub(r"（.*|\(.*", "", text) or text))


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row names a column of places, days or registers and one that counts, or two days."""
    names = [cell for cell in cells if cell.strip()]
    is_of = [_is_place_name(n) or _day_rank(n) is not None or bool(_KIND.fullmatch(n)) for n in names]
    said = [label for n in names if (label := labels.read(n, None))]
    return any(is_of) and (
        any(label.counts for label in said) or sum(label.day is not None for label in said) > 1
    )


def is_named(cell: str) -> bool:
    label = labels.read(cell, None)
    return (
        (label is not None and label.counts)
        or _is_place_name(cell)
        or _day_rank(cell) is not None
        or bool(_KIND.fullmatch(cell))
    )


# --- JSON -----------------------------------------------------------------------------------------------------------

_TITLES = re.compile(
    r"title|name|label|source|topic|subject|description|desc|dataset|caption|publisher|issuer|office|author(?:ity)?"
    r"|标题|名称|来源|主题|数据来源|说明|描述|表名|(?:发布|公布|公告|发文)?(?:单位|机构|部门|机关|主体)|办公室|网信办"
)


_ABOUT_ALL = ("meta", "metadata", "info", "head", "元数据")
"""Keys of an object that speaks of those beside it."""


def context_of(content: Mapping[str, Any], context: Context) -> Context:
    """The context of what an object holds: its day, and the province it is of, by a field of its own or by its title."""
    if (found := day_of_object(content)) is not None:
        context = replace(context, date=found)
    for key in _ABOUT_ALL:
        if isinstance(inner := content.get(key), dict):
            context = context_of(inner, context)
    options = dict(context.options)
    for key, value in content.items():
        name = english_words(key) or key
        if isinstance(value, str) and _is_place_name(key) and (place := _scope(value)):
            options["scope"] = place
        elif isinstance(value, str) and _TITLES.fullmatch(name):
            named = {place for _, place in marks_of(value, None)}
            if len(named) == 1 and (place := named.pop()):
                options.setdefault("scope", place)
            if _OURS.search(value) or _OTHERS.search(value):
                options["about"] = f"{options.get('about', '')} {value}".strip()
    return replace(context, options=options)


def day_of_object(content: Mapping[str, Any]) -> dt.date | None:
    """The day an object gives for what it holds."""
    ranked = sorted(
        (rank, at, value)
        for at, (key, value) in enumerate(content.items())
        if isinstance(value, str) and (rank := _day_rank(key)) is not None
    )
    for _, _, value in ranked:
        found = day_of(value, None)[0] or labels.period(value, None)[0]
        if found:
            return found
    return None


def _scope(text: str) -> str | None:
    label = labels.read(text, None)
    return NATIONAL if label and label.is_sum else label.place if label else None


def read_json(
    content: Any, context: Context, is_row: Callable[[Mapping[str, Any]], bool]
) -> Iterator[FilingCount]:
    """Each number under what the keys that lead to it and the fields beside it say. `is_row` tells an object that is a
    service, whose fields count nothing."""
    counts = _Counts(is_ours=bool(_EVIDENCE.search(json.dumps(content, ensure_ascii=False))))
    _walk(content, "$", Label(), context, counts, is_row, context.date)
    yield from counts.all()


def _walk(
    content: Any,
    path: str,
    said: Label,
    context: Context,
    counts: _Counts,
    is_row: Callable[[Mapping[str, Any]], bool],
    page: dt.date | None,
) -> None:
    if isinstance(content, list):
        for at, value in enumerate(content):
            _walk(value, f"{path}[{at}]", said, context, counts, is_row, page)
        return
    if not isinstance(content, dict) or is_row(content):
        return
    context = context_of(content, context)
    about = str(context.options.get("about", ""))
    if _is_of_others(f"{about} {path}"):
        return
    if (own := day_of_object(content)) is not None:
        said = replace(said, day=own)
    for key, value in content.items():
        is_placed = isinstance(value, str) and (
            _is_place_name(key) or _TITLES.fullmatch(english_words(key) or key)
        )
        if is_placed and (place := _scope(value)):
            said = replace(said, place=place)
        elif isinstance(value, str) and _KIND.fullmatch(english_words(key) or key):
            label = labels.read(value, page)
            said = label.over(said) if label else said
    if (point := _indicator(content, page)) is not None:
        series: list[_Point] | None = [point]
    else:
        series = _series(content, page)
    if series is not None:
        for point in series:
            full = point.label.over(said).over(Label(register=_register_of(about)))
            when = full.day or context.date
            where = full.place or str(context.options.get("scope") or NATIONAL)
            if full.register is not None and when is not None:
                counts.add(when, where, {_field(full): point.number}, point.quote, path)
        return
    has_rows = any(
        isinstance(value, list) and value and isinstance(value[0], dict) for value in content.values()
    )
    numbers: dict[str, int] = {}
    previous: Label | None = None
    for key, value in content.items():
        label = labels.read(str(key), page)
        if isinstance(value, dict | list):
            inner = label.over(said) if label and not label.is_sum else said
            _walk(value, f"{path}.{key}", inner, context, counts, is_row, page)
            continue
        number = None if isinstance(value, bool) else _number(str(value)) if value is not None else None
        if number is None or label is None or _day_rank(str(key)) is not None:
            continue
        if has_rows and label.register is None:
            continue  # how many rows a page of the list has
        if label.is_sum:
            if said.register is None:
                continue
            label = Label(place=NATIONAL if _holds_places(content) else None, is_new=said.is_new)
        full = label.over(said)
        if full.register is None and full.is_new and previous is not None:
            full = replace(full, register=previous.register)
        if full.register is None and (label.place or label.day or full.place) and not has_rows:
            full = replace(full, register=_register_of(about) if about else None)
        if full.register is None:
            continue
        if (
            full.register == "registered"
            and label.register
            and not _OURS_BESIDE.search(f"{path} {about} {' '.join(content)}")
        ):
            continue
        previous = full
        day = full.day or context.date
        place = full.place or str(context.options.get("scope") or NATIONAL)
        if day is not None:
            quote = f"{key}: {value}"
            numbers[quote] = number
            counts.add(day, place, {_field(full): number}, quote, path)


@dataclass(frozen=True, slots=True)
class _Point:
    label: Label
    number: int
    quote: str


_INDICATOR = re.compile(r"name|label|title|indicator|metric|指标|名称|项目")
_VALUE = re.compile(r"value|count|num|number|total|amount|数值|数量|值|数据")


def _indicator(content: Mapping[str, Any], page: dt.date | None) -> _Point | None:
    """The number of an object that says itself what it counts: `{"label": "累计完成备案", "value": 302}`."""
    named = [str(value) for key, value in content.items() if _INDICATOR.fullmatch(key.lower()) and value]
    values = [value for key, value in content.items() if _VALUE.fullmatch(key.lower())]
    label = labels.read(named[0], page) if len(named) == 1 else None
    number = _number(str(values[0])) if len(values) == 1 and not isinstance(values[0], bool) else None
    if label is None or label.register is None or number is None:
        return None
    told = [labels.stated(str(v), page) for v in content.values() if isinstance(v, str)]
    day = label.day or next((day for day in told if day), None)
    return _Point(replace(label, day=day), number, f"{named[0]}: {values[0]}")


def is_indicator(content: Mapping[str, Any]) -> bool:
    return _indicator(content, None) is not None


def _series(content: Mapping[str, Any], page: dt.date | None) -> list[_Point] | None:
    """The numbers of a chart: a list of days or of places, and lists of numbers as long (`{"x": […], "series": [{"name": …,
    "data": […]}]}`); null for another object."""
    lists: list[tuple[str, list[Any]]] = []
    for key, value in content.items():
        for one in value if isinstance(value, list) and value and isinstance(value[0], dict) else [value]:
            if isinstance(one, list):
                lists.append((str(key), one))
            elif isinstance(one, dict):
                name = next(
                    (v for v in one.values() if isinstance(v, str) and labels.read(v, page)), str(key)
                )
                lists += [(name, inner) for inner in one.values() if isinstance(inner, list)]
    axis: list[Label] = []
    for _, values in lists:
        said = [labels.read(value, page) if isinstance(value, str) else None for value in values]
        if len(values) > 1 and all(label and (label.day or label.place) for label in said):
            axis = [label for label in said if label]
            break
    found = [
        _Point(label.over(at), number, f"{key}: {number}")
        for key, values in lists
        if len(values) == len(axis) and (label := labels.read(key, page) or Label(is_number=True)).counts
        for at, number in zip(axis, values, strict=True)
        if isinstance(number, int) and not isinstance(number, bool)
    ]
    return found or None


_OURS_BESIDE = re.compile(
    r"备案|登记|fil(?:ed|ing)|AI|model|service|app|registration|beian|dengji|模型|生成式"
)
"""`registered` alone may be of users or firms: a word of ours stands beside it."""


def _holds_places(content: Mapping[str, Any]) -> bool:
    return any(province_of(str(key)) for key in content)
