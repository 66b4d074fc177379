"""PDFs laid out as the attachments of the national list: ruled tables over many pages, cells wrapped, text layer.

`write` lays tables out as the official ones are; `write_with_defects` adds what official lists get wrong, each defect
drawn by a seeded generator. Also made the bundled attachments, from the facts of the official lists.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
BODY = ParagraphStyle("body", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK")
TITLE = ParagraphStyle("title", fontName=FONT, fontSize=14, leading=20, alignment=1)
WIDTHS = (34, 58, 150, 190, 220, 70)
RULED = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]

FILED = ("序号", "属地", "大模型名称", "备案单位", "备案编号", "备案时间")
REGISTERED = ("序号", "属地", "应用/功能名称", "登记单位", "上线编号", "登记时间")

Section = tuple[str, Sequence[str], Sequence[Sequence[str]]]
"""Title above the table, its header, its rows."""

PLACES = (
    ("北京市", "Beijing"), ("上海市", "Shanghai"), ("浙江省", "ZheJiang"), ("陕西省", "ShanXi"), ("国资委", "ZhongYangQiYe"),
    ("内蒙古自治区", "NeiMengGu"), ("广东省", "Guangdong"),
)  # fmt: skip


def made_rows(count: int, *, registered: bool = False, start: int = 1) -> list[list[str]]:
    """Rows like the official ones: long names that wrap, Latin in Chinese, numbers wider than their cell, running numbers
    that repeat."""
    rows = []
    for i in range(start, start + count):
        place, prefix = PLACES[i // 3 % len(PLACES)]
        name = (
            f"试验{i}号大模型",
            f"Try·GPT-{i}",
            f"第{i}代面向制造业质量检测与设备运维场景的多模态行业大模型",
            f"小试{i}（TestLLM）",
        )[i % 4]
        slug = (f"ShiYan{i}HaoDaMoXing", f"TryGPT-{i}", f"Di{i}DaiMianXiangZhiZaoYeZhiLiangJianCeYuSheBeiYunWei", f"Xiao.Shi{i}")[i % 4]  # fmt: skip
        running = f"S{i % 50:04d}" if registered else f"{i % 50:04d}"
        city = "北京" if place == "国资委" else place[:2]
        firm = (
            f"{city}试验{i}号人工智能科技有限公司",
            f"试验{i}号（{city}）科技股份有限公司",
            f"试验{i}数据局",
        )[i % 3]
        rows.append([str(i), place, name, firm, f"{prefix}-{slug}-20250{1 + i % 9}12{running}", f"2025/{1 + i % 9}/{1 + i % 28}"])  # fmt: skip
    return rows


def write(
    path: Path, sections: Sequence[Section], *, repeat_header: bool = True, widths: Sequence[float] = WIDTHS
) -> None:
    """One PDF; `repeat_header` prints the header on every page, as only some of the official ones do."""
    story: list[Flowable] = []
    for title, header, rows in sections:
        story += [*_title(title), _table([header, *rows], widths, repeat=repeat_header), Spacer(1, 16)]
    _build(path, story)


@dataclass(frozen=True)
class Defects:
    """What went wrong in one made file: rows whose cells were swapped or cut cannot all be known again."""

    swapped: set[int] = field(default_factory=set)
    late: set[int] = field(default_factory=set)
    named: set[str] = field(default_factory=set)


def write_with_defects(path: Path, sections: Sequence[Section], seed: int) -> Defects:
    """The same tables page by page, with headers missing or repeated, columns in another order or width, numbers broken
    over lines, rows cut by the page's end, a place cell merged over rows, swapped columns, a stray 司, late marks,
    page numbers."""
    chance = random.Random(seed)
    made = Defects()
    story: list[Flowable] = []
    for title, header, rows in sections:
        order = list(range(len(header)))
        if chance.random() < 0.3:
            chance.shuffle(order)
            made.named.add("columns in another order")
        widths = [WIDTHS[i] * chance.uniform(0.75, 1.05) if i < len(WIDTHS) else 80.0 for i in order]
        story += _title(title)
        repeats = chance.choice(["always", "never", "sometimes"])
        made.named.add(f"header {repeats}")
        cut: list[str] | None = None
        for page, chunk in enumerate(_pages(rows, chance)):
            cells = [_defective(list(row), chance, made) for row in chunk]
            if cut is not None:
                cells.insert(0, cut)
                cut = None
            if chance.random() < 0.3 and len(chunk) > 4:
                cells[-1], cut = _cut(cells[-1])
                made.named.add("row cut by the page's end")
            with_header = (
                page == 0 or repeats == "always" or (repeats == "sometimes" and chance.random() < 0.5)
            )
            if with_header:
                cells.insert(0, list(header))
            if chance.random() < 0.15 and len(cells) > 6:
                cells.insert(5, list(header))
                made.named.add("header repeated inside")
            spans = _spans(cells, header, chance, made) if cut is None else []
            story.append(_table([[row[i] for i in order] for row in cells], widths, spans=[(order.index(1), a, b) for a, b in spans]))  # fmt: skip
            story.append(Paragraph(f"— {page + 1} —", BODY))
            if page or chance.random() < 0.7:
                story.append(PageBreak())
        if cut is not None:
            story.append(_table([[cut[i] for i in order]], widths))
        story.append(Spacer(1, 16))
    _build(path, story)
    return made


def _pages(rows: Sequence[Sequence[str]], chance: random.Random) -> Iterator[Sequence[Sequence[str]]]:
    at = 0
    while at < len(rows):
        size = chance.randint(6, 14)
        yield rows[at : at + size]
        at += size


def _defective(row: list[str], chance: random.Random, made: Defects) -> list[str]:
    serial = int(row[0])
    drawn = chance.random()
    if drawn < 0.03:
        row[2], row[3] = row[3], row[2]
        made.swapped.add(serial)
        made.named.add("columns swapped")
    elif drawn < 0.05:
        if not row[3].startswith("试验"):
            row[3] = "司" + row[3]
            made.named.add("stray 司")
    elif drawn < 0.12:
        row[5] += "（补登）"
        made.late.add(serial)
        made.named.add("late registration")
    elif drawn < 0.2:
        at = chance.randint(4, len(row[4]) - 4)
        row[4] = row[4][:at] + chance.choice(["\n", " \n", " "]) + row[4][at:]
        made.named.add("number broken")
    elif drawn < 0.25:
        row[3] = row[3].replace("（", "(").replace("）", ")")
        made.named.add("half-width brackets")
    elif drawn < 0.3:
        row[5] = row[5].replace("/", chance.choice(["-", "."]))
    return row


def _cut(row: list[str]) -> tuple[list[str], list[str]]:
    """A row whose lower part stands on the next page, without its serial."""
    upper, lower = list(row), [""] * len(row)
    for i in (2, 3, 4):
        flat = row[i].replace("\n", "").replace(" ", "") if i == 4 else row[i]
        if len(flat) > 8:
            upper[i], lower[i] = flat[: len(flat) - 4], flat[len(flat) - 4 :]
    return upper, lower


def _spans(
    cells: list[list[str]], header: Sequence[str], chance: random.Random, made: Defects
) -> list[tuple[int, int]]:
    """Runs of one place as one merged cell (the place is printed once)."""
    if chance.random() > 0.3:
        return []
    spans = []
    start = 0
    for i in range(1, len(cells) + 1):
        if i == len(cells) or cells[i][1] != cells[start][1] or not cells[start][1]:
            if i - start > 1:
                spans.append((start, i - 1))
                made.named.add("place merged over rows")
            start = i
    return spans


Style = Literal[
    "one path", "cell boxes", "horizontal rules", "no rules", "rules above and below", "rules between columns", "stripes"
]  # fmt: skip
NARROW = (14, 46, 100, 120, 130, 52)
"""Widths in which a serial of two digits breaks, and nearly every name."""


def draw(
    path: Path,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    style: Style,
    *,
    widths: Sequence[float] = WIDTHS,
    align: Literal["top", "middle", "bottom"] = "middle",
) -> None:
    """The table drawn letter by letter, ruled in the ways other writers of PDF files rule theirs."""
    page = canvas.Canvas(str(path), pagesize=landscape(A4), invariant=1)
    top, strokes = 550.0, list[tuple[float, float, float, float]]()
    page.setFont(FONT, 9)
    for row in [header, *rows]:
        cells = [_wrapped(text, width) for text, width in zip(row, widths, strict=True)]
        height = max(map(len, cells)) * 12 + 6
        if top - height < 40:
            _stroke(page, strokes, style)
            page.showPage()
            page.setFont(FONT, 9)
            top = 550.0
        left = 36.0
        for lines, width in zip(cells, widths, strict=True):
            spare = height - 6 - 12 * len(lines)
            at = top - 12 - {"top": 0, "middle": spare / 2, "bottom": spare}[align]
            for number, line in enumerate(lines):
                page.drawString(left + 3, at - 12 * number, line)
            strokes.append((left, top - height, width, height))
            left += width
        top -= height
    _stroke(page, strokes, style)
    page.save()


def _wrapped(text: str, width: float) -> list[str]:
    lines = [""]
    for char in text:
        if pdfmetrics.stringWidth(lines[-1] + char, FONT, 9) > width - 6:
            lines.append("")
        lines[-1] += char
    return lines


def _stroke(page: canvas.Canvas, boxes: list[tuple[float, float, float, float]], style: Style) -> None:
    whole = page.beginPath()
    left, right = min(x for x, *_ in boxes), max(x + width for x, _, width, _ in boxes)
    low, high = min(y for _, y, *_ in boxes), max(y + height for _, y, _, height in boxes)
    if style in ("rules above and below", "rules between columns"):
        for y in (low, high):
            page.line(left, y, right, y)
    for x, y, width, height in boxes:
        if style == "cell boxes":
            page.rect(x, y, width, height)
        elif style == "horizontal rules":
            page.line(x, y, x + width, y)
            page.line(x, y + height, x + width, y + height)
        elif style == "rules between columns":
            page.line(x, low, x, high)
            page.line(x + width, low, x + width, high)
        elif style == "stripes" and sorted({box[1] for box in boxes}).index(y) % 2:
            page.setFillGray(0.9)
            page.rect(x, y, width, height, stroke=0, fill=1)
            page.setFillGray(0)
        elif style == "one path":
            for x0, y0, x1, y1 in ((x, y, x + width, y), (x, y + height, x + width, y + height), (x, y, x, y + height), (x + width, y, x + width, y + height)):  # fmt: skip
                whole.moveTo(x0, y0)
                whole.lineTo(x1, y1)
    if style == "one path":
        page.drawPath(whole)
    boxes.clear()


def _title(title: str) -> list[Flowable]:
    return [Paragraph(_escaped(title), TITLE), Spacer(1, 8)] if title else []


def _table(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    repeat: bool = False,
    spans: Sequence[tuple[int, int, int]] = (),
) -> Table:
    hidden = {(row, column) for column, first, last in spans for row in range(first + 1, last + 1)}
    cells = [
        ["" if (r, c) in hidden else Paragraph(_escaped(cell), BODY) for c, cell in enumerate(row)]
        for r, row in enumerate(rows)
    ]
    made = Table(cells, colWidths=[*widths, 90][: len(rows[0])], repeatRows=1 if repeat else 0)
    made.setStyle(TableStyle([*RULED, *(("SPAN", (c, a), (c, b)) for c, a, b in spans)]))
    return made


def _build(path: Path, story: list[Flowable]) -> None:
    SimpleDocTemplate(
        str(path), pagesize=landscape(A4), leftMargin=36, rightMargin=36, topMargin=36, bottomMargin=36, invariant=1, title="",
    ).build(story)  # fmt: skip


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br/>")
