"""Which words of a text name an approved service or its maker: a conditional random field over the words.

The weights (`weights/names.crfsuite.z`) are learned from the labelled texts by `python -m tests.train_filings`. What a
word is judged by: itself and its neighbours, the quotes around it, names and firms that are known, what the telling words
before and behind it, in its sentence and in those beside it say.
"""

import re
from collections.abc import Iterator, Sequence
from statistics import fmean

from scrapers.extract.filings.prose import spots
from scrapers.extract.filings.prose.words import Spot, Text, told_in
from scrapers.lexicon import makers, models

_QUOTES = {"“": "”", "「": "」", "《": "》", "『": "』", "‘": "’", "（": "）", "(": ")", "[": "]"}
_FIRM_WORDS = re.compile(
    r"有限公司|公司|集团|大学|学院|研究院|研究所|医院|实验室|科技|银行|证券|传媒|报社|网络|出版社|中心|Inc\b|Corp\w*|Ltd|Co\b|Group|Technology|University|Bank|Institute|Hospital|Holdings"
)
_SERVICE_WORDS = re.compile(
    r"大语言模型|大模型|模型|智能体|助手|平台|系统|服务|应用|小程序|算法|AI|GPT|Chat|\b(?:models?|chatbot|assistant|LLMs?|app|tool|agent|bot|service|product)\b"
)
_CLASS_ONLY = re.compile(
    r"(?:基础|行业|通用|垂直|垂类|国产|多模态|大语言|语言|生成式|人工智能|自研|领域|文生图|商用|政务|AI|的|类)*(?:大?模型|产品|服务|应用|助手|智能体|算法)?"
    r"|(?:the |its |an? )?(?:large |language |foundation |generative |AI |chat)*(?:models?|bots?|chatbots?|services?|products?|apps?|applications?)",
    re.I,
)
"""What a class of services is called, no name."""
_APPROVAL = {"filed", "registered", "approved"}
ENOUGH = 0.6
"""From what mean likelihood of its words on a name is taken for that of an approved service."""
_FAR = 12
"""How many telling words before and behind a word are looked at for an approval."""
_SHORTENED = re.compile(r"\b(?:Ltd|Co|Inc|Corp)$")
_LISTED = re.compile(r"（\d{1,3}）|\(\d{1,3}\)|\d{1,3}[、.．](?!\d)")
_STRAY = '“”「」"《》 、，,:：·-—*\t|。.'


def tagged(text: Text, labels: Sequence[str], likely: Sequence[float] = ()) -> list[Spot]:
    """The approved services (kind `service`, `algorithm`) and makers (`maker`) a text names by the labels of its words; `likely`
    tells how likely each label is, and a service whose words are not sure enough is left out."""
    return list(_spots(text, labels, likely))


def _spots(text: Text, labels: Sequence[str], likely: Sequence[float]) -> Iterator[Spot]:
    at = 0
    while at < len(labels):
        if labels[at] == "O":
            at += 1
            continue
        kind = labels[at][2:]
        end = at + 1
        while end < len(labels) and labels[end] == f"I-{kind}":
            end += 1
        spot = _trimmed(text.text, text.words[at][0], text.words[end - 1][1], kind)
        is_sure = kind == "maker" or not likely or fmean(likely[at:end]) >= ENOUGH
        if spot.value and is_sure and not (kind == "service" and _CLASS_ONLY.fullmatch(spot.value)):
            yield spot
        at = end


def _trimmed(text: str, start: int, end: int, kind: str) -> Spot:
    """A name without the number of a list before it and stray marks at its ends, with the bracket it opens."""
    if listed := _LISTED.match(text, start, end):
        start = listed.end()
    while start < end and text[start] in _STRAY and not _is_quoted(text, start, end):
        start += 1
    while end > start and text[end - 1] in _STRAY and not _closes(text[start:end]):
        end -= 1
    if text[end : end + 1] == "." and _SHORTENED.search(text[start:end]):
        end += 1
    name = text[start:end]
    for opening, closing in (("（", "）"), ("(", ")"), ("“", "”"), ("「", "」")):
        if name.count(opening) > name.count(closing) and text[end : end + 1] == closing:
            end += 1
            name = text[start:end]
        if name.count(closing) > name.count(opening):
            if name.endswith(closing):
                end -= 1
            elif text[start - 1 : start] == opening:  # `“乙”大模型`
                start -= 1
            name = text[start:end]
    return Spot(name, start, end, kind)


def _is_quoted(text: str, start: int, end: int) -> bool:
    """`“乙”大模型`: the quote belongs to the name, which goes on behind it."""
    closing = _QUOTES.get(text[start])
    return closing is not None and closing in text[start:end] and not text[start:end].endswith(closing)


def _closes(name: str) -> bool:
    opening = {v: k for k, v in _QUOTES.items()}.get(name[-1])
    return opening is not None and opening in name[1:] and name.count(opening) == name.count(name[-1])


def _distance(letters: int) -> str:
    return str(next((n for n, most in enumerate((1, 4, 9, 19, 39)) if letters <= most), 5))


_MARKS = {
    ",": "，,", ".": "。！？!?.", "Q": "“”‘’「」『』《》\"'", "(": "（()）[]", "D": "、", "N": "\n",
}  # fmt: skip


def class_of(word: str) -> str:
    """The class of a word by its first letter: Han, digit, capital letters, a kind of mark."""
    first = word[0]
    if "\u4e00" <= first <= "\u9fff":
        return "H"
    if first.isdigit():
        return "9"
    if first.isalpha():
        return "A" if word.isupper() else "C" if first.isupper() else "a"
    return next((kind for kind, marks in _MARKS.items() if first in marks), "P")


class Marks:
    """What is known of each letter of a text: the known name it belongs to, the quotes around it, words for firms."""

    def __init__(self, text: str) -> None:
        size = len(text)
        self.known = [""] * size
        for start, end in makers.find(text):
            self._mark(self.known, start, end, "maker")
        for start, end in models.find(text):
            self._mark(self.known, start, end, "model")
        self.kinds = [""] * size
        for match in _FIRM_WORDS.finditer(text):
            self._mark(self.kinds, *match.span(), "firm")
        for match in _SERVICE_WORDS.finditer(text):
            self._mark(self.kinds, *match.span(), "service")
        self.number = [""] * size
        for match in spots.NUMBER.finditer(text):
            self._mark(self.number, *match.span(), "number")
        self.quotes = [""] * size
        open_ones: list[str] = []
        for at, letter in enumerate(text):
            if letter == "\n":
                open_ones = []
            if letter in _QUOTES:
                open_ones.append(letter)
            self.quotes[at] = "".join(open_ones)[-2:]
            if open_ones and letter == _QUOTES[open_ones[-1]]:
                open_ones.pop()

    @staticmethod
    def _mark(row: list[str], start: int, end: int, kind: str) -> None:
        for at in range(start, end):
            row[at] = kind + ("+" if at > start else "")


def features(text: Text) -> list[list[str]]:
    """What each word of a text is judged by."""
    marks = Marks(text.text)
    said = [sorted(told_in(text.text[start:end])) for start, end in text.sentences]
    words = [text.text[start:end] for start, end in text.words]
    return [_word(text, marks, words, at, said) for at in range(len(words))]


def _word(text: Text, marks: Marks, words: list[str], at: int, said: list[list[str]]) -> list[str]:
    start, end = text.words[at]
    found = [*_itself(text, words, at), *_known(text, marks, at)]
    if quote := marks.quotes[start]:
        found += _quoted(text.text, start, quote[-1])
    number = text.sentence_of(start)
    begin, stop = text.sentences[number]
    found += [f"s:{name}" for name in said[number]]
    found.append("S:" + "".join(name[0] for name in said[number]))
    found += [f"s-:{name}" for name in (said[number - 1] if number else [])]
    found += [f"s+:{name}" for name in (said[number + 1] if number + 1 < len(said) else [])]
    found.append(f"pos:{min(number, 3)}")
    before, behind = text.told_before(start, begin, 2), text.told_behind(end, stop, 2)
    found += [f"<{spot.value}{_distance(start - spot.end)}" for spot in before]
    found += [f">{spot.value}{_distance(spot.start - end)}" for spot in behind]
    last, following = before[-1] if before else None, behind[0] if behind else None
    found.append(f"<w:{last.kind if last else ''}")
    found.append(f">w:{following.kind if following else ''}")
    found.append(f"<>{last.value if last else ''}/{following.value if following else ''}")
    found.append(">>" + "/".join(spot.value for spot in behind))
    near = (
        {spot.value for spot in text.told_before(start, begin, _FAR)},
        {spot.value for spot in text.told_behind(end, stop, _FAR)},
    )
    sides = ["<" if _APPROVAL & near[0] else "", ">" if _APPROVAL & near[1] else ""]
    found.append("sides:" + "".join(sides))
    return found


def _itself(text: Text, words: list[str], at: int) -> list[str]:
    def word(shift: int) -> str:
        return words[at + shift] if 0 <= at + shift < len(words) else "^"

    found = ["b"]
    found += [f"{shift}:{word(shift).casefold()}" for shift in range(-3, 4)]
    found += [f"{shift}::{word(shift)} {word(shift + 1)}".casefold() for shift in range(-2, 2)]
    found.append(f"t:{word(-1)} {word(0)} {word(1)}".casefold())
    classes = [class_of(word(shift)) for shift in range(-2, 3)]
    found += ["c5:" + "".join(classes), "c3:" + "".join(classes[1:4])]
    if word(0)[0].isascii() and word(0).isalpha():
        found += [
            f"suffix:{word(0)[-3:].casefold()}",
            f"prefix:{word(0)[:3].casefold()}",
            f"size:{min(len(word(0)), 8)}",
        ]
        found.append(f"ns:{class_of(word(-1))}{class_of(word(0))}{class_of(word(1))}{class_of(word(2))}")
    start = text.words[at][0]
    if start and text.text[start - 1] in " \t":
        found.append("blank")
    return found


def _known(text: Text, marks: Marks, at: int) -> list[str]:
    start, end = text.words[at]
    found = []
    for name, row in (("k", marks.known), ("o", marks.kinds)):
        if row[start]:
            found += [f"{name}:{row[start]}", f"{name}q:{row[start]}{marks.quotes[start]}"]
        if start and row[start - 1]:
            found.append(f"{name}-:{row[start - 1]}")
        if end < len(row) and row[end]:
            found.append(f"{name}+:{row[end]}")
    if marks.number[start]:
        found.append("number")
    quotes = marks.quotes[start]
    found += [f"q:{quotes}", f"q:{quotes}{class_of(text.text[start])}"]
    for name, pattern in (("firm", _FIRM_WORDS), ("service", _SERVICE_WORDS)):
        if match := pattern.search(text.text, start, min(len(text.text), start + 16)):
            found.append(f"{name}:{_distance(match.start() - start)}")
    return found


def _quoted(text: str, start: int, quote: str) -> list[str]:
    """What stands around the quotes or brackets a word is in."""
    opens = text.rfind(quote, 0, start + 1)
    closes = text.find(_QUOTES[quote], start)
    if opens < 0 or closes < 0 or closes - opens > 40:
        return []
    return [
        f"q<2:{text[max(0, opens - 2) : opens]}",
        f"q<1:{text[max(0, opens - 1) : opens]}",
        f"q>2:{text[closes + 1 : closes + 3]}",
        f"q>1:{text[closes + 1 : closes + 2]}",
        f"qend:{text[closes - 2 : closes]}",
        f"qsize:{min(9, (closes - opens) // 2)}",
        f"qfirst:{text[opens + 1 : opens + 2]}",
        f"qservice:{_SERVICE_WORDS.search(text, opens, closes) is not None}",
        f"qservice>:{_SERVICE_WORDS.match(text, closes + 1) is not None}",
    ]
