"""The voucher marts as the bundled pages and curated rows make them."""

import duckdb
import pytest

pytestmark = pytest.mark.e2e


def rows(published: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    return published.execute(sql).fetchall()


def test_the_figures_of_many_notices_are_in_the_marts(published: duckdb.DuckDBPyConnection) -> None:
    ((notices, values),) = rows(
        published,
        "select count(distinct source_url), count(*) from voucher_values where capture_kind = 'reconstructed'",
    )
    assert int(str(notices)) >= 30
    assert int(str(values)) >= 40
    assert (
        rows(published, "select count(*) from voucher_programmes where source_rank = 'official'")[0][0] >= 20
    )  # type: ignore[operator]


def test_every_difference_between_page_and_row_is_explained(published: duckdb.DuckDBPyConnection) -> None:
    assert (
        rows(
            published,
            "select programme_id, field from programme_reconciliation where verdict <> 'agrees' and note is null",
        )
        == []
    )
    ((agrees, others),) = rows(
        published,
        "select count(*) filter (where verdict = 'agrees'), count(*) filter (where verdict <> 'agrees') from programme_reconciliation",
    )
    assert int(str(agrees)) > 8 * int(str(others))


@pytest.mark.parametrize(
    ("programme", "tiers"),
    [
        ("330100-compute-voucher-2024-07", {(30.0, 8e6, 250e6), (20.0, 8e6, None)}),
        ("330100-compute-voucher-2025-06", {(30.0, 8e6, 250e6), (50.0, 8e6, None)}),
        ("440300-training-voucher-2024-12", {(50.0, 1e7, 500e6), (60.0, 1e7, None)}),
        ("310000-compute-voucher-2025-07", {(30.0, None, None)}),
        ("510100-compute-voucher-2023-01", {(30.0, 3e6, 1e7), (30.0, 1.5e6, None)}),
        ("510100-compute-voucher-2025-08", {(60.0, 5e6, 1e8)}),
        ("110115-compute-voucher-2024-11", {(30.0, 2e7, 1e8)}),
        ("440400-compute-voucher-2025-05", {(50.0, 2e6, None), (50.0, 1e7, None)}),
        ("320100-compute-voucher-2024-05", {(None, None, 5e7)}),
        ("420100-compute-voucher-2026-02", {(50.0, 2e5, None)}),
    ],
)  # fmt: skip
def test_terms_of_known_programmes(
    published: duckdb.DuckDBPyConnection, programme: str, tiers: set[tuple[float | None, ...]]
) -> None:
    found = rows(
        published,
        f"select rate_pct, cap_cny, annual_budget_cny from voucher_values where programme_id = '{programme}' and side = 'user'",
    )
    assert set(found) == tiers


def test_stacking_is_a_column_of_its_own(published: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        published,
        "select distinct programme_id, stacked_rate_pct from voucher_values where stacked_rate_pct is not null",
    )
    assert set(found) >= {("310000-compute-voucher-2025-07", 100.0), ("330100-compute-voucher-2025-06", 60.0)}


def test_drafts_and_ended_programmes_lead_to_their_successors(published: duckdb.DuckDBPyConnection) -> None:
    found = dict(
        rows(
            published,
            "select programme_id, successor_programme_id from voucher_programmes where jurisdiction_name = '成都市' and instrument = 'compute_voucher'",
        )
    )  # type: ignore[arg-type]
    assert {key: value for key, value in found.items() if value} == {
        "510100-compute-voucher-2023-01": "510100-compute-voucher-2025-08",
        "510100-compute-voucher-2024-09": "510100-compute-voucher-2025-08",
        "510100-compute-voucher-2025": "510100-compute-voucher-2025-08",
        "510100-compute-voucher-2025-04": "510100-compute-voucher-2025-08",
    }


def test_programmes_on_a_day(published: duckdb.DuckDBPyConnection) -> None:
    def on(day: str) -> set[str]:
        return {
            str(row[0]) for row in rows(published, f"select programme_id from programmes_on(date '{day}')")
        }

    assert "510100-compute-voucher-2023-01" in on("2024-12-31")
    assert "510100-compute-voucher-2023-01" not in on("2026-01-01")
    assert "110000-compute-voucher-2023-10" in on("2025-12-31")
    assert "110000-compute-voucher-2023-10" not in on("2026-01-01")
    assert "440300-training-voucher-2026-05" in on("2026-05-20")
    assert "440300-training-voucher-2026-05" not in on("2026-06-06")
    assert not on("2022-12-31")
    stale = "select count(*) from voucher_programmes where status = 'in_force' and (effective_to < date '2026-11-24' or deadline < date '2026-11-24')"
    assert rows(published, stale) == [(0,)]


def test_who_qualifies_is_told_with_its_address(published: duckdb.DuckDBPyConnection) -> None:
    ((conditions, programmes, unknown),) = rows(
        published,
        "select count(*), count(distinct programme_id), count(*) filter (where programme_id not in (select programme_id from voucher_programmes)) from eligibility_criteria",
    )
    assert int(str(conditions)) >= 140
    assert int(str(programmes)) >= 70
    assert unknown == 0


def test_money_paid_is_told_from_money_promised(published: duckdb.DuckDBPyConnection) -> None:
    paid = rows(
        published,
        "select jurisdiction_name, amount_cny from voucher_issuance where kind in ('issued', 'redeemed') and amount_cny is not null",
    )
    assert paid == [("北京市", 7e8)]
