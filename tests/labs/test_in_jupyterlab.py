"""Every student version opens in JupyterLab and runs up to the first open question."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from lab import Notebook

pytestmark = pytest.mark.xdist_group("labs")

CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets.map((cell) => ({
  outputs: cell.model.type === "code" ? cell.model.outputs.toJSON() : [],
  ran: cell.model.type === "code" && cell.model.executionCount !== null,
}))"""


@pytest.mark.in_turn(3)
def test_it_runs_up_to_the_first_open_question(
    jupyterlab: Callable[[Path], Notebook], handed_out: Path, lab: str
) -> None:
    cells = nbformat.read(handed_out / f"{lab}.ipynb", 4).cells
    kinds = [cell.metadata.get("nbgrader", {}) for cell in cells]
    first = next(i for i, kind in enumerate(kinds) if kind.get("solution"))
    # A function that is still open is noticed by the check below it.
    stops = first + cells[first].source.startswith("def ")
    notebook = jupyterlab(handed_out / f"{lab}.ipynb")
    with pytest.raises(RuntimeError, match=r"Your turn|not tried|NotYet"):
        notebook.run_all()
    seen = notebook.tab.evaluate(CELLS)
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
