"""The models' unit tests: rows of their own in, the rows they promise out."""

import json
import shutil
from pathlib import Path

import pytest

from pipelines import transform
from pipelines.paths import Home
from tests.pipelines.conftest import Ran

pytestmark = pytest.mark.e2e


def test_every_unit_test_of_a_model_holds(bundled_run: Ran, tmp_path: Path) -> None:
    assert bundled_run.returncode == 0, bundled_run.stdout + bundled_run.stderr
    shutil.copytree(bundled_run.home / "build", tmp_path / "build")
    results = [node for node in transform.unit_tests(Home(tmp_path)) if node.resource_type == "unit_test"]
    told = json.loads((tmp_path / "build" / "dbt" / "manifest.json").read_text(encoding="utf-8"))
    assert {node.name for node in results} == {name.split(".")[2] for name in told["unit_tests"]}
    assert len(results) > 10
    assert [f"{node.name}: {node.message}" for node in results if not node.ok] == []


def test_no_test_of_the_bundled_data_warns(bundled_run: Ran) -> None:
    results = transform.last_results(Home(bundled_run.home))
    assert len(results) > 200
    assert [f"{n.name}: {n.message}" for n in results if n.status not in ("success", "pass")] == []


def test_a_table_skipped_behind_a_failed_test_is_no_fault_of_its_own_and_is_not_made() -> None:
    node = transform.Node("model.chipwatch.t", "model", "t", "skipped", None, None, 0.0)
    assert (node.ok, node.is_made) == (True, False)
