"""Grade a folder of hand-ins: one process each, some side by side, each with its limits."""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import bubblewrap
import psutil

from grading import gradebooks, pages, tables
from grading.collect import Collected, HandIn, Left, collect
from grading.kernel import GRACE, Limits
from grading.lab import sources
from grading.records import Answered
from grading.repeat import Said
from grading.roster import Person, Roster
from grading.tables import Result, as_file, readable
from grading.worker import Job

#: Seconds for a process to start, and to write down what came of it.
AROUND = 5

#: The built book, into which the class's page links.
BOOK = bubblewrap.ROOT / "_build/html"

CLASS = "class.html"

WORKER = Path(__file__).with_name("worker.py")

#: How many files that are left are named on the screen, for one student.
NAMED = 10


@dataclass
class Graded:
    """A class's results, and the files that gave none."""

    folder: Path
    students: list[str]  #: also those who handed nothing in
    results: list[Result]
    left: list[Left]
    people: list[Person] = field(default_factory=list)  #: of the roster
    records: dict[str, dict[str, Answered]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)  #: a student's at Canvas

    @property
    def missing(self) -> list[str]:
        """Those of the roster of whom there is no lab, not even a broken one."""
        there = {result.student for result in self.results}
        return [person.name for person in self.people if person.name not in there]

    @property
    def unknown(self) -> list[str]:
        """Those who are not in the roster."""
        known = {person.name for person in self.people}
        return [s for s in self.students if s not in known] if known else []

    def table(self) -> list[list[str]]:
        return tables.points(self.results, self.students)

    def files(self) -> list[list[str]]:
        """Every file that was not graded, with the reason."""
        rows = [["file", "why it was not graded"]]
        for left in self.left:
            file = readable(str(left.file))
            rows.append([file, left.reason])
        return rows

    def tables(self) -> dict[str, list[list[str]]]:
        """All that there is to tell, by the name of its file."""
        return {
            "points": self.table(),
            "exercises": tables.exercises(self.results),
            "tournament": tables.tournament(self.results),
            "remarks": tables.remarks(self.results),
            "files": self.files(),
        }

    def gradebooks(self) -> dict[str, list[list[str]]]:
        """Points by student and task, for the systems that import them."""
        moodle = gradebooks.moodle(self.results, self.students, self.people)
        canvas = gradebooks.canvas(
            self.results, self.students, self.people, self.numbers
        )
        return {"moodle": moodle, "canvas": canvas}

    def pages(self, book: str) -> dict[str, str]:
        """The teacher's page, and one for everybody who handed in, by their files."""
        made = {
            CLASS: pages.class_report(
                self.results, self.records, self.missing, self.unknown, book
            )
        }
        files = list(zip(self.left, self.files()[1:], strict=True))
        for student in dict.fromkeys(result.student for result in self.results):
            left = [
                (file, reason)
                for of, (file, reason) in files
                if readable(of.student) == student
            ]
            name = f"feedback/{as_file(student)}.html"
            made[name] = pages.feedback(student, self.results, left)
        return made


class Refused(Exception):
    """Why nothing is graded, as a sentence."""


class NothingToGrade(Refused):
    """No student's lab was found."""

    def __init__(self, found: Graded) -> None:
        files = found.files()[1:]
        lines = [f"  {file}: {reason}" for file, reason in files[:NAMED]]
        if more := len(files) - len(lines):
            lines.append(f"  and {more} files more.")
        super().__init__(
            "\n".join([f"There is no lab to grade in {found.folder}.", *lines])
        )


class BrokenOff(KeyboardInterrupt):
    """How far it came before Ctrl-C."""


def grade(
    folder: Path,
    out: Path,
    jobs: int = 1,
    limits: Limits = Limits(),  # noqa: B008  (frozen)
    tell: Callable[[str], None] = lambda line: None,
    roster: Roster | None = None,
) -> Graded:
    """Grade every student's labs; keep all that came of it in ``out``.

    That is tables, pages, and the executed notebooks. What an earlier run left there stays
    until all of this one is there. ``folder`` may be an archive.

    Raises
    ------
    Refused
        If that would empty the folder of the hand-ins, or one that holds no grades.
    NothingToGrade
        If there is no lab in ``folder``.
    BrokenOff
        On Ctrl-C. Nothing has changed then.
    """
    _refuse(folder, out)
    with tempfile.TemporaryDirectory(
        prefix="unpacked-", ignore_cleanup_errors=True
    ) as unpacked:
        found = collect(folder, sources(), Path(unpacked), roster)
        return _grade(found, _readable(folder, found, roster), out, jobs, limits, tell)


def _readable(folder: Path, found: Collected, roster: Roster | None) -> Graded:
    """What is known before anything is graded, with names as they can be shown."""
    people = [
        replace(person, name=readable(person.name))
        for person in (roster.people if roster else [])
    ]
    named = {readable(student) for student in found.students}
    return Graded(
        folder,
        sorted(named | {person.name for person in people}),
        [],
        found.left,
        people,
        {readable(student): record for student, record in found.records.items()},
        {readable(student): number for student, number in found.numbers.items()},
    )


def _grade(
    found: Collected,
    graded: Graded,
    out: Path,
    jobs: int,
    limits: Limits,
    tell: Callable[[str], None],
) -> Graded:
    if not found.handed_in and not any(left.lab for left in found.left):
        raise NothingToGrade(graded)
    new = out.with_name(f"{out.name}.{os.getpid()}")
    new.mkdir(mode=0o700, parents=True)  # marks are nobody else's on a shared machine
    (new / "executed").mkdir()
    try:
        with Workers(new, limits, not bubblewrap.trouble()) as workers:
            graded.results += workers.grade_all(found.handed_in, jobs, tell)
        graded.results += _unreadable(found)
        graded.results.sort(key=lambda result: (result.student, result.lab))
        for name, rows in (graded.tables() | graded.gradebooks()).items():
            tables.write_csv(new / f"{name}.csv", rows)
        (new / "feedback").mkdir()
        book = os.path.relpath(BOOK, out)
        for name, page in graded.pages(Path(book).as_posix()).items():
            (new / name).write_text(page, encoding="utf-8", errors="backslashreplace")
        shutil.rmtree(out, ignore_errors=True)
        new.rename(out)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return graded


def _refuse(folder: Path, out: Path) -> None:
    """Stop before anything is lost that nobody meant to lose."""
    given, taken = folder.resolve(), out.resolve()
    if given in (taken, *taken.parents) or taken in given.parents:
        raise Refused(
            f"{folder} and {out} lie in each other, and {out} is emptied: "
            "take the hand-ins elsewhere."
        )
    if out.exists() and any(out.iterdir()) and not (out / "points.csv").exists():
        raise Refused(f"{out} holds something else than grades: it stays as it is.")


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


class Workers:
    """The processes that grade one hand-in each. Leaving ends them all."""

    def __init__(self, out: Path, limits: Limits, shut_off: bool) -> None:
        self.out, self.limits, self.shut_off = out, limits, shut_off
        self.songs: dict[Path, int] = {}
        self.running: set[subprocess.Popen[str]] = set()
        self.over = False

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        self.over = True
        for process in list(self.running):
            _end(process)

    def grade_all(
        self, handed_in: Sequence[HandIn], jobs: int, tell: Callable[[str], None]
    ) -> list[Result]:
        """Grade some side by side; and again, alone, what the clock has ended there.

        So nobody pays for what a neighbour's code did to this machine.
        """
        self.songs = _songs(handed_in)
        total, ended = len(handed_in), 0

        def one(numbered: tuple[int, HandIn]) -> Result:
            nonlocal ended
            number, hand_in = numbered
            result = self.grade(hand_in)
            ended += 1
            tell(f"{number}/{total} {_line(result)}")
            return result

        side_by_side = ThreadPoolExecutor(jobs)
        try:
            results = list(side_by_side.map(one, enumerate(handed_in, start=1)))
            for number, hand_in in enumerate(handed_in):
                if results[number].cut_short and min(jobs, total) > 1:
                    again = self.grade(hand_in)
                    again.seconds += results[number].seconds
                    results[number] = again
                    tell(f"again, alone: {_line(again)}")
        except KeyboardInterrupt:
            self.__exit__()
            raise BrokenOff(f"{ended} of {total} hand-ins had been graded") from None
        finally:
            side_by_side.shutdown(cancel_futures=True)
        return results

    def grade(self, hand_in: HandIn) -> Result:
        """Grade one notebook in a process of its own. Whatever happens there, this returns."""
        began = time.monotonic()
        result = self._grade(hand_in)
        if self.over:
            raise BrokenOff
        result.seconds = time.monotonic() - began
        return result

    def _grade(self, hand_in: HandIn) -> Result:
        student, lab = readable(hand_in.student), hand_in.lab.stem
        place = self.out / "executed" / as_file(hand_in.student)
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix="grade-", ignore_cleanup_errors=True
        ) as own:
            job = Job(
                str(hand_in.file),
                str(hand_in.lab),
                str(place / f"{lab}.ipynb"),
                self.shut_off,
                asdict(self.limits),
                self.songs[hand_in.lab],
            )
            path, outcome = Path(own, "job.json"), Path(own, "outcome.json")
            path.write_text(json.dumps(asdict(job)), encoding="utf-8")
            said, late = self._run(path)
            try:
                reached = json.loads(outcome.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                said = said[:1].upper() + said[1:] or "The grading of it ended early."
                return Result(student, lab, {}, said, late=late)
        if said and not reached["trouble"]:
            reached["remarks"].append(f"stopped: {said}")
        reached["late"] |= late
        if hand_in.late:
            reached["remarks"].insert(0, "handed in late.")
        reached["said"] = {name: Said(**said) for name, said in reached["said"].items()}
        return Result(student, lab, **reached)

    def _run(self, job: Path) -> tuple[str, bool]:
        """Run a worker; return what it said if it did not end well, and whether it was late."""
        if self.over:
            raise BrokenOff
        environment = {**os.environ, "PYTHONPATH": str(bubblewrap.ROOT)}
        with subprocess.Popen(
            [sys.executable, str(WORKER), str(job)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            env=environment,
            start_new_session=True,  # Ctrl-C is for us alone
        ) as process:
            self.running.add(process)
            if self.over:
                _end(process)
            try:
                _, said = process.communicate(timeout=longest(self.limits))
            except subprocess.TimeoutExpired:
                _end(process)
                return "it took too long.", True
            finally:
                self.running.discard(process)
        if not process.returncode:
            return "", False
        lines = said.strip().splitlines() or ["no word"]
        return f"the grader itself failed ({lines[-1]}).", False


def _line(result: Result) -> str:
    points = "not graded" if result.trouble else f"{result.total:g} points"
    ended = ", out of time" if result.late else ""
    return f"{result.student}: {result.lab}: {points}{ended}"


def longest(limits: Limits) -> float:
    """Seconds that one grading of a hand-in may take at the very most."""
    return limits.total + GRACE + AROUND


def _end(process: subprocess.Popen[str]) -> None:
    """End a worker and all that it has started."""
    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.kill()
    process.kill()


def _songs(handed_in: Sequence[HandIn]) -> dict[Path, int]:
    """A seed by lab: the same for the same class, and known to nobody before.

    It depends on every file that was handed in, so no file can be made for it.
    """
    sums = {hand_in.lab: hashlib.sha256() for hand_in in handed_in}
    for hand_in in sorted(handed_in, key=lambda hand_in: str(hand_in.file)):
        with contextlib.suppress(OSError), hand_in.file.open("rb") as file:
            sums[hand_in.lab].update(hashlib.file_digest(file, "sha256").digest())
    return {lab: int(each.hexdigest()[:8], 16) for lab, each in sums.items()}


def report(graded: Graded, out: Path) -> None:
    """Print the tables as Markdown, and what a teacher should look at."""
    written = graded.tables()
    for name, rows in written.items():
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
    for what, names in (
        ("Missing", graded.missing),
        ("Not in the roster", graded.unknown),
    ):
        if names:
            print(f"{what}: {', '.join(names)}.")
    if late := pages.out_of_time(graded.results):
        print(
            f"Out of time: {', '.join(late)}. Did this machine have other work? "
            "Then grade again when it has none."
        )
    print(
        f"The tables are in {out}, and there the class's page, {CLASS}, the students' in "
        "feedback, and the executed notebooks in executed."
    )
