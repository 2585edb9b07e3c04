"""Blank, right and wrong labs get the points they deserve."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from labs import (
    BUILD,
    ROOT,
    SOURCES,
    Result,
    exercises,
    grade,
    markdown,
    report,
    sources,
    table,
)
from labs import tournament as class_tournament

pytestmark = pytest.mark.xdist_group("labs")

LABS = [lab.stem for lab in sources()]

#: Plausible wrong answers, by lab and cell, and the points that are left.
MISTAKES = {
    "floor-and-excess": (
        {
            "code-lengths": "lengths = [2, 2, 2, 2]",
            "split": (
                "def split(p, q):\n"
                "    return -np.sum(p * np.log(p)), np.sum(p * np.log(p / q))"
            ),
            "too-good": 'verdict = "a"',
        },
        10 - 1 - 2 - 1,
    ),
    "forecasting-tournament": (
        {
            "scores": (
                "def scores(q, y):\n"
                "    return -np.log(q[y]), (1 - q[y]) ** 2  # one class only"
            ),
            "forecast": "def forecast(X):\n    return np.eye(4)[[0] * len(X)]",
        },
        10 - 2 - 3 - 1,
    ),
    "numerics-bug-hunt": (
        {
            "softmax": (
                "def softmax(z):\n"
                "    return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)"
            ),
            "digits": "exact_log_softmax = original_6",
            "silent": "silent = 'd'",
        },
        10 - 1 - 2 - 1,
    ),
}


def write(notebook: nbformat.NotebookNode, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def graded(
    handed_out: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Result], Path]:
    """Everybody's results, and the folder with what was executed."""
    folder = tmp_path_factory.mktemp("submissions")
    for lab in LABS:
        mistakes, _ = MISTAKES.get(lab, ({}, 10))
        source = nbformat.read(SOURCES / f"{lab}.ipynb", 4)
        write(source, folder / "reference" / f"{lab}.ipynb")
        for cell in source.cells:
            cell.source = mistakes.get(cell.id, cell.source)
        write(source, folder / "Zoë [wrong]" / f"{lab}.ipynb")
        blank = nbformat.read(handed_out / f"{lab}.ipynb", 4)
        write(blank, folder / "blank" / f"{lab}.ipynb")
    # One who makes the checks agree, and deletes the first of them.
    cheat = nbformat.read(handed_out / "numerics-bug-hunt.ipynb", 4)
    for cell in cheat.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.source = "print('all right')"
    cheat.cells = [cell for cell in cheat.cells if cell.id != "limits-check"]
    write(cheat, folder / "cheat/numerics-bug-hunt.ipynb")
    (folder / "broken").mkdir()
    (folder / "broken/floor-and-excess.ipynb").write_text("{ half of a file")
    out = tmp_path_factory.mktemp("grades")
    return grade(folder, out), out


def total(results: list[Result], student: str, lab: str) -> float:
    (result,) = [r for r in results if (r.student, r.lab) == (student, lab)]
    assert not result.trouble
    return result.total


def test_the_reference_gets_all_points(graded, lab: str) -> None:
    assert total(graded[0], "reference", lab) == 10


def test_a_blank_lab_gets_none(graded, lab: str) -> None:
    assert total(graded[0], "blank", lab) == 0


@pytest.mark.parametrize("wrong", MISTAKES)
def test_mistakes_cost_their_points(graded, wrong: str) -> None:
    assert total(graded[0], "Zoë [wrong]", wrong) == MISTAKES[wrong][1]


def test_changed_and_deleted_checks_gain_nothing(graded) -> None:
    assert total(graded[0], "cheat", "numerics-bug-hunt") == 0


def test_the_reference_runs_from_top_to_bottom(graded, lab: str) -> None:
    executed = nbformat.read(graded[1] / "reference" / f"{lab}.ipynb", 4)
    for cell in executed.cells:
        if cell.cell_type == "code":
            assert cell.execution_count
            kinds = [(o.output_type, o.get("name")) for o in cell.outputs]
            assert ("error", None) not in kinds, cell.source
            assert ("stream", "stderr") not in kinds, cell.source


def test_the_table_tells_missing_from_broken(graded) -> None:
    head, *rows = table(graded[0])
    most = 10 * len(LABS)
    assert head == ["student", *(f"{lab} (10)" for lab in LABS), f"total ({most})"]
    points = {
        name: dict(zip([*LABS, "total"], cells, strict=True)) for name, *cells in rows
    }
    missing = dict.fromkeys(LABS, "") | {"total": "0"}
    assert points["reference"] == dict.fromkeys(LABS, "10") | {"total": str(most)}
    assert points["blank"] == dict.fromkeys([*LABS, "total"], "0")
    assert points["broken"] == missing | {"floor-and-excess": "-"}
    assert points["cheat"] == missing | {"numerics-bug-hunt": "0"}


def test_the_teacher_sees_where_students_stumble(graded) -> None:
    solved = {(lab, name): (s, of) for lab, name, s, of in exercises(graded[0])[1:]}
    assert solved["floor-and-excess", "prices"] == ("2", "3")
    assert solved["floor-and-excess", "split"] == ("1", "3")
    assert solved["numerics-bug-hunt", "silent"] == ("1", "4")


def test_the_class_meets_in_one_tournament(graded) -> None:
    head, *rows = class_tournament(*graded)
    assert head[:3] == ["rank", "forecaster", "log score"]
    order = [row[1] for row in rows]
    assert order.index("*knows the world*") < order.index("reference")
    assert order.index("reference") < order.index("*25 % everywhere*")
    infinite = [row for row in rows if row[2] == "∞"]
    assert {row[1] for row in infinite} == {"*all in*", "Zoë [wrong]"}
    assert {row[0] for row in infinite} == {str(len(rows) - 1)}  # a shared last place


def test_the_report_is_printed_and_written(graded, capsys) -> None:
    results, out = graded
    report(results, out)
    said = capsys.readouterr().out
    assert markdown(table(results)) in said
    assert "broken, floor-and-excess: not graded. The file is not a notebook." in said
    with (out / "points.csv").open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file)) == table(results)


def test_without_submissions_it_says_what_to_do() -> None:
    run = subprocess.run(
        [sys.executable, ROOT / "tools/labs.py", "grade", BUILD / "nowhere"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert run.returncode == 1
    assert "make grade SUBMISSIONS=folder" in run.stderr
