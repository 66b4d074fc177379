"""The command line. Each verb is a few lines here; what it does lies in the module it calls.

Exit codes: 0 done, 1 the work failed (wholly or for a source), 2 wrong usage.
"""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.errors import CommandError

app = typer.Typer(
    name="chipwatch",
    help="China's AI-compute ecosystem as data: compute vouchers, GPU offers, model approvals, chip restrictions.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
source_app = typer.Typer(help="Add a source: scaffold, one polite fetch, replay.", no_args_is_help=True)
app.add_typer(source_app, name="source")

Json = Annotated[bool, typer.Option("--json", help="Print JSON for a machine instead of text.")]


class Kind(StrEnum):
    policy = "policy"
    market = "market"
    approvals = "approvals"
    restrictions = "restrictions"


class Form(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"
    xlsx = "xlsx"


class FileForm(StrEnum):
    parquet = "parquet"
    csv = "csv"
    xlsx = "xlsx"
    json = "json"


@app.command()
def run(
    live: Annotated[
        bool, typer.Option("--live", help="Ask the network instead of replaying the bundled pages.")
    ] = False,
    only: Annotated[
        list[str] | None, typer.Option(help="Only these sources (`policy/shenzhen_stic`); repeatable.")
    ] = None,
    allow_shrink: Annotated[
        bool, typer.Option(help="Publish although a mart lost more than half its rows.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Collect, normalise, build, test and publish.

    Without `--live` the bundled pages are replayed, offline. Exit code 1 when a source failed, although the others
    were published.

    Examples: `chipwatch run` · `chipwatch run --live --only rates/fed_h10`
    """
    from pipelines.report import print_run
    from pipelines.run import run as run_all

    check_sources(only or [])
    result = run_all(live=live, only=only or [], allow_shrink=allow_shrink)
    print_run(result, as_json=as_json)
    raise typer.Exit(1 if result.error or result.failed else 0)


@app.command()
def extract(
    files: Annotated[
        list[Path], typer.Argument(help="HTML, text, Markdown, JSON, CSV, XLSX, DOCX or PDF files.")
    ],
    kind: Annotated[Kind, typer.Option(help="What to read out of them.")],
    url: Annotated[str, typer.Option(help="Address the file came from.")] = "",
    date: Annotated[
        str, typer.Option(help="Day it was read, YYYY-MM-DD; completes dates without a year.")
    ] = "",
    platform: Annotated[str, typer.Option(help="Platform or source id whose default units apply.")] = "",
) -> None:
    """Read facts out of files: JSON Lines, one record a line, with the words each rests on.

    Example: `chipwatch extract notice.html --kind policy --url https://…`
    """
    from pipelines.extract import extract_file, parse_day

    failed = False
    day = parse_day(date)
    for file in files:
        try:
            for row in extract_file(file, kind.value, url=url, day=day, platform=platform):
                typer.echo(json.dumps(row, ensure_ascii=False))
        except CommandError as error:
            failed = True
            typer.echo(f"chipwatch: {error}", err=True)
    raise typer.Exit(1 if failed else 0)


@app.command()
def status(as_json: Json = False) -> None:
    """Is each source alive, how old is its newest content, and what went wrong last."""
    from pipelines.report import print_status

    raise typer.Exit(print_status(as_json=as_json))


@app.command()
def query(
    sql: Annotated[str | None, typer.Argument(help="SQL over the marts; DuckDB's `from MART` works.")] = None,
    saved: Annotated[str | None, typer.Option(help="Run this saved query instead.")] = None,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", help="Variable of a saved query, `chip=nvidia-h100`; repeatable."),
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="How to print it.")] = Form.table,
    to: Annotated[Path | None, typer.Option(help="Write to this file; its ending decides the form.")] = None,
    limit: Annotated[int, typer.Option(help="Rows a table shows; 0 shows all.", min=0)] = 40,
    list_: Annotated[bool, typer.Option("--list", help="Name the saved queries and the marts.")] = False,
    describe: Annotated[str | None, typer.Option(help="Explain the columns of this mart.")] = None,
    as_json: Json = False,
) -> None:
    """Ask the published file, read-only.

    Examples: `chipwatch query --list` · `chipwatch query "from voucher_values limit 5"` ·
    `chipwatch query --saved chip_status_on --set chip=nvidia-rtx-4090 --set day=2023-12-01` ·
    `chipwatch query "from gpu_prices" --to prices.xlsx`
    """
    from pipelines import query as queries

    if list_:
        queries.print_list(as_json=as_json)
    elif describe is not None:
        queries.print_mart(describe, as_json=as_json)
    else:
        chosen = "json" if as_json else form.value
        queries.run_query(sql, name=saved, values=values or [], form=chosen, target=to, limit=limit)


@app.command()
def export(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[MART]...", help="All marts when none is named.")
    ] = None,
    form: Annotated[
        FileForm, typer.Option("--format", help="xlsx makes one workbook of them all.")
    ] = FileForm.parquet,
    to: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("export"),
    as_json: Json = False,
) -> None:
    """Write marts as files, with a data package descriptor and the dictionary beside them.

    Examples: `chipwatch export` · `chipwatch export voucher_programmes voucher_values --format xlsx --to ~/vouchers`
    """
    from pipelines.export import export as export_marts

    files = export_marts(names or [], form.value, to)
    if as_json:
        emit([str(path) for path in files])
    else:
        for path in files:
            typer.echo(path)


@app.command()
def ui(port: Annotated[int, typer.Option(help="Port on this machine.")] = 3000) -> None:
    """Open the Dagster UI: assets, checks, runs and schedules."""
    from pipelines.ui import serve

    serve(port)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Check this machine and name the fix for what is wrong."""
    from pipelines.doctor import print_checks

    raise typer.Exit(print_checks(as_json=as_json))


def check_sources(ids: list[str]) -> None:
    """Wrong usage for an id that is no source, with the nearest that are."""
    from difflib import get_close_matches

    from scrapers.source import discover

    known = [source.id for source in discover()]
    for name in ids:
        if name not in known:
            near = get_close_matches(name, known, n=3)
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            raise typer.BadParameter(f"no source {name!r}{hint}")


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line; every foreseen failure is one line on stderr."""
    from scrapers.source import SourceError

    try:
        app(arguments)
    except (CommandError, SourceError) as error:
        for line in str(error).splitlines():
            print(f"chipwatch: {line}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)


def emit(payload: Any) -> None:
    """JSON for a machine, on stdout."""
    typer.echo(json.dumps(payload, ensure_ascii=False, indent=1, default=str))


if __name__ == "__main__":
    main()
