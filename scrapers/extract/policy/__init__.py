"""Policy notices to facts: programmes, the numbers they promise, who qualifies, and until when.

`read(document, context)` is pure and yields one `Policy` and its `SupportClause`s. A clause with tier null states the
general terms: they hold for every tier that has none of its own. A number that the text gives but that must not enter a
mart carries `refusal`: the page's (`mirror`, `content-farm`, `invented`, `unsupported`) or the clause's own (`cut`: the text ends inside the
sentence; `no-subject`: nothing says what the number is for). Spending from which support begins is `min_spend_cny` of
the policy; a clause `min_amount` is the least that is paid or the face value of a voucher.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from scrapers.documents import Context, Document
from scrapers.extract.policy import (
    clauses,
    eligibility,
    english,
    frames,
    metadata,
    segments,
    tables,
    tiers,
    topics,
    trust,
)
from scrapers.extract.policy.draft import Draft
from scrapers.extract.policy.eligibility import CRITERIA
from scrapers.issues import Issue
from scrapers.lexicon import places
from scrapers.records import ClauseKind, Criterion, Ground, Instrument, Policy, SupportClause
from scrapers.text.repair import fold

__all__ = ["CLAUSE_KINDS", "CRITERIA", "VERSION", "read"]

VERSION = "6"
CLAUSE_KINDS = get_args(ClauseKind)


def read(document: Document, context: Context) -> Iterator[Policy | SupportClause | Issue]:
    """The policy a document states or reports, then its clauses in the order of the text, then what was left out."""
    text = document.text
    folded = topics.with_plain_names(fold(text))
    found = segments.sentences(folded)
    chinese, foreign = _read(folded, found)
    floors = [item for item in chinese + foreign if isinstance(item, clauses.Floor)]
    meta = metadata.read(document, folded, context)
    hits = topics.named(folded)
    judged = trust.judge(document, folded, meta, context, hits)
    rows: list[Draft] = []
    for row in tables.read(document, folded):
        if isinstance(row, Issue):
            yield row
        else:
            rows.append(row)
    # the header of a table knows better than the words of its row
    in_rows = [(row.start, row.end) for row in rows]
    said, told = (
        [
            item
            for item in items
            if isinstance(item, Draft) and not any(start <= item.start < end for start, end in in_rows)
        ]
        for items in (chinese, foreign)
    )
    drafts = tiers.settle(_by_voucher(clauses.distinct(said + rows), hits))
    known = {(draft.kind, draft.value, draft.topic.family) for draft in drafts}
    drafts += [
        draft for draft in english.merged(told) if (draft.kind, draft.value, draft.topic.family) not in known
    ]
    instruments = _instruments(hits, meta.title, drafts, found)
    if not instruments:
        yield Issue(
            level="info",
            code="no-programme",
            message="the text names no voucher or compute subsidy",
            url=context.url,
        )
    floor = next((f for f in floors if f.topic.side == "user"), None)
    criteria = eligibility.read(text, folded, _spans(found, hits, meta.title, drafts))
    if floor is not None:
        criteria.append(
            Criterion(criterion="min_spend_cny", value=f"{floor.value:f}", text=text[floor.start : floor.end])
        )
    place = None if len({draft.programme for draft in drafts} - {None}) > 1 else meta.place
    province = places.province_of(place.code) if place else None
    yield Policy(
        document_key=context.document_key,
        jurisdiction=place.name if place else None,
        jurisdiction_code=place.code if place else None,
        jurisdiction_en=place.name_en or None if place else None,
        province=province.name if province else None,
        level=place.level if place else None,
        issuer=meta.issuer,
        document_number=meta.document_number,
        title=meta.title,
        published_date=meta.published,
        effective_from=meta.effective_from,
        effective_to=meta.effective_to,
        instruments=instruments,
        is_official=judged.is_official,
        status=metadata.status(meta, folded, judged.is_official, context.date),
        eligibility=tuple(criteria),
        validity_months=meta.validity_months,
        min_spend_cny=float(floor.value) if floor else None,
        deadline=meta.deadline,
        confidence=judged.confidence,
        refusal=judged.refusal,
        supersedes=meta.supersedes,
        programme_name=meta.programme_name,
        note=judged.reason or None,
        ground=_title_ground(text, meta.title),
    )
    if judged.refusal:
        yield Issue(
            level="warning", code=judged.refusal, message=f"not trusted: {judged.reason}", url=context.url
        )
    for draft in drafts:
        cut = (
            draft.sentence.is_open
            and draft.sentence.end >= len(text.rstrip())
            and not text.rstrip().endswith((")", "）", "】"))
        )
        yield SupportClause(
            document_key=context.document_key,
            clause_kind=draft.kind,
            value=float(draft.value),
            unit=draft.unit,
            period=draft.period,
            instrument=draft.topic.instrument,
            basis=draft.basis,
            applies_to=draft.applies_to,
            side=draft.topic.side,
            programme=draft.programme,
            tier=draft.tier,
            confidence=judged.confidence if draft.topic.strength > 1 else "low",
            refusal=judged.refusal or ("cut" if cut else "no-subject" if draft.topic.strength < 2 else None),
            ground=Ground(
                quote=text[draft.sentence.start : draft.sentence.end],
                start=draft.sentence.start,
                end=draft.sentence.end,
                locator=f"chars {draft.start}-{draft.end}",
            ),
        )


_Item = Draft | clauses.Floor | clauses.Dropped


def _read(folded: str, found: list[segments.Sentence]) -> tuple[list[_Item], list[_Item]]:
    """What the Chinese and the English sentences say: a page may carry a Chinese document below its English head."""
    if not english.is_english(folded) and not english.has_english(folded):
        return list(clauses.read(folded, found)), []
    latin = [english.is_latin(folded[s.start : s.end]) for s in found]
    han = [sentence for sentence, is_latin in zip(found, latin, strict=True) if not is_latin]
    rest = [sentence for sentence, is_latin in zip(found, latin, strict=True) if is_latin]
    return list(clauses.read(folded, han)) if han else [], list(english.read(folded, rest))


def _instruments(
    hits: list[topics.Hit], title: str | None, drafts: list[Draft], found: list[segments.Sentence]
) -> tuple[Instrument, ...]:
    """The instruments of a document: those of its title first, then vouchers for compute, then the others, each group in
    the order of the text. A subsidy stands before a voucher only where the text names no compute voucher."""
    place: dict[Instrument, int] = {}
    for start, _, instrument in hits:
        place.setdefault(instrument, start)
    for draft in drafts:
        place.setdefault(draft.topic.instrument, draft.start)
    if not place:
        for heading in dict.fromkeys(heading for sentence in found for heading in sentence.headings):
            topic = topics.topic(heading)
            if topic is not None and topic.strength > 1 and topic.side == "user" and not frames.aims(heading):
                place.setdefault(topic.instrument, len(place))
    titled = {instrument for _, _, instrument in topics.named(title or "")}
    order: dict[str, int] = {"compute_voucher": 0, "training_voucher": 0, "compute_subsidy": 1}
    return tuple(
        sorted(
            place | dict.fromkeys(titled - place.keys(), 0),
            key=lambda i: (i not in titled, order.get(i, 2), place.get(i, 0)),
        )
    )


def _by_voucher(drafts: list[Draft], hits: list[topics.Hit]) -> list[Draft]:
    """Aid for using compute belongs to the compute voucher of a text that names one such voucher and no other subsidy."""
    named = {instrument for _, _, instrument in hits}
    vouchers = named & {"compute_voucher", "training_voucher"}
    if len(vouchers) != 1 or "compute_subsidy" in named:
        return drafts
    (voucher,) = vouchers
    return [
        replace(draft, topic=replace(draft.topic, instrument=voucher))
        if draft.topic.instrument == "compute_subsidy" and draft.topic.side == "user"
        else draft
        for draft in drafts
    ]


def _spans(
    found: list[segments.Sentence], hits: list[topics.Hit], title: str | None, drafts: list[Draft]
) -> list[tuple[int, int]]:
    """The stretches that speak of a programme: the whole of a document named after one, else each article that promises
    something or names a voucher."""
    if topics.named(title or ""):
        return [(s.start, s.end) for s in found]
    articles = {draft.sentence.article for draft in drafts}
    titled = {
        heading: bool(topics.named(heading))
        for heading in dict.fromkeys(heading for s in found for heading in s.headings)
    }
    starts = [start for start, _, _ in hits]
    for s in found:
        at = bisect_left(starts, s.start)
        if (at < len(starts) and starts[at] < s.end) or any(titled[heading] for heading in s.headings):
            articles.add(s.article)
    return [(s.start, s.end) for s in found if s.article in articles]


def _title_ground(text: str, title: str | None) -> Ground:
    at = text.find(title) if title else -1
    if title and at >= 0:
        return Ground(quote=title, start=at, end=at + len(title), locator="title")
    quote = text[:80].split("\n")[0]
    return Ground(quote=quote, start=0, end=len(quote), locator="title")
