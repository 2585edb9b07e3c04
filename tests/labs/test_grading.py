"""Blank, right, wrong and hostile labs get the points they deserve, and cost nobody else."""

import csv
import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import bubblewrap
import hand_ins as made
import nbformat
import pytest
from grading import tables
from grading.grade import Graded, grade, report
from grading.kernel import Limits
from grading.lab import sources
from hand_ins import BUGS, FLOOR, FORECAST, MISTAKES, left, put, wrong
from labs import grade_all

pytestmark = pytest.mark.xdist_group("labs")

LABS = [lab.stem for lab in sources()]

#: Less memory than a class gets, which takes less time to fill; and more time for a notebook,
#: as what one earns here must not depend on how busy the machine is.
SMALL = Limits(memory=1.5e9, total=90, processor=90)

#: What the class of this module gets, by student and lab; None: not graded.
EXPECTED: dict[tuple[str, str], float | None] = {
    **{("reference", lab): 10 for lab in LABS},
    **{("Zoë [wrong]", lab): left(lab, *MISTAKES[lab]) for lab in LABS},
    ("blank", FLOOR): 0,
    ("forger", FORECAST): 0,
    ("loops", BUGS): 10 - 1 - 2,
    ("gone", BUGS): 2,
    ("doubled", BUGS): 10,
    ("pasted", FLOOR): 10,
    ("stripped", BUGS): 10,
    ("=1|\\udcff", FLOOR): None,
    ("=1|\\udcff", FORECAST): None,
    ("=1|\\udcff", BUGS): None,
    ("bürglar", BUGS): 0,
}

#: The files of that class that are no lab to grade, and a word of the reason.
LEFT = {
    "floor-and-excess.ipynb": "whose it is",
    "stripped/numerics-bug-hunt.ipynb": "newer",
    "stripped/.ipynb_checkpoints/numerics-bug-hunt-checkpoint.ipynb": "own copy",
    "stripped/all.zip": "unpack",
    "stripped/link.ipynb": "link",
    "stripped/poem.ipynb": "none of the labs",
    "nothing": "nothing to read",
    "=1|\\udcff/floor-and-excess.ipynb": "holds no cells",
    "=1|\\udcff/forecasting-tournament.ipynb": "nothing to read",
    "=1|\\udcff/numerics-bug-hunt.ipynb": "not all of one",
}


@pytest.fixture(scope="module")
def listener() -> Iterator[int]:
    """A port that somebody might phone home to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def hand_in(folder: Path, handed_out: Path, port: int) -> None:
    """The class: everybody in their own folder, or nearly so."""
    for lab in LABS:
        right = made.solved(handed_out, lab)
        put(right, folder / f"reference/{lab}.ipynb")
        put(right, folder / f"Zoë [wrong]/{lab}.ipynb", *wrong(lab, *MISTAKES[lab]))
    put(made.blank(handed_out, FLOOR), folder / f"blank/{FLOOR}.ipynb")
    right, blank = made.solved(handed_out, BUGS), made.blank(handed_out, BUGS)
    forged = made.first(made.FORGED)
    put(made.blank(handed_out, FORECAST), folder / f"forger/{FORECAST}.ipynb", forged)
    put(
        right,
        folder / f"loops/{BUGS}.ipynb",
        made.answer("softmax", made.LOOP),
        made.answer("digits", made.MEMORY),
        made.first(made.PRINTS),
        made.wrong_kernel,
        made.odd_metadata,
    )
    gone = made.answer("log-softmax", made.EXIT)
    put(right, folder / f"gone/{BUGS}.ipynb", gone)
    put(
        right,
        folder / "doubled/in/here/Lab 3 (2).ipynb",
        made.doubled,
        made.in_words,
        made.odd_letters,
    )
    pasted = made.solved(handed_out, FLOOR)
    put(pasted, folder / f"pasted/{FLOOR}.ipynb", made.split, made.repasted)
    older = put(blank, folder / f"stripped/{BUGS}.ipynb")
    os.utime(older, (0, 0))
    put(
        right,
        folder / "stripped/second.ipynb",
        made.split,
        made.stripped,
    )
    put(blank, folder / f"stripped/.ipynb_checkpoints/{BUGS}-checkpoint.ipynb")
    put({"cells": [made.code("1")]}, folder / "stripped/poem.ipynb")
    (folder / "stripped/all.zip").write_bytes(b"PK")
    (folder / "stripped/link.ipynb").symlink_to(older)
    treasure = folder / f"reference/{BUGS}.ipynb"
    burglary = made.first(made.burglary(treasure, port) + "\n" + made.PATCHED)
    put(blank, folder / f"bürglar_{BUGS}.ipynb", made.emptied, burglary)
    odd = folder / os.fsdecode(b"=1|\xff")
    (odd / f"{FORECAST}.ipynb").mkdir(parents=True)
    (odd / f"{FLOOR}.ipynb").write_text("[]")
    (odd / f"{BUGS}.ipynb").write_bytes(older.read_bytes()[:5000])
    (folder / "nothing").mkdir()
    put(blank, folder / f"{FLOOR}.ipynb")


@pytest.fixture(scope="module")
def graded(
    handed_out: Path, listener: int, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Graded, Path]:
    """Everybody's results, and the folder with what was executed."""
    folder = tmp_path_factory.mktemp("a class's hand-ins")
    hand_in(folder, handed_out, listener)
    out = tmp_path_factory.mktemp("grades")
    return grade(folder, out, 2, SMALL), out


def executed(graded: tuple[Graded, Path], student: str, lab: str) -> str:
    """All that a student's cells printed."""
    notebook = nbformat.read(graded[1] / f"executed/{student}/{lab}.ipynb", 4)
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", [])]
    return "".join(o.get("text", "") for o in outputs)


@pytest.mark.parametrize(("student", "which"), EXPECTED)
def test_everybody_gets_what_they_deserve(graded, student: str, which: str) -> None:
    results = {(r.student, r.lab): r for r in graded[0].results}
    result, expected = results[student, which], EXPECTED[student, which]
    assert bool(result.trouble) == (expected is None)
    assert result.total == (expected or 0), (result.points, result.remarks)
    assert bool(result.flags) == (student == "bürglar")


def test_every_other_file_is_named_with_its_reason(graded) -> None:
    _, *rows = graded[0].files()
    assert {file for file, _ in rows} == set(LEFT)
    assert [file for file, reason in rows if LEFT[file] not in reason] == []


def test_the_reference_runs_from_top_to_bottom(graded, lab: str) -> None:
    notebook = nbformat.read(graded[1] / f"executed/reference/{lab}.ipynb", 4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.execution_count
            kinds = [(o.output_type, o.get("name")) for o in cell.outputs]
            assert ("error", None) not in kinds, cell.source
            assert ("stream", "stderr") not in kinds, cell.source


def test_the_table_tells_missing_from_broken(graded) -> None:
    head, *rows = graded[0].table()
    most = 10 * len(LABS)
    assert head == ["student", *(f"{lab} (10)" for lab in LABS), f"total ({most})"]
    points = {
        name: dict(zip([*LABS, "total"], cells, strict=True)) for name, *cells in rows
    }
    missing = dict.fromkeys(LABS, "") | {"total": "0"}
    assert points["reference"] == dict.fromkeys(LABS, "10") | {"total": str(most)}
    broken = dict.fromkeys((FLOOR, FORECAST, BUGS), "-")
    assert points["=1|\\udcff"] == missing | broken
    assert points["bürglar"] == missing | {BUGS: "0"}
    assert points["nothing"] == missing


def test_the_teacher_sees_where_students_stumble(graded) -> None:
    solved = {
        row[:2][0] + " " + row[1]: row[2:]
        for row in tables.exercises(graded[0].results)
    }
    assert solved[f"{FLOOR} prices"] == ["3", "0", "4"]
    assert solved[f"{FLOOR} split"] == ["2", "0", "4"]
    assert solved[f"{FLOOR} wrong-code"] == ["2", "1", "4"]


def test_the_class_meets_in_one_tournament_that_nobody_can_forge(graded) -> None:
    head, *rows = tables.tournament(graded[0].results)
    assert head[:3] == ["rank", "forecaster", "log score"]
    order = [row[1] for row in rows]
    assert order.index("*knows the world*") < order.index("reference")
    assert order.index("reference") < order.index("*25 % everywhere*")
    assert {name for name in order if name[0] != "*"} == {"reference", "Zoë [wrong]"}
    infinite = [row for row in rows if row[2] == "∞"]
    assert {row[1] for row in infinite} == {"*all in*", "Zoë [wrong]"}
    assert {row[0] for row in infinite} == {str(len(rows) - 1)}  # a shared last place


def test_students_code_reaches_nothing_but_its_own_folder(graded) -> None:
    tried = [
        line.split()[:3] for line in executed(graded, "bürglar", BUGS).splitlines()
    ]
    done = [" ".join(line[1:]) for line in tried if line[:1] == ["DONE"]]
    failed = [line[1] for line in tried if line[:1] == ["FAILED"]]
    assert done == ["own"]
    assert set(failed) == {"read", "list", "solutions", "write", "phone"}


def test_a_hundred_megabytes_of_prints_are_cut(graded) -> None:
    assert "cut off" in executed(graded, "loops", BUGS)
    assert (graded[1] / f"executed/loops/{BUGS}.ipynb").stat().st_size < 1e6


def test_the_report_is_printed_and_written(graded, capsys) -> None:
    report(*graded)
    said = capsys.readouterr().out
    assert tables.markdown(graded[0].table()) in said
    assert "| =1\\|\\\\udcff |" in said
    flagged = "FLAGGED: in the notebook limits-check, softmax-check"
    assert f"bürglar, numerics-bug-hunt: {flagged}" in said
    assert "loops, numerics-bug-hunt: [7] took too long." in said
    # How many cells were done by then is the kernel's own time.
    ended = r"gone, numerics-bug-hunt: stopped after \d+ cells: the kernel died\."
    assert re.search(ended, said)
    assert "stripped/poem.ipynb: not graded. It holds none of the labs." in said
    with (graded[1] / "points.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[1][0] == "'=1|\\udcff"  # no formula
    assert rows[2:] == graded[0].table()[2:]


def test_nobody_else_on_the_machine_reads_the_grades(graded) -> None:
    assert graded[1].stat().st_mode & 0o077 == 0


def test_gradebooks_and_pages_are_written_for_everybody(graded) -> None:
    whole, out = graded
    students = {result.student for result in whole.results}
    assert {page.stem for page in (out / "feedback").iterdir()} == students
    with (out / "canvas.csv").open(newline="", encoding="utf-8") as file:
        _, _, *rows = csv.reader(file)
    assert {row[0].removeprefix("'") for row in rows} == set(whole.students)
    with (out / "moodle.csv").open(newline="", encoding="utf-8") as file:
        assert len(list(csv.reader(file))) == 1 + len(whole.students)
    page = (out / "class.html").read_text("utf-8")
    assert "two bits each: 1 of 4" in page
    page = (out / "feedback/Zoë [wrong].html").read_text("utf-8")
    assert "It works, at two bits per song" in page
    page = (out / "feedback/gone.html").read_text("utf-8")
    assert page.count("The check was not reached.") == 7
    assert "Flagged." in (out / "feedback/bürglar.html").read_text("utf-8")


def test_bubblewrap_works_here() -> None:
    assert bubblewrap.trouble() == "", "make bubblewrap"


def test_without_bubblewrap_one_sentence_says_so_before_anything_runs(
    monkeypatch, capsys, tmp_path: Path
) -> None:
    def stop(*_: object, **__: object) -> None:
        assert capsys.readouterr().out == (
            "The students' code runs with all your rights, because bubblewrap is not "
            f"installed ({bubblewrap.ADVICE}).\n"
        )
        raise InterruptedError

    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("labs.grade", stop)
    with pytest.raises(InterruptedError):
        grade_all(str(tmp_path), 1)


def test_without_bubblewrap_it_grades_all_the_same(
    handed_out: Path, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr("bubblewrap.trouble", lambda: "it is missing")
    only = made.solved(handed_out, BUGS)
    only["cells"] = [c for c in only["cells"] if made.grade_id(c).startswith("limits")]
    put(only, tmp_path / "in/ada/x.ipynb", made.first("import numpy as np"))
    (result,) = grade(tmp_path / "in", tmp_path / "out", 1, SMALL).results
    assert result.total == 1
