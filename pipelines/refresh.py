"""The steps of a run, without Dagster: collect, normalise, build, publish."""

import hashlib
from importlib import import_module

import polars as pl

from pipelines import transform
from pipelines.paths import ROOT, Home
from warehouse import build as build_file
from warehouse import publish as publication
from warehouse import store
from warehouse.normalise import Landing, trust

REPLAY = "replay"


def normalise(place: Home, domain: str) -> dict[str, pl.DataFrame]:
    """Writes the core tables of one domain (or `trust`) from the archive; returns them."""
    if domain == "trust":
        frames = trust.tables(reports(place), as_of(place))
    else:
        landings = [report for report in reports(place) if report.source.domain == domain]
        landing = Landing(
            records=sorted(
                (r for report in landings for r in report.records), key=lambda r: r.origin.observed_at
            ),
            captures=sorted(
                (c.seen() for report in landings for c in report.captures), key=lambda s: s.observed_at
            ),
        )
        frames = import_module(f"warehouse.normalise.{domain}").tables(landing)
    store.write_all(frames, place.core / domain)
    return frames


def build(place: Home) -> list[transform.Node]:
    """Core Parquet to the build file, then dbt over it. Returns dbt's results, failing ones included."""
    build_file.build(place.core, place.build_file)
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
