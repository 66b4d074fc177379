"""Support clauses of English texts: press reports and translations, always secondary to the Chinese text.

A sentence is cut into parts at commas and contrasts. What a sum is for stands in the words after it, before it, or in its part;
where these say nothing it is what the part or, with a word that points back, the sentence before was about. A sum for anything
but computing, models or data is of another aim and passes that aim on. Places are named by the sentence or carried from the one
before: one report lists the schemes of several cities.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, pairwise

from scrapers.extract.policy import topics
from scrapers.extract.policy.clauses import Dropped, Floor
from scrapers.extract.policy.draft import Draft
from scrapers.extract.policy.segments import Sentence
from scrapers.extract.policy.topics import Topic
from scrapers.lexicon import places
from scrapers.records import ClauseKind, Instrument, Period, Side
from scrapers.text.money import Amount, amounts

_BUY = r"(?:rent|buy|bought|purchas|procur|leas|us(?:e[sd]?|ing|age)\b|access|acquir|subscri|call|discount)"
_CHEAPER = r"(?:lower|cut|reduc|slash|bring down)\w* (?:[\w-]+ ){0,3}costs?"
_VOUCHER = re.compile(r"vouchers?|coupons?|券", re.I)
_SUPPLY = re.compile(
    r"electricity|(?:energy|power) (?:bills?|costs?|prices?|tariffs?)|"
    r"data cent(?:er|re)s?|(?:comput\w+|supercomput\w+|intelligen\w+)(?: power)? (?:cent(?:er|re)s?|platforms?|infrastructure|facilit\w+|clusters?)",
    re.I,
)
"""What a supplier runs or pays, unless somebody rents or buys there."""
_POWER = re.compile(r"electricity|energy|power", re.I)
"""Whoever runs a data centre buys it, at a discount or not."""
_FAMILIES: tuple[tuple[topics.Family, re.Pattern[str]], ...] = (
    (
        "data",
        re.compile(
            rf"\bcorp(?:us(?:es)?|ora)\b|data ?sets?\b|training data\b|\bfor data\b|\b(?:sharing|opening(?:[- ]up)?|trading)[^.;]{{0,30}} of (?:\w+ )?data\b|\bdata (?:acqui|purchas|procure|collecti|product|annotat|label)\w*|{_BUY}\w* (?:[\w-]+ ){{0,3}}data\b(?! cent)",
            re.I,
        ),
    ),
    (
        "model",
        re.compile(
            rf"third[- ]party (?:AI )?models?|{_BUY}\w* (?:(?!comput)[\w-]+ ){{0,5}}models?\b|\bmodels? (?:services?|use|usage|access|API|calls?|calling|invocation|fees?)\b|\btokens?\b|\bAPIs?\b|\bMaaS\b|{_CHEAPER} of (?:\w+ ){{0,2}}models? applications?\b|{_CHEAPER} of (?:applying|using|deploying) (?:\w+ ){{0,2}}models?\b",
            re.I,
        ),
    ),
    (
        "compute",
        re.compile(
            rf"{_BUY}\w* (?:[\w-]+ ){{0,5}}(?:chips|accelerators)\b|{_CHEAPER}[^.;]{{0,60}}?\btrain(?:ing)? (?:of )?(?:\w+ ){{0,2}}models?\b|comput(?:e|ing|ational)\b|computing-power|\bGPUs?\b|AI rental|\bcloud\b|hash ?rate",
            re.I,
        ),
    ),
)
_OTHER = re.compile(
    r"research(?! (?:institut|cent|organi|team))|fundamental|breakthrough|R&D|science and technology|consorti|demonstration|benchmark|hardware|best-selling|\brent subsid|"
    r"office|housing|talents?\b|scientists?|\bbonus|livestream|MCN|\brewards?\b|\bawards?\b|\bprizes?\b|competition|AI applications? in|applications? projects?|[\w-]+-based projects|"
    r"(?:base|foundation|basic|large)[- ]model (?:subsid|develop|train)|[Pp]rojects? applying|registered capital|listed|revenue|\bfunds?\b (?:of|worth|with)|venture|equity|interest|loans?\b|sectors?\b|industry|data (?:service )?providers?|open data ?sets?|robot|factor(?:y|ies)|scenario",
    re.I,
)
"""What else a sum may be for, where its words say nothing of compute, models, data or vouchers."""
_REWARD = re.compile(r"\brewards?\b|\bawards?\b|\bprizes?\b|\bbonus|interest\b|open data ?sets?", re.I)
"""A prize stays one although it is for data or models."""
_SELLER = re.compile(
    r"\b(?:bases?|platforms?|providers?|labs?|laborator\w+|infrastructure|exchanges?)\b", re.I
)
"""Who makes or trades data is not the one who buys it."""
_PART = re.compile(
    r"[,;:]\s(?!development, |and training of)|\band another\b|\bwhile\b|\bwhereas\b|\bplus\b|\bas well as\b",
    re.I,
)
_POINTS_BACK = re.compile(
    r"^\W*(?:it|this|these|those|they|such|each|every|eligible|qualified|applicants?|individual|a single|no single|up to|an? (?:maximum|cap|annual)|for |to |of which|among|(?:annual |total |individual )?(?:subsid(?:y|ies)|support|payouts?|grants?)\b|additionally|in addition|companies|firms|businesses|enterprises|start-?ups?|"
    r"the (?:vouchers?|coupons?|scheme|program\w*|subsid\w+|support|policy|amount|ceiling|cap|limit|maximum|annual|funding|rate|initiative|package|plan))\b",
    re.I,
)
_SCHEME = re.compile(r"\bthe (?:program(?:me)?|pilot|scheme|initiative|vouchers?|coupons?|subsid\w+)\b", re.I)
_ESTIMATE = re.compile(
    r"\b(?:analysts?|economists?|brokerages?) [^.]{0,60}?(?:estimat|expect|forecast|project|predict)|\b(?:estimated|forecast|projected) to total",
    re.I,
)
_WORTH = re.compile(
    r"(?:vouchers?|coupons?) (?:worth|of|totall?ing|valued at)(?: up to| as much as)?\s?(?:RMB|CNY|¥)?\s?$",
    re.I,
)
"""What a voucher is worth stands after its name."""
_AND_RMB = re.compile(r"\s?(?:,|and|, and|or)\s")
_RATE_NEAR = re.compile(
    r"subsid|[券算]|\bshare\b|cover|reimburs|rebate|discount|refund|offset|pay|support|grant|fund|of (?:the |their |its |AI )?(?:[\w-]+ ){0,3}(?:cost|fee|rent|contract|spend|bill|price|expens|value|amount|purch)|for (?:start-?ups?|enterprises|firms|companies|domestic|imported|foreign|others)|proportion|ratio|cut|slash|save| {2}off\b",
    re.I,
)
_RATE_NOT = re.compile(
    r"capacity|utili[sz]|growth|grew|rose|increase(?!s? to)|market share|of China|of the country|interest|stake|equity|tariff|faster|cheaper|(?<!no )more\b|higher|(?:lower|(?<!no )(?<!not )less) than|availability|nationwide|of the total|of the (?:envelope|package|budget|money|sum)|(?:will be|is|are|to be) (?:earmarked|allocated|set aside|spent)",
    re.I,
)
_CAP_BEFORE = re.compile(
    r"(?:≤|<=|%\s?/|up to|at most|maximum(?: of)?|max\.?|capped at|cap of|ceiling of|no more than|not exceed(?:ing)?|as much as|limit(?:ed)? (?:of|to)|(?:can|could|may) (?:claim|receive|get|apply for|obtain)|(?:ceiling|cap|limit|maximum) (?:is|was|will be|would be|stands at|rises to|set at|for [\w -]{1,30} is))\s*(?:about |around |RMB |CN¥|¥)?$",
    re.I,
)
_TOTAL_BEFORE = re.compile(r"\b(?:total|aggregate|overall|annual amount|budget)\b[^,;]{0,70}$", re.I)
_ONE = r"(?:per|each|every|no single|no(?= company| firm| enterprise)|an? (?:single|individual)|any single|individual)"
_PER_FIRM = re.compile(
    rf"\b{_ONE} (?!year|annum|month|hour|day|kilowatt|kwh|cent\b)(?:[\w-]+ )?[a-z-]+|\ban? (?:company|firm|enterprise|business|applicant|start-?up|institution|project|entity|user)\b|"
    r"(?:companies|firms|enterprises|start-?ups|businesses|users|institutions|applicants|developers)[^.;]{0,40} (?:can|could|may|will|are able to|to)?\s?(?:receive|get|claim|apply for|obtain)|annual(?:ly)? per",
    re.I,
)
_POT = re.compile(
    r"earmark|allocat|designat|sets? aside|dedicat|pledg|commit|issu|roll(?:ed|ing)? out|total|worth|budget|program|pool|fund|offer|package|includ|announc|launch|distribut|provid|hand(?:ing)? out|expand|invest|establish|annual amount|available|go(?:es|ing)? to|set(?:s|ting)? up|subsid|spend|put(?:s|ting)? ",
    re.I,
)
_NOT_BEFORE = re.compile(
    r"plans? (?:for|to)(?! (?:spend|issue|allocate|offer|provide|hand|distribute))|planning|preparing|on the way|in the pipeline|\bto (?:add|boost|invest)\b|revenue|raised(?! to)|valu(?:ed|ation)|\bGDP\b|investment (?:in|of)|sales|output|\bfine[ds]?\b|industry|\b(?:AI|industry|investment|guidance) funds?\b[^,;.]{0,24}$|redeem(?:ed|ing)|(?:had|has|have) (?:received|claimed|got|obtained)|disburs(?:ed|ing)|reach(?:ed|ing)|exceed(?:ed|s)|price[ds]?\b|cost(?:s|ing)? (?:about|around)|registered capital",
    re.I,
)
_NOT_AFTER = re.compile(
    r"^[^.,;]{0,20}\bfund\b(?![^.;]{0,40}(?:voucher|for comput))|^[^.,;]{0,45}?(?:infrastructure|industry|in revenue|in sales|on the way|investment\b|valuation|\bround\b)",
    re.I,
)
_AT_LEAST = re.compile(
    r"(?:at least|no less than|not less than|minimum of|(?<!no )(?<!not )(?<!receiving )(?<!receive )(?<!get )(?<!claim )more than|over|above|(?<!not )exceed(?:s|ing)?)\s*(?:about |RMB |CN¥|¥)?$",
    re.I,
)
_YEARLY = re.compile(
    r"annual|per year|per annum|a year\b|each year|every year|yearly|this year|/ ?(?:yr|year)\b", re.I
)
_YEARLY_ALL = re.compile(
    r"[^.;]{0,40}?\b(?:will|shall|are|is)\b[^.;]{0,40}\b(?:annually|yearly|(?:every|each|a) year)\b", re.I
)
"""Behind the last sum of several: `vouchers worth A and B will be offered annually`."""
_MAY_GET = re.compile(
    r"\b(?:start-?ups?|SMEs|companies|firms|enterprises|institutes|universities)\s(?:may|can|will|could)\s(?:get|receive|enjoy|claim)\s(?:up to\s|as much as\s|a\s)?$",
    re.I,
)
_EACH_YEAR = re.compile(r"^\W*(?:each year|every year|annually|per year)\b", re.I)
_IN_ALL = re.compile(
    r"cumulative|in total|altogether|(?:over|spanning) (?:the next )?(?:two|three|four|five|\d) years", re.I
)
_ONCE = re.compile(r"one[- ](?:time|off)|lump[- ]sum", re.I)
_ECHO = re.compile(r"^\s?\([^()]{1,50}\)")
_WORDS = re.compile(
    r"\b(?P<half>half)(?= (?:of|the|their|its|off)\b|\W*$)|\b(?:up to|by) (?P<upto>half)\b|\b(?P<third>one[- ]third|a third)\b|\b(?P<thirds>two[- ]thirds)\b|\b(?P<quarter>one[- ]quarter|a quarter) of|\b(?P<fifth>one[- ]fifth|a fifth)\b|\b(?P<tenth>one[- ]tenth|a tenth)\b",
    re.I,
)
_PARTS = {
    "half": Decimal(50),
    "upto": Decimal(50),
    "third": Decimal("33.33"),
    "thirds": Decimal("66.67"),
    "quarter": Decimal(25),
    "fifth": Decimal(20),
    "tenth": Decimal(10),
}
_USERS = re.compile(
    r"\b(?:enterprises|companies|firms|institutions|users|those)(?: that| which| who)? (?:us(?:e|ing)|rel(?:y|ying) on)(?: the)? (?P<what>[^,.;]{4,160})[^.;]{0,140}$",
    re.I,
)
_TIER = 40
_CHINA = re.compile(r"\bChin(?:a|ese)\b|\byuan\b|\bRMB|CN¥|CNY|renminbi")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_LITTLE = frozenset(
    ["the", "of", "and", "to", "with", "for", "its", "by", "on", "is", "as", "in", "an", "at"]
)
_PER_LITTLE = 9
"""Chinese letters to each little word of English, below which a text is English."""
_GIVEN_TOO = 6
_ORIGIN = re.compile(r"start-?ups?", re.I)
_VALUE_OF_POT = 25_000_000
_LEAST_POT = 100_000
"""Smaller sums are prices."""
_LISTED = 6


@dataclass(frozen=True, slots=True)
class _Aim:
    """What a sum is for; `family` null for anything this reader leaves alone."""

    family: topics.Family | None
    instrument: Instrument | None = None
    side: Side = "user"


_ELSE = _Aim(None)


def is_english(text: str) -> bool:
    """Whether most letters of a text are Latin, or its sentences are English although they keep Chinese names."""
    sample = text[:800]
    words = _LATIN.findall(sample)
    if len(words) <= 12:
        return False
    han = sum(map(len, _HAN.findall(sample)))
    return len(words) > 2 * han or sum(word in _LITTLE for word in words) * _PER_LITTLE > han


def has_english(text: str) -> bool:
    """Whether a Chinese text gives sentences in English too."""
    return sum(text.count(word) for word in (" the ", " of ", " to ", " and ")) >= _GIVEN_TOO


def is_latin(sentence: str) -> bool:
    """Whether a sentence is written in Latin letters, whatever Chinese names it holds."""
    return sum(map(len, _LATIN.findall(sentence))) >= sum(map(len, _HAN.findall(sentence)))


def read(folded: str, found: list[Sentence]) -> Iterator[Draft | Floor | Dropped]:
    """The promises of an English text; `Draft.programme` names the place each is of."""
    if not _CHINA.search(folded) and not places.find(folded):
        return
    hits = topics.named(folded)
    if not hits and not any(p.search(folded) for p in (_SUPPLY, *(pattern for _, pattern in _FAMILIES))):
        return
    yield from _Reader(folded, hits).sentences(found)


class _Reader:
    def __init__(self, folded: str, hits: list[topics.Hit]) -> None:
        self.folded = folded
        self.hits = hits
        first = hits[0][0] if hits else len(folded)
        self.is_plain = _VOUCHER.search(folded, 0, first) is not None
        """Whether the text speaks of vouchers before it names one: these are for compute."""
        self.is_report = bool(_VOUCHER.search(folded, 0, 500))
        families = {topics.FAMILY[name] for _, _, name in hits}
        self.only = _Aim(families.pop()) if self.is_report and len(families) == 1 else None
        """What a report on vouchers of one kind is about, where a sentence that points back has lost it: shares and caps only."""
        self.is_guess = False
        self.kind: ClauseKind | None = None
        self.aim: _Aim | None = None
        self.before: _Aim | None = None
        self.place: str | None = None

    def sentences(self, found: list[Sentence]) -> Iterator[Draft | Floor | Dropped]:
        for sentence in found:
            text = self.folded[sentence.start : sentence.end]
            if _LATIN.search(text) is None:
                continue  # Chinese below an English head
            mentions = places.find(text)
            if (
                not (
                    _POINTS_BACK.match(text)
                    or _SCHEME.search(text)
                    or _VOUCHER.search(text)
                    or (mentions and self.is_report)
                )
                and not sentence.headings
            ):
                self.aim = None
            figures = [] if _ESTIMATE.search(text) else _figures(text)
            self.is_guess = self.aim is None and self.only is not None and bool(_POINTS_BACK.match(text))
            if self.is_guess:
                self.aim = self.only
            # a report on vouchers that comes to the next place speaks of its vouchers
            self.before, self.aim = (_Aim("compute") if self.is_report and mentions else self.aim), None
            for start, end in _parts(text):
                yield from self._part(text, sentence, figures, start, end, mentions)
            self.aim = self.aim or self.before
            if mentions and not figures:
                self.place = mentions[-1].place.name if len(mentions) == 1 else None

    def _part(
        self,
        text: str,
        sentence: Sentence,
        figures: list[Amount],
        start: int,
        end: int,
        mentions: list[places.Mention],
    ) -> Iterator[Draft | Floor | Dropped]:
        inside = [figure for figure in figures if start <= figure.start < end]
        whole = self._aim_of(text, sentence, start, end)
        for position, figure in enumerate(inside):
            left = inside[position - 1].end if position else start
            right = inside[position + 1].start if position + 1 < len(inside) else end
            aim = None
            if position and text[left : figure.start] == "/":
                aim = self.aim  # up to 50%/RMB 5 million
            elif len(inside) > 1:
                around = [(figure.end, right), (left, figure.start)]
                if _WORTH.search(text, left, figure.start):
                    around.reverse()
                aim = self._aim_of(text, sentence, *around[0]) or self._aim_of(text, sentence, *around[1])
            aim = aim or whole or self.aim
            if aim is None:
                after = [other for other in figures if other.start >= end]
                aim = self._aim_of(text, sentence, end, after[0].start if after else len(text)) or self.before
            self.aim = aim
            before = [m.place.name for m in mentions if m.start < figure.start]
            self.place = before[-1] if before else (mentions[0].place.name if mentions else self.place)
            yield self._figure(text, sentence, figures, figure, aim, (start, end))
        # `computing facilities, AI models and data sets` is one list: what it names first counts
        if whole and not (self.aim and not inside and len(text[start:end].split()) <= _LISTED):
            self.aim = whole

    def _aim_of(self, text: str, sentence: Sentence, start: int, end: int) -> _Aim | None:
        """What a stretch of a sentence speaks of; null where it says nothing."""
        words = text[start:end]
        named = [
            instrument
            for at, _, instrument in self.hits
            if sentence.start + start <= at < sentence.start + end
        ]
        # `computing power services and model services`: what is named first
        spoken = [(match.start(), name) for name, p in _FAMILIES if (match := p.search(words))]
        family = min(spoken)[1] if spoken else None
        if family in ("model", "data") and _REWARD.search(words):
            return _ELSE
        if family == "data" and _SELLER.search(words) and not re.search(_BUY, text[:end], re.I):
            return _ELSE
        if len(named) == 1 and (family in (None, topics.FAMILY[named[0]]) or _FAMILIES[-1][1].search(words)):
            return _Aim(topics.FAMILY[named[0]], named[0])
        if family is None and named:
            return _Aim(topics.FAMILY[named[0]], named[0])
        if (supply := _SUPPLY.search(words)) and (
            _POWER.match(supply[0]) or not re.search(_BUY, text[: start + supply.start()], re.I)
        ):
            return _Aim("compute", "compute_subsidy", "supplier")
        if family is not None:
            return _Aim(family)
        if _VOUCHER.search(words):
            back = self.aim or self.before
            return back if back and back.family else _Aim("compute")
        return _ELSE if _OTHER.search(words) else None

    def _instrument(self, aim: _Aim, at: int) -> Instrument:
        """The voucher of a family that the text named last before a place, else first after it."""
        if aim.instrument is not None:
            return aim.instrument
        assert aim.family is not None
        if aim.family != "compute":
            return topics.subsidy_of(aim.family)
        own = [(start, name) for start, _, name in self.hits if topics.FAMILY[name] == "compute"]
        vouchers = [hit for hit in own if hit[1] != "compute_subsidy"]
        if not vouchers:
            return "compute_voucher" if self.is_plain else "compute_subsidy"
        return next((name for start, name in reversed(vouchers) if start < at), vouchers[0][1])

    def _figure(
        self,
        text: str,
        sentence: Sentence,
        figures: list[Amount],
        figure: Amount,
        aim: _Aim | None,
        part: tuple[int, int],
    ) -> Draft | Floor | Dropped:
        position = figures.index(figure)
        left = max(figures[position - 1].end if position else 0, figure.start - 90)
        right = min(
            figures[position + 1].start if position + 1 < len(figures) else len(text), figure.end + 70
        )
        before, after = text[left : figure.start], _ECHO.sub("", text[figure.end : right])
        start, end = sentence.start + figure.start, sentence.start + figure.end
        if aim is None or aim.family is None:
            return Dropped("other-number", start, end)
        topic = Topic(self._instrument(aim, start), aim.side, 3 if self.hits else 2, bool(self.hits), start)
        if figure.kind == "money" and _AT_LEAST.search(before):
            spends = re.search(r"spen|rent|purchas|contract|fee|cost|consum", before, re.I)
            return Floor(figure.value, topic, start, end) if spends else Dropped("other-number", start, end)
        kind = _role(figure, before, after, is_first=position == 0)
        if (
            position
            and figure.kind == "money"
            and _AND_RMB.fullmatch(text, figures[position - 1].end, figure.start)
        ):
            kind = self.kind  # RMB 8 million and RMB 3 million, respectively
        if position and self.kind == "rate_cap" and text[figures[position - 1].end : figure.start] == "/":
            kind = "max_amount"
        self.kind = kind
        if kind is None or (kind == "total_budget" and self.is_guess and aim is self.only):
            return Dropped("other-number", start, end)
        startups = kind == "rate_cap" and (
            _ORIGIN.search(text[figure.end : figure.end + 24])
            or re.search(
                r"\bfor (?:\w+ )?start-?ups?\b[^.;\d]{0,60}$|\bstart-?ups? (?:may|can|will|could)\b[^.;\d]{0,30}$",
                text[: figure.start],
                re.I,
            )
        )
        tier = "start-ups" if startups else _tier(text[: figure.start]) if kind == "rate_cap" else None
        return Draft(
            kind=kind,
            value=figure.value,
            unit=figure.unit,
            topic=topic,
            start=start,
            end=end,
            sentence=sentence,
            period=_period(text, figures, position, kind),
            applies_to=tier,
            tier=tier,
            programme=self.place,
            low=figure.low,
        )


def _tier(before: str) -> str | None:
    """The facilities or models whose users a share is for: `enterprises using domestic computing facilities`."""
    match = _USERS.search(before)
    return match["what"].strip()[:_TIER] if match else None


def _role(figure: Amount, before: str, after: str, is_first: bool) -> ClauseKind | None:
    if figure.kind == "share":
        if _RATE_NEAR.search(before + " " + after) and not _RATE_NOT.search(before[-24:] + " " + after[:28]):
            return "rate_cap"
        # `…; startups may get 60 percent`, in a sentence of aid
        return "rate_cap" if _MAY_GET.search(before) and not after.startswith(" of") else None
    if figure.kind == "per_unit":
        return "per_unit" if re.search(r"subsid|support|grant|rebate", before + after, re.I) else None
    if figure.kind == "quantity":
        return "per_unit" if re.search(r"free|grant|offer|provid|receiv", before + after, re.I) else None
    if _NOT_BEFORE.search(re.split("[,;]", before)[-1][-44:]) or _NOT_AFTER.match(after):
        return None
    if _TOTAL_BEFORE.search(before) and not _PER_FIRM.search(before[-60:]):
        return "total_budget"
    if (
        _PER_FIRM.search(before[-60:])
        or _PER_FIRM.search(after[:40])
        or (_CAP_BEFORE.search(before) and figure.value < _VALUE_OF_POT)
        or (re.search(r"\bmaximum\b", before, re.I) and figure.value < _VALUE_OF_POT)
    ):
        return "max_amount"
    is_pot = _POT.search(before) or not is_first or _POT.search(after) or _VOUCHER.search(before + after)
    return "total_budget" if is_pot and figure.value >= _LEAST_POT else None


def _period(text: str, figures: list[Amount], position: int, kind: ClauseKind) -> Period | None:
    """What the words around a number, up to its neighbours, say of time; a year that opens the sentence is of all of it."""
    figure = figures[position]
    left = max(figures[position - 1].end if position else 0, figure.start - 110)
    right = min(figures[position + 1].start if position + 1 < len(figures) else len(text), figure.end + 60)
    after = re.split(r"[;]|, (?!annual|for )|\bplus\b|\band\b", _ECHO.sub("", text[figure.end : right]))[0]
    near = re.split(r"[;]|, ", text[left : figure.start])[-1] + " | " + after
    if kind == "rate_cap":
        return "per_year" if _YEARLY.search(near[-30 - len(after) :]) else None
    if _ONCE.search(near):
        return "one_off"
    of_all = len(figures) > 1 and _YEARLY_ALL.match(text, figures[-1].end)
    if _YEARLY.search(near) or _EACH_YEAR.search(text) or of_all:
        return "per_year"
    return "total" if _IN_ALL.search(near) else None


def _figures(text: str) -> list[Amount]:
    """The shares, sums of yuan and quantities of compute of a sentence. Sums in dollars echo those in yuan and part nothing."""
    out = [
        figure
        for figure in (amounts(text, is_folded=True) if re.search(r"\d", text) else [])
        if figure.kind == "share"
        or (figure.kind in ("money", "per_unit") and figure.unit.startswith("CNY"))
        or (figure.kind == "quantity" and figure.unit == "card-hour")
    ]
    for match in _WORDS.finditer(text):
        name = next(name for name in _PARTS if match[name])
        out.append(Amount("share", _PARTS[name], "pct", match.start(name), match.end(name)))
    out.sort(key=lambda figure: figure.start)
    for one, two in pairwise(out):
        if one.kind == two.kind == "share" and re.fullmatch(r"\s?(?:to|-)\s?", text[one.end : two.start]):
            out[out.index(two)] = replace(two, start=one.start, low=one.value)
            out.remove(one)
            break
    return out


def _parts(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(match.start() for match in _PART.finditer(text) if match.start()), len(text)]
    return list(pairwise(cuts))


def merged(drafts: list[Draft]) -> list[Draft]:
    """Each promise of a place once: a lead repeats the body, and a sum of pots named one by one is none of its own. A share for
    suppliers is reported of several provinces in one breath, and of the country in the next: it is one."""
    same: dict[tuple[object, ...], dict[str | None, Draft]] = {}
    for draft in drafts:
        named = same.setdefault((draft.kind, draft.value, draft.topic.family, draft.tier), {})
        if draft.topic.side == "supplier" and draft.kind == "rate_cap" and named:
            continue
        if draft.programme not in named or (named[draft.programme].period is None and draft.period):
            named[draft.programme] = draft
    kept = [
        draft
        for named in same.values()
        for place, draft in named.items()
        if place is not None or len(named) == 1
    ]
    return sorted((draft for draft in kept if not _is_sum(draft, kept)), key=lambda draft: draft.start)


def _is_sum(draft: Draft, kept: list[Draft]) -> bool:
    """Whether a pot is only the sum of pots of several kinds that the text goes on to name."""
    if draft.kind != "total_budget":
        return False
    parts = [
        other
        for other in kept
        if other.kind == "total_budget" and other.programme == draft.programme and other.start > draft.start
    ][:6]
    return any(
        sum(part.value for part in some) == draft.value and len({part.topic.family for part in some}) > 1
        for size in (2, 3, 4)
        for some in combinations(parts, size)
    )
