"""Tables of a PDF page that are drawn without vertical rules: columns by the white between them, rows by their serials.

Only a page that counts is taken for such a table: four columns or more, the first of which holds at least three serials
that go up by one. A cell's lines stand close together; the cell belongs to the serial whose height it shares.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_SERIALS = 3
_COLUMNS = 4


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


def find(lines: Sequence[Line], rules: Sequence[float]) -> list[list[list[Char]]] | None:
    """Rows of cells, each the characters of a cell; null when the page holds no such table. `lines` run from the top,
    `rules` are the heights of horizontal rules."""
    em = max((c.height for line in lines for c in line if "\u4e00" <= c.text <= "\u9fff"), default=8.0)
    edges = _columns(lines, em)
    if len(edges) < _COLUMNS:
        return None
    cells = [_by_column(line, edges) for line in lines]
    anchors = [
        (line[0].base, int(text))
        for line, row in zip(lines, cells, strict=True)
        if (text := "".join(c.text for c in row[0]).strip()).isdigit() and len(text) < 6
    ]
    steps = sum(b - a == 1 for (_, a), (_, b) in pairwise(anchors))
    if len(anchors) < _SERIALS or steps < 0.6 * (len(anchors) - 1):
        return None
    heights = [height for height, _ in anchors]
    table: list[list[list[Char]]] = [[[] for _ in edges] for _ in anchors]
    above: list[list[list[Char]]] = []
    for column in range(len(edges)):
        parts = [(line[0].base, row[column]) for line, row in zip(lines, cells, strict=True) if row[column]]
        for block in _blocks(parts, em):
            for row_number, part in _owners(block, heights, rules):
                if row_number is not None:
                    table[row_number][column] += [char for _, chars in part for char in chars]
    top = max(heights)
    leading = _leading(lines)
    for line, row in zip(lines, cells, strict=True):
        if line[0].base > top + leading * 0.5 and not any(c in cell for cell in table[0] for c in line[:1]):
            above.append(row)
    return above + table


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
    return edges


def _by_column(line: Line, edges: Sequence[float]) -> list[list[Char]]:
    row: list[list[Char]] = [[] for _ in edges]
    for char in line:
        column = max((i for i, edge in enumerate(edges) if edge - 1 <= char.x), default=0)
        row[column].append(char)
    return row


def _leading(lines: Sequence[Line]) -> float:
    steps = sorted(a[0].base - b[0].base for a, b in pairwise(lines) if a[0].base - b[0].base > 3)
    return steps[len(steps) // 10] if steps else 12.0


def _blocks(parts: list[tuple[float, list[Char]]], em: float) -> list[list[tuple[float, list[Char]]]]:
    """Lines of one column that stand close together."""
    out: list[list[tuple[float, list[Char]]]] = []
    for base, chars in parts:
        if out and out[-1][-1][0] - base <= em * 1.55:
            out[-1].append((base, chars))
        else:
            out.append([(base, chars)])
    return out


def _owners(
    block: list[tuple[float, list[Char]]], heights: Sequence[float], rules: Sequence[float]
) -> list[tuple[int | None, list[tuple[float, list[Char]]]]]:
    """The serial a block of lines belongs to; a block that holds the heights of several is cut between them."""
    if rules:
        return [(_between(base, heights, rules), [(base, chars)]) for base, chars in block]
    top, bottom = block[0][0], block[-1][0]
    inside = [i for i, height in enumerate(heights) if bottom - 2 <= height <= top + 2]
    if len(inside) == 1:
        return [(inside[0], block)]
    if inside:
        return [
            (min(range(len(heights)), key=lambda i: abs(heights[i] - base)), [(base, chars)])
            for base, chars in block
        ]
    middle = (top + bottom) / 2
    nearest = min(range(len(heights)), key=lambda i: abs(heights[i] - middle))
    return [(nearest if abs(heights[nearest] - middle) < 12 else None, block)]


def _between(base: float, heights: Sequence[float], rules: Sequence[float]) -> int | None:
    """The serial in the same band between two horizontal rules."""
    below = max((rule for rule in rules if rule < base + 1), default=None)
    over = min((rule for rule in rules if rule > base + 1), default=None)
    return (
        next(
            (
                i
                for i, h in enumerate(heights)
                if (below is None or h > below - 1) and (over is None or h < over + 1)
            ),
            None,
        )
        if below is not None and over is not None
        else None
    )
