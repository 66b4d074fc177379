"""Voucher programmes: documents and clauses to programmes, tiers, criteria and a reconciliation.

A page and a curated row describe the same programme when they have the same canonical address, or the same document
number, and the same instrument. An official page's values win over the curated row's, the row fills what the page
lacks, and a page that was refused (mirror, invention) gives neither programme nor number.
"""

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import polars as pl

from scrapers.records import Issuance, Landed, Origin, Policy, SupportClause
from warehouse.history import changes, fold, provenance
from warehouse.normalise import Landing
from warehouse.schema import conform
from warehouse.schema import tables as schema

COMPARED = ("document_number", "published_date", "status", "rate_pct", "cap_cny", "annual_budget_cny")
RANK = {"official": 0, "copy": 1, "register": 2}


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


def canonical_url(url: str) -> str:
    """The address without scheme, `www.`, trailing slash and fragment; a page behind the government's big5 gate is the
    page it converts."""
    parts = urlsplit(url)
    host, path = parts.netloc.lower().removeprefix("www."), parts.path
    if match := re.match(r"/gate/big5/([^/]+)(/.*)?$", path):
        host, path = match[1].removeprefix("www."), match[2] or "/"
    return f"{host}{path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")


def tables(landing: Landing) -> dict[str, pl.DataFrame]:
    """The `core_policy__*` tables and the policy rows of `core_trust__changes`."""
    documents = _documents(landing.records)
    accepted = [document for document in documents if document.policy.refusal is None]
    groups = _group(accepted)
    programmes, tiers, criteria, compared = [], [], [], []
    owner: dict[tuple[str, str], str] = {}
    for programme_id, members in groups.items():
        instrument = members[0][1]
        rows = [_tiers(programme_id, document, instrument) for document, _ in members]
        programmes.append(_programme(programme_id, members))
        chosen = next((found for found in rows if found), [])
        tiers += chosen
        criteria += [row for document, _ in members[:1] for row in _criteria(programme_id, document)]
        compared += _compare(programme_id, members, rows)
        for document, _ in members:
            owner[document.policy.document_key, instrument] = programme_id
    _chain(programmes)
    clauses = [row for document in documents for row in _clauses(document, owner)]
    named = schema()
    out = {
        "core_policy__programmes": programmes,
        "core_policy__tiers": tiers,
        "core_policy__criteria": _unique(criteria, ("programme_id", "criterion", "text")),
        "core_policy__clauses": clauses,
        "core_policy__reconciliation": _unique(compared, ("programme_id", "field", "page_url")),
        "core_policy__issuance": _issuance(landing.records, programmes),
    }
    frames = {
        name: conform(pl.DataFrame(rows, infer_schema_length=None), named[name])
        if rows
        else named[name].empty()
        for name, rows in out.items()
    }
    frames["core_trust__changes"] = conform(_changes(landing.records), named["core_trust__changes"])
    return frames


def _documents(records: Iterable[Landed]) -> list[_Document]:
    """The latest state of each document, with the clauses of the same capture and when it was first and last seen."""
    latest: dict[str, Landed] = {}
    span: dict[str, tuple[dt.datetime, dt.datetime]] = {}
    clauses: defaultdict[str, list[Landed]] = defaultdict(list)
    for landed in records:
        record = landed.record
        if isinstance(record, Policy):
            latest[record.document_key] = landed  # oldest first: the last one stays
            first, last = span.get(
                record.document_key, (landed.origin.observed_at, landed.origin.observed_until)
            )
            span[record.document_key] = (
                min(first, landed.origin.observed_at),
                max(last, landed.origin.observed_until),
            )
        elif isinstance(record, SupportClause):
            clauses[record.document_key].append(landed)
    found = []
    for key, landed in latest.items():
        policy = landed.record
        assert isinstance(policy, Policy)
        own = clauses[key]
        if landed.origin.capture_kind != "curated":
            own = [c for c in own if c.origin.capture_sha256 == landed.origin.capture_sha256]
        first, last = span[key]
        ground = provenance(landed) | {"first_seen_at": _naive(first), "last_seen_at": _naive(last)}
        for name in ("observed_at", "observed_until"):
            del ground[name]
        found.append(_Document(policy=policy, origin=landed.origin, ground=ground, clauses=own))
    return found


def _group(documents: Sequence[_Document]) -> dict[str, list[tuple[_Document, str]]]:
    """Programme id → the documents that describe it, best rank first, each with the instrument meant."""
    register: dict[tuple[str, str], str] = {}
    numbers: dict[tuple[str, str], str] = {}
    groups: defaultdict[str, list[tuple[_Document, str]]] = defaultdict(list)
    for document in documents:
        if document.rank != "register":
            continue
        policy = document.policy
        instrument = policy.instruments[0] if policy.instruments else "other"
        groups[policy.document_key].append((document, instrument))
        register.setdefault((document.url, instrument), policy.document_key)
        if policy.document_number:
            numbers.setdefault((_number(policy.document_number), instrument), policy.document_key)
    for document in documents:
        if document.rank == "register":
            continue
        policy = document.policy
        for instrument in policy.instruments:
            known = register.get((document.url, instrument))
            if known is None and policy.document_number:
                known = numbers.get((_number(policy.document_number), instrument))
            groups[known or _new_id(document, instrument)].append((document, instrument))
    for members in groups.values():
        members.sort(key=lambda member: (RANK[member[0].rank], -member[0].origin.observed_at.timestamp()))
    return dict(groups)


def _new_id(document: _Document, instrument: str) -> str:
    policy = document.policy
    day = policy.published_date or policy.effective_from
    mark = hashlib.sha256(document.url.encode()).hexdigest()[:4]
    month = f"{day:%Y-%m}" if day else "undated"
    return f"{policy.jurisdiction_code or 'unknown'}-{instrument.replace('_', '-')}-{month}-{mark}"


def _number(text: str) -> str:
    return re.sub(r"[\s〔〕\[\]（）()［］【】号]", "", text)


def _programme(programme_id: str, members: Sequence[tuple[_Document, str]]) -> dict[str, Any]:
    """The merged row: the best document's values, the others' where it has none."""
    best, instrument = members[0]

    def first(name: str) -> Any:
        found = (getattr(document.policy, name) for document, _ in members)
        return next((value for value in found if value not in (None, "unknown")), None)

    level = first("level")
    name = first("jurisdiction")
    return best.ground | {
        "programme_id": programme_id,
        "version": 1,
        "jurisdiction_code": first("jurisdiction_code"),
        "jurisdiction_name": name or "未知",
        "jurisdiction_name_en": first("jurisdiction_en") or name or "unknown",
        "province_name": first("province") or ("全国" if level == "national" else name) or "未知",
        "level": level,
        "programme_name": first("title"),
        "programme_name_en": first("programme_name_en") or first("title") or instrument.replace("_", " "),
        "instrument": instrument,
        "issuer_name": first("issuer"),
        "document_number": first("document_number"),
        "status": first("status") or "unknown",
        "published_date": first("published_date"),
        "effective_from": first("effective_from"),
        "effective_to": first("effective_to"),
        "deadline": first("deadline"),
        "target": first("target"),
        "source_rank": best.rank,
        "confidence": best.policy.confidence,
        "refusal": None,
        "supersedes_programme_id": None,
        "successor_programme_id": None,
        "note": first("note"),
    }


def _chain(programmes: list[dict[str, Any]]) -> None:
    """Numbers the programmes of one place and instrument by date, and links each to the next: a draft to what came
    into force, a version to its revision. Drafts, reports and plans never end a programme in force."""
    by_place: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in programmes:
        by_place[row["jurisdiction_name"], row["instrument"]].append(row)
    for rows in by_place.values():
        rows.sort(key=lambda row: (row["programme_id"].split("-20")[-1], row["programme_id"]))
        for number, row in enumerate(rows, start=1):
            row["version"] = number
        adopted = [row for row in rows if row["status"] not in ("reported", "announced")]
        for older, newer in pairwise(adopted):
            if older["status"] in ("draft", "superseded", "expired"):
                older["successor_programme_id"] = newer["programme_id"]
                newer["supersedes_programme_id"] = older["programme_id"]


def _tiers(programme_id: str, document: _Document, instrument: str) -> list[dict[str, Any]]:
    """Clauses gathered by tier and side: rates, caps and pots that belong together. A programme-wide pot or floor
    stands in its general tier, or in the only one."""
    policy = document.policy
    mine = [
        landed
        for landed in document.clauses
        if isinstance(landed.record, SupportClause)
        and landed.record.refusal is None
        and landed.record.instrument == instrument
    ]
    tiers: dict[tuple[str, str], dict[str, Any]] = {}
    pots: list[SupportClause] = []
    for landed in mine:
        clause = landed.record
        assert isinstance(clause, SupportClause)
        if clause.clause_kind == "total_budget":
            pots.append(clause)
            continue
        field = {"rate_cap": "rate_pct", "max_amount": "cap_cny", "min_amount": "min_spend_cny"}.get(
            clause.clause_kind
        )
        if field is None or (field == "rate_pct") != (clause.unit == "pct"):
            continue
        name = clause.tier or "general"
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
    if tiers:
        users = [row for (_, side), row in tiers.items() if side == "user"]
        host = tiers.get(("general", "user")) or (users or list(tiers.values()))[0]
        for clause in pots:
            column = "annual_budget_cny" if clause.period == "per_year" else "total_budget_cny"
            if host[column] is None or clause.value > host[column]:
                host[column] = clause.value
        for row in tiers.values():
            if row["side"] == "user":
                row["min_spend_cny"] = (
                    row["min_spend_cny"] if policy.min_spend_cny is None else policy.min_spend_cny
                )
                row["validity_months"] = policy.validity_months
    return list(tiers.values())


def _empty_tier(
    programme_id: str, tier: str, side: str, document: _Document, landed: Landed
) -> dict[str, Any]:
    ground = provenance(landed)
    for name in ("observed_at", "observed_until"):
        del ground[name]
    own = {"first_seen_at": document.ground["first_seen_at"], "last_seen_at": document.ground["last_seen_at"]}
    empty = dict.fromkeys(c.name for c in schema()["core_policy__tiers"].own)
    return empty | ground | own | {"programme_id": programme_id, "tier": tier, "side": side}


def _criteria(programme_id: str, document: _Document) -> list[dict[str, Any]]:
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
    ]


def _compare(
    programme_id: str, members: Sequence[tuple[_Document, str]], tiers: Sequence[list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    """Each page against the curated row: document facts, and the highest rate, cap and pot of the user's side."""
    described = [(d, i, t) for (d, i), t in zip(members, tiers, strict=True)]
    registers = [entry for entry in described if entry[0].rank == "register"]
    rows = []
    for register, _, register_tiers in registers[:1]:
        for page, _, page_tiers in (entry for entry in described if entry[0].rank != "register"):
            for field in COMPARED:
                ours, theirs = _value(page, page_tiers, field), _value(register, register_tiers, field)
                if ours is None and theirs is None:
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
    if field in ("rate_pct", "cap_cny", "annual_budget_cny"):
        numbers = [row[field] for row in tiers if row["side"] == "user" and row[field] is not None]
        return f"{max(numbers):g}" if numbers else None
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
    """What a later capture of the same document says otherwise."""
    watch = ("status", "document_number", "effective_to", "deadline")
    rows = [
        {name: getattr(landed.record, name) for name in ("document_key", *watch)} | provenance(landed)
        for landed in records
        if isinstance(landed.record, Policy)
    ]
    empty = schema()["core_trust__changes"].empty()
    if not rows:
        return empty
    frame = pl.DataFrame(rows, infer_schema_length=None)
    found = changes(frame, ["document_key"], watch, "policy_document")
    return found if found.height else empty


def _unique(rows: list[dict[str, Any]], key: Sequence[str]) -> list[dict[str, Any]]:
    return list({tuple(row[k] for k in key): row for row in rows}.values())


def _naive(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(tzinfo=None)
