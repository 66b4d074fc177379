"""A small published file made by hand: every mart of the schema, a few rows, some of them hostile."""

import datetime as dt
from pathlib import Path

import duckdb

from warehouse.build import build
from warehouse.schema import DUCKDB, marts

SHA = "a" * 64


def make(path: Path) -> Path:
    """Every mart, empty, in a new build file."""
    build(path.parent / "core", path)
    with duckdb.connect(str(path)) as connection:
        for mart in marts():
            columns = ", ".join(f"{c.name} {DUCKDB[c.type]}" for c in mart.columns)
            connection.execute(f"create table main.{mart.name} ({columns})")
    return path


def insert(connection: duckdb.DuckDBPyConnection, mart: str, **values: object) -> None:
    """One row; columns not named stay null, provenance columns get a live capture of `SHA`."""
    table = next(table for table in marts() if table.name == mart)
    row = (PROVENANCE if table.is_fact else {}) | values
    names = ", ".join(row)
    connection.execute(
        f"insert into main.{mart} ({names}) values ({', '.join('?' * len(row))})", list(row.values())
    )


PROVENANCE: dict[str, object] = {
    "source_id": "rates/demo",
    "source_url": "https://example.org/page",
    "capture_sha256": SHA,
    "locator": "row 1",
    "capture_kind": "live",
    "parser_version": "1",
    "first_seen_at": dt.datetime(2026, 11, 1),
    "last_seen_at": dt.datetime(2026, 11, 24),
}
