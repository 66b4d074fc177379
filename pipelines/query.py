"""`chipwatch query`: SQL or a saved query over the published file, read-only, in the form a reader wants.

The connection is short and cannot reach other files or the network, whatever the SQL says.
"""

import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import typer
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines import tabular
from pipelines.errors import CommandError
from pipelines.output import emit, print_columns
from pipelines.published import connect
from warehouse.queries import SavedQuery, saved
from warehouse.schema import marts

FOLD = 24
"""Letters a cell keeps on a narrow terminal before its row is told as a block."""
FORMS = ("table", "csv", "json", "parquet", "xlsx")
_ASSIGNMENT = re.compile(r"([a-z_][a-z0-9_]*)=(.*)", re.S)


class WrongValue(CommandError):
    """A text that is no day or no number where the SQL needs one."""


def run_query(
    sql: str | None,
    *,
    name: str | None,
    values: Sequence[str],
    form: str,
    target: Path | None,
    limit: int,
) -> None:
    """Runs one query and prints or saves its rows. `values` are `variable=text`; `limit` cuts what a table shows, 0
    shows all; other forms always hold every row. Wrong usage raises `typer.BadParameter`, a failing query
    `CommandError`."""
    query = find(name) if name is not None else None
    text = query.sql if query is not None else sql
    if text is None or (sql is not None and query is not None):
        raise typer.BadParameter("give SQL or --saved NAME (`chipwatch query --list` names them)")
    variables = assignments(values, query)
    try:
        frame = fetch(text, variables)
    except WrongValue as error:
        if query is None or not variables:
            raise
        raise typer.BadParameter(f"--set {' --set '.join(values)}: {error}") from None
    if target is not None:
        if form == "table":
            form = target.suffix.lstrip(".").lower()
            if form not in FORMS:
                raise typer.BadParameter(
                    f"{target}: end the name in .csv, .json, .parquet or .xlsx, or give --format"
                )
        tabular.write(frame, target, form, name=name or "result")
        typer.echo(f"{frame.height} rows in {target}", err=True)
    elif form == "table":
        print_table(frame, limit)
        if query is not None and not frame.height:
            typer.echo(nothing_found(query, values), err=True)
    elif form in ("csv", "json"):
        typer.echo(tabular.to_csv(frame) if form == "csv" else tabular.to_json(frame), nl=False)
    else:
        if sys.stdout.isatty():
            raise typer.BadParameter(f"{form} is no text: give --to FILE or pipe it")
        content = (
            tabular.to_parquet(frame) if form == "parquet" else tabular.to_xlsx({name or "result": frame})
        )
        sys.stdout.buffer.write(content)


def fetch(sql: str, variables: dict[str, str] | None = None) -> pl.DataFrame:
    """The rows of a query over the published file; `CommandError` in one line, with the nearest mart or column."""
    with connect() as connection:
        try:
            for name, value in (variables or {}).items():
                connection.execute(f"set variable {name} = ?", [value])
            cursor = connection.execute(sql)
            if cursor is None or cursor.description is None:  # nothing but a comment gives no cursor
                raise CommandError("the query gives no rows: start it with SELECT or FROM")
            frame: pl.DataFrame = cursor.pl()
        except duckdb.ConversionException as error:
            raise WrongValue(explain(error)) from None
        except duckdb.Error as error:
            raise CommandError(explain(error)) from None
    return tabular.plain(frame)


def explain(error: duckdb.Error) -> str:
    """DuckDB's message as one line; for a name that is no column or no table, the nearest that are."""
    message = " ".join(str(error).split("\n\nLINE")[0].split())
    column = re.search(
        r'Referenced column "([^"]+)" not found in FROM clause! ?(?:Candidate bindings: (.+))?$', message
    )
    if column is not None:
        near = re.findall(r'"([^"]+)"', column[2] or "")
        hint = (
            f"did you mean {', '.join(near[:4])}?" if near else "chipwatch query --describe MART names them"
        )
        return f"no column {column[1]!r}; {hint}"
    missing = re.search(r"Table with name \"?([\w.]+)\"? does not exist", message)
    if missing is None:
        return message
    word = missing[1].split(".")[-1]
    known = [mart.name for mart in marts()]
    near = nearest(word, known)
    hint = f"did you mean {', '.join(near)}?" if near else f"the marts are {', '.join(known)}"
    if word in saved():
        hint = f"it is a saved query: chipwatch query --saved {word}"
    return f"no mart {word!r}; {hint}"


def nearest(word: str, known: Sequence[str]) -> list[str]:
    """Up to three names a reader may have meant: close in spelling, or sharing a word."""
    parts = {part.rstrip("s") for part in word.lower().split("_") if len(part) > 2}
    sharing = [name for name in known if parts & {part.rstrip("s") for part in name.split("_")}]
    close = get_close_matches(word.lower(), known, n=3, cutoff=0.6)
    return list(dict.fromkeys([*close, *sharing]))[:3]


def nothing_found(query: SavedQuery, values: Sequence[str]) -> str:
    """Why a saved query may have come back empty: what was asked for, and what else may be set."""
    asked = f"for {', '.join(values)}" if values else "answers this"
    other = [f"{name} ({meaning})" for name, meaning in query.variables.items()]
    hint = f"; --set takes {'; '.join(other)}" if other else ""
    return f"nothing on record {asked}{hint}"


def find(name: str) -> SavedQuery:
    """A saved query by name; `typer.BadParameter` with the nearest names otherwise."""
    query = saved().get(name)
    if query is None:
        near = nearest(name, list(saved()))
        hint = f"; did you mean {', '.join(near)}?" if near else "; `chipwatch query --list` names them"
        if name in {mart.name for mart in marts()}:
            hint = f'; it is a mart: chipwatch query "from {name}"'
        raise typer.BadParameter(f"no saved query {name!r}{hint}")
    return query


def assignments(values: Sequence[str], query: SavedQuery | None) -> dict[str, str]:
    """`--set chip=nvidia-h100` as name → text; only names the saved query reads are taken."""
    out = {}
    for value in values:
        match = _ASSIGNMENT.fullmatch(value)
        if match is None:
            raise typer.BadParameter(f"--set {value}: write it as name=value")
        if query is not None and match[1] not in query.variables:
            known = ", ".join(query.variables) or "nothing"
            raise typer.BadParameter(f"--set {match[1]}: {query.name} reads {known}")
        out[match[1]] = match[2]
    return out


def print_table(frame: pl.DataFrame, limit: int) -> None:
    """Rows in columns, numbers to the right; as wide as needed when nobody looks at a terminal. A table that even with its
    cells folded is wider than the terminal comes as a block a row, without what is blank."""
    shown = tabular.flat(frame.head(limit) if limit else frame)
    console = Console()
    if console.is_terminal and _folded_width(shown) > console.width:
        for number, row in enumerate(shown.iter_rows(named=True), start=1):
            lines = [(name, tabular.cell(value)) for name, value in row.items() if value is not None]
            _two_columns(f"row {number}", lines)
    else:
        print_columns(_table(shown))
    left = frame.height - shown.height
    more = f"; {left} more with --limit 0" if left else ""
    typer.echo(f"{shown.height} row{'' if shown.height == 1 else 's'}{more}", err=True)


def _folded_width(frame: pl.DataFrame) -> int:
    """Letters a line of the table takes when no cell is wider than `FOLD` and no name is broken."""
    cells = [
        max(len(name), min(FOLD, max((cell_len(tabular.cell(value)) for value in frame[name]), default=0)))
        for name in frame.columns
    ]
    return sum(cells) + 2 * (len(cells) - 1)


def _table(frame: pl.DataFrame) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, kind in frame.schema.items():
        table.add_column(Text(name), justify="right" if kind.is_numeric() else "left", overflow="fold")
    for row in frame.iter_rows():
        table.add_row(*(Text(tabular.cell(value)) for value in row))
    return table


def print_list(*, as_json: bool) -> None:
    """Saved queries with their questions, then the marts."""
    if as_json:
        emit(
            {
                "saved": [
                    {
                        "name": query.name,
                        "question": query.question,
                        "answers": query.answers,
                        "variables": query.variables,
                        "columns": query.columns,
                    }
                    for query in saved().values()
                ],
                "marts": {mart.name: mart.description for mart in marts()},
            }
        )
        return
    _two_columns("Saved queries: chipwatch query --saved NAME [--set VARIABLE=VALUE]", _saved_lines())
    typer.echo()
    _two_columns(
        'Marts: chipwatch query "from NAME" · chipwatch query --describe NAME',
        [(mart.name, mart.description) for mart in marts()],
    )


def print_mart(name: str, *, as_json: bool) -> None:
    """What one mart's rows and columns are, with units."""
    by_name = {mart.name: mart for mart in marts()}
    if name not in by_name:
        near = nearest(name, list(by_name))
        raise typer.BadParameter(f"no mart {name!r}" + (f"; did you mean {', '.join(near)}?" if near else ""))
    mart = by_name[name]
    if as_json:
        columns: list[dict[str, Any]] = [
            {
                "name": c.name,
                "type": c.type,
                "unit": c.unit,
                "description": c.description,
                "values": c.values or None,
            }
            for c in mart.columns
        ]
        emit({"name": name, "description": mart.description, "key": mart.key, "columns": columns})
        return
    typer.echo(f"{mart.description} Key: {', '.join(mart.key)}.\n")
    _two_columns(
        name,
        [
            (
                c.name,
                f"{c.meaning}{f' [{c.unit}]' if c.unit else ''}",
            )
            for c in mart.columns
        ],
    )


def _saved_lines() -> list[tuple[str, str]]:
    return [
        (
            query.name,
            f"{query.question} ({', '.join(query.answers)})"
            + (f" Set: {', '.join(query.variables)}." if query.variables else ""),
        )
        for query in saved().values()
    ]


def _two_columns(title: str, lines: Sequence[tuple[str, str]]) -> None:
    console = Console(width=None if sys.stdout.isatty() else 160)
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for left, right in lines:
        table.add_row(Text(left, style="bold"), Text(right))
    console.print(Text(title, style="bold underline"))
    console.print(table)
