"""What the Dagster UI shows beside each asset: small tables and plots in Markdown, and where the code lies.

Scraped words are shown as words: a cell can neither break a table nor smuggle markup into the page.
"""

import datetime as dt
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from scrapers.collect import Outcome
from warehouse.normalise.trust import newest_content_date
from warehouse.schema import Table

BARS = "▁▂▃▄▅▆▇█"
SHOWN_ROWS = 8
SHOWN_COLUMNS = 9
CELL = 80
"""Characters of one cell; an operator reads whole texts in the published file."""


def code(*paths: Path) -> dict[str, Any]:
    """Metadata that links an asset to the files it is made by; a path that is not there is left out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.BetaWarning)  # one notice a file would bury the operator's log
        references = [dg.LocalFileCodeReference(file_path=str(path)) for path in paths if path.exists()]
        return {"dagster/code_references": dg.CodeReferencesMetadataValue(code_references=list(references))}


def outcome_table(found: Sequence[Outcome]) -> dg.MarkdownMetadataValue:
    """One row a source of this run, failed ones first."""
    return table(
        ("source", "outcome", "records", "issues", "newest content", "why"),
        [
            (
                outcome.source.id,
                "ok" if outcome.ok else "failed",
                len(outcome.records),
                len(outcome.issues),
                newest_content_date(outcome.records, outcome.captures),
                outcome.reason,
            )
            for outcome in sorted(found, key=lambda o: (o.ok, o.source.id))
        ],
    )


def source_metadata(outcome: Outcome) -> dict[str, Any]:
    """What one run found at one source: the addresses asked, records a capture, and the first issues."""
    newest = newest_content_date(outcome.records, outcome.captures)
    last = outcome.attempts[-1].run_id if outcome.attempts else None
    asked = [attempt for attempt in outcome.attempts if attempt.run_id == last]
    shown: dict[str, Any] = {
        "dagster/row_count": len(outcome.records),
        "captures": len(outcome.captures),
        "issues": len(outcome.issues),
        "attempts": table(
            ("outcome", "status", "bytes", "address", "why"),
            [(a.outcome, a.status, a.bytes, a.url, a.reason) for a in asked[:SHOWN_ROWS]],
            left_out=max(0, len(asked) - SHOWN_ROWS),
        ),
    }
    if newest is not None:
        shown["newest_content"] = newest.isoformat()
    if len(outcome.captures) > 1:
        days = Counter(landed.origin.observed_at.date() for landed in outcome.records)
        shown["records_by_day_of_capture"] = plot(sorted(days.items()))
    if outcome.issues:
        shown["first_issues"] = table(
            ("level", "code", "where", "message"),
            [(i.level, i.code, i.locator, i.message) for i in outcome.issues[:SHOWN_ROWS]],
            left_out=max(0, len(outcome.issues) - SHOWN_ROWS),
        )
    return shown


def mart_metadata(connection: duckdb.DuckDBPyConnection, mart: Table) -> dict[str, Any]:
    """Rows, the first few of them, and rows by month or year of the mart's first day column."""
    cursor = connection.execute(f"select count(*) from main.{mart.name}")
    counted = cursor.fetchone()
    rows = int(counted[0]) if counted else 0
    shown: dict[str, Any] = {"dagster/row_count": rows}
    if rows == 0:
        return shown
    columns = [column.name for column in mart.own[:SHOWN_COLUMNS]]
    first = connection.execute(
        f"select {', '.join(columns)} from main.{mart.name} order by {', '.join(mart.key)} limit {SHOWN_ROWS}"
    ).fetchall()
    shown["first_rows"] = table(columns, first, left_out=max(0, rows - SHOWN_ROWS))
    day = next((c.name for c in mart.own if c.type in ("date", "timestamp") and c.name != "fx_date"), None)
    if day is not None:
        counts = connection.execute(
            f"with days as (select {day}::date as day from main.{mart.name} where {day} is not null), "
            "step as (select if(max(day) - min(day) > 1460, 'year', 'month') as part from days) "
            "select date_trunc((select part from step), day)::date, count(*) from days group by all order by all"
        ).fetchall()
        if len(counts) > 1:
            shown[f"rows_by_{day}"] = plot(counts)
    return shown


def rows_table(manifest: dict[str, Any], changes: dict[str, Any] | None = None) -> dg.MarkdownMetadataValue:
    """Rows a mart, with what came and went since the publication before."""
    changed = (changes or {}).get("marts", {})
    return table(
        ("mart", "rows", "new rows", "rows gone"),
        [
            (
                name,
                f"{mart['rows']:,}",
                changed.get(name, {}).get("rows_added"),
                changed.get(name, {}).get("rows_removed"),
            )
            for name, mart in manifest["marts"].items()
        ],
    )


def table(
    header: Sequence[str], rows: Iterable[Sequence[object]], *, left_out: int = 0
) -> dg.MarkdownMetadataValue:
    """A Markdown table; `left_out` rows are counted below it."""
    lines = [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
    lines += [f"| {' | '.join(map(cell, row))} |" for row in rows]
    if left_out:
        lines += ["", f"and {left_out:,} more"]
    return dg.MetadataValue.md("\n".join(lines))


def plot(points: Sequence[tuple[dt.date, int]]) -> dg.MarkdownMetadataValue:
    """Counts by day as one bar each, from zero to the highest; the ends and the highest are named."""
    highest = max(count for _, count in points)
    bars = "".join(BARS[min(7, count * 8 // (highest + 1))] for _, count in points)
    peak = max(points, key=lambda point: point[1])
    return dg.MetadataValue.md(
        f"`{bars}`\n\n{points[0][0]} to {points[-1][0]}; most: {peak[1]:,} on {peak[0]}"
    )


def cell(value: object) -> str:
    """One value as text that Markdown leaves alone."""
    if value is None:
        return ""
    text = f"{value:,.4g}" if isinstance(value, float) else " ".join(str(value).split())
    text = text if len(text) <= CELL else text[: CELL - 1] + "…"
    return re.sub(r"([\\`*_\[\]<>|#!])", r"\\\1", text)
