"""What the Dagster UI shows beside each asset: small tables in Markdown."""

from collections.abc import Sequence
from typing import Any

import dagster as dg

from scrapers.collect import Outcome
from warehouse.normalise.trust import newest_content_date


def outcome_table(found: Sequence[Outcome]) -> str:
    """Markdown for the Dagster UI: one row a source of this run."""
    lines = ["| source | outcome | records | issues | why |", "|---|---|---|---|---|"]
    for outcome in sorted(found, key=lambda o: (o.ok, o.source.id)):
        lines.append(
            f"| {outcome.source.id} | {'ok' if outcome.ok else '**failed**'} | {len(outcome.records)} "
            f"| {len(outcome.issues)} | {outcome.reason or ''} |"
        )
    return "\n".join(lines)


def source_metadata(outcome: Outcome) -> dict[str, Any]:
    """What the Dagster UI shows of one source."""
    newest = newest_content_date(outcome.records)
    shown: dict[str, Any] = {
        "dagster/row_count": len(outcome.records),
        "captures": len(outcome.seen),
        "attempts": len(outcome.attempts),
        "issues": len(outcome.issues),
    }
    if newest is not None:
        shown["newest_content"] = newest.isoformat()
    if outcome.issues:
        lines = [
            f"| {i.level} | {i.code} | {i.message[:160].replace('|', '/')} |" for i in outcome.issues[:20]
        ]
        shown["first_issues"] = dg.MetadataValue.md(
            "\n".join(["| level | code | message |", "|---|---|---|", *lines])
        )
    return shown


def rows_table(manifest: dict[str, Any]) -> str:
    """Markdown for the Dagster UI: rows a mart."""
    return "\n".join(
        ["| mart | rows |", "|---|---|", *(f"| {n} | {m['rows']:,} |" for n, m in manifest["marts"].items())]
    )
