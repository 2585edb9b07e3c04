"""What came of a class's labs, as tables of text, for a screen and for a spreadsheet."""

import csv
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grading.lab import SOURCES, possible, sources
from grading.repeat import Said

#: What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

#: What is a number, with a minus or without.
NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]\d+)?")

#: Bytes of a student's name in that of a file, which may be 255 long with all that is added.
LONGEST = 200

#: Not graded: a file is there, and its remark says why nothing came of it.
NOTHING = "-"


@dataclass
class Result:
    """What one student reached in one lab."""

    student: str
    lab: str
    points: dict[str, float]  #: by check; empty if it could not be graded
    trouble: str = ""  #: why it could not be graded
    flags: list[str] = field(default_factory=list)  #: right in the notebook alone
    remarks: list[str] = field(default_factory=list)
    board: list[dict[str, Any]] = field(default_factory=list)
    said: dict[str, Said] = field(default_factory=dict)  #: by check
    late: bool = False  #: whether the clock ended anything
    seconds: float = 0.0  #: that its grading took

    @property
    def total(self) -> float:
        return round(sum(self.points.values()), 2)

    @property
    def cut_short(self) -> bool:
        """Whether the clock may have cost points."""
        most = sum(possible(SOURCES / f"{self.lab}.ipynb").values())
        return self.late and self.total < most


def points(results: Sequence[Result], students: Iterable[str] = ()) -> list[list[str]]:
    """Points per student and lab. Empty: not handed in. A dash: could not be graded."""
    labs = {lab.stem: sum(possible(lab).values()) for lab in _handed_in(results)}
    rows = [["student", *(f"{lab} ({most:g})" for lab, most in labs.items())]]
    rows[0].append(f"total ({sum(labs.values()):g})")
    for student in sorted({result.student for result in results} | set(students)):
        own = {r.lab: r for r in results if r.student == student}
        cells = [
            ""
            if lab not in own
            else NOTHING
            if own[lab].trouble
            else f"{own[lab].total:g}"
            for lab in labs
        ]
        rows.append([student, *cells, f"{sum(r.total for r in own.values()):g}"])
    return rows


def exercises(results: Sequence[Result]) -> list[list[str]]:
    """How many of those who handed a lab in solved each of its exercises."""
    rows = [["lab", "exercise", "solved", "in part", "of"]]
    for lab in _handed_in(results):
        graded = [r for r in results if r.lab == lab.stem and not r.trouble]
        for name, most in possible(lab).items():
            solved = sum(r.points[name] == most for r in graded)
            part = sum(0 < r.points[name] < most for r in graded)
            row = [lab.stem, task(name), str(solved), str(part), str(len(graded))]
            rows.append(row)
    return rows


def _handed_in(results: Sequence[Result]) -> list[Path]:
    """The labs that anybody has handed in: of the others there is nothing to tell."""
    there = {result.lab for result in results}
    return [lab for lab in sources() if lab.stem in there]


def task(check: str) -> str:
    """What a check is of."""
    return check.removesuffix("-check")


def tournament(results: Sequence[Result]) -> list[list[str]]:
    """The class's forecasters and their rivals in one table, by log score."""
    places: dict[tuple[bool, str], dict[str, Any]] = {}
    for result in results:
        for row in result.board:
            ours = row["name"] != "we"
            places[ours, row["name"] if ours else result.student] = row
    order = sorted(places.items(), key=lambda place: place[1]["log"])
    head = ["rank", "forecaster", "log score", "Brier score", "called impossible"]
    rows = [head]
    for (ours, name), row in order:
        rank = 1 + sum(other["log"] < row["log"] for _, other in order)
        log = f"{row['log']:.4f}".replace("inf", "∞")
        cells = [f"{row['brier']:.4f}", str(row["impossible"])]
        rows.append([str(rank), f"*{name}*" if ours else name, log, *cells])
    return rows


def remarks(results: Sequence[Result]) -> list[list[str]]:
    """What a teacher should look at, lab by lab."""
    rows = [["student", "lab", "remark"]]
    for result in results:
        said = [f"not graded. {result.trouble}"] if result.trouble else []
        if result.flags:
            said.append(
                f"FLAGGED: in the notebook {', '.join(result.flags)} passed, and did not "
                "when the teacher's copy was run beside it. Those points are not counted."
            )
        rows += [
            [result.student, result.lab, text] for text in [*said, *result.remarks]
        ]
    return rows


def readable(name: str) -> str:
    """A name with what no screen or file can hold written out: \\udcff, \\n.

    A backslash of its own is written twice, so that no two names become one.
    """
    whole = name.replace("\\", r"\\").encode("utf-8", "backslashreplace").decode()
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode() for c in whole
    )


def as_file(name: str) -> str:
    """A student's name as that of a file or folder: a different one for every name."""
    safe = re.sub(r"[%/\0]|^\.", lambda found: f"%{ord(found[0]):02X}", name)
    held = safe.encode("utf-8", "surrogateescape")
    if len(held) <= LONGEST:
        return safe
    return f"{held[:LONGEST].decode(errors='ignore')} {hashlib.sha256(held).hexdigest()[:12]}"


def markdown(rows: list[list[str]]) -> str:
    """A table as Markdown; what a name has in it means nothing there."""
    head, *body = [
        [re.sub(r"([\\|`<\[])", r"\\\1", cell) for cell in row] for row in rows
    ]
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write_csv(path: Path, rows: list[list[str]]) -> None:
    """Write a table for a spreadsheet, which must take no name for a formula."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([_harmless(cell) for cell in row] for row in rows)


def _harmless(cell: str) -> str:
    plain = cell == NOTHING or NUMBER.fullmatch(cell)
    return f"'{cell}" if cell.startswith(FORMULA) and not plain else cell
