"""What a verb prints: columns for a reader, JSON for a machine."""

import json
from typing import Any

import typer
from rich.console import Console
from rich.table import Table


def print_columns(table: Table) -> None:
    """A table as wide as the terminal; as wide as it needs when nobody looks at one."""
    console = Console()
    if console.is_terminal:
        console.print(table)
        return
    console = Console(width=10_000, no_color=True)
    with console.capture() as captured:
        console.print(table)
    typer.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


def emit(payload: Any) -> None:
    """JSON on stdout."""
    typer.echo(json.dumps(payload, ensure_ascii=False, indent=1, default=str))
