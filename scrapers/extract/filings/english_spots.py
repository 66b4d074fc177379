"""A number of an English sentence with the words around it, and what they alone tell: place, day, register, whether it is a sum or
a number that another one is compared with.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from scrapers.extract.filings.english_numbers import Number, Sentence, Token
from scrapers.extract.filings.scopes import NATIONAL

Register = Literal["filed", "registered"]
Sense = Literal["total", "new"]
_LOCAL_BEFORE = re.compile(r"\b(?:provincial|local)(?:ly)?\s(?:\w+\s)?$", re.I)
_LOCAL = re.compile(r"\s(?:locally|(?:with|by|at) (?:the )?(?:provincial|local))\b", re.I)
"""What offices of provinces keep is the second register."""


@dataclass(slots=True)
class Spot:
    """A number in its clause, as tags: `left` since the number before it, `front` since the clause began, `phrase` what it counts,
    `right` up to the next number or the end of the clause."""

    sentence: Sentence
    number: Number
    left: str = ""
    front: str = ""
    phrase: str = ""
    right: str = ""
    clause: tuple[int, int] = (0, 0)
    low: int = 0
    high: int = 0
    joined: bool = False
    """Behind `and` and the number before."""
    joins: bool = False
    """Before `and` and the next number."""
    part_of: bool = False
    """Before `of` and the number of the whole."""
    whole_of: bool = False

    @property
    def before(self) -> Token | None:
        return self.sentence.tokens[self.number.at - 1] if self.number.at else None

    @property
    def is_rest(self) -> bool:
        """Behind `out of`, the whole that the number before is a part of."""
        start = self.sentence.tokens[self.number.at].start
        return self.sentence.words[:start].rstrip().endswith("out of")

    @property
    def is_bare(self) -> bool:
        return self.number.unit == "bare"

    @property
    def right_words(self) -> str:
        """The words behind its noun, up to the next number."""
        return self.words(self.number.end, self.high)

    def words(self, start: int, end: int) -> str:
        tokens = self.sentence.tokens[start:end]
        return self.sentence.words[tokens[0].start : tokens[-1].end] if tokens else ""


def spots_of(sentence: Sentence) -> list[Spot]:
    tags, numbers = sentence.tags, sentence.numbers
    out: list[Spot] = []
    for k, number in enumerate(numbers):
        start, end = sentence.clause(number.at)
        last = numbers[k - 1] if k else None
        later = numbers[k + 1] if k + 1 < len(numbers) else None
        low = max(start, last.end) if last else start
        high = min(end, later.at) if later else end
        right = tags[number.end : high]
        if tags[high : high + 1] == "(" and (close := tags.find(")", high)) > 0:
            # `200 services (52 of them from Shanghai) had obtained approval`
            right += re.match("[^#;]*", tags[close + 1 : sentence.clause(close)[1]])[0]  # type: ignore[index]
        between = tags[last.end : number.at] if last else ""
        behind = tags[number.end : later.at] if later else ""
        out.append(
            Spot(
                sentence,
                number,
                left=tags[low : number.at],
                front=tags[start : number.at],
                phrase=tags[number.at + 1 : number.end],
                right=right,
                clause=(start, end),
                low=low,
                high=high,
                joined=bool(re.fullmatch(r"&d?", between)),
                joins=bool(re.fullmatch(r"&d?", behind)),
                part_of=bool(re.fullmatch(r"&?[ow]?o[dZHLa]*", behind)),
                whole_of=bool(re.fullmatch(r"&?[ow]?o[dZHLa]*", between))
                or (k > 0 and sentence.words[: sentence.tokens[number.at].start].rstrip().endswith("out of")),
            )
        )
    return out


def is_sum(spot: Spot) -> bool:
    """Whether the words around a number make it a running total."""
    left = re.sub(r"d?Ko$", "", spot.left)
    now = re.search(r"\b(?:now|already|so far|to date)\b", spot.words(spot.clause[0], spot.high), re.I)
    return bool(
        now
        or re.search("[KXYUHC]", left.rpartition(",")[2])
        or re.search("[KXY][^,;]*$", spot.front)
        or spot.part_of
        or spot.whole_of
    )


def _other_unit(spot: Spot) -> bool:
    """`72 apps against 69 models`: of another register than the number before."""
    before = [n for n in spot.sentence.numbers if n.at < spot.number.at]
    apps = {"app", "registration"}
    if not before or "bare" in (before[-1].unit, spot.number.unit):
        return False
    return (before[-1].unit in apps) != (spot.number.unit in apps)


def is_past(spot: Spot) -> bool:
    """A number another one is compared with: `up from 302`, `against 71 in April`."""
    if (
        re.search(
            r"\bback in\b",
            spot.sentence.words[: spot.sentence.tokens[spot.number.at].start] + " ",
            re.I,
        )
        and spot.is_bare
        and spot.number.value > 1
    ):
        return True
    if not re.search(r"B[ad]*$", spot.left) or _other_unit(spot):
        return False
    return (
        spot.number.unit != "other"
        and not re.search("[!<]", spot.left)
        and not re.match(r"[FEb]*iL", spot.right)
    )


def marks_of(tokens: list[Token], words: str) -> list[tuple[Register, bool]]:
    """Words of the registers in their order, and whether they are sure: `approved` and `registered` are said of both."""
    found: list[tuple[Register, bool]] = []
    for token in tokens:
        if token.tag in "FGV":
            found.append(("filed", "fil" in token.text.lower()))
        elif token.tag in "ER":
            local = (
                _LOCAL_BEFORE.search(words[: token.start])
                or _LOCAL.match(words, token.end)
                or re.search(r"local|provincial|municipal|simpl|lighter", token.text, re.I)
            )
            found.append(("registered", bool(local)))
    return found


def day_of(spot: Spot, sentence: Sentence, sense: Sense, past: list[int]) -> dt.date | None:
    """The day of a number: behind it, else the last one before it, else the first of the sentence; a new number without one is of
    the span the sentence counts over."""
    days = [d for d in sentence.days if d.day and d.start not in past]
    untils = [d for d in days if d.kind == "until"]
    tokens = sentence.tokens
    begin, end = tokens[spot.number.at].start, tokens[spot.high - 1].end
    later = [t.start for n in sentence.numbers if n.at > spot.number.at for t in (tokens[n.at],)]
    until_next = later[0] if later else len(sentence.words)
    if untils:
        behind = [d for d in untils if begin <= d.start < until_next]
        earlier = [d for d in untils if d.start < begin]
        first_at = tokens[sentence.numbers[0].at].start
        if len(untils) > 1 and first_at < untils[0].start and behind:
            return behind[0].day
        return (earlier[-1] if earlier else untils[0]).day
    spans = [d for d in days if d.kind == "span"]
    since = max(sentence.words.rfind(";", 0, begin), 0)
    if within := next((d.day for d in spans if since <= d.start < max(until_next, end)), None):
        return within
    return next((d.day for d in days if d.kind in ("head", "on")), None)


def dealt_to(sentence: Sentence) -> dict[int, str]:
    """`Hubei and Hunan have 14 and 12 filed models`: the province of each number by its token."""
    out: dict[int, str] = {}
    for m in re.finditer(r"L(?:(?:,&?|&)L)+", sentence.tags):
        places = [t.place for t in sentence.tokens[m.start() : m.end()] if t.place]
        behind = re.match(r"[^#;L]*", sentence.tags[m.end() :])
        at = m.end() + (behind.end() if behind else 0)
        row = re.match(r"#[wFESPGR]*(?:(?:,&?|&)#[wFESPGR]*)+", sentence.tags[at:])
        numbers = [at + i for i, tag in enumerate(row[0]) if tag == "#"] if row else []
        if len(numbers) == len(places):
            out.update(zip(numbers, places, strict=True))
    return out


def place_of(spot: Spot, dealt: dict[int, str]) -> tuple[str | None, bool]:
    """The place a number's own words give, and whether it is a city's, which has no totals of its own."""
    sentence, number = spot.sentence, spot.number
    if number.at in dealt:
        return dealt[number.at], False
    tags, tokens = sentence.tags, sentence.tokens
    behind = re.match(
        r"(?:od)?[FEbSPavwNY]*[iBo](?:d|w(?=L))?(?P<l>[LC])|[(]?(?P<z>Z)|[^,;#()LC]{0,6}?(?P<n>Z)",
        tags[number.end : spot.high],
    )
    if behind:
        at = number.end + next(behind.start(g) for g in ("l", "z", "n") if behind[g])
        token = tokens[at]
        prep = tokens[at - 1].text.lower() if at else ""
        if token.tag == "C" and prep in ("in", "from"):
            return None, True
        if token.tag == "L" and prep in ("in", "from", "the", "to"):
            return token.place, False
        of_process = re.match(
            r"\s(?:[\w-]+\s){0,4}(?:filing|process|review|registration)\b", sentence.words[token.end :]
        )
        if (
            token.tag == "Z"
            and re.match("nationwide|nationally|national$", token.text, re.I)
            and not (of_process and "L" in spot.front)  # `Beijing had 105 that passed the national review`
        ):
            return NATIONAL, False
        is_share = spot.is_bare and prep == "of"  # `94 of the country's models`
        if token.tag == "Z" and prep in ("across", "of", "in") and "L" not in spot.front and not is_share:
            return NATIONAL, False
    if spot.is_rest:
        # of several places' shares the whole is the nation's
        several = len({t.place for t in tokens[: number.at] if t.tag == "L"}) > 1
        return (NATIONAL if several else None), False
    for at in range(number.at - 1, _row_start(spot) - 1, -1):
        token = tokens[at]
        if token.tag == "L":
            return token.place, False
        if token.tag == "C":
            return None, True
        if token.tag == "Z" and spot.whole_of:
            return NATIONAL, False
    opening = re.match(r"i#[^;]*", tags[spot.clause[0] :])
    subjects = (
        {t.place for t in tokens[spot.clause[0] :][: opening.end()] if t.tag == "L"} if opening else set()
    )
    if len(subjects) == 1:  # `With 29 filings, Chongqing ranks ninth`
        return subjects.pop(), False
    return None, False


def _row_start(spot: Spot) -> int:
    """Where the words begin that may name a number's place: behind the number before it, but not before its clause; a parenthesis or
    a row's dash goes on from the name before it."""
    start = spot.low
    tags = spot.sentence.tags
    while start > 0 and start == spot.clause[0] and tags[start] in "(-," and tags[start - 1] in "L)w":
        start -= 1
        if tags[start + 1] == ",":
            break
    return start
