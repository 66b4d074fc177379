"""Chips and restriction events: curated rows cast by schema, events folded over captures."""

import re

import polars as pl

from scrapers.records import Restriction
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
_FR = re.compile(r"\b20\d\d-\d{4,5}\b")
WATCHED = ("effective_date", "ended_date", "suspended_to", "status_note")


def tables(landing: Landing) -> dict[str, pl.DataFrame]:
    """`core_restrictions__chips`, `core_restrictions__events` and the events' rows of `core_trust__changes`."""
    named = schema()
    table = named["core_restrictions__events"]
    own = [column.name for column in table.own]
    events = [(landed, landed.record) for landed in landing.records if isinstance(landed.record, Restriction)]
    curated = {
        number
        for landed, record in events
        if landed.origin.capture_kind == "curated"
        for number in _FR.findall(record.document_number or "")
    }
    # A Register document that a curated event describes is that event: the row with our reading of it stays.
    rows = [
        {name: getattr(record, name) for name in own} | provenance(landed)
        for landed, record in events
        if landed.origin.capture_kind == "curated"
        or not curated & set(_FR.findall(record.document_number or ""))
    ]
    out = fact_tables(landing, FACTS)
    if not rows:
        return out | {table.name: table.empty()}
    frame = pl.DataFrame(rows, infer_schema_length=None).with_columns(slug=pl.coalesce("slug", "event_id"))
    out[table.name] = conform(fold(frame, table.key), table)
    moved = changes(frame, table.key, WATCHED, "restriction_event")
    out["core_trust__changes"] = (
        conform(moved, named["core_trust__changes"]) if moved.height else named["core_trust__changes"].empty()
    )
    return out
