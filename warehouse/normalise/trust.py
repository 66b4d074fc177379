"""Sources, captures, attempts, issues and health: what a reader needs to judge everything else."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from scrapers.archive import Attempt
from scrapers.captures import Capture
from scrapers.issues import Issue
from scrapers.lexicon import places
from scrapers.records import Filing, FilingCount, Issuance, Landed, Offer, Policy, Rate, Record, Restriction
from scrapers.source import Source
from warehouse.queries import SavedQuery, saved
from warehouse.schema import conform
from warehouse.schema import tables as schema


@dataclass(frozen=True, slots=True)
class SourceReport:
    """One source after a run: what was read from all its captures, and whether the run counts as failed."""

    source: Source
    records: Sequence[Landed]
    issues: Sequence[Issue]
    captures: Sequence[Capture]
    attempts: Sequence[Attempt]
    """Every attempt on record, of this run and earlier ones."""
    failure_reason: str | None


def tables(reports: Iterable[SourceReport], as_of: dt.date) -> dict[str, pl.DataFrame]:
    """The `core_trust__*` tables. `as_of` is the day against which the age of content is counted."""
    reports = list(reports)
    rows: dict[str, list[dict[str, object]]] = {
        "core_trust__sources": [_source(r.source) for r in reports],
        "core_trust__health": [_health(r, as_of) for r in reports],
        "core_trust__documents": [row for r in reports for row in _documents(r)],
        "core_trust__attempts": [row for r in reports for row in _attempts(r)],
        "core_trust__issues": [row for r in reports for row in _issues(r)],
        "core_trust__saved_queries": [_saved_query(query) for query in saved().values()],
        "core_trust__places": [_place(place) for place in places.all_places()],
    }
    return {
        name: conform(pl.DataFrame(found, infer_schema_length=None), schema()[name])
        if found
        else schema()[name].empty()
        for name, found in rows.items()
    }


def newest_content_date(records: Iterable[Landed], captures: Sequence[Capture]) -> dt.date | None:
    """The latest day the content speaks of; content without dates of its own is as old as the first time its bytes were
    seen. Null when there is no content."""
    return newest_dated(records) or max((first.date() for _, first, _ in _contents(captures)), default=None)


def newest_dated(records: Iterable[Landed]) -> dt.date | None:
    """The latest day a record names, never later than its capture; dates still to come (a deadline, a rule's compliance
    day) do not make a source fresh."""
    dates = [
        day for landed in records for day in _dates(landed.record) if day <= landed.origin.observed_at.date()
    ]
    return max(dates, default=None)


def _dates(record: Record) -> list[dt.date]:
    match record:
        case Policy():
            found = [record.published_date]
        case Offer():
            found = [record.page_date]
        case Filing():
            found = [record.filed_date, record.published_date, record.cancelled_date]
        case FilingCount():
            found = [record.as_of]
        case Restriction():
            found = [record.announced_date, record.effective_date]
        case Issuance():
            found = [record.issued_date]
        case Rate():
            # a monthly mean speaks of the month's last day
            found = [
                (record.month.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
            ]
        case _:
            found = []
    return [day for day in found if day is not None]


def _health(report: SourceReport, as_of: dt.date) -> dict[str, object]:
    return {
        "source_id": report.source.id,
        "records": len(report.records),
        "newest_content_date": newest_content_date(report.records, report.captures),
        "as_of_date": as_of,
        "failure_reason": report.failure_reason,
    }


def _contents(captures: Sequence[Capture]) -> list[tuple[Capture, dt.datetime, dt.datetime]]:
    """One entry an address and content: a capture, when it was first and when last seen."""
    seen: dict[tuple[str, str], tuple[Capture, dt.datetime, dt.datetime]] = {}
    for capture in captures:
        key = (capture.url, capture.sha256)
        known, first, last = seen.get(key, (capture, capture.fetched_at, capture.fetched_at))
        seen[key] = (known, min(first, capture.fetched_at), max(last, capture.fetched_at))
    return list(seen.values())


def _source(source: Source) -> dict[str, object]:
    return {
        "source_id": source.id,
        "domain": source.domain,
        "title": source.title,
        "publisher_name": source.publisher.name,
        "publisher_name_en": source.publisher.name_en,
        "publisher_url": source.publisher.url,
        "is_official": source.publisher.official,
        "summary": source.summary,
        "place_code": source.place,
        "platform": source.platform,
        "cadence": source.cadence,
        "expected_min_records": source.expect.min,
        "expected_max_records": source.expect.max,
        "quiet_days": source.expect.quiet_days,
        "address_confidence": source.confidence,
        "licence": source.licence,
    }


def _documents(report: SourceReport) -> list[dict[str, object]]:
    read = Counter((landed.origin.source_url, landed.origin.capture_sha256) for landed in report.records)
    return [
        {
            "source_id": report.source.id,
            "source_url": capture.url,
            "role": capture.role,
            "capture_sha256": capture.sha256,
            "bytes": len(capture.content),
            "content_type": capture.content_type or None,
            "capture_kind": capture.capture_kind,
            "first_seen_at": _naive(first),
            "last_seen_at": _naive(last),
            "records": read[capture.url, capture.sha256],
            "restates_url": capture.context.get("cites"),
        }
        for capture, first, last in _contents(report.captures)
    ]


def _attempts(report: SourceReport) -> list[dict[str, object]]:
    return [
        {
            "run_id": attempt.run_id,
            "source_id": attempt.source_id,
            "url": attempt.url,
            "attempted_at": _naive(attempt.attempted_at),
            "outcome": attempt.outcome,
            "status": attempt.status,
            "bytes": attempt.bytes,
            "capture_sha256": attempt.sha256,
            "reason": attempt.reason,
        }
        for attempt in report.attempts
    ]


def _issues(report: SourceReport) -> list[dict[str, object]]:
    counted = Counter(report.issues)
    return [
        {
            "source_id": report.source.id,
            "level": issue.level,
            "code": issue.code,
            "url": issue.url or None,
            "locator": issue.locator or None,
            "message": issue.message,
            "occurrences": count,
        }
        for issue, count in counted.items()
    ]


def _place(place: places.Place) -> dict[str, object]:
    province = places.province_of(place.code)
    return {
        "place_code": place.code,
        "place_name": place.name,
        "place_name_en": place.name_en or None,
        "level": place.level,
        "province_name": province.name if province else None,
        "province_name_en": province.name_en if province else None,
    }


def _saved_query(query: SavedQuery) -> dict[str, object]:
    def listed(meanings: dict[str, str]) -> str | None:
        return "\n".join(f"{name}: {meaning}" for name, meaning in meanings.items()) or None

    return {
        "query_name": query.name,
        "question": query.question,
        "answers": ", ".join(query.answers),
        "variables": listed(query.variables),
        "columns": listed(query.columns),
        "sql": query.body,
    }


def _naive(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(tzinfo=None)
