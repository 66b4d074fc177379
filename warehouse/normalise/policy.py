"""Voucher programmes: documents and clauses to programmes, tiers, criteria and a reconciliation.

A document is a page with the files attached to it, or a curated row. Two documents describe the same programme when they
agree on the instrument and on the address, the document number, or place and day; a clause that says `算力补贴` in a
document of compute vouchers belongs to the voucher.

An official page's values win over the curated row's, and the row fills what the page lacks; but of one and the same
document a person's reading stands against the machine's, and a page that only reports on a programme (a reply to a
deputy, a bulletin, a copy) never overrides. A page that was refused (mirror, invention) gives neither programme nor
number.
"""

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import polars as pl

from scrapers.lexicon import places
from scrapers.records import Fact, Issuance, Landed, Origin, Policy, SupportClause
from warehouse.history import changes, fold, provenance
from warehouse.normalise import Landing
from warehouse.schema import conform
from warehouse.schema import tables as schema

COMPARED = (
    "document_number", "published_date", "status", "rate_pct", "cap_cny", "annual_budget_cny", "total_budget_cny",
)  # fmt: skip
RANK = {"official": 0, "copy": 1, "register": 2}
ENDED = ("superseded", "expired", "closed")
ADOPTED = ("in_force", *ENDED)
_STACKS = re.compile(r"叠加|市区")
"""Tiers that are a ceiling on several programmes together (`合计最高不超过60%`): what no single programme pays."""
_FAMILY = {
    "compute_voucher": "compute", "training_voucher": "compute", "compute_subsidy": "compute",
    "model_voucher": "model", "data_voucher": "data",
}  # fmt: skip
_NAMED = {
    "compute_voucher": "算力券|算力服务券|智能券|算力创新券", "training_voucher": "训力券", "model_voucher": "模型券|词元券|Token",
    "data_voucher": "语料券|数据券", "compute_subsidy": "算力补贴|算力.{0,6}补助",
}  # fmt: skip
_REPORT = re.compile(r"答复|复函|问答|解读|新闻发布|工作动态|名单|公示")
"""In titles of replies, readings, bulletins and lists of names."""
_DAYS_APART = dt.timedelta(days=7)
"""A page is dated one to five days after the signature it carries."""


@dataclass(slots=True)
class _Document:
    """One policy document with its clauses and the captures it was seen in."""

    policy: Policy
    origin: Origin
    ground: dict[str, Any]
    clauses: list[Landed]

    @property
    def url(self) -> str:
        return canonical_url(self.policy.ground.url or self.origin.source_url)

    @property
    def rank(self) -> str:
        if self.origin.capture_kind == "curated":
            return "register"
        return "official" if self.policy.is_official else "copy"

    @property
    def is_report(self) -> bool:
        """Whether the page speaks of a programme without being its document."""
        if self.rank == "register":
            return False
        return self.policy.status == "reported" or bool(_REPORT.search(self.policy.title or ""))


Member = tuple[_Document, tuple[str, ...]]
"""A document that describes a programme, with its instruments that are meant."""


def canonical_url(url: str) -> str:
    """The address without scheme, `www.`, trailing slash and fragment; a page behind the government's big5 gate is the
    page it converts."""
    parts = urlsplit(url)
    host, path = parts.netloc.lower().removeprefix("www."), parts.path
    if match := re.match(r"/gate/big5/([^/]+)(/.*)?$", path):
        host, path = match[1].removeprefix("www."), match[2] or "/"
    return f"{host}{path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")


def tables(landing: Landing) -> dict[str, pl.DataFrame]:
    """The `core_policy__*` tables and the policy rows of `core_trust__changes`. Whether a programme has ended is told as
    of the newest capture."""
    as_of = max((landed.origin.observed_until.date() for landed in landing.records), default=dt.date.min)
    records = landing.standing().records
    documents = _documents(records)
    accepted = [document for document in documents if document.policy.refusal is None]
    groups = _group(accepted)
    programmes, tiers, criteria, compared = [], [], [], []
    owner: dict[tuple[str, str], str] = {}
    for programme_id, members in groups.items():
        rows = [_tiers(programme_id, document, instruments) for document, instruments in members]
        programmes.append(_programme(programme_id, members, as_of))
        tiers += _chosen(members, rows)
        criteria += [row for member in members for row in _criteria(programme_id, member)]
        compared += _compare(programme_id, members, rows, as_of)
        for document, instruments in members:
            for instrument in instruments:
                owner[document.policy.document_key, instrument] = programme_id
    _chain(programmes)
    criteria += _curated_criteria(records, groups)
    clauses = [row for document in documents for row in _clauses(document, owner)]
    named = schema()
    out = {
        "core_policy__programmes": programmes,
        "core_policy__tiers": tiers,
        "core_policy__criteria": _distinct(criteria),
        "core_policy__clauses": clauses,
        "core_policy__reconciliation": _unique(compared, ("programme_id", "field", "page_url")),
        "core_policy__issuance": _issuance(records, programmes),
    }
    frames = {
        name: conform(pl.DataFrame(rows, infer_schema_length=None), named[name])
        if rows
        else named[name].empty()
        for name, rows in out.items()
    }
    frames["core_trust__changes"] = conform(_changes(landing.records), named["core_trust__changes"])
    return frames


# --- Documents ------------------------------------------------------------------------------------------------------


def _documents(records: Iterable[Landed]) -> list[_Document]:
    """The latest state of each document, attachments merged into it, with the clauses of the same captures and when it
    was first and last seen."""
    latest: defaultdict[str, dict[str, Landed]] = defaultdict(dict)
    span: dict[str, tuple[dt.datetime, dt.datetime]] = {}
    clauses: defaultdict[str, list[Landed]] = defaultdict(list)
    for landed in records:
        record, origin = landed.record, landed.origin
        if isinstance(record, Policy):
            latest[record.document_key][origin.source_url] = landed  # oldest first: the last one stays
            first, last = span.get(record.document_key, (origin.observed_at, origin.observed_until))
            span[record.document_key] = (min(first, origin.observed_at), max(last, origin.observed_until))
        elif isinstance(record, SupportClause):
            clauses[record.document_key].append(landed)
    found = []
    for key, parts in latest.items():
        main = parts.get(key) or next(iter(parts.values()))
        own = clauses[key]
        if main.origin.capture_kind != "curated":
            current = {(url, part.origin.capture_sha256) for url, part in parts.items()}
            own = [c for c in own if (c.origin.source_url, c.origin.capture_sha256) in current]
        first, last = span[key]
        ground = provenance(main) | {"first_seen_at": _naive(first), "last_seen_at": _naive(last)}
        for name in ("observed_at", "observed_until"):
            del ground[name]
        others = [part for part in parts.values() if part is not main]
        found.append(_Document(policy=_whole(main, others), origin=main.origin, ground=ground, clauses=own))
    return found


def _whole(main: Landed, attached: Sequence[Landed]) -> Policy:
    """A notice with what its attachments add: instruments, conditions, and the dates and floors it does not state."""
    policy = main.record
    assert isinstance(policy, Policy)
    parts = [landed.record for landed in attached if isinstance(landed.record, Policy)]
    filled: dict[str, Any] = {
        name: next((value for part in parts if (value := getattr(part, name)) is not None), None)
        for name in (
            "effective_from",
            "effective_to",
            "validity_months",
            "min_spend_cny",
            "deadline",
            "supersedes",
        )
        if getattr(policy, name) is None
    }
    return replace(
        policy,
        **filled,
        instruments=tuple(dict.fromkeys(i for part in (policy, *parts) for i in part.instruments)),
        eligibility=tuple(dict.fromkeys(c for part in (policy, *parts) for c in part.eligibility)),
    )


# --- Programmes -----------------------------------------------------------------------------------------------------


def _group(documents: Sequence[_Document]) -> dict[str, list[Member]]:
    """Programme id → the documents that describe it, best rank first, each with the instruments meant."""
    groups: defaultdict[str, list[Member]] = defaultdict(list)
    register = [document for document in documents if document.rank == "register"]
    for document in register:
        groups[document.policy.document_key].append((document, document.policy.instruments or ("other",)))
    for document in documents:
        if document.rank != "register":
            for programme_id, instruments in _programmes_of(document, register).items():
                groups[programme_id].append((document, tuple(instruments)))
    for members in groups.values():
        members.sort(key=_precedence)
    return dict(groups)


def _precedence(member: Member) -> tuple[int, float]:
    """First-hand pages, then the person's row, then copies and reports; of equals the one seen last."""
    document = member[0]
    first_hand = document.rank == "official" and not document.is_report
    return (
        0 if first_hand else 1 if document.rank == "register" else 2
    ), -document.origin.observed_at.timestamp()


def _programmes_of(page: _Document, register: Sequence[_Document]) -> dict[str, list[str]]:
    """The programmes a page describes, each with its instruments: curated ones it agrees with, else new ones. An
    instrument of the same kind joins the programme the page already has."""
    found: dict[str, list[str]] = {}
    loose = []
    for instrument in page.policy.instruments:
        known = next(_matches(page, [d for d in register if instrument in d.policy.instruments]), None)
        if known is not None:
            found.setdefault(known, []).append(instrument)
        else:
            loose.append(instrument)
    for instrument in sorted(loose, key=lambda name: name == "compute_subsidy"):
        kind = _FAMILY.get(instrument)
        kin = [d for d in register if kind and kind in {_FAMILY.get(i) for i in d.policy.instruments}]
        home = next((p for p, mine in found.items() if kind in {_FAMILY.get(i) for i in mine}), None)
        home = home or next(_matches(page, kin), None)
        if home is None and not found:
            home = _only_row(page, [d for d in register if instrument in d.policy.instruments])
        if home is not None:
            found.setdefault(home, []).append(instrument)
        elif _stands_alone(page, instrument):
            found.setdefault(_new_id(page, instrument), []).append(instrument)
    return found


def _matches(page: _Document, register: Sequence[_Document]) -> Iterator[str]:
    """Curated rows that describe the page's programme, surest ground first: address, document number, place and day."""
    policy = page.policy
    yield from (d.policy.document_key for d in register if d.url == page.url)
    if policy.document_number:
        mine = _number(policy.document_number)
        yield from (
            d.policy.document_key
            for d in register
            if d.policy.document_number and _number(d.policy.document_number) == mine
        )
    if (day := policy.published_date) is not None:
        yield from (
            d.policy.document_key
            for d in register
            if d.policy.jurisdiction == policy.jurisdiction
            and (theirs := d.policy.published_date) is not None
            and abs(theirs - day) <= _DAYS_APART
        )


def _only_row(page: _Document, register: Sequence[_Document]) -> str | None:
    """For a page without a day: the row of its place, where there is one only."""
    here = [d.policy.document_key for d in register if d.policy.jurisdiction == page.policy.jurisdiction]
    return here[0] if len(here) == 1 and page.policy.published_date is None else None


def _stands_alone(page: _Document, instrument: str) -> bool:
    """Whether a page is ground enough for a programme that nobody typed in: it promises a number, or is named after it."""
    promised = any(
        isinstance(c.record, SupportClause) and c.record.refusal is None and c.record.instrument == instrument
        for c in page.clauses
    )
    title = page.policy.title or ""
    named = instrument in _NAMED and re.search(_NAMED[instrument], title)
    return promised or bool(named and not re.search(r"名单|结果|入库|解读|问答", title))


def _new_id(document: _Document, instrument: str) -> str:
    policy = document.policy
    day = policy.published_date or policy.effective_from
    mark = hashlib.sha256(document.url.encode()).hexdigest()[:4]
    month = f"{day:%Y-%m}" if day else "undated"
    return f"{policy.jurisdiction_code or 'unknown'}-{instrument.replace('_', '-')}-{month}-{mark}"


def _number(text: str) -> str:
    return re.sub(r"[\s〔〕\[\]（）()［］【】号]", "", text)


def _programme(programme_id: str, members: Sequence[Member], as_of: dt.date) -> dict[str, Any]:
    """The merged row: the best document's values, the others' where it has none."""
    best, instruments = members[0]
    register = [i for document, mine in members if document.rank == "register" for i in mine]
    instrument = (register or list(instruments))[0]

    def first(name: str) -> Any:
        found = (getattr(document.policy, name) for document, _ in members)
        return next((value for value in found if value not in (None, "unknown")), None)

    def place(field: str) -> Any:
        # a committee signs for its district or zone: the row knows which
        return next((getattr(d.policy, field) for d, _ in members if d.rank == "register"), None) or first(
            field
        )

    level = place("level")
    name = place("jurisdiction")
    titled = next((d.policy.title for d, _ in members if d.rank != "register" and d.policy.title), None)
    return best.ground | {
        "programme_id": programme_id,
        "version": 1,
        "jurisdiction_code": place("jurisdiction_code"),
        "jurisdiction_name": name or "未知",
        "jurisdiction_name_en": place("jurisdiction_en") or _english(name) or name or "unknown",
        "province_name": first("province") or ("全国" if level == "national" else name) or "未知",
        "level": level,
        "programme_name": titled,
        "programme_name_en": first("programme_name_en") or instrument.replace("_", " ").capitalize(),
        "instrument": instrument,
        "issuer_name": _issuer(members),
        "document_number": first("document_number"),
        "status": _status(members, first("effective_to"), first("deadline"), as_of),
        "published_date": _signed([document for document, _ in members]),
        "effective_from": first("effective_from"),
        "effective_to": first("effective_to"),
        "deadline": first("deadline"),
        "target": first("target"),
        "source_rank": min(
            (d.rank for d, _ in members if not d.is_report), key=RANK.__getitem__, default=best.rank
        ),
        "confidence": best.policy.confidence,
        "refusal": None,
        "supersedes_programme_id": None,
        "successor_programme_id": None,
        "note": first("note"),
        "supersedes": first("supersedes"),
    }


def _signed(documents: Sequence[_Document]) -> dt.date | None:
    """The day of the best document, or the signature a person found up to a month before the page's own day."""
    own = [d for d in documents if d.rank == "register" or not d.is_report]
    days = [(d.rank, d.policy.published_date) for d in own if d.policy.published_date is not None]
    if not days:
        return None
    best = days[0][1]
    signed = [
        day
        for rank, day in days
        if rank == "register" and dt.timedelta() < best - day <= dt.timedelta(days=31)
    ]
    return signed[0] if signed else best


def _issuer(members: Sequence[Member]) -> str | None:
    """The issuer of the best document, or the longer list of offices another gives that names it too."""
    named = [document.policy.issuer for document, _ in members if document.policy.issuer]
    return max((name for name in named if named[0] in name), key=len, default=None)


def _english(name: str | None) -> str | None:
    return next(
        (place.name_en for place in places.all_places() if place.name == name and place.name_en), None
    )


def _status(
    members: Sequence[Member], effective_to: dt.date | None, deadline: dt.date | None, as_of: dt.date
) -> str:
    """The state as of a day: what any document says has ended has ended, a draft is one whoever says so, and a last day
    that has passed ends what was in force."""
    said = [document.policy.status for document, _ in members if document.policy.status != "unknown"]
    ended = next((word for word in ENDED if word in said), None)
    if ended is not None:
        return ended
    if not said or "draft" in said:
        return "draft" if said else "unknown"
    if effective_to is not None and effective_to < as_of:
        return "expired"
    if deadline is not None and deadline < as_of:
        return "closed"
    return said[0]


def _chain(programmes: list[dict[str, Any]]) -> None:
    """Numbers the programmes of one place and instrument by date, and links each that was replaced or ran out, and each
    draft, to the next that was adopted; a round that closed has no successor. A document that says what it replaces ends
    it. Drafts, reports and plans never end a programme."""
    by_place: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in programmes:
        by_place[row["jurisdiction_name"], row["instrument"]].append(row)
    for rows in by_place.values():
        rows.sort(key=lambda row: (_when(row), row["programme_id"]))
        for number, row in enumerate(rows, start=1):
            row["version"] = number
        for position, older in enumerate(rows):
            newer = next((row for row in rows[position + 1 :] if _replaces(row, older)), None)
            if newer is not None and older["status"] == "in_force":
                older["status"] = "superseded"
            elif newer is None and older["status"] in ("draft", "superseded", "expired"):
                newer = next((row for row in rows[position + 1 :] if row["status"] in ADOPTED), None)
            if newer is not None:
                older["successor_programme_id"] = newer["programme_id"]
                # an adopted forerunner is nearer than a draft of the same text
                if newer["supersedes_programme_id"] is None or older["status"] != "draft":
                    newer["supersedes_programme_id"] = older["programme_id"]
    for row in programmes:
        del row["supersedes"]


def _when(row: dict[str, Any]) -> str:
    """The day of a programme as far as it is known, for sorting: its own date, else the month in its id."""
    known = row["published_date"] or row["effective_from"]
    if known is not None:
        return str(known)
    match = re.search(r"-(20\d\d(?:-\d\d)?)", row["programme_id"])
    return match[1] if match else "9999"


def _replaces(newer: dict[str, Any], older: dict[str, Any]) -> bool:
    words = newer["supersedes"]
    if not words or newer["status"] not in ADOPTED:
        return False
    names = [name for name in (older["programme_name"], older["document_number"]) if name]
    return any(_number(name) in _number(words) or _number(words) in _number(name) for name in names)


# --- Terms ----------------------------------------------------------------------------------------------------------


def _tiers(programme_id: str, document: _Document, instruments: Sequence[str]) -> list[dict[str, Any]]:
    """Clauses gathered by tier and side: rates, caps and pots that belong together. The general terms hold for every
    tier that has none of its own; a programme-wide pot stands in the general tier, or in the first one."""
    policy = document.policy
    mine = [
        landed
        for landed in document.clauses
        if isinstance(landed.record, SupportClause)
        and landed.record.refusal is None
        and landed.record.instrument in instruments
    ]
    tiers: dict[tuple[str, str], dict[str, Any]] = {}
    pots: list[SupportClause] = []
    stacked: list[float] = []
    split = _split_sides([landed.record for landed in mine if isinstance(landed.record, SupportClause)])
    for landed in mine:
        clause = landed.record
        assert isinstance(clause, SupportClause)
        if clause.clause_kind == "total_budget":
            pots.append(clause)
            continue
        field = {"rate_cap": "rate_pct", "max_amount": "cap_cny"}.get(clause.clause_kind)
        if field == "rate_pct" and (clause.period == "total" or _STACKS.search(clause.tier or "")):
            stacked.append(clause.value)
            continue
        if field is None or (field == "rate_pct") != (clause.unit == "pct"):
            continue
        name = clause.tier or (clause.applies_to if clause.side in split else None) or "general"
        row = tiers.setdefault(
            (name, clause.side), _empty_tier(programme_id, name, clause.side, document, landed)
        )
        # Two numbers of one kind in one tier: the higher is the ceiling, the text's finer words are in the clauses.
        if row[field] is None or clause.value > row[field]:
            row[field] = clause.value
            if field == "cap_cny":
                row["cap_period"] = clause.period
            row["basis"] = row["basis"] or clause.basis
        row["applies_to"] = row["applies_to"] or clause.applies_to
    if pots and not tiers:
        landed = next(c for c in mine if c.record is pots[0])
        tiers["general", pots[0].side] = _empty_tier(programme_id, "general", pots[0].side, document, landed)
    for side in ("user", "supplier"):
        _share(tiers, side)
    if tiers:
        users = [row for (_, side), row in tiers.items() if side == "user"]
        host = tiers.get(("general", "user")) or (users or list(tiers.values()))[0]
        for clause in pots:
            column = "annual_budget_cny" if clause.period == "per_year" else "total_budget_cny"
            if host[column] is None or clause.value > host[column]:
                host[column] = clause.value
        # a floor or validity is the document's: whose it is, only a document of one programme tells
        kinds = {c.record.instrument for c in document.clauses if isinstance(c.record, SupportClause)}
        is_alone = kinds <= set(instruments)
        for row in tiers.values():
            if row["side"] == "user":
                row["min_spend_cny"] = policy.min_spend_cny if is_alone else None
                row["validity_months"] = policy.validity_months if is_alone else None
                row["stacked_rate_pct"] = max(stacked, default=None)
    return list(tiers.values())


def _split_sides(clauses: Sequence[SupportClause]) -> set[str]:
    """The sides on which clauses without a tier give different beneficiaries different numbers of one kind."""
    seen: defaultdict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for clause in clauses:
        if clause.tier is None and clause.applies_to and clause.clause_kind in ("rate_cap", "max_amount"):
            seen[clause.side, clause.clause_kind].setdefault(clause.applies_to, clause.value)
    return {side for (side, _), values in seen.items() if len(values) > 1 and len(set(values.values())) > 1}


def _share(tiers: dict[tuple[str, str], dict[str, Any]], side: str) -> None:
    """Gives each tier of a side the general rate and cap where it has none, and drops general terms that are only that
    shared half."""
    general = tiers.get(("general", side))
    others = [row for (name, of), row in tiers.items() if of == side and name != "general"]
    if general is None or not others:
        return
    for half, other in (("rate_pct", "cap_cny"), ("cap_cny", "rate_pct")):
        if (
            general[half] is not None
            and general[other] is None
            and all(row[other] is not None for row in others)
        ):
            del tiers["general", side]
            break
    for row in others:
        if row["rate_pct"] is None:
            row["rate_pct"], row["basis"] = general["rate_pct"], row["basis"] or general["basis"]
        if row["cap_cny"] is None:
            row["cap_cny"], row["cap_period"] = general["cap_cny"], general["cap_period"]


def _empty_tier(
    programme_id: str, tier: str, side: str, document: _Document, landed: Landed
) -> dict[str, Any]:
    ground = provenance(landed)
    for name in ("observed_at", "observed_until"):
        del ground[name]
    own = {"first_seen_at": document.ground["first_seen_at"], "last_seen_at": document.ground["last_seen_at"]}
    empty = dict.fromkeys(c.name for c in schema()["core_policy__tiers"].own)
    return empty | ground | own | {"programme_id": programme_id, "tier": tier, "side": side}


_NUMBERS = ("rate_pct", "cap_cny", "annual_budget_cny", "total_budget_cny")


def _chosen(members: Sequence[Member], rows: Sequence[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The terms to publish. A page's, which have the words beside them; but a person's row where it says more, tells
    tiers apart or names another side, and where the page contradicts it without being first-hand on it."""
    described = [(document, found) for (document, _), found in zip(members, rows, strict=True) if found]
    person = next(((d, found) for d, found in described if d.rank == "register"), None)
    pages = [(d, found) for d, found in described if d.rank != "register" and not d.is_report]
    if person is None or not pages:
        return (person or described[0])[1] if described else []
    (row, typed), (page, best) = person, pages[0]
    contradicted = [
        name
        for name in _NUMBERS
        if None not in (ours := _highest(best, name), theirs := _highest(typed, name)) and ours != theirs
    ]
    if contradicted:
        return best if page.rank == "official" and page.url != row.url else _filled(typed, best)
    tiers = sum(tier["side"] == "user" for tier in typed)
    is_fuller = tiers > 1 or _sides(typed) - _sides(best) or _said(typed) > _said(best)
    return _filled(typed, best) if is_fuller else best


def _highest(tiers: Iterable[dict[str, Any]], field: str) -> float | None:
    numbers = [row[field] for row in tiers if row["side"] == "user" and row[field] is not None]
    return max(numbers, default=None)


def _sides(tiers: Iterable[dict[str, Any]]) -> set[str]:
    return {row["side"] for row in tiers}


def _said(tiers: Iterable[dict[str, Any]]) -> int:
    return sum(row[name] is not None for row in tiers for name in _NUMBERS)


def _filled(tiers: list[dict[str, Any]], page: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """A person's terms with what only the page states of all of them: floor and validity, and tiers of the other side; and
    of a number both have, what it is a share of and the period it holds for."""
    for row in tiers:
        for number, name in (("rate_pct", "basis"), ("cap_cny", "cap_period")):
            same = (
                other[name] for other in page if other["side"] == row["side"] and other[number] == row[number]
            )
            if row[number] is not None and row[name] is None:
                row[name] = next((said for said in same if said is not None), None)
        for name in ("min_spend_cny", "validity_months", "stacked_rate_pct"):
            if row[name] is None and row["side"] == "user":
                row[name] = next((other[name] for other in page if other[name] is not None), None)
    known = {row[name] for row in tiers for name in _NUMBERS}
    more = [row for row in page if row["side"] not in _sides(tiers)]
    return tiers + [row for row in more if not {row[name] for name in _NUMBERS} <= known]


def _criteria(programme_id: str, member: Member) -> list[dict[str, Any]]:
    """A document's conditions, without those that stand in the words of another instrument's numbers only."""
    document, instruments = member

    def is_others(text: str) -> bool:
        promised = (clause.record for clause in document.clauses if text in clause.record.ground.quote)
        spoken = {promise.instrument for promise in promised if isinstance(promise, SupportClause)}
        return bool(spoken) and spoken.isdisjoint(instruments)

    return [
        document.ground
        | {
            "programme_id": programme_id,
            "criterion": criterion.criterion,
            "value": criterion.value,
            "text": criterion.text,
            "quote": criterion.text,
            "quote_start": None,
            "quote_end": None,
            "locator": f"{document.ground['locator']} / {criterion.criterion}",
        }
        for criterion in document.policy.eligibility
        if not is_others(criterion.text)
    ]


def _curated_criteria(records: Iterable[Landed], groups: dict[str, list[Member]]) -> Iterator[dict[str, Any]]:
    """Conditions typed in with the address they rest on, of programmes there are."""
    for landed in records:
        record = landed.record
        if isinstance(record, Fact) and record.table == "core_policy__criteria":
            if record.values.get("programme_id") not in groups:
                raise ValueError(f"{record.ground.locator}: no programme {record.values.get('programme_id')}")
            ground = provenance(landed)
            first, last = ground.pop("observed_at"), ground.pop("observed_until")
            yield ground | record.values | {"first_seen_at": first, "last_seen_at": last}


def _distinct(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row a condition: the same one in other words, from a second document, adds nothing; free text does."""
    free = ("target", "other")
    kept = {
        (
            row["programme_id"],
            row["criterion"],
            row["text"] if row["criterion"] in free else row["value"],
        ): row
        for row in reversed(list(rows))
    }
    return _unique(reversed(list(kept.values())), ("programme_id", "criterion", "text"))


# --- Page against row -----------------------------------------------------------------------------------------------


def _compare(
    programme_id: str, members: Sequence[Member], tiers: Sequence[list[dict[str, Any]]], as_of: dt.date
) -> list[dict[str, Any]]:
    """Each page against the curated row: document facts, the state as of a day by each one's own dates, and the highest
    rate, cap and pot of the user's side."""
    described = [(d, t) for (d, _), t in zip(members, tiers, strict=True)]
    state = {
        id(d): _status([(d, own)], d.policy.effective_to, d.policy.deadline, as_of) for d, own in members
    }
    known = {said: said for said in state.values() if said != "unknown"}
    registers = [entry for entry in described if entry[0].rank == "register"]
    rows = []
    for register, register_tiers in registers[:1]:
        for page, page_tiers in (entry for entry in described if entry[0].rank != "register"):
            for field in COMPARED:
                ours, theirs = _value(page, page_tiers, field), _value(register, register_tiers, field)
                if field == "status":
                    ours, theirs = (known.get(state[id(document)]) for document in (page, register))
                if (ours is None and theirs is None) or (page.is_report and field not in _NUMBERS):
                    continue
                verdict = (
                    "only_register"
                    if ours is None
                    else "only_page"
                    if theirs is None
                    else "agrees"
                    if ours == theirs
                    else "differs"
                )
                rows.append(
                    {
                        "programme_id": programme_id,
                        "field": field,
                        "page_value": ours,
                        "register_value": theirs,
                        "verdict": verdict,
                        "page_url": page.ground["source_url"],
                        "register_url": register.ground["source_url"],
                    }
                )
    return rows


def _value(document: _Document, tiers: Iterable[dict[str, Any]], field: str) -> str | None:
    if field in _NUMBERS:
        highest = _highest(tiers, field)
        return None if highest is None else f"{highest:.10g}"
    value = getattr(document.policy, field)
    if value is None or value == "unknown":
        return None
    return _number(value) if field == "document_number" else str(value)


def _clauses(document: _Document, owner: dict[tuple[str, str], str]) -> list[dict[str, Any]]:
    rows = []
    for number, landed in enumerate(document.clauses, start=1):
        clause = landed.record
        assert isinstance(clause, SupportClause)
        ground = provenance(landed)
        rows.append(
            {name: ground[name] for name in ground if name not in ("observed_at", "observed_until")}
            | {
                "document_key": clause.document_key,
                "clause_no": number,
                "programme_id": owner.get((document.policy.document_key, clause.instrument)),
                "clause_kind": clause.clause_kind,
                "value": clause.value,
                "unit": clause.unit,
                "period": clause.period,
                "instrument": clause.instrument,
                "basis": clause.basis,
                "applies_to": clause.applies_to,
                "side": clause.side,
                "tier": clause.tier,
                "confidence": clause.confidence,
                "refusal": document.policy.refusal or clause.refusal,
                "first_seen_at": document.ground["first_seen_at"],
                "last_seen_at": document.ground["last_seen_at"],
            }
        )
    return rows


def _issuance(records: Iterable[Landed], programmes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for landed in records:
        record = landed.record
        if not isinstance(record, Issuance):
            continue
        # A batch is tied to a programme only where the place has one of that instrument, so that it cannot be another's.
        instrument = _instrument_in(record.programme)
        known = [
            row["programme_id"]
            for row in programmes
            if row["jurisdiction_name"] == record.jurisdiction and row["instrument"] == instrument
            and row["status"] in ("in_force", "closed", "expired", "superseded")
        ]  # fmt: skip
        rows.append(
            provenance(landed)
            | {
                "programme_id": known[0] if len(known) == 1 else None,
                "jurisdiction_code": record.jurisdiction_code,
                "jurisdiction_name": record.jurisdiction,
                "programme_name_en": record.programme,
                "batch": record.batch,
                "kind": record.kind,
                "issued_date": record.issued_date,
                "firms": record.firms,
                "amount_cny": record.amount_cny,
                "note": record.note,
            }
        )
    if not rows:
        return []
    key = schema()["core_policy__issuance"].key
    return fold(pl.DataFrame(rows, infer_schema_length=None), key).to_dicts()


def _instrument_in(text: str) -> str | None:
    words = {
        "training": "training_voucher",
        "model": "model_voucher",
        "corpus": "data_voucher",
        "compute": "compute_voucher",
    }
    return next((instrument for word, instrument in words.items() if word in text.lower()), None)


def _changes(records: Iterable[Landed]) -> pl.DataFrame:
    """What a later capture of the same page or attachment says otherwise."""
    watch = ("status", "document_number", "effective_to", "deadline")
    seen: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for landed in records:
        if isinstance(landed.record, Policy):
            said = {name: getattr(landed.record, name) for name in ("document_key", *watch)}
            seen[landed.origin.source_url].append(said | provenance(landed))
    found = [
        changes(pl.DataFrame(rows, infer_schema_length=None), ["document_key"], watch, "policy_document")
        for rows in seen.values()
        if len(rows) > 1
    ]
    return pl.concat([schema()["core_trust__changes"].empty(), *(frame for frame in found if frame.height)])


def _unique(rows: Iterable[dict[str, Any]], key: Sequence[str]) -> list[dict[str, Any]]:
    return list({tuple(row[k] for k in key): row for row in rows}.values())


def _naive(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(tzinfo=None)
