"""PDFs laid out as the attachments of the national list: ruled tables over many pages, cells wrapped, text layer.

Also made the bundled attachments, from the facts of the official lists.
"""

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

FONT = "STSong-Light"
BODY = ParagraphStyle("body", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK")
TITLE = ParagraphStyle("title", fontName=FONT, fontSize=14, leading=20, alignment=1)
WIDTHS = (34, 58, 150, 190, 220, 70)

Section = tuple[str, Sequence[str], Sequence[Sequence[str]]]
"""Title above the table, its header, its rows."""


def write(
    path: Path, sections: Sequence[Section], *, repeat_header: bool = True, widths: Sequence[float] = WIDTHS
) -> None:
    """One PDF; `repeat_header` prints the header on every page, as only some of the official ones do."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    story: list[Flowable] = []
    for title, header, rows in sections:
        cells = [[Paragraph(_escaped(cell), BODY) for cell in row] for row in [header, *rows]]
        table = Table(cells, colWidths=[*widths, 90][: len(header)], repeatRows=1 if repeat_header else 0)
        table.setStyle(
            TableStyle(
                [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
            )
        )
        story += [Paragraph(_escaped(title), TITLE), Spacer(1, 8), table, Spacer(1, 16)]
    SimpleDocTemplate(
        str(path), pagesize=landscape(A4), leftMargin=36, rightMargin=36, topMargin=36, bottomMargin=36, invariant=1, title="",
    ).build(story)  # fmt: skip


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
