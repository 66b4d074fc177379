"""Tables in running text: pipe tables, and lines of cells set apart by commas or tabs, each with the span it takes."""

import csv
import itertools
import re

from scrapers.documents import Table
from scrapers.extract.offers import columns, units
from scrapers.lexicon import chips

_EMPHASIS = re.compile(r"(?:\*\*|`)([^*`]+)(?:\*\*|`)")


def delimited(text: str) -> list[tuple[Table, int, int]]:
    """Lines of comma- or tab-separated cells under a header, with the span they take."""
    found: list[tuple[Table, int, int]] = []
    lines_ = text.split("\n")
    starts = list(itertools.accumulate((len(line) + 1 for line in lines_), initial=0))
    at = 0
    while at < len(lines_):
        for mark in ("\t", ","):
            if lines_[at].count(mark) < 2:
                continue
            header = [cell.strip() for cell in next(csv.reader([lines_[at]], delimiter=mark))]
            width = len(header) - 1
            named = sum(
                1
                for cell in header
                if cell and (columns.role_of(cell) or columns.tier_of(cell)) and not columns.has_amount(cell)
            )
            across = sum(1 for cell in header[1:] if columns.single_chip(cell)) >= 2
            if width < 2 or any(columns.has_amount(cell) for cell in header):
                continue
            if not across and (named < 2 or any(chips.find(cell) for cell in header)):
                continue
            end = at + 1
            while end < len(lines_) and lines_[end].strip() and lines_[end].count(mark) >= width:
                end += 1
            if end - at < 2:
                continue
            rows = list(csv.reader(lines_[at:end], delimiter=mark))
            before = next((line for line in reversed(lines_[:at]) if line.strip()), "")
            found.append((Table(rows, f"lines {at + 1}-{end}", before.strip()), starts[at], starts[end] - 1))
            at = end - 1
            break
        at += 1
    return found


def markdown(text: str) -> list[tuple[Table, int, int]]:
    """Pipe tables in a text with the span they take, their caption the line before."""
    found: list[tuple[Table, int, int]] = []
    rows: list[list[str]] = []
    start = at = 0
    caption = last_line = ""
    for raw in [*text.split("\n"), ""]:
        line = raw.strip()
        if line.count("|") >= 2 or (rows and "|" in line):
            if not rows:
                start, caption = at, last_line
            cells = [_EMPHASIS.sub(r"\1", c).strip() for c in re.split(r"(?<!\\)\|", line.strip("|"))]
            if not all(re.fullmatch(r":?-{2,}:?", units.plain(c)) for c in cells if c) or not any(cells):
                rows.append(cells)
        else:
            if len(rows) >= 2:
                number = len(found) + 1
                found.append((Table(rows, f"table {number}", caption), start, at))
            rows = []
            if line:
                last_line = line
        at += len(raw) + 1
    return found
