"""Support clauses of English texts: press reports and translations, always secondary to the Chinese text.

A sentence counts where it, or the one before it, speaks of vouchers or of subsidies for computing. Places are named by
the sentence or carried from the one before: one report lists the schemes of several cities.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from scrapers.extract.policy.clauses import Dropped
from scrapers.extract.policy.draft import Draft
from scrapers.extract.policy.segments import Sentence
from scrapers.extract.policy.topics import Topic
from scrapers.lexicon import places
from scrapers.records import ClauseKind, Instrument, Period
from scrapers.text.money import Amount, amounts

_ABOUT = re.compile(
    r"voucher|coupon|subsid|(?:comput(?:e|ing)(?:[- ]power)?|GPU|token|API)[^.]{0,60}(?:support|grant|fund|rebate|discount|aid|fees?|rent|cost)|"
    r"\b(?:rent|buy|purchas|procur|leas)\w* (?:[\w-]+ ){0,3}(?:comput|GPU)",
    re.I,
)
_COMPUTE = re.compile(r"comput(?:e|ing)|GPU|voucher|coupon|AI rental|data cent(?:er|re)", re.I)
_DATA = re.compile(
    r"\bdata (?:voucher|coupon|collection|set)|\bcorp(?:us|ora)\b|dataset|data acquisition|data purchas", re.I
)
_MODEL = re.compile(
    r"model (?:voucher|coupon)|third[- ]party (?:AI )?models?|model (?:use|usage|access|API)|\btokens?\b|\bAPI\b",
    re.I,
)
_TOPIC = re.compile(rf"{_COMPUTE.pattern}|{_DATA.pattern}|{_MODEL.pattern}|cloud|models\b", re.I)
_OTHER_AIM = re.compile(
    r"research(?! (?:institut|cent|organi|team))|fundamental|breakthrough|R&D|science and technology|consorti|demonstration|benchmark|hardware|best-selling|products?\b|\brent subsid|office|housing|talents?\b|award|bonus|livestream|MCN|"
    r"AI applications? in|applications? projects?|[\w-]+-based projects|registered|listed|revenue|construct|build(?:ing)? (?:of )?(?:data|computing)",
    re.I,
)
"""What else a sum may be for, where its part of the sentence says nothing of compute, models, data or vouchers."""
_POWER = re.compile(r"electricity|(?:energy|power) (?:bills?|costs?|prices?|tariffs?)", re.I)
"""What a data centre pays, not who rents from it."""
_PRIZE = re.compile(r"\brewards?\b|\bawards?\b|\bprizes?\b", re.I)
_PART = re.compile(r"[,;]\s|\band another\b|\bwhile\b", re.I)
_TRAINING = re.compile(r"training(?:[- ]power)? (?:voucher|coupon)", re.I)
_RATE_NEAR = re.compile(
    r"subsid|cover|reimburs|rebate|discount|refund|offset|pay|support|grant|fund|of (?:the |their |its |AI )?(?:[\w-]+ ){0,3}(?:cost|fee|rent|contract|spend|bill|price|expens|value)|for (?:start-?ups?|enterprises|firms|companies)",
    re.I,
)
_RATE_NOT = re.compile(
    r"capacity|utili[sz]|growth|grew|rose|increase(?!s? to)|market share|of China|of the country|interest|stake|equity|tariff|faster|cheaper|nationwide|of the total",
    re.I,
)
_CAP_BEFORE = re.compile(
    r"(?:up to|at most|maximum(?: of)?|max\.?|capped at|cap of|ceiling of|no more than|not exceed(?:ing)?|as much as|limit(?:ed)? (?:of|to))\s*(?:about |around |RMB |CN¥|¥)?$",
    re.I,
)
_PER_FIRM = re.compile(
    r"\b(?:per|each|every|an?|(?:a |any )?single) (?:company|firm|enterprise|business|applicant|start-?up|institution|project|entity|user)|(?:companies|firms|enterprises|start-?ups|businesses|users|institutions) (?:can|could|may|will|are able to|to)?\s?(?:receive|get|claim|apply for|obtain)|annual(?:ly)? per|individual (?:compan|firm|enterprise)",
    re.I,
)
_POT = re.compile(
    r"earmark|allocat|sets? aside|dedicat|pledg|commit|issu|roll(?:ed|ing)? out|total|worth|budget|program|pool|fund|offer|package|includ|announc|launch|distribut|provid|hand(?:ing)? out|expand|invest",
    re.I,
)
_NOT_BEFORE = re.compile(
    r"plans? (?:for|to)|planning|preparing|on the way|in the pipeline|\bto (?:add|boost|invest)\b|revenue|raised|valu(?:ed|ation)|\bGDP\b|investment (?:in|of)|sales|output|\bfine[ds]?\b|industry",
    re.I,
)
_NOT_AFTER = re.compile(
    r"^[^.,;]{0,45}?(?:infrastructure|industry|in revenue|in sales|on the way|investment\b|valuation|round)",
    re.I,
)
_YEARLY = re.compile(r"annual|per year|a year|each year|every year|yearly", re.I)
_ECHO = re.compile(r"^\s?\([^()]{1,50}\)")
_HALF = re.compile(
    r"\bhalf (?:of )?(?:the |their |its )?(?:[\w-]+ ){0,3}(?:cost|fee|rent|contract|spend|bill|price|expens)",
    re.I,
)
_LATIN = re.compile(r"[A-Za-z]{2,}")
_ORIGIN = re.compile(r"start-?ups?", re.I)


def is_english(text: str) -> bool:
    """Whether most letters of a text are Latin."""
    sample = text[:800]
    latin, han = len(_LATIN.findall(sample)), sum("\u4e00" <= letter <= "\u9fff" for letter in sample)
    return latin > 12 and latin > han * 2


def read(folded: str, found: list[Sentence]) -> Iterator[Draft | Dropped]:
    """The promises of an English text; `Draft.programme` names the place each is of."""
    place: str | None = None
    about = False
    if not _TOPIC.search(folded):
        return
    vouchers = bool(re.search(r"voucher|coupon", folded, re.I))
    is_report = bool(re.search(r"voucher|coupon", folded[:500], re.I))
    for sentence in found:
        text = folded[sentence.start : sentence.end]
        mentions = places.find(text)
        speaks = bool(_ABOUT.search(text))
        # Sums in dollars or pounds echo those in yuan and part nothing.
        figures = [
            figure
            for figure in (amounts(text, is_folded=True) if re.search(r"\d", text) else [])
            if figure.kind == "share" or (figure.kind == "money" and figure.unit == "CNY")
        ]
        if not (speaks or (mentions and is_report) or (about and figures)):
            about = about and is_report
            continue
        about = True
        for position, figure in enumerate(figures):
            before = [m.place.name for m in mentions if m.start < figure.start]
            place = before[-1] if before else (mentions[0].place.name if mentions else place)
            yield from _figure(text, sentence, figures, position, vouchers, place)
        if (half := _HALF.search(text)) and not any(f.kind == "share" for f in figures):
            yield _draft(
                "rate_cap", Decimal(50), "pct", text, sentence, half.start(), half.end(), vouchers, place
            )
        if mentions and not figures:
            place = mentions[-1].place.name if len(mentions) == 1 else None


def _figure(
    text: str, sentence: Sentence, figures: list[Amount], position: int, vouchers: bool, place: str | None
) -> Iterator[Draft | Dropped]:
    figure = figures[position]
    if _is_of_other(text, figure):
        yield Dropped("other-number", sentence.start + figure.start, sentence.start + figure.end)
        return
    left = max(figures[position - 1].end if position else 0, figure.start - 90)
    right = min(figures[position + 1].start if position + 1 < len(figures) else len(text), figure.end + 70)
    before, after = text[left : figure.start], _ECHO.sub("", text[figure.end : right])
    kind: ClauseKind | None = None
    if figure.kind == "share":
        if re.match(r"\s?(?:to|-)\s?\d", text[figure.end : figure.end + 6]):
            return
        if _RATE_NEAR.search(before + " " + after) and not _RATE_NOT.search(before[-24:] + " " + after[:28]):
            kind = "rate_cap"
    elif _NOT_BEFORE.search(re.split("[,;]", before)[-1][-44:]) or _NOT_AFTER.match(after):
        kind = None
    elif (
        _PER_FIRM.search(before[-60:])
        or _PER_FIRM.search(after[:40])
        or (_CAP_BEFORE.search(before) and figure.value < 25_000_000)
    ):
        kind = "max_amount"
    elif _POT.search(before) or position or _POT.search(after) or re.search(r"voucher", after, re.I):
        kind = "total_budget"
    if kind is None:
        yield Dropped("other-number", sentence.start + figure.start, sentence.start + figure.end)
        return
    yield _draft(kind, figure.value, figure.unit, text, sentence, figure.start, figure.end, vouchers, place)


def _is_of_other(text: str, figure: Amount) -> bool:
    """Whether the part of the sentence an amount stands in, or where it says nothing the whole, is about something else."""
    left = max((match.end() for match in _PART.finditer(text, 0, figure.start)), default=0)
    after = _PART.search(text, figure.end)
    part = text[left : after.start() if after else len(text)]
    if _PRIZE.search(part) and not _COMPUTE.search(part):
        return True
    if _OTHER_AIM.search(part) or _TOPIC.search(part):
        return not _TOPIC.search(part)
    return bool(_OTHER_AIM.search(text)) and not _TOPIC.search(text)


def _draft(
    kind: ClauseKind,
    value: Decimal,
    unit: str,
    text: str,
    sentence: Sentence,
    start: int,
    end: int,
    vouchers: bool,
    place: str | None,
) -> Draft:
    around = re.split(r"[,;]|\bplus\b|\band\b", text[end : end + 110])[0]
    near = text[max(0, start - 30) : start] + around
    instrument: Instrument = "compute_voucher" if vouchers else "compute_subsidy"
    if kind == "total_budget" or not vouchers:
        for words, name in (
            (_TRAINING, "training_voucher"),
            (_DATA, "data_voucher"),
            (_MODEL, "model_voucher"),
        ):
            if words.search(around):
                instrument = name  # type: ignore[assignment]
                break
    period: Period | None = "per_year" if _YEARLY.search(near) else None
    startups = (
        _ORIGIN.search(text[end : end + 24])
        or re.search(r"\bfor (?:\w+ )?start-?ups?\b[^.;\d]{0,60}$", text[:start], re.I)
        if kind == "rate_cap"
        else None
    )
    return Draft(
        kind=kind,
        value=value,
        unit=unit,
        topic=Topic(
            instrument, "supplier" if _POWER.search(text) else "user", 3 if vouchers else 2, vouchers, start
        ),
        start=sentence.start + start,
        end=sentence.start + end,
        sentence=sentence,
        period=period,
        applies_to="start-ups" if startups else None,
        tier="start-ups" if startups else None,
        programme=place,
    )


def merged(drafts: list[Draft]) -> list[Draft]:
    """Each promise of a place once: a lead repeats the body."""
    same: dict[tuple[object, ...], dict[str | None, Draft]] = {}
    for draft in drafts:
        same.setdefault((draft.kind, draft.value, draft.topic.family), {}).setdefault(draft.programme, draft)
    kept = [
        draft
        for named in same.values()
        for place, draft in named.items()
        if place is not None or len(named) == 1
    ]
    return sorted(kept, key=lambda draft: draft.start)
