"""Cells and columns that several pages share."""

from pipelines.site import words as w
from pipelines.site.answers import Row
from pipelines.site.blocks import Cell, Column


def kind_cell(kind: str | None) -> Cell:
    """How a row was captured."""
    return Cell(kind or w.NOTHING, pill=f"kind-{kind}")


def source_cell(row: Row) -> Cell:
    """The source's host, leading to the page itself."""
    address = w.web_address(row.get("source_url"))
    return Cell(w.host(address) if address else w.NOTHING, href=address)


def plain_cell(value: object) -> Cell:
    """A value of a mart whose columns the page does not know."""
    if isinstance(value, float):
        return Cell(f"{value:,.4g}")
    return Cell(w.NOTHING if value is None else str(value))


def count_column(label: str, key: str) -> Column:
    return Column(label, lambda row: Cell(w.number(row[key])), numeric=True)


def plain_column(key: str, *, numeric: bool) -> Column:
    return Column(w.label(key), lambda row: plain_cell(row[key]), numeric=numeric)
