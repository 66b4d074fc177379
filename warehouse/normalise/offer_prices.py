"""Raw offer rows in bulk: catalogues and back files of millions of rows, priced on one core.

Each distinct name, price text and header is read once by the same code that reads pages (`scrapers.lexicon.chips`,
`scrapers.extract.offers`); what is left is joins and arithmetic on columns. The result of a row is the one
`scrapers.extract.offers` gives for a table row with the same cells.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import polars as pl

from scrapers.extract.offers import basis, prices, tables, units, words
from scrapers.extract.offers.page import undated_rate
from scrapers.extract.offers.prices import Price
from scrapers.extract.offers.units import HOURS, Unit
from scrapers.lexicon import chips

RAW = pl.Schema(
    {
        "chip_text": pl.String(),
        "price_text": pl.String(),
        "price_header": pl.String(),
        "chips_per_offer": pl.Int64(),
        "memory_gib": pl.Float64(),
        "form_factor": pl.String(),
        "observed_on": pl.Date(),
    }
)
"""Columns of raw rows; `chip_text` and `price_text` must be there, the others may be missing. `price_header` is the
column's header or a declared unit (`CNY/gpu-hour`)."""

_CHIP = pl.Schema(
    {
        "chip_text": pl.String(),
        "memory_gib": pl.Float64(),
        "form_factor": pl.String(),
        "chip_family": pl.String(),
        "chip_id": pl.String(),
        "named_cards": pl.Int64(),
        "is_counted": pl.Boolean(),
        "fraction": pl.Float64(),
        "is_server": pl.Boolean(),
        "is_single": pl.Boolean(),
        "is_board": pl.Boolean(),
    }
)
_PRICED = pl.Schema(
    {
        "price_text": pl.String(),
        "price_header": pl.String(),
        "price_value": pl.Float64(),
        "price_value_max": pl.Float64(),
        "currency": pl.String(),
        "price_bound": pl.String(),
        "price_number": pl.Int64(),
    }
)
_DECIDED = pl.Schema(
    {
        "case": pl.Int64(),
        "price_unit": pl.String(),
        "covers": pl.Int64(),
        "hours": pl.Float64(),
        "price_basis_rule": pl.String(),
    }
)


def price(raw: pl.DataFrame, rates: Mapping[str, float]) -> pl.DataFrame:
    """Raw rows with chip, price, basis and price per GPU-hour; the same rows in the same order.

    `rates` is yuan per dollar by month (`2026-06`); a month without a rate takes the last one before it. Added columns:
    `chip_family`, `chip_id`, `price_value`, `price_value_max` (in `currency`, multipliers applied), `currency`,
    `price_unit`, `price_bound`, `price_basis_rule`, `covers` (cards the price covers), `price_cny_per_gpu_hour`,
    `price_usd_per_gpu_hour`, `quarantine`. Null is what the row does not say.
    """
    missing = [pl.lit(None, dtype=kind).alias(name) for name, kind in RAW.items() if name not in raw.columns]
    rows = raw.with_columns(missing).with_row_index("row")
    named = _chips(rows)
    read, parsed = _prices(rows)
    rows = rows.join(named, on=["chip_text", "memory_gib", "form_factor"], how="left", nulls_equal=True)
    rows = rows.join(read, on=["price_text", "price_header"], how="left", nulls_equal=True)
    rows = _with_rate(rows, rates)
    rows = _decide(rows, parsed)
    over = (
        pl.when(
            pl.col("fraction").is_not_null() & (pl.col("fraction") > 0) & (pl.col("covers").fill_null(1) == 1)
        )
        .then("fraction")
        .otherwise(pl.col("covers").cast(pl.Float64))
    )
    rows = rows.with_columns(
        price_cny_per_gpu_hour=(
            pl.col("price_value") * pl.col("cny_per_unit") / pl.col("hours") / over
        ).round(6)
    )
    rows = rows.with_columns(
        price_usd_per_gpu_hour=(pl.col("price_cny_per_gpu_hour") / pl.col("cny_per_usd")).round(6)
    )
    rows = _quarantine(rows)
    added = [name for name in _ADDED if name in rows.columns]
    return rows.sort("row").select(*raw.columns, *added)


_ADDED = (
    "chip_family",
    "chip_id",
    "price_value",
    "price_value_max",
    "currency",
    "price_unit",
    "price_bound",
    "price_basis_rule",
    "covers",
    "price_cny_per_gpu_hour",
    "price_usd_per_gpu_hour",
    "quarantine",
)


def _chips(rows: pl.DataFrame) -> pl.DataFrame:
    found: list[tuple[Any, ...]] = []
    keys = ("chip_text", "memory_gib", "form_factor")
    for text, memory, form in rows.select(keys).unique(maintain_order=True).iter_rows():
        match = chips.resolve(text, memory, form) if text else None
        node = words.node(units.plain(text)) if text else words.Node(None, False, False)
        cards = (match.chips if match else None) or node.cards
        found.append(
            (
                text,
                memory,
                form,
                match.family if match else None,
                match.chip_id if match else None,
                cards,
                match is not None and tables.counts_itself(match),
                match.fraction if match else None,
                node.is_server,
                node.is_single and cards is None,
                match is not None and words.is_board(match.chip_text, text),
            )
        )
    return pl.DataFrame(found, schema=_CHIP, orient="row")


def _prices(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[tuple[Price, Unit]]]:
    """Every distinct price text under every distinct header, and the parsed prices its `price_number` points to."""
    parsed: list[tuple[Price, Unit]] = []
    found: list[tuple[Any, ...]] = []
    cells: dict[str, Price | None] = {}
    for text, head in rows.select("price_text", "price_header").unique(maintain_order=True).iter_rows():
        if text is not None and text not in cells:
            cells[text] = prices.cell(text)
        read = cells.get(text) if text is not None else None
        if read is None:
            continue
        header = _header(head)
        scale = header.scale if not read.is_wan else 1.0
        value = round(read.value * scale, 6) if read.value is not None else None
        top = round(read.value_max * scale, 6) if read.value_max is not None else None
        currency = header.currency or read.unit.currency
        found.append((text, head, value, top, currency, read.bound, len(parsed)))
        parsed.append((read, header))
    return pl.DataFrame(found, schema=_PRICED, orient="row"), parsed


def _header(text: str | None) -> Unit:
    if not text:
        return Unit()
    return units.from_name(text) if text in units.PRICE_UNITS else units.header(text)


def _with_rate(rows: pl.DataFrame, rates: Mapping[str, float]) -> pl.DataFrame:
    """Yuan per dollar of the row's month (`cny_per_usd`) and per unit of its currency (`cny_per_unit`)."""
    months = sorted(rates)
    table = pl.DataFrame(
        {
            "month": [dt.date.fromisoformat(f"{m}-01") for m in months],
            "cny_per_usd": [float(rates[m]) for m in months],
        },
        schema={"month": pl.Date(), "cny_per_usd": pl.Float64()},
    )
    dated = rows.sort("observed_on", nulls_last=True).join_asof(
        table.sort("month"),
        left_on="observed_on",
        right_on="month",
        strategy="backward",
        check_sortedness=False,
    )
    return dated.with_columns(
        cny_per_usd=pl.when(pl.col("observed_on").is_null())
        .then(pl.lit(undated_rate(rates)))
        .otherwise("cny_per_usd")
    ).with_columns(
        cny_per_unit=pl.when(pl.col("currency") == "CNY")
        .then(1.0)
        .when(pl.col("currency") == "USD")
        .then("cny_per_usd")
    )


_CASE = (
    "chip_family",
    "named_cards",
    "is_counted",
    "chips_per_offer",
    "fraction",
    "is_server",
    "is_single",
    "is_board",
    "price_number",
    "price_value",
    "cny_per_unit",
    "quarter",
)


def _decide(rows: pl.DataFrame, parsed: list[tuple[Price, Unit]]) -> pl.DataFrame:
    """The basis of every distinct case: chip, cards, price as written, rate and quarter (bands change by date)."""
    rows = rows.with_columns(quarter=pl.col("observed_on").dt.truncate("1q"))
    cases = rows.select(_CASE).unique(maintain_order=True).with_row_index("case")
    found: list[tuple[Any, ...]] = []
    nothing = Unit()
    for (
        case,
        family,
        named,
        is_counted,
        cards,
        fraction,
        is_server,
        is_single,
        is_board,
        number,
        value,
        rate,
        quarter,
    ) in cases.iter_rows():
        if number is None or value is None:
            continue
        read, header = parsed[number]
        count = named if is_counted or cards is None else cards
        line = basis.Line(
            family,
            count,
            fraction,
            bool(is_server),
            bool(is_single) and count is None,
            is_board=bool(is_board) and cards is None,
        )
        got = basis.decide(
            value,
            read.unit,
            read.hint,
            header,
            line,
            nothing,
            cny_per_unit=rate,
            is_wan=read.is_wan or header.scale == 1e4,
            day=quarter,
        )
        currency = header.currency or read.unit.currency
        found.append(
            (
                case,
                units.name(currency, got.thing, got.period),
                got.cards,
                HOURS[got.period] if got.period is not None and got.rate is not None else None,
                got.rule,
            )
        )
    decided = pl.DataFrame(found, schema=_DECIDED, orient="row")
    cases = (
        cases.with_columns(pl.col("case").cast(pl.Int64)).join(decided, on="case", how="left").drop("case")
    )
    return rows.join(cases, on=list(_CASE), how="left", nulls_equal=True)


_SUSPECT = ("chip_family", "quarter", "price_cny_per_gpu_hour", "fraction")


def _quarantine(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `quarantine`. Rows inside the one band of their family pass on columns; the others are looked at by case."""
    dated = {band.family for band in basis.bands() if band.valid_from or band.valid_to}
    limits = pl.DataFrame(
        [(b.family, b.low, b.high) for b in basis.bands() if b.family not in dated],
        schema={"chip_family": pl.String(), "low": pl.Float64(), "high": pl.Float64()},
        orient="row",
    )
    rows = rows.join(limits, on="chip_family", how="left")
    inside = pl.col("price_cny_per_gpu_hour").is_between("low", "high").fill_null(False)
    suspects = (
        rows.filter(
            pl.col("price_cny_per_gpu_hour").is_not_null() & (pl.col("fraction").is_not_null() | ~inside)
        )
        .select(_SUSPECT)
        .unique()
    )
    faults = [
        basis.quarantine(yuan, family, quarter, is_fraction=fraction is not None)
        for family, quarter, yuan, fraction in suspects.iter_rows()
    ]
    suspects = suspects.with_columns(quarantine=pl.Series(faults, dtype=pl.String))
    return rows.join(suspects, on=list(_SUSPECT), how="left", nulls_equal=True).drop("low", "high")
