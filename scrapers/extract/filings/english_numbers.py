"""The numbers of an English sentence with what each counts, and the clauses they stand in.

A sentence becomes tokens with a tag of one letter each, so that what is said of a number can be written as patterns over tags
(`english_clauses` does so for names, with the tags that names need). What a number counts is the noun its noun phrase ends with:
`14 model developers` are no models. A number without a noun (`115 were filed`, `Guangdong (192)`) is bare.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from typing import Literal

from scrapers.extract.filings import english_days, english_places
from scrapers.extract.filings.english_days import DayPhrase
from scrapers.extract.filings.english_words import (
    ALLOWED,
    APPROVED,
    FILED,
    GREEN_LIGHT,
    PROCESS,
    REGISTERED,
    TO_MARKET,
)

Unit = Literal["service", "app", "filing", "registration", "approval", "bare", "other"]
Vague = Literal["exact", "at_least", "about"]

# --- Words of numbers -----------------------------------------------------------------------------------------------

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = (
    {word: value for value, word in enumerate(_ONES.split(), start=1)}
    | {word: 10 * value for value, word in enumerate(_TENS.split(), start=2)}
    | {
        f"{ten}-{one}": 10 * t + o
        for t, ten in enumerate(_TENS.split(), start=2)
        for o, one in enumerate(_ONES.split()[:9], start=1)
    }
    | {"a dozen": 12}
)
_NUMBER = re.compile(
    r"(?P<pre>at least|upwards of|(?<!\b\d\s)(?<!\b\d\d\s)(?<!\b\d\d\d\s)more than|over|exceed(?:s|ed|ing)|surpass(?:ed|es|ing)|topp(?:ed|ing)|some|about|around|nearly|almost|roughly|approximately|well over)?\s*"
    rf"(?<![\w.,$€¥£#-])(?<!\d:)(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?P<post>\+|-odd|-plus)?(?![\w%]|\.\w|,\d|-\w|/\d)",
    re.I,
)
_FLOOR = ("at least", "upwards of", "more than", "over", "exceed", "surpass", "topp", "well over")
_OF_DATE = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?\s(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b|20[12]\d(?!\s(?:filed|serv|mod|app|reg))"
)
_RATIO = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|\d) (?:in|out of) (?:every )?(?:two|three|four|five|ten|2|3|4|5|10)\b",
    re.I,
)
"""`three in ten`, a share."""
_ITEM = re.compile(r"^\W*\(?\d{1,2}[.)]\s|(?:^|[\s(])\((?:\d|[ivx]+)\)\s|^\W*\d{1,2}[.)]?\s*$")
"""The number of an item in a list: `(1) Moonshot AI closed a round`."""

# --- Tokens ---------------------------------------------------------------------------------------------------------

_CALLS = r"(?:(?:that|which)\s(?:[\w-]+\s){1,3}?(?:on\s)?|(?:calling|using|invoking|tapping|relying\son|based\son|built\son|via)\s|(?:that|which)\s(?:are\s)?built\son\s)[^,;.()]{0,30}?(?:filed|approved|registered|licensed)[^,;.()]{0,20}?models?"
_HELD = r"(?:lists?|register|registry|roster|database|books?|rolls)"
_VOCABULARY: tuple[tuple[str, str], ...] = (
    # what applications do with models that are filed says nothing of their own register
    ("w", _CALLS),
    (
        "w",
        r"(?:numbers?|certificates?|forms?|applications?)(?=\s(?:for\s(?:filing|approval)|and\sforms))|filing\s(?:number|application|form|fee|requirement|obligation|deadline)s?",
    ),
    (
        "~",
        r"plan(?:s|ned|ning)?|aim(?:s|ed|ing)?|intend(?:s|ed)?|hop(?:es|ed|ing)|expect(?:s|ed)?|want(?:s|ed)?|targets?|targeted|goal|will|would|should|could|may|might|must|forecasts?|to\s(?:file|register|have|approve|put)",
    ),
    (
        "E",
        rf"(?:complet|pass|clear|finish|underg|gone|went)\w*\s(?:through\s)?(?:[\w-]+\s){{0,2}}?(?:local|lighter|simpler|simplified)\s(?:[\w-]+\s){{0,2}}?{PROCESS}"
        rf"|on\s(?:the\s|its\s)?(?:local|provincial|municipal)\s{_HELD}",
    ),
    (
        "F",
        r"(?:obtain|receiv|got|given|issued|carr(?:y|ies)|hold)\w*\s(?:\w+\s)?filing\snumbers?|(?:with|under|have|has)\s(?:an?|their|its)\s(?:\w+\s)?filing\snumbers?|filing\scertificates?|regulators?\s(?:has\s|have\s|had\s)?added"
        rf"|(?:complet|pass|clear|finish|underg|gone|went|go|came|come)\w*\s(?:through\s)?(?:[\w-]+\s){{0,3}}?(?:filing|{PROCESS})(?:\s(?:procedure|process))?|complet\w+\sthe\srecord(?:ing)?",
    ),
    (
        "E",
        r"(?:complet|pass|finish|gone|went)\w*\s(?:through\s)?(?:\w+\s){0,2}?registration(?:\sprocess)?",
    ),
    (
        "F",
        rf"(?:put\s)?on\s(?:\w+\s){{0,2}}?(?:file|record)|(?:on|onto|to|in|into)\s(?:[\w’'-]+\s){{0,4}}?{_HELD}",
    ),
    ("J", rf"{_HELD}|databases|catalogue"),
    ("V", r"approvals|licen[cs]es|clearances|permits(?!\sthe)|go-aheads|green\slights"),
    ("F", rf"{ALLOWED}(?=\s(?:[\w-]+\s){{0,2}}?{TO_MARKET})"),
    (
        "F",
        rf"{FILED}|(?:\w+-)?{APPROVED}|{GREEN_LIGHT}|clearance|permission|permit|certificates?|approval|filing|licen[cs]e|authori[sz]ation",
    ),
    ("E", rf"(?:\w+-)?(?:{REGISTERED})"),
    ("G", r"filings"),
    ("R", r"registrations"),
    ("P", r"apps?|applications?|functions?|features?"),
    ("n", r"additions?(?!\sof)|newcomers|entrants"),
    (
        "S",
        r"services?|models?|LLMs?|chatbots?|products?|tools?|ones|entries|assistants|offerings|systems|agents",
    ),
    ("O", r"algorithms?|synthesis"),
    (
        "K",
        r"totals?|total(?=s)|tally|tallies|count|number|figures?|cumulative(?:ly)?|in\sall|altogether|overall|running|sum|combined",
    ),
    ("n", r"batch|round|tranche|(?<=the\s)group"),
    ("N", r"new|newly|additional|more|further|another|fresh|extra"),
    (
        "A",
        r"(?:took|takes|taken|taking)\sin|add(?:ed|s|ing)?|additions?\sof|joined|(?:an?\s)?(?:rise|increase|gain)\sof|plus(?=\s\d+\s(?:in|since|over))|\+",
    ),
    (
        "U",
        r"up|rose|rises?|grew|grown|climb(?:ed|s|ing)|increas(?:ed|es|ing)|jump(?:ed|s)|higher|doubled|tripled|down|fell|expanded",
    ),
    (
        "X",
        r"mak(?:es|ing)(?:\sit)?(?=\s*\Z|\sa\stotal)|bring(?:s|ing)?|brought|tak(?:ing|es|en)|took|lift(?:ed|ing|s)|rais(?:ed|ing|es)|push(?:ed|ing|es)|leav(?:es|ing)|for(?:\san?)?(?=\s(?:totals?|combined|cumulative|grand|running|overall|tally)\b)|(?<=,\s)for(?=\s*\Z)",
    ),
    (
        "Y",
        r"reach(?:ed|es|ing)?|hit|belongs?|hails?|stands?|stood|standing|totall?(?:ed|s|ing)|remain(?:s|ed)?|past|beyond|puts|put|comes?|came|runs?|crossed|passed|equals?|accounts?|accounted|accounting|holds?|held|has\sseen|count(?:s|ed)|lists|names|naming|contains?|comprises|includes|covering|covers|compris\w+",
    ),
    ("B", r"from|against|compared\s(?:with|to)|versus|vs|than|(?:double|twice|triple|times)\sthe"),
    (
        "!",
        r"not(?!\s(?:includ|count|cover)\w*)|never|deleted|removed|struck|no|none|await\w*|pending|under\sreview|being\sreviewed|waiting|in\sthe\squeue|reject\w*|refus\w+|unfiled|unregistered|worth|notable|of\s(?:note|interest)|to\swatch|st[ao]nds?\sout|stood\sout",
    ),
    ("<", r"fewer|less|below"),
    ("y", r"ago|earlier|before"),
    (
        "t",
        r"(?<!of\s)(?:last|this|that|(?:over|in|during)\s(?:the|that)\ssame)\s(?:two\s)?(?:weeks?|months?|quarter|year|period)",
    ),
    (
        "Z",
        r"(?:the\s)?Cyberspace\sAdministration\sof\sChina|CAC|national(?:ly)?|nationwide|China(?:['’]s)?|(?:the\s)?(?:country|nation)(?:['’]s)?",
    ),
    ("H", r"(?:the\s)?(?:city|province|municipality|municipal|provincial|capital|its|their)(?:['’]s)?"),
    ("r", r"which|that|who|whose|where"),
    ("s", r"while|whereas|but|though|although|alongside|because|so\sthat|so(?=\s(?:the|\d))"),
    (
        "b",
        r"is|are|was|were|has|had|have|having|be|been|being|host(?:s|ed)?|got|won|received|obtained|secured|gained",
    ),
    ("&", r"and|or|&"),
    ("o", r"of"),
    ("i", r"in|on|at|by|with|for|to|under|over|among|between|after|since|during|through|as|via|alone|into"),
    (
        "a",
        r"\w+ly|meanwhile|now|already|also|just|still|so\sfar|to\sdate|alone|too|either|each|respectively|only|up\sto",
    ),
    ("d", r"the|an?|these|those|them|they|it|any|all|both|some|this|that"),
    ("v", r"said|says|show(?:s|ed)?|announced|reported|told|publish(?:ed|es)|released|disclosed"),
)
_LEXER = re.compile(
    "|".join(rf"(?P<t{n}>(?<![\w-])(?:{pattern})(?![\w-]))" for n, (_, pattern) in enumerate(_VOCABULARY))
    + r"|(?P<word>[\w\u4e00-\u9fff][\w\u4e00-\u9fff’'-]*)|(?P<mark>[,;:()–—.!?/]|(?<=\s)-(?=\s)|\+(?=\s?\d))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Token:
    tag: str
    text: str
    start: int
    end: int
    place: str | None = None
    day: DayPhrase | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a sentence: its token, the tokens of its noun phrase up to `end`, and what it counts."""

    at: int
    end: int
    value: int
    vague: Vague
    unit: Unit
    noun: str


class Sentence:
    """A sentence as tokens, its numbers and clauses."""

    def __init__(self, words: str, page: dt.date | None) -> None:
        self.words = words
        self.days = english_days.phrases(words, page)
        self.tokens = _tokens(words, self.days)
        kept = "".join(token.tag for token in self.tokens)
        for m in reversed(list(_ASIDE.finditer(kept))):
            del self.tokens[m.start() : m.end()]
        self.tags = "".join(token.tag for token in self.tokens)
        numbers = [
            self._number(i, m) for i, m in ((i, _number_at(words, t)) for i, t in enumerate(self.tokens)) if m
        ]
        self.numbers = [
            replace(one, unit="other") if self._is_range(one, later) else one
            for one, later in zip_longest(numbers, numbers[1:])
        ]

    def _number(self, at: int, m: re.Match[str]) -> Number:
        text = m["n"].lower()
        before = (m["pre"] or "").lower()
        vague: Vague = (
            "at_least" if m["post"] or before.startswith(_FLOOR) else "about" if before else "exact"
        )
        value = int(text.replace(",", "")) if text[0].isdigit() else _WORDS[text]
        unit, end = self._unit(at)
        return Number(at, end, value, vague, unit, self.tokens[end - 1].text.lower() if end > at + 1 else "")

    def _is_range(self, number: Number, later: Number | None) -> bool:
        """`three to five months`: the noun is behind the second number."""
        if later is None or number.unit != "bare" or later.at != number.end + 1:
            return False
        return self.tokens[number.end].text.lower() in ("to", "or") and later.unit == "other"

    def _unit(self, at: int) -> tuple[Unit, int]:
        """What a number counts and the end of its noun phrase: adjectives, then nouns; the last noun is what is counted."""
        tags, found, at_noun = self.tags, -1, False
        j, words, limit = at + 1, 0, min(len(tags), at + 10)
        inside = re.match(r"\([wNFEKSZJaULt]*([SPGRVn])\)", tags[at + 1 :])
        if inside:  # `611 (filed services)`
            return _UNITS[inside[1]], at + 1 + inside.end()
        while j < limit:
            tag = tags[j]
            if tag == "(" and (close := tags.find(")", j)) > 0 and found < 0 and words:
                j = close + 1
                continue
            if tag in "SPGRVnO":
                found, at_noun = j, True
            elif tag == "w" and at_noun and self._is_noun_behind(j):
                return "other", j + 1
            elif at_noun or tag not in "wNFEKSZJaULt":
                break
            words += tag == "w"
            j += 1
        if "O" in tags[at + 1 : j]:
            return "other", j
        if found >= 0:
            return _UNITS[tags[found]], found + 1
        if words == 0:
            return "bare", at + 1
        return "other", j

    def _is_noun_behind(self, j: int) -> bool:
        """Whether a word behind a service noun goes on with the phrase: `model developers`, not `services finish filing`."""
        return is_firm(self.tokens[j].text)

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        """Where clauses begin and end, by tokens; a parenthesis is one of its own."""
        tags, starts = self.tags, [0]
        parens = {at for m in re.finditer(r"\([^()]*#[^()]*\)", tags) for at in (m.start(), m.end() - 1)}
        for j in range(1, len(tags)):
            tag, behind = tags[j], tags[j + 1 :]
            cut = tag in ";s" or (tag in "()" and j in parens) or tag == "-"
            if tag == "," and re.match(
                r"a?(?:s|X|r|[dw]?[o]r|&[dHLZNwa]*(?:[LSPGRKHZ])[^,;#]*[bFEYvU]|B[^o]|&?[LZH](?!:))", behind
            ):
                cut = True
            if tag == "," and behind and self.tokens[j + 1].text.lower() == "with":
                cut = True
            if tag == "&" and re.search(r"[#bFEYAUv]", tags[starts[-1] : j]) and _ANOTHER.match(behind):
                cut = True
            of_which = tag == "r" and tags[j - 2 : j] in (",o", "(o")
            if of_which or re.fullmatch("after|following|when", self.tokens[j].text, re.I):
                cut = True
            if cut:
                starts.append(j)
        return list(zip(starts, [*starts[1:], len(tags)], strict=True))

    def clause(self, at: int) -> tuple[int, int]:
        return next((a, b) for a, b in self.clauses if a <= at < b)


def is_firm(word: str) -> bool:
    """Whether a noun is of firms, people or works that no register counts."""
    return bool(_FIRM.fullmatch(word))


_FIRM = re.compile(
    r"(?:developer|maker|provider|vendor|owner|user|compan|firm|operator|supplier|enterprise|team|lab|startup|start-up|engineer|project|deal|launche|release|patent)\w*",
    re.I,
)
_ASIDE = re.compile(r"(?<!#)\((?![DLZ]\))[^()#]*\)|-[^#-]*-(?=[abF])|,r[^#,;]*,(?=[ibYaU])")
"""What stands between marks and has no number says nothing of those around it."""
_ANOTHER = re.compile(
    r"[dHLZa]*#(?:[wNFEZ]*[SPGRn][oiHZ]*a*[bFEYAU]|a*b)|a*[FEXA][^&,;]*#|(?:[dHLZ]|w(?=K))[^,;#&]*[bYUFEv][^,;&]*#"
)
"""Behind `and`, what is another clause with a number: its own subject, or its own verb."""

_UNITS: dict[str, Unit] = {
    "S": "service",
    "n": "service",
    "P": "app",
    "G": "filing",
    "R": "registration",
    "V": "approval",
    "O": "other",
}


def _number_at(words: str, token: Token) -> re.Match[str] | None:
    return _NUMBER.match(words, token.start) if token.tag == "#" else None


def _tokens(words: str, days: Sequence[DayPhrase]) -> list[Token]:
    fixed = [
        Token("T" if d.kind == "span" else "D", words[d.start : d.end], d.start, d.end, day=d) for d in days
    ]
    fixed += [Token("L", words[a:b], a, b, place=place) for a, b, place in english_places.named(words)]
    fixed += [Token("C", m[0], m.start(), m.end()) for m in english_places.cities().finditer(words)]
    fixed += [Token("D", m[0], m.start(), m.end()) for m in english_days.dates(words)]
    items = [m.span() for m in _ITEM.finditer(words)]
    ratios = [m.span() for m in _RATIO.finditer(words)]
    for m in _NUMBER.finditer(words):
        if _OF_DATE.match(words, m.start("n")) or any(a <= m.start("n") < b for a, b in [*items, *ratios]):
            continue
        fixed.append(Token("#", m[0], m.start(), m.end()))
    fixed.sort(key=lambda t: (t.start, t.tag == "#"))
    out: list[Token] = []
    at = 0
    for token in fixed:
        if token.start < at:
            continue
        if token.tag in "LC" and (possessive := re.match(r"['’]s?\b", words[token.end :])):
            token = replace(token, end=token.end + possessive.end())
        out += _words(words, at, token.start)
        out.append(token)
        at = token.end
    return out + _words(words, at, len(words))


def _words(words: str, start: int, end: int) -> list[Token]:
    out = []
    for m in _LEXER.finditer(words, start, end):
        kind = m.lastgroup or ""
        if kind == "word":
            tag = "w"
        elif kind == "mark":
            tag = {"–": "-", "—": "-", "!": ".", "?": ".", "/": "&", "+": "A"}.get(m[0], m[0])
        else:
            tag = _VOCABULARY[int(kind[1:])][0]
        out.append(Token(tag, m[0], m.start(), m.end()))
    return out
