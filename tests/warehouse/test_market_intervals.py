"""Intervals of listings: what ends a price, what ends a listing, and what does not."""

import datetime as dt
import itertools
import tempfile
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from warehouse.intervals import Sighting, intervals

NAMES = Sighting(listing="id", lists=("url",), price=("price",), stock=("idle",))
SCHEMA = {
    "id": pl.String,
    "url": pl.String,
    "price": pl.Float64,
    "idle": pl.Int64,
    "at": pl.Datetime("us"),
    "until": pl.Datetime("us"),
}


def day(number: int) -> dt.datetime:
    return dt.datetime(2026, 1, 1) + dt.timedelta(days=number)


def fold(*rows: tuple[str, str, float | None, int | None, int]) -> list[dict[str, object]]:
    frame = pl.DataFrame([(*row[:4], day(row[4]), day(row[4])) for row in rows], SCHEMA, orient="row")
    frame = frame.with_columns(captured_at="at", captured_until="until")
    return intervals(frame.lazy(), NAMES).sort("id", "valid_from").to_dicts()


def spans(rows: list[dict[str, object]]) -> list[tuple[object, ...]]:
    return [(r["id"], r["price"], r["valid_from"], r["valid_to"], r["closed_by"]) for r in rows]


def test_a_new_price_ends_the_old_one() -> None:
    got = fold(("a", "u", 2.0, None, 0), ("a", "u", 2.0, None, 1), ("a", "u", 3.0, None, 2))
    assert spans(got) == [("a", 2.0, day(0), day(2), "changed"), ("a", 3.0, day(2), None, None)]
    assert got[0]["observed_at"] == day(1)


def test_stock_changes_keep_the_price() -> None:
    got = fold(("a", "u", 2.0, 5, 0), ("a", "u", 2.0, 0, 1), ("a", "u", 3.0, 0, 2))
    assert [(r["valid_from"], r["price_valid_from"], r["idle"]) for r in got] == [
        (day(0), day(0), 5),
        (day(1), day(0), 0),
        (day(2), day(2), 0),
    ]


def test_disappearance_closes_at_the_next_reading_of_the_list() -> None:
    got = fold(("a", "u", 2.0, None, 0), ("b", "u", 1.0, None, 0), ("b", "u", 1.0, None, 3))
    assert spans(got) == [("a", 2.0, day(0), day(3), "disappeared"), ("b", 1.0, day(0), None, None)]


def test_a_failed_or_empty_reading_closes_nothing() -> None:
    # Nothing was read on day 1: neither a failed fetch nor an empty page leaves a sighting.
    got = fold(("a", "u", 2.0, None, 0), ("a", "u", 2.0, None, 2))
    assert spans(got) == [("a", 2.0, day(0), None, None)]


def test_another_list_of_the_source_closes_nothing() -> None:
    got = fold(("a", "u", 2.0, None, 0), ("b", "v", 1.0, None, 5))
    assert spans(got)[0] == ("a", 2.0, day(0), None, None)


def test_coming_back_opens_a_new_interval_at_the_same_price() -> None:
    got = fold(
        ("a", "u", 2.0, None, 0), ("b", "u", 1.0, None, 0), ("b", "u", 1.0, None, 1), ("a", "u", 2.0, None, 2)
    )
    assert spans(got)[:2] == [("a", 2.0, day(0), day(1), "disappeared"), ("a", 2.0, day(2), None, None)]


def test_moving_to_the_next_page_of_a_list_is_not_a_gap() -> None:
    minute = dt.timedelta(minutes=1)
    frame = pl.DataFrame(
        [
            ("a", "p1", 2.0, None, day(0), day(0)),
            ("b", "p1", 1.0, None, day(1), day(1)),
            ("a", "p2", 2.0, None, day(1) + minute, day(1) + minute),
        ],
        SCHEMA,
        orient="row",
    ).with_columns(captured_at="at", captured_until="until")
    got = intervals(frame.lazy(), NAMES).filter(id="a").to_dicts()
    assert spans(got) == [("a", 2.0, day(0), None, None)]


def test_nothing_seen_gives_no_rows_and_all_columns() -> None:
    got = intervals(
        pl.DataFrame(schema=SCHEMA).with_columns(captured_at="at", captured_until="until").lazy(), NAMES
    )
    assert got.is_empty()
    assert {"valid_from", "valid_to", "price_valid_from", "closed_by", "first_seen_at"} <= set(got.columns)


READINGS = st.lists(
    st.dictionaries(
        st.sampled_from("abcd"), st.tuples(st.sampled_from([1.0, 2.0]), st.sampled_from([0, 5])), max_size=4
    ),
    min_size=1,
    max_size=8,
)


@given(READINGS)
def test_intervals_say_again_what_was_read(readings: list[dict[str, tuple[float, int]]]) -> None:
    """Replaying the intervals on each day read gives back exactly the page of that day, and none overlaps another."""
    rows = [(k, "u", p, i, n) for n, page in enumerate(readings) for k, (p, i) in page.items()]
    got = fold(*rows)
    for n, page in enumerate(readings):
        if not page:
            continue  # an empty page is taken for a failure
        standing = {
            r["id"]: (r["price"], r["idle"])
            for r in got
            if r["valid_from"] <= day(n) and (r["valid_to"] is None or r["valid_to"] > day(n))  # type: ignore[operator]
        }
        assert standing == page
    for left, right in itertools.pairwise(got):
        if left["id"] == right["id"]:
            assert left["valid_to"] is not None
            assert left["valid_to"] <= right["valid_from"]  # type: ignore[operator]


@given(READINGS)
def test_a_scan_of_files_gives_the_same_as_a_frame(readings: list[dict[str, tuple[float, int]]]) -> None:

    rows = [(k, "u", p, i, day(n), day(n)) for n, page in enumerate(readings) for k, (p, i) in page.items()]
    frame = pl.DataFrame(rows, SCHEMA, orient="row").with_columns(captured_at="at", captured_until="until")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.parquet"
        frame.write_parquet(path)
        scanned = intervals(pl.scan_parquet(path), NAMES).sort("id", "valid_from")
    assert scanned.equals(intervals(frame.lazy(), NAMES).sort("id", "valid_from"))
