"""Attachments as government offices make them: DOCX guides, PDF rules with a text layer, XLSX tables.

Also made the bundled attachments of the policy sources.
"""

import io
from collections.abc import Sequence

import docx
import xlsxwriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from tests.scrapers.official_pdf import FONT, TITLE

TEXT = ParagraphStyle("text", fontName=FONT, fontSize=12, leading=20, wordWrap="CJK", firstLineIndent=24)


def as_docx(title: str, paragraphs: Sequence[str], table: Sequence[Sequence[str]] = ()) -> bytes:
    """A guide: heading, numbered paragraphs, and where given a table at the end."""
    document = docx.Document()
    document.add_heading(title, level=0)
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(title: str, paragraphs: Sequence[str]) -> bytes:
    """Rules on A4, lines broken by the page and not by the sentence."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    story = [Paragraph(title, TITLE), *(Paragraph(text, TEXT) for text in paragraphs)]
    SimpleDocTemplate(out, pagesize=A4, invariant=1, title="").build(story)
    return out.getvalue()


def as_xlsx(sheet: str, rows: Sequence[Sequence[str]]) -> bytes:
    """One sheet of text cells; the first row is the header."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet(sheet)
    for number, cells in enumerate(rows):
        page.write_row(number, 0, cells)
    book.close()
    return out.getvalue()
