"""Dagster's run log, written without waiting for the disk at every event."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def unhurried() -> Iterator[None]:
    """Within it, Dagster's SQLite files are synced when SQLite folds its journal in, not at each of some 1,700 events.

    Dagster opens and closes a file for every event, and the last one to close it folds the journal: a connection kept open
    beside it spares that. A power cut may cost the newest events of the log, never a page of the archive.
    """
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    kept: dict[str, sqlite3.Connection] = {}

    def opened(connection: Any, _record: Any) -> None:
        if not isinstance(connection, sqlite3.Connection):
            return
        connection.execute("pragma synchronous = normal")
        path = connection.execute("pragma database_list").fetchone()[2]
        if path not in kept:
            kept[path] = sqlite3.connect(path, check_same_thread=False, timeout=60)
        # Only a connection that has read since the file got its journal holds it.
        kept[path].execute("select 1 from sqlite_master limit 1").fetchone()

    event.listen(Engine, "connect", opened)
    try:
        yield
    finally:
        event.remove(Engine, "connect", opened)
        for connection in kept.values():
            connection.close()
