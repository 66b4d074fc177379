"""Every table chipwatch has: the one contract.

Polars schemas, the DDL of the build file, dbt's `sources.yml`, each mart's YAML (contract, descriptions, key and
relationship tests) and the data dictionary are made from here; nothing else types a column. After an edit run
`make schema`; a test fails while the generated files differ.

Core tables (`core_<domain>__<things>`) are written by `warehouse.normalise`; marts (plain nouns) by dbt.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

import polars as pl

Type = Literal["text", "int", "float", "bool", "date", "timestamp"]

POLARS: dict[str, pl.DataType] = {
    "text": pl.String(),
    "int": pl.Int64(),
    "float": pl.Float64(),
    "bool": pl.Boolean(),
    "date": pl.Date(),
    "timestamp": pl.Datetime("us"),
}
DUCKDB: dict[str, str] = {
    "text": "varchar",
    "int": "bigint",
    "float": "double",
    "bool": "boolean",
    "date": "date",
    "timestamp": "timestamp",
}


@dataclass(frozen=True, slots=True)
class Column:
    """`unit` is shown in the dictionary; `required` means never null; `values` the accepted words; `references` is
    `mart.column`, tested by dbt."""

    name: str
    type: Type
    description: str
    unit: str | None = None
    required: bool = False
    values: tuple[str, ...] = ()
    references: str | None = None

    @property
    def meaning(self) -> str:
        """The description and, of an enumeration, its words."""
        return f"{self.description} One of: {', '.join(self.values)}." if self.values else self.description


PROVENANCE: tuple[Column, ...] = (
    Column("source_id", "text", "The source's folder, `<domain>/<name>`.", required=True),
    Column("source_url", "text", "Address of the page or document the fact was read from.", required=True),
    Column("capture_sha256", "text", "SHA-256 of the archived bytes the fact was read from.", required=True),
    Column(
        "locator", "text", "Where in the capture: characters, table row, JSON path or CSV row.", required=True
    ),
    Column(
        "capture_kind",
        "text",
        "`live` fetched; `reconstructed` bundled page in our wording; `curated` row typed in with its address.",
        required=True,
        values=("live", "reconstructed", "curated"),
    ),
    Column("parser_version", "text", "Version of the reader that produced the row.", required=True),
    Column(
        "first_seen_at", "timestamp", "Time of the earliest capture that holds the fact (UTC).", required=True
    ),
    Column(
        "last_seen_at", "timestamp", "Time of the latest capture that holds the fact (UTC).", required=True
    ),
)
GROUND: tuple[Column, ...] = (
    Column("quote", "text", "The words the fact rests on, from the repaired text.", required=True),
    Column("quote_start", "int", "Offset of the quote's first character in the repaired text."),
    Column("quote_end", "int", "Offset behind the quote's last character in the repaired text."),
)


@dataclass(frozen=True, slots=True)
class Table:
    """`is_fact` adds the provenance columns (and, in core, the quote). `key` is tested for uniqueness and nulls."""

    name: str
    domain: str
    description: str
    key: tuple[str, ...]
    own: tuple[Column, ...] = field(repr=False)
    is_fact: bool = True

    @property
    def is_core(self) -> bool:
        return self.name.startswith("core_")

    @property
    def columns(self) -> tuple[Column, ...]:
        if not self.is_fact:
            return self.own
        return self.own + (GROUND if self.is_core else ()) + PROVENANCE

    @property
    def polars_schema(self) -> pl.Schema:
        return pl.Schema({c.name: POLARS[c.type] for c in self.columns})

    def empty(self) -> pl.DataFrame:
        return pl.DataFrame(schema=self.polars_schema)


class SchemaError(Exception):
    """A frame does not have the columns, types or keys its table promises. One line with table and column."""


@cache
def tables() -> dict[str, Table]:
    """All tables by name, core first. Found by module: each module of this package lists its own in `TABLES`."""
    from importlib import import_module
    from pkgutil import iter_modules

    found: list[Table] = []
    for module in iter_modules(__path__):
        if module.name == "__main__":  # a command, not a domain
            continue
        found += getattr(import_module(f"{__name__}.{module.name}"), "TABLES", ())
    found.sort(key=lambda t: (not t.is_core, t.name))
    names = [t.name for t in found]
    if len(set(names)) != len(names):
        raise SchemaError(f"a table is declared twice: {sorted(n for n in names if names.count(n) > 1)[0]}")
    return {t.name: t for t in found}


def core() -> list[Table]:
    return [t for t in tables().values() if t.is_core]


def marts() -> list[Table]:
    return [t for t in tables().values() if not t.is_core]


def conform(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The frame in the table's column order and types. Missing columns become null; an unknown column, a value that
    does not cast, a null in a required column or a repeated key raises `SchemaError`."""
    schema = table.polars_schema
    unknown = [name for name in frame.columns if name not in schema]
    if unknown:
        raise SchemaError(f"{table.name}: unknown column {unknown[0]}")
    missing = [pl.lit(None).alias(name) for name in schema.names() if name not in frame.columns]
    try:
        frame = frame.with_columns(missing).select(schema.names()).cast(schema)
    except pl.exceptions.PolarsError as error:
        raise SchemaError(f"{table.name}: {' '.join(str(error).split())[:300]}") from None
    for column in table.columns:
        if column.required and frame[column.name].null_count():
            raise SchemaError(
                f"{table.name}.{column.name}: {frame[column.name].null_count()} nulls in a required column"
            )
    _check_key(frame, table.key, table.name)
    return frame.sort(table.key)


def _check_key(frame: pl.DataFrame, key: Iterable[str], name: str) -> None:
    repeated = frame.select(key).filter(pl.struct(pl.all()).is_duplicated())
    if repeated.height:
        raise SchemaError(f"{name}: {repeated.unique().height} keys repeat, first {repeated.row(0)}")
