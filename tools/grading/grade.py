"""Grade a folder of hand-ins: one process each, some side by side, each with its limits."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import bubblewrap
import psutil

from grading import tables
from grading.collect import Collected, HandIn, Left, collect
from grading.kernel import GRACE, Limits
from grading.lab import sources
from grading.tables import Result, readable
from grading.worker import Job

#: Seconds for a process to start, and to write down what came of it.
AROUND = 6

WORKER = Path(__file__).with_name("worker.py")

#: How many files that are left are named on the screen, for one student.
NAMED = 10


@dataclass
class Graded:
    """A class's results, and the files that gave none."""

    folder: Path
    students: list[str]
    results: list[Result]
    left: list[Left]

    def table(self) -> list[list[str]]:
        return tables.points(self.results, self.students)

    def files(self) -> list[list[str]]:
        """Every file that was not graded, with the reason."""
        rows = [["file", "why it was not graded"]]
        for left in self.left:
            file = readable(str(left.file.relative_to(self.folder)))
            rows.append([file, left.reason])
        return rows


def grade(
    folder: Path,
    out: Path,
    jobs: int = 1,
    limits: Limits = Limits(),  # noqa: B008  (frozen)
    tell: Callable[[str], None] = lambda line: None,
) -> Graded:
    """Grade every student's labs; keep the executed notebooks in ``out``."""
    fresh(out)
    found = collect(folder, sources())
    wall = bubblewrap.trouble()
    total = len(found.handed_in)

    def one(numbered: tuple[int, HandIn]) -> Result:
        number, hand_in = numbered
        began = time.monotonic()
        result = _grade_one(hand_in, out, limits, not wall)
        result.seconds = time.monotonic() - began
        ended = "not graded" if result.trouble else f"{result.total:g} points"
        tell(f"{number}/{total} {result.student}: {result.lab}: {ended}")
        return result

    with ThreadPoolExecutor(jobs) as side_by_side:
        results = list(side_by_side.map(one, enumerate(found.handed_in, start=1)))
    results += _unreadable(found)
    results.sort(key=lambda result: (result.student, result.lab))
    names = [readable(student) for student in found.students]
    return Graded(folder, names, results, found.left)


def _unreadable(found: Collected) -> list[Result]:
    """The labs that are there by their names and cannot be read, where nothing else is."""
    graded = {(hand_in.student, hand_in.lab.stem) for hand_in in found.handed_in}
    broken = {}
    for left in found.left:
        if left.lab and left.student and (left.student, left.lab) not in graded:
            text = f"{readable(left.file.name)}: {left.reason}"
            broken[left.student, left.lab] = Result(
                readable(left.student), left.lab, {}, text
            )
    return list(broken.values())


def fresh(out: Path) -> None:
    """Empty the folder of an earlier run, so that none of it is taken for this one's."""
    if out.exists() and any(out.iterdir()) and not (out / "points.csv").exists():
        raise FileExistsError(
            f"{out} holds something else than grades: it stays as it is."
        )
    shutil.rmtree(out, ignore_errors=True)
    (out / "executed").mkdir(parents=True)
    (out / "points.csv").touch()


def _grade_one(hand_in: HandIn, out: Path, limits: Limits, shut_off: bool) -> Result:
    """Grade one notebook in a process of its own. Whatever happens there, this returns."""
    student, lab = readable(hand_in.student), hand_in.lab.stem
    place = out / "executed" / hand_in.student
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="grade-") as own:
        executed = str(place / f"{lab}.ipynb")
        job = Job(
            str(hand_in.file), str(hand_in.lab), executed, shut_off, asdict(limits)
        )
        path, outcome = Path(own, "job.json"), Path(own, "outcome.json")
        path.write_text(json.dumps(asdict(job)), encoding="utf-8")
        said = _run(path, limits.total + 3 * GRACE + AROUND)
        try:
            reached = json.loads(outcome.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Result(student, lab, {}, said or "The grading of it ended early.")
        if said and not reached["trouble"]:
            reached["remarks"].append(f"stopped: {said}")
        return Result(student, lab, **reached)


def _run(job: Path, seconds: float) -> str:
    """Run a worker; return what it said if it did not end well, in a line."""
    environment = {**os.environ, "PYTHONPATH": str(bubblewrap.ROOT)}
    with subprocess.Popen(
        [sys.executable, str(WORKER), str(job)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env=environment,
    ) as process:
        try:
            _, said = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            for child in psutil.Process(process.pid).children(recursive=True):
                child.kill()
            process.kill()
            return "It took too long."
        except BaseException:
            process.kill()
            raise
    lines = said.strip().splitlines()
    return (lines[-1] if lines else "It ended early.") if process.returncode else ""


def report(graded: Graded, out: Path) -> None:
    """Print the tables as Markdown and write them as CSV."""
    written = {
        "points": graded.table(),
        "exercises": tables.exercises(graded.results),
        "tournament": tables.tournament(graded.results),
        "remarks": tables.remarks(graded.results),
        "files": graded.files(),
    }
    for name, rows in written.items():
        tables.write_csv(out / f"{name}.csv", rows)
        if len(rows) > 1 and name not in ("remarks", "files"):
            print(tables.markdown(rows), end="\n\n")
    for student, lab, remark in written["remarks"][1:]:
        print(f"{student}, {lab}: {remark}")
    named: dict[str, int] = {}
    said = {(r.student, r.lab) for r in graded.results if r.trouble}
    for left, (file, reason) in zip(graded.left, written["files"][1:], strict=True):
        if (readable(left.student), left.lab) in said:
            continue
        named[left.student] = named.get(left.student, 0) + 1
        if named[left.student] <= NAMED:
            print(f"{file}: not graded. {reason}")
    for student, count in named.items():
        if count > NAMED:
            print(
                f"{readable(student)}: {count - NAMED} files more, named in files.csv."
            )
    print(f"The tables are in {out}, the executed notebooks in {out / 'executed'}.")
