"""Sightings of listings to intervals of constant content.

A sighting is one listing on one reading of one list. A listing's content holds from its first sighting until another
content is seen, or until the same list is read without it; a list that could not be read, or that came back with nothing
on it, ends nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

ROUND = pl.duration(hours=1)
"""Pages of one list are read within this time; a listing that moved from one page to another meanwhile is not gone."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Names of the columns of a frame of sightings.

    `listing` identifies it across price changes; `lists` the address that was read; `at` and `until` are the first and last
    time this reading's bytes were seen, `captured_at` and `captured_until` the same on the clock of the capture where the
    page carries a date of its own; `price` the columns whose change starts a new price, `stock` those whose change starts
    a new content only.
    """

    listing: str
    lists: Sequence[str]
    price: Sequence[str]
    stock: Sequence[str]
    at: str = "at"
    until: str = "until"
    captured_at: str = "captured_at"
    captured_until: str = "captured_until"


def intervals(sightings: pl.LazyFrame, names: Sighting) -> pl.DataFrame:
    """One row a listing and content: the columns of its last sighting, with `valid_from`, `price_valid_from`, `valid_to`,
    `closed_by` (`changed`, `disappeared`), `observed_at` (last time seen), `first_seen_at`, `last_seen_at`.

    `sightings` may be a scan of Parquet files: only a few numbers a row are held in memory, and the wide columns are read
    for the rows that end an interval. A listing stands once on a reading of a list.
    """
    numbered = sightings.with_row_index("row")
    narrow = numbered.select(
        "row",
        listing=pl.col(names.listing).hash(),
        list=pl.struct(names.lists).hash(),
        at=pl.col(names.at),
        until=pl.col(names.until),
        captured_at=pl.col(names.captured_at),
        captured_until=pl.col(names.captured_until),
        price=pl.struct(names.price).hash(),
        stock=pl.struct(names.stock).hash(),
    ).collect(engine="streaming")
    if narrow.is_empty():
        return _empty(sightings, names)
    marked = (
        narrow.lazy()
        .join(_next_readings(narrow), on=["list", "at"], how="left")
        .sort("listing", "at", "row")
        .with_columns(starts=pl.col("listing").ne_missing(pl.col("listing").shift(1)))
        .with_columns(
            # Gone in between: its list was read without it before it came back.
            broken=pl.col("starts")
            | (pl.col("next_reading").shift(1) + ROUND < pl.col("at")).fill_null(False)
        )
        .with_columns(new_price=pl.col("broken") | (pl.col("price") != pl.col("price").shift(1)))
        .with_columns(new_content=pl.col("new_price") | (pl.col("stock") != pl.col("stock").shift(1)))
        .select(
            "row",
            "listing",
            "at",
            "until",
            "captured_at",
            "captured_until",
            "next_reading",
            "broken",
            price_no=pl.col("new_price").cum_sum(),
            content_no=pl.col("new_content").cum_sum(),
        )
    )
    folded = (
        marked.group_by("content_no", maintain_order=True)
        .agg(
            pl.col("row").last(),
            pl.col("listing").last(),
            pl.col("price_no").last(),
            pl.col("next_reading").last(),
            pl.col("broken").first(),
            valid_from=pl.col("at").min(),
            observed_at=pl.col("until").max(),
            first_seen_at=pl.col("captured_at").min(),
            last_seen_at=pl.col("captured_until").max(),
        )
        .with_columns(
            is_followed=(pl.col("listing") == pl.col("listing").shift(-1)).fill_null(False)
            & ~pl.col("broken").shift(-1).fill_null(True),
            next_from=pl.col("valid_from").shift(-1),
        )
        .select(
            "row",
            "valid_from",
            "observed_at",
            "first_seen_at",
            "last_seen_at",
            price_valid_from=pl.col("valid_from").min().over("price_no"),
            valid_to=pl.when("is_followed").then("next_from").otherwise("next_reading"),
            closed_by=pl.when("is_followed")
            .then(pl.lit("changed"))
            .when(pl.col("next_reading").is_not_null())
            .then(pl.lit("disappeared")),
        )
        .collect(engine="streaming")
    )
    wide = numbered.join(folded.lazy().select("row"), on="row", how="semi").collect(engine="streaming")
    return wide.join(folded, on="row").drop(
        "row", names.at, names.until, names.captured_at, names.captured_until
    )


def _next_readings(narrow: pl.DataFrame) -> pl.LazyFrame:
    """For each reading of a list, the time of the next one. A reading that held no listing is not among the sightings
    and so counts as a failure, not as an empty list."""
    return (
        narrow.lazy()
        .select("list", "at")
        .unique()
        .sort("list", "at")
        .with_columns(next_reading=pl.col("at").shift(-1).over("list"))
    )


def _empty(sightings: pl.LazyFrame, names: Sighting) -> pl.DataFrame:
    frame = sightings.collect()
    moment = frame.schema[names.at]
    times = ("valid_from", "observed_at", "first_seen_at", "last_seen_at", "price_valid_from", "valid_to")
    return frame.drop(names.at, names.until, names.captured_at, names.captured_until).with_columns(
        *(pl.lit(None, moment).alias(name) for name in times), closed_by=pl.lit(None, pl.String)
    )
