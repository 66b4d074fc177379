"""Services an English text names outside of tables: `Baidu's ERNIE Bot`, `ERNIE Bot (Baidu)`, lists of them in a sentence or
with one a line.

`read` is all the rest of the package asks for; nothing here reads Chinese.
"""

import re
from collections.abc import Iterator

from scrapers.documents import Context, Document
from scrapers.extract.filings.grammar import makers
from scrapers.extract.filings.scopes import NATIONAL, scope_of
from scrapers.records import Filing, Ground

_Named = tuple[str | None, str, str]
"""(maker, model, the words they rest on)."""
_APPROVAL = re.compile(r"(?<!un)(?<!dis)approv|\bfil(?:ed|ing)|(?<!un)regist|cleared|batch", re.I)
_NEAR = 500
"""Letters before a list in which the approval it is about may be named."""

_POSSESSIVE = re.compile(
    r"(?P<e>(?:\d{2}\.AI|[A-Z0-9][\w&-]*)(?:\s(?:[A-Z][\w&-]*|AI))*)['’]s\s(?P<m>(?:[A-Z0-9][\w.-]*)(?:\s(?:[A-Z0-9][\w.-]*))*)"
)


_WORD = r"(?:\d\d\.AI|[A-Z0-9][\w-]*(?:\.\d+)?)(?:['’]s)?"
_AMONG_ENGLISH = re.compile(
    rf"\b(?:services|models|chatbots|apps|products|tools)\b[^.;]{{0,60}}?\b(?:includ(?:e|es|ed|ing)|such as|are|like)\s+"
    rf"(?P<items>{_WORD}(?:\s{_WORD}){{0,4}}(?:(?:,\s(?:and\s)?|\sand\s){_WORD}(?:\s{_WORD}){{0,4}})+)(?!\.?\w)"
)
"""`The services that were filed include DeepSeek and Baidu's Ernie Bot`."""


def read(document: Document, context: Context) -> Iterator[Filing]:
    """Each service once, in the order of the text; the text has no table of them."""
    text = document.text
    told: set[tuple[str | None, str]] = set()
    for match in re.finditer(r"[^\n]+", text):
        sentence = match[0]
        if not _APPROVAL.search(text[max(0, match.start() - _NEAR) : match.end()]):
            continue
        found = _pairs(sentence)
        if not _APPROVAL.search(sentence):
            found = [one for one in found if "(" in one[2]]
        if not found and (len(sentence) <= 40 or sentence.rstrip().endswith(":")):
            found = _lines_after(text, match.end())
        place = scope_of(sentence, None)
        for entity, model, quote in found:
            if (entity, model) in told:
                continue
            told.add((entity, model))
            start = text.index(quote, match.start())
            yield Filing(
                kind="filing",
                model_name=model,
                entity_name=entity,
                province=place if place != NATIONAL else None,
                note="named in a sentence; no number printed",
                ground=Ground(
                    quote=quote,
                    start=start,
                    end=start + len(quote),
                    locator=f"chars {start}-{start + len(quote)}",
                ),
            )


def _lines_after(text: str, at: int) -> list[_Named]:
    """`1. Tiangong (Kunlun Tech)`: one service a line, below a line that announces them; the maker is the side of the brackets
    that is known as one."""
    rows: list[tuple[str, str, str]] = []
    for line in text[at:].lstrip("\n").split("\n"):
        item = re.sub(r"^\s*(?:[-*•·●]|[（(]?\d{1,3}[.、)）])\s*", "", line).strip(" .;")
        if (pair := re.fullmatch(r"([^()]{2,60}?)\s*\(([^()]{2,60})\)", item)) is None:
            break
        rows.append((pair[1], pair[2], line.strip()))
    if len(rows) < 2:
        return []
    swap = sum((inside in makers()) - (outside in makers()) for outside, inside, _ in rows) > 0
    return [(inside, outside, quote) if swap else (outside, inside, quote) for outside, inside, quote in rows]


def _pairs(sentence: str) -> list[_Named]:
    """`Baidu's ERNIE Bot, ByteDance's Skylark`, `ERNIE Bot (Baidu)`, `ERNIE Bot by Baidu`."""
    out: list[_Named] = [
        (m["e"], m["m"].rstrip("."), m[0])
        for m in _POSSESSIVE.finditer(sentence)
        if m["e"] not in ("China", "Beijing", "Shanghai", "US") and not m["m"].isdigit()
    ]
    if among := _AMONG_ENGLISH.search(sentence):
        items = [item.strip() for item in re.split(r",\s(?:and\s)?|\sand\s", among["items"])]
        owned = [_POSSESSIVE.fullmatch(item) for item in items]
        if len(items) >= 2 and any(owned):
            return [
                (pair["e"], pair["m"].rstrip("."), item) if pair else (None, item.rstrip("."), item)
                for item, pair in zip(items, owned, strict=True)
            ]
    names = "|".join(re.escape(name) for name in makers() if name.isascii())
    name = r"[A-Z0-9][\w.-]*(?:\s[A-Z0-9][\w.-]*){0,4}"
    out += [
        (m["e"] or m["f"], m["m"], m[0])
        for m in re.finditer(
            rf"(?P<m>{name})\s(?:\((?P<e>{names})\)|(?:by|from)\s(?P<f>{names})\b)", sentence
        )
    ]
    out += [
        (m["e"], m["m"], m[0])
        for m in re.finditer(rf"\b(?P<e>{names}|{name})\s\((?P<m>[A-Z][\w .-]{{2,40}})\)", sentence)
    ]
    if any(m for m in out if "(" in m[2]) and len(out) < 3:
        return []
    return out if len(out) >= 2 else []
