"""One run of the whole pipeline, shared by every test that reads what it made."""

import datetime as dt
import fcntl
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]
HOSTILE = """<script>window.hurt=1</script><img src=x onerror="window.hurt=1">'"</textarea>"""


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


@pytest.fixture(scope="session")
def site(bundled_run: Ran) -> Path:
    """The dashboard of that run."""
    assert bundled_run.returncode == 0, bundled_run.stdout + bundled_run.stderr
    return bundled_run.home / "published" / "site"


@pytest.fixture(scope="session")
def hostile_site(bundled_run: Ran, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dashboard of the same file with `HOSTILE` for names, quotes and queries, and addresses that would run."""
    from pipelines.site.build import build

    folder = tmp_path_factory.mktemp("hostile")
    copy = folder / "chipwatch.duckdb"
    shutil.copy(bundled_run.file, copy)
    address = "javascript:window.hurt=1//http://example.org/"
    with duckdb.connect(str(copy)) as connection:
        for change in (
            "voucher_programmes set programme_name_en = $1, programme_name = $1, note = $1",
            "model_approvals set model_name = $1, entity_name = $1",
            "gpu_offers set chip_text = $1, source_url = $2",
            "evidence set quote = $1, locator = $1, source_url = $2",
            "restriction_events set title = $1, summary = $1",
            "claims set statement = $1, query = $1",
            "source_status set title = $1, publisher_url = $2",
        ):
            values = [HOSTILE, address] if "$2" in change else [HOSTILE]
            connection.execute(f"update {change}", values)
    return build(copy, folder / "site", as_of=dt.date(2026, 11, 24))
