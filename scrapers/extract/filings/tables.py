"""Tables and JSON copies of the registers to filings; `tallies` reads those that hold totals.

Columns are found by the words of their header, never by position alone; a page without a header goes on with the one
before. What the number, the header and the title say of the register is weighed in this order.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from scrapers.documents import Context, Document, Table
from scrapers.extract.filings import flat, scopes, tallies
from scrapers.extract.filings.grammar import (
    ALGORITHM,
    CENTRAL,
    NUMBER,
    Kind,
    day_of,
    is_entity,
    province_of,
    province_of_algorithm,
    province_of_number,
    tight,
    whole_numbers,
)
from scrapers.extract.filings.headers import column_named, kind_said
from scrapers.extract.filings.topics import is_topic
from scrapers.issues import Issue
from scrapers.lexicon import places
from scrapers.records import Filing, Ground, Record

_APPROVED = re.compile(
    r"(?:✅|✔|✓|☑|√|[Yy]es$|是|有|(?:已|均已|已经)?(?:通过|完成|获得?)?(?:国家|网信办)?(?:备案|登记)|(?:已|均已)?(?:通过|完成|获批)|第[一二三四五]批|首批)"
)
_REFUSED = re.compile(
    r"未|否|无|没|❌|✗|×|不|待|尚|暂|申请|[审核查理估备]中|进行中|初审|复审|补正|退回|撤回|驳回|注销|^[-—/]*$|pending|review|reject|withdraw",
    re.I,
)
_DONE = re.compile(
    r"已(?:正式)?(?:通过|完成|备案|登记|获批|取得|上线)|(?:备案|登记)(?:已)?(?:通过|完成)|approved|filed|registered",
    re.I,
)
"""What a cell may say of an approval: by its beginning, of what is not done, and of what surely is
(`登记已完成（2025-12-19）`)."""
_SAYS_ENGLISH = re.compile(r"approv|(?<!un)\breg(?:ist|\. no)|\bfil(?:ed|ing)", re.I)
_STRAY = re.compile(
    rf"司(?:{'|'.join(sorted({p.name[:2] for p in places.all_places() if p.level in ('province', 'city')}))})"
)
"""A firm may well begin with 司 (司南): the letter is stray where a place follows, with which most firms begin."""
_ABOUT_REGISTERS = re.compile(r"备案|登记|获批|上线编号|filing|filed|registr|approved|beian|dengji", re.I)
_SECTION = re.compile(
    r"(?:[（(]?[一二三四五六1-6][）)、.．]\s*)?(?:20\d\d年(?:\d{1,2}月)?)?(?:[\u4e00-\u9fff]{2,4}[省市])?"
    r"(?:新增|已|完成|通过|生成式人工智能|大模型|服务|应用|或|功能|产品|的|信息|清单|名单|类|部分|手机|终端|端侧|备案|登记)+(?:[（(：:].*)?"
)
"""A row that only says which register the rows below it are of."""
_OTHER_NUMBER = re.compile(r"ICP|网安备|[A-Z]备|[药械食]准?字|许可证|^(?!.*网信算备)[^-]*\d[^-]*$")
"""A number of another register: 京ICP备…, a drug's, or any without the hyphens of ours."""
_OTHER_LIST = re.compile(
    r"参数|价格?|单价|上下文|[得评]分|榜|月活|下载|开源|^发布|parameter|price|context|score|downloads|金额|万元"
)
"""Columns of other lists of models, which a title on approvals does not make one of them."""
_CODE_OBJECT = re.compile(r"\{[^{}]{3,2000}\}")
_BASE = re.compile(r"调用|所用|基座|底座|接入|依托|底层|\bbase|underlying", re.I)
"""In the name of a column that is of the filed model an app calls."""
_NOT_ITS_DAY = re.compile(
    r"更新|公布|发布|创建|抓取|采集|提交|申请|受理|成立|上架|开始|updat|creat|publish|crawl|submit|appl|found|establish|releas|launch",
    re.I,
)
_NOT_ITS_ENTITY = re.compile(r"基座|底座|调用|主管|机关|审批|平台|author|base|office", re.I)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which column is which, and the register the table belongs to."""

    columns: dict[str, int]
    width: int
    kind: Kind
    says_approved: bool = True
    """Whether the table is a list of what was approved; if not, a row must say so itself."""
    place: str | None = None
    """The province of all rows, where no column says it."""
    today: dt.date | None = None
    """The day before which days without a year lie."""


def read(document: Document, context: Context) -> Iterator[Record | Issue]:
    """The rows of the document's tables, page after page; a row that a page break cut is put together."""
    layout: _Layout | None = None
    pending: tuple[list[str], _Layout, str] | None = None
    found = document.tables or list(
        flat.find(
            whole_numbers(document.raw_text),
            lambda cells: _columns(cells) is not None or tallies.is_header(cells),
            _is_named,
            _is_named,
            tallies.is_named,
        )
    )
    tables = [part for table in found for part in _by_register(_upright(_of_pairs(table)))]
    title = document.title or ""
    about = bool(_ABOUT_REGISTERS.search(f"{title} {document.text}"))
    home = scopes.local_place(document, context)
    for table in tables:
        width = max(map(len, table.rows), default=0)
        if layout is not None and layout.width != width:
            layout = None
        heading = table.context
        is_ours = about or any(map(_holds_number, table.rows))
        words = heading if is_topic(heading) else f"{title} {heading}".strip()
        no_header = layout is None and (columns := _by_content(table.rows)) is not None
        if no_header:
            layout = _Layout(columns or {}, width, _kind([], words))
            layout = _of_table(layout, heading, title, home, context)
        for position, cells in enumerate(table.rows):
            locator = _locator(table, position)
            if no_header and position == 0 and not _holds_number(cells):
                continue  # a header in words of its own
            columns = _columns(cells)
            if columns is not None:
                layout = None
                if is_ours or _ABOUT_REGISTERS.search("".join(cells) + heading):
                    columns = _by_cells(columns, cells, table.rows[position + 1 :])
                    says_approved = _approves(columns, cells, words)
                    layout = _Layout(columns, len(cells), _kind(cells, words), says_approved)
                    layout = _of_table(layout, heading, title, home, context)
                continue
            if (section := _section(cells, position, layout)) is not None:
                heading = words = section
                if layout is not None and (kind := kind_said(heading)) is not None:
                    if pending is not None:
                        yield from _row(*pending, context)
                        pending = None
                    layout = replace(layout, kind=kind, says_approved=True)
                continue
            if layout is None or not any(cells):
                continue
            if pending is not None and _goes_on(cells, pending[0], layout):
                pending = ([a + b for a, b in zip(pending[0], cells, strict=True)], layout, pending[2])
                continue
            if pending is not None:
                yield from _row(*pending, context)
            pending = (list(cells), layout, locator)
        if pending is not None and table is tables[-1]:
            yield from _row(*pending, context)
            pending = None
    if pending is not None:
        yield from _row(*pending, context)
    for table in found:
        yield from tallies.read(table, document, context)


def _of_table(layout: _Layout, heading: str, title: str, home: str | None, context: Context) -> _Layout:
    """The layout with what the words above the table say of all its rows: their province and year."""
    is_own = is_topic(heading) or province_of(heading) is not None
    named = {place for _, place in scopes.marks_of(heading, None)} if is_own else set()
    place = named.pop() if len(named) == 1 else None if named else home
    year = re.search(r"(?<!\d)20\d\d(?=年)", heading) or re.search(r"(?<!\d)20\d\d(?=年)", title)
    return replace(
        layout,
        place=None if place in (scopes.NATIONAL, "") or "province" in layout.columns else place,
        today=tallies.page_of(year[0] if year else None, context.date),
    )


def _section(cells: Sequence[str], position: int, layout: _Layout | None) -> str | None:
    """The text of a row that is a title for those below it: merged over the table, or alone in its row."""
    texts = {cell.strip() for cell in cells if cell.strip()}
    if len(texts) != 1:
        return None
    text = texts.pop()
    is_merged = len(cells) > 2 and sum(bool(cell.strip()) for cell in cells) > 1
    if is_merged and _is_heading(text):
        return text
    if layout is None and position < 3 and len(text) > 4:
        return text
    return text if _SECTION.fullmatch(text) else None


def _of_pairs(table: Table) -> Table:
    """A table with several names of fields in a row, each before what it holds, with one in each row."""
    named = [[column_named(cell) is not None for cell in row] for row in table.rows]
    if not all(len(row) > 2 and len(row) % 2 == 0 for row in table.rows) or not all(
        all(flags[0::2]) and not any(flags[1::2]) for flags in named
    ):
        return table
    pairs = [[row[at], row[at + 1]] for row in table.rows for at in range(0, len(row), 2)]
    return replace(table, rows=pairs, row_locators=[table.locator] * len(pairs))


def _by_register(table: Table) -> list[Table]:
    """A table that has an algorithm and a model in each row (算法名称, 算法备案号, 大模型名称, 大模型备案号), as a table of each."""
    header = table.rows[0] if table.rows else []
    told = [column_named(cell) in ("model", "number") for cell in header]
    of_algorithms = [at for at, cell in enumerate(header) if told[at] and cell.strip().startswith("算法")]
    of_models = [at for at in range(len(header)) if told[at] and at not in of_algorithms]
    if not all(
        {column_named(header[at]) for at in columns} == {"model", "number"}
        for columns in (of_algorithms, of_models)
    ):
        return [table]
    return [
        replace(table, rows=[[cell for at, cell in enumerate(row) if at not in others] for row in table.rows])
        for others in (of_models, of_algorithms)
    ]


def _upright(table: Table) -> Table:
    """A table whose first column holds the names of its columns, turned; one of two columns may hold records below each
    other. Another table as it is."""
    if len(table.rows) < 2 or any(_columns(row) for row in table.rows):
        return table
    names = [row[0] if row else "" for row in table.rows]
    width = next((i for i, name in enumerate(names) if i and name == names[0]), len(names))
    header = names[:width]
    if len(names) % width or header * (len(names) // width) != names or _columns(header) is None:
        return table
    rows = [
        [row[column] if column < len(row) else "" for row in table.rows[start : start + width]]
        for start in range(0, len(names), width)
        for column in range(1, max(map(len, table.rows)))
    ]
    if not any(is_entity(c) or NUMBER.match(tight(c)) for row in rows for c in row):
        return table  # a description of columns
    locators = [f"{table.locator} record {number}" for number in range(1, len(rows) + 1)]
    return replace(table, rows=[header, *rows], row_locators=[table.locator, *locators])


def _is_named(cell: str) -> bool:
    return column_named(cell) is not None or tallies.is_named(cell)


def _locator(table: Table, position: int) -> str:
    if position < len(table.row_locators):
        return table.row_locators[position]
    return f"{table.locator} row {position + 1}"


def _is_heading(text: str) -> bool:
    return bool(re.search(r"备案|登记|清单|信息|名单|公告|附件|端侧", text))


def _goes_on(cells: Sequence[str], before: Sequence[str], layout: _Layout) -> bool:
    """Whether a row is the rest of the one before, cut by a page break: it has neither a serial nor a whole number of
    its own, and does not stand alone."""
    if "serial" not in layout.columns or len(cells) != len(before):
        return False
    if max(layout.columns.values()) >= len(cells):
        return False  # a line that lost some of its cells
    serial, number = layout.columns["serial"], layout.columns.get("number")
    if cells[serial].strip() or not before[serial].strip():
        return False
    whole = number is not None and bool(
        NUMBER.match(tight(cells[number])) or ALGORITHM.search(tight(cells[number]))
    )
    blank = sum(not cell.strip() for cell in cells)
    return not whole and blank >= 2


def _columns(cells: Sequence[str]) -> dict[str, int] | None:
    """The columns of a header row; null when the row is none (a data row names at most one of them by chance)."""
    found: dict[str, int] = {}
    own = {column_named(cell) for cell in cells if not _BASE.search(cell)}
    for index, cell in enumerate(cells):
        if _BASE.search(cell) and column_named(cell) in own:
            continue  # of the model that an app calls
        is_algorithm = cell.strip() == "算法名称"  # outweighs the column of the model it belongs to
        name = column_named(cell, () if is_algorithm else found.keys() - {"number"})
        if name == "number" and "number" in found:
            name = "other number"
        if name is not None and (name not in found or is_algorithm):
            found[name] = index
    if (
        "date" in found
        and "status" in found
        and re.match(r"发布|上线|推出|开源|releas|launch", cells[found["date"]], re.I)
    ):
        del found["date"]  # of the model, not of its approval
    if "model" not in found and "product" in found:
        found["model"] = found.pop("product")
    has_identity = "model" in found and ({"entity", "number", "serial", "date", "status"} & set(found))
    if "model" not in found and {"entity", "number"} <= found.keys() and cells.count("名称") == 1:
        found["model"] = cells.index("名称")
    is_data = any(NUMBER.match(tight(cell)) or ALGORITHM.search(cell) for cell in cells)
    return found if has_identity and len(found) >= 2 and not is_data else None


def _by_cells(
    columns: dict[str, int], header: Sequence[str], rows: Sequence[Sequence[str]]
) -> dict[str, int]:
    """The columns a header names, with those that only what stands in them tells: numbers under 编号 or `id`, the register
    under 类型, days and firms under a name that is not known. Rows are those up to the next header."""
    body = list(takewhile(lambda row: _columns(row) is None, rows))
    cells = [[row[i].strip() for row in body if i < len(row) and row[i].strip()] for i in range(len(header))]

    def holds(name: str, at: int) -> bool:
        least = 0.5 if name == "number" else 0.8  # a number may be cut or missing
        return sum(map(_CONTENT[name], cells[at])) > least * len(cells[at]) - 0.01 and bool(cells[at])

    found = dict(columns)
    if "kind" in found and not any(map(kind_said, cells[found["kind"]])):
        del found["kind"]
    if "number" not in found or not any(map(_CONTENT["number"], cells[found["number"]])):
        at = next((i for i in range(len(header)) if i != found["model"] and holds("number", i)), None)
        if at is not None:
            found = {name: i for name, i in found.items() if i != at}
            found["number"] = at
    unsure = {"date": _NOT_ITS_DAY, "province": None, "entity": _NOT_ITS_ENTITY}
    for name, other in unsure.items():
        if name not in found:
            free = [i for i in range(len(header)) if i not in found.values() and holds(name, i)]
            at = next((i for i in free if other is None or not other.search(header[i])), None)
            if at is not None:
                found[name] = at
    return found


def _by_content(rows: Sequence[Sequence[str]], *, one_is_enough: bool = False) -> dict[str, int] | None:
    """The columns of rows that have no header, by what stands in them; the text left over is the name. Null where a header
    is among the rows or hardly one has a whole number."""
    if len(rows) < (1 if one_is_enough else 2) or any(_columns(row) is not None for row in rows):
        return None
    if len(rows) > 1 and not _holds_number(rows[0]):
        rows = rows[1:]
    width = max(map(len, rows))
    cells = [[row[i].strip() for row in rows if i < len(row) and row[i].strip()] for i in range(width)]
    found: dict[str, int] = {}
    for name, fits in _CONTENT.items():
        for index, column in enumerate(cells):
            if (
                index not in found.values()
                and 2 * len(column) >= len(rows)
                and sum(map(fits, column)) >= 0.8 * len(column)
            ):
                found[name] = index
                break
    rest = [i for i, column in enumerate(cells) if i not in found.values() and 2 * len(column) >= len(rows)]
    return {**found, "model": rest[0]} if "number" in found and rest else None


def _holds_number(cells: Sequence[str]) -> bool:
    return any(map(_CONTENT["number"], cells))


_CONTENT: dict[str, Callable[[str], bool]] = {
    "number": lambda cell: bool(NUMBER.match(tight(cell)) or ALGORITHM.fullmatch(tight(cell))),
    "date": lambda cell: len(cell) <= 24 and day_of(cell, None)[0] is not None,
    "serial": str.isdigit,
    "province": lambda cell: province_of(cell) is not None,
    "kind": lambda cell: len(cell) <= 8 and kind_said(cell) is not None,
    "entity": is_entity,
}
"""What the cells of a column look like, the surest first."""


def _approves(columns: Container[str], header: Sequence[str], title: str) -> bool:
    """Whether the header or the line above a table says that its rows were approved."""
    return (
        "number" in columns
        or "kind" in columns
        or any(re.search(r"备案|登记|算法名称", cell) and column_named(cell) != "status" for cell in header)
        or (is_topic(title) and not any(map(_OTHER_LIST.search, header)))
        or _SAYS_ENGLISH.search(" ".join([title, *header])) is not None
    )


def _kind(header: Sequence[str], heading: str) -> Kind:
    text = "".join(header)
    if "算法名称" in text or "algorithm" in text.lower():
        return "deep_synthesis_algorithm"
    if re.search(r"\breg(?:istration|\.) no", text, re.I) and not re.search(
        r"\bfiling no|\brecord no", text, re.I
    ):
        return "registration"  # a number like those of filings outweighs it
    if "端侧" in heading or "适用" in text:
        return "on_device_filing"
    if "上线编号" in text and "备案" in text:
        return "filing"  # both registers in one table: the number of each row tells
    if "上线编号" in text or "登记" in text or ("登记" in heading and "备案" not in heading):
        return "registration"
    return "filing"


_BROKEN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
"""A line end inside a name: `云上传媒 集团有限公司`."""


def _row(cells: Sequence[str], layout: _Layout, locator: str, context: Context) -> Iterator[Record | Issue]:
    row = _Cells(cells, layout)
    printed = " | ".join(cells)
    number, other = row.numbers()
    if other and (NUMBER.match(other) or ALGORITHM.search(other)):
        # one service in two registers: a row of its own for each
        single = replace(layout, columns={**layout.columns, "number": layout.columns["other number"]})
        del single.columns["other number"]
        yield from _row(cells, single, locator, context)
    approval = row.approval(number)
    if approval is None:
        return
    number, status, is_done = approval
    model, entity = row.cell("model"), row.cell("entity")
    said = kind_said(row.cell("kind")) or kind_said(status)
    if (not number and not layout.says_approved and not status and not said) or _OTHER_NUMBER.search(number):
        return
    if not model or (not number and not entity and not status):
        yield Issue(level="warning", code="row-not-read", locator=locator, message=printed[:200])
        return
    if re.fullmatch(r"(?:合计|总计|小计).{0,8}", row.cell("serial") or model):
        return
    match = NUMBER.match(number)
    kind = _kind_by_number(number, said or layout.kind)
    if number and not match and not ALGORITHM.search(number):
        yield Issue(
            level="warning", code="number-cut", locator=locator, message=f"{number}: not a whole number"
        )
    model, entity, correction = _in_order(model, entity, kind)
    day = row.cell("date")
    date, late = day_of(day or (status if is_done else ""), layout.today or context.date)
    if day and date is None:
        yield Issue(level="warning", code="no-date", locator=locator, message=f"{day}: not a date")
    prefix = province_of_number(match[1]) if match else None
    province = (
        province_of(row.cell("province"))
        or prefix
        or province_of_algorithm(number)
        or layout.place
        or province_of(str(context.options.get("scope", "")))
    )
    if prefix and province and prefix != province and province != CENTRAL:
        yield Issue(
            level="info",
            code="prefix-differs",
            locator=locator,
            message=f"{number}: the place printed is {province}",
        )
    serial = re.sub(r"\D", "", row.cell("serial"))
    remark = row.cell("remark")
    ended = row.cell("cancelled") or next((said for said in (remark, status) if "注销" in said), "")
    yield Filing(
        kind=kind,
        model_name=model,
        entity_name=entity or None,
        province=province,
        filing_number=number or None,
        filed_date=date,
        serial=int(serial) if serial else None,
        use_case=row.cell("use_case") or None,
        role=row.cell("role") or None,
        product=row.cell("product") or None,
        is_late_registration=late,
        cancelled_date=_ended(ended, context.date) if ended else None,
        printed=printed if correction else None,
        note=correction or (remark or None),
        ground=Ground(quote=printed, locator=locator),
    )


@dataclass(frozen=True, slots=True)
class _Cells:
    """One row by the names of its columns."""

    cells: Sequence[str]
    layout: _Layout

    def cell(self, name: str) -> str:
        index = self.layout.columns.get(name)
        text = self.cells[index].strip() if index is not None and index < len(self.cells) else ""
        text = re.sub(r"\s+(?=[（）])|(?<=[（）])\s+|[①-⑳]$", "", text)
        return text if is_entity(text.split(" ")[0]) else _BROKEN.sub("", text)

    def _printed_numbers(self) -> list[str]:
        return [tight(self.cell(name)) for name in ("number", "other number")]

    def numbers(self) -> tuple[str, str]:
        """The number of a row and that of a second register; empty where it has none."""
        told = [n for n in self._printed_numbers() if re.search(r"\w", n) and n != "无"]
        number, *others = dict.fromkeys(told or [""])
        return number, others[0] if others else ""

    def approval(self, number: str) -> tuple[str, str, bool] | None:
        """The number, what the status says, and whether it says that an approval is done; null for a service without one."""
        status = self.cell("status")
        # a word instead of a number: the service has none yet, unless the row says or dates its approval
        no_number = [
            w for w in self._printed_numbers() if w and not re.search(r"\d", w) and _REFUSED.search(w)
        ]
        if (
            no_number
            and not re.search(r"\d", number)
            and not self.cell("date")
            and not _APPROVED.match(status)
        ):
            return None
        number = "" if number in no_number else number
        if not number and NUMBER.match(tight(status)):
            number, status = tight(status), ""
        is_done = bool(_DONE.search(status) and not re.search("未|尚|退|撤|驳", status))
        is_refused = _REFUSED.search(status) or not _APPROVED.match(status)
        if not number and "status" in self.layout.columns and not is_done and is_refused:
            return None
        return number, status, is_done


def _kind_by_number(number: str, otherwise: Kind) -> Kind:
    """The register of a row: its number's, which outweighs what the table says."""
    if match := NUMBER.match(number):
        if match[4] == "S":
            return "registration"
        return "filing" if otherwise == "registration" else otherwise
    return "deep_synthesis_algorithm" if ALGORITHM.search(number) else otherwise


def _in_order(model: str, entity: str, kind: Kind) -> tuple[str, str, str | None]:
    """Model and entity where they belong, and what was put right."""
    correction = None
    is_turned = entity and not is_entity(entity) and is_entity(model) and len(model) > 5
    if is_turned and kind != "deep_synthesis_algorithm":
        model, entity, correction = entity, model, "model and entity stood in each other's column"
    if _STRAY.match(entity) and is_entity(entity):
        entity, correction = entity[1:], "a 司 of the row above stood before the entity"
    return model, entity, correction


def _ended(text: str, page_day: dt.date | None) -> dt.date | None:
    """The day a row ended: the one printed, else the notice's own when it lies in the month printed."""
    if (found := day_of(text, page_day)[0]) is not None:
        return found
    month = re.search(r"(20\d\d)年(\d{1,2})月", text)
    if page_day is not None and (
        month is None or (int(month[1]), int(month[2])) == (page_day.year, page_day.month)
    ):
        return page_day
    return None


# --- JSON copies ---------------------------------------------------------------------------------------------------


def json_of(document: Document) -> Any:
    """The content of a JSON file, or the objects of one that was cut or of a text that is mostly objects; null for another
    document."""
    text = document.raw_text or document.text
    if document.media_type == "application/json":
        try:
            return json.loads(text)
        except ValueError:
            return _objects_in(text)[0] or None
    if document.media_type == "text/plain" and (opened := text.find("{")) >= 0 and text.count('"') > 3:
        objects, length = _objects_in(text[opened:])
        return objects if 2 * length > len(text) else None
    return None


def _objects_in(text: str) -> tuple[list[Any], int]:
    """The whole JSON objects of a text, and how many of its letters they take."""
    decoder, found, at, length = json.JSONDecoder(), [], text.find("{"), 0
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except ValueError:
            value, end = _of_code(text, at)
        if value is not None:
            found.append(value)
            length += end - at
        at = text.find("{", end)
    return found, length


def _of_code(text: str, at: int) -> tuple[Any, int]:
    """The object that begins at `at` as code has it, keys bare and commas trailing; null for none."""
    written = _CODE_OBJECT.match(text, at)
    if written is None:
        return None, at + 1
    words = written[0] if '"' in written[0] else written[0].replace("'", '"')
    words = re.sub(r",\s*}$", "}", re.sub(r"([{,]\s*)([A-Za-z_]\w*)\s*:", r'\1"\2":', words))
    try:
        return json.loads(words), written.end()
    except ValueError:
        return None, at + 1


def read_json(content: Any, context: Context) -> Iterator[Record | Issue]:
    """Lists of objects or of rows, however deep, each under the day, the province and the register of the object that holds
    it; then the totals."""
    yield from _lists(content, "$", context, None)
    yield from tallies.read_json(content, context, _is_service)


def _flattened(row: dict[str, Any]) -> dict[str, Any]:
    """A row whose fields stand in objects of their own, `{"entity": {"name": …}}`, with all of them beside each other."""
    flat: dict[str, Any] = {}
    for key, value in row.items():
        if not isinstance(value, dict) or any(isinstance(inner, dict | list) for inner in value.values()):
            flat[key] = value
            continue
        for inner, part in value.items():
            whole = f"{key} {inner}" if column_named(f"{key} {inner}") else inner
            flat.setdefault(f"{key} {inner}" if whole in flat else whole, part)
    return flat if _columns(list(flat)) is not None and _columns(list(row)) != _columns(list(flat)) else row


def _is_service(content: Mapping[str, Any]) -> bool:
    """Whether an object is a row of a register by its keys and by what they hold."""
    content = _flattened(dict(content))
    names = [str(key) for key in content]
    cells = [_text(value) for value in content.values()]
    columns = _columns(names)
    if columns is None or province_of(cells[columns["model"]]) or tallies.is_indicator(content):
        return False
    columns = _by_cells(columns, names, [cells])
    if "number" in columns:
        return True
    date = columns.get("date")
    is_count = date is not None and cells[date].isdigit() and not _CONTENT["date"](cells[date])
    holds_more = any(isinstance(value, list | dict) and value for value in content.values())
    return not holds_more and not is_count


def _lists(content: Any, path: str, context: Context, names: list[str] | None) -> Iterator[Record | Issue]:
    if isinstance(content, dict):
        context = tallies.context_of(content, context)
        numbered = {
            key: row
            for key, row in content.items()
            if isinstance(row, dict) and (NUMBER.match(key) or ALGORITHM.fullmatch(key))
        }
        if numbered:
            yield from _objects([{**row, "备案编号": key} for key, row in numbered.items()], path, context)
            content = {key: value for key, value in content.items() if key not in numbered}
        if (rows := _of_columns(content)) is not None:
            yield from _objects(rows, path, context)
            return
        if _is_service(content):
            yield from _objects([content], path, context)
        header = next(
            (
                content[key]
                for key in ("header", "headers", "columns", "fields", "表头", "head")
                if isinstance(content.get(key), list)
            ),
            None,
        )
        for key, value in content.items():
            if value is not header:
                yield from _lists(value, f"{path}.{key}", _under(str(key), context), header)
    elif isinstance(content, list) and content:
        if all(isinstance(row, dict) for row in content):
            yield from _objects(content, path, context)
        elif all(isinstance(row, list) for row in content):
            rows_of = [[_text(cell) for cell in row] for row in content]
            table = [[_text(n) for n in names], *rows_of] if names else rows_of
            known = _by_content(table)
            layout = _json_layout(known, [], rows_of, path, context) if known else None
            for at, cells in enumerate(table):
                if (columns := _columns(cells)) is not None:
                    layout = _json_layout(columns, cells, table[at + 1 :], path, context)
                elif layout is not None:
                    yield from _row(cells, layout, f"{path}[{at - bool(names)}]", context)


def _under(key: str, context: Context) -> Context:
    """The context of what stands under a key that names a province or a register."""
    options = dict(context.options)
    if place := province_of(key):
        options["scope"] = place
    if kind := kind_said(key):
        options["kind"] = kind
    return replace(context, options=options)


def _of_columns(content: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The rows of an object that holds a list for each column."""
    lists = {key: value for key, value in content.items() if isinstance(value, list)}
    sizes = {len(value) for value in lists.values()}
    if len(sizes) != 1 or _columns(list(lists)) is None or isinstance(next(iter(lists.values()))[:1], dict):
        return None
    return [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)]


def _json_layout(
    columns: dict[str, int], names: Sequence[str], rows: Sequence[Sequence[str]], path: str, context: Context
) -> _Layout:
    about = str(context.options.get("about", ""))
    columns = _by_cells(columns, names, rows) if names else columns
    kind: Any = context.options.get("kind") or _kind(names, about if kind_said(about) else path)
    said = _ABOUT_REGISTERS.search(f"{' '.join(names)} {path} {about}")
    return _Layout(columns, len(names), kind, "number" in columns or "kind" in columns or bool(said))


def _objects(rows: list[dict[str, Any]], path: str, context: Context) -> Iterator[Record | Issue]:
    """Objects by their own keys: one list may hold both registers under different names."""
    whole, rows = rows, [_flattened(row) for row in rows]
    layouts: dict[tuple[str, ...], _Layout | None] = {}
    for position, row in enumerate(rows):
        names = tuple(row)
        if names not in layouts:
            cells_of = [[_text(one[name]) for name in names] for one in rows if tuple(one) == names]
            known = _columns(names) if any(_is_service(one) for one in rows if tuple(one) == names) else None
            columns = known or _by_content(cells_of, one_is_enough=True)
            layouts[names] = (
                _json_layout(columns, names if known else [], cells_of, path, context) if columns else None
            )
        layout = layouts[names]
        if layout is None:
            yield from _lists(whole[position], f"{path}[{position}]", context, None)
        elif (
            _columns(cells := [_text(row[name]) for name in names]) is None
        ):  # a header taken for a row by the copy
            yield from _row(cells, layout, f"{path}[{position}]", context)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def strings(content: Any) -> Iterator[tuple[str, str | None, str]]:
    """Path, title of the object around and text of each string of a JSON copy that may be news of approvals; several of one
    object are one text."""
    stack: list[tuple[str, str | None, Any]] = [("$", None, content)]
    while stack:
        path, title, value = stack.pop()
        if isinstance(value, dict):
            named = next(
                (value[k] for k in ("title", "name", "标题") if isinstance(value.get(k), str)), title
            )
            news = [part for part in value.values() if isinstance(part, str) and is_news(part)]
            if len(news) > 1:  # a title and what it is of
                yield path, named, "\n".join(news)
            stack += [
                (f"{path}.{key}", named, part)
                for key, part in reversed(value.items())
                if not (len(news) > 1 and isinstance(part, str))
            ]
        elif isinstance(value, list):
            stack += [(f"{path}[{i}]", title, part) for i, part in reversed(list(enumerate(value)))]
        elif isinstance(value, str) and is_news(value):
            yield path, title, value


def is_news(text: str) -> bool:
    """Whether a string may be news of approvals."""
    return len(text) >= 12 and re.search(r"备案|登记|获批|approv|regist|filed", text) is not None
