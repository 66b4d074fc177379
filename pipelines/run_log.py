"""Dagster's run log in its own SQLite files, each opened once and not at every event."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dagster._core.event_api import EventHandlerFn
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.polling_event_watcher import SqlPollingEventWatcher
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine, create_engine

KEPT = 4
"""Files held open: the index, the newest run and, under the UI, the runs looked at last."""


class RunLog(SqliteEventLogStorage):
    """Dagster's storage makes an engine for each event, some 2,000 a run, which opens the file and compiles its statements
    anew: 6 s a run. This one keeps both.

    Files are synced when SQLite folds its journal in, not at each event: a power cut may cost the newest events of the
    log, never a page of the archive.
    """

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:
        self._engines: dict[str, Engine] = {}
        self._tables: set[str] = set()
        self._poller = SqlPollingEventWatcher(self)
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> "RunLog":
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            # A file that was wiped is no longer among the initialised ones.
            if shard not in self._initialized_dbs:
                self._close(shard)
                self._engines[shard] = engine = _engine(self.conn_string_for_shard(shard))
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            self._engines[shard] = engine = self._engines.pop(shard)  # the newest last
            for old in list(self._engines)[:-KEPT]:
                self._close(old)
            with engine.begin() as connection:
                yield connection

    def has_table(self, table_name: str) -> bool:
        """Asked at every event; a table that is there stays."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def watch(self, run_id: str, cursor: str | None, callback: EventHandlerFn) -> None:
        """Asks for news: a file that is held open changes only now and then, and Dagster's own way waits for that."""
        self._poller.watch_run(run_id, cursor, callback)

    def end_watch(self, run_id: str, handler: EventHandlerFn) -> None:
        self._poller.unwatch_run(run_id, handler)

    def dispose(self) -> None:
        self._poller.close()
        for shard in list(self._engines):
            self._close(shard)
        super().dispose()

    def _close(self, shard: str) -> None:
        self._initialized_dbs.discard(shard)
        if shard in self._engines:
            self._engines.pop(shard).dispose()


def _engine(address: str) -> Engine:
    engine = create_engine(address, connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS})

    @event.listens_for(engine, "connect")
    def relaxed(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute("pragma synchronous = normal")

    return engine
