"""`chipwatch doctor`: what this machine lacks, and the fix for each."""

import importlib.metadata
import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import typer

from pipelines.paths import DBT, home

Finding = tuple[str, str | None]
"""What was found, and the fix (null when nothing is wrong)."""


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    ok: bool
    found: str
    fix: str | None


def checks() -> Iterator[Check]:
    """Each check in turn; none changes anything."""
    steps: list[tuple[str, Callable[[], Finding]]] = [
        ("python", _python),
        ("packages", _packages),
        ("dbt", _dbt),
        ("duckdb", _duckdb),
        ("home", _home),
        ("disk", _disk),
        ("published", _published),
        ("chromium", _chromium),
    ]
    for name, step in steps:
        found, fix = step()
        yield Check(name, fix is None, found, fix)


def print_checks(*, as_json: bool) -> int:
    """Prints the checks; exit code 1 when one is not ok."""
    from pipelines.cli import emit

    results = list(checks())
    if as_json:
        emit([asdict(check) for check in results])
    else:
        for check in results:
            typer.echo(f"{'ok ' if check.ok else 'FIX'}  {check.name:<10} {check.found}")
            if check.fix:
                typer.echo(f"     {'':<10} → {check.fix}")
    return 0 if all(check.ok for check in results) else 1


def _python() -> Finding:
    version = sys.version.split()[0]
    return version, None if sys.version_info >= (3, 11) else "install Python 3.11 or later"


def _packages() -> Finding:
    """Three plain top-level names: another distribution that ships one of them would overwrite ours."""
    owners = importlib.metadata.packages_distributions()
    rivals = {
        f"{name} ({owner})"
        for name in ("scrapers", "warehouse", "pipelines")
        for owner in owners.get(name, [])
        if owner != "chipwatch"
    }
    if rivals:
        return (
            f"also installed by others: {', '.join(sorted(rivals))}",
            "use a virtual environment of chipwatch's own (`make run`)",
        )
    return "scrapers, warehouse, pipelines are ours", None


def _dbt() -> Finding:
    spec = importlib.util.find_spec("dbt.cli.main")
    if spec is None or spec.origin is None:
        return "dbt cannot be imported", "pip install --require-hashes -r requirements.lock"
    if list(DBT.rglob("*.py")):
        return f"Python files under {DBT}", "move them away: they can shadow the dbt package"
    return importlib.metadata.version("dbt-core"), None


def _duckdb() -> Finding:
    return importlib.metadata.version("duckdb"), None


def _home() -> Finding:
    place = home().root
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place):
            pass
    except OSError as error:
        return f"{place}: {error.strerror}", "set CHIPWATCH_HOME to a folder you may write to"
    return str(place), None


def _disk() -> Finding:
    free = shutil.disk_usage(home().root).free / 1e9
    return f"{free:.1f} GB free", None if free > 1 else "free at least 1 GB"


def _published() -> Finding:
    path = home().published / "manifest.json"
    return (str(path), None) if path.exists() else ("nothing published yet", "run `chipwatch run`")


def _chromium() -> Finding:
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if browser and Path(browser).exists():
        return browser, None
    return (
        "no Chromium (only the dashboard's browser tests need it)",
        "apt-get install chromium fonts-noto-cjk",
    )
