"""Whose is each file that was handed in, and which lab is it?

Every file ends up in one of two lists: what is graded, and what is left, with the reason.
A file is known by what it holds, so it may be renamed, nested or handed in twice.
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grading.lab import parts
from grading.notebook import Cell, NotANotebook, cells
from grading.restore import matched

NOTEBOOKS = (".ipynb", ".json")
ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".7z", ".rar", ".xz", ".bz2")

#: What systems and people add to the name of a copy, in the languages we have met.
MARKS = re.compile(
    r"""(?ix) \(\d+\) | (?<![^\W_])
    (?: (?: copy | copie | copia | kopie ) [ _-]* (?: \d+ | of | von | de )?
    | (?: final | version | checkpoint | lab ) [ _-]* \d* | v\d+ ) (?![^\W_])"""
)


@dataclass(frozen=True)
class HandIn:
    """A file to grade."""

    student: str
    lab: Path  #: its source
    file: Path


@dataclass(frozen=True)
class Left:
    """A file that is not graded. ``student`` is empty where nobody knows whose it is."""

    student: str
    file: Path
    reason: str
    lab: str = ""  #: if it is one by its name, and cannot be read


@dataclass(frozen=True)
class Collected:
    students: list[str]
    handed_in: list[HandIn]
    left: list[Left]


def collect(folder: Path, labs: Sequence[Path]) -> Collected:
    """Find the labs in a folder that has one folder per student in it."""
    students = {entry.name for entry in folder.iterdir() if _is_student(entry)}
    # By student and lab: whether a file is that lab before all, its age, and the file.
    graded: dict[tuple[str, Path], list[tuple[bool, tuple[float, int, str], Path]]] = {}
    left: list[Left] = []
    for file in _files(folder):
        inside = file.relative_to(folder).parts
        student = inside[0] if len(inside) > 1 else owner(file, labs)
        named = [lab for lab in labs if _key(lab.stem) in _key(file.stem)][:1]
        reason = _not_ours(file)
        if not reason and not student:
            reason = (
                "It lies in no student's folder, and its name does not say whose it is."
            )
        found: list[Path] = []
        if not reason:
            try:
                found = which(cells(file), labs) or named
                reason = "" if found else "It holds none of the labs."
            except NotANotebook as problem:
                reason = str(problem)
        if found:
            students.add(student)
            for lab in found:
                copies = graded.setdefault((student, lab), [])
                copies.append((lab == found[0], _age(file), file))
        else:
            ours = named and student and file.suffix.lower() in NOTEBOOKS
            lab_name = named[0].stem if ours else ""
            whose = student if student in students else ""
            left.append(Left(whose, file, reason, lab_name))
    handed_in = [
        HandIn(student, lab, max(copies)[-1])
        for (student, lab), copies in graded.items()
    ]
    used = {hand_in.file for hand_in in handed_in}
    for (student, _), copies in graded.items():
        newest = max(copies)[-1].relative_to(folder)
        again = f"Handed in again: {newest} is newer, and was graded."
        left += [
            Left(student, file, again)
            for first, _, file in sorted(copies)
            if first and file not in used
        ]
    return Collected(sorted(students), handed_in, left)


def which(held: Sequence[Cell], labs: Sequence[Path]) -> list[Path]:
    """The labs that a notebook is by its checks and tasks, whatever it is called.

    First the one that most of it is, then every other that is at least half there.
    """
    share = {}
    for lab in labs:
        ours = [part for part in parts(lab) if part.solution or part.locked]
        places = {place for place in matched(held, ours) if place is not None}
        share[lab] = len(places) / len(ours)
    best, *others = sorted(labs, key=lambda lab: share[lab], reverse=True)
    more = [lab for lab in others if share[lab] >= 1 / 2]
    return [best, *more] if share[best] else []


def owner(file: Path, labs: Sequence[Path]) -> str:
    """What a file's name says beside its lab's: `ada` for ada_floor-and-excess.ipynb."""
    for lab in labs:
        words = r"[\W_]*".join(map(re.escape, lab.stem.split("-")))
        around = re.split(words, file.stem, maxsplit=1, flags=re.IGNORECASE)
        if len(around) == 2:
            sides = (MARKS.sub(" ", part).strip(" ._-()") for part in around)
            rest = " ".join(side for side in sides if side)
            return rest if re.sub(r"(?i)\bnew\b|[\d\W_]", "", rest) else ""
    return ""


def _is_student(entry: Path) -> bool:
    ours = entry.is_dir() and not entry.is_symlink()
    return ours and not entry.name.startswith((".", "__MACOSX"))


def _files(folder: Path) -> Iterator[Path]:
    """Every file below a folder, and every folder of which nothing is to be had."""
    closed: list[Path] = []
    for place, folders, files in os.walk(
        folder, onerror=lambda problem: closed.append(Path(problem.filename))
    ):
        folders.sort()
        here = Path(place)
        yield from sorted(here / name for name in files)
        yield from (here / name for name in folders if (here / name).is_symlink())
        if not files and not folders and here != folder:
            yield here
    yield from closed


def _not_ours(file: Path) -> str:
    """Why a file is no lab, as its name and kind tell."""
    if file.is_symlink():
        return "It is a link, which nobody follows."
    if file.is_dir():
        return "It is a folder with nothing to read in it."
    if ".ipynb_checkpoints" in file.parts:
        return "It is JupyterLab's own copy of a notebook."
    if file.suffix.lower() in ARCHIVES:
        return "It is an archive: unpack it."
    if file.name.startswith(".") or "__MACOSX" in file.parts:
        return "It is a hidden file of an operating system."
    if file.suffix.lower() not in NOTEBOOKS:
        return "It is not a notebook (.ipynb)."
    return ""


def _key(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


def _age(file: Path) -> tuple[float, int, str]:
    """From old to new; of copies that are as old, the last that was numbered."""
    return file.lstat().st_mtime, len(file.name), str(file)
