"""Filings, registrations, algorithm filings and announced totals."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import polars as pl

from scrapers.records import Filing, FilingCount, Landed
from warehouse.history import changes, provenance
from warehouse.normalise import Landing
from warehouse.resolve import organisations
from warehouse.schema import conform
from warehouse.schema import tables as schema

NATIONAL = "approvals/cac_national"


def tables(landing: Landing) -> dict[str, pl.DataFrame]:
    """The `core_approvals__*` tables and the filings' rows of `core_trust__changes`."""
    named = schema()
    filings, observed = _filings(landing.records)
    out = {
        "core_approvals__filings": filings,
        "core_approvals__counts": _counts(landing.records),
        "core_approvals__algorithms": _algorithms(landing.records),
    }
    frames = {
        name: conform(pl.DataFrame(rows, infer_schema_length=None), named[name])
        if rows
        else named[name].empty()
        for name, rows in out.items()
    }
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
            seen[record.filing_number.lower()].append(landed)
    rows, observed = [], []
    for number, found in seen.items():
        best = max(found, key=lambda x: (x.origin.source_id == NATIONAL, x.origin.observed_at))
        record = best.record
        assert isinstance(record, Filing)
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
                "filing_number": record.filing_number,
                "kind": record.kind,
                "model_name": record.model_name,
                "entity_name": record.entity_name,
                "entity_group": organisations.group_of(record.entity_name),
                "province_name": record.province,
                "filed_date": record.filed_date,
                "published_date": record.published_date,
                "batch": record.batch,
                "serial": record.serial,
                "is_late_registration": record.is_late_registration,
                "cancelled_date": min(ends, default=None),
                "use_case": record.use_case,
                "correction": record.note if record.printed else None,
                "printed": record.printed,
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
    rows: dict[str, dict[str, Any]] = {}
    subjects: defaultdict[str, set[str]] = defaultdict(set)
    for landed in records:
        record = landed.record
        if (
            not isinstance(record, Filing)
            or record.kind != "deep_synthesis_algorithm"
            or not record.filing_number
        ):
            continue
        code = record.filing_number.removeprefix("网信算备")[:15]
        if record.entity_name:
            subjects[code].add(record.entity_name)
        ground = provenance(landed)
        rows[record.filing_number] = {
            n: v for n, v in ground.items() if n not in ("observed_at", "observed_until")
        } | {
            "filing_number": record.filing_number,
            "algorithm_name": record.model_name,
            "role": record.role,
            "entity_name": record.entity_name,
            "subject_code": code,
            "product": record.product,
            "first_seen_at": ground["observed_at"],
            "last_seen_at": ground["observed_until"],
        }
    by_subject = organisations.group_by_subject(subjects)
    for row in rows.values():
        row["entity_group"] = organisations.group_of(row["entity_name"]) or by_subject.get(
            row["subject_code"]
        )
    return list(rows.values())
