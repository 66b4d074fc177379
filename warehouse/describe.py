"""The tables in words for readers and machines: the data dictionary and the data package descriptor."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from warehouse.schema import DUCKDB, PROVENANCE, Column, Table, marts

FRICTIONLESS = {
    "text": "string",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "date": "date",
    "timestamp": "datetime",
}
MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LICENCE = {
    "name": "facts-with-sources",
    "title": "Facts compiled from the public pages named in source_url; reuse the compilation with credit to chipwatch, "
    "and third-party tables under the licence their row in source_status names.",
}


def dictionary(tables: Sequence[Table] | None = None) -> str:
    """Every mart and column with type, unit and meaning, as Markdown, and the saved queries where all marts are told. The
    provenance columns, the same in every fact mart, are explained once."""
    whole, tables = tables is None, marts() if tables is None else tables
    lines = [
        "# Data dictionary",
        "",
        "Made from `warehouse/schema`. Times are UTC, money in the currency the column names, rates in percent; null is",
        "unknown or does not apply, never zero.",
        "",
    ]
    lines += [f"* [{table.name}](#{table.name}): {table.description}" for table in tables]
    lines += ["", "## Provenance columns", "", "In every mart marked *facts* below.", ""]
    lines += _table(PROVENANCE)
    for table in tables:
        key = ", ".join(f"`{part}`" for part in table.key)
        lines += [f"## {table.name}", "", table.description, ""]
        lines += [f"Key: {key}.{' Facts: carries the provenance columns.' if table.is_fact else ''}", ""]
        lines += _table(table.own)
    if whole:
        lines += _queries()
    return "\n".join(lines)


def _queries() -> list[str]:
    """The saved queries by the question they answer."""
    from warehouse.queries import saved

    lines = [
        "# Saved queries",
        "",
        "`chipwatch query --saved NAME`, with `--set VARIABLE=VALUE`; the files lie in `warehouse/queries`, their text in "
        "the mart `saved_queries`.",
        "",
        "| query | question | may be set (default) |",
        "|---|---|---|",
    ]
    for query in saved().values():
        told = [(name, *meaning.rsplit("; ", 1)) for name, meaning in query.variables.items()]
        variables = ", ".join(f"`{name}` ({default})" for name, _, default in told)
        lines.append(f"| `{query.name}` | {query.question} | {variables} |".replace("  |", " |"))
    return [*lines, ""]


def data_package(
    as_of: dt.date,
    *,
    tables: Sequence[Table] | None = None,
    form: str = "csv",
    folder: str = "csv/",
    sources: Iterable[tuple[str, str]] = (),
    root: Path | None = None,
) -> dict[str, Any]:
    """A Frictionless descriptor of the exported files `<folder><mart>.<form>`. `sources` are (title, address). With a
    `root` each file's length and hash are noted, and the Parquet file of the same mart is named beside a CSV."""
    tables = marts() if tables is None else tables
    names = {table.name for table in tables}
    return {
        "profile": "tabular-data-package" if form == "csv" else "data-package",
        "name": "chipwatch",
        "title": "chipwatch: China's AI-compute ecosystem",
        "version": as_of.isoformat(),
        "description": "Compute vouchers, GPU offers, model approvals and chip restrictions, each fact with the words it "
        "rests on (table evidence) and the address they stand at.",
        "keywords": ["China", "compute vouchers", "GPU prices", "generative AI filings", "export controls"],
        "licenses": [LICENCE],
        "sources": [{"title": title, "path": address} for title, address in sources],
        "resources": [
            _resource(table, names, form, folder) | _files(root, table, form, folder) for table in tables
        ],
    }


def _files(root: Path | None, table: Table, form: str, folder: str) -> dict[str, Any]:
    """Length and hash of a resource's file, and of its twin in Parquet where there is one."""
    if root is None:
        return {}
    twin = f"parquet/{table.name}.parquet"
    told: dict[str, Any] = _stamp(root / f"{folder}{table.name}.{form}")
    if (root / twin).exists():
        told["alternates"] = [
            {"path": twin, "format": "parquet", "mediatype": MEDIA["parquet"], **_stamp(root / twin)}
        ]
    return told


def _stamp(path: Path) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "hash": f"sha256:{sha256(path)}"}


def sha256(path: Path) -> str:
    """The file's SHA-256, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _resource(table: Table, names: set[str], form: str, folder: str) -> dict[str, Any]:
    keys = []
    for column in table.columns:
        mart, _, field = (column.references or "").partition(".")
        if mart in names:
            resource = "" if mart == table.name else mart
            keys.append({"fields": column.name, "reference": {"resource": resource, "fields": field}})
    return {
        "profile": "tabular-data-resource" if form == "csv" else "data-resource",
        "name": table.name,
        "description": table.description,
        "path": f"{folder}{table.name}.{form}",
        "format": form,
        "mediatype": MEDIA[form],
        "encoding": "utf-8",
        "schema": {"fields": [_field(c) for c in table.columns], "primaryKey": list(table.key)}
        | ({"foreignKeys": keys} if keys else {}),
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": FRICTIONLESS[column.type],
        "description": column.description,
    }
    if column.type == "timestamp":
        field["format"] = "any"
    if column.unit:
        field["unit"] = column.unit
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    return field | ({"constraints": constraints} if constraints else {})


def _table(columns: Iterable[Column]) -> list[str]:
    lines = ["| column | type | unit | meaning |", "|---|---|---|---|"]
    for column in columns:
        meaning = column.meaning.replace("|", "\\|")
        lines.append(f"| `{column.name}` | {DUCKDB[column.type]} | {column.unit or ''} | {meaning} |")
    return [*lines, ""]
