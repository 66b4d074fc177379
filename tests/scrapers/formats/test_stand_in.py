"""PDF files that name an East Asian font and do not hold it."""

from pathlib import Path

import pypdfium2
from reportlab.pdfgen import canvas

from scrapers.formats import pdf
from tests.scrapers.official_pdf import FONT


def test_letters_of_a_font_left_out_have_a_size_of_their_own(tmp_path: Path) -> None:
    """Alone on its line (序 over 号 in a narrow cell) a letter without a size is lost: `一` is as high as `国` whatever fonts
    the machine has."""
    path = tmp_path / "list.pdf"
    page = canvas.Canvas(str(path), invariant=1)
    page.setFont(FONT, 10)
    for at, text in enumerate(("序", "号", "一", "国", "i")):
        page.drawString(50, 700 - 20 * at, text)
    page.save()

    chars = pdf._characters(pypdfium2.PdfDocument(path)[0].get_textpage())

    assert [char.text for char in chars] == ["序", "号", "一", "国", "i"]
    assert {round(char.height, 1) for char in chars} == {9.1}
    assert [50 < char.x < 60 for char in chars] == [True] * 5
    assert chars[-1].x < 52  # a Latin letter is narrow
