"""How a class is run: who is graded alone, what Ctrl-C leaves, what is refused."""

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import hand_ins as made
import pytest
from grading.grade import Refused, grade
from hand_ins import BUGS, put
from labs import BUILD, ROOT, grade_all

pytestmark = pytest.mark.xdist_group("labs")

#: A worker that says of a student what a file of their name beside `log` holds.
WORKER = r"""
import json, os, pathlib, sys, time
assert os.getsid(0) == os.getpid(), "Ctrl-C would end this worker"
job = json.loads(pathlib.Path(sys.argv[1]).read_text())
student = pathlib.Path(job["file"]).parent.name
place = pathlib.Path(__file__).parent
with open(place / "log", "a") as log:
    print("begin", student, file=log, flush=True)
    runs = (place / "log").read_text().count(f"begin {student}\n")
    late = student == "late" and runs == 1
    time.sleep(1000 if student == "endless" else 0.2)
    print("end", student, file=log)
outcome = {"points": {"limits-check": 0 if late else 10}, "late": late}
rest = {"trouble": "", "flags": [], "remarks": [], "board": [], "said": {}}
pathlib.Path(sys.argv[1]).with_name("outcome.json").write_text(json.dumps(outcome | rest))
if student == "crash":
    raise KeyError("msg_id")
"""


@pytest.fixture
def log(tmp_path: Path, monkeypatch) -> Path:
    """What the workers note that stand in for those that run students' code."""
    worker = tmp_path / "worker.py"
    worker.write_text(WORKER)
    monkeypatch.setattr("grading.grade.WORKER", worker)
    monkeypatch.setattr("grading.tables.exercises", lambda results: [])
    return tmp_path / "log"


def hand_in(handed_out: Path, folder: Path, *students: str) -> Path:
    for student in students:
        put(made.blank(handed_out, BUGS), folder / student / f"{BUGS}.ipynb")
    return folder


def test_whom_the_clock_ended_is_graded_again_alone(
    handed_out: Path, tmp_path: Path, log: Path
) -> None:
    folder = hand_in(handed_out, tmp_path / "in", "ada", "bob", "late", "zoe", "crash")
    graded = grade(folder, tmp_path / "out", 2)
    assert {result.student: result.total for result in graded.results} == dict.fromkeys(
        ["ada", "bob", "late", "zoe", "crash"], 10
    )
    lines = log.read_text().splitlines()
    assert sorted(lines[-2:]) == ["begin late", "end late"]
    assert lines.count("begin late") == 2
    remarks = {result.student: result.remarks for result in graded.results}
    failed = "stopped: the grader itself failed (KeyError: 'msg_id')."
    assert remarks.pop("crash") == [failed]
    assert set(map(tuple, remarks.values())) == {()}


def test_who_was_alone_is_not_graded_again(
    handed_out: Path, tmp_path: Path, log: Path
) -> None:
    folder = hand_in(handed_out, tmp_path / "in", "ada", "late")
    grade(folder, tmp_path / "out", 1)
    assert log.read_text().count("begin late") == 1


def test_ctrl_c_says_one_sentence_and_changes_nothing(
    handed_out: Path, tmp_path: Path, log: Path, monkeypatch, capsys, request
) -> None:
    monkeypatch.setattr("labs.BUILD", tmp_path)
    folder = hand_in(handed_out, tmp_path / "in", "ada", "endless", "endless too")
    earlier = tmp_path / "grades/executed"
    earlier.mkdir(parents=True)
    (tmp_path / "grades/points.csv").write_text("of an earlier run")
    # A shell that starts a run in the background has it ignore Ctrl-C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, before))

    def press() -> None:
        while not log.exists() or "begin endless" not in log.read_text():
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press, daemon=True).start()
    with pytest.raises(SystemExit) as stopped:
        grade_all(str(folder), 1)
    assert str(stopped.value).startswith("Stopped: 1 of 3 hand-ins had been graded. No")
    said = capsys.readouterr().err.splitlines()
    assert said == [f"1/3 ada: {BUGS}: 10 points"]
    assert (tmp_path / "grades/points.csv").read_text() == "of an earlier run"
    assert list(tmp_path.glob("grades*")) == [tmp_path / "grades"]


def test_a_second_run_leaves_nothing_of_the_first(
    handed_out: Path, tmp_path: Path, log: Path
) -> None:
    folder, out = hand_in(handed_out, tmp_path / "in", "ada"), tmp_path / "out"
    grade(folder, out)
    (out / "executed/somebody").mkdir()
    grade(folder, out)
    assert [entry.name for entry in (out / "executed").iterdir()] == ["ada"]


@pytest.mark.parametrize("given", ["out", "out/executed", ".", "link"])
def test_grading_never_empties_the_folder_of_the_hand_ins(
    handed_out: Path, tmp_path: Path, given: str
) -> None:
    out = tmp_path / "out"
    hand_in(handed_out, out / "executed", "ada")
    (out / "points.csv").touch()
    (tmp_path / "link").symlink_to(out)
    with pytest.raises(Refused, match="take the hand-ins elsewhere"):
        grade(tmp_path / given, out)
    assert (out / f"executed/ada/{BUGS}.ipynb").exists()


def test_a_folder_of_something_else_stays(handed_out: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/novel.txt").touch()
    with pytest.raises(Refused, match="stays as it is"):
        grade(hand_in(handed_out, tmp_path / "in", "ada"), tmp_path / "out")
    assert (tmp_path / "out/novel.txt").exists()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("nowhere", "There is no folder"),
        ("in/ada/numerics-bug-hunt.ipynb", "is a file, not a folder"),
        ("in/ada", "numerics-bug-hunt.ipynb: It lies in no student's folder"),
        ("odd", ".DS_Store: It is a hidden file"),
        ("empty", "There is no lab to grade"),
    ],
)
def test_where_there_is_nothing_to_grade_it_says_what_to_do(
    handed_out: Path, tmp_path: Path, monkeypatch, given: str, why: str
) -> None:
    monkeypatch.setattr("labs.BUILD", tmp_path)
    hand_in(handed_out, tmp_path / "in", "ada")
    for name in ("odd", "empty"):
        (tmp_path / name).mkdir()
    (tmp_path / "odd/.DS_Store").touch()
    with pytest.raises(SystemExit) as stopped:
        grade_all(str(tmp_path / given), 1)
    assert why in str(stopped.value)
    assert "make grade SUBMISSIONS=folder" in str(stopped.value)
    assert not (tmp_path / "grades").exists()


def test_with_a_roster_it_says_who_is_missing_and_who_is_unknown(
    handed_out: Path, tmp_path: Path, log: Path, monkeypatch, capsys
) -> None:
    monkeypatch.setattr("labs.BUILD", tmp_path)
    folder = hand_in(handed_out, tmp_path / "in", "ada", "fay")
    (tmp_path / "class.csv").write_text("name,email\nAda Lovelace,ada@x\nEve,eve@x\n")
    grade_all(str(folder), 1, str(tmp_path / "class.csv"))
    said = capsys.readouterr().out
    assert "Missing: Eve.\nNot in the roster: fay.\n" in said
    assert "| Ada Lovelace |" in said
    assert "| Eve |" in said
    with pytest.raises(SystemExit, match=r"none\.csv cannot be read"):
        grade_all(str(folder), 1, str(tmp_path / "none.csv"))


def test_make_hands_the_folders_name_on_as_it_is() -> None:
    run = subprocess.run(
        ["make", "-o", ".venv/ready", "grade", f"SUBMISSIONS={BUILD}/no where $$1"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert run.returncode != 0
    assert "no where $1. " in run.stderr
