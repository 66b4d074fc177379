"""What a publication changes for readers against the one before: rows new, gone and changed, by mart and key.

Where a row comes from and when it was last seen are left out: seeing the same fact again is no change.
"""

from pathlib import Path
from typing import Any

import duckdb

from warehouse.schema import Table, marts

EXAMPLES = 12
"""Rows of each kind named one by one; the counts are whole."""
_QUIET = {"last_attempt_at", "last_success_at", "last_outcome", "last_seen_at", "content_age_days"}


def compare(old: Path, new: Path, previous: dict[str, Any] | None) -> dict[str, Any]:
    """Per mart that differs: `rows_added`, `rows_removed`, `rows_changed`, and the first of each with keys and, for changed
    ones, column → [before, after]. A mart the old file lacks is `new_mart`. `previous` is the old manifest."""
    if previous is None or not old.exists():
        return {"previous": None, "marts": {}}
    out: dict[str, Any] = {}
    # Both files have the same stem, so each is attached under a name of its own.
    with duckdb.connect() as connection:
        connection.execute(f"attach '{old}' as previous (read_only)")
        connection.execute(f"attach '{new}' as next (read_only)")
        columns: dict[str, set[str]] = {}
        for table, column in connection.execute(
            "select table_name, column_name from duckdb_columns() "
            "where database_name = 'previous' and schema_name = 'main' and not internal"
        ).fetchall():
            columns.setdefault(table, set()).add(column)
        for mart in marts():
            if mart.name not in columns:
                out[mart.name] = {"new_mart": True}
            elif not set(mart.key) <= columns[mart.name]:
                out[mart.name] = {"new_key": True}
            elif found := _mart(connection, mart, columns[mart.name]):
                out[mart.name] = found
    return {
        "previous": {"published_at": previous["published_at"], "as_of": previous["as_of"]},
        "marts": out,
    }


def _mart(connection: duckdb.DuckDBPyConnection, mart: Table, there: set[str]) -> dict[str, Any] | None:
    """The differences of one mart that both files have; null when there are none."""
    own = [c.name for c in mart.own if c.name in there and c.name not in _QUIET]
    rest = [name for name in own if name not in mart.key]
    key = "concat_ws(' | ', " + ", ".join(f"coalesce({name}::varchar, '∅')" for name in mart.key) + ")"
    pair = f"""
        with old_rows as (select {key} as row_key, {", ".join(own)} from previous.main.{mart.name}),
        new_rows as (select {key} as row_key, {", ".join(own)} from next.main.{mart.name})
    """

    def keys(select: str) -> list[str]:
        return [name for (name,) in connection.execute(f"{pair} {select} order by 1").fetchall()]

    added = keys("select row_key from new_rows anti join old_rows using (row_key)")
    removed = keys("select row_key from old_rows anti join new_rows using (row_key)")
    changed: dict[str, dict[str, list[Any]]] = {}
    if rest:
        differs = " or ".join(f"old_rows.{name} is distinct from new_rows.{name}" for name in rest)
        cursor = connection.execute(
            f"{pair} select row_key, {', '.join(f'old_rows.{n}::varchar, new_rows.{n}::varchar' for n in rest)} "
            f"from old_rows join new_rows using (row_key) where {differs} order by row_key"
        )
        for row_key, *values in cursor.fetchall():
            changed[row_key] = {
                name: [before, after]
                for name, before, after in zip(rest, values[::2], values[1::2], strict=True)
                if before != after
            }
    if not (added or removed or changed):
        return None
    return {
        "rows_added": len(added),
        "rows_removed": len(removed),
        "rows_changed": len(changed),
        "added": added[:EXAMPLES],
        "removed": removed[:EXAMPLES],
        "changed": dict(list(changed.items())[:EXAMPLES]),
    }


def as_markdown(changes: dict[str, Any], published_at: str) -> str:
    """The same for a person to read."""
    lines = [f"# Changes published {published_at[:10]}", ""]
    previous = changes["previous"]
    if previous is None:
        return "\n".join([*lines, "The first publication: everything is new.", ""])
    lines += [f"Against the publication of {previous['published_at']} (data as of {previous['as_of']}).", ""]
    differing = {name: found for name, found in changes["marts"].items() if "rows_added" in found}
    made = [name for name in changes["marts"] if name not in differing]
    if made:
        lines += [f"New or with a new key: {', '.join(made)}.", ""]
    if not differing:
        return "\n".join([*lines, "No row differs.", ""])
    lines += ["| mart | new | gone | changed |", "|---|---:|---:|---:|"]
    lines += [
        f"| {name} | {found['rows_added']:,} | {found['rows_removed']:,} | {found['rows_changed']:,} |"
        for name, found in differing.items()
    ]
    for name, found in differing.items():
        lines += ["", f"## {name}", ""]
        lines += [f"- new {_code(key)}" for key in found["added"]]
        lines += [f"- gone {_code(key)}" for key in found["removed"]]
        for key, fields in found["changed"].items():
            told = "; ".join(
                f"{field} {_code(before)} → {_code(after)}" for field, (before, after) in fields.items()
            )
            lines.append(f"- changed {_code(key)}: {told}")
        left = sum(
            found[count] - len(found[kind])
            for count, kind in (
                ("rows_added", "added"),
                ("rows_removed", "removed"),
                ("rows_changed", "changed"),
            )
        )
        if left:
            lines.append(f"- and {left:,} more")
    return "\n".join([*lines, ""])


def _code(value: str | None) -> str:
    """Text of a source as code: nothing in it is read as Markdown or HTML."""
    if value is None:
        return "nothing"
    text = " ".join(value.split()).replace("`", "'")
    return f"`{text[:120]}{'…' if len(text) > 120 else ''}`"
