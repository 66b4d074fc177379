"""Core Parquet to the build file, before dbt adds the marts.

The file is made aside in `build/`; readers have `published/` open. It is created with a pinned storage version, so
that DuckDB 1.2 and later clients can open it; views made in it name no database, because the published copy has the
same file stem.
"""

from pathlib import Path

import duckdb

from warehouse.schema import DUCKDB, Table, core

STORAGE_VERSION = "v1.2.0"


def build(core_folder: Path, target: Path) -> dict[str, int]:
    """Makes `target` anew with schema `core`; returns rows per core table.

    A table has as many Parquet files as domains that write it (`<core_folder>/<domain>/<table>.parquet`); one that no
    domain wrote is there and empty.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    for leftover in (target, target.with_name(f"{target.name}.wal")):
        leftover.unlink(missing_ok=True)
    rows = {}
    with duckdb.connect() as connection:
        connection.execute(
            f"attach {_quoted(str(target))} as chipwatch (storage_version {_quoted(STORAGE_VERSION)})"
        )
        connection.execute("use chipwatch")
        connection.execute("create schema core")
        for table in core():
            connection.execute(_ddl(table))
            paths = sorted(str(path) for path in core_folder.glob(f"*/{table.name}.parquet"))
            if paths:
                listed = ", ".join(_quoted(path) for path in paths)
                connection.execute(
                    f"insert into core.{table.name} by name select * from read_parquet([{listed}])"
                )
            counted = connection.execute(f"select count(*) from core.{table.name}").fetchone()
            rows[table.name] = int(counted[0]) if counted else 0
        connection.execute("use memory")
        connection.execute("detach chipwatch")
    return rows


def _ddl(table: Table) -> str:
    columns = ", ".join(
        f"{column.name} {DUCKDB[column.type]}{' not null' if column.required else ''}"
        for column in table.columns
    )
    comments = "".join(
        f"; comment on column core.{table.name}.{column.name} is {_quoted(column.meaning)}"
        for column in table.columns
    )
    return (
        f"create table core.{table.name} ({columns});"
        f" comment on table core.{table.name} is {_quoted(table.description)}{comments}"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
