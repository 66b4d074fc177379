"""What a page is made of. Page modules fill these; `templates/blocks.html.j2` draws them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from pipelines.site.answers import Answer, Row


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: `text`, a smaller second line `sub`, where it leads (`href`, a path inside the site or a web address),
    and a `pill` class when it is a state. A column of numbers sorts by the number or date its text begins with."""

    text: str
    sub: str | None = None
    href: str | None = None
    pill: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    cell: Callable[[Row], Cell | str]
    numeric: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice over a table: `label` of the control, `value` of a row."""

    label: str
    value: Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class Table:
    """`noun` is what a row is, in the plural; `search` adds a text filter; rows after `limit` are left to the CSV."""

    id: str
    noun: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    filters: Sequence[Filter] = ()
    search: bool = False
    limit: int = 600
    anchor: Callable[[Row], str] | None = None

    @property
    def shown(self) -> list[tuple[list[Cell], list[str], str | None]]:
        """Cells, filter values and anchor a row."""
        return [
            (
                [
                    cell if isinstance(cell := column.cell(row), Cell) else Cell(cell)
                    for column in self.columns
                ],
                [choice.value(row) for choice in self.filters],
                self.anchor(row) if self.anchor else None,
            )
            for row in self.rows[: self.limit]
        ]

    @property
    def numeric(self) -> list[int]:
        """Positions, from 1, of the columns of numbers and dates."""
        return [position for position, column in enumerate(self.columns, 1) if column.numeric]

    @property
    def wide(self) -> list[int]:
        """Positions, from 1, of the columns that hold sentences."""
        return [position for position, column in enumerate(self.columns, 1) if column.wide]

    def choices(self, position: int) -> list[str]:
        return sorted({self.filters[position].value(row) for row in self.rows[: self.limit]})


@dataclass(frozen=True, slots=True)
class Chart:
    """An SVG for wide screens and one for narrow ones; `alt` says in words what it shows."""

    wide: Markup
    narrow: Markup
    alt: str
    key: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar list; `parts` are (class, share of the widest in per cent, title)."""

    cell: Cell
    parts: Sequence[tuple[str, float, str]]
    value: str


@dataclass(frozen=True, slots=True)
class Bars:
    rows: Sequence[Bar]
    key: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """A province on the tile map: its place in the grid, how dark it is (0 to 5)."""

    name: str
    name_zh: str
    column: int
    row: int
    level: int
    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Tiles:
    tiles: Sequence[Tile]
    key: Sequence[tuple[int, str]]
    filters: str | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table of states: columns are (heading, second line), each row a heading cell and (class, text, title) cells."""

    id: str
    corner: str
    columns: Sequence[Cell]
    rows: Sequence[tuple[Cell, Sequence[tuple[str, str, str]], Sequence[str]]]
    key: Sequence[tuple[str, str]]
    noun: str
    filters: Sequence[tuple[str, Sequence[str]]] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A finding and its ground. `title` is a sentence made from the rows of `answer`; `questions` names the questions
    of the design it serves, for the saved queries that go with it; `with_data` prints the rows below the figure, for those
    who cannot see a chart; `tools` names a macro of the templates drawn above the body."""

    id: str
    label: str
    title: str
    answer: Answer
    body: Chart | Table | Bars | Tiles | Matrix | Markup | None
    subtitle: str = ""
    note: str = ""
    questions: Sequence[str] = ()
    with_data: bool = False
    tools: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """`path` under the site's folder; `nav` is the entry of the menu it belongs to."""

    path: str
    title: str
    nav: str
    heading: str
    standfirst: str = ""
    figures: Sequence[Figure] = ()
    template: str = "page.html.j2"
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def root(self) -> str:
        return "../" * self.path.count("/")


@dataclass(frozen=True, slots=True)
class Number:
    """A headline number with its date, where it leads and what it rests on."""

    value: str
    label: str
    date: str
    href: str
    answer: Answer
