"""Names of AI services that are known: those of the official lists and the names the press gives well-known ones.

`model_names.txt` holds every name of the bundled national lists, one a line, and is made from them by
`python -m tests.scrapers.model_names`; a test keeps it in step. `model_brands.csv` holds what the press writes instead
(豆包 for 云雀大模型) and is kept by hand; `common` marks a name that is also an everyday word or a firm, which counts only as
a whole item of a list.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

Sureness = Literal[0, 2, 3]
"""3: nothing but this service; 2: a known name that is short or an everyday word; 0: not known."""

NAMES = Path(__file__).with_name("model_names.txt")
_BRANDS = Path(__file__).with_name("model_brands.csv")
_LONGEST = 24
_SHORT = 6
"""Names of the official lists with fewer letters (天问, 星图, 手机银行) may be anything."""

_ODD = re.compile(r"[\s·•・.\-—_]")
_CLASS = re.compile(
    r"(?:认知|通用|基础|大语言|语言|多模态|对话|AI|人工智能|智能|生成式|服务|系列|产品|应用|软件|平台|网页版|App|APP|app"
    r"|大?模型|助手|助理|机器人|聊天机器人)+(?:V?\d+(?:\.\d+)*)?$"
)
_VERSION = re.compile(r"[ -]?(?:V?\d+(?:\.\d+)+|V\d+|\d+\.\d+|4\.0|R1)$", re.I)
_BRACKET = re.compile(r"[（(]([^（()）]+)[)）]$")


def sureness(words: str) -> Sureness:
    """How surely words are the name of a known service, with or without `大模型`, brackets and dots."""
    table = _names()
    whole = _plain(words)
    if (found := table.get(whole)) is not None:
        return found
    if "（" in words or "(" in words:
        return 0
    bare = _plain(core(words))
    return table.get(bare, 0) if len(bare) >= 2 else 0


def is_listed(words: str) -> bool:
    """Whether words are a known name as it stands, class of service and all."""
    return _plain(words) in _names()


def core(words: str) -> str:
    """A name without the class of service and the version behind it: `文心一言大模型4.0` to `文心一言`."""
    bracket = _BRACKET.sub("", words.strip())
    return _CLASS.sub("", _VERSION.sub("", bracket.strip())).strip() or bracket


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where sure names stand, longest first, without overlaps; the class of service behind a name belongs to it."""
    table, starts = _names(), _starts()
    at = 0
    while at < len(text):
        if text[at].casefold() in starts:
            for size in range(min(_LONGEST, len(text) - at), 1, -1):
                piece = text[at : at + size]
                if table.get(_plain(piece)) == 3 and piece.strip() == piece and _whole(text, at, at + size):
                    yield at, at + size
                    at += size - 1
                    break
        at += 1


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a piece of Latin letters is a word of its own."""

    def is_word(char: str) -> bool:
        return char.isascii() and char.isalnum()

    before = start > 0 and is_word(text[start - 1]) and is_word(text[start])
    behind = end < len(text) and is_word(text[end]) and is_word(text[end - 1])
    return not before and not behind


def _plain(words: str) -> str:
    return _ODD.sub("", words).casefold()


@cache
def _names() -> dict[str, Sureness]:
    found: dict[str, Sureness] = {}
    for name in NAMES.read_text(encoding="utf-8").splitlines():
        spellings = {name, core(name)}
        if bracket := _BRACKET.search(name):
            spellings.add(bracket[1])
        for spelling in spellings:
            plain = _plain(spelling)
            if len(plain) >= (2 if spelling == name else 3) and not _CLASS.fullmatch(spelling):
                sure: Sureness = 3 if len(plain) >= _SHORT and spelling in (name, core(name)) else 2
                found[plain] = max(sure, found.get(plain, 0))
    with _BRANDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[_plain(row["name"])] = 2 if row["common"] else 3
    return found


@cache
def _starts() -> frozenset[str]:
    return frozenset(name[0] for name, sure in _names().items() if sure == 3)
