"""Registers are files people edit: what stands is what their last version has."""

import dataclasses
import datetime as dt

import polars as pl

from scrapers.records import Fact, Ground, Landed, Offer, Origin, Record, Restriction
from warehouse.normalise import Landing, claims, market, restrictions


def filed(record: Record, source: str, version: int) -> Landed:
    """A register's row in the file's first or second version, a month apart."""
    moment = dt.datetime(2026, 8 + version, 1, tzinfo=dt.UTC)
    origin = Origin(
        source_id=source, source_url="https://example.org/", capture_sha256=f"file {version}", capture_kind="curated",
        observed_at=moment, observed_until=moment, parser_version="1",
    )  # fmt: skip
    return Landed(record, origin)


def ground(row: str) -> Ground:
    return Ground(quote="q", locator=f"row {row}", url="https://example.org/row")


def landing(source: str, old: list[Record], new: list[Record]) -> Landing:
    records = [filed(row, source, 1) for row in old] + [filed(row, source, 2) for row in new]
    return Landing(records=records, captures=())


def first_seen(frame: pl.DataFrame, key: str) -> dict[str, dt.date]:
    return {row[key]: row["first_seen_at"].date() for row in frame.iter_rows(named=True)}


FIRST, SECOND = dt.date(2026, 9, 1), dt.date(2026, 10, 1)


def test_an_offer_taken_out_is_withdrawn_and_one_that_stays_keeps_its_first_day() -> None:
    def offer(key: str, price: float) -> Offer:
        return Offer(
            listing_key=key, market="china", channel="broker", chip_text="H100", offer_kind="ask", price_value=price,
            price_unit="CNY/gpu-hour", currency="CNY", date_basis="page", page_date=dt.date(2026, 8, 1),
            ground=ground(key),
        )  # fmt: skip

    got = market.tables(
        landing(
            "market/offers_register",
            [offer("gone", 1.0), offer("kept", 2.0)],
            [offer("kept", 3.0), offer("new", 4.0)],
        )
    )["core_market__offers"]
    assert first_seen(got, "listing_key") == {"kept": FIRST, "new": SECOND}
    assert got.filter(pl.col("listing_key") == "kept")["price_value"].to_list() == [
        3.0
    ]  # corrected, not risen


def test_a_fact_taken_out_is_withdrawn() -> None:
    def claim(name: str, claimed: str) -> Fact:
        values = {"claim_id": name, "statement": "s", "as_of_date": "2024-03-04", "claimed": claimed, "query": "select 1"}  # fmt: skip
        return Fact(table="core_claims__claims", values=values, ground=ground(name))

    got = claims.tables(
        landing(
            "claims/press", [claim("gone", "1"), claim("kept", "1")], [claim("kept", "2"), claim("new", "1")]
        )
    )
    frame = got["core_claims__claims"]
    assert first_seen(frame, "claim_id") == {"kept": FIRST, "new": SECOND}
    assert dict(frame.select("claim_id", "claimed").iter_rows()) == {"kept": "2", "new": "1"}


def test_an_event_taken_out_is_withdrawn_and_what_changed_in_one_that_stays_is_told() -> None:
    def event(name: str, **fields: object) -> Restriction:
        row = Restriction(event_id=name, jurisdiction="US", title="t", confidence="high", ground=ground(name))
        return dataclasses.replace(row, **fields)  # type: ignore[arg-type]

    got = restrictions.tables(
        landing(
            "restrictions/events",
            [event("gone"), event("gone2", status_note="a"), event("kept", status_note="in force")],
            [event("kept", status_note="suspended"), event("new")],
        )
    )
    assert first_seen(got["core_restrictions__events"], "event_id") == {"kept": FIRST, "new": SECOND}
    moved = got["core_trust__changes"].select("subject", "before", "after").rows()
    assert moved == [("restriction_event:kept", "in force", "suspended")]
