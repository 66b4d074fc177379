"""The gate and the replacement, on a small build file made from the schema itself."""

import datetime as dt
import json
from pathlib import Path

import duckdb
import pytest

from warehouse import publish
from warehouse.build import build
from warehouse.schema import DUCKDB, marts

NOW = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
SHA = "a" * 64


@pytest.fixture
def build_file(tmp_path: Path) -> Path:
    """Every mart empty but for one exchange rate and the document it rests on."""
    path = tmp_path / "build" / "chipwatch.duckdb"
    build(tmp_path / "core", path)
    with duckdb.connect(str(path)) as connection:
        for mart in marts():
            columns = ", ".join(f"{c.name} {DUCKDB[c.type]}" for c in mart.columns)
            connection.execute(f"create table main.{mart.name} ({columns})")
        connection.execute(
            "insert into main.documents by name select 'rates/x' as source_id, 'https://x.test/' as source_url, "
            f"'{SHA}' as capture_sha256, 'live' as capture_kind"
        )
        add_rate(connection, "2026-01-01", SHA)
    return path


def add_rate(connection: duckdb.DuckDBPyConnection, month: str, sha: str, series: str = "=H10") -> None:
    connection.execute(
        "insert into main.exchange_rates by name select ?::date as month, 7.0 as cny_per_usd, ? as series, "
        "'rates/x' as source_id, 'https://x.test/' as source_url, ? as capture_sha256, 'row 1' as locator, "
        "'live' as capture_kind, '1' as parser_version",
        [month, series, sha],
    )


def send(build_file: Path, published: Path, **options: bool) -> dict[str, object]:
    return publish.publish(
        build_file,
        published,
        now=NOW,
        as_of=NOW.date(),
        fingerprint="f",
        allow_shrink=options.get("allow_shrink", False),
    )


def test_publishes_every_mart_in_three_forms_with_hashes(build_file: Path, tmp_path: Path) -> None:
    published = tmp_path / "published"
    send(build_file, published)
    manifest = json.loads((published / "manifest.json").read_text())
    assert set(manifest["marts"]) == {mart.name for mart in marts()}
    for mart in marts():
        assert f"parquet/{mart.name}.parquet" in manifest["files"]
        assert f"csv/{mart.name}.csv" in manifest["files"]
    with duckdb.connect(str(published / "chipwatch.duckdb"), read_only=True) as connection:
        assert connection.execute("select count(*) from exchange_rates").fetchone() == (1,)
    assert "'=H10" in (published / "csv" / "exchange_rates.csv").read_text(), (
        "a formula must not reach a spreadsheet"
    )


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ("drop table main.claims", "claims: the mart was not built"),
        (
            f"update main.exchange_rates set capture_sha256 = '{'b' * 64}'",
            "exchange_rates: 1 rows lead to no archived capture",
        ),
        (
            "update main.exchange_rates set series = 'ä¸\u00ad'",
            "exchange_rates: 1 rows hold broken characters",
        ),
        (
            "update main.exchange_rates set series = 'x\ufffd'",
            "exchange_rates: 1 rows hold broken characters",
        ),
    ],
)
def test_gate_refuses_and_what_was_published_stays(
    build_file: Path, tmp_path: Path, damage: str, reason: str
) -> None:
    published = tmp_path / "published"
    send(build_file, published)
    before = {p: p.read_bytes() for p in published.rglob("*") if p.is_file()}
    with duckdb.connect(str(build_file)) as connection:
        connection.execute(damage)
    with pytest.raises(publish.GateError, match=reason):
        send(build_file, published)
    assert {p: p.read_bytes() for p in published.rglob("*") if p.is_file()} == before


def test_gate_lets_chinese_and_european_names_pass(build_file: Path) -> None:
    with duckdb.connect(str(build_file)) as connection:
        connection.execute(
            "update main.exchange_rates set series = 'Banque de France, année 2026 — 中国人民银行 São'"
        )
    assert publish.gate(build_file, None) == []


def test_a_mart_that_lost_half_its_rows_needs_a_word(build_file: Path, tmp_path: Path) -> None:
    published = tmp_path / "published"
    with duckdb.connect(str(build_file)) as connection:
        for month in ("2026-02-01", "2026-03-01"):
            add_rate(connection, month, SHA)
    send(build_file, published)
    with duckdb.connect(str(build_file)) as connection:
        connection.execute("delete from main.exchange_rates where month > '2026-01-01'")
    with pytest.raises(publish.GateError, match="exchange_rates: 1 rows, 3 were published before"):
        send(build_file, published)
    send(build_file, published, allow_shrink=True)


def test_a_reader_with_the_file_open_keeps_its_rows_while_it_is_replaced(
    build_file: Path, tmp_path: Path
) -> None:
    published = tmp_path / "published"
    send(build_file, published)
    reader = duckdb.connect(str(published / "chipwatch.duckdb"), read_only=True)
    with duckdb.connect(str(build_file)) as connection:
        add_rate(connection, "2026-02-01", SHA)
    manifest = send(build_file, published)
    assert reader.execute("select count(*) from exchange_rates").fetchone() == (1,)
    reader.close()
    assert manifest["marts"]["exchange_rates"] == {"rows": 2}  # type: ignore[index]
    changes = json.loads((published / "changes_since_previous.json").read_text())
    found = changes["marts"]["exchange_rates"]
    assert (found["rows_added"], found["rows_removed"], found["rows_changed"]) == (1, 0, 0)


def test_files_of_an_earlier_publication_that_are_gone_are_removed(build_file: Path, tmp_path: Path) -> None:
    published = tmp_path / "published"
    send(build_file, published)
    (published / "csv" / "old.csv").write_text("x")
    send(build_file, published)
    assert not (published / "csv" / "old.csv").exists()


def test_a_torn_manifest_counts_as_nothing_published(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"marts": {')
    assert publish.read_manifest(tmp_path) is None


def test_the_change_log_names_rows_new_gone_and_changed(build_file: Path, tmp_path: Path) -> None:
    published = tmp_path / "published"
    with duckdb.connect(str(build_file)) as connection:
        add_rate(connection, "2025-12-01", SHA)
    send(build_file, published)
    assert "The first publication" in (published / "changes_since_previous.md").read_text()
    with duckdb.connect(str(build_file)) as connection:
        connection.execute("delete from main.exchange_rates where month = '2025-12-01'")
        connection.execute(
            "update main.exchange_rates set cny_per_usd = 7.5, series = '<b>`x`</b>', locator = 'r9'"
        )
        add_rate(connection, "2026-02-01", SHA)
    send(build_file, published)
    changes = json.loads((published / "changes_since_previous.json").read_text())
    assert changes["previous"] == {"published_at": "2026-11-24T08:00:00+00:00", "as_of": "2026-11-24"}
    found = changes["marts"]["exchange_rates"]
    assert found == {
        "rows_added": 1,
        "rows_removed": 1,
        "rows_changed": 1,
        "added": ["2026-02-01"],
        "removed": ["2025-12-01"],
        "changed": {"2026-01-01": {"cny_per_usd": ["7.0", "7.5"], "series": ["=H10", "<b>`x`</b>"]}},
    }
    told = (published / "changes_since_previous.md").read_text()
    assert "| exchange_rates | 1 | 1 | 1 |" in told
    assert "- gone `2025-12-01`" in told
    assert "- changed `2026-01-01`: cny_per_usd `7.0` → `7.5`; series `=H10` → `<b>'x'</b>`" in told


def test_seeing_the_same_again_is_no_change(build_file: Path, tmp_path: Path) -> None:
    published = tmp_path / "published"
    send(build_file, published)
    with duckdb.connect(str(build_file)) as connection:
        connection.execute(
            "update main.exchange_rates set last_seen_at = '2027-01-01', capture_sha256 = capture_sha256"
        )
        connection.execute("update main.documents set last_seen_at = '2027-01-01'")
    send(build_file, published)
    assert "No row differs." in (published / "changes_since_previous.md").read_text()
