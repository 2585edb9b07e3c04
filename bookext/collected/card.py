"""The formulas of all chapters on one card, each with the chapter that earns it.

A chapter says, for one or more sections of the card, a definition list below the section's
name in bold: ``**Information**``. Its entries follow those of earlier chapters; with
``**Information**, after *Entropy*`` they follow that entry. An entry that a second chapter
has a part in names it: ``Loss, {chapter}`ch. <softmax-gradient>` ``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sphinx.errors import ExtensionError

from bookext.collected.course import Course, entries, number_link

HEAD = re.compile(r"^\*\*(?P<section>[^*\n]+)\*\*(?:, after \*(?P<after>.+)\*)?$", re.M)
SHARED = ", {chapter}`"


@dataclass
class Row:
    """A formula; or, with no name, a paragraph or a table."""

    name: str
    text: str


@dataclass
class Group:
    """What a chapter has in one place of the card."""

    page: str
    section: str
    after: str
    rows: list[Row]


def write(course: Course, of: str) -> str:
    """Write one section of the card, or under headings all that have no place of their own."""
    groups = list(_groups(course))
    if of:
        return _section([group for group in groups if group.section == of])
    rest = dict.fromkeys(g.section for g in groups if g.section not in course.places)
    return "\n\n".join(
        f"### {section}\n\n{_section([g for g in groups if g.section == section])}"
        for section in rest
    )


def _groups(course: Course) -> Iterator[Group]:
    for page, text in course.texts("for-card"):
        heads = list(HEAD.finditer(text))
        if not heads or text[: heads[0].start()].strip():
            raise ExtensionError(
                f"{page}: for-card: expected the name of a section first, in bold "
                f"on a line of its own; got {text.strip().splitlines()[:1]}"
            )
        ends = [*(head.start() for head in heads[1:]), len(text)]
        for head, end in zip(heads, ends, strict=True):
            rows = [_row(page, *entry) for entry in entries(text[head.end() : end])]
            yield Group(page, head["section"], head["after"] or "", rows)


def _row(page: str, terms: list[str], meaning: str) -> Row:
    if not terms:
        return Row("", meaning)
    name, shared, others = " ".join(terms).partition(SHARED)
    return Row(name, f"{name}, {number_link(page)}{shared}{others}\n: {meaning}")


def _section(groups: list[Group]) -> str:
    rows = _arranged(groups)
    text, open_list = "", False
    for row in rows:
        if bool(row.name) != open_list:
            text += "\n:::\n" if open_list else "\n:::{div} formulas\n"
            open_list = not open_list
        text += f"{row.text}\n\n"
    return text + (":::\n" if open_list else "")


def _arranged(groups: list[Group]) -> list[Row]:
    """In the order of the course, but where a group says what it follows."""
    rows = [row for group in groups if not group.after for row in group.rows]
    waiting = [group for group in groups if group.after]
    while waiting:
        names = [row.name for row in rows]
        ready = [group for group in waiting if group.after in names]
        if not ready:
            page, after = waiting[0].page, waiting[0].after
            raise ExtensionError(
                f"{page}: for-card: there is no {after!r} in the section "
                f"{waiting[0].section!r} to follow; there are {', '.join(names)}"
            )
        for group in reversed(ready):
            place = [row.name for row in rows].index(group.after) + 1
            rows[place:place] = group.rows
        waiting = [group for group in waiting if group not in ready]
    return rows
