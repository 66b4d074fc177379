import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
import yaml

from scrapers.extract.policy import CRITERIA
from warehouse.schema import Column, SchemaError, Table, conform, tables
from warehouse.schema import policy as schema_policy
from warehouse.schema.generate import files

ROOT = Path(__file__).parents[2]
PAIR = Table(
    "core_x__pairs",
    "x",
    "Pairs.",
    ("k",),
    (Column("k", "text", "Key.", required=True), Column("v", "int", "Value.")),
    is_fact=False,
)


def test_generated_files_are_up_to_date() -> None:
    stale = [str(p) for p, text in files(ROOT).items() if not p.exists() or p.read_text("utf-8") != text]
    assert not stale, f"run `make schema`: {stale}"


def test_every_model_before_the_marts_begins_with_what_it_is() -> None:
    for layer in ("staging", "intermediate"):
        text = files(ROOT)[ROOT / "dbt" / "models" / layer / f"{layer}.yml"]
        thin = [m["name"] for m in yaml.safe_load(text)["models"] if len(m["description"]) < 20]
        assert not thin, f"{layer}: {thin}"


def test_every_column_is_described() -> None:
    thin = [f"{t.name}.{c.name}" for t in tables().values() for c in t.columns if len(c.description) < 4]
    assert not thin


def test_the_conditions_have_the_readers_names() -> None:
    assert set(schema_policy.CRITERIA) == {*CRITERIA, "target", "other"}


def test_key_columns_exist() -> None:
    for table in tables().values():
        assert set(table.key) <= {c.name for c in table.columns}, table.name


def test_conform_orders_casts_and_fills() -> None:
    frame = conform(pl.DataFrame({"k": ["b", "a"]}), PAIR)
    assert frame.to_dicts() == [{"k": "a", "v": None}, {"k": "b", "v": None}]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ({"k": ["a"], "w": [1]}, "core_x__pairs: unknown column w"),
        ({"k": ["a", None]}, "core_x__pairs.k: 1 nulls in a required column"),
        ({"k": ["a", "a"]}, "core_x__pairs: 1 keys repeat"),
        ({"k": ["a"], "v": ["x"]}, "core_x__pairs: conversion"),
    ],
)
def test_conform_refuses(frame: dict[str, list[object]], message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        conform(pl.DataFrame(frame), PAIR)


def test_reading_the_schema_writes_nothing(tmp_path: Path) -> None:
    code = "from warehouse.schema import marts; assert marts()"
    subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True
    )
    assert list(tmp_path.iterdir()) == []
