"""Offers to core tables: dates, rates, duplicates of the register."""

import datetime as dt
from typing import Any

import polars as pl
import pytest

from scrapers.records import Ground, Landed, Offer, Origin
from warehouse.normalise import Landing, market


def landed(
    key: str, at: dt.datetime, *, source: str = "market/shop", kind: str = "reconstructed", **values: Any
) -> Landed:
    values = {
        "chip_text": "RTX 4090",
        "chip_family": "nvidia-rtx-4090",
        "platform_id": "shop",
        "ground": Ground(quote="q", locator="row 1"),
    } | values
    return Landed(
        Offer(listing_key=key, **values),
        Origin(
            source_id=source,
            source_url="https://shop.example/list",
            capture_sha256=f"{at:%Y%m%d}",
            capture_kind=kind,  # type: ignore[arg-type]
            observed_at=at,
            observed_until=at,
            parser_version="1",
        ),
    )


def day(number: int) -> dt.datetime:
    return dt.datetime(2026, 8, number, tzinfo=dt.UTC)


def offers(*records: Landed) -> pl.DataFrame:
    return market.tables(Landing(records=records, captures=()))["core_market__offers"].sort(
        "listing_key", "valid_from"
    )


@pytest.mark.parametrize(
    ("unit", "value", "cards", "rate"),
    [
        ("CNY/gpu-hour", 2.0, 8, 2.0),
        ("CNY/instance-hour", 16.0, 8, 2.0),
        ("CNY/server-month", 11680.0, 8, 2.0),
        ("USD/gpu-year", 17520.0, 1, 2.0),
        ("CNY/server-day", 384.0, 8, 2.0),
        ("CNY/instance-hour", 16.0, None, None),
        ("CNY/pflops-year", 16.0, 8, None),
        ("CNY/server", 16.0, 8, None),
        (None, 16.0, 8, None),
    ],
)
def test_price_of_a_card_hour(unit: str | None, value: float, cards: int | None, rate: float | None) -> None:
    got = offers(
        landed(
            "a",
            day(1),
            price_value=value,
            price_unit=unit,
            chips_per_offer=cards,
            currency=unit and unit[:3],
        )
    )
    assert got["price_per_gpu_hour"].to_list() == [pytest.approx(rate) if rate else None]


def test_card_and_node_quotation_of_one_offer_agree() -> None:
    got = offers(
        landed(
            "card", day(1), price_value=1.99, price_unit="USD/gpu-hour", currency="USD", chips_per_offer=1
        ),
        landed(
            "node", day(1), price_value=15.92, price_unit="USD/server-hour", currency="USD", chips_per_offer=8
        ),
    )
    assert got["price_per_gpu_hour"][0] == pytest.approx(got["price_per_gpu_hour"][1], rel=0.03)


def test_the_readers_price_of_a_slice_is_kept_at_both_ends_of_a_range() -> None:
    got = offers(
        landed("a", day(1), price_value=3.05, price_value_max=3.355, price_unit="CNY/instance-hour", currency="CNY",
               price_cny_per_gpu_hour=12.2, quarantine="fraction")
    )  # fmt: skip
    (low, high), fault = (
        got.select("price_per_gpu_hour", "price_per_gpu_hour_max").row(0),
        got["quarantine"][0],
    )
    assert (low, high, fault) == (12.2, pytest.approx(13.42), "fraction")


@pytest.mark.parametrize(
    ("values", "month"),
    [
        ({}, dt.date(2026, 8, 1)),
        ({"date_basis": "page", "page_date": dt.date(2024, 3, 30)}, dt.date(2024, 3, 1)),
        (
            {"date_basis": "span", "page_date": dt.date(2026, 7, 1), "page_date_to": dt.date(2026, 7, 31)},
            dt.date(2026, 7, 1),
        ),
        (
            {"date_basis": "span", "page_date": dt.date(2026, 1, 1), "page_date_to": dt.date(2026, 12, 31)},
            None,
        ),
        ({"date_basis": "unknown"}, None),
        ({"offer_kind": "index", "page_date": dt.date(2026, 7, 16)}, dt.date(2026, 7, 1)),
        ({"offer_kind": "ask", "page_date": dt.date(2023, 1, 1)}, dt.date(2026, 8, 1)),
    ],
)
def test_month_of_a_price(values: dict[str, Any], month: dt.date | None) -> None:
    assert offers(landed("a", day(20), **values))["price_month"].to_list() == [month]


def test_a_register_row_stands_on_its_own_date_and_is_never_closed() -> None:
    first, second = dt.date(2026, 7, 1), dt.date(2026, 7, 15)
    got = offers(
        landed("a", day(20), kind="curated", date_basis="page", page_date=first, price_value=1.0),
        landed("b", day(20), kind="curated", date_basis="page", page_date=second, price_value=1.0),
    )
    assert got["valid_from"].dt.date().to_list() == [first, second]
    assert got["valid_to"].null_count() == 2


def test_a_line_that_stands_twice_is_one_and_two_lines_of_one_key_are_two() -> None:
    got = offers(
        landed("a", day(1), price_value=1.0),
        landed("a", day(1), price_value=1.0),
        landed("a", day(1), price_value=2.0),
    )
    assert got["price_value"].to_list() == [1.0, 2.0]
    assert got["offer_id"].n_unique() == 2


PAGE = {"price_value": 2.08, "price_unit": "CNY/gpu-hour", "currency": "CNY", "chips_per_offer": 1}


def both(page: dict[str, Any], register: dict[str, Any], on: dt.date = dt.date(2026, 8, 20)) -> pl.DataFrame:
    return offers(
        landed("page", day(20), **PAGE | page),
        landed("register", day(24), source="market/offers_register", kind="curated", date_basis="page",
               page_date=on, **PAGE | register),
    )  # fmt: skip


def test_a_register_row_that_a_page_shows_is_its_duplicate() -> None:
    got = both({}, {})
    page = got.filter(listing_key="page")["offer_id"][0]
    assert dict(got.select("listing_key", "duplicate_of").iter_rows()) == {"page": None, "register": page}


@pytest.mark.parametrize(
    ("page", "register", "on"),
    [
        ({}, {"price_value": 2.2}, dt.date(2026, 8, 20)),
        ({}, {"chips_per_offer": 8}, dt.date(2026, 8, 20)),
        ({}, {"platform_id": "other"}, dt.date(2026, 8, 20)),
        ({}, {"chip_family": "nvidia-rtx-4090d"}, dt.date(2026, 8, 20)),
        ({}, {"currency": "USD", "price_unit": "USD/gpu-hour"}, dt.date(2026, 8, 20)),
        ({"memory_gib": 24.0}, {"memory_gib": 48.0}, dt.date(2026, 8, 20)),
        ({}, {}, dt.date(2024, 3, 30)),
    ],
)
def test_another_offer_is_no_duplicate(page: dict[str, Any], register: dict[str, Any], on: dt.date) -> None:
    assert both(page, register, on)["duplicate_of"].null_count() == 2


def test_changes_name_price_stock_and_disappearance() -> None:
    other = landed("b", day(3), price_value=1.0, price_unit="CNY/gpu-hour")
    got = market.tables(
        Landing(
            records=[
                landed("a", day(1), price_value=2.0, price_unit="CNY/gpu-hour", quantity_idle=215),
                landed("a", day(2), price_value=1.9, price_unit="CNY/gpu-hour", quantity_idle=0),
                other,
            ],
            captures=(),
        )
    )["core_trust__changes"]
    assert got.select("changed_at", "what", "before", "after").sort("changed_at", "what").rows() == [
        (dt.datetime(2026, 8, 2), "price_value", "2.0", "1.9"),
        (dt.datetime(2026, 8, 2), "quantity_idle", "215", "0"),
        (dt.datetime(2026, 8, 3), "listing", "1.9 CNY/gpu-hour", None),
    ]


def test_nothing_landed_gives_empty_tables() -> None:
    got = market.tables(Landing(records=(), captures=()))
    assert all(frame.is_empty() for frame in got.values())


def test_a_page_that_restates_other_documents_is_one_list() -> None:
    """The address shown is the document's; what was asked is the page: another document a month later ends a listing."""
    first = landed("a", day(1), ground=Ground(quote="q", locator="row 1", url="https://x.example/one"))
    second = landed("b", day(20), ground=Ground(quote="q", locator="row 1", url="https://x.example/two"))
    got = offers(first, second)
    assert dict(got.select("listing_key", "closed_by").iter_rows()) == {"a": "disappeared", "b": None}
    assert got["source_url"].to_list() == ["https://x.example/one", "https://x.example/two"]
