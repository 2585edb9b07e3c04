"""A class on JupyterHub: a lab is handed out, fetched, solved, handed in and graded.

The hub is the one that hosting/ ships, with a teacher and two students who have accounts
of Unix. They do in a browser what people do there.
"""

import csv
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hub
import pytest
from grading.lab import SOURCES, parts, possible
from lab import ROOT, Notebook, write_notebook
from labs import course
from playwright.sync_api import Browser, Error, Page

LAB = "floor-and-excess"
FILE = f"{LAB}/{LAB}.ipynb"

#: What each student solves: tasks, from the first on.
SOLVED = {"ada": 100, "blaise": 3}

#: Answers typed into their cells.
TYPE = """(answers) => {
  for (const cell of window.jupyterapp.shell.currentWidget.content.widgets) {
    const name = cell.model.getMetadata("nbgrader")?.grade_id;
    if (name in answers) cell.model.sharedModel.setSource(answers[name]);
  }
}"""


@pytest.fixture(scope="module")
def world() -> Iterator[hub.Hub]:
    if why := hub.trouble():
        pytest.skip(why)
    folder = Path(tempfile.mkdtemp(prefix="hub-"))  # pytest's own are closed to others
    folder.chmod(0o755)
    with hub.running(folder, ["teacher", *SOLVED]) as running:
        yield running
    shutil.rmtree(folder)


def solutions(student: str) -> dict[str, str]:
    """What a student types, by the cell."""
    tasks = [part for part in parts(SOURCES / f"{LAB}.ipynb") if part.solution]
    return {task.name: task.source for task in tasks[: SOLVED[student]]}


def deserved(student: str) -> float:
    """The points of the tasks that a student solves."""
    points = possible(SOURCES / f"{LAB}.ipynb")
    return sum(points[f"{name}-check"] for name in solutions(student))


def desk(world: hub.Hub, browser: Browser, user: str, tmp_path: Path) -> Notebook:
    """Somebody's own notebook, to run commands in."""
    write_notebook(tmp_path / "desk.ipynb")
    tab = world.log_in(browser, user)
    world.put(user, tmp_path / "desk.ipynb", "desk.ipynb")
    return Notebook(tab, f"{world.url}/user/{user}", "desk.ipynb")


def typed(desk: Notebook, *command: str) -> str:
    """Run a command as somebody does in the terminal of their JupyterLab."""
    done = f"subprocess.run({[*command]!r}, capture_output=True, text=True)"
    source = f"import subprocess\ndone = {done}\nprint(done.stdout, done.stderr)\n"
    return desk.run(source + "assert not done.returncode, done.stderr")


#: Where JupyterLab lists a lab when it was released, fetched and submitted.
LISTS = {"Fetch": "#fetched_assignments_list", "Submit": "#submitted_assignments_list"}


def press(tab: Page, button: str) -> None:
    """Press a lab's button among the assignments, and wait until it is listed below."""
    tab.evaluate("window.jupyterapp.commands.execute('nbgrader:open-assignment-list')")
    tab.locator(".list_item", has_text=LAB).get_by_text(button, exact=True).click()
    tab.locator(LISTS[button]).get_by_text(LAB).first.wait_for()


def solve(world: hub.Hub, browser: Browser, student: str) -> None:
    """Fetch the lab, solve what this student can, and hand it in."""
    tab = world.log_in(browser, student)
    press(tab, "Fetch")
    assert (world.home(student) / FILE).exists()
    notebook = Notebook(tab, f"{world.url}/user/{student}", FILE)
    tab.evaluate(TYPE, solutions(student))
    if deserved(student) == sum(possible(SOURCES / f"{LAB}.ipynb").values()):
        notebook.run_all()
    else:
        with pytest.raises(RuntimeError, match="Your turn"):
            notebook.run_all()
    notebook.command("docmanager:save")
    press(tab, "Submit")
    tab.context.close()


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def test_a_lab_goes_out_and_comes_back_graded(
    world: hub.Hub, browser: Browser, tmp_path: Path
) -> None:
    world.put("teacher", course(tmp_path / "course"), "course")
    teacher = desk(world, browser, "teacher", tmp_path)
    typed(teacher, "nbgrader", "generate_assignment", LAB)
    typed(teacher, "nbgrader", "release_assignment", LAB)
    for student in SOLVED:
        solve(world, browser, student)
    assert "cheating" not in typed(teacher, "nbgrader", "collect", LAB)
    typed(teacher, "nbgrader", "autograde", LAB)
    typed(teacher, "nbgrader", "export", "--to=grades.csv")
    deserving = {student: deserved(student) for student in SOLVED}
    exported = table(next(world.home("teacher").rglob("grades.csv")))
    assert {
        row["student_id"]: float(row["score"])
        for row in exported
        if row["assignment"] == LAB
    } == deserving
    submitted = world.home("teacher") / "course/submitted"
    command = [sys.executable, "tools/labs.py", "grade", str(submitted)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert "not graded" not in said.stdout
    points = table(ROOT / "_build/grades/points.csv")
    assert {row["student"]: float(row[f"{LAB} (10)"]) for row in points} == deserving


def test_everybody_finds_the_feedback_on_their_own_work_at_home(
    world: hub.Hub,
) -> None:
    page = (ROOT / "chapters/hosting.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^sudo (sh -c 'cd _build/grades[^']+')$", page, re.M)
    world.as_root(command, ROOT)
    for student in SOLVED:
        home = world.home(student)
        feedback = home / "feedback.html"
        assert f"{deserved(student):g} of 10 points" in feedback.read_text("utf-8")
        assert feedback.stat().st_uid == home.stat().st_uid
        assert feedback.stat().st_mode & 0o777 == 0o600


def test_nobody_reads_what_others_hand_in(
    world: hub.Hub, browser: Browser, tmp_path: Path
) -> None:
    ada = desk(world, browser, "ada", tmp_path)
    for place in ("/home/blaise", "/home/teacher", "/srv/class/state"):
        with pytest.raises(Error, match="Permission denied"):
            typed(ada, "ls", place)
    ada.tab.context.close()


def test_who_asks_for_too_much_memory_is_told_and_nothing_else_stops(
    world: hub.Hub, browser: Browser, tmp_path: Path
) -> None:
    ada = desk(world, browser, "ada", tmp_path)
    with pytest.raises(Error, match="MemoryError"):
        ada.run("hoard = [bytearray(2**28) for _ in range(16)]")
    assert ada.run("print('still here')") == "still here\n"
    ada.tab.context.close()


def test_the_book_is_there_to_read(world: hub.Hub, browser: Browser) -> None:
    tab = browser.new_page()
    tab.goto(f"{world.url}/services/book/chapters/log-curve.html")
    tab.wait_for_selector(".ce-frame", state="attached")
    tab.close()
