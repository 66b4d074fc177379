"""Support terms laid out as a table: one row a beneficiary, columns for share, cap, pot and floor.

A table counts where its own words or those right before it name a voucher or spending on compute. A header says what a
column is and in which unit; a bare number under a header without a unit is an issue, never a guess. Cells of prose are read
with the text, not here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from scrapers.documents import Document, Table
from scrapers.extract.policy import topics
from scrapers.extract.policy.draft import Draft
from scrapers.extract.policy.segments import Sentence
from scrapers.extract.policy.topics import Topic
from scrapers.issues import Issue
from scrapers.records import ClauseKind, Period
from scrapers.text.money import amounts
from scrapers.text.numerals import parse
from scrapers.text.repair import fold

_COLUMNS: tuple[tuple[ClauseKind, re.Pattern[str]], ...] = (
    ("total_budget", re.compile(r"(?:年度)?(?:总额|预算|资金规模|总规模|资金池|发放规模)")),
    ("rate_cap", re.compile(r"比例|补贴率|费率|抵扣率|折扣率|rate|%", re.I)),
    (
        "max_amount",
        re.compile(r"最高|上限|限额|封顶|额度|补贴金额|补助金额|资助金额|支持金额|cap|maximum", re.I),
    ),
)
_UNIT = re.compile(r"\((?P<unit>%|元|万元|亿元|百万元)(?:/年)?\)|单位:?(?P<loose>万元|元|亿元)")
_SCALE = {"元": 1, "万元": 10**4, "百万元": 10**6, "亿元": 10**8}
_NUMBER = re.compile(r"(?:不超过|最高|≤|<=)?\s?(\d[\d,]*(?:\.\d+)?)\s?(?:以内|以下)?")
_YEARLY = re.compile(r"年度|每年|/年")
_OTHER = re.compile(r"奖金|罚|投资额|营收|营业收入|得分|分值|权重|自付")
_RECIPIENTS = re.compile(r"(?:企业|单位|公司|机构|项目)名称|(?:申报|申请|获批|受益)(?:单位|企业)")
"""A table of who was paid is no table of terms."""
_LONG = 24
"""A cell longer than this is prose."""


@dataclass(frozen=True, slots=True)
class _Column:
    kind: ClauseKind
    unit: str | None
    period: Period | None
    basis: str | None


def read(document: Document, folded: str) -> Iterator[Draft | Issue]:
    """The terms of every table that speaks of a programme, with the words of their rows in the text."""
    at = 0
    for table in document.tables:
        topic = _topic(document, folded, table)
        if topic is None:
            continue
        head, columns = _header(table)
        if head is None or not columns:
            continue
        own = [
            topics.topic(fold(" ".join([_label(row, columns), *_cells(row, columns)])))
            for row in table.rows[head + 1 :]
        ]
        some = any(topic is not None and topic.named for topic in own)
        for number, row in enumerate(table.rows[head + 1 :], start=head + 1):
            where = table.row_locators[number] if number < len(table.row_locators) else table.locator
            span = _span(document.text, row, at)
            # where one row names a voucher, a row that names none is for something else
            if span is None or (some and own[number - head - 1] is None):
                continue
            at = span[0]
            yield from _row(row, columns, topic, span, where)


def _topic(document: Document, folded: str, table: Table) -> Topic | None:
    words = " ".join([table.context, *table.rows[0], *(table.rows[1] if len(table.rows) > 1 else [])])
    for text in (words, document.title or "", folded[:200]):
        topic = topics.topic(fold(text))
        if topic is not None and topic.strength > 1:
            return topic
    return None


def _header(table: Table) -> tuple[int | None, dict[int, _Column]]:
    """The row of the header among the first three, and what its columns are."""
    for position, row in enumerate(table.rows[:3]):
        columns: dict[int, _Column] = {}
        for place, cell in enumerate(row):
            words = fold(cell)
            if len(words) > _LONG or _OTHER.search(words) or re.search(r"\d", words):
                continue
            for kind, pattern in _COLUMNS:
                if pattern.search(words):
                    unit = _UNIT.search(words)
                    columns[place] = _Column(
                        kind,
                        (unit["unit"] or unit["loose"]) if unit else None,
                        "per_year" if _YEARLY.search(words) else None,
                        None,
                    )
                    break
        if any(_RECIPIENTS.search(fold(cell)) for cell in row):
            return None, {}
        if columns and len(set(row)) > 1:
            return position, columns
    return None, {}


def _row(
    row: list[str], columns: dict[int, _Column], topic: Topic, span: tuple[int, int], where: str
) -> Iterator[Draft | Issue]:
    label = _label(row, columns)
    own = topics.topic(fold(label))
    about = own if own is not None and (own.named or own.strength > 1) else topic
    for place, column in columns.items():
        cell = fold(row[place]) if place < len(row) else ""
        if not cell or len(cell) > _LONG:
            continue
        value = _value(cell, column)
        if value is None:
            if re.search(r"\d", cell):
                yield Issue(
                    level="warning",
                    code="no-unit",
                    message=f"no unit for {cell!r} in {label!r}",
                    locator=where,
                )
            continue
        yield Draft(
            kind=column.kind,
            value=value,
            unit="pct" if column.kind == "rate_cap" else "CNY",
            topic=replace(
                about,
                strength=3,
                instrument=named[0][2] if (named := topics.named(cell)) else about.instrument,
            ),
            start=span[0],
            end=span[1],
            sentence=Sentence(span[0], span[1], -1, (where,), True, False),
            period=column.period or ("per_year" if _YEARLY.search(cell) else None),
            applies_to=label or None,
            tier=label or None,
        )


def _cells(row: list[str], columns: dict[int, _Column]) -> list[str]:
    return [row[place] for place in columns if place < len(row)]


def _label(row: list[str], columns: dict[int, _Column]) -> str:
    return next(
        (cell for place, cell in enumerate(row) if place not in columns and cell and not cell.isdigit()), ""
    )


def _value(cell: str, column: _Column) -> Decimal | None:
    """The number of a cell in yuan or percent; null where neither cell nor header has the unit."""
    wanted = "share" if column.kind == "rate_cap" else "money"
    for amount in amounts(cell, is_folded=True):
        if amount.kind == wanted and (wanted == "share" or amount.unit == "CNY"):
            return amount.value
    match = _NUMBER.fullmatch(cell.strip())
    number = parse(match[1]) if match else None
    if number is None or column.unit is None:
        return None
    if column.unit == "%":
        return number if wanted == "share" and 0 < number <= 100 else None
    return number * _SCALE[column.unit] if wanted == "money" else None


def _span(text: str, row: list[str], at: int) -> tuple[int, int] | None:
    """Where the row stands in the text: from its first cell to its last, in order and close together."""
    cells = list(dict.fromkeys(cell for cell in row if cell))
    start = at
    for _ in range(20):
        first = text.find(cells[0], start) if cells else -1
        if first < 0:
            return None
        end = first + len(cells[0])
        for cell in cells[1:]:
            found = text.find(cell, end, end + len(cell) + 12)
            if found < 0:
                break
            end = found + len(cell)
        else:
            return first, end
        start = first + 1
    return None
