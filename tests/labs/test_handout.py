"""nbgrader makes the student versions, and no solution survives in them."""

import re
from pathlib import Path

import nbformat
import pytest
from grading.lab import FOR_TEACHERS, SOURCES, for_students
from labs import ROOT, STUB, course, is_folded

from bookext.collected.labs import TAG

pytestmark = pytest.mark.xdist_group("labs")

REGION = re.compile(
    r"^\s*### BEGIN (?:SOLUTION|HIDDEN TESTS)\n(.*?)^\s*### END", re.M | re.S
)


def secrets(lab: str) -> set[str]:
    """The lines of a source that only its solutions and hidden tests have."""
    hidden, shown = set(), set()
    for cell in nbformat.read(SOURCES / f"{lab}.ipynb", 4).cells:
        for region in REGION.findall(cell.source):
            hidden |= {line.strip() for line in region.splitlines()}
        shown |= {line.strip() for line in REGION.sub("", cell.source).splitlines()}
    return hidden - shown - {""}


def survivors(lab: str, handed_out: Path) -> set[str]:
    cells = nbformat.read(handed_out / f"{lab}.ipynb", 4).cells
    lines = {line.strip() for cell in cells for line in cell.source.splitlines()}
    return secrets(lab) & lines


def test_no_solution_survives(lab: str, handed_out: Path) -> None:
    assert len(secrets(lab)) >= 8
    assert survivors(lab, handed_out) == set()
    text = (handed_out / f"{lab}.ipynb").read_text(encoding="utf-8")
    assert "BEGIN SOLUTION" not in text
    assert "HIDDEN TESTS" not in text


def test_a_surviving_solution_would_be_found(lab: str, tmp_path: Path) -> None:
    (tmp_path / f"{lab}.ipynb").write_bytes((SOURCES / f"{lab}.ipynb").read_bytes())
    assert survivors(lab, tmp_path) == secrets(lab)


def test_every_answer_has_its_stub_and_nothing_else_changed(
    lab: str, handed_out: Path
) -> None:
    source = for_students(nbformat.read(SOURCES / f"{lab}.ipynb", 4)).cells
    student = nbformat.read(handed_out / f"{lab}.ipynb", 4).cells
    assert len(source) == len(student)
    for before, after in zip(source, student, strict=True):
        kind = before.metadata.get("nbgrader", {})
        if kind.get("solution"):
            assert after.source.count(STUB) == 1
        elif "HIDDEN TESTS" not in before.source:
            assert after.source == before.source
        if kind.get("locked"):
            assert not after.metadata["editable"]


def test_what_is_folded_away_is_handed_out_so(lab: str, handed_out: Path) -> None:
    source = for_students(nbformat.read(SOURCES / f"{lab}.ipynb", 4)).cells
    student = nbformat.read(handed_out / f"{lab}.ipynb", 4).cells
    assert list(map(is_folded, student)) == list(map(is_folded, source))


def test_what_teachers_are_told_stays_with_them(lab: str, handed_out: Path) -> None:
    told = [
        cell.source
        for cell in nbformat.read(SOURCES / f"{lab}.ipynb", 4).cells
        if FOR_TEACHERS in cell.metadata.get("tags", [])
    ]
    assert FOR_TEACHERS == TAG  # what the book collects
    assert told[0].startswith("## For teachers\n")
    student = nbformat.read(handed_out / f"{lab}.ipynb", 4).cells
    assert not {cell.source for cell in student} & set(told)


def test_a_course_for_nbgrader_has_every_lab_as_an_assignment(
    lab: str, tmp_path: Path
) -> None:
    laid_out = course(tmp_path) / "source" / lab / f"{lab}.ipynb"
    cells = nbformat.read(laid_out, 4).cells
    assert cells == for_students(nbformat.read(SOURCES / f"{lab}.ipynb", 4)).cells
    assert repr(STUB) in (tmp_path / "nbgrader_config.py").read_text(encoding="utf-8")


def test_no_database_is_left(handed_out: Path) -> None:
    places = [*ROOT.glob("*.db"), *SOURCES.rglob("*.db"), *handed_out.rglob("*.db")]
    assert places == []
