"""A repaired text cut into articles and sentences, with their places.

Notices number their articles in five depths (第一章 · 第一条 · 一、 · （一） · 1. · (1)); copies and search excerpts often lose the line
breaks, so a number also opens an article in the middle of a line after the end of a sentence.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from scrapers.text import scan

_NUMBERED = (
    r"第[一二三四五六七八九十\d]{1,3}[章节]",
    r"(?:第[一二三四五六七八九十百\d]{1,5}条|方向[一二三四五六七八九十\d]{1,3}(?![\u4e00-\u9fff])|问\d{0,2}:)",
    r"(?:[一二三四五六七八九十]{1,3}、|[一二三四五六七八九十]{1,3}(?=[.:] ?[\u4e00-\u9fff]))",
    r"\([一二三四五六七八九十]{1,3}\)",
    r"(?:\d{1,2}[.、](?!\d)|\d{1,2}\.(?=\d{1,2}[.、]))",
    r"(?:\(\d{1,2}\)|\d{1,2}\)|[①-⑳])",
)
_OPENING = scan.Sought(
    r"(?:^|(?<=[。;!?\n:\]])|(?<=\) ))[ \t#*>•●◆·\-]{0,8}(?:"
    + "|".join(f"(?P<d{depth}>{pattern})" for depth, pattern in enumerate(_NUMBERED))
    + r"|(?P<bracket>[\[「][^\[\]\n]{2,24}\])|(?P<annex>附件?\d{0,2}[:\n ]))",
    r"[ \t#*>•●◆·\-第方问一二三四五六七八九十(\d①-⑳\[「附]",
    re.M,
)
_END = re.compile(
    # opens with a class, to which the engine skips
    r"[。;!?\n.\s](?:(?<=[。;!?])[。;!?]*[\"')\]]?|(?<=\n)\n*|(?<=\s)\[\d{1,2}\](?:\s-)?|"
    r"(?<=[a-z\d%)][a-z%)]\.)(?=\s+[A-Z\"']|\s*$)|(?<=[\d)'\"\u4e00-\u9fff][\d)'\"]\.)(?=\s+[A-Z]))"
)
_WRAPPED = 25
"""Letters of a line from which its break may be that of a page width; headings are shorter."""
_GOES_ON = re.compile(
    r"(?:[\u4e00-\u9fff\d,、(%](?<![元%日)])\n[\u4e00-\u9fff\d%]|[元%日]\n[的以补奖资支及等给进])"
)
"""A line that ends in a sum or a day is whole, unless the next one leans on it."""
_ITEM = re.compile(r"[\u4e00-\u9fffA-Za-z\d]{3,14}:")
"""A line that opens with a label is an item of a list, whatever the line before."""
_LONG = 1200
"""A sentence without an end is cut here: no sentence of a notice is longer, and hostile text stays cheap."""


class Sentence(NamedTuple):
    """`text[start:end]`; `article` counts the articles of the text; `headings` are the openings of the article and of those that hold
    it, outermost first; `opens_line` marks the first sentence of a line; `is_open` one that ends without a mark."""

    start: int
    end: int
    article: int
    headings: tuple[str, ...]
    opens_line: bool
    is_open: bool


def sentences(folded: str) -> list[Sentence]:
    """The sentences of a text folded by `scrapers.text.repair.fold`, in order."""
    out: list[Sentence] = []
    stack: list[tuple[int, str]] = []
    for number, (start, end, depth) in enumerate(_articles(folded)):
        heading = _heading(folded, start, end)
        if depth >= 0:
            while stack and stack[-1][0] >= depth:
                stack.pop()
            stack.append((depth, heading))
        headings = tuple(words for _, words in stack)
        line = True
        at = start
        while at < end:
            limit = min(end, at + _LONG)
            match = _END.search(folded, at, limit)
            while match is not None and match[0] == "\n" and _is_wrap(folded, match.start()):
                match = _END.search(folded, match.end(), limit)
            stop = match.end() if match else min(end, at + _LONG)
            begin = at
            while begin < stop and folded[begin] in " \t\n":
                begin += 1
            tail = stop
            while tail > begin and folded[tail - 1] in " \t\n":
                tail -= 1
            if tail > begin:
                closed = match is not None and "\n" not in match[0]
                out.append(Sentence(begin, tail, number, headings, line, not closed))
                line = False
            line = line or (match is not None and "\n" in match[0])
            at = stop
    return out


def _is_wrap(folded: str, at: int) -> bool:
    """Whether the line break at a place is only that of a page width: a long line that stops inside a sentence."""
    line = at - max(folded.rfind("\n", max(0, at - 90), at), at - 90)
    return (
        line > _WRAPPED
        and " | " not in folded[at - line : at]
        and bool(_GOES_ON.match(folded, at - 1))
        and not (_ITEM.match(folded, at + 1) and not _is_open(folded[at - line : at]))
    )


def _is_open(line: str) -> bool:
    return line.count("(") > line.count(")")


def _articles(folded: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, depth) of each article; the text before the first has depth -1."""
    cuts: list[tuple[int, int]] = []
    for match in _OPENING.finditer(folded):
        depth = next((d for d in range(len(_NUMBERED)) if match[f"d{d}"]), 0 if match["bracket"] else -1)
        cuts.append((match.start(), depth))
    start, depth = 0, -1
    for cut, own in cuts:
        if cut > start:
            yield start, cut, depth
        start, depth = cut, own
    if start < len(folded):
        yield start, len(folded), depth


def _heading(folded: str, start: int, end: int) -> str:
    """The opening words of an article: up to the end of its line or first sentence, at most 60 letters."""
    match = _END.search(folded, start + 1, min(end, start + 60))
    return folded[start : match.start() if match else min(end, start + 60)].strip()
