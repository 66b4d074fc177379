"""The shape of the house, held by tests."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: tracked files cannot be listed")
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_dbt_folder_holds_no_python() -> None:
    # A dbt/__init__.py would shadow the package of the same name.
    assert not list((ROOT / "dbt").rglob("*.py"))


def test_the_dbt_package_is_the_installed_one() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import dbt.cli; print(dbt.cli.__file__)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "site-packages" in found.stdout


def test_imports_go_one_way() -> None:
    lint = subprocess.run(
        ["lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False, env=_path()
    )
    assert lint.returncode == 0, lint.stdout


def test_wheel_ships_three_packages() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert config["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == [
        "pipelines",
        "scrapers",
        "warehouse",
    ]


def test_lock_has_hashes_and_names_no_index() -> None:
    text = (ROOT / "requirements.lock").read_text()
    assert "index-url" not in text
    assert "://" not in text
    packages = re.findall(r"^[a-z0-9][\w.-]*==", text, re.M)
    assert len(packages) > 80
    for block in re.split(r"\n(?=[a-z0-9])", text.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_lock_covers_the_declared_dependencies() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = [*config["dependencies"], *config["optional-dependencies"]["dev"]]
    locked = set(re.findall(r"^([a-z0-9][\w.-]*)==", (ROOT / "requirements.lock").read_text(), re.M))
    names = {re.split(r"[=<>!~\[; ]", item, maxsplit=1)[0].lower() for item in declared}
    assert names <= locked, names - locked


def test_no_module_is_called_utils() -> None:
    banned = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert [str(p) for p in tracked() if p.name in banned] == []


def test_no_tracked_file_is_large() -> None:
    assert [str(p) for p in tracked() if p.stat().st_size > 3_000_000] == []


def test_commands_of_the_makefile_are_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    for target in ("make run", "make test", "make ui"):
        assert target in readme


def _path() -> dict[str, str]:
    import os

    return os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }


def test_json_files_parse() -> None:
    for path in tracked():
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
