"""Progress bars on stderr that vanish when nobody is looking: not a terminal, `NO_COLOR`-proof, gone when done."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.control import Control
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

Step = Callable[[str], None]
"""Called with the name of the thing just finished."""

_console = Console(stderr=True)
_shown: Progress | None = None


@contextmanager
def shown(*, quiet: bool = False) -> Iterator[None]:
    """Shows bars made by `bar` while the block runs, if stderr is a terminal."""
    global _shown
    if quiet or not _console.is_terminal:
        yield
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=_console, transient=True) as _shown:
        try:
            yield
        finally:
            _shown = None


def clear() -> None:
    """Takes the bars away from a terminal and gives its cursor back, whatever they still show."""
    if _shown is not None:
        _shown.stop()
        # Dagster may have put a pipe before the terminal, and Rich gives no cursor to a pipe.
        os.write(2, str(Control.show_cursor(True)).encode())


@contextmanager
def bar(title: str, total: int | None) -> Iterator[Step]:
    """One bar; yields the function that moves it by one."""
    if _shown is None:
        yield lambda _name: None
        return
    progress = _shown
    task = progress.add_task(title, total=total)
    yield lambda name: progress.update(task, advance=1, description=f"{title}: {name}")
    progress.remove_task(task)
