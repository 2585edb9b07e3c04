"""Make the labs' student versions, and grade what comes back, with nbgrader.

    python tools/labs.py release                 student versions, into _build/labs
    python tools/labs.py grade SUBMISSIONS       points, into _build/grades
    python tools/labs.py tidy                    clean notebooks/ after editing them

The sources in notebooks/ hold the solutions. A submission is one folder per student
with the labs in it under their own names: SUBMISSIONS/ada/floor-and-excess.ipynb.
Grading runs the students' code with your rights, as opening their notebooks would.
"""

import argparse
import csv
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat.warnings import MissingIDFieldWarning
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from ce_lib.practice.tournament import MIME

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "notebooks"
BUILD = ROOT / "_build"

#: What a student finds where the source has a solution.
STUB = 'raise NotImplementedError("Your turn: replace this line.")'

#: The tag of cells for those who teach: on the teaching page, and in no student's version.
FOR_TEACHERS = "for-teachers"

#: Seconds for one cell of a submission. The slowest of ours takes two.
PATIENCE = 60

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


@dataclass
class Result:
    """What one student reached in one lab."""

    student: str
    lab: str
    points: dict[str, float]  #: by exercise; empty if it could not be graded
    trouble: str = ""  #: why it could not be graded

    @property
    def total(self) -> float:
        return sum(self.points.values())


def sources() -> list[Path]:
    return sorted(SOURCES.glob("*.ipynb"))


def possible(lab: Path) -> dict[str, float]:
    """The points of every exercise of a lab, in its order."""
    settings = [
        cell.metadata.get("nbgrader", {}) for cell in nbformat.read(lab, 4).cells
    ]
    return {s["grade_id"]: float(s["points"]) for s in settings if s.get("grade")}


@contextmanager
def course() -> Iterator[NbGraderAPI]:
    """An nbgrader course with our labs that leaves no folder and no database behind."""
    config = Config()
    config.ClearSolutions.code_stub = {"python": STUB}
    config.Execute.timeout = PATIENCE
    config.OverwriteCells.add_missing_cells = True
    config.Execute.extra_arguments = ["--log-level=ERROR"]  # every kernel warns of TCP
    # nbgrader calls alembic, which is installed beside this Python.
    beside = str(Path(sys.executable).parent)
    os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", "")])
    # nbgrader's queries, and the deleted cells that it puts back.
    for noise in (SAWarning, MissingIDFieldWarning):
        warnings.filterwarnings("ignore", category=noise)
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        config.CourseDirectory.root = folder
        config.CourseDirectory.course_id = "labs"
        api = NbGraderAPI(CourseDirectory(config=config), config=config)
        for lab in sources():
            place = Path(folder, "source", lab.stem)
            place.mkdir(parents=True)
            nbformat.write(for_students(nbformat.read(lab, 4)), place / lab.name)
            done = api.generate_assignment(lab.stem)
            if not done["success"]:
                raise RuntimeError(f"{lab.name}: {done['log']}")
        yield api


def for_students(lab: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A lab without its cells for teachers."""
    lab.cells = [
        cell for cell in lab.cells if FOR_TEACHERS not in cell.metadata.get("tags", [])
    ]
    return lab


def release(out: Path = BUILD / "labs") -> list[Path]:
    """Write the student versions into ``out``; return their paths."""
    out.mkdir(parents=True, exist_ok=True)
    with course() as api:
        made = sorted(Path(api.coursedir.root, "release").glob("*/*.ipynb"))
        return [Path(shutil.copy(lab, out)) for lab in made]


def grade(submissions: Path, out: Path = BUILD / "grades") -> list[Result]:
    """Grade every student's labs; keep the executed notebooks in ``out``."""
    students = sorted(folder for folder in submissions.iterdir() if folder.is_dir())
    results = []
    with course() as api:
        for number, folder in enumerate(students, start=1):
            for lab in sources():
                if (folder / lab.name).exists():
                    print(f"{folder.name}: {lab.stem}", file=sys.stderr, flush=True)
                    results.append(_grade_one(api, f"s{number}", folder / lab.name))
                    _keep_executed(api, f"s{number}", lab, out / folder.name)
    return results


def _grade_one(api: NbGraderAPI, number: str, lab: Path) -> Result:
    """Grade one notebook. nbgrader sees a number, so names may hold any letters."""
    root = Path(api.coursedir.root)
    place = root / "submitted" / number / lab.stem
    place.mkdir(parents=True)
    shutil.copy(lab, place)
    try:
        nbformat.validate(nbformat.read(lab, 4))
    except (ValueError, nbformat.ValidationError):
        return Result(lab.parent.name, lab.stem, {}, "The file is not a notebook.")
    done = api.autograde(lab.stem, number)
    if not done["success"]:
        said = done.get("log", done["error"]).strip().splitlines()
        causes = [line.strip() for line in said if "Error: " in line]
        return Result(lab.parent.name, lab.stem, {}, (causes or said)[-1])
    with Gradebook(api.coursedir.db_url, "labs") as book:
        (notebook,) = book.find_submission(lab.stem, number).notebooks
        points = {grade.name: grade.score for grade in notebook.grades}
    order = possible(SOURCES / lab.name)
    return Result(lab.parent.name, lab.stem, {name: points[name] for name in order})


def _keep_executed(api: NbGraderAPI, number: str, lab: Path, out: Path) -> None:
    executed = Path(api.coursedir.root, "autograded", number, lab.stem, lab.name)
    if executed.exists():
        out.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(executed, out / lab.name)


def table(results: list[Result]) -> list[list[str]]:
    """Points per student and lab. Empty: not handed in. A dash: could not be graded."""
    labs = {lab.stem: sum(possible(lab).values()) for lab in sources()}
    rows = [["student", *(f"{lab} ({most:g})" for lab, most in labs.items())]]
    rows[0].append(f"total ({sum(labs.values()):g})")
    for student in sorted({result.student for result in results}):
        own = {r.lab: r for r in results if r.student == student}
        cells = [
            "" if lab not in own else "-" if own[lab].trouble else f"{own[lab].total:g}"
            for lab in labs
        ]
        rows.append([student, *cells, f"{sum(r.total for r in own.values()):g}"])
    return rows


def exercises(results: list[Result]) -> list[list[str]]:
    """How many of those who handed a lab in solved each of its exercises."""
    rows = [["lab", "exercise", "solved", "of"]]
    for lab in sources():
        graded = [r for r in results if r.lab == lab.stem and not r.trouble]
        for name, most in possible(lab).items():
            solved = sum(result.points[name] == most for result in graded)
            task = name.removesuffix("-check")
            rows.append([lab.stem, task, str(solved), str(len(graded))])
    return rows


def tournament(results: list[Result], out: Path = BUILD / "grades") -> list[list[str]]:
    """The class's forecasters and their rivals in one table, by log score."""
    places: dict[str, tuple[float, list[str]]] = {}
    for result in results:
        lab = out / result.student / f"{result.lab}.ipynb"
        for row in _last_board(lab) if not result.trouble else []:
            name = result.student if row["name"] == "we" else f"*{row['name']}*"
            score = float(row["log"].replace("∞", "inf"))
            cells = [row["log"], f"{row['brier']:.4f}", str(row["impossible"])]
            places[name] = (score, [name, *cells])
    rows = sorted(places.values(), key=lambda place: place[0])
    ranks = [1 + sum(other < score for other, _ in rows) for score, _ in rows]
    head = ["rank", "forecaster", "log score", "Brier score", "called impossible"]
    return [
        head,
        *([str(r), *cells] for r, (_, cells) in zip(ranks, rows, strict=True)),
    ]


def _last_board(lab: Path) -> list[dict[str, Any]]:
    """The last leaderboard in an executed notebook that its owners are on."""
    boards: list[list[dict[str, Any]]] = [
        output["data"][MIME]
        for cell in nbformat.read(lab, 4).cells
        if cell.metadata.get("nbgrader", {}).get("locked")
        for output in cell.get("outputs", [])
        if MIME in output.get("data", {})
    ]
    return next((b for b in reversed(boards) if any(r["name"] == "we" for r in b)), [])


def markdown(rows: list[list[str]]) -> str:
    head, *body = rows
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write_csv(path: Path, rows: list[list[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def tidied(text: str) -> str:
    """A lab as it is kept: no outputs, no counts, ids and metadata that never change."""
    notebook = nbformat.reads(text, 4)
    notebook.metadata = nbformat.from_dict(
        {
            "after": notebook.metadata.get("after", ""),
            "given": notebook.metadata.get("given", []),
            "kernelspec": KERNEL,
            "language_info": {"name": "python"},
        }
    )
    for number, cell in enumerate(notebook.cells):
        own = cell.metadata.get("nbgrader", {})
        cell.id = own.get("grade_id", f"cell-{number}")
        tags = [tag for tag in cell.metadata.get("tags", []) if tag == FOR_TEACHERS]
        kept = {"nbgrader": own, "tags": tags}
        cell.metadata = nbformat.from_dict({k: v for k, v in kept.items() if v})
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return nbformat.writes(notebook) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["release", "grade", "tidy"])
    parser.add_argument("submissions", nargs="?", type=Path)
    options = parser.parse_args()
    if options.what == "release":
        for lab in release():
            print(lab.relative_to(ROOT))
    elif options.what == "tidy":
        for lab in sources():
            lab.write_text(tidied(lab.read_text(encoding="utf-8")), encoding="utf-8")
    elif options.submissions is None or not options.submissions.is_dir():
        named = options.submissions
        sys.exit(
            (f"There is no folder {named}. " if named else "")
            + "Name the folder that has one folder per student with the labs in it:\n"
            "  make grade SUBMISSIONS=folder\n"
            f"where a lab is at folder/ada/{sources()[0].name}, for example."
        )
    else:
        report(grade(options.submissions))


def report(results: list[Result], out: Path = BUILD / "grades") -> None:
    """Print the points as Markdown and write them as CSV."""
    tables = {
        "points": table(results),
        "exercises": exercises(results),
        "tournament": tournament(results, out),
    }
    for name, rows in tables.items():
        write_csv(out / f"{name}.csv", rows)
        if len(rows) > 1:
            print(markdown(rows), end="\n\n")
    for result in results:
        if result.trouble:
            print(f"{result.student}, {result.lab}: not graded. {result.trouble}")
    print(f"The tables and the executed notebooks are in {out}.")


if __name__ == "__main__":
    main()
