"""The command line. Each verb is a few lines here; what it does lies in the module it calls.

Exit codes: 0 done, 1 the work failed (wholly or for a source), 2 wrong usage.
"""

import json
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from pipelines.errors import CommandError
from pipelines.output import emit

INTERRUPTED = 130
"""What Typer returns after Ctrl-C."""

app = typer.Typer(
    name="chipwatch",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
source_app = typer.Typer(
    help="Add a source: scaffold, one polite fetch, replay.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
app.add_typer(source_app, name="source")


def _no_color(wanted: bool) -> None:
    if wanted:
        os.environ["NO_COLOR"] = "1"


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(version("chipwatch"))
        raise typer.Exit


@app.callback()
def options(
    no_color: Annotated[
        bool,
        typer.Option(
            "--no-color", is_eager=True, callback=_no_color, help="No colours; NO_COLOR=1 does the same."
        ),
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Print the version and stop.")
    ] = False,
) -> None:
    """China's AI-compute ecosystem as data: compute vouchers, GPU offers, model approvals, chip restrictions.

    Start with `chipwatch run`, then `chipwatch query --list`. Exit codes: 0 done, 1 the work failed (for a source or
    wholly), 2 wrong usage.
    """


# What the shell completes after <TAB>; asked for only then.


def _sources(incomplete: str) -> list[str]:
    from pipelines.sources import known

    return [name for name in known() if name.startswith(incomplete)]


def _marts(incomplete: str) -> list[str]:
    from warehouse.schema import marts

    return [mart.name for mart in marts() if mart.name.startswith(incomplete)]


def _saved(incomplete: str) -> list[tuple[str, str]]:
    from warehouse.queries import saved

    return [(query.name, query.question) for query in saved().values() if query.name.startswith(incomplete)]


def _platforms(incomplete: str) -> list[str]:
    from pipelines.sources.scaffold import systems

    return [name for name in systems() if name.startswith(incomplete)]


def _chips(incomplete: str) -> list[str]:
    from pipelines.rules import bundled

    return [name for name in bundled()["core_restrictions__chips"]["chip_id"] if name.startswith(incomplete)]


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


class YesNo(StrEnum):
    yes = "yes"
    no = "no"


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
        list[str] | None,
        typer.Option(help="Only these sources (`rates/fed_g5`); repeatable.", autocompletion=_sources),
    ] = None,
    allow_shrink: Annotated[
        bool, typer.Option(help="Publish although a mart lost more than half its rows.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Collect, normalise, build, test and publish.

    Without `--live` the bundled pages are replayed, offline. Exit code 1 when a source failed, although the others
    were published.

    * `chipwatch run`
    * `chipwatch run --live --only rates/fed_g5`
    """
    from pipelines.report import print_run
    from pipelines.run import run as run_all
    from pipelines.sources import choose

    choose(only or [])
    result = run_all(live=live, only=only or [], allow_shrink=allow_shrink, quiet=as_json)
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

    * `chipwatch extract notice.html --kind policy --url https://example.gov.cn/notice.html`
    * `chipwatch extract prices.csv --kind market --date 2026-11-24 > offers.jsonl`
    """
    from pipelines.extract import extract_file, parse_day, unknown_platform

    failed = False
    day = parse_day(date)
    if platform and (told := unknown_platform(kind.value, platform)):
        typer.echo(f"chipwatch: {told}", err=True)
    for file in files:
        try:
            for row in extract_file(file, kind.value, url=url, day=day, platform=platform):
                typer.echo(json.dumps(row, ensure_ascii=False))
        except CommandError as error:
            failed = True
            typer.echo(f"chipwatch: {error}", err=True)
    raise typer.Exit(1 if failed else 0)


@app.command()
def classify(
    chip: Annotated[
        str | None,
        typer.Option(help="A chip of the table by id, in place of numbers.", autocompletion=_chips),
    ] = None,
    tpp: Annotated[float | None, typer.Option(help="Total processing performance, dense.", min=0)] = None,
    tpp_at_least: Annotated[
        float | None, typer.Option(help="What it is at least, where unknown.", min=0)
    ] = None,
    die_area: Annotated[
        float | None, typer.Option(help="mm2 of logic dies that are not planar; 0 when all are.", min=0)
    ] = None,
    memory_bandwidth: Annotated[float | None, typer.Option(help="Total DRAM bandwidth, GB/s.", min=0)] = None,
    io_bandwidth: Annotated[
        float | None,
        typer.Option(help="All I/O but memory, both directions, PCIe included, GB/s.", min=0),
    ] = None,
    datacentre: Annotated[
        YesNo | None, typer.Option(help="Is it designed or marketed for data centres?")
    ] = None,
    vendor: Annotated[str, typer.Option(help="Maker: letters bind addressees, guidance Chinese ones.")] = "",
    released: Annotated[str, typer.Option(help="Day of release, YYYY-MM-DD.")] = "",
    memory_stack: Annotated[
        bool, typer.Option("--memory-stack", help="A memory stack of its own; the area is its package's.")
    ] = False,
    on: Annotated[
        str, typer.Option(help="Only rules in force on this day, YYYY-MM-DD, and the status.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Class of a chip under each rule version, with the tests. What is not given is unknown, never zero.

    * `chipwatch classify --tpp 2368 --die-area 814 --memory-bandwidth 4000 --io-bandwidth 1028 --datacentre yes --vendor NVIDIA`
    * `chipwatch classify --chip nvidia-rtx-4090 --on 2023-12-01`
    """
    from pipelines.classify import Numbers, print_classes
    from pipelines.classify import classify as classify_chip
    from pipelines.extract import parse_day

    given = Numbers(
        tpp=tpp,
        tpp_at_least=tpp_at_least,
        die_area=die_area,
        memory_bandwidth=memory_bandwidth,
        io_bandwidth=io_bandwidth,
        is_datacentre=None if datacentre is None else datacentre is YesNo.yes,
        vendor=vendor or None,
        released=parse_day(released, "--released"),
        is_memory_stack=memory_stack,
    )
    if (chip is None) == (given == Numbers()):
        raise typer.BadParameter("give --chip ID, or numbers (--tpp, --die-area, …), not both")
    print_classes(classify_chip(chip, given, parse_day(on, "--on")), as_json=as_json)


@app.command()
def status(as_json: Json = False) -> None:
    """Is each source alive, how old is its newest content, and what went wrong last.

    Exit code 1 when one has failed or is stale.

    * `chipwatch status`
    * `chipwatch status --json`
    """
    from pipelines.report import print_status

    raise typer.Exit(print_status(as_json=as_json))


@app.command()
def query(
    sql: Annotated[str | None, typer.Argument(help="SQL over the marts; DuckDB's `from MART` works.")] = None,
    saved: Annotated[
        str | None, typer.Option(help="Run this saved query instead.", autocompletion=_saved)
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", help="Variable of a saved query, `chip=nvidia-h100`; repeatable."),
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="How to print it.")] = Form.table,
    to: Annotated[Path | None, typer.Option(help="Write to this file; its ending decides the form.")] = None,
    limit: Annotated[int, typer.Option(help="Rows a table shows; 0 shows all.", min=0)] = 40,
    list_: Annotated[bool, typer.Option("--list", help="Name the saved queries and the marts.")] = False,
    describe: Annotated[
        str | None, typer.Option(help="Explain the columns of this mart.", autocompletion=_marts)
    ] = None,
    as_json: Json = False,
) -> None:
    """Ask the published file, read-only.

    * `chipwatch query --list`
    * `chipwatch query --describe voucher_values`
    * `chipwatch query "from voucher_values limit 5"`
    * `chipwatch query --saved chip_status_on --set "chip=RTX 4090" --set day=2023-12-01`
    * `chipwatch query "from gpu_prices" --to prices.xlsx`
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
        list[str] | None,
        typer.Argument(metavar="[MART]...", help="All marts when none is named.", autocompletion=_marts),
    ] = None,
    form: Annotated[
        FileForm, typer.Option("--format", help="xlsx makes one workbook of them all.")
    ] = FileForm.parquet,
    to: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("export"),
    as_json: Json = False,
) -> None:
    """Write marts as files, with a data package descriptor and the dictionary beside them.

    * `chipwatch export`
    * `chipwatch export voucher_programmes voucher_values --format xlsx --to ~/vouchers`
    """
    from pipelines.export import export as export_marts

    files = export_marts(names or [], form.value, to)
    if as_json:
        emit([str(path) for path in files])
    else:
        for path in files:
            typer.echo(path)


@app.command()
def ui(port: Annotated[int, typer.Option(help="Port on this machine.", min=1, max=65535)] = 3000) -> None:
    """Serve the Dagster UI on this machine: assets, checks, runs and schedules.

    * `chipwatch ui`
    * `chipwatch ui --port 3010`
    """
    from pipelines.ui import serve

    serve(port)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Check this machine and name the fix for what is wrong.

    * `chipwatch doctor`
    """
    from pipelines.doctor import print_checks

    raise typer.Exit(print_checks(as_json=as_json))


@source_app.command("new")
def source_new(
    id: Annotated[
        str | None, typer.Argument(metavar="DOMAIN/NAME", help="`policy/dongguan`; the folder's place.")
    ] = None,
    platform: Annotated[
        str, typer.Option(help="Publishing system; --platforms names them.", autocompletion=_platforms)
    ] = "",
    title: Annotated[str, typer.Option(help="What the source is, in one line.")] = "",
    publisher: Annotated[str, typer.Option(help="Who publishes it, in its own language.")] = "",
    publisher_en: Annotated[str, typer.Option(help="The same in English.")] = "",
    summary: Annotated[str, typer.Option(help="What it holds and how it is read; 50 letters at least.")] = "",
    list_: Annotated[
        list[str] | None, typer.Option("--list", help="Address to start from; repeatable.")
    ] = None,
    site: Annotated[
        str, typer.Option(help="The publisher's site; that of the first --list when left out.")
    ] = "",
    official: Annotated[
        bool, typer.Option("--official/--secondary", help="A government body or the operator itself, or not.")
    ] = False,
    place: Annotated[str, typer.Option(help="Place it speaks for: name or GB/T 2260 code.")] = "",
    keep: Annotated[
        list[str] | None, typer.Option(help="Follow only entries with this word in the title; repeatable.")
    ] = None,
    cadence: Annotated[str, typer.Option(help="How often a scheduled run asks it.")] = "daily",
    quiet_days: Annotated[
        int, typer.Option(help="Age of the newest content that is still normal.", min=1)
    ] = 120,
    option: Annotated[
        list[str] | None, typer.Option(help="Option of the platform, `name=value`; repeatable.")
    ] = None,
    platforms: Annotated[
        bool, typer.Option("--platforms", help="Name the publishing systems and stop.")
    ] = False,
) -> None:
    """Write the folder of a new source: `source.yml` with every line explained.

    What is left out is asked for, when somebody is there to answer.

    * `chipwatch source new --platforms`
    * `chipwatch source new policy/dongguan --platform filing_notices --list https://dgstb.dg.gov.cn/ --place Dongguan`
    """
    from pipelines.sources.scaffold import Wish, scaffold, systems

    if platforms:
        for name, about in systems().items():
            typer.echo(f"{name:<18} {about}")
        return
    asked = {
        "DOMAIN/NAME": id or "",
        "--platform": platform,
        "--title": title,
        "--publisher": publisher,
        "--publisher-en": publisher_en,
        "--summary": summary,
    }
    missing = [name for name, value in asked.items() if not value]
    if missing and not sys.stdin.isatty():
        raise typer.BadParameter(f"give {', '.join(missing)}")
    for name in missing:
        asked[name] = typer.prompt(name.removeprefix("--"))
    made = scaffold(
        Wish(
            id=asked["DOMAIN/NAME"],
            platform=asked["--platform"],
            title=asked["--title"],
            publisher=asked["--publisher"],
            publisher_en=asked["--publisher-en"],
            summary=asked["--summary"],
            lists=list_ or [],
            site=site,
            is_official=official,
            place=place,
            keep=keep or [],
            cadence=cadence,
            quiet_days=quiet_days,
            options=option or [],
        )
    )
    for path in made:
        typer.echo(path)
    name = asked["DOMAIN/NAME"]
    following = f"chipwatch source check {name}"
    if asked["--platform"] != "curated":
        following = f"chipwatch source record {name}, then {following}"
    typer.echo(f"next: {following}", err=True)


@source_app.command("record")
def source_record(
    id: Annotated[str, typer.Argument(metavar="DOMAIN/NAME", help="The source.", autocompletion=_sources)],
    most: Annotated[int, typer.Option(help="Pages at most; the rest is named and left out.", min=1)] = 25,
    as_json: Json = False,
) -> None:
    """Ask the site once, politely, and save list and linked pages under `recorded/` for `source check`.

    What is saved is the publisher's own text: it stays on this machine, and no run replays it.

    * `chipwatch source record policy/dongguan --most 10`
    """
    from dataclasses import asdict

    from pipelines import progress
    from pipelines.sources import choose, record
    from scrapers.fetch import LiveClient
    from scrapers.source import load

    source = load(choose([id])[id])
    with progress.shown(quiet=as_json):
        visits, left = record.record(source, LiveClient(workers=1), most=most)
    if as_json:
        emit({"visits": [asdict(visit) for visit in visits], "left_out": left})
    else:
        for line in record.lines(visits):
            typer.echo(line)
        if left:
            typer.echo(f"{len(left)} more addresses left out (--most {most})", err=True)
        typer.echo(f"next: chipwatch source check {id}", err=True)
    raise typer.Exit(0 if all(visit.file for visit in visits) else 1)


@source_app.command("check")
def source_check(
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DOMAIN/NAME]...", help="All sources when none is named.", autocompletion=_sources
        ),
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Take the records as they are now for the golden.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Validate `source.yml`, replay the saved pages and compare the records with `expected.jsonl`.

    Where there is no golden yet it is written, and the check fails once: somebody has to read it. Recorded pages are
    read where there are some, the bundled ones otherwise.

    * `chipwatch source check policy/dongguan`
    * `chipwatch source check policy/dongguan --accept`
    """
    from pipelines import progress
    from pipelines.report import print_check
    from pipelines.sources import check, choose

    folders = choose(ids or [])
    reports = []
    with progress.shown(quiet=as_json), progress.bar("check", len(folders)) as done:
        for name, folder in folders.items():
            reports.append(check.check(name, folder, accept=accept))
            done(name)
    if as_json:
        emit([report.as_dict() for report in reports])
    else:
        print_check(reports)
    raise typer.Exit(0 if all(report.ok for report in reports) else 1)


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and ends the process; every foreseen failure is one line on stderr."""
    from scrapers.source import SourceError

    try:
        code = app(arguments, standalone_mode=False) or 0
        if code == INTERRUPTED:
            raise typer.Abort
        sys.stdout.flush()
        sys.exit(code)
    except TyperException as error:
        if told := " ".join(error.format_message().split()):  # else nothing was given, and the help is shown
            context = getattr(error, "ctx", None)
            told = told.replace("Value error, ", "").removeprefix("Invalid value: ")
            print(
                f"chipwatch: {told} ({context.command_path if context else 'chipwatch'} --help)",
                file=sys.stderr,
            )
        sys.exit(error.exit_code)
    except (CommandError, SourceError) as error:
        for line in str(error).splitlines():
            print(f"chipwatch: {line}", file=sys.stderr)
        sys.exit(1)
    except typer.Abort:
        print("chipwatch: stopped", file=sys.stderr)
        sys.exit(1)
    except (BrokenPipeError, SystemExit) as leaving:
        # Typer and Rich make code 1 of it
        if not isinstance(leaving, BrokenPipeError) and not isinstance(leaving.__context__, BrokenPipeError):
            raise
        # whoever read the output has seen enough; nothing more may be written, not even while leaving
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(0)
    except OSError as error:  # a home that cannot be written, a full disk
        if error.filename is None:
            raise
        print(f"chipwatch: {error.filename}: {error.strerror}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
