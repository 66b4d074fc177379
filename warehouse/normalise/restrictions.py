"""Chips and restriction events: curated rows cast by schema, events folded over captures.

What a page says of an event is a document of it, not a second event: pages are joined to curated events by the number both
print (`scrapers.extract.restrictions.keys`) or because a person has said so (`describes EV073`).
"""

import re

import polars as pl

from scrapers.extract.restrictions import keys
from scrapers.records import Landed, Restriction
from warehouse.history import changes, fold, provenance
from warehouse.normalise import Landing
from warehouse.normalise.facts import fact_tables
from warehouse.schema import conform
from warehouse.schema import tables as schema

FACTS = (
    "core_restrictions__chips",
    "core_restrictions__regulation_versions",
    "core_restrictions__listed_entities",
    "core_restrictions__epoch_hardware",
    "core_restrictions__epoch_clusters",
)
WATCHED = ("effective_date", "ended_date", "suspended_to", "status_note")
_DESCRIBES = re.compile(r"describes (.+)")


def tables(landing: Landing) -> dict[str, pl.DataFrame]:
    """The fact tables, `core_restrictions__events`, `core_restrictions__event_documents` and the events' rows of
    `core_trust__changes`."""
    named = schema()
    events, documents = (
        named["core_restrictions__events"],
        named["core_restrictions__event_documents"],
    )
    out = fact_tables(landing, FACTS)
    own = [column.name for column in events.own]
    rows, described = [], []
    found = [(landed, landed.record) for landed in landing.records if isinstance(landed.record, Restriction)]
    curated = {
        landed.record.event_id: landed.record
        for landed in landing.standing().records
        if isinstance(landed.record, Restriction) and landed.origin.capture_kind == "curated"
    }
    by_key: dict[str, list[str]] = {}
    for event_id, record in curated.items():
        for key in keys(record.document_number):
            by_key.setdefault(key, []).append(event_id)
    for landed, record in found:
        if landed.origin.capture_kind == "curated":
            if record.event_id in curated:  # every version of a row that stands: what changed in it is told
                rows.append({name: getattr(record, name) for name in own} | provenance(landed))
            continue
        matched, basis = _matched(record, by_key, curated)
        described += [_document(landed, record, event_id, basis) for event_id in matched or [record.event_id]]
        if not matched and record.jurisdiction:
            note = "; ".join(filter(None, ["read by machine, not reviewed", record.status_note]))
            rows.append(
                {name: getattr(record, name) for name in own}
                | {"status_note": note, "links": None}
                | provenance(landed)
            )
    out[documents.name] = (
        conform(fold(pl.DataFrame(described, infer_schema_length=None), documents.key), documents)
        if described
        else documents.empty()
    )
    if not rows:
        return out | {events.name: events.empty()}
    frame = pl.DataFrame(rows, infer_schema_length=None).with_columns(slug=pl.coalesce("slug", "event_id"))
    out[events.name] = conform(fold(frame, events.key), events)
    moved = changes(frame, events.key, WATCHED, "restriction_event")
    out["core_trust__changes"] = (
        conform(moved, named["core_trust__changes"]) if moved.height else named["core_trust__changes"].empty()
    )
    return out


def _matched(
    record: Restriction, by_key: dict[str, list[str]], curated: dict[str, Restriction]
) -> tuple[list[str], str]:
    """The curated events a page speaks of, and why it is taken to."""
    if match := _DESCRIBES.fullmatch(record.links or ""):
        return [name.strip() for name in match[1].split(",") if name.strip() in curated], "reviewed"
    found = list(
        dict.fromkeys(event_id for key in keys(record.document_number) for event_id in by_key.get(key, []))
    )
    # A document's later turns (a suspension that lapses by its own text) bear its number too: it announces those of its time.
    near = [event_id for event_id in found if _is_of_its_time(record, curated[event_id])]
    return near or found, "number"


def _is_of_its_time(page: Restriction, event: Restriction) -> bool:
    if page.announced_date is None or event.announced_date is None:
        return False
    begins = event.effective_date or event.announced_date
    return (
        -7 <= (page.announced_date - event.announced_date).days <= 45
        and (begins - page.announced_date).days <= 45
    )


def _document(landed: Landed, record: Restriction, event_id: str, basis: str) -> dict[str, object]:
    known = ("announced_date", "effective_date", "ended_date", "authority", "instrument", "title", "document_number", "covers")  # fmt: skip
    return {
        "event_id": event_id,
        "document_url": landed.origin.source_url,
        "document_key": next(iter(keys(record.document_number)), ""),
        "match_basis": "none" if event_id == record.event_id else basis,
        **{name: getattr(record, name) for name in known},
        "note": record.status_note,
    } | provenance(landed)
