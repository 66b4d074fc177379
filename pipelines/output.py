"""What a verb prints for a machine."""

import json
from typing import Any

import typer


def emit(payload: Any) -> None:
    """JSON on stdout."""
    typer.echo(json.dumps(payload, ensure_ascii=False, indent=1, default=str))
