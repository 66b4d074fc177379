"""The steps of a run, without Dagster: collect, normalise, build, publish."""

import datetime as dt
import fcntl
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import duckdb
import polars as pl

from pipelines import progress, transform
from pipelines.paths import ROOT, Home
from scrapers.archive import Archive
from scrapers.collect import Client, Outcome, ReplayClient, collect_all, from_archive
from scrapers.fetch import LiveClient
from scrapers.source import Source, discover
from warehouse import build as core_build
from warehouse import publish as publication
from warehouse import store
from warehouse.normalise import Landing, trust

EVERY = {
    "hourly": dt.timedelta(minutes=50),
    "daily": dt.timedelta(hours=20),
    "weekly": dt.timedelta(days=6),
    "monthly": dt.timedelta(days=27),
    "quarterly": dt.timedelta(days=85),
    "yearly": dt.timedelta(days=360),
    "once": dt.timedelta.max,
}
"""Least time between two visits by cadence; somewhat under the cadence, since a schedule's ticks are not to the minute."""

SITE_DOCS = "docs/index.html"
SITE = "site"


def collect(place: Home, sources: Sequence[Source], *, run_id: str, live: bool) -> list[Outcome]:
    """Asks each source, archives what is new, reads everything archived. One source's failure is its own."""
    archive = Archive(place.archive)
    client: Client = LiveClient() if live else ReplayClient()
    with progress.bar("collect", len(sources)) as step:
        return collect_all(
            sources,
            client,
            archive,
            run_id=run_id,
            cache=place.parse_cache,
            progress=lambda source: step(source.id),
        )


def due(place: Home, sources: Sequence[Source], now: dt.datetime) -> list[Source]:
    """The sources whose cadence has passed since they were last asked. Replayed pages count by the day they speak of, so
    a first live run asks everything."""
    archive = Archive(place.archive)
    return [
        source
        for source in sources
        if not (asked := [attempt.observed_at for attempt in archive.attempts(source.id)])
        or now - max(asked) >= EVERY[source.cadence]
    ]


def outcomes(place: Home, domain: str | None = None) -> list[Outcome]:
    """What the archive holds for each source, read without asking anybody."""
    archive = Archive(place.archive)
    wanted = [source for source in discover() if domain is None or source.domain == domain]
    found = []
    with progress.bar(f"read {domain or 'all'}", len(wanted)) as step:
        for source in wanted:
            found.append(from_archive(source, archive, cache=place.parse_cache))
            step(source.id)
    return found


def as_of(place: Home) -> dt.date:
    """The day of the newest capture: what the data as a whole speaks of."""
    archive = Archive(place.archive)
    times = (archive.newest(source.id) for source in discover())
    return max((moment.date() for moment in times if moment), default=dt.date.min)


def normalise(place: Home, domain: str) -> dict[str, pl.DataFrame]:
    """Writes the core tables of one domain (or `trust`) from the archive; returns them."""
    if domain == "trust":
        found = outcomes(place)
        frames = trust.tables((_report(outcome) for outcome in found), as_of(place))
    else:
        landings = outcomes(place, domain)
        landing = Landing(
            records=sorted(
                (r for report in landings for r in report.records), key=lambda r: r.origin.observed_at
            ),
            captures=sorted(
                (seen for report in landings for seen in report.seen), key=lambda seen: seen.observed_at
            ),
        )
        frames = import_module(f"warehouse.normalise.{domain}").tables(landing)
    store.write_all(frames, place.core / domain)
    return frames


def _report(outcome: Outcome) -> trust.SourceReport:
    return trust.SourceReport(
        source=outcome.source,
        records=outcome.records,
        issues=outcome.issues,
        captures=outcome.captures,
        attempts=outcome.attempts,
        failure_reason=outcome.reason,
    )


def build(place: Home) -> list[transform.Node]:
    """Core Parquet to the build file, then dbt over it. Returns dbt's results, failing ones included."""
    transform.forget_results(place)
    core_build.build(place.core, place.build_file)
    return transform.build(place)


def fingerprint(place: Home) -> str:
    """Identifies everything a publication depends on: core tables but for the times of attempts, the dbt project, the
    code that builds and publishes, and the day (staleness moves with it)."""
    digest = hashlib.sha256(transform.project_digest().encode())
    for path in sorted(place.core.rglob("*.parquet")):
        digest.update(str(path.relative_to(place.core)).encode())
        if path.stem == "core_trust__attempts":
            latest = pl.read_parquet(path).select(
                "source_id", "url", ok=pl.col("outcome").is_in(["new", "unchanged"]), reason="reason"
            )
            digest.update(latest.unique().sort(pl.all()).write_csv().encode())
        else:
            digest.update(path.read_bytes())
    for folder in ("warehouse", "pipelines"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()


def is_published(place: Home, mark: str) -> bool:
    manifest = publication.read_manifest(place.published)
    return (
        manifest is not None
        and manifest["fingerprint"] == mark
        and all((place.published / name).exists() for name in manifest["files"])
    )


@contextmanager
def alone(place: Home) -> Iterator[None]:
    """Holds a home for one run, as what it builds has one writer; another that starts meanwhile says so and waits."""
    place.dagster.mkdir(parents=True, exist_ok=True)
    with (place.dagster / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"chipwatch: another run is at work in {place.root}; waiting for it", file=sys.stderr)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def build_file(place: Home) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the file of the newest build."""
    return duckdb.connect(str(place.build_file), read_only=True)


def changes_since_previous(place: Home) -> dict[str, Any]:
    """Rows that came and went with the newest publication, by mart; none before there was one."""
    path = place.published / publication.CHANGES
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def publish(place: Home, *, allow_shrink: bool) -> dict[str, Any]:
    """Docs, dashboard and exports, then the gate and the replacement; nothing but a note of the time when no input
    changed. Returns the manifest; `GateError` leaves what is published."""
    now = dt.datetime.now(dt.UTC)
    mark = fingerprint(place)
    if is_published(place, mark):
        return publication.mark_checked(place.published, now)
    from pipelines.site.build import (
        build as build_site,
    )  # Altair and its renderer take most of a second to load

    docs = transform.docs(place)
    with build_file(place) as connection:
        row = connection.execute("select max(as_of_date) from core.core_trust__health").fetchone()
    day = row[0] if row and row[0] else now.date()
    site = build_site(place.build_file, place.site, as_of=day)
    return publication.publish(
        place.build_file,
        place.published,
        now=now,
        as_of=day,
        fingerprint=mark,
        extras=[publication.Extra(docs, SITE_DOCS), publication.Extra(site, SITE)],
        allow_shrink=allow_shrink,
    )


def failure_lines(failed: Sequence[transform.Node]) -> str:
    """One line a failing dbt node."""
    return "\n".join(
        f"dbt {n.resource_type} {n.name}: {' '.join((n.message or n.status).split())}" for n in failed
    )


def content_age(outcome: Outcome, day: dt.date) -> int | None:
    """Days between the newest content and `day`; null when there is none."""
    newest = trust.newest_content_date(outcome.records, outcome.captures)
    return None if newest is None else (day - newest).days


def verdicts(place: Home) -> tuple[dict[str, str], dict[str, str]]:
    """Failed sources with the reason, and stale ones with theirs, after the newest run."""
    health = place.core / "trust" / "core_trust__health.parquet"
    if not health.exists():
        return {}, {}
    failed = pl.read_parquet(health).drop_nulls("failure_reason").select("source_id", "failure_reason").rows()
    if not place.build_file.exists():
        return dict(failed), {}
    with build_file(place) as connection:
        there = connection.execute(
            "select 1 from duckdb_tables() where table_name = 'source_status'"
        ).fetchone()
        stale = (
            connection.execute(
                "select source_id, reason from main.source_status where status = 'stale'"
            ).fetchall()
            if there
            else []
        )
    return dict(failed), dict(stale)
