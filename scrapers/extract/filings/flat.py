"""Tables that came as lines of text: cells between bars, tabs or wide blanks, or one cell a line."""

import re
from collections.abc import Callable, Iterator
from itertools import takewhile

from scrapers.documents import Table

_BARS = re.compile(r"\s*[|｜]\s*")
_SEPARATORS = (_BARS, re.compile(r"\t+"), re.compile(r"\s{2,}"))
_LOOSE = (re.compile(r"\s+"), re.compile(r"\s*[,，]\s*"))
"""Separators that stand inside of cells too: only for a header that is names of columns throughout."""
_NUMBER = re.compile(r"\d[\d,]*\s?[款个项家]?|[-—–]")
_ASSIGNED = re.compile(r"(?P<name>[A-Za-z][A-Za-z_ ]{1,30}?)\s*[=:]\s*(?P<value>.{1,100})")
"""A field as files of settings have it: `filing_no = …`."""
_TOLD = re.compile(r"(?:[-*·]\s*)?(?P<name>[\u4e00-\u9fff（）()]{2,14})\s*[：:]\s*(?P<value>[^，。；]{1,30})")
_DIVIDER = re.compile(r"[\s|｜:+=—-]+")


def find(
    text: str,
    is_header: Callable[[list[str]], bool],
    is_named: Callable[[str], bool],
    is_field: Callable[[str], bool],
    is_of_totals: Callable[[str], bool],
) -> Iterator[Table]:
    """Each header (`is_header` of its cells) with the lines below it that have as many cells; `is_named` tells the name of a
    column, `is_field` one that a record may have, `is_of_totals` one that a record of totals may have. Locators are lines of
    the text."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        found = (
            _rows(lines, at, is_header, is_named)
            or _column(lines, at, is_header, is_named)
            or _assigned(lines, at, _ASSIGNED, is_field)
            or _assigned(lines, at, _TOLD, is_of_totals)
            or _pairs(lines, at, is_field)
        )
        if found is None:
            at += 1
            continue
        rows, last = found
        numbers = [number + 1 for number, _ in rows]
        yield Table(
            rows=[cells for _, cells in rows],
            locator=f"lines {numbers[0]}-{last}",
            context=next((line.strip() for line in reversed(lines[:at]) if line.strip()), ""),
            row_locators=[f"line {number}" for number in numbers],
        )
        at = last


_Found = tuple[list[tuple[int, list[str]]], int]


def _rows(
    lines: list[str], at: int, is_header: Callable[[list[str]], bool], is_named: Callable[[str], bool]
) -> _Found | None:
    """A table with a row a line."""
    for separator in (*_SEPARATORS, *_LOOSE):
        header = _cells(lines[at], separator)
        if (
            len(header) < 2
            or not is_header(header)
            or (separator in _LOOSE and not all(map(is_named, header)))
        ):
            continue
        rows, number = [(at, header)], at + 1
        while number < len(lines):
            cells = _cells(lines[number], separator)
            if len(cells) == len(header):
                rows.append((number, cells))
            elif lines[number].strip() and not _DIVIDER.fullmatch(lines[number]):
                break
            number += 1
        if len(rows) > 1:
            return rows, number
    return None


def _cells(line: str, separator: re.Pattern[str]) -> list[str]:
    line = line.strip()
    if separator is _BARS:
        line = line.strip("|｜")
        return [] if _DIVIDER.fullmatch(line) else [cell.strip() for cell in re.split(r"[|｜]", line)]
    return [cell for cell in separator.split(line) if cell]


def _column(
    lines: list[str], at: int, is_header: Callable[[list[str]], bool], is_named: Callable[[str], bool]
) -> _Found | None:
    """A table with a cell a line: the names of the columns, then the cells of one row after the other, each with a greater
    serial or, in a table of totals, with a name and numbers."""
    cells = [(number, line.strip()) for number, line in enumerate(lines[at:], start=at) if line.strip()]
    header = [cell for _, cell in takewhile(lambda c: is_named(c[1]), cells)]
    has_serial = bool(header) and header[0] in ("序号", "编号", "No.", "No")
    if len(header) < (3 if has_serial else 2) or not is_header(header):
        return None
    width, rows, last = len(header), [(at, header)], at + len(header)
    for start in range(width, len(cells) - width + 1, width):
        row = cells[start : start + width]
        first, *others = (cell for _, cell in row)
        if has_serial:
            if not first.isdigit() or (len(rows) > 1 and int(first) <= int(rows[-1][1][0])):
                break
        elif first.isdigit() or not all(map(_NUMBER.fullmatch, others)):
            break
        rows.append((row[0][0], [cell for _, cell in row]))
        last = row[-1][0] + 1
    return (rows, last) if len(rows) > 1 else None


def _assigned(
    lines: list[str], at: int, form: re.Pattern[str], is_field: Callable[[str], bool]
) -> _Found | None:
    """A record with a field a line."""
    rows: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lines[at : at + 40], start=at):
        written = form.fullmatch(line.strip())
        if written is None or not is_field(written["name"]):
            break
        rows.append((number, [written["name"], written["value"].strip("'\"")]))
    return (rows, rows[-1][0] + 1) if len(rows) > 2 else None


def _pairs(lines: list[str], at: int, is_field: Callable[[str], bool]) -> _Found | None:
    """A record with the name of a field on one line and what it holds on the next."""
    cells = [
        (number, line.strip()) for number, line in enumerate(lines[at : at + 40], start=at) if line.strip()
    ]
    rows: list[tuple[int, list[str]]] = []
    for (number, name), (_, value) in zip(cells[::2], cells[1::2], strict=False):
        if not is_field(name) or is_field(value) or len(name) > 20:
            break
        rows.append((number, [name.rstrip("：:"), value]))
    names = [cells[0] for _, cells in rows]
    if len(rows) < 3 or len(set(names)) < len(names):
        return None
    return rows, next(number for number, _ in cells[2 * len(rows) - 1 :]) + 1
