"""The run as Dagster assets: sources and their ledger, core tables, marts, publication.

One multi-asset a domain holds a skippable asset a source and a ledger that always materialises. A failing source shows
a failed check and no materialisation while the rest goes on; everything downstream hangs on the ledgers.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from graphlib import TopologicalSorter
from typing import Any, Self

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets
from dagster_dbt.asset_utils import get_asset_check_key_for_test
from pydantic import Field

from pipelines import metadata, refresh, transform
from pipelines.paths import DBT, ROOT, home
from scrapers.source import Domain, Source, discover
from warehouse.schema import Table
from warehouse.schema import marts as mart_tables

OWNERS = ["team:data"]
SOURCES = {source.id: source for source in discover()}


class Collection(dg.ConfigurableResource):  # type: ignore[type-arg]
    """How a run gets its bytes: bundled pages (`live: false`) or the network; `only` limits it to some source ids,
    `due_only` to those whose cadence has passed since they were last asked."""

    live: bool = False
    only: list[str] = Field(default_factory=list)
    due_only: bool = False
    allow_shrink: bool = False

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Self]:
        with refresh.alone(home()):
            yield self

    def wanted(self, sources: list[Source]) -> list[Source]:
        named = [source for source in sources if not self.only or source.id in self.only]
        return refresh.due(home(), named, dt.datetime.now(dt.UTC)) if self.due_only else named


def source_key(source: Source) -> dg.AssetKey:
    return dg.AssetKey(["sources", *source.id.split("/")])


def ledger_key(domain: Domain) -> dg.AssetKey:
    return dg.AssetKey(["ledger", domain])


def core_key(table: Table) -> dg.AssetKey:
    return dg.AssetKey(["core", table.name])


def landed_check(source: Source) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        "landed", asset=source_key(source), description="The source answered, within its bounds."
    )


def fresh_check(source: Source) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        "fresh",
        asset=source_key(source),
        description=f"Its newest content is at most {source.expect.quiet_days} days old.",
    )


def _source_spec(source: Source) -> dg.AssetSpec:
    return dg.AssetSpec(
        source_key(source),
        skippable=True,
        group_name=f"sources_{source.domain}",
        description=f"{source.title}. {source.summary}",
        owners=OWNERS,
        kinds={"python"},
        metadata={
            "publisher": f"{source.publisher.name} ({source.publisher.name_en})",
            "site": dg.MetadataValue.url(source.publisher.url),
            "platform": source.platform,
            "cadence": source.cadence,
            "address_confidence": source.confidence,
            **metadata.code(source.folder / "source.yml", ROOT / f"scrapers/platforms/{source.platform}.py"),
        },
    )


def collect_assets(domain: Domain) -> dg.AssetsDefinition:
    """The sources of one domain and their ledger."""
    sources = [source for source in SOURCES.values() if source.domain == domain]
    ledger = dg.AssetSpec(
        ledger_key(domain),
        group_name=f"sources_{domain}",
        description=f"Outcome of every attempt at a {domain} source; always written, whatever failed.",
        owners=OWNERS,
        kinds={"python"},
        metadata=metadata.code(ROOT / "scrapers/collect.py"),
    )

    @dg.multi_asset(
        name=f"collect_{domain}",
        specs=[*map(_source_spec, sources), ledger],
        check_specs=[check(source) for source in sources for check in (landed_check, fresh_check)],
        # A run may leave sources out: by selection in the UI, by `--only`, or because they are not due.
        can_subset=True,
    )
    def collect(context: dg.AssetExecutionContext, collection: Collection) -> Iterator[Any]:
        chosen = context.selected_asset_keys
        wanted = collection.wanted([source for source in sources if source_key(source) in chosen])
        reports = refresh.collect(home(), wanted, run_id=context.run_id, live=collection.live)
        day = dt.date.today() if collection.live else refresh.as_of(home())
        for report in reports:
            key = source_key(report.source)
            if report.ok:
                yield dg.MaterializeResult(asset_key=key, metadata=metadata.source_metadata(report))
            yield dg.AssetCheckResult(
                asset_key=key,
                check_name="landed",
                passed=report.ok,
                description=report.reason,
                metadata=metadata.source_metadata(report),
            )
            age = refresh.content_age(report, day)
            yield dg.AssetCheckResult(
                asset_key=key,
                check_name="fresh",
                passed=age is None or age <= report.source.expect.quiet_days,
                severity=dg.AssetCheckSeverity.WARN,
                description=None if age is None else f"newest content is {age} days old",
            )
        if ledger.key not in chosen:
            return
        yield dg.MaterializeResult(
            asset_key=ledger.key,
            metadata={
                "outcomes": metadata.outcome_table(reports),
                "sources": len(reports),
                "failed": sum(not report.ok for report in reports),
                "records": sum(len(report.records) for report in reports),
            },
        )

    return collect


def core_assets(domain: str, tables: list[Table], ledgers: list[dg.AssetKey]) -> dg.AssetsDefinition:
    """The core tables of one domain, read from the archive."""

    @dg.multi_asset(
        name=f"normalise_{domain}",
        specs=[
            dg.AssetSpec(
                core_key(table),
                deps=ledgers,
                group_name="core",
                description=table.description,
                owners=OWNERS,
                kinds={"polars", "parquet"},
                metadata=metadata.code(
                    ROOT / f"warehouse/normalise/{domain}.py", ROOT / f"warehouse/schema/{domain}.py"
                ),
            )
            for table in tables
        ],
    )
    def normalise(context: dg.AssetExecutionContext) -> Iterator[Any]:
        for name, frame in refresh.normalise(home(), domain).items():
            if name not in {table.name for table in tables}:
                continue  # every domain adds its rows to core_trust__changes, an asset of `trust`
            yield dg.MaterializeResult(
                asset_key=dg.AssetKey(["core", name]),
                metadata={"dagster/row_count": frame.height, "size_mb": round(frame.estimated_size("mb"), 2)},
            )

    return normalise


class Translator(DagsterDbtTranslator):
    """Core tables keep the keys of `core_assets`; models are grouped by layer and domain."""

    def __init__(self) -> None:
        super().__init__(DagsterDbtTranslatorSettings(enable_asset_checks=True, enable_code_references=False))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        if dbt_resource_props["resource_type"] == "source":
            return dg.AssetKey(["core", dbt_resource_props["name"]])
        if dbt_resource_props["resource_type"] == "seed":
            return dg.AssetKey(["seeds", dbt_resource_props["name"]])
        layer = dbt_resource_props["fqn"][1]
        return dg.AssetKey([layer, dbt_resource_props["name"]])

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        return str(dbt_resource_props["description"])  # its SQL is a link to the file

    def get_metadata(self, dbt_resource_props: Mapping[str, Any]) -> Mapping[str, Any]:
        shown = dict(super().get_metadata(dbt_resource_props))
        if dbt_resource_props["resource_type"] in ("model", "seed"):
            shown |= metadata.code(DBT / dbt_resource_props["original_file_path"])
        return shown

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        return OWNERS

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        if dbt_resource_props["resource_type"] == "source":
            return "core"
        layer, domain = dbt_resource_props["fqn"][1:3]
        return f"seeds_{layer}" if dbt_resource_props["resource_type"] == "seed" else f"{layer}_{domain}"


MANIFEST: dict[str, Any] = json.loads(transform.manifest(home()).read_text(encoding="utf-8"))


@dbt_assets(manifest=MANIFEST, name="marts", dagster_dbt_translator=Translator())
def marts(context: dg.AssetExecutionContext) -> Iterator[Any]:
    """Core Parquet to the build file, then every dbt model and test in it; nothing to do when no input changed."""
    translator = Translator()
    fingerprint = refresh.fingerprint(home())
    results = transform.last_results(home())
    unchanged = bool(results) and home().build_file.exists() and refresh.is_published(home(), fingerprint)
    if not unchanged:
        results = refresh.build(home())
    made = {node.unique_id for node in results if node.is_made}
    nodes = MANIFEST["nodes"]
    order = TopologicalSorter({name: node["depends_on"].get("nodes", []) for name, node in nodes.items()})
    tables = {mart.name: mart for mart in mart_tables()}
    with refresh.build_file(home()) as connection:
        for props in (nodes[name] for name in order.static_order() if name in nodes):
            if props["resource_type"] not in ("model", "seed") or props["unique_id"] not in made:
                continue
            shown: dict[str, Any] = {"unchanged": unchanged}
            if props["name"] in tables:
                shown |= metadata.mart_metadata(connection, tables[props["name"]])
            yield dg.MaterializeResult(asset_key=translator.get_asset_key(props), metadata=shown)
    for node in results:
        # Tests are reported by the run that ran them.
        if node.resource_type == "test" and not unchanged:
            key = get_asset_check_key_for_test(MANIFEST, translator, node.unique_id, project=None)
            if key is not None:
                yield dg.AssetCheckResult(
                    asset_key=key.asset_key,
                    check_name=key.name,
                    passed=node.ok,
                    description=node.message,
                    metadata={"failing_rows": node.failures or 0},
                )
    failed = [node for node in results if not node.ok]
    if failed:
        raise dg.Failure(refresh.failure_lines(failed), allow_retries=False)


@dg.asset(
    key="published",
    deps=[marts],
    group_name="published",
    owners=OWNERS,
    kinds={"duckdb", "parquet", "csv"},
    description="What readers have: chipwatch.duckdb, Parquet, CSV, dictionary, dbt docs and dashboard. Replaced only "
    "when the gate passes.",
    metadata=metadata.code(ROOT / "warehouse/publish.py", ROOT / "pipelines/site/build.py"),
)
def published(context: dg.AssetExecutionContext, collection: Collection) -> dg.MaterializeResult[None]:
    manifest = refresh.publish(home(), allow_shrink=collection.allow_shrink)
    return dg.MaterializeResult(
        metadata={
            "as_of": manifest["as_of"],
            "published_at": manifest["published_at"],
            "total_rows": sum(mart["rows"] for mart in manifest["marts"].values()),
            "rows": metadata.rows_table(manifest, refresh.changes_since_previous(home())),
        }
    )
