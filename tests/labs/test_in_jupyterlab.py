"""Every student version opens in JupyterLab and runs up to the first open question."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from lab import Notebook, server
from playwright.sync_api import Browser

pytestmark = pytest.mark.xdist_group("labs")

CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets.map((cell) => ({
  outputs: cell.model.type === "code" ? cell.model.outputs.toJSON() : [],
  ran: cell.model.type === "code" && cell.model.executionCount !== null,
}))"""


@pytest.fixture(scope="module")
def jupyterlab(
    handed_out: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("student")
    for lab in handed_out.glob("*.ipynb"):
        shutil.copy(lab, folder)
    with server(folder) as url:
        yield url


def test_it_runs_up_to_the_first_open_question(
    jupyterlab: str, handed_out: Path, browser: Browser, lab: str
) -> None:
    cells = nbformat.read(handed_out / f"{lab}.ipynb", 4).cells
    kinds = [cell.metadata.get("nbgrader", {}) for cell in cells]
    first = next(i for i, kind in enumerate(kinds) if kind.get("solution"))
    # A function that is still open is noticed by the check below it.
    stops = first + cells[first].source.startswith("def ")
    tab = browser.new_page(viewport={"width": 1400, "height": 1000})
    notebook = Notebook(tab, jupyterlab, f"{lab}.ipynb")
    with pytest.raises(RuntimeError, match=r"Your turn|not tried|NotYet"):
        notebook.run_all()
    seen = tab.evaluate(CELLS)
    failed = [
        i
        for i, cell in enumerate(seen)
        if any(output["output_type"] == "error" for output in cell["outputs"])
    ]
    # Whether later cells are still run depends on when they reach the kernel.
    assert failed[0] == stops
    ran = [i for i, cell in enumerate(seen) if cell["ran"] and i <= stops]
    assert ran == [i for i in range(stops + 1) if cells[i].cell_type == "code"]
    assert notebook.errors == []
    tab.close()
