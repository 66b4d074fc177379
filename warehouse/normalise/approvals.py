"""Filings, registrations, algorithm filings and announced totals."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import polars as pl

from scrapers.records import Filing, FilingCount, Landed
from warehouse.history import changes, provenance
from warehouse.normalise import Landing
from warehouse.normalise.facts import fact_tables
from warehouse.resolve import corrections, organisations
from warehouse.schema import conform
from warehouse.schema import tables as schema

NATIONAL = "approvals/cac_national"


def tables(landing: Landing) -> dict[str, pl.DataFrame]:
    """The `core_approvals__*` tables and the filings' rows of `core_trust__changes`."""
    landing = landing.standing()
    named = schema()
    filings, observed = _filings(landing.records)
    out = {
        "core_approvals__filings": filings,
        "core_approvals__counts": _counts(landing.records),
        "core_approvals__algorithms": _algorithms(landing.records),
        "core_approvals__group_members": organisations.members(),
    }
    frames = {
        name: conform(pl.DataFrame(rows, infer_schema_length=None), named[name])
        if rows
        else named[name].empty()
        for name, rows in out.items()
    }
    frames |= fact_tables(landing, ["core_approvals__security_assessments"])
    moved = (
        changes(
            pl.DataFrame(observed, infer_schema_length=None),
            ["number"],
            ["model_name", "entity_name", "cancelled_date"],
            "filing",
        )
        if observed
        else pl.DataFrame()
    )
    trail = named["core_trust__changes"]
    frames[trail.name] = conform(moved, trail) if moved.height else trail.empty()
    return frames


def _filings(records: Iterable[Landed]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """One row a number. The national list's row is the canonical one; the earliest capture of any page that holds the
    number, a provincial notice for instance, is when it was first seen. Names in a sentence have no number and stay
    out."""
    seen: defaultdict[str, list[Landed]] = defaultdict(list)
    for landed in records:
        record = landed.record
        if isinstance(record, Filing) and record.filing_number and record.kind != "deep_synthesis_algorithm":
            seen[_whole(record.filing_number).lower()].append(landed)
    rows, observed = [], []
    for number, found in seen.items():
        best = max(found, key=lambda x: (x.origin.source_id == NATIONAL, x.origin.observed_at))
        record = best.record
        assert isinstance(record, Filing)
        named, made, doubts = corrections.apply(
            record.filing_number or "",
            {
                "filing_number": record.filing_number,
                "model_name": record.model_name,
                "entity_name": record.entity_name,
            },
        )
        ground = provenance(best)
        first = min(x.origin.observed_at for x in found)
        last = max(x.origin.observed_until for x in found)
        del ground["observed_at"], ground["observed_until"]
        ends = [
            x.record.cancelled_date for x in found if isinstance(x.record, Filing) and x.record.cancelled_date
        ]
        rows.append(
            ground
            | {
                **named,
                "kind": record.kind,
                "entity_current_name": organisations.current_name(named["entity_name"]),
                "entity_group": organisations.group_of(named["entity_name"]),
                "province_name": record.province,
                "filed_date": record.filed_date,
                "published_date": record.published_date,
                "batch": record.batch,
                "serial": record.serial,
                "is_late_registration": record.is_late_registration,
                "cancelled_date": min(ends, default=None),
                "use_case": record.use_case,
                "correction": "; ".join(filter(None, [record.note if record.printed else None, *made]))
                or None,
                "printed": record.printed or (record.ground.quote if made else None),
                "doubt": "; ".join(doubts) or None,
                "first_seen_at": first.replace(tzinfo=None),
                "last_seen_at": last.replace(tzinfo=None),
            }
        )
        observed += [
            {
                "number": number,
                "model_name": x.record.model_name,
                "entity_name": x.record.entity_name,
                "cancelled_date": x.record.cancelled_date,
            }
            | provenance(x)
            for x in found
            if isinstance(x.record, Filing) and x.origin.source_id == NATIONAL
        ]
    return rows, observed


def _whole(number: str) -> str:
    """The number a row is known by: the whole one, where the printed one is known to be cut."""
    return corrections.apply(number, {"filing_number": number})[0]["filing_number"] or number


def _counts(records: Iterable[Landed]) -> list[dict[str, Any]]:
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for landed in records:
        record = landed.record
        if not isinstance(record, FilingCount):
            continue
        ground = provenance(landed)
        key = (record.as_of, record.scope, ground["source_url"], ground["locator"])
        first = rows[key]["first_seen_at"] if key in rows else ground["observed_at"]
        rows[key] = {n: v for n, v in ground.items() if n not in ("observed_at", "observed_until")} | {
            "as_of": record.as_of,
            "scope": record.scope,
            "total_filed": record.total_filed,
            "new_in_period": record.new_in_period,
            "total_registered": record.total_registered,
            "new_registered": record.new_registered,
            "qualifier": record.qualifier,
            "source_kind": record.source_kind,
            "note": record.note,
            "first_seen_at": first,
            "last_seen_at": ground["observed_until"],
        }
    return list(rows.values())


def _algorithms(records: Iterable[Landed]) -> list[dict[str, Any]]:
    """One row a number. A list's row is the canonical one, a notice of cancellation ends it; a number known from such a
    notice alone has the notice's row."""
    seen: defaultdict[str, list[tuple[Filing, Landed]]] = defaultdict(list)
    subjects: defaultdict[str, set[str]] = defaultdict(set)
    for landed in records:
        record = landed.record
        if isinstance(record, Filing) and record.kind == "deep_synthesis_algorithm" and record.filing_number:
            seen[record.filing_number].append((record, landed))
            if record.entity_name:
                subjects[_subject(record.filing_number)].add(record.entity_name)
    by_subject = organisations.group_by_subject(subjects)
    rows = []
    for number, found in seen.items():
        record, best = min(
            found, key=lambda pair: (pair[0].cancelled_date is not None, pair[1].origin.observed_at)
        )
        ground = provenance(best)
        del ground["observed_at"], ground["observed_until"]
        rows.append(
            ground
            | {
                "filing_number": number,
                "algorithm_name": record.model_name,
                "role": record.role,
                "entity_name": record.entity_name,
                "entity_group": organisations.group_of(record.entity_name)
                or by_subject.get(_subject(number)),
                "subject_code": _subject(number),
                "product": record.product,
                "cancelled_date": min((r.cancelled_date for r, _ in found if r.cancelled_date), default=None),
                "first_seen_at": min(x.origin.observed_at for _, x in found).replace(tzinfo=None),
                "last_seen_at": max(x.origin.observed_until for _, x in found).replace(tzinfo=None),
            }
        )
    return rows


def _subject(number: str) -> str:
    """The first fifteen digits: area, company and its series, the same over lists and years."""
    return number.removeprefix("网信算备")[:15]
