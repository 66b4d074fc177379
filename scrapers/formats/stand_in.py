"""A font that stands in for East Asian ones a PDF names but does not hold.

Official lists set in 宋体 often leave the font out. PDFium then asks the machine for one, and where there is none its letters
have no size: a letter alone on its line, as in a narrow cell, is lost. This font gives every letter a box, so that a
file reads the same on every machine. Nothing is drawn with it.
"""

import ctypes
import struct
from typing import Any

import pypdfium2.raw as pdfium

_EM = 1000
_LETTER, _LATIN = (60, -80, 940, 820), (40, -80, 260, 820)
"""Left, bottom, right, top in parts of the em: a box as those of 宋体, and one as narrow as its Latin `i`."""
_EAST_ASIAN = (
    pdfium.FXFONT_GB2312_CHARSET,
    pdfium.FXFONT_CHINESEBIG5_CHARSET,
    pdfium.FXFONT_SHIFTJIS_CHARSET,
    pdfium.FXFONT_HANGEUL_CHARSET,
)
_HANDLE = 1


def install() -> None:
    """Makes PDFium use the font, for this process. Fonts a file holds, and Latin ones, are not touched."""
    pdfium.FPDF_SetSystemFontInfo(ctypes.byref(_INFO))


def font() -> bytes:
    """The font as TrueType: glyph 1 for Latin, glyph 2 for all else of Unicode (`cmap` format 13)."""
    glyphs = [_box(*_LATIN), _box(*_LETTER)]
    tables = {
        b"cmap": struct.pack(">HHHHL", 0, 1, 0, 6, 12)
        + struct.pack(">HHLLL", 13, 0, 40, 0, 2)
        + struct.pack(">LLLLLL", 0x20, 0x24F, 1, 0x250, 0x10FFFF, 2),
        b"glyf": b"".join(glyphs),
        b"head": struct.pack(
            ">LLLLHHQQhhhhHHhhh", 0x10000, 0, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *_LETTER, 0, 8, 2, 0, 0
        ),
        b"hhea": struct.pack(">Lhhh12H", 0x10000, 880, -120, 0, _EM, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3),
        b"hmtx": struct.pack(">HhHhHh", _EM, 0, _EM, _LATIN[0], _EM, _LETTER[0]),
        b"loca": struct.pack(">HHHH", 0, 0, len(glyphs[0]) // 2, len(b"".join(glyphs)) // 2),
        b"maxp": struct.pack(">LH13H", 0x10000, 3, 4, 1, *[0] * 11),
        b"name": struct.pack(">HHH", 0, 0, 6),
        b"post": struct.pack(">LLhhL16x", 0x30000, 0, 0, 0, 0),
    }
    at = 12 + 16 * len(tables)
    directory, body = struct.pack(">LHHHH", 0x10000, len(tables), 128, 3, 16), b""
    for tag, content in tables.items():
        directory += struct.pack(">4sLLL", tag, 0, at + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    return directory + body


def _box(left: int, bottom: int, right: int, top: int) -> bytes:
    corners = ((left, bottom), (left, top), (right, top), (right, bottom))
    steps = [(x - px, y - py) for (px, py), (x, y) in zip(((0, 0), *corners), corners, strict=False)]
    glyph = struct.pack(">hhhhhHH", 1, left, bottom, right, top, len(corners) - 1, 0) + bytes([1] * 4)
    glyph += b"".join(struct.pack(">h", step[axis]) for axis in (0, 1) for step in steps)
    return glyph + bytes(-len(glyph) % 4)


def _map(_: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, exact: Any) -> int | None:
    return _HANDLE if charset in _EAST_ASIAN else None


def _data(_: Any, handle: Any, table: int, buffer: Any, size: int) -> int:
    if table:  # asked for one table, or whether the font is one of a collection
        return 0
    if buffer and size >= len(_FONT):
        ctypes.memmove(buffer, _FONT, len(_FONT))
    return len(_FONT)


_FONT = font()
_TYPES = dict(pdfium.FPDF_SYSFONTINFO._fields_)
_INFO = pdfium.FPDF_SYSFONTINFO(
    version=1,
    MapFont=_TYPES["MapFont"](_map),
    GetFontData=_TYPES["GetFontData"](_data),
    GetFontCharset=_TYPES["GetFontCharset"](lambda *_: pdfium.FXFONT_DEFAULT_CHARSET),
    DeleteFont=_TYPES["DeleteFont"](lambda *_: None),
)
"""Kept for as long as PDFium may call it."""
