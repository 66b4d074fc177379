"""Dagster's run log: each file opened once, and the same log for whoever reads it the ordinary way."""

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import dagster as dg
import pytest
from dagster._core.events.log import EventLogEntry
from dagster._core.storage.event_log import SqliteEventLogStorage

from pipelines.paths import Home
from pipelines.run import prepare_instance
from pipelines.run_log import KEPT, RunLog

NUMBER = dg.AssetKey("number")
EVEN = dg.AssetCheckKey(NUMBER, "even")


@dg.multi_asset(specs=[dg.AssetSpec(NUMBER)], check_specs=[dg.AssetCheckSpec("even", asset=NUMBER)])
def number() -> Iterator[Any]:
    yield dg.MaterializeResult(asset_key=NUMBER)
    yield dg.AssetCheckResult(asset_key=NUMBER, check_name="even", passed=True)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file of the log was opened."""
    counts: Counter[str] = Counter()
    connect = sqlite3.connect

    def counting(path: str, *arguments: object, **named: object) -> sqlite3.Connection:
        counts[Path(path).name] += 1
        return connect(path, *arguments, **named)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr("sqlite3.dbapi2.connect", counting)
    return counts


def test_each_file_is_opened_once_and_the_ordinary_storage_reads_it(
    tmp_path: Path, opened: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "")
    prepare_instance(Home(tmp_path))
    with dg.DagsterInstance.get() as instance:
        runs = [dg.materialize([number], instance=instance).run_id for _ in range(2)]
        assert max(opened[f"{run}.db"] for run in runs) <= 2  # once to make it, once to write it
    ordinary = SqliteEventLogStorage(str(tmp_path / ".dagster" / "history" / "runs"))
    made = ordinary.get_latest_materialization_events([NUMBER])[NUMBER]
    assert made is not None
    assert made.run_id == runs[-1]
    checked = ordinary.get_asset_check_execution_history(EVEN, limit=9)
    assert [record.run_id for record in checked] == runs[::-1]
    assert not list((tmp_path / ".dagster" / "history" / "runs").glob("*-wal"))


def test_only_the_files_used_last_are_held_open(tmp_path: Path) -> None:
    log = RunLog(str(tmp_path))
    for run in map(str, range(3 * KEPT)):
        assert not log.get_records_for_run(run).records
    assert len(list(tmp_path.glob("*.db-wal"))) == KEPT
    log.dispose()
    assert not list(tmp_path.glob("*.db-wal"))
    assert not log.get_records_for_run("0").records


def test_a_log_wiped_away_is_begun_anew(tmp_path: Path) -> None:
    log = RunLog(str(tmp_path))
    assert not log.get_records_for_run("run").records
    log.wipe()
    assert not log.get_records_for_run("run").records
    assert (tmp_path / "run.db").exists()


def test_who_watches_a_run_hears_of_it_while_it_goes_on(tmp_path: Path) -> None:
    log, onlooker = RunLog(str(tmp_path)), RunLog(str(tmp_path))
    heard: Queue[str] = Queue()
    log.store_event(_said("begun"))
    onlooker.watch("run", None, lambda entry, _cursor: heard.put(entry.user_message))
    log.store_event(_said("under way"))
    assert [heard.get(timeout=10), heard.get(timeout=10)] == ["begun", "under way"]
    onlooker.dispose()
    log.dispose()


def _said(words: str) -> EventLogEntry:
    return EventLogEntry(
        error_info=None, level="info", user_message=words, run_id="run", timestamp=time.time(), step_key=None
    )
