"""PDF text layers to documents: ruled tables are put together from the lines that are drawn.

Each table is the grid its rules span; a character belongs to the cell its middle lies in, so that wrapped cells and
numbers split over lines come out whole. What lies outside of grids is text, line by line from the top. A page without
rules gives text only. PDFium reads the characters (pypdfium2); nothing in the file is run.
"""

import ctypes
from bisect import bisect_right
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium

from scrapers.documents import Document, Table
from scrapers.formats import UnreadableFile, open_tables, stand_in
from scrapers.formats.open_tables import Char

stand_in.install()

SNAP = 2.0
"""Rules closer than this (points) are one rule."""


def read(content: bytes, label: str) -> Document:
    """Text, and tables with locator `page 3 table 1`; a table whose grid goes on over pages is one table a page."""
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(f"{label}: not a readable PDF ({error})") from None
    texts: list[str] = []
    tables: list[Table] = []
    before: open_tables.Found | None = None
    try:
        for number in range(len(pdf)):
            page = pdf[number]
            text, found, before = _page(page, number + 1, before)
            texts.append(text)
            tables += found
            page.close()
        meta = {key.lower(): value for key, value in pdf.get_metadata_dict().items() if value}
    finally:
        pdf.close()
    whole = "\n".join(text for text in texts if text)
    if not whole.strip() and not tables:
        raise UnreadableFile(f"{label}: no text layer (a scan?)")
    return Document(
        text=whole,
        title=meta.get("title") or None,
        meta=meta,
        tables=tables,
        media_type="application/pdf",
        raw_text=whole,
    )


def _page(
    page: pypdfium2.PdfPage, number: int, before: open_tables.Found | None
) -> tuple[str, list[Table], open_tables.Found | None]:
    """Text, tables, and the table without vertical rules that the next page may go on with."""
    textpage = page.get_textpage()
    chars = _characters(textpage)
    across, down = _rules(page)
    tables, used = [], set()
    posts: list[float] = []
    for index, (xs, ys) in enumerate(_grids(across, down), start=1):
        cells: dict[tuple[int, int], list[int]] = {}
        for position, char in enumerate(chars):
            if position in used or not (xs[0] <= char.x <= xs[-1] and ys[0] <= char.y <= ys[-1]):
                continue
            column = min(bisect_right(xs, char.x) - 1, len(xs) - 2)
            row = min(bisect_right(ys, char.y) - 1, len(ys) - 2)
            cells.setdefault((row, column), []).append(position)
            used.add(position)
        fields = [
            [
                [(line[0].base, line) for line in _lines([chars[i] for i in cells.get((row, column), ())])]
                for column in range(len(xs) - 1)
            ]
            for row in range(len(ys) - 1)
        ]
        if any(map(open_tables.holds_rows, fields)):
            posts = posts or xs[:-1]
            used.difference_update(position for positions in cells.values() for position in positions)
            continue
        merged = _merged(xs, ys, across, down)
        whole: dict[tuple[int, int], list[int]] = {}
        for place, positions in cells.items():
            whole.setdefault(merged.get(place, place), []).extend(positions)
        texts = {place: _join([chars[i] for i in positions]) for place, positions in whole.items()}
        # PDF counts upward: the highest row is the first
        rows = [
            [texts.get(merged.get((row, column), (row, column)), "") for column in range(len(xs) - 1)]
            for row in reversed(range(len(ys) - 1))
        ]
        rows = [row for row in rows if any(row)]
        above = [c for i, c in enumerate(chars) if i not in used and c.y > ys[-1]]
        if rows:
            tables.append(
                Table(
                    rows=rows,
                    locator=f"page {number} table {index}",
                    context=_last_line(above),
                    row_locators=[f"page {number} table {index} row {i}" for i in range(1, len(rows) + 1)],
                )
            )
    outside = [char for i, char in enumerate(chars) if i not in used]
    found = None
    if not tables:
        found = open_tables.find(_lines(outside), _snapped([y for y, _, _ in across]), posts, before)
    if found is not None:
        rows = [[_join(cell) for cell in row] for row in found.rows]
        top = max(char.base for row in found.rows for cell in row for char in cell)
        tables.append(
            Table(
                rows=rows,
                locator=f"page {number} table 1",
                context=_last_line([char for line in found.outside for char in line if char.base > top]),
                row_locators=[f"page {number} table 1 row {i}" for i in range(1, len(rows) + 1)],
            )
        )
        outside = [char for line in found.outside for char in line]
    lines = [_join(list(line)) for line in _lines(outside)]
    for table in tables:
        lines += [" ".join(cell for cell in row if cell) for row in table.rows]
    textpage.close()
    return "\n".join(lines), tables, found


def _characters(textpage: pypdfium2.PdfTextPage) -> list[Char]:
    """Visible characters with the middle of their boxes."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pointers = [ctypes.byref(value) for value in (left, right, bottom, top)]
    origin_x, base = ctypes.c_double(), ctypes.c_double()
    found = []
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if code in (0, 10, 13, 0xFFFE, 0xFFFF):
            continue
        text = "-" if code == 2 else chr(code)  # PDFium's mark for a hyphen at a line's end
        if not pdfium.FPDFText_GetCharBox(textpage, index, *pointers) or (
            text.isspace() and right.value <= left.value
        ):
            continue
        pdfium.FPDFText_GetCharOrigin(textpage, index, ctypes.byref(origin_x), ctypes.byref(base))
        found.append(
            Char(
                text,
                (left.value + right.value) / 2,
                (bottom.value + top.value) / 2,
                base.value,
                top.value - bottom.value,
                origin_x.value,
                right.value - left.value,
            )
        )
    return found


def _rules(
    page: pypdfium2.PdfPage,
) -> tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]:
    """Horizontal rules as (y, x from, x to) and vertical ones as (x, y from, y to): thin paths, and the sides of
    drawn boxes."""
    across, down = [], []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        left, bottom, right, top = item.get_bounds()
        width, height = right - left, top - bottom
        if height <= SNAP and width > SNAP * 2:
            across.append(((bottom + top) / 2, left, right))
        elif width <= SNAP and height > SNAP * 2:
            down.append(((left + right) / 2, bottom, top))
        elif width > SNAP * 2 and height > SNAP * 2:
            if pdfium.FPDFPath_CountSegments(item) > 6:  # more than a box: a whole grid drawn as one path
                _strokes(item, across, down)
            elif _is_stroked(item):  # a box that is only filled is a background
                across += [(bottom, left, right), (top, left, right)]
                down += [(left, bottom, top), (right, bottom, top)]
    return across, down


def _is_stroked(item: pypdfium2.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(stroke.value)


def _strokes(
    item: pypdfium2.PdfObject,
    across: list[tuple[float, float, float]],
    down: list[tuple[float, float, float]],
) -> None:
    """The straight strokes of a path that draws many lines."""
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for index in range(pdfium.FPDFPath_CountSegments(item)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        ends = [(last, point)] if kind == pdfium.FPDF_SEGMENT_LINETO else []
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            ends.append((point, first))
        for (x0, y0), (x1, y1) in ends:
            if abs(y0 - y1) <= SNAP < abs(x0 - x1) / 2:
                across.append(((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x0 - x1) <= SNAP < abs(y0 - y1) / 2:
                down.append(((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
        last = point


def _grids(
    across: list[tuple[float, float, float]], down: list[tuple[float, float, float]]
) -> list[tuple[list[float], list[float]]]:
    """Grids from top to bottom: vertical rules that overlap in height belong to one grid."""
    spans = sorted((low, high) for _, low, high in down)
    blocks: list[list[float]] = []
    for low, high in spans:
        if blocks and low <= blocks[-1][1] + SNAP:
            blocks[-1][1] = max(blocks[-1][1], high)
        else:
            blocks.append([low, high])
    grids = []
    for low, high in reversed(blocks):
        xs = _snapped([x for x, start, end in down if start >= low - SNAP and end <= high + SNAP])
        ys = _snapped([low, high, *(y for y, _, _ in across if low - SNAP <= y <= high + SNAP)])
        if len(xs) >= 3 and len(ys) >= 2:
            grids.append((xs, ys))
    return grids


def _merged(
    xs: list[float],
    ys: list[float],
    across: list[tuple[float, float, float]],
    down: list[tuple[float, float, float]],
) -> dict[tuple[int, int], tuple[int, int]]:
    """Places of the grid that belong to one merged cell, each with the place that stands for it: no rule is drawn between
    them."""
    out: dict[tuple[int, int], tuple[int, int]] = {}
    lines: dict[int, list[tuple[float, float]]] = {}
    for y, start, end in across:
        at = bisect_right(ys, y + SNAP) - 1
        if 0 < at < len(ys) - 1 and abs(ys[at] - y) <= SNAP:
            lines.setdefault(at, []).append((start - SNAP, end + SNAP))
    posts: dict[int, list[tuple[float, float]]] = {}
    for x, start, end in down:
        at = bisect_right(xs, x + SNAP) - 1
        if 0 < at < len(xs) - 1 and abs(xs[at] - x) <= SNAP and end >= ys[0] and start <= ys[-1]:
            posts.setdefault(at, []).append((start - SNAP, end + SNAP))
    for row in range(len(ys) - 1):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(len(xs) - 1):
            centre = (xs[column] + xs[column + 1]) / 2
            if row and not any(start <= centre <= end for start, end in lines.get(row, ())):
                out[row, column] = out.get((row - 1, column), (row - 1, column))
            elif column and not any(start <= middle <= end for start, end in posts.get(column, ())):
                out[row, column] = out.get((row, column - 1), (row, column - 1))
    return out


def _snapped(values: list[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > SNAP:
            out.append(value)
    return out


def _lines(chars: list[Char]) -> list[list[Char]]:
    """Characters by line from the top, left to right."""
    ordered = sorted(chars, key=lambda c: -c.base)
    lines: list[list[Char]] = []
    for char in ordered:
        if lines and abs(lines[-1][0].base - char.base) <= max(lines[-1][0].height, char.height, 4) * 0.5:
            lines[-1].append(char)
        else:
            lines.append([char])
    return [sorted(line, key=lambda c: c.x) for line in lines]


def _join(chars: list[Char]) -> str:
    """The text of a cell or line: lines without a break between (Chinese wraps anywhere), words with one space."""
    out = []
    for line in _lines(chars):
        text = "".join(char.text for char in line)
        out.append(" ".join(text.split()))
    return "".join(
        part if not key else " "
        for key, group in groupby("".join(out), key=str.isspace)
        for part in ["".join(group)]
    ).strip()


def _last_line(chars: list[Char]) -> str:
    lines = _lines(chars)
    return _join(lines[-1]) if lines else ""
