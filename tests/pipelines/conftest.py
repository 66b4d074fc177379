"""One run of the whole pipeline, shared by every test that reads what it made."""

import fcntl
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]


def run_python(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Python in a process of its own, with chipwatch's home in a folder of the test's."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | {"CHIPWATCH_HOME": str(home), "PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def chipwatch(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line, likewise."""
    return run_python(home, "-m", "pipelines.cli", *arguments, **environment)


@dataclass(frozen=True, slots=True)
class Ran:
    """A finished `chipwatch run` of the bundled pages. Its home is for reading: copy it before changing anything."""

    home: Path
    returncode: int
    stdout: str
    stderr: str

    @property
    def file(self) -> Path:
        return self.home / "published" / "chipwatch.duckdb"


@pytest.fixture(scope="session")
def bundled_run(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The first run on a machine that never saw the project; made once, also when tests run side by side."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    home, result = shared / "bundled-run", shared / "bundled-run.json"
    with (shared / "bundled-run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not result.exists():
            ran = chipwatch(home, "run")
            result.write_text(json.dumps([ran.returncode, ran.stdout, ran.stderr]))
    return Ran(home, *json.loads(result.read_text()))


@pytest.fixture(scope="session")
def published(bundled_run: Ran) -> duckdb.DuckDBPyConnection:
    """The published file of that run, read-only."""
    assert bundled_run.returncode == 0, bundled_run.stdout + bundled_run.stderr
    return duckdb.connect(str(bundled_run.file), read_only=True)
