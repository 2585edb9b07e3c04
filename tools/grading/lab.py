"""A lab as its source says it is: its cells in order, and what each is for."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat

from grading.notebook import REQUIRED

SOURCES = Path(__file__).resolve().parents[2] / "notebooks"

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}

#: The tag of cells for those who teach: on the teaching page, and in no student's version.
FOR_TEACHERS = "for-teachers"


@dataclass(frozen=True)
class Part:
    """One cell of a lab."""

    name: str
    kind: str  #: "code" or "markdown"
    source: str
    locked: bool  #: the teacher's, whatever a student does to it
    solution: bool
    points: float | None  #: of a check
    required: str  #: the exercise that it checks


def sources() -> list[Path]:
    return sorted(SOURCES.glob("*.ipynb"))


def for_students(lab: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A lab without its cells for teachers."""
    lab.cells = [
        cell for cell in lab.cells if FOR_TEACHERS not in cell.metadata.get("tags", [])
    ]
    return lab


@cache
def parts(lab: Path) -> tuple[Part, ...]:
    """The cells that students get, with the solutions and the hidden tests in them."""
    return tuple(_part(cell) for cell in for_students(nbformat.read(lab, 4)).cells)


def _part(cell: nbformat.NotebookNode) -> Part:
    own = cell.metadata.get("nbgrader", {})
    required = REQUIRED.search(cell.source)
    return Part(
        own.get("grade_id", cell.id),
        cell.cell_type,
        cell.source,
        own.get("locked", False),
        own.get("solution", False),
        float(own["points"]) if own.get("grade") else None,
        required[1] if required and own.get("grade") else "",
    )


def title(lab: Path) -> str:
    """What a lab is called in its first line."""
    found = re.match(r"# Lab: (.+)", parts(lab)[0].source)
    return found[1] if found else lab.stem


def possible(lab: Path) -> dict[str, float]:
    """The points of every exercise of a lab, in its order."""
    return {part.name: part.points for part in parts(lab) if part.points is not None}
