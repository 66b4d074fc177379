"""Runs dbt once, in this process, over the build file.

A dbt started as a child process costs 6 to 9 s a call, in process about 3 s; importing it costs 2 s, so it is
imported only when there is something to do.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines import progress
from pipelines.paths import DBT, Home


class TransformError(Exception):
    """dbt could not run, or a model or test failed. One line a failing node."""


@dataclass(frozen=True, slots=True)
class Node:
    """What became of one dbt node. `failures` counts the rows a test found."""

    unique_id: str
    resource_type: str
    name: str
    status: str
    message: str | None
    failures: int | None
    seconds: float

    @property
    def ok(self) -> bool:
        return self.status in ("success", "pass", "warn", "skipped")

    @property
    def is_made(self) -> bool:
        """A table that stands in the file; one skipped behind a failed test does not."""
        return self.status == "success"


def manifest(home: Home) -> Path:
    """dbt's manifest of the project as it stands now; parsed anew only when a file of the project changed.

    A copy that dbt itself does not write: a build in one process must not tear the file another is reading, and two
    that start at once parse it once.
    """
    home.dbt_target.mkdir(parents=True, exist_ok=True)
    digest = project_digest()
    path = home.dbt_target / f"project-{digest[:16]}.json"
    with (home.dbt_target / "project.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            _invoke(home, "parse")
            aside = path.with_suffix(".part")
            shutil.copy(home.dbt_target / "manifest.json", aside)
            for old in home.dbt_target.glob("project-*.json"):
                old.unlink()
            aside.replace(path)
    return path


def build(home: Home) -> list[Node]:
    """`dbt build`: seeds, models and tests of the data. Returns every node's result; failing ones are for the caller to
    judge. Unit tests hold for a state of the SQL whatever the data, so they are run with the tests of the code."""
    _invoke(home, "build", "--exclude-resource-type", "unit_test", allow_failure=True)
    return last_results(home)


def unit_tests(home: Home) -> list[Node]:
    """The models on rows of their own, over a file that `build` made."""
    _invoke(home, "test", "--select", "test_type:unit", allow_failure=True)
    return last_results(home)


def forget_results(home: Home) -> None:
    """Before a build: should it be cut short, what the one before it made does not stand in the file."""
    _results(home).unlink(missing_ok=True)


def last_results(home: Home) -> list[Node]:
    """The node results of the latest build, as dbt wrote them down; none when there was no whole build."""
    path = _results(home)
    if not path.exists():
        return []
    return [
        Node(
            unique_id=item["unique_id"],
            resource_type=item["unique_id"].split(".")[0],
            name=item["unique_id"].split(".")[2],
            status=item["status"],
            message=item["message"],
            failures=item["failures"],
            seconds=item["execution_time"],
        )
        for item in json.loads(path.read_text(encoding="utf-8"))["results"]
    ]


def _results(home: Home) -> Path:
    return home.dbt_target / "run_results.json"


def docs(home: Home) -> Path:
    """The docs site as one static page that needs no server."""
    _invoke(home, "docs", "generate", "--static", "--no-compile")
    return home.dbt_target / "static_index.html"


def project_digest() -> str:
    """Changes with any file of the dbt project."""
    digest = hashlib.sha256()
    for path in sorted(DBT.rglob("*")):
        if path.is_file() and path.relative_to(DBT).parts[0] not in ("target", "logs"):
            digest.update(str(path.relative_to(DBT)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _follow(step: progress.Step) -> Callable[[Any], None]:
    """Tells the progress bar of each node dbt has finished, and of how many there are."""

    def hear(event: Any) -> None:
        if event.info.name == "NodeFinished":
            step(event.data.node_info.node_name)

    return hear


def _invoke(home: Home, *command: str, allow_failure: bool = False) -> Any:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    home.dbt_target.mkdir(parents=True, exist_ok=True)
    os.environ["CHIPWATCH_BUILD_FILE"] = str(home.build_file)
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    arguments = [
        *command,
        *("--project-dir", str(DBT), "--profiles-dir", str(DBT), "--target-path", str(home.dbt_target)),
        *("--log-path", str(home.dbt_target), "--log-level", "none", "--log-level-file", "warn"),
    ]
    with progress.bar(f"dbt {command[0]}", None) as step:
        outcome = dbtRunner(callbacks=[_follow(step)]).invoke(arguments)
    # dbt keeps its connection; the file must be closed before it is copied and opened read-only.
    with DuckDBConnectionManager._LOCK:
        if DuckDBConnectionManager._ENV is not None:
            DuckDBConnectionManager._ENV.close()
            DuckDBConnectionManager._ENV = None
    if outcome.exception is not None:
        raise TransformError(f"dbt {command[0]}: {' '.join(str(outcome.exception).split())}")
    if not outcome.success and not (allow_failure and outcome.result is not None):
        raise TransformError(f"dbt {command[0]} failed: see {home.dbt_target / 'dbt.log'}")
    return outcome.result
