"""Tables and JSON copies of the registers to filings; `tallies` reads those that hold totals.

Columns are found by the words of their header, never by position alone; a page without a header goes on with the one
before. What the number, the header and the title say of the register is weighed in this order.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scrapers.documents import Context, Document, Table
from scrapers.extract.filings import flat, statements, tallies
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
from scrapers.issues import Issue
from scrapers.lexicon import places
from scrapers.records import Filing, Ground, Record

# What a header cell may say, whole: a model may be called 大模型 and a firm 公司 in a data row too.
_HEADERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"(?:(?:所用|调用)?(?:算法|大?模型|服务)?(?:备案|登记|上线|注册)(?:编号|编码|号码?|序列号)|备案/登记编?号|备案号/上线编号|备案（登记）编?号)")),
    ("cancelled", re.compile(r"注销(?:情况|时间|日期)?")),
    ("date", re.compile(r"(?:备案|登记|公示|发布|通过|注册|上线|获批|完成)*(?:时间|日期)|备案/登记时间|日期")),
    ("entity", re.compile(r"(?:大?模型)?(?:备案|登记|申报|申请|运营|开发|研发|所属|服务|提供|主体|备案/登记)?(?:单位|主体|企业|公司|机构|厂商|提供者|开发者|开发商|运营者|运营方)(?:名称)?|开发者|开发商|运营者|运营方")),
    ("kind", re.compile(r"(?:备案|登记|办理|手续|注册|合规)?(?:类型|类别|种类|事项|手续)|备案/登记|登记/备案")),
    ("product", re.compile(r"应用产品|(?:关联|备案|登记|获批)?产品")),
    ("model", re.compile(r"(?:所用|使用|调用|接入|底层)?(?:大?模型|应用/?功能|应用或功能|应用（功能）|应用|功能|算法|服务|产品|大模型产品|模型/应用|模型（?服务）?|生成式人工智能服务|大模型/应用)?(?:名称|名)|(?:备案|登记|获批)?(?:大?模型|应用|服务)|算法")),
    ("province", re.compile(r"属地|省份?|省市|省（?区、?市）?|地区|所在地|地域|所属地区?|所在(?:省份?|地区)|地方")),
    ("use_case", re.compile(r"适用(?:场景|终端|机型)|主要用途|用途|应用场景|场景")),
    ("role", re.compile(r"(?:主体)?角色")),
    ("status", re.compile(r"(?:办理|审核|审批|当前|备案|登记)?(?:状态|进度|进展|结果)|(?:是否|国内|大模型|网信办|国家|生成式AI)*(?:已|通过|完成)*(?:备案|登记)(?:状态|情况|与否|进度)?|合规(?:状态|情况)?")),
    ("remark", re.compile(r"备注|说明")),
    ("serial", re.compile(r"序号|编号|序列|No\.?|#", re.I)),
)  # fmt: skip
_ENGLISH: dict[str, str] = {
    **dict.fromkeys(("filing number", "number", "registration number", "record number", "filing no", "record no", "code", "beian no", "beian number", "filing id", "registration no", "license no"), "number"),
    **dict.fromkeys(("filed date", "date", "filing date", "approved", "approval date", "date filed", "registration date", "filed on", "filed at", "registered at", "approved at", "record date", "filed"), "date"),
    **dict.fromkeys(("entity", "company", "provider", "organisation", "organization", "entity name", "company name", "filing entity", "developer", "filer", "operator", "firm"), "entity"),
    **dict.fromkeys(("model", "model name", "name", "service", "service name", "app", "application", "app name", "algorithm", "algorithm name", "application name"), "model"),
    **dict.fromkeys(("province", "location", "region", "place", "jurisdiction"), "province"),
    **dict.fromkeys(("seq", "no", "#", "id", "serial", "index", "no."), "serial"),
    **dict.fromkeys(("type", "kind", "register", "category", "filing type"), "kind"), "status": "status",
    "product": "product", "role": "role", "cancel": "cancelled", "cancelled": "cancelled", "remark": "remark", "remarks": "remark", "note": "remark",
}  # fmt: skip
_APPROVED = re.compile(
    r"(?:✅|✔|√|是|有|(?:已|均已|已经)?(?:通过|完成|获得?)?(?:国家|网信办)?(?:备案|登记)|(?:已|均已)?(?:通过|完成|获批)|第[一二三四五]批|首批)"
)
_REFUSED = re.compile(
    r"未|否|无|没|❌|✗|×|不|待|尚|申请|[审核查理估备]中|进行中|初审|复审|补正|退回|撤回|驳回|注销|^[-—/]*$|pending|review|reject|withdraw",
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
_ABOUT_REGISTERS = re.compile(r"备案|登记|获批|上线编号|filing|filed|registr|approved", re.I)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which column is which, and the register the table belongs to."""

    columns: dict[str, int]
    width: int
    kind: Kind
    says_approved: bool = True
    """Whether the table is a list of what was approved; if not, a row must say so itself."""


def read(document: Document, context: Context) -> Iterator[Record | Issue]:
    """The rows of the document's tables, page after page; a row that a page break cut is put together."""
    layout: _Layout | None = None
    pending: tuple[list[str], _Layout, str] | None = None
    tables = [_upright(table) for table in document.tables] or list(
        flat.find(
            whole_numbers(document.raw_text),
            lambda cells: _columns(cells) is not None or tallies.is_header(cells),
            _is_named,
        )
    )
    about = bool(_ABOUT_REGISTERS.search(f"{document.title or ''} {document.text}"))
    for table in tables:
        width = max(map(len, table.rows), default=0)
        if layout is not None and layout.width != width:
            layout = None
        heading = table.context
        if layout is None and (columns := _by_content(table.rows)) is not None:
            layout = _Layout(columns, width, _kind([], heading or document.title or ""))
        for position, cells in enumerate(table.rows):
            locator = _locator(table, position)
            columns = _columns(cells)
            if columns is not None:
                layout = None
                columns = _confirmed(columns, table.rows[position + 1 :])
                if about or _ABOUT_REGISTERS.search("".join(cells) + heading):
                    title = heading or document.title or ""
                    layout = _Layout(
                        columns, len(cells), _kind(cells, title), _approves(columns, cells, title)
                    )
                continue
            if (
                len({cell for cell in cells if cell}) == 1
                and len(cells) > 2
                and any(_is_heading(c) for c in cells)
            ):
                heading = next(cell for cell in cells if cell)  # a title row merged over the table
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
    for table in tables:
        yield from tallies.read(table, document, context)


def _upright(table: Table) -> Table:
    """A table whose first column holds the names of its columns, turned; one of two columns may hold records below each
    other. Another table as it is."""
    if len(table.rows) < 2 or any(_columns(row) or tallies.is_header(row) for row in table.rows):
        return table
    names = [row[0] if row else "" for row in table.rows]
    width = next((i for i, name in enumerate(names) if i and name == names[0]), len(names))
    header = names[:width]
    if len(names) % width or header * (len(names) // width) != names:
        return table
    if _columns(header) is None and not tallies.is_header([header[0] or "地区", *header[1:]]):
        return table
    if not header[0]:
        header[0] = "地区"
    rows = [
        [row[column] if column < len(row) else "" for row in table.rows[start : start + width]]
        for start in range(0, len(names), width)
        for column in range(1, max(map(len, table.rows)))
    ]
    if not any(is_entity(c) or NUMBER.match(tight(c)) or tallies.is_place(c) for row in rows for c in row):
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
    for index, cell in enumerate(cells):
        is_algorithm = cell.strip() == "算法名称"  # outweighs the column of the model it belongs to
        name = column_named(cell, () if is_algorithm else found.keys() - {"number"})
        if name == "number" and "number" in found:
            name = "other number"
        if name is not None and (name not in found or is_algorithm):
            found[name] = index
    if "model" not in found and "product" in found:
        found["model"] = found.pop("product")
    has_identity = "model" in found and ({"entity", "number", "serial", "date", "status"} & set(found))
    is_data = any(NUMBER.match(tight(cell)) or ALGORITHM.search(cell) for cell in cells)
    return found if has_identity and len(found) >= 2 and not is_data else None


def _confirmed(columns: dict[str, int], rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Columns with the one that holds the numbers, whatever its header calls it (`编号` may be a serial or a number)."""
    if "number" in columns:
        return columns
    for index in range(max(map(len, rows), default=0)):
        cells = [tight(row[index]) for row in rows if index < len(row) and row[index].strip()]
        if cells and 2 * sum(map(_CONTENT["number"], cells)) > len(cells):
            return {name: at for name, at in columns.items() if at != index} | {"number": index}
    return columns


def _by_content(rows: Sequence[Sequence[str]]) -> dict[str, int] | None:
    """The columns of rows that have no header, by what stands in them; the text left over is the name. Null where a header
    is among the rows or hardly one has a whole number."""
    if len(rows) < 2 or any(_columns(row) is not None for row in rows):
        return None
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


_CONTENT: dict[str, Callable[[str], bool]] = {
    "number": lambda cell: bool(NUMBER.match(tight(cell)) or ALGORITHM.fullmatch(tight(cell))),
    "date": lambda cell: len(cell) <= 24 and day_of(cell, None)[0] is not None,
    "serial": str.isdigit,
    "province": lambda cell: province_of(cell) is not None,
    "entity": is_entity,
}
"""What the cells of a column look like, the surest first."""


def column_named(cell: str, taken: Container[str] = ()) -> str | None:
    """What a header cell, or the label of a field, stands for."""
    text = re.sub(r"\s", "", cell).replace("(", "（").replace(")", "）")
    english = re.sub(r"[\s_]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cell.strip())).lower().rstrip(".:")
    return _ENGLISH.get(english) or next(
        (name for name, pattern in _HEADERS if name not in taken and pattern.fullmatch(text)), None
    )


def _approves(columns: Container[str], header: Sequence[str], title: str) -> bool:
    """Whether the header or the line above a table says that its rows were approved."""
    return (
        "number" in columns
        or any(re.search(r"备案|登记|算法名称", cell) and column_named(cell) != "status" for cell in header)
        or any(column_named(cell) in ("number", "date") for cell in header)
        or statements.is_topic(title)
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


def _kind_said(words: str) -> Kind | None:
    """The register that a row itself names: `登记`, `备案已通过`; null where it names none or both."""
    if "端侧" in words:
        return "on_device_filing"
    if "算法" in words:
        return "deep_synthesis_algorithm"
    said = {name for name in ("备案", "登记") if name in words}
    if len(said) == 1:
        return "registration" if "登记" in said else "filing"
    english = re.fullmatch(
        r"(?:generative ai )?(filing|filed|registration|registered)", words.strip().lower()
    )
    return ("registration" if english[1].startswith("reg") else "filing") if english else None


def _row(cells: Sequence[str], layout: _Layout, locator: str, context: Context) -> Iterator[Record | Issue]:
    def cell(name: str) -> str:
        index = layout.columns.get(name)
        text = cells[index].strip() if index is not None and index < len(cells) else ""
        return re.sub(r"\s+(?=[（）])|(?<=[（）])\s+", "", text)

    printed = " | ".join(cells)
    model, entity = cell("model"), cell("entity")
    both = [tight(cell(name)) for name in ("number", "other number")]
    number, *other = dict.fromkeys([n for n in both if re.search(r"\w", n) and n != "无"] or [""])
    if other and (NUMBER.match(other[0]) or ALGORITHM.search(other[0])):
        # one service in two registers: a row of its own for each
        single = replace(layout, columns={**layout.columns, "number": layout.columns["other number"]})
        del single.columns["other number"]
        yield from _row(cells, single, locator, context)
    status = cell("status")
    if not number and NUMBER.match(tight(status)):
        number, status = tight(status), ""
    is_done = _DONE.search(status) and not re.search("未|尚|退|撤|驳", status)
    if (
        not number
        and "status" in layout.columns
        and not is_done
        and (_REFUSED.search(status) or not _APPROVED.match(status))
    ):
        return
    if not number and not layout.says_approved and not status:
        return
    if not model or (not number and not entity and not status):
        yield Issue(level="warning", code="row-not-read", locator=locator, message=printed[:200])
        return
    if re.fullmatch(r"(?:合计|总计|小计).{0,8}", cell("serial") or model):
        return
    kind = _kind_said(cell("kind") or status) or layout.kind
    correction = None
    if match := NUMBER.match(number):
        if match[4] == "S":
            kind = "registration"
        elif kind == "registration":
            kind = "filing"
    elif ALGORITHM.search(number):
        kind = "deep_synthesis_algorithm"
    elif number:
        yield Issue(
            level="warning", code="number-cut", locator=locator, message=f"{number}: not a whole number"
        )
    if (
        entity
        and not is_entity(entity)
        and is_entity(model)
        and len(model) > 5
        and kind != "deep_synthesis_algorithm"
    ):
        model, entity, correction = entity, model, "model and entity stood in each other's column"
    if _STRAY.match(entity) and is_entity(entity):
        entity, correction = entity[1:], "a 司 of the row above stood before the entity"
    date, late = day_of(cell("date") or (status if is_done else ""), context.date)
    if cell("date") and date is None:
        yield Issue(level="warning", code="no-date", locator=locator, message=f"{cell('date')}: not a date")
    prefix = province_of_number(match[1]) if match else None
    province = (
        province_of(cell("province"))
        or prefix
        or province_of_algorithm(number)
        or province_of(str(context.options.get("scope", "")))
    )
    if prefix and province and prefix != province and province != CENTRAL:
        yield Issue(
            level="info",
            code="prefix-differs",
            locator=locator,
            message=f"{number}: the place printed is {province}",
        )
    serial = re.sub(r"\D", "", cell("serial"))
    remark = cell("remark")
    ended = cell("cancelled") or next((said for said in (remark, status) if "注销" in said), "")
    yield Filing(
        kind=kind,
        model_name=model,
        entity_name=entity or None,
        province=province,
        filing_number=number or None,
        filed_date=date,
        serial=int(serial) if serial else None,
        use_case=cell("use_case") or None,
        role=cell("role") or None,
        product=cell("product") or None,
        is_late_registration=late,
        cancelled_date=_ended(ended, context.date) if ended else None,
        printed=printed if correction else None,
        note=correction or (remark or None),
        ground=Ground(quote=printed, locator=locator),
    )


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
    """The content of a JSON file, or of a text with an object a line; null for another document."""
    text = document.raw_text or document.text
    try:
        if document.media_type == "application/json":
            return json.loads(text)
        if document.media_type == "text/plain" and text.lstrip().startswith("{"):
            return [json.loads(line) for line in text.splitlines() if line.strip()]
    except ValueError:
        return None
    return None


def read_json(content: Any, context: Context) -> Iterator[Record | Issue]:
    """Lists of objects or of rows, however deep, each under the day and the province of the object that holds it."""
    yield from _lists(content, "$", context, None)


def _lists(content: Any, path: str, context: Context, names: list[str] | None) -> Iterator[Record | Issue]:
    if isinstance(content, dict):
        if (found := tallies.day_of_object(content)) is not None:
            context = replace(context, date=found)
        if (count := tallies.read_object(content, path, context)) is not None:
            yield count
        yield from tallies.read_map(content, path, context)
        numbered = {
            key: row
            for key, row in content.items()
            if isinstance(row, dict) and (NUMBER.match(key) or ALGORITHM.fullmatch(key))
        }
        if numbered:
            yield from _objects([{**row, "备案编号": key} for key, row in numbered.items()], path, context)
            content = {key: value for key, value in content.items() if key not in numbered}
        header = next(
            (
                content[key]
                for key in ("header", "headers", "columns", "fields")
                if isinstance(content.get(key), list)
            ),
            None,
        )
        for key, value in content.items():
            if value is not header:
                place = province_of(str(key))
                inner = replace(context, options={**context.options, "scope": place}) if place else context
                yield from _lists(value, f"{path}.{key}", inner, header)
    elif isinstance(content, list) and content:
        if all(isinstance(row, dict) for row in content):
            yield from _objects(content, path, context)
        elif all(isinstance(row, list) for row in content):
            rows = [[_text(cell) for cell in row] for row in content]
            first = -1 if names else 0
            known = None if names else _by_content(rows)
            layout = _Layout(known, len(rows[0]), _kind([], path)) if known else None
            for position, cells in enumerate(
                [[_text(n) for n in names], *rows] if names else rows, start=first
            ):
                if (columns := _columns(cells)) is not None:
                    columns = _confirmed(columns, rows[max(position + 1, 0) :])
                    layout = _Layout(columns, len(cells), _kind(cells, path))
                elif layout is not None:
                    yield from _row(cells, layout, f"{path}[{position}]", context)


def _objects(rows: list[dict[str, Any]], path: str, context: Context) -> Iterator[Record | Issue]:
    """Objects by their own keys: one list may hold both registers under different names."""
    layouts: dict[tuple[str, ...], _Layout | None] = {}
    for position, row in enumerate(rows):
        names = tuple(row)
        if names not in layouts:
            same = [[_text(one[name]) for name in names] for one in rows if tuple(one) == names]
            columns = _columns(names)
            columns = _confirmed(columns, same) if columns else _by_content(same)
            layouts[names] = _Layout(columns, len(names), _kind(names, path)) if columns else None
        layout = layouts[names]
        if layout is None:
            yield from _lists(row, f"{path}[{position}]", context, None)
        elif (
            _columns(cells := [_text(row[name]) for name in names]) is None
        ):  # a header taken for a row by the copy
            yield from _row(cells, layout, f"{path}[{position}]", context)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def strings(content: Any) -> Iterator[tuple[str, str | None, str]]:
    """Path, title of the object around and text of each string of a JSON copy that may be news of approvals."""
    stack: list[tuple[str, str | None, Any]] = [("$", None, content)]
    while stack:
        path, title, value = stack.pop()
        if isinstance(value, dict):
            named = next(
                (value[k] for k in ("title", "name", "标题") if isinstance(value.get(k), str)), title
            )
            stack += [(f"{path}.{key}", named, part) for key, part in reversed(value.items())]
        elif isinstance(value, list):
            stack += [(f"{path}[{i}]", title, part) for i, part in reversed(list(enumerate(value)))]
        elif isinstance(value, str) and is_news(value):
            yield path, title, value


def is_news(text: str) -> bool:
    """Whether a string may be news of approvals."""
    return len(text) >= 12 and re.search(r"备案|登记|获批|approv|regist|filed", text) is not None
