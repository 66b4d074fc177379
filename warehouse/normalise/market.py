"""The GPU market: offers to intervals, and the curated tables of platforms, hubs, contracts and curbs."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

import polars as pl

from scrapers.extract.offers.units import HOURS
from scrapers.records import Landed, Offer
from warehouse.history import provenance
from warehouse.intervals import Sighting, intervals
from warehouse.normalise import Landing
from warehouse.normalise.facts import fact_tables
from warehouse.schema import POLARS, conform
from warehouse.schema import tables as schema

FACTS = (
    "core_market__platforms",
    "core_market__compute_hubs",
    "core_market__contracts",
    "core_market__rental_curbs",
    "core_market__exchange_notices",
)
PRICE = (
    "price_value",
    "price_value_max",
    "price_text",
    "price_unit",
    "price_bound",
    "currency",
    "quarantine",
)
STOCK = ("availability", "quantity_idle", "quantity_total")
SIGHTING = Sighting(listing="offer_id", lists=("source_id", "list"), price=PRICE, stock=STOCK)
SAME_PRICE = 0.005
"""A register row and a page row whose prices differ by no more than this share are one offer."""
SAME_TIME = dt.timedelta(days=31)


def tables(landing: Landing) -> dict[str, pl.DataFrame]:
    """Core tables of the market. Pure: no clock, no file."""
    landing = landing.standing()
    return {**offer_tables(sightings(landing.records).lazy()), **fact_tables(landing, FACTS)}


def offer_tables(seen: pl.LazyFrame) -> dict[str, pl.DataFrame]:
    """Offers with their intervals, the days their lists were read, and what changed between. `seen` is what `sightings`
    gives, or a scan of such rows in Parquet: it is not read into memory whole."""
    offers = mark_duplicates(intervals(seen, SIGHTING).drop("list"))
    return {
        "core_market__offers": conform(offers, schema()["core_market__offers"]),
        "core_market__listing_days": conform(listing_days(seen), schema()["core_market__listing_days"]),
        "core_trust__changes": conform(changes(offers), schema()["core_trust__changes"]),
    }


def sightings(records: Iterable[Landed]) -> pl.DataFrame:
    """One row an offer and reading, with `at`, `until`, `captured_at`, `captured_until` (UTC, no zone) and the columns of
    `core_market__offers` but those an interval adds. A line that stands twice on one reading is one row; two different
    lines with one key are told apart by their order."""
    table = schema()["core_market__offers"]
    types = {column.name: POLARS[column.type] for column in table.columns}
    moment = POLARS["timestamp"]
    given = {name: types[name] for name in types if name not in _ADDED} | dict.fromkeys(
        ("at", "until", "captured_at", "captured_until"), moment
    )
    given["list"] = pl.String()
    given["price_cny_per_gpu_hour"] = pl.Float64()
    rows = [_row(landed, landed.record) for landed in records if isinstance(landed.record, Offer)]
    frame = pl.DataFrame(rows, schema=given, orient="row")
    content = [name for name in frame.columns if name not in ("locator", "quote", "quote_start", "quote_end")]
    order = pl.int_range(pl.len()).over("source_id", "listing_key", "at")
    frame = frame.unique(subset=content, keep="first", maintain_order=True).with_columns(
        listing_key=pl.when(order > 0)
        .then(pl.format("{}#{}", "listing_key", order + 1))
        .otherwise("listing_key")
    )
    return derived(
        frame.with_columns(
            offer_id=pl.Series(
                [offer_id(*key) for key in frame.select("source_id", "listing_key").iter_rows()],
                dtype=pl.String,
            )
        )
    )


def derived(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows of `sightings` from what was read and `offer_id`: the list they stood on, price per GPU-hour, month."""
    return (
        frame.with_columns(
            # What carries its own date is not a reading of a list: the next date does not end it.
            list=pl.when(pl.col("at") == pl.col("captured_at")).then("list").otherwise("offer_id")
        )
        .with_columns(
            # The reader knows slices of a card and cards per server; the unit alone does not.
            price_per_gpu_hour=pl.when(pl.col("currency") == "CNY")
            .then(pl.coalesce(pl.col("price_cny_per_gpu_hour"), _rate()))
            .otherwise(_rate()),
            price_month=_month(),
        )
        .with_columns(
            price_per_gpu_hour_max=pl.col("price_per_gpu_hour")
            * pl.col("price_value_max")
            / pl.col("price_value")
        )
        .drop("price_cny_per_gpu_hour")
    )


_ADDED = frozenset(
    {
        "offer_id",
        "price_per_gpu_hour",
        "price_per_gpu_hour_max",
        "price_month",
        "valid_from",
        "price_valid_from",
        "valid_to",
        "closed_by",
        "observed_at",
        "first_seen_at",
        "last_seen_at",
        "duplicate_of",
    }
)


def _row(landed: Landed, offer: Offer) -> dict[str, Any]:
    origin = provenance(landed)
    captured_at = origin.pop("observed_at")
    captured_until = origin.pop("observed_until")
    basis = offer.date_basis or (
        "page" if offer.offer_kind == "index" and offer.page_date is not None else "capture"
    )
    at, until = captured_at, captured_until
    # A register row was typed in today about a page of its own date; so is an index of the day it prints.
    if offer.page_date is not None and (origin["capture_kind"] == "curated" or basis == "page"):
        at = until = dt.datetime.combine(offer.page_date, dt.time())
    return origin | {
        # The address that was asked; `source_url` may be the document a bundled page restates.
        "list": landed.origin.source_url,
        "listing_key": offer.listing_key,
        "platform_id": offer.platform_id,
        "channel": offer.channel,
        "market": offer.market,
        "seller_name": offer.seller_name,
        "chip_family": offer.chip_family,
        "chip_id": offer.chip_id,
        "chip_text": offer.chip_text,
        "chips_per_offer": offer.chips_per_offer,
        "memory_gib": offer.memory_gib,
        "form_factor": offer.form_factor,
        "price_value": offer.price_value,
        "price_value_max": offer.price_value_max,
        "price_text": offer.price_text,
        "price_unit": offer.price_unit,
        "price_bound": offer.price_bound,
        "price_tier": offer.price_tier,
        "currency": offer.currency,
        "price_cny_per_gpu_hour": offer.price_cny_per_gpu_hour,
        "price_basis_rule": offer.price_basis_rule,
        "term": offer.term,
        "is_tax_included": offer.is_tax_included,
        "quantity_idle": offer.quantity_idle,
        "quantity_total": offer.quantity_total,
        "availability": offer.availability,
        "region_name": (offer.region or "").strip(" ,，") or None,
        "offer_kind": offer.offer_kind,
        "quarantine": offer.quarantine,
        "source_level": offer.source_level,
        "date_basis": basis,
        "page_date": offer.page_date,
        "page_date_to": offer.page_date_to,
        "at": at,
        "until": until,
        "captured_at": captured_at,
        "captured_until": captured_until,
    }


def offer_id(source_id: str, listing_key: str) -> str:
    """The same in every build."""
    return hashlib.sha256(f"{source_id}\n{listing_key}".encode()).hexdigest()[:16]


def _rate() -> pl.Expr:
    """The price of one GPU for one hour in the price's currency, from a unit such as `USD/server-month`."""
    thing = pl.col("price_unit").str.extract(r"/(gpu|server|instance|rack)-")
    hours = (
        pl.col("price_unit")
        .str.extract(r"-(\w+)$")
        .replace_strict(HOURS, default=None, return_dtype=pl.Float64)
    )
    cards = pl.when(thing == "gpu").then(1).when(thing.is_not_null()).then("chips_per_offer")
    return pl.col("price_value") / hours / cards


def _month() -> pl.Expr:
    """First day of the month the price belongs to; null where its date is not known to the month."""
    start = pl.col("page_date").dt.truncate("1mo")
    return (
        pl.when(pl.col("date_basis") == "capture")
        .then(pl.col("until").dt.date().dt.truncate("1mo"))
        .when(pl.col("date_basis") == "page")
        .then(start)
        .when((pl.col("date_basis") == "span") & (start == pl.col("page_date_to").dt.truncate("1mo")))
        .then(start)
        .alias("price_month")
    )


def mark_duplicates(offers: pl.DataFrame) -> pl.DataFrame:
    """Names in `duplicate_of` the page's listing that shows the same offer as a register row: same platform, chip, cards
    and price (or, without a price, the same idle count), within a month of each other. The page wins: it can be read
    again, and its words are the operator's."""
    match = ["platform_id", "chip_family", "offer_kind"]
    register = offers.filter(pl.col("capture_kind") == "curated")
    pages = offers.filter(pl.col("capture_kind") != "curated")
    same_price = (
        pl.col("price_per_gpu_hour") - pl.col("price_per_gpu_hour_page")
    ).abs() <= SAME_PRICE * pl.col("price_per_gpu_hour_page")
    same_stock = (
        pl.col("price_value").is_null()
        & pl.col("quantity_idle").eq_missing(pl.col("quantity_idle_page"))
        & pl.col("quantity_total").eq_missing(pl.col("quantity_total_page"))
    )
    near = (
        (
            (pl.col("valid_from") - SAME_TIME <= pl.col("observed_at_page"))
            & (
                pl.coalesce(pl.col("page_date_to").cast(pl.Datetime("us")), "valid_from") + SAME_TIME
                >= pl.col("valid_from_page")
            )
        )
        | (pl.col("date_basis") == "unknown")
        | (pl.col("date_basis_page").is_in(["unknown", "span"]))
    )
    pairs = (
        register.join(pages, on=match, how="inner", suffix="_page")
        .filter(
            near
            & (same_price | same_stock)
            & pl.col("currency").eq_missing(pl.col("currency_page"))
            & pl.col("chips_per_offer").eq_missing(pl.col("chips_per_offer_page"))
            & (
                pl.col("memory_gib").is_null()
                | pl.col("memory_gib_page").is_null()
                | (pl.col("memory_gib") == pl.col("memory_gib_page"))
            )
        )
        .sort("offer_id", "valid_from", "offer_id_page")
        .group_by("offer_id", "valid_from")
        .agg(duplicate_of=pl.col("offer_id_page").first())
    )
    return offers.join(pairs, on=["offer_id", "valid_from"], how="left")


def listing_days(seen: pl.LazyFrame) -> pl.DataFrame:
    """Days on which a source's lists were read and held offers. A page that stayed the same was read on the days between
    only where it was looked at: its first and last sighting."""
    return (
        pl.concat([seen.select("source_id", "offer_id", read_at=time) for time in ("at", "until")])
        .with_columns(day=pl.col("read_at").dt.date())
        .group_by("source_id", "day")
        .agg(read_at=pl.col("read_at").max(), offers=pl.col("offer_id").n_unique())
        .collect(engine="streaming")
    )


def changes(offers: pl.DataFrame) -> pl.DataFrame:
    """Changes of price and stock, and listings that disappeared, between readings of one list."""
    ordered = offers.filter(pl.col("duplicate_of").is_null()).sort("offer_id", "valid_from")
    subject = pl.format("listing:{}:{}", "source_id", "listing_key")
    follows = (pl.col("offer_id") == pl.col("offer_id").shift(1)) & (
        pl.col("closed_by").shift(1) == "changed"
    )
    frames = [
        ordered.with_columns(before=pl.col(name).shift(1))
        .filter(follows & pl.col(name).ne_missing(pl.col("before")))
        .select(
            changed_at="valid_from",
            subject=subject,
            what=pl.lit(name),
            before=pl.col("before").cast(pl.String),
            after=pl.col(name).cast(pl.String),
            source_id="source_id",
            source_url="source_url",
            capture_sha256="capture_sha256",
        )
        for name in ("price_value", "price_unit", "availability", "quantity_idle", "quantity_total")
    ]
    gone = ordered.filter(pl.col("closed_by") == "disappeared").select(
        changed_at="valid_to",
        subject=subject,
        what=pl.lit("listing"),
        before=pl.coalesce(pl.format("{} {}", "price_value", "price_unit"), pl.lit("listed")),
        after=pl.lit(None, pl.String),
        source_id="source_id",
        source_url="source_url",
        capture_sha256="capture_sha256",
    )
    return pl.concat([*frames, gone])
