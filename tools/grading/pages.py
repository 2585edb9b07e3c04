"""What came of a class's labs, as pages: one for every student, and one for the teacher.

Each page is one file that needs no network. Whatever a student wrote is escaped: the
templates do it to everything.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filling import templates

from ce_lib._written import grouped
from ce_lib.practice.catalogue import CODE, EXERCISES
from grading.lab import Part, parts, possible, sources, title
from grading.records import Answered
from grading.tables import Result, task

TEMPLATES = templates(Path(__file__).with_name("templates"))

#: How many tasks are to be discussed first.
FIRST = 2

#: What may become of a task, and how it is called.
STATES = {"right": "right", "part": "in part", "wrong": "wrong", "none": "not tried"}


def feedback(
    student: str, results: Sequence[Result], left: Iterable[tuple[str, str]]
) -> str:
    """A student's page: of their own work, and of nobody else's."""
    own = {result.lab: result for result in results if result.student == student}
    labs = [lab for lab in sources() if lab.stem in own]
    shown = [_lab(own[lab.stem], lab) for lab in labs]
    return TEMPLATES.get_template("feedback.html").render(
        title=student,
        total=f"{sum(own[lab.stem].total for lab in labs):g}",
        most=f"{sum(sum(possible(lab).values()) for lab in labs):g}",
        labs=shown,
        left=[(file, plain(reason)) for file, reason in left],
    )


def _lab(result: Result, lab: Path) -> dict[str, Any]:
    trouble = [f"Not graded. {result.trouble}"] if result.trouble else []
    tasks = [_own(result, part) for part in checks(lab)] if not result.trouble else []
    return {
        "title": title(lab),
        "points": f"{result.total:g}",
        "most": f"{sum(possible(lab).values()):g}",
        "remarks": [plain(remark) for remark in [*trouble, *result.remarks]],
        "tasks": tasks,
    }


def _own(result: Result, part: Part) -> dict[str, Any]:
    said = result.said.get(part.name)
    text = said.text if said else "○ The check was not reached."
    return {
        "name": task(part.name),
        "prompt": asked(part).prompt,
        "state": state(result, part),
        "points": f"{result.points.get(part.name, 0):g}",
        "most": f"{part.points:g}",
        "text": plain(text),
        "mistakes": said.mistakes if said else (),
        "flagged": part.name in result.flags,
    }


@dataclass
class Task:
    """What became of one task in a class."""

    name: str
    lab: str
    prompt: str
    show: str  #: an address in the book, of a picture that helps
    states: Counter[str]
    points: float  #: the mean share of them
    mistakes: list[tuple[tuple[str, str], int]] = field(default_factory=list)

    @property
    def of(self) -> int:
        return self.states.total()

    @property
    def missed(self) -> int:
        """How many have not all of it right."""
        return self.of - self.states["right"]

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        return [(state, words, self.states[state]) for state, words in STATES.items()]

    @property
    def percent(self) -> str:
        return f"{100 * self.states['right'] / self.of:.0f}"


def class_report(
    results: Sequence[Result],
    records: Mapping[str, Mapping[str, Answered]],
    missing: Sequence[str],
    unknown: Sequence[str],
    book: str,
) -> str:
    """The teacher's page. ``book`` is where the built book lies, from the page's folder."""
    graded = [result for result in results if not result.trouble]
    labs = [
        (title(lab), [_task(graded, lab, part) for part in checks(lab)])
        for lab in sources()
        if any(result.lab == lab.stem for result in graded)
    ]
    tasks = [each for _, of_lab in labs for each in of_lab]
    unsolved = [each for each in tasks if each.missed]
    unsolved.sort(key=lambda each: (-each.missed, each.points))
    return TEMPLATES.get_template("class.html").render(
        title="The class",
        students=many(len({result.student for result in graded}), "student"),
        handed_in=many(len(graded), "lab"),
        missing=missing,
        unknown=unknown,
        late=out_of_time(results),
        first=unsolved[:FIRST],
        labs=labs,
        records=many(len(records), "record"),
        exercises=_exercises(records),
        book=book,
    )


def out_of_time(results: Iterable[Result]) -> list[str]:
    """Whose labs the clock has ended before all points were reached."""
    return [f"{each.student} ({each.lab})" for each in results if each.cut_short]


def _task(graded: Sequence[Result], lab: Path, part: Part) -> Task:
    own = [result for result in graded if result.lab == lab.stem]
    mistakes = Counter(
        (name, sentence)
        for result in own
        if part.name in result.said
        for name, sentence in result.said[part.name].mistakes
    )
    assert part.points
    return Task(
        task(part.name),
        title(lab),
        asked(part).prompt,
        address(asked(part).show),
        Counter(state(result, part) for result in own),
        sum(r.points.get(part.name, 0) for r in own) / part.points / len(own),
        mistakes.most_common(),
    )


def _exercises(
    records: Mapping[str, Mapping[str, Answered]],
) -> list[dict[str, Any]]:
    """What records say of the book's exercises, in the book's order of files."""
    shown = []
    for id in EXERCISES:
        answers = [record[id] for record in records.values() if id in record]
        if answers:
            page = address(f"{EXERCISES.page(id)}#{id}")
            counts = {
                "at_once": sum(answer.at_once for answer in answers),
                "right": sum(answer.right for answer in answers),
                "of": len(answers),
            }
            shown.append({"name": id, "address": page, **counts})
    return shown


def state(result: Result, part: Part) -> str:
    """What became of a task: one of `STATES`."""
    earned, said = result.points.get(part.name, 0), result.said.get(part.name)
    if earned == part.points:
        return "right"
    if earned:
        return "part"
    return "wrong" if said and said.tried else "none"


def checks(lab: Path) -> list[Part]:
    return [part for part in parts(lab) if part.points is not None]


def asked(part: Part) -> Any:
    """The exercise that a check asks for."""
    return (
        EXERCISES[part.required] if part.required in EXERCISES else CODE[part.required]
    )


def address(show: str) -> str:
    """The address in the book of ``page#explorer?state``, or nothing."""
    page, _, rest = show.partition("#")
    return f"chapters/{page}.html#{rest}" if page else ""


def plain(text: str) -> str:
    """A text with what nobody can see in it written out, but for the ends of its lines."""
    return "".join(
        c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode()
        for c in text
    )


def many(count: int, of: str) -> str:
    """A count and its noun."""
    return f"{grouped(str(count))} {of}{'s' if count != 1 else ''}"
