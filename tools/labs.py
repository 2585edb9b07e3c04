"""Make the labs' student versions with nbgrader, and grade what comes back.

    python tools/labs.py release                 student versions, into _build/labs
    python tools/labs.py course                  a course for nbgrader, into _build/course
    python tools/labs.py grade SUBMISSIONS       points and pages, into _build/grades
    python tools/labs.py tidy                    clean notebooks/ after editing them

The sources in notebooks/ hold the solutions. A submission is one folder per student
with the labs in it, SUBMISSIONS/ada/floor-and-excess.ipynb, or what Moodle or Canvas
hands over. How they are graded stands in tools/grading.
"""

import argparse
import os
import shutil
import sys
import tempfile
import warnings
import zipfile
from functools import partial
from pathlib import Path

import bubblewrap
import nbformat
from grading.grade import NothingToGrade, Refused, grade, report
from grading.lab import FOR_TEACHERS, KERNEL, for_students, sources
from grading.roster import NoRoster, read
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "_build"

#: What a student finds where the source has a solution.
STUB = 'raise NotImplementedError("Your turn: replace this line.")'

#: What nbgrader has to know of the course, wherever it lies.
COURSE = f"""\
c = get_config()
c.CourseDirectory.course_id = "cross-entropy"
c.ClearSolutions.code_stub = {{"python": {STUB!r}}}
"""


def course(out: Path = BUILD / "course") -> Path:
    """Write the labs into ``out`` as nbgrader's assignments, with solutions; return it.

    What nbgrader has made of an earlier one stays.
    """
    out.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds the solutions
    for lab in sources():
        place = out / "source" / lab.stem
        place.mkdir(parents=True, exist_ok=True)
        nbformat.write(for_students(nbformat.read(lab, 4)), place / lab.name)
    (out / "nbgrader_config.py").write_text(COURSE, encoding="utf-8")
    return out


def release(out: Path = BUILD / "labs") -> list[Path]:
    """Write the student versions into ``out``; return their paths.

    The nbgrader course that makes them leaves no folder and no database behind.
    """
    out.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.ClearSolutions.code_stub = {"python": STUB}
    # nbgrader calls alembic, which is installed beside this Python.
    beside = str(Path(sys.executable).parent)
    os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", "")])
    warnings.filterwarnings("ignore", category=SAWarning)  # nbgrader's queries
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        config.CourseDirectory.root = folder
        config.CourseDirectory.course_id = "labs"
        api = NbGraderAPI(CourseDirectory(config=config), config=config)
        course(Path(folder))
        for lab in sources():
            done = api.generate_assignment(lab.stem)
            if not done["success"]:
                raise RuntimeError(f"{lab.name}: {done['log']}")
        made = sorted(Path(folder, "release").glob("*/*.ipynb"))
        return [Path(shutil.copy(lab, out)) for lab in made]


def is_folded(cell: nbformat.NotebookNode) -> bool:
    """Whether JupyterLab folds the cell's source away until somebody opens it."""
    return bool(cell.metadata.get("jupyter", {}).get("source_hidden"))


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
        folded = {"source_hidden": True} if is_folded(cell) else {}
        kept = {"jupyter": folded, "nbgrader": own, "tags": tags}
        cell.metadata = nbformat.from_dict({k: v for k, v in kept.items() if v})
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return nbformat.writes(notebook) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["release", "course", "grade", "tidy"])
    parser.add_argument("submissions", nargs="?", default="")
    side = min(4, os.cpu_count() or 1)
    parser.add_argument("-j", "--jobs", type=int, default=side, help="how many at once")
    parser.add_argument("--roster", default="", help="a table of the class (CSV)")
    options = parser.parse_args()
    if options.what == "release":
        for lab in release():
            print(lab.relative_to(ROOT))
    elif options.what == "course":
        print(course().relative_to(ROOT))
    elif options.what == "tidy":
        for lab in sources():
            lab.write_text(tidied(lab.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        grade_all(options.submissions, options.jobs, options.roster)


def grade_all(submissions: str, jobs: int, class_list: str = "") -> None:
    folder, out = Path(submissions), BUILD / "grades"
    advice = (
        "Name the folder that has one folder per student with the labs in it:\n"
        "  make grade SUBMISSIONS=folder\n"
        f"where a lab is at folder/ada/{sources()[0].name}, for example."
    )
    if not submissions:
        sys.exit(advice)
    if not folder.is_dir() and not zipfile.is_zipfile(folder):
        is_file = f"{submissions} is a file, not a folder."
        missing = f"There is no folder {submissions}."
        sys.exit(f"{is_file if folder.exists() else missing} {advice}")
    if jobs < 1:
        sys.exit(f"-j: expected 1 or more, got {jobs}")
    try:
        roster = read(Path(class_list)) if class_list else None
    except NoRoster as why:
        sys.exit(str(why))
    if problem := bubblewrap.trouble():
        print(
            f"The students' code runs with all your rights, because {problem}.",
            flush=True,
        )
    try:
        tell = partial(print, file=sys.stderr)
        graded = grade(folder, out, jobs, tell=tell, roster=roster)
    except NothingToGrade as nothing:
        sys.exit(f"{nothing}\n{advice}")
    except Refused as why:
        sys.exit(str(why))
    except KeyboardInterrupt as broken_off:
        far = f": {broken_off}" if str(broken_off) else ""
        sys.exit(
            f"Stopped{far}. No table was written; those in {out} are as they were."
        )
    report(graded, out)


if __name__ == "__main__":
    main()
