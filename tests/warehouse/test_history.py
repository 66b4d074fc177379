import datetime as dt

import polars as pl

from warehouse.history import changes, fold

DAYS = [dt.datetime(2026, 1, day) for day in (1, 2, 3)]


def observed(values: list[tuple[str, int | None, dt.datetime]]) -> pl.DataFrame:
    frame = pl.DataFrame(
        values, schema={"k": pl.String, "v": pl.Int64, "observed_at": pl.Datetime("us")}, orient="row"
    )
    return frame.with_columns(source_id=pl.lit("x/y"), source_url=pl.lit("u"), capture_sha256=pl.lit("c"))


def test_fold_keeps_latest_content_and_both_ends() -> None:
    folded = fold(observed([("a", 2, DAYS[2]), ("a", 1, DAYS[0]), ("b", 5, DAYS[1])]), ["k"]).sort("k")
    assert folded.select("k", "v", "first_seen_at", "last_seen_at").rows() == [
        ("a", 2, DAYS[0], DAYS[2]),
        ("b", 5, DAYS[1], DAYS[1]),
    ]


def test_fold_of_nothing_has_the_columns() -> None:
    assert {"first_seen_at", "last_seen_at"} <= set(fold(observed([]), ["k"]).columns)


def test_changes_tells_before_and_after_and_sees_nulls() -> None:
    got = changes(
        observed([("a", 1, DAYS[0]), ("a", None, DAYS[1]), ("a", None, DAYS[2]), ("b", 1, DAYS[0])]),
        ["k"],
        ["v"],
        "thing",
    )
    assert got.select("changed_at", "subject", "what", "before", "after").rows() == [
        (DAYS[1], "thing:a", "v", "1", None)
    ]
