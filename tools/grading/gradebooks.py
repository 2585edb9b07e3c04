"""A class's points, task by task, as Moodle and Canvas import them.

Moodle (*Grades, Import, CSV file*) takes any columns, in UTF-8 with commas: the teacher says
which one finds the student, by e-mail address, ID number or username, and which grade item
each other column is. "-" is no grade. It refuses the whole file where a student is unknown,
and gives a row without a key to the student above, so only rows with a key are written.

Canvas (*Gradebook, Import*) wants ``Student, ID, SIS User ID, SIS Login ID, Section`` and
then the assignments, and *Points Possible* in the row below. ID is Canvas's own number of a
student, which stands in the names of the files that come from there; where it is missing, the
SIS columns or the name are looked up. An empty cell is no grade. A number in brackets at the
end of a title would be taken for an assignment's, so the titles have none.

That is how Moodle 4 (grade/import/csv) and Canvas (lib/gradebook_importer.rb) read them.
"""

from collections.abc import Iterable, Mapping, Sequence

from grading.lab import possible, sources
from grading.roster import Person
from grading.tables import NOTHING, Result, task

#: Moodle's names for what finds a student, and ours.
KEYS = {"Email address": "email", "ID number": "id", "Username": "username"}

CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")


def moodle(
    results: Sequence[Result], students: Iterable[str], people: Sequence[Person]
) -> list[list[str]]:
    """One row for everybody in the roster; without one, the folders' names are usernames."""
    known = people or [Person(student, username=student) for student in students]
    keys = {
        title: what
        for title, what in KEYS.items()
        if any(getattr(person, what) for person in known)
    }
    items = _items(results)
    rows = [[*keys, "Full name", *(title for title, *_ in items)]]
    for person in known:
        own = [getattr(person, what) for what in keys.values()]
        if any(own):
            grades = _grades(results, person.name, items, NOTHING)
            rows.append([*own, person.name, *grades])
    return rows


def canvas(
    results: Sequence[Result],
    students: Iterable[str],
    people: Sequence[Person],
    numbers: Mapping[str, str],
) -> list[list[str]]:
    """One row for everybody; Canvas asks about those whom it does not know."""
    items = _items(results)
    most = [f"{points:g}" for *_, points in items]
    rows = [[*CANVAS, *(title for title, *_ in items)]]
    rows.append(["    Points Possible", "", "", "", "", *most])
    known = {person.name: person for person in people}
    for student in sorted({*students, *known}):
        person = known.get(student) or Person(
            student, username="" if people or student in numbers else student
        )
        login = person.username or person.email
        own = [student, numbers.get(student, ""), person.id, login, ""]
        rows.append([*own, *_grades(results, student, items, "")])
    return rows


def _items(results: Sequence[Result]) -> list[tuple[str, str, str, float]]:
    """Title, lab, check and most points of every task of the labs that were handed in."""
    handed_in = {result.lab for result in results}
    return [
        (f"{lab.stem}: {task(check)}", lab.stem, check, most)
        for lab in sources()
        if lab.stem in handed_in
        for check, most in possible(lab).items()
    ]


def _grades(
    results: Sequence[Result],
    student: str,
    items: Sequence[tuple[str, str, str, float]],
    nothing: str,
) -> list[str]:
    own = {r.lab: r.points for r in results if r.student == student and not r.trouble}
    return [
        f"{own[lab].get(check, 0):g}" if lab in own else nothing
        for _, lab, check, _ in items
    ]
