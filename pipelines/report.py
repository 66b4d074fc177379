"""What the command line prints about a run and about the sources."""

from collections.abc import Sequence
from typing import Any

import typer
from rich.table import Table

from pipelines.errors import CommandError
from pipelines.output import emit, print_columns
from pipelines.paths import home
from pipelines.run import RunResult
from pipelines.sources.check import Report


def print_run(result: RunResult, *, as_json: bool) -> None:
    """Rows a mart, where they lie, what failed and three things to try."""
    place = home()
    if as_json:
        emit(
            {
                "seconds": round(result.seconds, 1),
                "published": result.manifest,
                "failed": result.failed,
                "stale": result.stale,
                "error": result.error,
            }
        )
        return
    if result.manifest is not None and not result.error:
        _print_marts(result.manifest)
        typer.echo(
            f"\nPublished in {place.published} (data as of {result.manifest['as_of']}; run took {result.seconds:.0f} s)"
        )
        typer.echo("Try next:")
        typer.echo("  chipwatch query --list        questions that are ready, and the tables")
        typer.echo("  chipwatch query --saved voucher_terms --set place=Hangzhou")
        typer.echo(f"  open {place.published / 'site' / 'index.html'}")
    if result.stale:
        named = ", ".join(list(result.stale)[:3]) + (" …" if len(result.stale) > 3 else "")
        typer.echo(
            f"stale: {len(result.stale)} of the sources ({named}); `chipwatch status` tells each", err=True
        )
    for source, reason in result.failed.items():
        typer.echo(f"failed: {source}: {reason}", err=True)
    if result.error:
        there = f"; {place.published} stays as it was" if result.manifest is not None else ""
        typer.echo(f"Nothing new was published{there}.", err=True)
        for line in result.error.splitlines():
            typer.echo(f"error: {line}", err=True)


def _print_marts(manifest: dict[str, Any]) -> None:
    marts = manifest["marts"]
    width = max(map(len, marts))
    names = sorted(marts)
    half = (len(names) + 1) // 2
    for left, right in zip(names[:half], [*names[half:], ""], strict=False):
        line = f"{left:<{width}} {marts[left]['rows']:>7,}"
        if right:
            line += f"    {right:<{width}} {marts[right]['rows']:>7,}"
        typer.echo(line)


def print_status(*, as_json: bool) -> int:
    """One line a source; exit code 1 when one failed or is stale."""
    from pipelines.published import connect

    with connect() as connection:
        cursor = connection.execute(
            "select source_id, status, reason, records, newest_content_date, content_age_days, quiet_days, "
            "last_success_at, capture_kinds, issues_error, issues_warning, unknown_names from source_status "
            "order by status = 'ok', status = 'no_listing', source_id"
        )
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    if not rows:
        raise CommandError("source_status is empty: run `chipwatch run` first")
    bad = sum(row["status"] in ("failed", "stale") for row in rows)
    if as_json:
        emit(rows)
        return 1 if bad else 0
    table = Table(box=None, pad_edge=False)
    for heading in ("source", "status", "records", "newest", "age (days)", "why"):
        is_number = heading in ("records", "age (days)")
        table.add_column(
            heading,
            overflow="fold",
            justify="right" if is_number else "left",
            no_wrap=heading not in ("source", "why"),
        )
    for row in rows:
        age = "" if row["content_age_days"] is None else f"{row['content_age_days']} of {row['quiet_days']}"
        table.add_row(
            row["source_id"],
            row["status"],
            str(row["records"]),
            str(row["newest_content_date"] or ""),
            age,
            "" if row["status"] == "stale" else row["reason"] or "",  # its age says it
        )
    print_columns(table)
    typer.echo(f"{len(rows)} sources, {bad} failed or stale")
    return 1 if bad else 0


def print_check(reports: Sequence[Report]) -> None:
    """One block a source: what its pages gave, then what is wrong, then what is worth knowing."""
    for report in reports:
        told = ", ".join(f"{count} {name}" for name, count in report.records.items()) or "no records"
        head = f"{report.pages} {report.kinds} page{'' if report.pages == 1 else 's'}: {told}"
        if report.newest_content:
            head += f"; newest content {report.newest_content}"
        typer.echo(f"{'ok  ' if report.ok else 'FAIL'} {report.source}: {head}")
        for fault in report.faults:
            typer.echo(f"     FAIL {fault}")
        for note in report.notes:
            typer.echo(f"     note {note}")
        if report.issues:
            counted = ", ".join(f"{count} × {name}" for name, count in report.issues.items())
            typer.echo(f"     issues {counted}")
            for sample in report.samples if len(reports) == 1 else ():
                typer.echo(f"       {sample}")
    if len(reports) > 1:
        failed = sum(not report.ok for report in reports)
        typer.echo(f"{len(reports)} sources, {failed} failed")
