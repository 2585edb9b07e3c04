"""Who is in the class, from a table that a teacher has.

A CSV file with a column ``name`` (or ``first name`` and ``last name``) and any of ``id``,
``email`` and ``username``; capitals, other columns and their order do not matter, and commas
may be semicolons. The names that Moodle gives these columns are understood, too.
"""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from grading.exports import Whose

#: What a column may be called.
COLUMNS = {
    "name": ("name", "full name", "student"),
    "first": ("first name", "firstname"),
    "last": ("last name", "lastname", "surname"),
    "id": ("id", "id number", "idnumber"),
    "email": ("email", "email address", "e-mail"),
    "username": ("username", "login", "login id"),
}


class NoRoster(Exception):
    """Why a file is no roster, as a sentence."""


@dataclass(frozen=True)
class Person:
    """One student. No two have the same ``name``."""

    name: str
    id: str = ""
    email: str = ""
    username: str = ""


class Roster:
    """The class, and who of it a name or a number stands for."""

    def __init__(self, people: list[Person]) -> None:
        self.people = people
        self._known: dict[str, set[Person]] = {}
        for person in people:
            for key in _keys(person):
                self._known.setdefault(key, set()).add(person)

    def find(self, whose: Whose, *, by_name: bool = True) -> Person | None:
        """The one person that a hand-in's name stands for, or nobody if it may be several.

        Of Canvas's numbers one may be the person's id; Moodle numbers submissions.
        """
        keys = [f"id {whose.number}"] if whose.system == "Canvas" else []
        keys += [_key(whose.name)] if by_name else []
        for key in keys:
            found = self._known.get(key, set())
            if len(found) == 1:
                return next(iter(found))
        return None


def read(path: Path) -> Roster:
    """Read a class's table.

    Raises
    ------
    NoRoster
        If the file cannot be read, or says nobody's name.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise NoRoster(f"{path} cannot be read: {problem.strerror}.") from None
    except UnicodeDecodeError:
        raise NoRoster(f"{path} is to be saved as UTF-8.") from None
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as problem:
        raise NoRoster(f"{path} is no table ({problem}).") from None
    places = _places(rows[0] if rows else [])
    if "name" not in places and not {"first", "last"} <= set(places):
        raise NoRoster(
            f"{path} is to begin with a line that names its columns: name, and id, email "
            "or username."
        )
    found = []
    for row in rows[1:]:
        cells = {what: row[i].strip() for what, i in places.items() if i < len(row)}
        both = " ".join(filter(None, (cells.pop("first", ""), cells.pop("last", ""))))
        person = Person(**{"name": both} | cells)
        if person.name:
            found.append(person)
    return Roster(_told_apart(found))


def _places(head: list[str]) -> dict[str, int]:
    """Where the columns stand that are understood."""
    names = [" ".join(cell.lower().split()) for cell in head]
    return {
        what: names.index(name)
        for what, known in COLUMNS.items()
        for name in known[::-1]
        if name in names
    }


def _told_apart(people: list[Person]) -> list[Person]:
    """Everybody once, and those with the same name by what they have besides."""
    unique = list(dict.fromkeys(people))
    names = [person.name for person in unique]
    told = []
    for number, person in enumerate(unique, start=1):
        if names.count(person.name) > 1:
            own = person.id or person.email or person.username or f"row {number}"
            name = f"{person.name} ({own})"
            person = Person(name, person.id, person.email, person.username)
        told.append(person)
    return told


def _keys(person: Person) -> set[str]:
    """What may stand for a person: a name in any order of its parts, a login, an address."""
    words = re.sub(r" \([^)]*\)$", "", person.name).replace(",", " ").split()
    turned = {_key("".join(words[i:] + words[:i])) for i in range(len(words))}
    before_at = person.email.partition("@")[0]
    others = (person.name, person.id, person.email, before_at, person.username)
    numbers = {f"id {person.id}"} if person.id else set()
    return turned | numbers | {_key(other) for other in others if _key(other)}


def _key(name: str) -> str:
    """A name without what systems change in it: capitals, spaces, marks between words."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]", "", plain)
