"""Totals in English texts.

Each number is read with its neighbours: the words on its left since the number before, the noun it counts, the words on
its right up to the next number. What they say of the register, of old or new and of the place is weighed in this order.
English pages say "registered" for both registers: it means filing, unless the text sets registered applications apart from
filed services. `Beijing` is a place only where a sentence speaks of the city's own office or services: "Beijing requires"
is the government.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from typing import Literal

from scrapers.documents import Context, Document
from scrapers.extract.filings.days import page_date
from scrapers.extract.filings.english_clauses import place_said, speaks_of
from scrapers.extract.filings.grammar import day, english_provinces, not_after
from scrapers.extract.filings.scopes import NATIONAL
from scrapers.lexicon import places
from scrapers.records import FilingCount, Ground

Register = Literal["filed", "registered"]
Sense = Literal["total", "new"]
Vague = Literal["exact", "at_least", "about"]
_FIELDS: dict[tuple[Sense, Register], str] = {
    ("total", "filed"): "total_filed",
    ("total", "registered"): "total_registered",
    ("new", "filed"): "new_in_period",
    ("new", "registered"): "new_registered",
}
# --- Days -----------------------------------------------------------------------------------------------------------

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
_DATE = (
    rf"(?:{_MONTH.format('ma')}\s(?P<da>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s(?P<ya>20\d\d))?"
    rf"|(?P<db>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH.format('mb')}(?:,?\s(?P<yb>20\d\d))?"
    rf"|(?:the\send\sof\s|end[- ]|late\s)?{_MONTH.format('mc')}(?:\s(?:of\s)?(?P<yc>20\d\d)|\s(?P<tc>this|last)\syear)?"
    r"|(?:the\s)?(?:end\sof|year[- ]end|end-)\s?(?P<yd>20\d\d))"
)
_UNTIL = re.compile(
    rf"(?:\b(?:(?:as\s(?:of|at)|by|until|till|through|up\sto)\s(?:the\s(?:end|close|last\sday)\sof\s)?|(?:at|to|on)\sthe\s(?:end|close|last\sday)\sof\s|at\s(?=end[- ])|(?:current|figures|data|numbers)\s(?:up\s)?to\s)|\((?=[A-Z]\w+\.?\s\d{{1,2}},?\s20\d\d\)|(?:the\s)?(?:end\sof|end-|year-end)\s?20\d\d)){_DATE}"
    r"|\b(?:at|by|as of|to)\s(?:the\s)?(?:end|close)\sof\s(?P<y0>20\d\d)"
    r"|\bas\s(?P<ye>20\d\d)\s(?:closed|ended|drew)|\b(?:at|by|as of)\s(?:the\s)?(?P<yearend>end of the year|year[- ]end)\b"
    r"|\bend-(?P<y1>20\d\d)\b|\b(?:at|by|as of|through|until|to)\s(?:the\s)?(?P<monthend>end of last month)\b",
    re.I,
)
_ON = re.compile(rf"\bon\s(?:\w+day,?\s)?{_DATE}", re.I)
_WHEN = re.compile(
    rf"\b(?:on\s|last\s|this\s|,\s|(?<=ed\s)|(?<=val\s)|(?<=nce\s))(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,\s)?(?:{_DATE}|(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b))",
    re.I,
)
"""The day behind an event or before it."""
_OF_DATE = re.compile(rf"\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH.format('m')}", re.I)
_BETWEEN_DAYS = re.compile(
    rf"\b(?:between|from)\s(?:\w+\s\d{{1,2}}|\d{{1,2}}\s\w+)(?:,?\s20\d\d)?\s(?:and|to|through|until)\s{_DATE}",
    re.I,
)
"""A span of days whose own count is told; its last day is what the number is of."""
_HEAD = re.compile(rf"^\W*{_DATE}\W*[:–—-]", re.I)
"""The date a line of a chronicle begins with: `- April 2024: 117 models cleared`."""
_BACK = re.compile(
    rf"\b(?:from|compared with|against|versus|(?:double|twice|triple) the)\s(?:(?:just|only|about|around|some|nearly|roughly|over|more\sthan)\s)?(?P<n>\d[\d,]*)(?:\s(?:fil\w+|generative|AI|services|models|approv\w+)){{0,5}}(?:\s(?:in|on|at|as\sof|at\sthe\send\sof)\s{_DATE})?",
    re.I,
)
"""A number of another day that one is compared with."""
_NEWS_DAYS = 14
_SENTENCE = re.compile(
    r"(?:(?:Nov|Dec|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|No|U\.S|Inc|Co|Ltd|Corp|Mr|Dr)\.|\d\.\d|[^.!?\n]|\.(?=\w))+[.!?\n]?"
)


def _day(match: re.Match[str], page: dt.date | None) -> dt.date | None:
    g = match.groupdict()
    if g.get("yearend"):
        return dt.date(page.year - (page.month < 10), 12, 31) if page else None
    if g.get("monthend"):
        return page.replace(day=1) - dt.timedelta(days=1) if page else None
    if ended := g.get("ye") or g.get("y0") or g.get("y1") or g["yd"]:
        return dt.date(int(ended), 12, 31)
    for month, number, year in (("ma", "da", "ya"), ("mb", "db", "yb")):
        if g[month]:
            m, d = _MONTHS.index(g[month][:3].lower()) + 1, int(g[number])
            if g[year]:
                return day(int(g[year]), m, d)
            return not_after(page, m, d) if page else None
    if not g["mc"]:
        return None
    m = _MONTHS.index(g["mc"][:3].lower()) + 1
    if g["yc"]:
        year_number = int(g["yc"])
    elif page is None:
        return None
    else:
        year_number = page.year - (g["tc"] == "last") - (m > page.month and g["tc"] is None)
    return dt.date(year_number + (m == 12), m % 12 + 1, 1) - dt.timedelta(days=1)


# --- Numbers --------------------------------------------------------------------------------------------------------

_ONES = (
    *(
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
    ),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = (
    {word: value for value, word in enumerate(_ONES, start=1)}
    | {word: 10 * value for value, word in enumerate(_TENS, start=2)}
    | {
        f"{ten}-{one}": 10 * t + o
        for t, ten in enumerate(_TENS, start=2)
        for o, one in enumerate(_ONES[:9], start=1)
    }
    | {"a dozen": 12}
)
_NUMBER = re.compile(
    rf"(?P<pre>at least|upwards of|more than|over|exceed(?:s|ed|ing)|surpass(?:ed|es|ing)|topp(?:ed|ing)|some|about|around|nearly|almost|roughly|approximately)?\s*"
    rf"(?<![\w.,$-])(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?P<post>\+|-odd|-plus)?"
    r"(?![\w%]|\.\w|,\d|-\w|\s(?:dozen|hundred|thousand|percent|per cent|million|billion|trillion|users|(?:(?:to|or)\s[\w-]+\s)?(?:months?|days?|weeks?|years?|hours?)|times|yuan|dollars?|renminbi|people|jobs|documents?|terms|questions|patents?|papers?|parameters|tokens|customers|learners|chips|GPUs|compan(?:y|ies)|firms?|enterprises|developers|providers|categories|news|cities|provinces|pages?|rounds?|batch(?:es)?|rules|registers)\b)",
    re.I,
)
_THING = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?P<words>(?:(?!(?:and|or|of|but|its|with|to|for|in|on|by|as|were|was|are|is|have|has|had|while|that|which|from|at|after|compared|said|says|their|they|who|had)\b)[\w’'/-]+\s+(?:\([^)]*\)\s*)?){0,8}?)"
    r"(?P<noun>services?|models?|LLMs?|applications?|apps?|functions?|filings?|registrations?|approvals?|ones|products?|tools?|chatbots?|features?|newcomers|additions|entrants|entries)\b",
    re.I,
)
_FILED = re.compile(
    r"\bfil(?:e|ed|es|ing|ings)\b|approv|licen[sc]|\bclear(?:s|ed|ing|ance)?\b|green[- ]?light|\bnod\b|go-ahead|\bsign(?:ed|s) off\b|\bauthori[sz]ed\b|\bgreen-?lit\b|\brecord(?:ed|s)\b|\bon (?:\w+ ){0,2}(?:record|books?|list|registry)\b|\bto (?:its|the|their) (?:\w+ ){0,2}(?:list|register|registry)\b|(?:complet|pass)ed (?:this|that|the) (?:\w+ ){0,2}(?:process|procedure|review|regulation|assessment)|\bbatch\b|\blist (?:contains|holds|has|of|now|names|includes)\b|\blist,? naming\b|\bpermission\b|\bpassed muster\b|\bdone so\b|\bmade the cut\b|\bcertificates?\b|\bregulators? (?:has |have |had )?added\b|\bpassed (?:the )?(?:\w+ )?(?:review|assessment)",
    re.I,
)
_REGISTERED = re.compile(r"(?<!un)regist(?:er(?:s|ed|ing)|rations?)\b|\blog(?:s|ged)\b|on their books", re.I)
_LOCAL_BEFORE = re.compile(r"\b(?:provincial|local)(?:ly)?\s(?:\w+\s)?$", re.I)
_LOCAL = re.compile(r"\s(?:locally|(?:with|by|at) (?:the )?(?:provincial|local))\b", re.I)
"""What offices of provinces keep is the second register."""
_OF_SERVICES = re.compile(
    r"generative|\b(?:approved|registered) services\b|\bmodels?\b|LLM|chatbot|\bfil(?:ed|ings?)\b", re.I
)
_SECOND = re.compile(r"(?<!un)regist(?:ered|rations?)\b|\b(?:apps|applications)\b", re.I)
"""What a text with both registers names as the second."""
_APP = ("app", "function", "feature")
_FLOOR = ("at least", "upwards of", "more than", "over", "exceed", "surpass", "topp")
_BREAK = re.compile(
    r";|,\s(?:while|whereas|but|alongside|with|compared)\b|\bwhile\b|\balongside\b|\bcompared\b", re.I
)
"""Where the words of a number end before the next one."""
_RUNS_ON = re.compile(
    r"\b(?:which|them|these|only|to|at|of|by|for|up|is|was|were|are|cumulative|another|further|including|adding|added|adds|had|has|have|with|reach(?:ed|es|ing)?|hit|and|or|filed|registered|approved|cleared|naming|(?:stood|stands?) at|(?:total|tally|count|figure|number)(?: now)?)\s*$|\(\+?\s*$|\b(?:filed|registered|approved|cleared|services|models|apps|applications|filings|registrations|approvals|total)\b[^:\d;]{0,12}:\s*$",
    re.I,
)
"""Words before a number without a noun that goes on with what the text counts."""
_RISES_TO = re.compile(
    r"\b(?:total|tally|count|figure|number|cumulative|registrations|filings|services|models|apps|applications)\b[^;]{0,80}\b(?:to|at|past|above|beyond|reach(?:ed|es|ing)?|hit|is|was|cross(?:ed|es)|pass(?:ed|es)|topp\w+|exceed\w*|surpass\w*|now)\s*$|\btotals? (?:of|are|were|is|now)\s*$|\bleav(?:es|ing)\s*$|\bnow (?:has|have|had|lists|counts|holds)\s*$|\b(?:total|cumulative|all|combined|altogether)\s*$|\bfor a (?:\w+ )?total of\s*$|\bcumulative\b[^,;]{0,20}$|\b(?:total|tally|count):?\s*$",
    re.I,
)
_NEW_LEFT = re.compile(
    r"\b(?:add(?:ed|s|ing)?|addition of|additional|up|\w+ed by|rose by|grew by|rise of|increase of|gain of|including)(?: (?:a total of|by))?\s*$|\(\+\s*$|\bbatch\b[^.;\d]{0,60}\b(?:includ|cover|compris|contain)\w+\s*$|\bgranted (?:approvals?|licen[cs]es?) to(?: a total of)?\s*$|\blicensed a total of\s*$",
    re.I,
)
_NEW_THING = re.compile(r"\b(?:new|newly|additional|more|fresh|added)\b", re.I)
_NEW_RIGHT = re.compile(
    r"^\s*of (?:them|which|these)\b[^.;,]*\b(?:in|during|since)\b|^\s*(?:were |was |have been |had been )?(?:added|new(?:ly)?\b|more (?:than|new)?|higher)|^\s*(?:were|was|have been) (?:\w+ )?(?:approved|cleared|filed|registered)\b[^.;]*:\s|\b(?:were|was) (?:newly )?added\b|\badded (?:in|during|over|since)\b|\bnewly\b|\((?:a |for a )?(?:cumulative|running total|total)\b|(?<!end of )\b(?:last|this) (?:week|month)\b|\brecently\b|\blatest\b[^.;]{0,30}\b(?:approvals?|batch|round)\b|\b(?:first|second|third|fourth|new|latest) batch\b|,\s(?:taking|bringing|lifting|raising|for a (?:cumulative|running|total))",
    re.I,
)
_PICKED = re.compile(
    r"\b(?:worth|of (?:note|interest)|notable|st[ao]nds? out|stood out|caught|below|to watch)\b", re.I
)
"""Some that a text picks out, no total: `two filings worth noting`."""
_AGO = re.compile(
    r"\b(?:ago|earlier|previously|before that),? (?:there (?:were|was)|it was|the (?:figure|number|total) (?:was|stood at))\s*(?:only|just)?\s*$",
    re.I,
)
_AGO_BEHIND = re.compile(
    r"\s*(?:\w+\s)?(?:a|one|the) (?:week|month|quarter|year) (?:ago|earlier|before)\b", re.I
)
"""A number of some time before."""
_COMPRISES = re.compile(
    r"\b(?:it|they|list|register|roster|batch) (?:now )?(?:compris|includ|contain|ha|list|nam|cover|hold)(?:es|e|s|ed|d)?\s*(?:a total of\s*)?$",
    re.I,
)
"""Before what a list holds."""
_BEST = re.compile(r"\b(?:most|best|largest|biggest|leading|top|popular|famous|known)\b", re.I)
"""Some of many, no count: `the three most popular apps`."""
_WISHED = re.compile(
    r"\b(?:plan(?:s|ned|ning)?|aim(?:s|ed|ing)?|intend(?:s|ed)?|hop(?:es|ed|ing)|expect(?:s|ed)?|want(?:s|ed)?|target(?:s|ed|ing)?|goal|will|would|should|could|may|might|must|forecasts?|to (?:file|register|have|approve|put))\b(?![^.;]*\b(?:after|already)\b)"
)
"""Before a number that is only planned."""
_UNDONE = re.compile(r"\b(?:await|pending\b|under review|being reviewed|waiting|in the queue)", re.I)
_STATED = re.compile(
    rf"\b(?:data|figures|numbers|counts?|statistics)\b[^.;\n]{{0,20}}?(?:{_UNTIL.pattern})", re.I
)
"""The day a text gives for all its numbers: `(Data as of July 31.)`."""
_OVERALL = re.compile(r"^\s*(?:in all|altogether|in total|overall|so far|to date|nationwide)\b", re.I)
_THAT_YEAR = re.compile(r"\b(?:last|this|that) (?:year|month|week|quarter)\b", re.I)
_IS_NOW = re.compile(r"\s*(?:are|is|stand|have|has) (?:now|already)\b", re.I)
_PERIOD = re.compile(
    rf"(?<!than )\b(?:in|during|over|between|throughout|for|from(?=\s\w+\s(?:to|through)\b))\s(?:the\s)?(?:(?:{_MONTH.format('p1')}(?:\s(?:and|to|through)\s|[-–]))?{_MONTH.format('p2')}(?!\s\d{{1,2}}(?!\d))(?:,?\s(?P<py>20\d\d))?|(?P<year>20\d\d)\b(?!\s*,)|(?P<part>first|second|third|fourth)\s(?P<of>quarter|half)(?:\sof\s(?P<oy>20\d\d))?)",
    re.I,
)
"""A span of time whose own count is told: `In May and June`, `In 2025`, `in the first quarter`."""
_CALLING = re.compile(
    r"\b(?:(?:that|which)\s)?(?:use|using|call|calling|(?:are )?built on|rely on|relying on)\s[^,;]*?(?:filed|approved|registered)[^,;]*?models",
    re.I,
)
"""What applications do with models that are filed says nothing of their own register."""
_FROM = re.compile(
    r"\s*(?:of (?:them|which|these)\s)?(?:are|were|is|was|belong|come|came|hail)?\s*(?:from|in|based in|to)\s(?P<p>[A-Z]\w+(?:\s[A-Z]\w+)?)"
)
_BARE = re.compile(
    r"\s(?:had|have|has)\s(?:\w+ly\s)?(?:won|received|obtained|passed|completed|cleared|gained|secured|got)\b|\s(?:(?:were|was|have been|had been)\s)?(?:newly\s)?(?:added|registered|filed|approved|new|cleared)\b|\smore than\b",
    re.I,
)
"""Behind a number without a noun: `over 240 registered with provincial offices`."""
_OF_ALL = re.compile(
    r"(?:or )?(?:out )?of(?: (?:the|some|all))?(?: (?:nation|country|national)['’]?s?| China['’]s)?"
)
"""Between a part and its whole: `105 of the 302 services`."""
_TO_REGISTER = re.compile(
    r"\s*(?:to|on|onto) (?:its|the|their)\s(?:\w+\s){0,3}?(?:lists?|register|registry|roster|database|books|rolls)\b",
    re.I,
)
_STEP = re.compile(r"\b(\d{1,4})-(?:service|model|product)s?\s(?:increase|rise|gain)", re.I)
_BATCH = re.compile(
    r"\b(?:first|second|third|fourth|fifth|new|newest|latest|another|this|that) (?:\w+ )?(?:batch|round)\b",
    re.I,
)
_AND = re.compile(r"\s*and\s*(?:more than |over )?", re.I)
_SUM = re.compile(r"\b(?:totall?ing|altogether|combined)\b[^,]*$", re.I)
_CONTINUES = re.compile(
    r"\b(?:bring|tak|lift|rais|push)(?:ing|es|s|en)?\b[^,;]*$|\b(?:brought|took|lifted|raised)\b[^,;]*$|\bfor a\b[^,;]*$",
    re.I,
)
"""The total that a number of new ones leads to is of the same register."""


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with its neighbours: the words since the one before, and up to the next one or the end of the clause."""

    hit: re.Match[str]
    left: str
    right: str
    after: str
    """All the words behind it."""
    thing: re.Match[str] | None
    """The noun it counts with what stands before the noun."""

    @property
    def before(self) -> str:
        """What stands on its left without `more than`."""
        return re.sub(
            r"\b(?:at least|upwards of|more than|over|some|about|around|nearly|almost|roughly|approximately)\s*$",
            "",
            self.left,
            flags=re.I,
        )

    @property
    def noun(self) -> str:
        return self.thing["noun"].lower() if self.thing else ""

    @property
    def adjectives(self) -> str:
        return self.thing["words"] if self.thing else ""

    @property
    def predicate(self) -> str:
        return self.right[self.thing.end() :] if self.thing else self.right

    @property
    def is_app(self) -> bool:
        return self.noun.startswith(_APP)

    @property
    def value(self) -> int:
        text = self.hit["n"].lower()
        return int(text.replace(",", "")) if text[0].isdigit() else _WORDS[text]

    @property
    def vague(self) -> Vague:
        before = (self.hit["pre"] or "").lower()
        return "at_least" if self.hit["post"] or before.startswith(_FLOOR) else "about" if before else "exact"


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
    sentence: re.Match[str]
    is_past: bool = False
    """A number another one is compared with: its day is no other number's."""


_REGISTERS_BEGAN = dt.date(2024, 7, 1)
"""What was "registered" before, as all of the first batch, was filed."""


class _Reader:
    """Goes through a text; what a number leaves open is taken from the ones before."""

    def __init__(self, document: Document, context: Context) -> None:
        self.text = document.text
        self.published = context.date
        self.page = context.date or page_date(document)
        self.scope = str(context.options.get("scope") or NATIONAL)
        self.home = _home(self.text)
        self.names_both = bool(_FILED.search(self.text) and _SECOND.search(self.text))
        self.register: Register | None = None
        self.sure = False
        self.of_apps = False
        """Whether the number before counted applications: what services come after them are of the other register."""
        self.of_batch = False
        """Whether the sentence, or the one before, speaks of a batch: the number that follows is its."""
        self.was_about = False
        """Whether the sentence before speaks of a register."""
        self.said: list[_Said] = []

    def read(self) -> list[_Said]:
        for sentence in _SENTENCE.finditer(self.text):
            self._sentence(sentence)
            self.was_about = _about(sentence[0])
        if (self.published and self.published < _REGISTERS_BEGAN) or re.search(
            r"\bfirst batch\b", self.text, re.I
        ):
            return [replace(one, register="filed") for one in self.said]
        if any(one.sure and one.register == "filed" for one in self.said):
            return self.said
        # nothing is said to be filed: what is "registered" is filed, unless it is an application
        return [one if one.sure else replace(one, register="filed") for one in self.said]

    def _sentence(self, sentence: re.Match[str]) -> None:
        words = sentence[0]
        self.scope, self.home = _scope(words, self.scope, self.home)
        if not _about(words) and not self.register and not self.was_about:
            return
        past = [m.span() for m in _BACK.finditer(words)]
        untils = [
            (m, found)
            for m in _UNTIL.finditer(words)
            if (found := _day(m, self.page))
            and not any(a < m.start() < b for a, b in past)
            and not words[: m.start()].endswith("than ")
        ]
        first = untils[0][1] if untils else None
        periods = _periods(words, self.page)
        told = next(
            (found for m in [*_HEAD.finditer(words), *_ON.finditer(words)] if (found := _day(m, self.page))),
            None,
        )
        skip = [
            m.span()
            for pattern in (_UNTIL, _ON, _PERIOD, _BETWEEN_DAYS, _HEAD)
            for m in pattern.finditer(words)
        ]
        rows = list(_patterns()[2].finditer(words))
        if len(rows) > 1:  # `Beijing 225, Shanghai 144`
            skip += [m.span() for m in rows]
            self.said += [_Said("total", "filed", False, int(m[2]), "exact", english_provinces()[m[1].lower()], first, sentence) for m in rows]  # fmt: skip
        for step in _STEP.finditer(words):
            self.said.append(_Said("new", "filed", False, int(step[1]), "exact", self.scope, first, sentence))
        for m in _BACK.finditer(words):  # `up from 346 filed services in March 2025`
            skip.append(m.span("n"))
            then = _day(m, self.page) if m["mc"] or m["ma"] or m["mb"] or m["yd"] else None
            if then and not words[: m.start()].endswith("down "):
                value = int(m["n"].replace(",", ""))
                self.said.append(
                    _Said("total", "filed", False, value, "exact", self.scope, then, sentence, is_past=True)
                )
        sense: Sense | None = None
        place = self.scope
        was_batch, self.of_batch = self.of_batch, bool(_BATCH.search(words))
        of_batch = (was_batch or self.of_batch) and not untils and not told
        numbers = _numbers(words, skip)
        # `302 at the end of 2024, 439 at the end of June`: each day stands behind its number
        dealt = _dealt(words, numbers) if _about(words) else {}
        days_behind = len(untils) > 1 and bool(numbers) and numbers[0].hit.end() <= untils[0][0].start()
        for index, number in enumerate(numbers):
            before = numbers[index - 1] if index else None
            with_next = index + 1 < len(numbers) and _AND.fullmatch(
                words[number.hit.end() : numbers[index + 1].hit.start()]
            )
            with_last = (
                before is not None and sense and _AND.fullmatch(words[before.hit.end() : number.hit.start()])
            )
            of_all = (
                sense
                and before
                and _OF_ALL.fullmatch(words[before.hit.end() : number.hit.start("n")].strip())
            )
            if not (
                of_all or number.hit.start() in dealt or self._counts(words, number, follows=bool(sense))
            ):
                sense = None
                continue
            own_place = dealt.get(number.hit.start()) or _own_place(words, number.hit, number.after)
            if of_all and not own_place and place != NATIONAL:
                own_place = NATIONAL
            goes_on = with_last or (
                sense and _NEW_LEFT.search(number.left)
            )  # `64 from Shanghai, a rise of 9`
            place = own_place or (place if goes_on else self.scope)  # `Guangdong reported 122 and 31`
            until_next = numbers[index + 1].hit.start() if index + 1 < len(numbers) else len(words)
            earlier = [found for match, found in untils if match.start() < number.hit.start()]
            behind = [found for match, found in untils if number.hit.end() <= match.start() < until_next]
            since = words.rfind(";", 0, number.hit.start())
            period = next((end for at, end in periods if since < at < until_next), None)
            days_behind = days_behind and (bool(behind) or not untils)
            as_of = behind[0] if days_behind else earlier[-1] if earlier else first or period or told
            sense = _sense(
                number,
                period is not None or (of_batch and number.vague == "exact"),
                sense if with_last else None,
                of_place=bool(own_place),
            )
            of_batch = False
            if self.said and _CONTINUES.search(number.left) and self.said[-1].scope == place:
                self.said[-1] = replace(
                    self.said[-1], sense="new"
                )  # `14 were approved, bringing the total to 40`
            if (
                self.names_both
                and (with_next or (with_last and before and before.thing is None))
                and not number.noun
            ):
                self.register, self.sure = ("filed" if with_next else "registered"), True
            else:
                self.register, self.sure = self._register(number)
                self.of_apps = number.is_app
            self.said.append(
                _Said(sense, self.register, self.sure, number.value, number.vague, place, as_of, sentence)
            )

        self._set_apart(sentence)
        first_new = next((one for one in self.said if one.sentence is sentence and not one.is_past), None)
        if first_new:  # what it is compared with is of the same register
            self.said = [
                replace(one, register=first_new.register, sure=first_new.sure)
                if one.sentence is sentence and one.is_past
                else one
                for one in self.said
            ]

    def _set_apart(self, sentence: re.Match[str]) -> None:
        """Of two totals of one register a sentence gives for a place and a day, the first and smaller one is of what is new:
        `72 have been filed since February, so the total is 868`."""
        here = [
            one for one in self.said if one.sentence is sentence and one.sense == "total" and not one.is_past
        ]
        for one, later in combinations(here, 2):
            same = (one.scope, one.register) == (later.scope, later.register) and one.day == later.day
            if same and one.value < later.value and one in self.said:
                self.said[self.said.index(one)] = replace(one, sense="new")

    def _leads_to(self, value: int, start: int) -> bool:
        """Whether the number said last, here or in the sentence before, is a smaller one."""
        last = self.said[-1]
        return last.value < value and start - last.sentence.end() <= 1

    def _counts(self, words: str, number: _Number, follows: bool) -> bool:
        """Whether a number counts approved services: "China had 130 LLMs" does not say so, the sum of both registers is no
        total of either."""
        if _PICKED.match(number.predicate.strip()) or _UNDONE.search(number.right):
            return False
        if _BEST.search(number.adjectives):
            return False
        if _WISHED.search(re.split(r";|\bwhile\b|\bbut\b|, (?:and|with)\b", number.left)[-1]):
            return False
        if _AGO.search(number.left) or _AGO_BEHIND.match(number.after):
            return False
        if re.search(r"\b(?:fewer|less) than\s*$", number.left, re.I) or (
            number.thing is None and number.hit["n"].lower() == "one"
        ):
            return False
        if re.match(r"[^.;,]{0,60}\balgorithms?\b", number.right, re.I):
            return False
        if _cities().search(f"{number.left[-60:]} {number.predicate}") and not _own_place(
            words, number.hit, number.after
        ):
            return False  # a part of a province
        if self.register and self.names_both and _SUM.search(number.left):
            return False
        if number.thing is None:
            goes_on = (
                _RUNS_ON.search(number.before)
                or _FROM.match(number.after)
                or _BARE.match(number.after)
                or _TO_REGISTER.match(number.after)
                or _UNTIL.match(number.after.strip())
                or _own_place(words, number.hit, number.after)
            )
            is_theirs = re.match(r"\s*of (?:them|which|these)\b", number.after)
            beside = number.left + number.right
            known = (
                self.register
                or self.was_about
                or _TO_REGISTER.match(number.after)
                or (_about(words) and _own_place(words, number.hit, number.after))
                or (_about(beside) and _OF_SERVICES.search(beside))
            )
            return bool(
                (known and (goes_on or is_theirs))
                or (
                    _RISES_TO.search(number.before)
                    and (_about(number.left) or (_about(words) and _OF_SERVICES.search(words)))
                )
            )
        if number.noun.startswith(("filing", "registration", "approval")) or _about(number.right):
            return True
        if re.search(r"\b(?:had|has|hosts?|home to)\s*$", number.left) and not re.search(
            r"\b(?:lists?|register|registry|roster)\b[^.;]{0,12}$", number.left
        ):
            return False
        is_topic = self.register or self.was_about
        if is_topic and _COMPRISES.search(number.before):
            return True
        return bool(_about(number.left) or (is_topic and (follows or _is_new(number))))

    def _register(self, number: _Number) -> tuple[Register, bool]:
        """The register of a number and whether the text is sure of it."""
        if number.noun.startswith("filing"):
            return "filed", True
        if _CONTINUES.search(number.left) and self.register and not (number.thing and number.is_app):
            named = re.search(r"\b(filings|registrations)\b[^,;]*$", number.left, re.I)
            if named is None or (named[1].lower() == "filings") == (self.register == "filed"):
                return self.register, self.sure
        predicate = re.split(
            r",\s(?:bringing|taking|lifting|raising)|\s(?:from|after|to)\s",
            _CALLING.sub("", number.predicate),
        )[0]
        if number.is_app:
            is_filed = re.match(r"[^,;]{0,12}\b(?:were|been|complet\w+|ha[sd])\s+(?:their\s)?fil", predicate)
            return ("filed" if is_filed else "registered"), True
        if number.noun.startswith("registration"):
            return "registered", self.sure and self.register == "registered"
        predicate = re.split(r"\sand\s", predicate)[0]
        behind = predicate if number.thing or _BARE.match(number.right) or self.register is None else ""
        left = _CALLING.sub("", number.left)
        if (
            re.search(r"\bnumber of (?:apps|applications|functions|features)\b", left, re.I)
            and not number.thing
        ):
            return "registered", True
        before = left if number.thing or self.register is None else left.rpartition(",")[2]
        said = _last(number.adjectives) or _first(behind) or _last(before)
        if said is None and self.of_apps and number.thing:
            return "filed", False
        if said is None:
            return self.register or "filed", self.sure
        return said[0], said[1] or (said[0] == self.register and self.sure)


def _numbers(words: str, skip: list[tuple[int, int]]) -> list[_Number]:
    hits = [
        hit
        for hit in _NUMBER.finditer(words)
        if not any(start <= hit.start("n") < end for start, end in skip)
        and not re.fullmatch(r"20[12]\d", hit["n"])
        and not _OF_DATE.match(words, hit.start("n"))
    ]
    out = []
    for index, hit in enumerate(hits):
        after = words[hit.end() :]
        right = words[hit.end() : hits[index + 1].start("n")] if index + 1 < len(hits) else after
        left = words[hits[index - 1].end() if index else 0 : hit.start("n")]
        if re.search(r"\band\s+$", right) and index + 2 >= len(hits):
            right += words[hits[index + 1].end() :]  # `611 services and 306 apps had completed this process`
        out.append(_Number(hit, left, _BREAK.split(right)[0], after, _THING.match(after)))
    return out


def read(document: Document, context: Context) -> Iterator[FilingCount]:
    """One count a day and place, as `counts.read` gives them for Chinese. A number without a day of its own takes the one
    said for its place, else the one day the text speaks of, else the news day."""
    reader = _Reader(document, context)
    rows: dict[tuple[dt.date | None, str], FilingCount] = {}
    said = reader.read()
    stated = {found for m in _STATED.finditer(document.text) if (found := _day(m, reader.page))}
    news = stated.pop() if len(stated) == 1 else _news_day(document.text, reader.page)
    news_values = {(s.scope, s.register, s.value) for s in said if s.sense == "new"}
    said = [s for s in said if s.sense == "new" or (s.scope, s.register, s.value) not in news_values]
    for one in sorted(said, key=lambda s: (s.day is None, s.vague != "exact")):
        as_of = one.day
        if as_of is None:
            of_place = [s.day for s in said if s.scope == one.scope and s.day and not s.is_past]
            days = {
                s.day
                for s in said
                if s.day
                and not s.is_past
                and (s.scope in (one.scope, NATIONAL) or s.sentence.start() <= one.sentence.start())
            }
            as_of = of_place[0] if of_place else days.pop() if len(days) == 1 else news
        quote = one.sentence[0].strip()
        start = one.sentence.start() + one.sentence[0].find(quote)
        ground = Ground(
            quote=quote, start=start, end=start + len(quote), locator=f"chars {start}-{start + len(quote)}"
        )
        row = rows.get((as_of, one.scope)) or FilingCount(
            as_of=as_of, scope=one.scope, source_kind="english press", ground=ground
        )
        field = _FIELDS[one.sense, one.register]
        if getattr(row, field) is None:
            qualifier = one.vague if one.vague != "exact" else row.qualifier
            row = replace(row, **{field: one.value}, qualifier=qualifier)  # type: ignore[arg-type]
        rows[as_of, one.scope] = row
    yield from sorted(rows.values(), key=lambda r: r.ground.start or 0)


def document_day(document: Document, context: Context) -> dt.date | None:
    """The first `as of` of a text; null where it says none."""
    page = context.date or page_date(document)
    return next((found for m in _UNTIL.finditer(document.text) if (found := _day(m, page))), None)


def day_of_event(words: str, at: int, page: dt.date | None) -> dt.date | None:
    """The day of what `words[:at]` ends with telling: `completed its filing with the CAC on January 31`, `On March 3 it was
    approved`; a weekday is the last one before the page. Null where there is none."""
    begin = max(words.rfind(mark, 0, at) for mark in (";", "\n")) + 1
    rest = re.match(rf"(?:{_MONTH.format('m')}|[^.;:(]){{0,48}}".replace("(?P<m>", "(?:"), words[at:], re.I)
    behind = _WHEN.search(words, at, at + (len(rest[0]) + 24 if rest else 0))
    if behind and behind.start() <= at + (len(rest[0]) if rest else 0):
        return _day(behind, page) if behind["weekday"] is None else _weekday(behind["weekday"], page)
    first = _WHEN.match(words, begin + len(words[begin:at]) - len(words[begin:at].lstrip()), at)
    if first is None or re.search(r"\b(?:said|says|announced|told|reported)\b", words[begin:at]):
        return _day(first, page) if first and first["weekday"] is None else None
    return _weekday(first["weekday"], page) if first["weekday"] else _day(first, page)


def only_day(words: str, page: dt.date | None) -> dt.date | None:
    """The one day a clause gives for what it tells, when nobody says something on it."""
    days = list(_ON.finditer(words))
    is_speech = re.search(r"\b(?:said|says|announced|told|reported|published|released)\b", words)
    return _day(days[0], page) if len(days) == 1 and not is_speech and _has_day(days[0]) else None


def _has_day(match: re.Match[str]) -> bool:
    return bool(match["da"] or match["db"])


def _weekday(name: str, page: dt.date | None) -> dt.date | None:
    """The last such weekday, today's included."""
    if page is None:
        return None
    number = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(name[:3].lower())
    return page - dt.timedelta(days=(page.weekday() - number) % 7)


def _news_day(text: str, page: dt.date | None) -> dt.date | None:
    """The day the text says the news is of, when it is close before the page's."""
    said = [found for m in _ON.finditer(text) if (found := _day(m, page))]
    return next((d for d in said if page and 0 <= (page - d).days <= _NEWS_DAYS), page)


def _about(words: str) -> bool:
    return bool(_FILED.search(words) or _REGISTERED.search(words) or speaks_of(words))


def _marks(words: str) -> list[tuple[Register, bool]]:
    """Words of the registers in their order, and whether they are sure: `approved` and `registered` are said of both."""
    found: list[tuple[int, Register, bool]] = [
        (m.start(), "filed", "fil" in m[0].lower()) for m in _FILED.finditer(words)
    ]
    found += [
        (
            m.start(),
            "registered",
            bool(_LOCAL_BEFORE.search(words[: m.start()]) or _LOCAL.match(words, m.end())),
        )
        for m in _REGISTERED.finditer(words)
    ]
    return [(register, sure) for _, register, sure in sorted(found)]


def _first(words: str) -> tuple[Register, bool] | None:
    return next(iter(_marks(words)), None)


def _last(words: str) -> tuple[Register, bool] | None:
    return next(reversed(_marks(words)), None)


def _is_new(number: _Number) -> bool:
    return bool(
        _NEW_THING.search(number.adjectives)
        or number.noun in ("newcomers", "additions", "entrants")
        or _NEW_RIGHT.search(number.predicate)
    )


def _sense(number: _Number, in_period: bool, paired: Sense | None, of_place: bool) -> Sense:
    if paired and not _NEW_THING.search(number.adjectives):
        return paired
    if _NEW_LEFT.search(number.left) and not (of_place and re.search(r"\bincluding\s*$", number.left)):
        return "new"
    if re.fullmatch(r"\s*to\s*", number.left):  # `grew by 73 to 611`
        return "total"
    if _RISES_TO.search(number.before) or _OVERALL.match(number.predicate) or _IS_NOW.match(number.predicate):
        return "total"
    if re.search(r"\bof (?:which|them|these)\s*$", number.before) and _THAT_YEAR.search(number.predicate):
        return "new"
    return "new" if _is_new(number) or in_period else "total"


def _periods(words: str, page: dt.date | None) -> list[tuple[int, dt.date]]:
    """Where a sentence names spans of time whose count it tells, with their last days; those not over are left."""
    found = []
    compared = [m.span() for m in _BACK.finditer(words)]
    for m in _BETWEEN_DAYS.finditer(words):
        if (last := _day(m, page)) is not None:
            found.append((m.start(), last))
    for m in _PERIOD.finditer(words):
        if any(start <= m.start() < end for start, end in compared):
            continue
        if m["year"]:
            month, year = 12, int(m["year"])
        elif m["part"]:
            size = 3 if m["of"].lower() == "quarter" else 6
            month = size * (1 + ("first", "second", "third", "fourth").index(m["part"].lower()))
            year = int(m["oy"]) if m["oy"] else page.year if page else 0
        else:
            month = _MONTHS.index(m["p2"][:3].lower()) + 1
            year = int(m["py"]) if m["py"] else page.year - (month > page.month) if page else 0
        if year and month <= 12:
            end = dt.date(year + (month == 12), month % 12 + 1, 1) - dt.timedelta(days=1)
            if page is None or end <= page:
                found.append((m.start(), end))
    return found


# --- Places ---------------------------------------------------------------------------------------------------------


def _home(text: str) -> str | None:
    """The province the text names most, for `the city` and `the province`; Beijing counts where it is the city."""
    plain = re.sub(
        r"\bBeijing(?!['’]s (?:municipal|city|cyberspace)|\s(?:Municipal|Cyberspace|municipal|city)|\s(?:now\s)?(?:has|had|counts|leads)\s\d)",
        "",
        text,
    )
    named = [english_provinces()[m[0].lower()] for m in _names().finditer(plain)]
    return max(named, key=named.count) if named else None


@cache
def _cities() -> re.Pattern[str]:
    names = {p.name_en for p in places.all_places() if p.level == "city" and p.name_en}
    provinces = {name.title() for name in english_provinces()}
    return re.compile(rf"\b(?:in|from) (?:{'|'.join(sorted(names - provinces))})\b")


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(name.title() for name in english_provinces())})\b")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A sentence that speaks for a province, a number of a list of provinces, a province with nothing but its number."""
    names = "|".join(name.title() for name in english_provinces())
    others = "|".join(name.title() for name in english_provinces() if name != "beijing")
    body = r"(?:['’]s|\s(?:[Mm]unicipal(?:ity)?|[Pp]rovinc(?:e|ial)|[Cc]ity|[Oo]ffice of the|[Cc]yberspace|[Ii]nternet|[Aa]dministration|CAC|[Rr]egulators?|[Ww]atchdog|[Aa]uthorities|[Oo]fficials?))*"
    speaks = re.compile(
        rf"^\W*(?:(?:As|In|On|By|At)\s(?:[^,]{{2,30}},|\w+\salone)\s)?(?:(?:In|The)\s)?(?P<p>{others}){body}(?=\s[a-z]|\s(?:Clears?|Adds?|Approves?|Registers?)\b|[,:]\s)"
        r"|\b(?P<b>Beijing)(?:['’]s\s(?:\w+\s){0,2}?(?:cyberspace|municipal|city|count|total|tally|number|registr\w+|filings?)|\s(?:Municipal|Cyberspace|city|CAC|(?:has |had )?(?:filed|registered|added)\b|(?:continues to )?(?:leads?|led|tops?|topped|ranks?|counts?|hosts?)\b|(?:is\s|was\s)?home\sto\b|(?:has|had)\s\d|now\b|has also\b|Clears?\b|Adds?\b))"
        rf"|\bwith\s(?P<w>{names})['’]s\s(?:cyberspace|internet|municipal|provincial)"
        rf"|\bin\s(?P<q>{names})\b(?=[^.]*\b(?:complet|fil(?:ed|ings)|registered|city|count|tally))"
    )
    listed = re.compile(
        rf"\b({names})(?:['’]s)?\s*(?:,\s|alone\s|as a whole\s|[Pp]rovince\s|[Mm]unicipality\s)?(?:\(|(?:\w+\s){{0,2}}?with\s|(?:had|has|having|report(?:ed|s)|record(?:ed|s)|count(?:ed|s)|account(?:s|ed|ing)? for|at|for)\s)(?:about\s|only\s)?$|\b({names})['’]s\s$|\bin\s({names})(?:\s[Pp]rovince)?\s(?:to|at|reach\w*|hit|(?:now\s)?(?:stood|stands)\sat|totall?ed|totals|is|was)\s(?:about\s|over\s)?$|(?:,|\band)\s({names})\s$"
    )
    bare = re.compile(rf"(?<![\w-])({names}):?\s(\d{{1,4}})(?=[,;.]|\sand\s|$)(?![,.]\d)")
    return speaks, listed, bare


def _dealt(words: str, numbers: list[_Number]) -> dict[int, str]:
    """`Hubei and Hunan have 14 and 12 filed models, respectively`: the province of each number by where it begins."""
    name = _names().pattern
    match = (
        re.search(rf"{name}(?:(?:,\s(?:and\s)?|\sand\s){name})+", words) if "respectively" in words else None
    )
    if match is None:
        return {}
    named = [english_provinces()[m[0].lower()] for m in _names().finditer(match[0])]
    row = [number.hit.start() for number in numbers if number.hit.start() >= match.end()]
    return dict(zip(row, named, strict=True)) if len(row) == len(named) else {}


def _scope(words: str, scope: str, home: str | None) -> tuple[str, str | None]:
    """The place a sentence speaks for, and the last province the text spoke for."""
    named = _patterns()[0].search(words)
    if named and named["q"] and re.search(r"\bnationwide\b", words):
        named = None
    if named is None and (office := place_said(words)):
        return office, office
    if named is None and re.search(r"\b[Ii]n Beijing\b.*\b(?:municipal|the city)\b", words):
        return "北京市", "北京市"
    if named is None and home == "北京市" and re.match(r"\W*Beijing\s[a-z]", words):
        return home, home
    if named and not re.match(r"(?:Administration )?of China", words[named.end() :].strip()):
        place = english_provinces()[(named["p"] or named["b"] or named["w"] or named["q"]).lower()]
        return place, place
    if (
        home
        and re.search(r"\bthe (?:city|province|municipality|municipal|provincial)\b", words, re.I)
        and not re.search(r"\bCAC\b|\bnationwide\b|Administration of China", words)
    ):
        return home, home
    if re.search(
        r"(?<!in )(?<!of )\bChina(?:['’]s)?\b|\bnation(?:al|wide)\b|Cyberspace Administration of China|\bCAC\b",
        words,
    ):
        return NATIONAL, home
    if home and re.search(r"\bthe (?:city|province|municipality|capital)\b", words, re.I):
        return home, home
    return scope, home


def _own_place(words: str, hit: re.Match[str], after: str) -> str | None:
    """The place of a number in a list: `Shanghai with 46`, `Guangdong (32)`, `252 nationwide`."""
    if re.match(r"\s*(?:\w+\s){0,4}?(?:nationwide|nationally|across (?:the country|China))", after):
        return NATIONAL
    if (found := _FROM.match(after)) and (place := english_provinces().get(found["p"].lower())):
        return place
    thing = _THING.match(after)
    if (
        thing
        and (found := _FROM.match(after[thing.end() :]))
        and (place := english_provinces().get(found["p"].lower()))
    ):
        return place
    match = _patterns()[1].search(words[: hit.start("n")])
    return english_provinces()[next(name for name in match.groups() if name).lower()] if match else None
