"""Spreadsheets and DOCX files to documents; merged cells are repeated in every cell they cover."""

import datetime as dt
import io

import docx
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from scrapers.documents import Document, Table
from scrapers.formats import UnreadableFile


def read(content: bytes, label: str) -> Document:
    """A workbook (one table a sheet, locator `sheet 备案`) or a DOCX (paragraphs and tables in their order)."""
    if b"word/" in content[:4_000] or b"word/document.xml" in content:
        return _read_docx(content, label)
    return _read_workbook(content, label)


def _read_workbook(content: bytes, label: str) -> Document:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        tables = [
            table
            for name in book.sheet_names
            if (table := _sheet(book.get_sheet_by_name(name), name)) is not None
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableFile(f"{label}: not a readable spreadsheet ({error})") from None
    text = "\n".join("\n".join(" ".join(filter(None, row)) for row in table.rows) for table in tables)
    return Document(
        text=text,
        tables=tables,
        raw_text=text,
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


def _sheet(sheet: CalamineSheet, name: str) -> Table | None:
    rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if top < len(rows) and left < len(rows[top]):
            for row in range(top, min(bottom, len(rows) - 1) + 1):
                for column in range(left, min(right, len(rows[row]) - 1) + 1):
                    rows[row][column] = rows[top][left]
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(row)]
    if not numbered:
        return None
    return Table(
        rows=[row for _, row in numbered],
        locator=f"sheet {name}",
        context=name,
        row_locators=[f"sheet {name} row {number}" for number, _ in numbered],
    )


def _cell(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _read_docx(content: bytes, label: str) -> Document:
    try:
        opened = docx.Document(io.BytesIO(content))
    except Exception as error:  # the library raises what its zip and XML readers raise
        raise UnreadableFile(f"{label}: not a readable DOCX ({type(error).__name__})") from None
    lines: list[str] = []
    tables: list[Table] = []
    for block in opened.iter_inner_content():
        if isinstance(block, Paragraph):
            if block.text.strip():
                lines.append(block.text.strip())
        elif isinstance(block, DocxTable):
            number = len(tables) + 1
            # python-docx gives a merged cell once for every grid place it covers
            rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in block.rows]
            tables.append(
                Table(
                    rows=rows,
                    locator=f"table {number}",
                    context=lines[-1] if lines else "",
                    row_locators=[f"table {number} row {i}" for i in range(1, len(rows) + 1)],
                )
            )
            lines += [" ".join(dict.fromkeys(filter(None, row))) for row in rows]
    text = "\n".join(lines)
    return Document(
        text=text,
        title=opened.core_properties.title or None,
        tables=tables,
        raw_text=text,
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
