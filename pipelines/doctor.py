"""`chipwatch doctor`: what this machine lacks, and the fix for each."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
import typer

from pipelines.errors import CommandError
from pipelines.output import emit
from pipelines.paths import DBT, ROOT, home

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
        ("lock", _lock),
        ("dbt", _dbt),
        ("sources", _sources),
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


def _lock() -> Finding:
    """Installed versions against the lock: a build with others is not the one that was tested."""
    path = ROOT / "requirements.lock"
    pinned: dict[str, list[str]] = {}
    for name, version in re.findall(
        r"^([a-z0-9][\w.-]*)==([^\s;\\]+)", path.read_text(encoding="utf-8"), re.M
    ):
        pinned.setdefault(name, []).append(version)  # one for each Python where they differ
    other = []
    for name, versions in pinned.items():
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system or Python
        if found not in versions:
            other.append(f"{name} {found} instead of {' or '.join(versions)}")
    if other:
        return ", ".join(other[:3]), "pip install --no-deps --require-hashes -r requirements.lock"
    return f"{len(pinned)} packages pinned, none installed in another version", None


def _sources() -> Finding:
    """Every source.yml is right: one that is not stops a run."""
    from pipelines.sources import known
    from scrapers.source import SourceError, load

    folders = known()
    for name, folder in folders.items():
        try:
            load(folder).pages()
        except SourceError as error:
            return str(error), f"mend it, then: chipwatch source check {name}"
    return f"{len(folders)} sources, all well-formed", None


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
    """What readers have: it opens, and each of its files is there with the length the manifest gives."""
    from pipelines.published import connect
    from warehouse.publish import read_manifest

    place = home().published
    manifest = read_manifest(place)
    if manifest is None:
        return "nothing published yet", "run `chipwatch run`"
    again = f"delete {place / 'manifest.json'} and run `chipwatch run`"
    for name, told in manifest["files"].items():
        path = place / name
        if not path.exists() or path.stat().st_size != told["bytes"]:
            return f"{path} is not what was published", again
    try:
        with connect() as connection:
            connection.execute("select count(*) from source_status").fetchone()
    except (CommandError, duckdb.Error) as error:
        return " ".join(str(error).split())[:200], again
    return f"{place}, data as of {manifest['as_of']}, DuckDB {duckdb.__version__}", None


def _chromium() -> Finding:
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if browser and Path(browser).exists():
        return browser, None
    return (
        "no Chromium (only the dashboard's browser tests need it)",
        "apt-get install chromium fonts-noto-cjk",
    )
