"""The notebook of `examples/` runs from top to bottom over what a run published."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.pipelines.conftest import ROOT, Ran

pytestmark = pytest.mark.e2e
NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
@pytest.mark.filterwarnings("ignore")
def test_a_notebook_runs(
    bundled_run: Ran, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bundled_run.returncode == 0
    monkeypatch.setenv("CHIPWATCH_HOME", str(bundled_run.home))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    notebook = nbformat.read(path, as_version=4)
    done = NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = [cell for cell in done.cells if cell.cell_type == "code" and cell.outputs]
    assert len(shown) >= 9
    assert not any(output.output_type == "error" for cell in shown for output in cell.outputs)


def test_notebooks_are_kept_without_results() -> None:
    """Numbers in a stored result go stale; the reader's own run shows today's."""
    assert NOTEBOOKS
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        assert not any(cell.get("outputs") for cell in notebook.cells if cell.cell_type == "code"), path.name
