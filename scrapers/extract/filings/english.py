"""Totals in English texts.

`english_numbers` tells for each number of a sentence what it counts and in which clause it stands; here that clause is judged: whether
it counts approved services at all, of which register, of old or new, of which place (`english_places`) and day (`english_days`).
English pages say "registered" for both registers: it means filing, unless the text sets registered applications apart from filed
services.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from scrapers.documents import Context, Document
from scrapers.extract.filings import english_days, english_places
from scrapers.extract.filings.counts import AFTER
from scrapers.extract.filings.days import page_date
from scrapers.extract.filings.english_clauses import sentences
from scrapers.extract.filings.english_days import DayPhrase
from scrapers.extract.filings.english_numbers import Sentence, Vague, is_firm
from scrapers.extract.filings.english_spots import (
    Register,
    Sense,
    Spot,
    day_of,
    dealt_to,
    is_past,
    is_sum,
    marks_of,
    place_of,
    spots_of,
)
from scrapers.extract.filings.scopes import NATIONAL
from scrapers.records import FilingCount, Ground

_FIELDS: dict[tuple[Sense, Register], str] = {
    ("total", "filed"): "total_filed",
    ("total", "registered"): "total_registered",
    ("new", "filed"): "new_in_period",
    ("new", "registered"): "new_registered",
}
_REGISTERS_BEGAN = dt.date(2024, 7, 1)
"""What was "registered" before, as all of the first batch, was filed."""
_SECOND = re.compile(r"(?<!un)regist(?:ered|rations?)\b|\b(?:apps|applications)\b", re.I)
"""What a text with both registers names as the second."""
_OF_FIELD = re.compile(
    r"\b(?:medical|health(?:care)?|financ(?:e|ial)|legal|education(?:al)?|industrial|automotive|vertical|video|voice|image|multimodal) (?:AI |large |language )*(?:models|services|chatbots|LLMs|apps)\b",
    re.I,
)
_OF_TESTS = re.compile(r"\b(?:keyword|question|test) (?:library|list|set|bank)\b", re.I)
"""What an application has: `a keyword library of 10,000 entries`."""
_OF_SOME = re.compile(
    r"(?:\w+ )?(?:were |was |are )?(?:filed|registered) by (?:\w+[- ])?(?:state|private|foreign|central|listed)",
    re.I,
)
"""Those of one field or of one kind of firms: no total."""
_OF_CALLERS = re.compile(
    r"\b(?:call|invok|us)(?:e|es|ed|ing|s)?\b[^.]{0,50}\b(?:filed|approved)\s(?:[\w-]+\s)?models?\b[^.]{0,60}\b(?:API|interface)"
    r"|\bAPIs?\b[^.]{0,60}\b(?:filed|approved)\s(?:[\w-]+\s)?models?\b"
)
"""What is registered are applications that call filed models; a text about them alone means the second register."""
_BATCH = re.compile(
    r"\b(?:first|second|third|fourth|fifth|new|newest|latest|another|this|that) (?:\w+ )?(?:batch|round|tranche|wave|group)\b",
    re.I,
)
_BEST = re.compile(
    r"\b(?:most|best|largest|biggest|leading|top|popular|famous|known|foreign|overseas)\b", re.I
)
"""Some of many, no count: `the three most popular apps`."""
_LAG = 62
"""So many days after its last day a count is published at most."""
_NAMED = 12
"""Up to so many services `all` of them are those a text has named."""
_FINISHED = re.compile(r"\b(?:after|already)\b")
_HEADING = re.compile(r"[:)\]]\W*$|^[^.!?]*$")
"""A line above numbers, or words in brackets: no sentence that tells something itself."""
_RELEASED = re.compile(r"\b(?:released|published|issued)\b[^.]*\b(?:list|register|figures|tally)\b", re.I)
"""`On 2 April the CAC released its list.` What the list holds is of that day."""
_SUM = re.compile(r"\b(?:totall?ing|altogether|combined)\b[^,]*$", re.I)


@dataclass(frozen=True, slots=True)
class _Said:
    """One total of the text. `sure` tells that the text itself means this register: it says `filed`, or counts applications."""

    sense: Sense
    register: Register
    sure: bool
    value: int
    vague: Vague
    scope: str
    day: dt.date | None
    start: int
    end: int
    is_past: bool = False
    """A number another one is compared with: its day is no other number's."""
    weak: bool = False
    """A total only because nothing says that it is new: `14 were approved`."""


@dataclass(slots=True)
class _Reader:
    """Goes through a text; what a number leaves open is taken from the ones before."""

    text: str
    published: dt.date | None
    page: dt.date | None
    scope: str
    home: str | None = None
    names_both: bool = False
    register: Register | None = None
    sure: bool = False
    heading: Register = "filed"
    """The register that the last sentence with words of one spoke of: rows below it are of it."""
    of_apps: bool = False
    """Whether the number before counted applications: what services come after them are of the other register."""
    was_batch: bool = False
    was_asked: bool = False
    """Whether the sentence before asks how many were approved."""
    about_for: int = 0
    """For how many sentences more a register that was spoken of is the topic."""
    said: list[_Said] = field(default_factory=list)
    days: Sequence[DayPhrase] = ()
    """The days of the sentence before."""
    last_day: dt.date | None = None
    heads: list[tuple[int, dt.date]] = field(default_factory=list)
    """Days of sentences without a number, which those below are of: `Filed services by province, as of 30 June:`."""

    def read(self) -> list[_Said]:
        self.home = english_places.home(self.text)
        self.names_both = bool(
            re.search("[FGV]", Sentence(self.text, None).tags) and _SECOND.search(self.text)
        )
        for start, end in sentences(self.text, 0, len(self.text)):
            self._sentence(start, end)
        return self._settled(self._registers())

    def _registers(self) -> list[_Said]:
        """The totals with the registers that the whole text means."""
        if (self.published and self.published < _REGISTERS_BEGAN) or re.search(
            r"\bfirst batch\b", self.text, re.I
        ):
            return [replace(one, register="filed") for one in self.said]
        filed = {(one.scope, one.value) for one in self.said if one.sure and one.register == "filed"}
        if any((one.scope, one.value) in filed for one in self.said if one.register == "registered"):
            return [replace(one, register="filed") for one in self.said]  # two words for one register
        if filed:
            return self.said
        if _OF_CALLERS.search(self.text):
            return self.said
        # nothing is said to be filed: what is "registered" is filed, unless it is an application
        return [one if one.sure else replace(one, register="filed") for one in self.said]

    def _sentence(self, start: int, end: int) -> None:
        words = self.text[start:end]
        if not re.search("[A-Za-z]", words):
            return  # `1.` of a list
        self.scope, self.home = english_places.scope(words, self.scope, self.home)
        sentence = Sentence(words, self.page)
        self.last_day = next((d.day for d in reversed(self.days) if d.day), self.last_day)
        self.days = sentence.days
        about = bool(
            re.search("[FEGRV]", sentence.tags)
            or re.search("J.*[ZL]|[ZL].*J|JY#S", sentence.tags)
            or _BATCH.search(words)
        )
        if about or self.register or self.about_for > 0:
            count = len(self.said)
            self._numbers(sentence, start, end, about)
            untils = [d.day for d in sentence.days if d.kind == "until" and d.day]
            is_heading = _HEADING.search(words) or not re.search("[SPvYU]", sentence.tags)
            told = untils if is_heading else []
            if not told and _RELEASED.search(words):
                told = [d.day for d in sentence.days if d.day]
            if told and not self.said[count:]:
                self.heads.append((start, told[0]))
            self._set_apart(start)
        self.about_for = 2 if about else max(0, self.about_for - 1)
        self.was_asked = about and bool(re.search(r"\bhow many\b.*\?", words, re.I))
        if marks := {register for register, _ in marks_of(sentence.tokens, words)}:
            self.heading = "registered" if marks == {"registered"} else "filed"

    def _numbers(self, sentence: Sentence, start: int, end: int, about: bool) -> None:
        """Adds the totals of a sentence at `start` to `end` of the text."""
        spots = spots_of(sentence)
        dealt = dealt_to(sentence)
        was_batch, self.was_batch = self.was_batch, bool(_BATCH.search(sentence.words))
        of_batch = (was_batch or self.was_batch) and not any(d.kind != "span" for d in sentence.days)
        past_days = _past_days(sentence, spots)
        last: _Said | None = None
        place = self.scope
        first = len(self.said)
        for spot in spots:
            number = spot.number
            past = is_past(spot) or (spot.joined and last is not None and last.is_past)
            own, in_city = place_of(spot, dealt)
            known = bool(
                last and (spot.joined or (spot.whole_of and number.unit != "other") or number.at in dealt)
            )
            if in_city or not (known or number.at in dealt or past or self._counts(spot, about, last)):
                if not (spot.part_of and in_city):
                    last = None
                continue
            if spot.is_rest and last and last in self.said and (own is None or own == last.scope):
                self.said.remove(last)  # `five models, out of 17`
            if own is None and spot.whole_of and "H" in spot.left:
                own = self.home
            elif own is None and spot.whole_of and not spot.is_rest and last and place != NATIONAL:
                own = NATIONAL
            place = own or place
            blank = _Said(
                "total",
                self.register or "filed",
                self.sure,
                number.value,
                number.vague,
                place,
                None,
                start,
                end,
            )
            if past:
                last = self._compared(spot, blank, last)
                continue
            sense = self._sense(spot, sentence, last, of_batch, own is not None)
            of_batch = False
            if re.search(r"X[^,;]*$", spot.front) and self._leads_to(blank):
                # `14 were approved, bringing the total to 40`
                self.said[-1] = replace(self.said[-1], sense="new")
            self._note_register(spot, own is not None, len(self.said) > first)
            day = day_of(spot, sentence, sense, past_days) or self._pointed_at(sentence.words)
            weak = day is None and sense == "total" and number.vague == "exact" and not is_sum(spot)
            last = replace(
                blank, sense=sense, register=self.register or "filed", sure=self.sure, day=day, weak=weak
            )
            self.said.append(last)
        self._past_as_now(first)

    def _pointed_at(self, words: str) -> dt.date | None:
        """The day of `as of today`, of `as of that day`."""
        told = re.search(
            r"\b(?:as of (?:(?P<today>today)|that (?:day|date))|by the same (?:day|date))\b", words, re.I
        )
        if told is None:
            return None
        return english_days.news_day(self.text, self.page) if told["today"] else self.last_day

    def _compared(self, spot: Spot, blank: _Said, last: _Said | None) -> _Said:
        """A number another one is compared with, which is told only where its day is."""
        number, tokens = spot.number, spot.sentence.tokens
        beside = [*tokens[number.end : spot.high], *tokens[spot.low : number.at]]
        then = next((t.day.day for t in beside if t.day and t.day.day), None)
        is_new = last is not None and last.sense == "new" and not last.is_past
        past = replace(blank, day=then, is_past=True)
        if then and not is_new and not re.search(r"\bdown\b", spot.words(spot.low, number.at)):
            self.said.append(past)
        return past

    def _note_register(self, spot: Spot, of_place: bool, follows: bool) -> None:
        """Which register a number is of: of two bare ones, `846 and 530`, the first is of filings."""
        of_both = self.names_both and (spot.is_bare or spot.number.noun.startswith("entr"))
        if of_both and spot.joins and not re.search("[FERGV]", spot.left + spot.right):
            self.register, self.sure = "filed", True
        elif of_both and spot.joined and not re.search("[FERGV]", spot.right):
            self.register, self.sure = "registered", True
        else:
            self.register, self.sure = self._register(spot, of_place, follows)
            self.of_apps = spot.number.unit == "app"

    def _past_as_now(self, first: int) -> None:
        """What a number is compared with is of its register."""
        here = self.said[first:]
        if ours := next((one for one in here if not one.is_past), None):
            self.said[first:] = [
                replace(one, register=ours.register, sure=ours.sure) if one.is_past else one for one in here
            ]

    def _leads_to(self, one: _Said) -> bool:
        """Whether the number said last, here or in the sentence before, is a smaller one of the same place."""
        last = self.said[-1] if self.said else None
        if last is None or last.is_past or last.scope != one.scope:
            return False
        return last.value < one.value and one.start - last.end <= 2

    def _set_apart(self, start: int) -> None:
        """Of two totals of one register a sentence gives for a place and a day, the first and smaller one is of what is new:
        `72 have been filed since February, so the total is 868`."""
        here = [one for one in self.said if one.start == start and one.sense == "total" and not one.is_past]
        for one, later in combinations(here, 2):
            same = (one.scope, one.register) == (later.scope, later.register) and one.day == later.day
            if same and one.value < later.value and one in self.said:
                self.said[self.said.index(one)] = replace(one, sense="new")

    def _settled(self, said: list[_Said]) -> list[_Said]:
        """Of two totals of one place and register the smaller one is of what is new, when nothing says that it is a sum: `14 models
        were approved. … The count exceeds 40.`"""
        totals = [one for one in said if one.sense == "total" and not one.is_past]
        return [
            replace(one, sense="new")
            if one.weak
            and any(
                (o.scope, o.register) == (one.scope, one.register) and o.value > one.value and not o.weak
                for o in totals
            )
            else one
            for one in said
        ]

    # --- What is counted ---

    def _counts(self, spot: Spot, about: bool, last: _Said | None) -> bool:
        """Whether a number counts approved services: "China had 130 LLMs" does not say so, the sum of both registers is no
        total of either."""
        number, sentence = spot.number, spot.sentence
        if number.unit == "other" or self._is_denied(spot) or _of_others(spot):
            return False
        if "on-device" in spot.words(number.at, number.end).lower() or (
            "on-device" in self.text.lower() and re.search(r"on (?:it|the list)\b", spot.right_words)
        ):
            return False  # a list of its own
        if (
            _OF_FIELD.search(spot.words(spot.low, number.end))
            or _OF_TESTS.search(spot.words(spot.low, number.end))
            or _OF_SOME.match(spot.right_words)
        ):
            return False
        topic = bool(self.register) or self.about_for > 0
        if number.unit in ("filing", "registration", "approval"):
            return True
        behind = spot.right
        if spot.joins and not re.search(
            "[FEGRV]", spot.phrase + behind
        ):  # `611 services and 306 apps had completed this process`
            at = sentence.numbers.index(number) + 1
            behind += spots_of(sentence)[at].right
        if not spot.is_bare:
            if re.search("[FE]", spot.phrase) or re.search("[FEGRV]", behind):
                return True
            if topic and re.match(r"b[^;,]*i[dw]*[nJ]", behind):
                return True  # `Eleven models are in the batch`
            listed = re.search(
                r"(?:[JnF],?r?|[JnF][^#;]{0,8}|[dH])a*[Yb][ia]*(?:dKo)?$", sentence.tags[: number.at]
            )
            if listed and (topic or about or "Z" in sentence.tags):
                return True
            if (topic or about) and number.noun.startswith("entr"):
                return True
            if re.search(r"b$", spot.left):
                return False
            if re.search("[FEGV]", spot.front) or (re.search("J", spot.front) and topic):
                return True
            new = (
                re.search("[Nn]", spot.phrase)
                or re.search(r"[ANU][dKo]*$", spot.left)
                or re.match("b*[AN]|[iT]*[Tt]", spot.right)
            )
            return bool(topic and (new or last or re.search(r"K[^#]*$|X[^#]*$", spot.left)))
        return self._counts_bare(spot, about, topic, last)

    def _counts_bare(self, spot: Spot, about: bool, topic: bool, last: _Said | None) -> bool:
        """`115 were filed`, `Guangdong (192)`, `a total of 46`."""
        number, left, right = spot.number, spot.left, spot.right
        before = spot.before
        if number.value == 1 or re.match(r"o[dHLZ]*w+(?![wSPGRVFE])", right):
            return False  # `two of Shaanxi's universities`
        if before and before.text.lower() == "with" and re.search("[FEGRV]", spot.sentence.tags[: number.at]):
            return True
        if before and before.tag == "w" and before.text[0].isupper() and number.at > 1:
            return False  # `Article 17`
        services = bool(re.search("[SPGRV]", spot.sentence.tags))
        if re.match(r"[NAa]*[FE]|b[badwZNA]{0,4}[FEGV]|r[bawd]{0,2}[FEV]", right) and (topic or services):
            return True
        own = re.match(r"of (?:its|their|our)\b", spot.words(number.end, spot.high))
        theirs = re.match(r"of (?:them|these|which)\b", spot.words(number.end, spot.high))
        if (theirs or (not own and re.match(r"o[dZHwN]*(?:Sb)?[FE]", right))) and (topic or about):
            return True
        if (spot.part_of or spot.whole_of) and re.search("[FEGRV]", spot.front):
            return True
        if self._own_row(spot) and (topic or about):
            return True
        if self.was_asked and not spot.front:
            return True
        if re.search(r"Kod?w+$", left) or (
            left.endswith("wK") and is_firm(spot.sentence.tokens[number.at - 2].text)
        ):
            return False  # `the number of enterprises exceeds 4,500`
        if topic and re.search(r"X[^,;#]*i$", left):
            return True
        if before and before.text.lower() == "to" and re.search("[FEG][^;]*[UX][^;]*#i$", spot.front):
            return True  # `the number of approved models grew from less than 50 to over 300`
        if re.search(r"Ko[^#FEGRV]*S[^#FEGRV]*$", left) and not (topic and "X" in left):
            return False  # `the number of models in China`, filed or not
        if re.search(r"K[^#]*$", left) and (topic or (about and services)):
            return True
        if re.search(r"[FEGRVSP][^#]*(?:[YUX]i?|b|[YUb]?a*i)$", spot.front) and (topic or about):
            return True
        if re.search(r"[AUXYFE]i?d?$|[AUX][dKoi]*$|N$|bi?a?$|[(&:]A?$", left) and (topic or last or about):
            return True
        if topic and re.search(
            r"^remain|^[^,;:]*\b(?:so far|to date)\b|^in (?:all|total)\b|^altogether\b|^in number\b",
            spot.words(number.end, spot.high),
        ):
            return True
        if re.match(r"[DN]|ZZ?|b?[ba]*[AN]", right) and (self.register or last):
            return True
        return bool(last and re.fullmatch(r"[DT]?i", left)) or bool(
            self.register and re.search(r"[di]a*$", left) and re.match("iL", right)
        )

    def _own_row(self, spot: Spot) -> bool:
        """A place with nothing but its number: `Guangdong (192)`, `Shanghai with 46`."""
        tags, at = spot.sentence.tags, spot.number.at
        if re.search(r"[GR][^#;]{0,8},$", tags[:at]):
            return True  # `filings with the national office, 796`
        return bool(
            re.search(r"L(?:[(:-]|,i?|[HdwibYaUNFEv]{0,4}[(]?)$", tags[:at])
            or re.match(r"[FEbwY]*[iBo]L", spot.right)
        )

    def _is_denied(self, spot: Spot) -> bool:
        """Not done, only planned, no more than a part picked out, or of a day ago."""
        sentence, number = spot.sentence, spot.number
        own = re.search("[FEG]", spot.phrase) or re.match("[FE]", spot.right)
        before = spot.before
        first_to = spot.is_bare or spot.words(number.end, spot.high).startswith("to ")
        if first_to and before and before.text.lower() in ("first", "last"):
            return True  # `the first two to be filed`
        if (
            spot.is_bare
            and before
            and before.tag == "&"
            and re.match(r"(?:more|others?)\b", spot.words(number.end, spot.high))
            and re.search("w&$", sentence.tags[: number.at])
        ):
            return True  # `Luming, Shuyu and three more`
        if before and before.text.lower() == "all" and number.value <= _NAMED:
            return True  # `all three`: those just named
        if re.search(r"!od?$|[JF]od?$", spot.left) and own:
            return False  # `none of the 117 that were approved`, `is not on the list of 905`
        if re.search("[!<]", spot.left) or ("!" in spot.front.rpartition(":")[2] and not own):
            return True
        if re.match(r"[^,;FE]*!", spot.right):
            return True
        wish_at = spot.front.rfind("~")
        if wish_at >= 0 and not _FINISHED.search(spot.words(spot.clause[0] + wish_at, number.at)):
            return True
        if re.match(r"[bSP]*~", spot.right):
            return True
        if _BEST.search(spot.words(number.at + 1, number.end)):
            return True
        if re.match(r"[dwN]{0,2}y", spot.right) or (number.unit == "other"):
            return True
        if re.search(r"y,?[dwi]*[wdK]*b[ba]*$", sentence.tags[: number.at]) and not spot.left.endswith("K"):
            return True
        if re.match(r"[^,;]{0,8}O", spot.right):
            return True
        return bool(
            self.register
            and self.names_both
            and not spot.joins
            and _SUM.search(spot.words(spot.low, number.at))
        )

    # --- Old or new ---

    def _sense(
        self, spot: Spot, sentence: Sentence, last: _Said | None, of_batch: bool, of_place: bool
    ) -> Sense:
        number, left, right = spot.number, spot.left, spot.right
        if spot.joined and last and "N" not in spot.phrase:
            return last.sense
        said_before = sentence.words[: sentence.tokens[number.at].start].rstrip().lower()
        is_part = re.match(r"of (?:which|them|these)\b", spot.right_words) or said_before.endswith("of which")
        if is_part and re.search(r"\b(?:during|in) (?:the year|that year|20\d\d)\b", spot.right_words):
            return "new"
        if re.match(
            r"(?:that |which )?(?:were|was|have been|had been)\s(?:newly|additionally)\b",
            spot.right_words,
            re.I,
        ):
            return "new"
        is_more = "N" in spot.left[-3:] + spot.phrase
        if self.said and not is_more and re.search(r"\bthe same period\b", spot.words(spot.low, spot.high)):
            return self.said[-1].sense
        before = spot.before
        word = before.text.lower() if before else ""
        of_second = number.unit in ("app", "registration") or "E" in spot.phrase + right
        if re.search("d?N$", left) and not of_second and not re.search("[UXK]", spot.front):
            return "new"  # `a further 71 services`
        if re.search("[N]", spot.phrase) or (
            number.unit == "service" and re.match("addition|newcomer|entrant", number.noun)
        ):
            return "new"
        if re.search(r"A[dKoa]*$|U$|A[(]$", left) or word.endswith("added"):
            return "new"
        if spot.number.unit != "bare" and re.match(r"b[ba]*[FE][^:#.]*:", sentence.tags[number.end :]):
            return "new"  # `Two apps were registered: …`
        if word == "by" and re.search("[UA]i$|U[dw]*i$", left):
            return "new"
        if word == "including" and not of_place:
            return "new"
        in_all = re.match(r"[^,;]*\b(?:in (?:all|total)|altogether)\b", spot.words(number.end, spot.high))
        if in_all or (number.noun.startswith("entr") and "N" not in spot.phrase + left):
            return "total"
        if spot.is_bare and right.startswith("N"):
            return "new"  # `approval for four more`
        leads = re.search(r"X[^,;:]*$", spot.front)
        if (
            not leads
            and (re.search(r"d?Ko$", left) or not re.search("K", left))
            and (
                re.search(r"^[^,;]*t", right) or re.search(r"^[^;]*t", re.sub("v[dw]{0,2}t", "", spot.front))
            )
            and not re.search(
                r"\b(?:now|already|so far|to date)\b", spot.words(spot.clause[0], spot.high).split(",")[0]
            )
            and not (word == "to" and re.search("[UXBKY]", spot.front))
        ):
            return "new"  # `a total of 14 were approved last week`
        if (word == "to" and re.search("[UXBKY]", spot.front)) or re.search(r"K[^#]*$", left) or leads:
            return "total"
        if re.search(r"batch|round", spot.words(spot.low, number.at)) or re.match(r"b[^;,]*i[dw]*n", right):
            return "new"
        so_far = re.search(r"\b(?:now|already|so far|to date)\b", spot.words(spot.low, spot.high))
        if re.search("[AN]" if so_far else "[ANt]", re.split("[,&]", right)[0]):
            return "new"
        if re.search(r"or[^#]*$", sentence.tags[: number.at][-3:]) and ("T" in right or "t" in right):
            return "new"
        if re.match(r"or", right) and ("T" in right or "t" in right):
            return "new"
        if re.match(r"od", right) and ("T" in right or "A" in right or "t" in right):
            return "new"
        if so_far:
            return "total"
        part = sentence.tags.rfind(";", 0, number.at) + 1
        if "T" in sentence.tags[part : part + 3] or "T" in sentence.tags[spot.clause[0] : spot.high]:
            return "new"
        return "new" if of_batch and number.vague == "exact" else "total"

    # --- Register ---

    def _register(self, spot: Spot, of_place: bool, follows: bool) -> tuple[Register, bool]:
        """The register of a number and whether the text is sure of it."""
        number, sentence = spot.number, spot.sentence
        tokens, words = sentence.tokens, sentence.words
        if number.unit == "filing":
            return "filed", True
        leads = re.search(r"X[^,;]*$", spot.front)
        left = tokens[spot.low : number.at]
        right = tokens[number.end : spot.high]
        phrase = tokens[number.at + 1 : number.end]
        behind = marks_of(right, words)
        if (
            leads
            and self.register
            and number.unit != "app"
            and (
                not marks_of([*left, *phrase], words)
                or (follows and re.search("E[wN]*S", spot.left + spot.phrase))
            )
        ):
            return self.register, self.sure  # `… filed, bringing the number of registered services to 150`
        if number.unit == "app":
            is_filed = (
                re.match(r"[dabw]*F", spot.right) and "fil" in spot.words(number.end, spot.high).lower()
            )
            return ("filed" if is_filed else "registered"), True
        if number.unit == "registration":
            return "registered", self.sure and self.register == "registered"
        before = marks_of(left, words)
        if not before and re.search("P[^#]*(?:B#[DT]?i)?$", spot.front) and spot.is_bare:
            return "registered", True
        own = marks_of(phrase, words)[-1:]
        if re.search(r"^[ba,]", spot.right) or number.unit != "bare" or re.match("[FEo]", spot.right):
            own = own or behind[:1]
        alone = not any(spot.clause[0] <= n.at < number.at for n in sentence.numbers) or re.search(
            "B#[DT]?i$", spot.front
        )
        own = (
            own or before[-1:] or (marks_of(tokens[spot.clause[0] : number.at], words)[-1:] if alone else [])
        )
        if own:
            register, sure = own[0]
            if spot.is_bare and re.search("P[^#]*$", spot.left) and register == "registered":
                sure = True
            return register, sure or (register == self.register and self.sure)
        if self.of_apps and number.unit == "service" and not re.match("entr|ones", number.noun):
            return "filed", False
        if of_place and spot.is_bare and not follows:
            return self.heading, False
        return self.register or "filed", self.sure


def _of_others(spot: Spot) -> bool:
    """`394 algorithms in April and 266 in February`: a bare number counts what the one before it does."""
    before = [n for n in spot.sentence.numbers if n.at < spot.number.at]
    noun = before[-1].noun if before and before[-1].unit == "other" else ""
    is_counted = noun != "" and not re.match("(?:day|week|month|year|quarter)s?$", noun)
    return is_counted and spot.is_bare and bool(re.fullmatch(r"i?[DTL]?,?&d?", spot.left))


def _past_days(sentence: Sentence, spots: list[Spot]) -> list[int]:
    """Where the days stand that are of numbers others are compared with."""
    out = [sentence.tokens[m.end() - 1].start for m in re.finditer("B[DT]", sentence.tags)]
    was_past = False
    for spot in spots:
        was_past = is_past(spot) or (spot.joined and was_past)
        if was_past:
            out += [t.start for t in sentence.tokens[spot.number.end : spot.high] if t.day]
    return out


def _is_close(dated: _Said, one: _Said, page: dt.date | None) -> bool:
    """Whether a total may be of the day of another number: not of that of what was new long before the page."""
    if dated.sense == "total" or one.sense == "new" or page is None or dated.day is None:
        return True
    return (page - dated.day).days <= _LAG


def read(document: Document, context: Context) -> Iterator[FilingCount]:
    """One count a day and place, as `counts.read` gives them for Chinese. A number without a day of its own takes the one
    said for its place, else the one day the text speaks of, else the news day."""
    page = context.date or page_date(document)
    text = document.text
    reader = _Reader(text, context.date, page, str(context.options.get("scope") or NATIONAL))
    rows: dict[tuple[dt.date | None, str], FilingCount] = {}
    said = reader.read()
    news = english_days.stated_day(text, page) or english_days.news_day(text, page)
    news_values = {(s.scope, s.register, s.value) for s in said if s.sense == "new"}
    said = [s for s in said if s.sense == "new" or (s.scope, s.register, s.value) not in news_values]
    totals = {(s.scope, s.day) for s in said if s.sense == "total" and s.day and not s.is_past}
    for one in sorted(said, key=lambda s: (s.day is None, s.vague != "exact")):
        as_of = one.day
        if as_of and one.sense == "new":
            # `73 in September and October. As of Nov. 1, 611`: what came in is told with the total
            near = [d for scope, d in totals if scope == one.scope and 0 < (d - as_of).days <= AFTER]
            as_of = near[0] if len(near) == 1 else as_of
        if as_of is None:
            of_place = [
                s.day
                for s in said
                if s.scope == one.scope and s.day and not s.is_past and _is_close(s, one, page)
            ]
            days = {
                s.day
                for s in said
                if s.day
                and not s.is_past
                and (s.scope in (one.scope, NATIONAL) or s.start <= one.start)
                and _is_close(s, one, page)
            } | {day for _, day in reader.heads}
            as_of = of_place[0] if of_place else days.pop() if len(days) == 1 else news
        quote = text[one.start : one.end].strip()
        start = text.find(quote, one.start)
        ground = Ground(
            quote=quote, start=start, end=start + len(quote), locator=f"chars {start}-{start + len(quote)}"
        )
        row = rows.get((as_of, one.scope)) or FilingCount(
            as_of=as_of, scope=one.scope, source_kind="english press", ground=ground
        )
        name = _FIELDS[one.sense, one.register]
        if getattr(row, name) is None:
            qualifier = one.vague if one.vague != "exact" else row.qualifier
            row = replace(row, **{name: one.value}, qualifier=qualifier)  # type: ignore[arg-type]
        rows[as_of, one.scope] = row
    yield from sorted(rows.values(), key=lambda r: r.ground.start or 0)
