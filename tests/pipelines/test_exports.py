"""The exported files against their own descriptor, read as a stranger's tool would: types, required cells, accepted
words, keys, references, lengths and hashes."""

import csv
import datetime as dt
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from tests.pipelines.conftest import Ran, chipwatch
from warehouse.describe import data_package
from warehouse.schema import marts

pytestmark = pytest.mark.e2e


def boolean(text: str) -> bool:
    return {"true": True, "false": False}[text]


READERS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": boolean,
    "date": dt.date.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
}


def faults(folder: Path, package: dict[str, Any]) -> list[str]:
    """What a Frictionless validator would report of a package of CSV files; none when all is well."""
    found: list[str] = []
    values: dict[tuple[str, str], set[str]] = {}
    for resource in package["resources"]:
        path = folder / resource["path"]
        if not path.is_file():
            found.append(f"{resource['path']}: not there")
            continue
        for told in [resource, *resource.get("alternates", [])]:
            content = (folder / told["path"]).read_bytes()
            if (told["bytes"], told["hash"]) != (
                len(content),
                f"sha256:{hashlib.sha256(content).hexdigest()}",
            ):
                found.append(f"{told['path']}: length or hash differs")
        fields = resource["schema"]["fields"]
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        if rows[0] != [field["name"] for field in fields]:
            found.append(f"{resource['name']}: header differs from the descriptor")
            continue
        keys = set()
        for number, row in enumerate(rows[1:], start=2):
            if len(row) != len(fields):
                found.append(f"{resource['name']} row {number}: {len(row)} cells, {len(fields)} fields")
                continue
            cells = dict(zip(rows[0], row, strict=True))
            for field in fields:
                text = cells[field["name"]]
                constraints = field.get("constraints", {})
                if not text:
                    if constraints.get("required"):
                        found.append(f"{resource['name']} row {number}: {field['name']} is empty")
                    continue
                values.setdefault((resource["name"], field["name"]), set()).add(text)
                try:
                    READERS[field["type"]](text)
                except (ValueError, KeyError):
                    found.append(
                        f"{resource['name']} row {number}: {field['name']} {text!r} is no {field['type']}"
                    )
                if "enum" in constraints and text not in constraints["enum"]:
                    found.append(f"{resource['name']} row {number}: {field['name']} {text!r} is not accepted")
            key = tuple(cells[name] for name in resource["schema"]["primaryKey"])
            if key in keys:
                found.append(f"{resource['name']} row {number}: the key {key} repeats")
            keys.add(key)
    for resource in package["resources"]:
        for key in resource["schema"].get("foreignKeys", []):
            other = key["reference"]["resource"] or resource["name"]
            lost = values.get((resource["name"], key["fields"]), set()) - values.get(
                (other, key["reference"]["fields"]), set()
            )
            if lost:
                found.append(f"{resource['name']}.{key['fields']}: {sorted(lost)[:3]} is not in {other}")
    return found


@pytest.fixture(scope="module")
def out(bundled_run: Ran) -> Path:
    return bundled_run.home / "published"


def test_what_is_published_is_what_its_descriptor_says(out: Path) -> None:
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["name"] for resource in package["resources"]} == {mart.name for mart in marts()}
    assert faults(out, package) == []
    assert package["licenses"]
    assert len(package["sources"]) >= 30
    assert all(source["path"].startswith("http") for source in package["sources"])
    units = {
        field["unit"]
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        if "unit" in field
    }
    assert {"CNY", "percent", "CNY per GPU-hour", "GPU-hours"} <= units


def test_the_check_itself_sees_faults(tmp_path: Path) -> None:
    rates = next(mart for mart in marts() if mart.name == "exchange_rates")
    header = ",".join(column.name for column in rates.columns)
    good = (
        "2026-01-01,7.0,H10,rates/x,https://x.test/,"
        + "a" * 64
        + ",row 1,live,1,2026-01-01 00:00:00,2026-01-01 00:00:00"
    )
    lines = [
        good,
        good,
        good.replace("7.0", "seven"),
        good.replace("live", "dead"),
        good.replace("2026-01-01,", ",", 1),
    ]
    (tmp_path / "exchange_rates.csv").write_text("\n".join([header, *lines]) + "\n")
    package = data_package(dt.date(2026, 1, 1), tables=[rates], folder="", root=tmp_path)
    told = "\n".join(faults(tmp_path, package))
    for expected in (
        "row 3: the key",
        "'seven' is no number",
        "'dead' is not accepted",
        "row 6: month is empty",
    ):
        assert expected in told
    (tmp_path / "exchange_rates.csv").write_text(f"{header}\n{good}\n\n")
    assert "hash differs" in "\n".join(faults(tmp_path, package))


def test_parquet_and_csv_hold_the_rows_of_the_file(out: Path, published: duckdb.DuckDBPyConnection) -> None:
    for mart in marts():
        counted = published.execute(f"select count(*) from {mart.name}").fetchone()
        frame = pl.read_parquet(out / "parquet" / f"{mart.name}.parquet")
        assert (frame.height,) == counted, mart.name
        assert frame.columns == [column.name for column in mart.columns]
        with (out / "csv" / f"{mart.name}.csv").open(encoding="utf-8", newline="") as file:
            assert (sum(1 for _ in csv.reader(file)) - 1,) == counted, mart.name


def test_the_manifest_is_dated_and_its_hashes_hold(out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text())
    dt.datetime.fromisoformat(manifest["published_at"])
    for name, told in manifest["files"].items():
        content = (out / name).read_bytes()
        assert (told["bytes"], told["sha256"]) == (len(content), hashlib.sha256(content).hexdigest()), name
    assert "changes_since_previous.md" in manifest["files"]
    assert (out / "changes_since_previous.md").read_text().startswith("# Changes published 20")


def test_exporting_all_as_csv_gives_a_valid_package(bundled_run: Ran, tmp_path: Path) -> None:
    made = chipwatch(bundled_run.home, "export", "--format", "csv", "--to", str(tmp_path))
    assert made.returncode == 0, made.stderr
    assert faults(tmp_path, json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))) == []
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    for name, told in manifest["files"].items():
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == told["sha256"]


def test_a_workbook_has_a_sheet_a_mart_with_its_rows(
    bundled_run: Ran, published: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    names = ["voucher_values", "model_approvals", "gpu_prices"]
    made = chipwatch(bundled_run.home, "export", *names, "--format", "xlsx", "--to", str(tmp_path))
    assert made.returncode == 0, made.stderr
    book = CalamineWorkbook.from_path(str(tmp_path / "chipwatch.xlsx"))
    assert book.sheet_names == names
    for name in names:
        counted = published.execute(f"select count(*) from {name}").fetchone()
        assert (len(book.get_sheet_by_name(name).to_python()) - 1,) == counted
