"""Who bet what: the records that lie in a folder, each with the one who made it.

They are found as labs are (`grading.files`), and whose they are is read from the same names.
A record that nobody's name stands at is somebody's all the same: it counts under its own.
"""

import hashlib
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from grading import records
from grading.collect import MARKS, names_of, whose_is
from grading.exports import Whose
from grading.files import ARCHIVES, File, files_in
from grading.records import NotARecord, Staked
from grading.roster import Roster
from grading.tables import readable

from forecasting.questions import Bet

#: What the name of a record is made of before somebody adds their own.
OURS = re.compile(r"(?i)cross[\W_]*entropy|\brecord\b|(?<![^\W_])record(?![^\W_])")

#: Letters of a neutral name, and how many it has at least.
CONSONANTS, SHORTEST = "BCDFGHJKLMNPQRSTVWXZ", 4

Bets = dict[str, Staked]


@dataclass(frozen=True)
class Student:
    """Somebody's bets, those of all their records."""

    name: str
    bets: Bets
    records: int = 1


@dataclass(frozen=True)
class Left:
    """A file of which nothing was taken."""

    file: str  #: where a teacher finds it
    reason: str
    like: str = ""  #: whose record it repeats


@dataclass
class ClassRecords:
    """The records of a class, and what of them is not counted."""

    students: list[Student] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    others: int = 0  #: files that are no records by their names: notebooks, for example
    strange: int = 0  #: bets on what this edition of the book does not ask, or not so
    broken: int = 0  #: bets that are none
    missing: list[str] = field(default_factory=list)  #: of the roster
    unknown: list[str] = field(default_factory=list)  #: not in it


@dataclass(frozen=True)
class Found:
    """A record, and whose it is if its name says so."""

    file: File
    whose: Whose | None
    bets: Bets


def collect(
    folder: Path, asked: Mapping[str, Bet], roster: Roster | None = None
) -> ClassRecords:
    """Read every record in a folder or an archive; none stops the others."""
    told = ClassRecords()
    with tempfile.TemporaryDirectory(
        prefix="unpacked-", ignore_cleanup_errors=True
    ) as unpacked:
        found = list(_found(folder, Path(unpacked), asked, told))
    named = [one for one in found if one.whose]
    submissions = ((one.whose, one.file.download) for one in named if one.whose)
    everybody = {one.whose for one in named if one.whose}
    names = names_of(everybody, submissions, roster)
    by_name: dict[str, list[Found]] = {}
    for one in found:
        name = names[one.whose] if one.whose else str(one.file.shown)
        by_name.setdefault(readable(name), []).append(one)
    told.students = _without_copies(by_name, told.left)
    there = {student.name for student in told.students}
    people = [readable(person.name) for person in roster.people] if roster else []
    told.missing = [name for name in people if name not in there]
    told.unknown = sorted(there - set(people)) if roster else []
    return told


def _found(
    folder: Path, unpacked: Path, asked: Mapping[str, Bet], told: ClassRecords
) -> Iterator[Found]:
    """The records that hold a bet of this book; what is wrong with others is told."""
    for file in files_in(folder, unpacked):
        suffix = file.name.suffix.lower()
        closed = suffix in ARCHIVES or file.path.is_symlink() or file.path.is_dir()
        shown = readable(str(file.shown))
        if file.reason and closed:
            told.left.append(Left(shown, file.reason))
        elif file.reason or suffix != ".json":
            told.others += 1
        else:
            try:
                made, broken = records.bets(records.load(file.path))
            except NotARecord as why:
                told.left.append(Left(shown, str(why)))
                continue
            ours = {id: bet for id, bet in made.items() if _is_on(bet, asked.get(id))}
            told.broken += broken
            told.strange += len(made) - len(ours)
            if ours:
                yield Found(file, whose_is(file, owner)[0], ours)
            else:
                told.left.append(Left(shown, "There is no bet of this book in it."))


def owner(file: Path) -> str:
    """What a record's name says beside that it is one: `ada` for ada-record (1).json."""
    parts = MARKS.sub(" ", OURS.sub(" ", file.stem)).split()
    name = " ".join(part.strip("._-()") for part in parts).strip()
    return name if re.search(r"[^\W\d_]", name) else ""


def _is_on(bet: Staked, question: Bet | None) -> bool:
    """Whether a bet is one on the question as it is now, as on the page of the record."""
    if question is None:
        return False
    return len(bet.q) == len(question.options) and bet.y == question.answer


def _without_copies(
    by_name: Mapping[str, Sequence[Found]], left: list[Left]
) -> list[Student]:
    """Everybody once: no two people bet the same at the same milliseconds."""
    owners: dict[frozenset[tuple[str, Staked]], str] = {}
    students = []
    for name, found in sorted(by_name.items()):
        student = Student(name, _joined(found), len(found))
        first = owners.setdefault(frozenset(student.bets.items()), name)
        if first == name:
            students.append(student)
            continue
        reason = "The same bets at the same moments as in another record: counted once."
        left += [Left(readable(str(o.file.shown)), reason, first) for o in found]
    return students


def _joined(found: Sequence[Found]) -> Bets:
    """The bets of several records: of one that is in two the first counts, as on the page."""
    joined: Bets = {}
    for id, bet in (item for one in found for item in one.bets.items()):
        if id not in joined or bet.at < joined[id].at:
            joined[id] = bet
    return joined


def without_names(told: ClassRecords) -> ClassRecords:
    """The same class with neutral names, and nothing from which another can be read.

    A name is made of the moment of somebody's first bet, which no later one changes: it
    stays from one run to the next, and nobody who has not the record can find it out.
    """
    drawn = neutral_names([student.bets for student in told.students])
    students = [
        replace(student, name=name)
        for student, name in zip(told.students, drawn, strict=True)
    ]
    return replace(
        told,
        students=sorted(students, key=lambda student: student.name),
        left=sorted(
            (Left("", _impersonal(left.reason)) for left in told.left), key=str
        ),
        missing=[""] * len(told.missing),
        unknown=[""] * len(told.unknown),
    )


def neutral_names(everybody: Sequence[Bets]) -> list[str]:
    """A name for everybody's bets, of four letters or of as many as tell all apart."""
    codes = [
        _code(min(bets.items(), key=lambda item: item[1].at)) for bets in everybody
    ]
    for length in range(SHORTEST, len(codes[0]) + 1 if codes else 0):
        if len({code[:length] for code in codes}) == len(codes):
            return [code[:length] for code in codes]
    # The same first bet: a record that two have gone on with.
    again: Counter[str] = Counter()
    for place, code in enumerate(codes):
        again[code] += 1
        codes[place] = f"{code} {again[code]}"
    return codes


def _code(first: tuple[str, Staked]) -> str:
    """Letters that no word is made of."""
    drawn = hashlib.sha256(repr(first).encode()).digest()[:12]
    return "".join(CONSONANTS[byte % len(CONSONANTS)] for byte in drawn)


def _impersonal(reason: str) -> str:
    """A reason without what an archive says of its files."""
    return re.sub(r"(?s) \(.*\)", "", reason)
