"""One whole run over the bundled pages, shared by the tests that look at what it published."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]


def chipwatch(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, over a home of its own."""
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *arguments],
        cwd=ROOT,
        env=os.environ | {"CHIPWATCH_HOME": str(home), "PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="session")
def run_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def first(run_home: Path) -> subprocess.CompletedProcess[str]:
    return chipwatch(run_home, "run")


@pytest.fixture(scope="session")
def published(run_home: Path, first: subprocess.CompletedProcess[str]) -> duckdb.DuckDBPyConnection:
    assert first.returncode == 0, first.stdout + first.stderr
    return duckdb.connect(str(run_home / "published" / "chipwatch.duckdb"), read_only=True)
