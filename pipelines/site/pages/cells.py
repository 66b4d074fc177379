"""Cells and columns that several pages share."""

from pipelines.site import words as w
from pipelines.site.answers import Row
from pipelines.site.blocks import Cell, Column


def source_path(source_id: str) -> str:
    return f"sources/{w.slug(source_id.replace('/', '-'))}.html"


def kind_cell(kind: str | None) -> Cell:
    """How a row was captured."""
    return Cell(kind or w.NOTHING, pill=f"kind-{kind}")


def source_cell(row: Row) -> Cell:
    """The source's host, leading to the page itself."""
    address = w.web_address(row.get("source_url"))
    return Cell(w.host(address) if address else w.NOTHING, href=address)


def count_column(label: str, key: str) -> Column:
    return Column(label, lambda row: Cell(w.number(row[key])), numeric=True)
