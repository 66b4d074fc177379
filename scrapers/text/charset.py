"""Bytes to text: which charset a page is in, decided in a fixed order and refused when the result is not text.

BOM, then the HTTP header, then the page's own declaration, then strict UTF-8, then GB18030. `gb2312` and `gbk` are
read as GB18030, their superset: pages that declare the former use letters of the latter.
"""

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_.:-]+)|<\?xml[^>]{0,100}encoding=["']([a-z0-9_.:-]+)""",
    re.I,
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_SUPERSET = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
}
# What UTF-8 Chinese becomes when it is read as Latin-1 or Windows-1252.
_DEBRIS = re.compile("[äåæçèéï][\x80-\xbf\u0152-\u0178\u2018-\u2122]{2}|锟斤拷")


class CharsetError(ValueError):
    """The bytes are no text in any charset they may be in; the message names those tried."""


def decode(content: bytes, content_type: str = "") -> tuple[str, str]:
    """The text and the charset it was read in. `CharsetError` when no candidate gives clean text."""
    for bom, charset in _BOMS:
        if content.startswith(bom):
            return content.decode(charset), charset
    tried: list[str] = []
    for charset in _candidates(content, content_type):
        if charset in tried:
            continue
        tried.append(charset)
        try:
            text = content.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\ufffd" in text or len(_DEBRIS.findall(text)) * 50 > len(text):
            continue
        if charset == "gb18030" and _is_another(content, text):
            continue
        return text, charset
    raise CharsetError(f"not text in {', '.join(tried)}")


def _is_another(content: bytes, text: str) -> bool:
    """Whether bytes that decode as GB18030, as nearly all do, are some other charset: strict UTF-8 (Chinese in GB18030 is
    never that by chance), or Big5 and the like, which leave few of the 3,755 common characters of GB 2312's first level."""
    try:
        if len(content) - len(content.decode()) >= 8:
            return True
    except UnicodeDecodeError:
        pass
    other = [character for character in text[:20_000] if character > "\x7f"]
    # Rows A1 and A3 hold the punctuation of Chinese text.
    leads = (character.encode("gb2312", "replace")[0] for character in other)
    common = sum(0xB0 <= lead <= 0xD7 or lead in (0xA1, 0xA3) for lead in leads)
    return len(other) >= 20 and common < 0.6 * len(other)


def _candidates(content: bytes, content_type: str) -> list[str]:
    found = []
    if match := _HEADER.search(content_type):
        found.append(match[1].lower())
    if declared := _META.search(content[:4096]):
        found.append((declared[1] or declared[2]).decode("ascii", "ignore").lower())
    return [_SUPERSET.get(name, name) for name in found] + ["utf-8", "gb18030"]
