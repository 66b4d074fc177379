"""The rule engine of `dbt/` over chips that need not be in a warehouse: the same seeds and the same SQL, in memory.

dbt's models of the restrictions are rendered with the few words of Jinja they use (`ref`, `source` and the project's own
macros) and run in a DuckDB of their own. Nothing is evaluated here; a threshold stands in `dbt/seeds/restrictions` alone.
"""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import duckdb
import jinja2
import polars as pl
import yaml

from pipelines.paths import DBT
from scrapers import collect
from scrapers.records import Landed, Origin
from scrapers.source import SOURCES, load
from warehouse.normalise import Landing, restrictions
from warehouse.schema import DUCKDB, tables

SEEDS = DBT / "seeds" / "restrictions"


def engine(
    inputs: Mapping[str, pl.DataFrame], *, models: tuple[str, ...], seeds: Path = SEEDS
) -> duckdb.DuckDBPyConnection:
    """A connection that holds the named dbt models, and all they read, as tables.

    `inputs` maps core tables (`core_restrictions__chips`) to rows; a core table that is not given is empty. `seeds` may
    be another folder with the same files.
    """
    connection = duckdb.connect(":memory:")
    build = _Build(connection, inputs, seeds)
    for model in models:
        build.ref(model)
    if {"restriction_timeline", "chip_rules", "restriction_events"} <= build.done:
        statuses = build.ref("int_restrictions__chip_statuses")
        # the macros name tables as the published file does
        connection.execute(
            f"create schema intermediate; create view intermediate.{statuses} as from main.{statuses}"
        )
        connection.execute(build.render("{{ create_chip_status_macros() }}"))
    return connection


def bundled() -> dict[str, pl.DataFrame]:
    """Core tables of the curated chips and events as they come with the code, without archive or warehouse."""
    landed = []
    for name in ("chips", "events"):
        source = load(SOURCES / "restrictions" / name)
        moment = dt.datetime.combine(source.options["as_of"], dt.time(), dt.UTC)
        origin = Origin(
            source_id=source.id,
            source_url=source.publisher.url,
            capture_sha256="",
            capture_kind="curated",
            observed_at=moment,
            observed_until=moment,
            parser_version="",
        )
        landed += [Landed(record, origin) for record in collect.bundled_records(source)]
    return restrictions.tables(Landing(records=landed, captures=[]))


class _Build:
    def __init__(
        self, connection: duckdb.DuckDBPyConnection, inputs: Mapping[str, pl.DataFrame], seeds: Path
    ) -> None:
        self.connection, self.inputs, self.seeds = connection, inputs, seeds
        self.done: set[str] = set()
        self.jinja = jinja2.Environment(
            extensions=["jinja2.ext.do"], undefined=jinja2.StrictUndefined, autoescape=False
        )

    def ref(self, name: str) -> str:
        if name not in self.done:
            self.done.add(name)
            if (self.seeds / f"{name}.csv").exists():
                self._seed(name)
            else:
                sql = self.render(_models()[name].read_text(encoding="utf-8"))
                self.connection.execute(f"create table {name} as {sql}")
        return name

    def render(self, text: str) -> str:
        return self.jinja.from_string(_macros() + text).render(
            ref=self.ref, source=self.source, config=lambda **_: ""
        )

    def source(self, _: str, name: str) -> str:
        if name not in self.done:
            self.done.add(name)
            columns = ", ".join(f"{c.name} {DUCKDB[c.type]}" for c in tables()[name].columns)
            self.connection.execute(f"create table {name} ({columns})")
            frame = self.inputs.get(name)
            if frame is not None:
                self.connection.register("given", frame)
                self.connection.execute(f"insert into {name} by name from given")
                self.connection.unregister("given")
        return name

    def _seed(self, name: str) -> None:
        types = ", ".join(f"'{column}': '{kind}'" for column, kind in _seed_types()[name].items())
        self.connection.execute(
            f"create table {name} as from read_csv(?, header = true, columns = {{{types}}}, nullstr = '')",
            [str(self.seeds / f"{name}.csv")],
        )


@cache
def _models() -> dict[str, Path]:
    return {path.stem: path for path in (DBT / "models").rglob("*.sql")}


@cache
def _macros() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted((DBT / "macros").glob("*.sql")))


@cache
def _seed_types() -> dict[str, dict[str, str]]:
    listed = yaml.safe_load((SEEDS / "seeds.yml").read_text(encoding="utf-8"))["seeds"]
    return {seed["name"]: seed["config"]["column_types"] for seed in listed}
