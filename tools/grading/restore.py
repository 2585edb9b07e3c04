"""Put the teacher's cells back into a student's notebook, wherever its cells went.

What a student wrote runs as it stands, in its order: cells may be copied, split, merged,
moved, or stripped of all that JupyterLab knows about them. The locked cells are the
teacher's: where one was found it stands again, and one that is missing comes back where
it belongs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from grading.lab import Part
from grading.notebook import Cell


@dataclass(frozen=True)
class Step:
    """One cell to run. ``part`` is the teacher's cell that it is, if it is one."""

    kind: str
    source: str
    part: Part | None = None


def matched(cells: Sequence[Cell], parts: Sequence[Part]) -> list[int | None]:
    """The place in the lab of every cell of a student, or None for the student's own."""
    names = {part.name: i for i, part in enumerate(parts)}
    texts = {part.source.strip(): i for i, part in enumerate(parts)}
    checks = {part.required: i for i, part in enumerate(parts) if part.required}

    def place(cell: Cell) -> int | None:
        for name in cell.names:
            if name in names:
                return names[name]
        return texts.get(cell.source.strip(), checks.get(cell.required))

    return [place(cell) for cell in cells]


def restored(
    cells: Sequence[Cell], parts: Sequence[Part]
) -> tuple[list[Step], list[str]]:
    """Return what to run, and the names of the checks that were changed or missing."""
    steps: list[Step] = []
    places: list[int | None] = []  # of the steps, in the lab
    put_back = set()
    for cell, i in zip(cells, matched(cells, parts), strict=True):
        part = None if i is None else parts[i]
        kind = "code" if part and part.kind == "code" else cell.kind
        if part is None or not part.locked:
            steps.append(Step(kind, cell.source))
            places.append(i)
            continue
        if not _same(cell.source, part.source):
            steps.append(Step(kind, cell.source))  # whatever was written there counts
            places.append(None)
            put_back |= {part.name} if part.points is not None else set()
        steps.append(Step(part.kind, part.source, part))
        places.append(i)
    for i, part in enumerate(parts):
        if part.locked and i not in places:
            at = _where(i, parts, places)
            steps.insert(at, Step(part.kind, part.source, part))
            places.insert(at, i)
            put_back |= {part.name} if part.points is not None else set()
    return steps, [part.name for part in parts if part.name in put_back]


def _same(came: str, ours: str) -> bool:
    """Whether a locked cell is as it was, with its hidden tests or without them."""
    shown = ours.partition("### BEGIN HIDDEN TESTS")[0]
    return _plain(came) in (_plain(ours), _plain(shown))


def _plain(source: str) -> str:
    """A cell without the spaces at the ends of its lines, which an editor may drop."""
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def _where(i: int, parts: Sequence[Part], places: Sequence[int | None]) -> int:
    """Where the lab's cell ``i`` belongs: after its task, before what comes next."""
    before = max((p for p in places if p is not None and p < i), default=None)
    start = 0
    if before is not None:
        start = 1 + max(at for at, place in enumerate(places) if place == before)
        if parts[before].solution or (parts[before].locked and not parts[i].required):
            return start
    later = (at for at in range(start, len(places)) if (places[at] or 0) > i)
    return next(later, len(places))
