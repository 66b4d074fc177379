"""Writes the files that repeat the schema: dbt's `models/sources.yml`, one YAML a mart, and `docs/dictionary.md`.

A mart's YAML holds its contract, column comments, key, accepted values and relationships. Unit tests are written by
hand in `unit_tests.yml` beside them. A model before the marts is described by the comment its SQL begins with.
"""

from itertools import dropwhile, takewhile
from pathlib import Path
from typing import Any

import yaml

from warehouse.schema import DUCKDB, PROVENANCE, Column, Table, core, marts

HEADER = "# Made from warehouse/schema by `make schema`; edit there.\n"


MODELS = "# Made by `make schema` from the comment each model begins with; edit there.\n"


def files(root: Path) -> dict[Path, str]:
    """Path → text of every generated file of a checkout."""
    from warehouse.describe import dictionary

    dbt = root / "dbt"
    out = {
        dbt / "models" / "sources.yml": _dump({"version": 2, "sources": [_core_source()]}),
        root / "docs" / "dictionary.md": dictionary(),
    }
    for mart in marts():
        path = dbt / "models" / "marts" / mart.domain / f"{mart.name}.yml"
        out[path] = _dump({"version": 2, "models": [_mart(mart)]})
    for layer in ("staging", "intermediate"):
        models = sorted((dbt / "models" / layer).glob("*/*.sql"))
        described = [{"name": path.stem, "description": _first_comment(path)} for path in models]
        out[dbt / "models" / layer / f"{layer}.yml"] = _dump({"version": 2, "models": described}, MODELS)
    return out


def _first_comment(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    comment = takewhile(
        lambda line: line.startswith("--"), dropwhile(lambda line: line.startswith("{{ config"), lines)
    )
    return " ".join(line.removeprefix("--").strip() for line in comment)


def write(root: Path) -> list[Path]:
    """Writes what differs and removes marts' YAML whose table is gone; returns the changed paths."""
    wanted = files(root)
    changed = []
    for path in (root / "dbt" / "models" / "marts").glob("*/*.yml"):
        if path not in wanted and path.read_text(encoding="utf-8").startswith(HEADER):
            path.unlink()
            changed.append(path)
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def _core_source() -> dict[str, Any]:
    return {
        "name": "core",
        "schema": "core",
        "description": "Tables written by warehouse.normalise from the archive, one Parquet file each.",
        "tables": [
            {
                "name": table.name,
                "description": table.description,
                "config": {
                    "meta": {"is_fact": table.is_fact, "key": list(table.key), "domain": table.domain}
                },
                "columns": [{"name": c.name, "description": _describe(c)} for c in table.columns],
            }
            for table in core()
        ],
    }


def _mart(table: Table) -> dict[str, Any]:
    out: dict[str, Any] = {
        "name": table.name,
        "description": table.description,
        "config": {
            "contract": {"enforced": True},
            "meta": {"key": list(table.key), "is_fact": table.is_fact},
        },
        "columns": [_mart_column(table, c) for c in table.columns],
    }
    if len(table.key) > 1:
        out["data_tests"] = [{"unique_together": {"arguments": {"columns": list(table.key)}}}]
    return out


def _mart_column(table: Table, column: Column) -> dict[str, Any]:
    out: dict[str, Any] = {
        "name": column.name,
        "data_type": DUCKDB[column.type],
        "description": _describe(column),
    }
    tests: list[Any] = []
    if table.key == (column.name,):
        tests.append("unique")
    if column.required:
        # A constraint of the contract: DuckDB refuses the row, at no cost of a query each.
        out["constraints"] = [{"type": "not_null"}]
    if column.values and column not in PROVENANCE:
        tests.append({"accepted_values": {"arguments": {"values": list(column.values)}}})
    if column.references:
        mart, field = column.references.split(".")
        tests.append({"relationships": {"arguments": {"to": f"ref('{mart}')", "field": field}}})
    if tests:
        out["data_tests"] = tests
    return out


def _describe(column: Column) -> str:
    return f"{column.meaning} Unit: {column.unit}." if column.unit else column.meaning


def _dump(content: dict[str, Any], header: str = HEADER) -> str:
    return header + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110)
