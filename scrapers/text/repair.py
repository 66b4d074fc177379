"""Damaged text to readable text: what copies, gates, mirrors and PDF lines do to a Chinese page, undone.

`repair` is idempotent: repairing a repaired text changes nothing, so offsets into it are stable. It never invents
words: what cannot be undone for sure is left as printed. Punctuation stays as printed too; readers fold it with
`fold`, which keeps every offset.
"""

import html
import re
from functools import cache
from typing import NamedTuple

import opencc

from scrapers.text import scan


class Repaired(NamedTuple):
    """The text, and the names of the repairs that changed it: `entities`, `mojibake`, `pinyin`, `traditional`,
    `taiwan`, `fullwidth`, `spacing`, `wrapping`, `spam`."""

    text: str
    repairs: tuple[str, ...]


_HAN = "\u3400-\u9fff\uf900-\ufaff〇"
_INVISIBLE = dict.fromkeys(
    [
        *range(0x00, 0x09),
        0x0B,
        0x0C,
        *range(0x0E, 0x20),
        0x7F,
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        0x2060,
        0xFEFF,
    ]
)
_SPACES = {
    0xA0: " ",
    0x3000: " ",
    **dict.fromkeys(range(0x2000, 0x200B), " "),
    0x2028: "\n",
    0x2029: "\n",
    0x85: "\n",
}
_plain = scan.translator({**dict.fromkeys(_INVISIBLE), **_SPACES})
# Full-width forms that carry numbers and names; punctuation of sentences stays.
_FULLWIDTH = str.maketrans(
    {
        **{chr(0xFF10 + i): chr(0x30 + i) for i in range(10)},
        **{chr(0xFF21 + i): chr(0x41 + i) for i in range(26)},
        **{chr(0xFF41 + i): chr(0x61 + i) for i in range(26)},
        "％": "%",
        "﹪": "%",
        "＋": "+",
        "－": "-",
        "／": "/",
        "．": ".",
        "＝": "=",
        "＜": "<",
        "＞": ">",
        "￥": "¥",
    }
)
_narrow = scan.translator(_FULLWIDTH)
# One character each, so that a folded text has the offsets of the text it came from.
_folded = scan.translator(
    str.maketrans(
        "，；：（）！？［］｛｝〔〕【】﹝﹞⦗⦘“”‘’「」『』〝〞—–－~～", ',;:()!?[]{}[][][][]""\'\'""""""-----'
    )
)


def fold(text: str) -> str:
    """Half-width punctuation, one kind of quotation mark, dash and bracket; same length, same offsets."""
    return _folded(text)


_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8}\d?);", re.I)
_LINE_TAG = re.compile(r"</?(?:br|p|div|li|tr|h[1-6])(?:\s[^<>]{0,200})?/?>", re.I)
_INLINE_TAG = re.compile(r"</?(?:em|strong|b|i|u|a|span|font|sup|sub)(?:\s[^<>]{0,300})?/?>", re.I)

# UTF-8 read as Windows-1252 or Latin-1: a lead byte and its continuation bytes as letters.
_CP1252_HIGH = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_DEBRIS = re.compile(rf"(?:[\u00c2-\u00f4][\u0080-\u00bf{_CP1252_HIGH}]{{1,3}})+")

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_PINYIN = re.compile(rf"(?<=[{_HAN}])[(（]([a-zü\u0251\u0261{_TONES}]{{1,7}})[)）]")
_TONED = re.compile(f"[{_TONES}]")
_CUT_PINYIN = re.compile(rf"(?<=[{_HAN}])[(（][a-z]{{0,5}}[{_TONES}][a-z]{{0,3}}$", re.M)

# The space after 第一条 separates a number from its sentence.
# Each begins with the space itself, a literal, so that a text is searched at its few spaces only.
# One before `备案主体：` or before the firm that ends a line parts two fields.
_HAN_GAP = re.compile(
    rf" (?<=[{_HAN}] )(?<![条章节] )(?=[{_HAN}])(?![{_HAN}]{{2,8}}[：:]|[^\n，。；]{{2,40}}(?:公司|管理局|数据局|大学|医院|研究院|集团)$)",
    re.M,
)
_NUMBER_GAP = re.compile(
    rf" (?:(?<=\d )(?=[%万亿千百十元年月日个号])|(?<=[{_HAN}] )(?=\d{{1,9}}(?:\.\d{{1,4}})? ?[%万亿千百元年月日号])|(?<=[年月] )(?=\d))"
)
_BLANKS = re.compile(r"[ \t]{2,}")
_EDGE = re.compile(r"[ \t]+\n[ \t]*|\n[ \t]+")
_MANY_LINES = re.compile(r"\n{3,}")
_SENTENCE_END = re.compile(r"[。.!！?？:：;；,，、)）》】」”\"]$")
_LINE_START = re.compile(
    r"[(（]?[一二三四五六七八九十0-9①-⑳]{1,3}[)）、.．](?!\d)|第[一二三四五六七八九十百0-9]{1,4}[条章节]|附件?[0-9:：]|[-—*•●|☆★■◆▪►]"
    r"|各[^，。；]{1,24}[：:]|抄送|联系(?:人|电话|方式|地址)"
)
_LISTED = re.compile(
    r"^[^\u3400-\u9fff]*$|\|.*\||\t|[¥￥$]\s?\d|(?:\d|元)\s?/\s?(?:月|时|小时|天|年|台|卡|张|h)|^[^，。；]*\d\s?(?:元|万|美元|[wW](?![A-Za-z]))[^，。；]*$"
    r"|^[^，。；：:]{2,30}公司[：:][^，。；：:]{2,40}$"
)
"""A row of a table, or a line that names a price or a firm's product and is no sentence: lists of them are equally long without being cut."""

# Decorations woven between words by sites that hide copied text from search engines.
_DECORATION = re.compile(r"[ღ★☆◈✿❤♥✪◆▲↓↑→←√]{2,}")
_SPAM = re.compile(
    r"无码|無碼|一区二区|一區二區|在线观看|在線觀看|在线播放|在線播放|免费视频|免費視頻|人妻|高潮|色欲|色慾|丝袜|絲襪|"
    r"成人(?:字幕|电影|電影|网|視頻|视频)|激情(?:视频|一区)|av(?:在线|在線|天堂|片|中文)|毛片|黄色|黃色|国产(?:精品|亚洲|日韩|成人)|"
    r"國產(?:精品|亞洲)|亚洲(?:精品|国产|欧美|日韩)|欧美(?:日韩|亚洲|视频|一区)|久久(?:精品|综合|久)|博彩|彩票(?:平台|投注|开奖|官网)|"
    r"六合彩|时时彩|百家乐|威尼斯人|澳门(?:新|葡|金)|北京赛车|体育投注|(?:真人|棋牌)(?:娱乐|游戏)|娱乐城|赌场|开奖结果|幸运飞艇",
    re.I,
)


@cache
def _converters() -> tuple[opencc.OpenCC, opencc.OpenCC, frozenset[str]]:
    plain, taiwan = opencc.OpenCC("t2s"), opencc.OpenCC("tw2sp")
    letters = [chr(code) for code in range(0x4E00, 0xA000)]
    simplified = plain.convert("\n".join(letters)).split("\n")
    return plain, taiwan, frozenset(a for a, b in zip(letters, simplified, strict=True) if a != b)


# Letters that look traditional to a table but are at home in simplified text.
_BOTH = frozenset("著乾瞭藉覆於馀硃麽祇幺榖徵剋鍾噁锺姊")
# Words of the government's own big5 gate and of Taiwan that a letter table leaves wrong.
_TAIWAN_WORDS = re.compile("人工智慧|智慧算力|演算法|資訊|軟體|硬體|晶片|伺服器|支援|雲端|網路|數位|程式")


_LETTER = re.compile("[\u4e00-\u9fff]")


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters (a few quoted ones do not make it so)."""
    hits = (set(text) & _converters()[2]) - _BOTH
    if len(hits) < 2:
        return False
    count = sum(text.count(letter) for letter in hits)
    letters = len(_LETTER.findall(text))
    return count * (40 if count >= 3 else 12) >= letters


def simplify(text: str) -> str:
    """Traditional to simplified, for a cell or title of a page known to be traditional."""
    plain, taiwan, _ = _converters()
    return str(plain.convert(taiwan.convert(text) if _TAIWAN_WORDS.search(text) else text))


def repair(text: str) -> Repaired:
    """Repairs a decoded text; see `Repaired` for what may be done. Linear in the length of the text."""
    done: list[str] = []
    for _ in range(4):
        before = text
        text = _once(text, done)
        if text == before:
            break
    return Repaired(text, tuple(dict.fromkeys(done)))


def _once(text: str, done: list[str]) -> str:
    def step(name: str, new: str) -> None:
        nonlocal text
        if new != text:
            done.append(name)
            text = new

    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text and _ENTITY.search(text):
        step("entities", _ENTITY.sub(lambda match: html.unescape(match[0]), text))
    if "<" in text and ("</" in text or "<br" in text.lower()):
        step("entities", _INLINE_TAG.sub("", _LINE_TAG.sub("\n", text)))
    if _DEBRIS.search(text):
        step("mojibake", undo_mojibake(text))
    text = _plain(text)
    if not text.isascii():
        if "(" in text or "（" in text:
            step("pinyin", _strip_pinyin(text))
        if is_traditional(text):
            plain, taiwan, _ = _converters()
            if len(set(_TAIWAN_WORDS.findall(text))) >= 2:
                step("taiwan", taiwan.convert(text))
            done.append("traditional")
            text = plain.convert(text)
        step("fullwidth", _narrow(text))
        step("spam", _drop_spam(text))
        step("spacing", _NUMBER_GAP.sub("", _HAN_GAP.sub("", text)))
        step("wrapping", _unwrap(text))
    step("wrapping", _unwrap_words(text))
    return _MANY_LINES.sub("\n\n", _EDGE.sub("\n", _BLANKS.sub(" ", text))).strip()


def undo_mojibake(text: str) -> str:
    """Turns runs of UTF-8 that were read as Windows-1252 or Latin-1 back; other letters stay."""
    return _DEBRIS.sub(_undo_debris, text)


def _undo_debris(match: re.Match[str]) -> str:
    raw = bytearray()
    for letter in match[0]:
        if ord(letter) < 0x100:
            raw.append(ord(letter))
        else:
            raw += letter.encode("cp1252")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _strip_pinyin(text: str) -> str:
    """Removes `(fā)` after a Han character; toneless syllables only where toned ones show what the page does."""
    toned = sum(1 for match in _PINYIN.finditer(text) if _TONED.search(match[1]))
    if not toned:
        return text
    text = _PINYIN.sub(lambda match: "" if toned >= 3 or _TONED.search(match[1]) else match[0], text)
    return _CUT_PINYIN.sub("", text) if toned >= 3 else text


def _drop_spam(text: str) -> str:
    if _DECORATION.search(text):
        text = _DECORATION.sub("", text)
    if not _SPAM.search(text):
        return text
    return "\n".join(line for line in text.split("\n") if len(_SPAM.findall(line)) < 2)


def _unwrap(text: str) -> str:
    """Joins lines that a page width cut: only where most lines are equally long and end in the middle of a sentence.
    A table's or price list's lines are each a row."""
    lines = text.split("\n")
    long = [line for line in lines if len(line) >= 15]
    lengths = [len(line) for line in long]
    if len(lengths) < 3 or sum(1 for line in long if _LISTED.search(line)) * 2 > len(long):
        return text
    width = sorted(lengths)[len(lengths) * 3 // 4]
    full = [
        i
        for i, line in enumerate(lines[:-1])
        if abs(len(line) - width) <= 3 and not _SENTENCE_END.search(line) and lines[i + 1]
    ]
    if len(full) * 2 < len(lengths) or width > 60:
        return text
    if sum(1 for i in full if _LINE_START.match(lines[i + 1])) * 2 > len(full):
        return text  # items of a list, each a line
    cuts = {i for i in full if not _LINE_START.match(lines[i + 1])}
    cuts |= {
        i
        for i, line in enumerate(lines[:-1])
        if abs(len(line) - width) <= 3 and lines[i + 1] and not _LINE_START.match(lines[i + 1])
    }
    return "".join(line + ("" if i in cuts else "\n") for i, line in enumerate(lines))[:-1]


_PROSE_LINE = re.compile(r"(?=(?:\S+ +){5})[A-Za-z0-9$€£¥“\"'(‘][^|\t]*[^|\t ]\Z")
_ITEM_START = re.compile(r"\d{1,3}[.)] |\(?[a-z]\) |#")


def _unwrap_words(text: str) -> str:
    """Joins the lines of an English paragraph that a page width cut between words: nearly each of them is followed by a
    word that would not have fitted on it, and many of those go on in small letters. Rows and lists do neither."""
    lines = [line.rstrip() for line in text.split("\n")]
    prose = [bool(_PROSE_LINE.match(line)) and "   " not in line for line in lines]
    width = max((len(line) for line, is_prose in zip(lines, prose, strict=True) if is_prose), default=0)
    if not 40 <= width <= 130:
        return text
    followed = [
        i
        for i, after in enumerate(lines[1:])
        if prose[i]
        and after
        and (after[0].isalnum() or after[0] in "$(“\"'‘")
        and not _ITEM_START.match(after)
    ]
    full = {i for i in followed if len(lines[i]) + 1 + len(lines[i + 1].split(maxsplit=1)[0]) > width}
    small = sum(lines[i + 1][0].islower() for i in full)
    if not full or len(full) < 0.7 * len(followed) or small < max(1, 0.3 * len(full)):
        return text
    return "".join(line + (" " if i in full else "\n") for i, line in enumerate(lines))[:-1]
