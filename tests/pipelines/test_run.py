"""The main job, whole: bundled pages to a published warehouse, again with nothing changed, and rebuilt from the archive."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from scrapers.source import discover
from tests.pipelines.conftest import Ran, chipwatch
from warehouse.schema import marts

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def home(bundled_run: Ran, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the finished run's home, to run again in."""
    copy = tmp_path_factory.mktemp("again") / "home"
    shutil.copytree(bundled_run.home, copy)
    return copy


def one(connection: duckdb.DuckDBPyConnection, sql: str) -> object:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return row[0]


def test_the_run_succeeds_and_says_what_it_made(bundled_run: Ran) -> None:
    assert bundled_run.returncode == 0, bundled_run.stdout + bundled_run.stderr
    assert f"Published in {bundled_run.home / 'published'}" in bundled_run.stdout
    assert "Try next:" in bundled_run.stdout


def test_no_process_copies_what_a_run_prints(bundled_run: Ran) -> None:
    """It would hold a pipe open behind the end of the run."""
    assert not list(bundled_run.home.glob(".dagster/**/compute_logs"))


@pytest.mark.parametrize(
    ("mart", "least"),
    [
        ("voucher_programmes", 110), ("voucher_values", 75), ("gpu_offers", 240), ("model_approvals", 1840),
        ("restriction_events", 80), ("chips", 200), ("platforms", 90), ("claims", 8), ("documents", 50),
        ("evidence", 2500), ("source_status", 30), ("compute_hubs", 18), ("compute_contracts", 15),
        ("voucher_purchasing_power", 100), ("restricted_offers", 10), ("gpu_availability", 20), ("gpu_prices", 30),
    ],
)  # fmt: skip
def test_marts_are_filled(published: duckdb.DuckDBPyConnection, mart: str, least: int) -> None:
    assert int(str(one(published, f"select count(*) from {mart}"))) >= least


def test_every_fact_row_has_its_provenance(published: duckdb.DuckDBPyConnection) -> None:
    for mart in marts():
        if mart.is_fact:
            columns = " or ".join(
                f"{name} is null"
                for name in (
                    "source_id",
                    "source_url",
                    "capture_sha256",
                    "locator",
                    "capture_kind",
                    "parser_version",
                    "first_seen_at",
                    "last_seen_at",
                )
            )
            assert one(published, f"select count(*) from {mart.name} where {columns}") == 0, mart.name
            assert (
                one(published, f"select count(*) from {mart.name} where source_url not like 'http%'") == 0
            ), mart.name


def test_every_capture_is_in_the_archive(published: duckdb.DuckDBPyConnection, bundled_run: Ran) -> None:
    hashes = {
        name for (name,) in published.execute("select distinct capture_sha256 from documents").fetchall()
    }
    kept = {path.name.split(".")[0] for path in (bundled_run.home / "archive" / "blobs").rglob("*.zst")}
    assert hashes <= kept


def test_every_quote_leads_to_a_fact_and_every_mart_row_to_a_quote(
    published: duckdb.DuckDBPyConnection,
) -> None:
    for mart in ("voucher_values", "gpu_offers", "model_approvals"):
        lost = one(
            published, f"select count(*) from {mart} anti join evidence using (capture_sha256, locator)"
        )
        assert lost == 0, mart


def test_official_totals_are_met_or_explained(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        "select kind, province_name, difference, difference_reason from model_approvals_over_time where official_cumulative is not null"
    ).fetchall()
    assert len(rows) >= 20
    assert all(difference == 0 or reason for *_, difference, reason in rows)
    assert all(difference == 0 for kind, place, difference, _ in rows if (kind, place) == ("filing", "all"))


def test_timeline_covers_the_chips(published: duckdb.DuckDBPyConnection) -> None:
    assert int(str(one(published, "select count(distinct chip_id) from restriction_timeline"))) >= 150
    row = published.execute(
        "select status, rule_ids from chip_status_on(date '2023-12-01') where chip_id = 'nvidia-rtx-4090'"
    ).fetchone()
    assert row == ("controlled", "R2023-11")


def test_columns_are_described_in_the_file(published: duckdb.DuckDBPyConnection) -> None:
    bare = published.execute(
        "select table_name, column_name from duckdb_columns() where schema_name = 'main' and comment is null and not internal"
    ).fetchall()
    assert bare == []
    comments = dict(
        published.execute(
            "select table_name || '.' || column_name, comment from duckdb_columns() where schema_name = 'main' and not internal"
        ).fetchall()
    )
    unsaid = [
        f"{mart.name}.{column.name}: {value}"
        for mart in marts()
        for column in mart.columns
        for value in column.values
        if value not in comments[f"{mart.name}.{column.name}"]
    ]
    assert unsaid == []


def test_docs_name_every_mart(bundled_run: Ran) -> None:
    page = (bundled_run.home / "published" / "docs" / "index.html").read_text(encoding="utf-8")
    assert [mart.name for mart in marts() if mart.name not in page] == []


def test_a_second_run_changes_nothing_but_the_time_of_the_check(home: Path) -> None:
    before = json.loads((home / "published" / "manifest.json").read_text())
    again = chipwatch(home, "run")
    assert again.returncode == 0, again.stderr
    assert [line for line in again.stderr.splitlines() if not line.startswith("stale: ")] == []
    after = json.loads((home / "published" / "manifest.json").read_text())
    assert {**before, "checked_at": ""} == {**after, "checked_at": ""}
    assert after["checked_at"] > before["checked_at"]


def test_a_rebuild_from_the_archive_gives_the_same_tables(home: Path) -> None:
    before = {
        path.name: path.read_bytes()
        for path in (home / "build" / "core").rglob("*.parquet")
        if "attempts" not in path.name
    }
    shutil.rmtree(home / "build")
    assert chipwatch(home, "run").returncode == 0
    after = {
        path.name: path.read_bytes()
        for path in (home / "build" / "core").rglob("*.parquet")
        if "attempts" not in path.name
    }
    assert before == after


def test_wrong_usage_is_told_with_the_nearest_source(home: Path) -> None:
    ran = chipwatch(home, "run", "--only", "rates/fed_g55")
    assert ran.returncode == 2
    assert "did you mean rates/fed_g5" in ran.stderr


def test_every_source_is_in_source_status(published: duckdb.DuckDBPyConnection) -> None:
    there = {name for (name,) in published.execute("select source_id from source_status").fetchall()}
    assert there == {source.id for source in discover()}
