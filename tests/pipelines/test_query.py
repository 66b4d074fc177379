"""`chipwatch query` and `chipwatch export` as a user meets them."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import duckdb
import polars as pl
import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from pipelines import query as queries
from pipelines import tabular
from pipelines.cli import app
from pipelines.errors import CommandError
from tests import demo
from warehouse.schema import marts

run = CliRunner().invoke


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = demo.make(tmp_path / "published" / "chipwatch.duckdb")
    with duckdb.connect(str(path)) as connection:
        demo.insert(connection, "exchange_rates", month="2026-05-01", cny_per_usd=7.125, series="H.10")
        demo.insert(
            connection, "exchange_rates", month="2026-06-01", cny_per_usd=7.1, series="=cmd|' /C calc'!A0"
        )
        demo.insert(
            connection,
            "documents",
            source_id="rates/demo",
            source_url="https://example.org/page",
            capture_sha256=demo.SHA,
            last_seen_at="2026-11-24",
        )
    monkeypatch.setenv("CHIPWATCH_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_from_first_sql_prints_a_table(home: Path) -> None:
    result = run(app, ["query", "from exchange_rates select month, cny_per_usd order by month"])
    assert result.exit_code == 0
    assert [line.split() for line in result.stdout.splitlines()] == [
        ["month", "cny_per_usd"],
        ["2026-05-01", "7.12"],
        ["2026-06-01", "7.1"],
    ]
    assert "2 rows" in result.stderr


def test_a_table_is_cut_and_says_so_while_csv_is_whole(home: Path) -> None:
    cut = run(app, ["query", "from exchange_rates", "--limit", "1"])
    assert "1 row; 1 more with --limit 0" in cut.stderr
    whole = run(app, ["query", "from exchange_rates", "--limit", "1", "--format", "csv"])
    assert len(list(csv.DictReader(io.StringIO(whole.stdout)))) == 2


def test_json_keeps_types(home: Path) -> None:
    sql = "select month, cny_per_usd, null as nothing, 'NaN'::float as lost, sum(1) over () as n, [1, 2] as l from exchange_rates order by 1"
    rows = json.loads(run(app, ["query", sql, "--json"]).stdout)
    assert rows[0] == {
        "month": "2026-05-01",
        "cny_per_usd": 7.125,
        "nothing": None,
        "lost": None,
        "n": 2,
        "l": [1, 2],
    }


@pytest.mark.parametrize("form", ["csv", "json", "parquet", "xlsx"])
def test_writes_files_by_their_ending(home: Path, form: str) -> None:
    target = home / "out" / f"rates.{form}"
    result = run(
        app, ["query", "from exchange_rates select month, series order by month", "--to", str(target)]
    )
    assert result.exit_code == 0, result.stderr
    if form == "parquet":
        assert pl.read_parquet(target)["series"].to_list()[1].startswith("=cmd")
    elif form == "xlsx":
        rows = CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
        assert rows[0] == ["month", "series"]
    elif form == "csv":
        assert target.read_bytes().startswith(b"\xef\xbb\xbf")
        assert pl.read_csv(target)["series"].to_list()[1].startswith("'=cmd")
    else:
        assert json.loads(target.read_text())[0] == {"month": "2026-05-01", "series": "H.10"}
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("from exchange_rate", "no mart 'exchange_rate'; did you mean exchange_rates"),
        ("select * from source_statuses", "did you mean source_status"),
        ("from sources_stale", "it is a saved query: chipwatch query --saved sources_stale"),
        ("select cny from exchange_rates", "no column 'cny'; did you mean cny_per_usd"),
        ("selec 1", "syntax error"),
        ("", "the query gives no rows"),
        ("-- nothing", "the query gives no rows"),
        ("from read_text('/etc/hostname')", "disabled by configuration"),
        ("copy exchange_rates to 'stolen.csv'", "disabled by configuration"),
        ("set enable_external_access = true", "Cannot enable external access"),
        ("delete from exchange_rates", "read-only"),
        ("from sql", "no mart 'sql'"),
    ],
)
def test_a_wrong_query_fails_in_one_line(home: Path, sql: str, message: str) -> None:
    with pytest.raises(CommandError) as failure:
        queries.fetch(sql)
    assert message in str(failure.value)
    assert "\n" not in str(failure.value)
    assert not (home / "stolen.csv").exists()


def test_wrong_usage_is_exit_code_2_with_a_hint(home: Path) -> None:
    for arguments, hint in [
        (["query"], "--saved NAME"),
        (["query", "--saved", "source_stale"], "sources_stale"),
        (["query", "--saved", "exchange_rates"], 'chipwatch query "from exchange_rates"'),
        (["query", "--saved", "sources_stale", "--set", "x=1"], "reads nothing"),
        (["query", "--saved", "sources_stale", "--set", "x"], "name=value"),
        (["query", "--saved", "new_since", "--set", "day=2026-02-30"], "--set day=2026-02-30"),
        (["query", "--describe", "exchange"], "exchange_rates"),
        (["export", "exchange_rate"], "exchange_rates"),
        (["query", "from exchange_rates", "--to", "x.docx"], ".parquet"),
    ]:
        result = run(app, arguments)
        assert result.exit_code == 2, arguments
        assert hint in " ".join(result.stderr.replace("│", " ").split()), result.stderr


def test_nothing_published_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHIPWATCH_HOME", str(tmp_path))
    with pytest.raises(CommandError, match="nothing is published yet"):
        queries.fetch("from exchange_rates")


def test_list_and_describe_name_everything(home: Path) -> None:
    listed = run(app, ["query", "--list"]).stdout
    for mart in marts():
        assert mart.name in listed
        described = run(app, ["query", "--describe", mart.name]).stdout
        assert all(column.name in described for column in mart.columns)
    as_json = json.loads(run(app, ["query", "--list", "--json"]).stdout)
    assert "sources_stale" in {entry["name"] for entry in as_json["saved"]}


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_export_writes_each_mart_with_its_descriptor(home: Path, form: str) -> None:
    result = run(app, ["export", "--format", form, "--to", str(home / "out")])
    assert result.exit_code == 0, result.stderr
    package = json.loads((home / "out" / "datapackage.json").read_text())
    assert {resource["name"] for resource in package["resources"]} == {mart.name for mart in marts()}
    for resource in package["resources"]:
        assert (home / "out" / resource["path"]).exists()
    assert "## exchange_rates" in (home / "out" / "dictionary.md").read_text()
    rates = home / "out" / f"exchange_rates.{form}"
    frame = {"csv": pl.read_csv, "json": pl.read_json, "parquet": pl.read_parquet}[form](rates)
    fields = next(r for r in package["resources"] if r["name"] == "exchange_rates")["schema"]["fields"]
    assert frame.columns == [field["name"] for field in fields]
    assert frame.height == 2


def test_export_to_excel_is_one_workbook_without_formulas(home: Path) -> None:
    result = run(
        app, ["export", "exchange_rates", "documents", "--format", "xlsx", "--to", str(home / "out")]
    )
    assert result.exit_code == 0, result.stderr
    book = CalamineWorkbook.from_path(str(home / "out" / "chipwatch.xlsx"))
    assert book.sheet_names == ["exchange_rates", "documents"]
    rows = book.get_sheet_by_name("exchange_rates").to_python()
    assert rows[2][rows[0].index("series")] == "=cmd|' /C calc'!A0"
    with zipfile.ZipFile(home / "out" / "chipwatch.xlsx") as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in archive.read(name)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "＝1"])
def test_formulas_are_guarded_in_csv(text: str) -> None:
    guarded = tabular.to_csv(pl.DataFrame({"x": [text]}))
    assert next(csv.DictReader(io.StringIO(guarded)))["x"] == f"'{text}"


def test_a_text_too_long_for_a_cell_is_named() -> None:
    with pytest.raises(CommandError, match=r"marts\.x, row 1: text of 40000 characters"):
        tabular.to_xlsx({"marts": pl.DataFrame({"x": ["y" * 40_000]})})


def test_an_empty_answer_says_what_was_asked_and_what_may_be_set(home: Path) -> None:
    with duckdb.connect(str(home / "published" / "chipwatch.duckdb")) as connection:
        connection.execute("create macro is_named(text, asked) as true")
    result = run(app, ["query", "--saved", "price_history", "--set", "chip=H900"])
    assert result.exit_code == 0
    assert "nothing on record for chip=H900; --set takes chip (" in result.stderr


def test_a_table_too_wide_for_the_terminal_comes_as_a_block_a_row(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")  # as on a terminal
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    queries.print_table(pl.DataFrame({"chip": ["H100"], "words": ["算力券 " * 9]}), limit=0)
    queries.print_table(pl.DataFrame({f"column_{n}": [n or None] for n in range(9)}), limit=0)
    narrow, wide = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out).split("row 1")
    assert next(line.split() for line in narrow.splitlines()) == ["chip", "words"]
    assert [line.split() for line in wide.splitlines() if "column_" in line] == [
        [f"column_{n}", str(n)] for n in range(1, 9)
    ]
