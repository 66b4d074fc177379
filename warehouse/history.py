"""Folds what was seen at many times into what is known: one row a key, with when it was first and last seen.

`first_seen_at` comes from the sequence of captures alone, never from an earlier warehouse, so that a rebuild from the
archive gives the same rows.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import polars as pl

from scrapers.records import Landed


def provenance(landed: Landed) -> dict[str, Any]:
    """The ground and origin columns of one record, with `observed_at` and `observed_until` still to be
    folded."""
    origin, ground = landed.origin, landed.record.ground
    return {
        "quote": ground.quote,
        "quote_start": ground.start,
        "quote_end": ground.end,
        "source_id": origin.source_id,
        "source_url": ground.url or origin.source_url,
        "capture_sha256": origin.capture_sha256,
        "locator": ground.locator,
        "capture_kind": origin.capture_kind,
        "parser_version": origin.parser_version,
        "observed_at": origin.observed_at.astimezone(dt.UTC).replace(tzinfo=None),
        "observed_until": origin.observed_until.astimezone(dt.UTC).replace(tzinfo=None),
    }


def fold(observed: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """One row a key: the content of the latest observation, `first_seen_at` of the earliest, `last_seen_at` of the
    latest. `observed` has one row an observation with `observed_at` and, where the same bytes were seen again later,
    `observed_until` (UTC, no zone); ties keep the later row."""
    if "observed_until" not in observed.columns:
        observed = observed.with_columns(observed_until=pl.col("observed_at"))
    return (
        observed.sort("observed_at", maintain_order=True)
        .group_by(list(key), maintain_order=True)
        .agg(
            pl.all().exclude("observed_at", "observed_until").last(),
            first_seen_at=pl.col("observed_at").min(),
            last_seen_at=pl.col("observed_until").max(),
        )
    )


def changes(observed: pl.DataFrame, key: Sequence[str], watch: Sequence[str], subject: str) -> pl.DataFrame:
    """Each time a watched column of a key differs from its previous observation: `changed_at`, `subject`
    (`<subject>:<key>`), `what` (the column), `before`, `after` as text, `source_id`, `source_url`, `capture_sha256`."""
    ordered = observed.sort("observed_at", maintain_order=True)
    frames = []
    for column in watch:
        before = pl.col(column).shift(1).over(list(key))
        seen_before = pl.int_range(pl.len()).over(list(key)) > 0
        frames.append(
            ordered.with_columns(before=before.cast(pl.String), _old=seen_before)
            .filter(pl.col("_old") & pl.col(column).cast(pl.String).ne_missing(pl.col("before")))
            .select(
                changed_at="observed_at",
                subject=pl.format(
                    f"{subject}:{'/'.join(['{}'] * len(key))}", *[pl.col(k).cast(pl.String) for k in key]
                ),
                what=pl.lit(column),
                before="before",
                after=pl.col(column).cast(pl.String),
                source_id="source_id",
                source_url="source_url",
                capture_sha256="capture_sha256",
            )
        )
    return pl.concat(frames) if frames else pl.DataFrame()
