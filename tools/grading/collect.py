"""Whose is each file that was handed in, and which lab is it?

Every file ends up in one of two lists: what is graded, and what is left, with the reason.
A file is known by what it holds, so it may be renamed, nested or handed in twice.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grading import exports, records
from grading.exports import Whose
from grading.files import NOTEBOOKS, File, files_in
from grading.lab import parts
from grading.notebook import Cell, NotANotebook, cells
from grading.records import Answered
from grading.restore import matched
from grading.roster import Person, Roster
from grading.tables import readable

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
    late: bool = False  #: as Canvas says


@dataclass(frozen=True)
class Left:
    """A file that is not graded. ``student`` is empty where nobody knows whose it is."""

    student: str
    file: Path  #: below the folder, or in an archive there
    reason: str
    lab: str = ""  #: if it is one by its name, and cannot be read


@dataclass(frozen=True)
class Collected:
    students: list[str]
    handed_in: list[HandIn]
    left: list[Left]
    #: What a student's record says of the exercises in the book.
    records: dict[str, dict[str, Answered]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)  #: a student's at Canvas


@dataclass(frozen=True)
class Found:
    """What one file is: somebody's labs, somebody's record, or left for a reason."""

    file: File
    whose: Whose | None
    late: bool
    labs: Sequence[Path] = ()
    record: dict[str, Answered] | None = None
    reason: str = ""
    named: str = ""  #: the lab that it is by its name


def collect(
    folder: Path, labs: Sequence[Path], unpacked: Path, roster: Roster | None = None
) -> Collected:
    """Find the labs in a folder that has one folder per student in it, or in a download.

    Archives are unpacked into ``unpacked``, which must be there as long as the hand-ins.
    """
    files = list(files_in(folder, unpacked))
    found = [_looked_at(file, labs) for file in files]
    everybody = {one.whose for one in found if one.whose and not one.reason}
    everybody |= set(_with_folders(folder, files))
    labs_of = ((one.whose, lab) for one in found if one.whose for lab in one.labs)
    names = names_of(everybody, labs_of, roster)
    graded = _copies(found, names)
    handed_in = [
        HandIn(student, lab, copies[-1].file.path, copies[-1].late)
        for (student, lab), copies in graded.items()
    ]
    left = [
        Left(names.get(one.whose, ""), one.file.shown, one.reason, one.named)
        for one in found
        if one.reason
    ]
    used = {hand_in.file for hand_in in handed_in}
    for (student, lab), copies in graded.items():
        newest = readable(str(copies[-1].file.shown))
        again = f"Handed in again: {newest} is newer, and was graded."
        left += [
            Left(student, one.file.shown, again)
            for one in copies
            if one.labs[0] == lab and one.file.path not in used
        ]
    answered: dict[str, dict[str, Answered]] = {}
    told = [one for one in found if one.record is not None]
    for one in sorted(told, key=_age):
        answered.setdefault(names[one.whose], {}).update(one.record or {})
    numbers = {names[w]: w.number for w in everybody if w.system == "Canvas"}
    return Collected(sorted(set(names.values())), handed_in, left, answered, numbers)


def _looked_at(file: File, labs: Sequence[Path]) -> Found:
    """Say what a file is."""
    whose, late = whose_is(file, lambda entry: owner(entry, labs))
    named = [lab for lab in labs if _key(lab.stem) in _key(file.name.stem)][:1]
    reason = file.reason
    if not reason and whose is None:
        reason = (
            "It lies in no student's folder, and its name does not say whose it is."
        )
    if not reason:
        is_json = file.name.suffix.lower() == ".json"
        record = records.read(file.path) if is_json else None
        if record is not None:
            return Found(file, whose, late, record=record)
        try:
            if held := which(cells(file.path), labs) or named:
                return Found(file, whose, late, held)
            reason = "It holds none of the labs."
        except NotANotebook as problem:
            reason = str(problem)
    ours = named and whose and file.name.suffix.lower() in NOTEBOOKS
    by_name = named[0].stem if ours else ""
    return Found(file, whose, late, reason=reason, named=by_name)


def _copies(
    found: Sequence[Found], names: dict[Whose | None, str]
) -> dict[tuple[str, Path], list[Found]]:
    """All copies of a student's lab; the last is the newest that is that lab before all."""
    graded: dict[tuple[str, Path], list[Found]] = {}
    for one in found:
        for lab in one.labs:
            graded.setdefault((names[one.whose], lab), []).append(one)
    for (_, lab), copies in graded.items():
        copies.sort(key=lambda one, lab=lab: (one.labs[0] == lab, _age(one)))
    return graded


def names_of(
    everybody: set[Whose],
    handed_in: Iterable[tuple[Whose, Hashable]],
    roster: Roster | None,
) -> dict[Whose | None, str]:
    """What everybody is called: as in the roster, or as their files are.

    Two with one name are told apart by their numbers. Canvas gives a person one number for
    good; Moodle gives a new one for every assignment, and two for one, which ``handed_in``
    names beside each submission, are two people.
    """
    numbers: dict[tuple[str, str, Hashable], set[str]] = {}
    for whose in everybody:
        if whose.system == "Canvas":
            key = whose.system, whose.name, None
            numbers.setdefault(key, set()).add(whose.number)
    for whose, assignment in handed_in:
        if whose.system == "Moodle":
            key = whose.system, whose.name, assignment
            numbers.setdefault(key, set()).add(whose.number)
    several = {key[:2] for key, own in numbers.items() if len(own) > 1}
    names: dict[Whose | None, str] = {}
    for whose in everybody:
        twin = (whose.system, whose.name) in several
        person: Person | None = roster and roster.find(whose, by_name=not twin)
        own = f"{whose.name} ({whose.number})" if twin else whose.name
        names[whose] = person.name if person else own
    return names


def _with_folders(folder: Path, files: Sequence[File]) -> Iterator[Whose]:
    """Those who have a folder, whatever lies in it."""
    entries = list(folder.iterdir()) if folder.is_dir() else []
    downloads = {
        file.shown.parts[0] for file in files if file.inside != file.shown.parts
    }
    for entry in entries:
        if _is_student(entry) and entry.name not in downloads:
            yield exports.moodle(entry.name) or Whose(entry.name)


def whose_is(file: File, named: Callable[[Path], str]) -> tuple[Whose | None, bool]:
    """Whose a file is, if its place or its name says so, and whether it came late.

    ``named`` reads the name of a file or archive that lies in nobody's folder.
    """
    entry = Path(file.inside[0])
    if whose := exports.moodle(entry.name):
        return whose, False
    if found := exports.canvas(entry.name):
        return found
    if len(file.inside) == 1:
        name = named(entry)
    elif entry.suffix.lower() == ".zip":
        name = named(entry) or entry.stem
    else:
        name = entry.name
    return Whose(name) if name else None, False


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


def _key(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


def _age(one: Found) -> tuple[float, int, str]:
    """From old to new; of copies that are as old, the last that was numbered."""
    file = one.file
    return file.path.lstat().st_mtime, len(file.name.name), str(file.shown)
