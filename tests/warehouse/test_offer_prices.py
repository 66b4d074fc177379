"""The bulk path gives what the page reader gives for the same cells."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.documents import Context, Document, Table
from scrapers.extract import offers
from scrapers.records import Offer
from warehouse.normalise.offer_prices import price

RATES = {"2024-01": 7.2, "2026-06": 6.8}
NAMES = [
    "RTX 4090",
    "8*H100",
    "A100 80G SXM",
    "1/4 T4",
    "H20",
    "vGPU-48GB",
    "4090 整机",
    "910B",
    "GN7",
    "天垓100",
    "没有这种卡",
]
TEXTS = ["1.98", "¥2.10", "$1.99", "7.5万", "7.5-8.0", "9,500", "1.88元/时", "3.05起", "面议", "-", "75000"]
HEADS = [
    "元/卡时",
    "价格（元/小时）",
    "月租（万元/台）",
    "价格（元/月）",
    "$/GPU-hr",
    "price_usd_per_hour",
    "CNY/gpu-hour",
    "价格",
]


def by_page(name: str, text: str, head: str, cards: int | None, day: dt.date) -> list[Offer]:
    context = Context(document_key="t", date=day, options={"rates": RATES})
    table = Table([["GPU型号", "显卡数", head], [name, str(cards or ""), text]], "t")
    read = offers.read(Document(text="", tables=[table]), context)
    return [
        r for r in read if isinstance(r, Offer) and r.price_text is not None and r.price_value is not None
    ]


@settings(max_examples=200, deadline=None)
@given(
    name=st.sampled_from(NAMES[:-1]),
    text=st.sampled_from(TEXTS),
    head=st.sampled_from([h for h in HEADS if h != "CNY/gpu-hour"]),
    cards=st.sampled_from([None, 1, 2, 8]),
    day=st.sampled_from([dt.date(2024, 3, 1), dt.date(2026, 7, 15)]),
)
def test_bulk_agrees_with_the_page_reader(
    name: str, text: str, head: str, cards: int | None, day: dt.date
) -> None:
    raw = pl.DataFrame(
        {
            "chip_text": [name],
            "price_text": [text],
            "price_header": [head],
            "chips_per_offer": [cards],
            "observed_on": [day],
        },
        schema_overrides={"chips_per_offer": pl.Int64},
    )
    (row,) = price(raw, RATES).to_dicts()
    page = by_page(name, text, head, cards, day)
    if not page:
        assert row["price_cny_per_gpu_hour"] is None
        return
    (offer,) = page
    assert (row["chip_family"], row["chip_id"]) == (offer.chip_family, offer.chip_id)
    assert row["price_basis_rule"] == offer.price_basis_rule
    assert row["price_unit"] == offer.price_unit
    if offer.offer_kind != "purchase":
        assert row["price_cny_per_gpu_hour"] == pytest.approx(offer.price_cny_per_gpu_hour)
        if offer.quarantine != "currency":
            assert row["quarantine"] == offer.quarantine


def test_rows_keep_their_order_and_columns() -> None:
    raw = pl.DataFrame({"chip_text": NAMES, "price_text": TEXTS, "region": list("abcdefghijk")})
    priced = price(raw, RATES)
    assert priced["chip_text"].to_list() == NAMES
    assert priced["region"].to_list() == raw["region"].to_list()
    assert priced.filter(pl.col("chip_text") == "没有这种卡")["chip_family"].to_list() == [None]


def test_dollars_by_month_and_none_before_the_series() -> None:
    raw = pl.DataFrame(
        {
            "chip_text": ["H100"] * 4,
            "price_text": ["$2.00"] * 4,
            "price_header": ["$/GPU-hr"] * 4,
            "observed_on": [dt.date(2023, 1, 1), dt.date(2024, 2, 1), dt.date(2026, 9, 1), None],
        }
    )
    priced = price(raw, RATES)
    assert priced["price_cny_per_gpu_hour"].to_list() == [None, 14.4, 13.6, 14.0]
    assert priced["price_usd_per_gpu_hour"].to_list() == [None, 2.0, 2.0, 2.0]


def test_no_rows() -> None:
    raw = pl.DataFrame(schema={"chip_text": pl.String(), "price_text": pl.String()})
    assert price(raw, RATES).is_empty()
