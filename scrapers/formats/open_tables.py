"""Tables of a PDF page that are drawn without vertical rules: columns by the white between them, rows by their serials.

Only a page that counts is taken for such a table: four columns or more, the first of which holds at least three serials
that go up by one. The lines of a cell stand at the height of its row's serial: their middle, their first or their last line
does, whichever fits the page best; horizontal rules, where drawn, say it outright.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

_SERIALS = 3
_COLUMNS = 4
_MODES: tuple["Align", ...] = ("middle", "top", "bottom")

Align = Literal["middle", "top", "bottom"]


@dataclass(frozen=True, slots=True)
class Char:
    """A visible character with the middle of its ink."""

    text: str
    x: float
    y: float
    base: float
    """Height of the line it stands on: small and tall letters of one line share it."""
    height: float
    start: float
    """Where the character's own space begins, ink or not: a full-width bracket is half white."""
    width: float
    """Of its ink."""


Line = list[Char]
Row = list[list[Char]]
"""The characters of each cell."""


@dataclass(frozen=True, slots=True)
class Serial:
    """A row's number, with the heights of its first and last line."""

    number: int
    top: float
    bottom: float

    def height(self, align: Align) -> float:
        if align == "middle":
            return (self.top + self.bottom) / 2
        return self.top if align == "top" else self.bottom


@dataclass(frozen=True, slots=True)
class Found:
    """Rows from the top, headers among them, and the lines of the page that are no part of the table."""

    rows: list[Row]
    outside: list[Line]
    edges: list[float]
    """Left edges of the columns."""
    first_serial: int
    last_serial: int
    align: Align


def find(
    lines: Sequence[Line], rules: Sequence[float], posts: Sequence[float], before: Found | None
) -> Found | None:
    """The table of a page; null when it holds none. `lines` run from the top, `rules` are the heights of horizontal
    rules, from below, `posts` the left edges of columns where rules between them are drawn. The rest of a table that fills the page
    `before` may be a single row."""
    em = _em(lines)
    align = before.align if before is not None else "middle"
    found = _find(lines, rules, list(posts) or _columns(lines, em), em, 1 if posts else _SERIALS, align)
    if found is None and before is not None:
        rest = _find(lines, rules, before.edges, em, 1, align)
        if rest is not None and rest.first_serial == before.last_serial + 1:
            return rest
    return found


def _find(
    lines: Sequence[Line], rules: Sequence[float], edges: list[float], em: float, least: int, likely: Align
) -> Found | None:
    if len(edges) < _COLUMNS:
        return None
    steps = _steps_of(lines)
    outside = [line for line in lines if _runs_over(line, edges, steps)]
    cells = [(line[0].base, _by_column(line, edges)) for line in lines if not _runs_over(line, edges, steps)]
    columns = [[(base, row[i]) for base, row in cells if row[i]] for i in range(len(edges))]
    leading = _leading(columns, em)
    serials = _serials(columns[0], leading)
    if len(serials) < least or _counted(serials) < 0.6 * (len(serials) - 1):
        return None
    align = _align(columns, serials, leading, em, likely)
    heights = [serial.height(align) for serial in serials]
    if len({_band(height, rules) for height in heights}) < len(heights):
        rules = ()  # a rule above and below the table, and none between its rows
    table: list[Row] = [[[] for _ in edges] for _ in serials]
    left: list[tuple[float, int, list[Char]]] = []
    for number, column in enumerate(columns):
        bases = [base for base, _ in column]
        owners = (
            [_between(base, heights, rules) for base in bases]
            if rules
            else _owners(bases, heights, leading, em, align)
        )
        for (base, chars), owner in zip(column, owners, strict=True):
            if owner is None:
                left.append((base, number, chars))
            else:
                table[owner][number] += chars
    rows = list(zip(heights, table, strict=True))
    for height, row in _other_rows(left, len(edges), leading, rules):
        if height < heights[-1] and sum(map(bool, row)) < 2:  # a page's number stands alone below the table
            outside.append([char for cell in row for char in cell])
        else:
            rows.append((height, row))
    outside.sort(key=lambda line: -line[0].base)
    ordered = [row for _, row in sorted(rows, key=lambda pair: -pair[0])]
    return Found(ordered, outside, edges, serials[0].number, serials[-1].number, align)


def holds_rows(columns: Sequence[Sequence[tuple[float, list[Char]]]]) -> bool:
    """Whether the fields of one row of a grid, each its lines with their heights, hold several rows, for no rule is drawn
    between them: serials stand below each other in the first."""
    em = _em([chars for column in columns for _, chars in column])
    serials = _serials(columns[0], _leading(columns, em))
    # Two short ones may be a single serial that its narrow column broke.
    counts = len(serials) > 2 or (len(serials) == 2 and serials[0].number > 99)
    return counts and _counted(serials) == len(serials) - 1


def _steps_of(lines: Sequence[Line]) -> dict[str, float]:
    """From where a letter begins to where the next one does, by letter: the least seen, for in some fonts ink has no
    width."""
    em = _em(lines)
    steps: dict[str, float] = {}
    for line in lines:
        for a, b in pairwise(line):
            if b.start - a.start > em * 0.2:
                steps[a.text] = min(b.start - a.start, steps.get(a.text, em))
        steps.setdefault(line[-1].text, em)
    return steps


def _em(lines: Sequence[Line]) -> float:
    """The size of the type: the step from one Chinese character to the next."""
    steps = [
        b.start - a.start
        for line in lines
        for a, b in pairwise(line)
        if "\u4e00" <= a.text <= "\u9fff" and "\u4e00" <= b.text <= "\u9fff"
    ]
    return median(steps) if steps else 9.0


def _serials(column: Sequence[tuple[float, list[Char]]], leading: float) -> list[Serial]:
    """The serials of the first column; a number that its narrow column broke is put together where that makes the better
    count."""
    digits = [
        (base, text)
        for base, chars in column
        if (text := "".join(c.text for c in chars).strip()).isdigit() and len(text) < 6
    ]
    broken: list[list[tuple[float, str]]] = []
    for base, text in digits:
        if broken and broken[-1][-1][0] - base <= leading * 1.1:
            broken[-1].append((base, text))
        else:
            broken.append([(base, text)])
    single = [Serial(int(text), base, base) for base, text in digits]
    joined = [
        Serial(int("".join(text for _, text in part)), part[0][0], part[-1][0])
        for part in broken
        if len(part) <= 5
    ]

    def breaks(serials: list[Serial]) -> int:
        return len(serials) - _counted(serials) + sum(serial.number == 0 for serial in serials)

    return min(single, joined, key=breaks)


def _counted(serials: Sequence[Serial]) -> int:
    """How often a serial follows on the one above."""
    return sum(b.number - a.number == 1 for a, b in pairwise(serials))


def _columns(lines: Sequence[Line], em: float) -> list[float]:
    """Left edges of the columns: where hardly a line has ink, a gap begins."""
    if len(lines) < _SERIALS:
        return []
    spans = [
        [(c.start, max(c.x + c.width / 2, c.start + em * (not c.text.isascii()))) for c in line]
        for line in lines
    ]
    left = int(min(start for line in spans for start, _ in line))
    right = int(max(end for line in spans for _, end in line)) + 1
    ink = [0] * (right - left + 2)
    for line in spans:
        for at in {at for start, end in line for at in range(int(start) - left, int(end) - left + 1)}:
            ink[at] += 1
    allowed = max(1, len(lines) // 12)
    edges, gap = [float(left)], 0
    for at, count in enumerate(ink):
        if count <= allowed:
            gap += 1
            continue
        if gap >= 3 and at > gap:
            edges.append(float(left + at))
        gap = 0
    kept, steps = edges[:1], _steps_of(lines)
    for edge, after in pairwise([*edges[1:], float(right)]):
        inked = sum(any(edge - 1 <= c.x < after for c in line) for line in lines)
        # A column reached only over the gap is the end of long cells of the column before it.
        if sum(_crosses(line, edge, steps) for line in lines) * 2 < inked:
            kept.append(edge)
    return kept


def _crosses(line: Line, edge: float, steps: Mapping[str, float]) -> bool:
    """Whether letters stand close to each other on both sides of a column's edge."""
    return any(a.x < edge <= b.x and b.start - a.start < steps.get(a.text, 0) + 2 for a, b in pairwise(line))


def _runs_over(line: Line, edges: Sequence[float], steps: Mapping[str, float]) -> bool:
    """Whether a line is running text: its letters go on over the gaps between columns."""
    spanned = [edge for edge in edges if line[0].x < edge <= line[-1].x]
    over = sum(_crosses(line, edge, steps) for edge in spanned)
    return over >= 2 and over * 2 >= len(spanned)


def _by_column(line: Line, edges: Sequence[float]) -> list[list[Char]]:
    row: list[list[Char]] = [[] for _ in edges]
    for char in line:
        column = max((i for i, edge in enumerate(edges) if edge - 1 <= char.x), default=0)
        row[column].append(char)
    return row


def _leading(columns: Sequence[Sequence[tuple[float, list[Char]]]], em: float) -> float:
    """The distance of two lines in a cell: the least of any two lines of one column."""
    steps = [a - b for column in columns for (a, _), (b, _) in pairwise(column) if a - b >= em * 0.9]
    return min([*steps, em * 1.8])


def _align(
    columns: Sequence[Sequence[tuple[float, list[Char]]]],
    serials: Sequence[Serial],
    leading: float,
    em: float,
    likely: Align,
) -> Align:
    """Where in its row a serial stands: where fewest of the lines between serials are left over; `likely` where that does
    not tell."""

    def left(align: Align) -> int:
        heights = [serial.height(align) for serial in serials]
        return sum(
            owner is None and heights[0] >= base >= heights[-1]
            for column in columns
            for (base, _), owner in zip(
                column, _owners([base for base, _ in column], heights, leading, em, align), strict=True
            )
        )

    return min(_MODES, key=lambda align: (left(align), align != likely))


def _owners(
    bases: Sequence[float], heights: Sequence[float], leading: float, em: float, align: Align
) -> list[int | None]:
    """The row of each of a column's lines, from the top; null for a line of none.

    The cheapest way to cut the lines into cells: a cell costs what its middle (first, last line) misses its serial by, at
    most half a letter; a line left over costs more than a line's height, an empty cell half of it.
    """
    beyond = float("inf")
    best = [[(beyond, 0, False)] * (len(heights) + 1) for _ in range(len(bases) + 1)]
    best[0][0] = (0.0, 0, False)

    def offer(line: int, row: int, cost: float, start: int, is_left: bool) -> None:
        if cost < best[line][row][0]:
            best[line][row] = (cost, start, is_left)

    for line in range(len(bases) + 1):
        for row in range(len(heights) + 1):
            cost = best[line][row][0]
            if cost == beyond:
                continue
            if row < len(heights):
                offer(line, row + 1, cost + leading / 2, line, False)
            if line == len(bases):
                continue
            offer(line + 1, row, cost + leading * 1.2, line, True)
            if row == len(heights) or (row and bases[line] >= heights[row - 1]):
                continue
            for end in range(line, len(bases)):
                if end > line and bases[end - 1] - bases[end] > leading * 1.25:
                    break
                if row + 1 < len(heights) and bases[end] <= heights[row + 1]:
                    break
                first, last = bases[line], bases[end]
                at = first if align == "top" else last if align == "bottom" else (first + last) / 2
                if (miss := abs(at - heights[row])) <= em * 0.5:
                    offer(end + 1, row + 1, cost + miss, line, False)
    owners: list[int | None] = [None] * len(bases)
    line, row = len(bases), len(heights)
    while line or row:
        _, start, is_left = best[line][row]
        if is_left:
            line -= 1
            continue
        row -= 1
        owners[start:line] = [row] * (line - start)
        line = start
    return owners


def _other_rows(
    left: Sequence[tuple[float, int, list[Char]]], width: int, leading: float, rules: Sequence[float]
) -> list[tuple[float, Row]]:
    """Lines that no serial owns, put together to rows by their nearness: headers, and the rest of a row that the page
    before began."""
    rows: list[tuple[float, Row]] = []
    last = 0.0
    for base, column, chars in sorted(left, key=lambda part: -part[0]):
        if not rows or last - base > leading * 1.1 or any(base < rule < last for rule in rules):
            rows.append((base, [[] for _ in range(width)]))
        rows[-1][1][column].extend(chars)
        last = base
    return rows


def _band(height: float, rules: Sequence[float]) -> int | float:
    """Which of the bands between horizontal rules a height lies in; itself where none is drawn."""
    return bisect_right(rules, height + 1) if rules else height


def _between(base: float, heights: Sequence[float], rules: Sequence[float]) -> int | None:
    """The serial in the same band between two horizontal rules."""
    band = _band(base, rules)
    if not 0 < band < len(rules):
        return None
    return next((i for i, height in enumerate(heights) if _band(height, rules) == band), None)
