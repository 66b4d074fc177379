"""Curated tables whose columns are the core table's own: cast, folded, checked."""

import datetime as dt
from collections.abc import Callable, Iterable

import polars as pl

from scrapers.records import Fact
from warehouse.history import fold, provenance
from warehouse.normalise import Landing
from warehouse.schema import SchemaError, Table, conform
from warehouse.schema import tables as schema


def fact_tables(landing: Landing, names: Iterable[str]) -> dict[str, pl.DataFrame]:
    """One frame a named core table, from the `Fact` records that name it; empty text is null. A cell that does not
    cast raises `SchemaError` with table, column and the address of the row."""
    out = {}
    records = landing.standing().records
    for name in names:
        table = schema()[name]
        rows = [
            _cast(landed.record, table) | provenance(landed)
            for landed in records
            if isinstance(landed.record, Fact) and landed.record.table == name
        ]
        frame = pl.DataFrame(rows, infer_schema_length=None) if rows else None
        out[name] = table.empty() if frame is None else conform(fold(frame, table.key), table)
    return out


_READ: dict[str, Callable[[str], object]] = {
    "text": str,
    "int": int,
    "float": float,
    "bool": {"true": True, "false": False}.__getitem__,
    "date": dt.date.fromisoformat,
    "timestamp": dt.datetime.fromisoformat,
}


def _cast(fact: Fact, table: Table) -> dict[str, object]:
    types = {column.name: column.type for column in table.own}
    values: dict[str, object] = {}
    for name, text in fact.values.items():
        if name not in types:
            raise SchemaError(f"{table.name}: unknown column {name} in {fact.ground.locator}")
        cell = (text or "").strip()
        try:
            values[name] = _READ[types[name]](cell) if cell else None
        except (KeyError, ValueError):
            raise SchemaError(
                f"{table.name}.{name}: {cell!r} is no {types[name]} ({fact.ground.locator})"
            ) from None
    return values
