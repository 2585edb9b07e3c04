"""What students may well write costs them no later cell, and help is there before it."""

import contextlib
import io
from typing import Any

import nbformat
import numpy as np
import pytest
from grading.lab import SOURCES

from ce_lib.practice import check


def cells(lab: str) -> list[nbformat.NotebookNode]:
    notebook = nbformat.read(SOURCES / f"{lab}.ipynb", 4)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def task(cell: nbformat.NotebookNode) -> str:
    own = cell.metadata.get("nbgrader", {})
    return str(own["grade_id"]) if own.get("solution") else ""


def run_up_to(lab: str, name: str, old: str, new: str) -> dict[str, Any]:
    """Run a lab's code up to one task, in which something else was written."""
    names: dict[str, Any] = {}
    for cell in cells(lab):
        found = task(cell) == name
        assert not found or cell.source.count(old) == 1
        with contextlib.redirect_stdout(io.StringIO()):
            exec(cell.source.replace(old, new) if found else cell.source, names)
        if found:
            return names
    raise AssertionError(f"{lab} has no task {name}")


def test_a_hint_can_be_asked_for_before_the_first_task_is_tried(lab: str) -> None:
    before: list[str] = []
    for cell in cells(lab):
        if task(cell):
            break
        before += cell.source.splitlines()
    assert any("import" in line and "hint" in line for line in before)


def test_a_training_step_in_place_leaves_the_start_as_it_was() -> None:
    line = "theta = theta - rate * slopes(theta, X, Y)"
    after = run_up_to(
        "softmax-by-hand", "trained", line, line.replace("= theta -", "-=")
    )
    assert np.array_equal(after["zero"], np.zeros((4, 4)))
    assert check("lab-trained", after["last"])


@pytest.mark.parametrize("steps", [1490, 1491, np.exp(8) / 2])
def test_a_forecast_of_whole_steps_is_right(steps: float) -> None:
    assert check("lab-wait.foretold", steps)
