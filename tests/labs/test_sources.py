"""The labs' sources are clean, short, and hold no typed results."""

import ast
import re
from statistics import median

import nbformat
import pytest
from grading.lab import SOURCES, parts, possible
from grading.repeat import free_names
from labs import is_folded, tidied

from ce_lib.practice.catalogue import CODE, EXERCISES

DECIMAL = re.compile(r"(?<![\w.])\d+\.\d+")
HOW_LONG, HOW_WIDE = 14, 92


def read(lab: str) -> nbformat.NotebookNode:
    return nbformat.read(SOURCES / f"{lab}.ipynb", 4)


def code(lab: str) -> list[str]:
    return [cell.source for cell in read(lab).cells if cell.cell_type == "code"]


def typed_numbers(text: str) -> set[float]:
    return {float(number) for number in DECIMAL.findall(re.sub("`[^`]*`", "", text))}


def test_it_is_valid_and_tidy(lab: str) -> None:
    text = (SOURCES / f"{lab}.ipynb").read_text(encoding="utf-8")
    nbformat.validate(nbformat.reads(text, 4))
    assert text == tidied(text), "run `make format`"


def test_outputs_and_counts_would_be_found(lab: str) -> None:
    notebook = read(lab)
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    cell.outputs = [nbformat.v4.new_output("stream", text="42")]
    cell.execution_count = 1
    dirty = nbformat.writes(notebook)
    assert tidied(dirty) != dirty
    assert tidied(dirty) == (SOURCES / f"{lab}.ipynb").read_text(encoding="utf-8")


def test_tidying_keeps_a_fold() -> None:
    cells = [nbformat.v4.new_code_cell("a = 1"), nbformat.v4.new_code_cell("b = 2")]
    cells[0].metadata["jupyter"] = {"source_hidden": True, "outputs_hidden": True}
    text = nbformat.writes(nbformat.v4.new_notebook(cells=cells))
    kept = nbformat.reads(tidied(text), 4).cells
    assert [is_folded(cell) for cell in kept] == [True, False]
    assert kept[0].metadata == {"jupyter": {"source_hidden": True}}


def test_no_computed_number_is_typed(lab: str) -> None:
    notebook = read(lab)
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    typed = set.union(*map(typed_numbers, prose)) - set(notebook.metadata["given"])
    assert typed == set(), "print it in a cell, or list it in the metadata as given"
    assert typed_numbers("the loss is 0.3567 nats, or `0.1`") == {0.3567}


def test_cells_are_short(lab: str) -> None:
    lines = [len([line for line in c.splitlines() if line.strip()]) for c in code(lab)]
    assert median(lines) <= 6
    assert max(lines) <= HOW_LONG
    assert (
        max(len(line) for cell in code(lab) for line in cell.splitlines()) <= HOW_WIDE
    )


def test_every_lab_has_goals_timing_a_pair_question_and_ten_points(lab: str) -> None:
    text = "\n".join(c.source for c in read(lab).cells if c.cell_type == "markdown")
    assert "After this lab you can" in text
    minutes = [int(n) for n in re.findall(r"^\| \d\. .* \| (\d+) \|$", text, re.M)]
    assert 40 <= sum(minutes) <= 60
    assert len(re.findall(r"^## \d", text, re.M)) == len(minutes)
    assert "**To discuss in pairs.**" in text
    assert sum(possible(SOURCES / f"{lab}.ipynb").values()) == 10


def test_every_point_is_checked_by_an_exercise_of_the_catalogue(lab: str) -> None:
    for cell in read(lab).cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            (id,) = re.findall(r'^require\("([\w-]+)', cell.source, re.M)
            assert id in EXERCISES or id in CODE


def test_a_check_stands_on_its_own_imports_and_the_answers(lab: str) -> None:
    """So it can be repeated where nothing else of the notebook is."""
    lab_parts = parts(SOURCES / f"{lab}.ipynb")
    answers = {
        node.name if isinstance(node, ast.FunctionDef) else node.id
        for part in lab_parts
        if part.solution
        for node in ast.walk(ast.parse(part.source))
        if isinstance(node, (ast.FunctionDef, ast.Name))
    }
    for part in lab_parts:
        if part.points is not None:
            assert set(free_names(part.source)) <= answers, part.name


@pytest.mark.parametrize("cell", ["solution", "grade", "locked"])
def test_every_kind_of_cell_is_used(lab: str, cell: str) -> None:
    assert any(c.metadata.get("nbgrader", {}).get(cell) for c in read(lab).cells)
