"""The role ``answer``: a solution prints what the exercise's own definition computes.

``{answer}`exercise-gap.forward` `` is the answer to that part with six digits, or with
fewer where it has no more; ``{answer}`exercise-gap.forward|.3f` `` follows one of Python's
formats. Of several numbers ``{answer}`exercise-gap.terms` `` prints all, with commas, and
``{answer}`exercise-gap.terms[first]` `` the one with that label. An exercise with a single
part needs no part's name. Of options it prints the text of the right one.
"""

import math
import re
from collections.abc import Sequence

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from bookext.coded import as_nodes
from bookext.evaluated import written
from ce_lib.practice.catalogue import EXERCISES
from ce_lib.practice.exercise import Choice, Exercise, Field, Vector, plain

WRITTEN = re.compile(r"([\w-]+)(?:\.(\w+))?(?:\[(.+)\])?(?:\|(.+))?")


class AnswerRole(SphinxRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            return as_nodes(answer(self.text)), []
        except ValueError as problem:
            said = self.inliner.reporter.error(
                f"answer {self.text!r}: {problem}", line=self.lineno
            )
            return [], [said]


def answer(written: str) -> str:
    """Return what the role prints, with code between backticks.

    Raises
    ------
    ValueError
        If there is no such exercise, part or entry, or the format is none.
    """
    match = WRITTEN.fullmatch(written)
    if match is None:
        raise ValueError("expected exercise-name.part, maybe with [label] or |format")
    name, part, label, form = match.groups()
    if name not in EXERCISES:
        raise ValueError(f"there is no exercise {name!r}")
    field = _field(EXERCISES[name], part)
    if isinstance(field, Choice):
        if label or form:
            raise ValueError("an option has neither entries nor a format")
        return next(o.text for o in field.options if o.key == field.answer)
    values = [float(value) for value in _values(field, label)]
    return ", ".join(number(value, form) for value in values)


def number(value: float, form: str | None = None) -> str:
    """Write a number as the book does: a real minus sign, ∞, and no minus before 0.

    Without a format it has six digits, or as few as it needs.
    """
    form = form or _digits(value)
    text = "∞" if math.isinf(value) else written(format(abs(value), form))
    if value < 0 and re.search("[1-9∞]", text):
        return "−" + text.removeprefix("+")
    return text


def _digits(value: float) -> str:
    """Return a format with six digits, or as few as the number needs."""
    short = math.isclose(float(f"{value:.6g}"), value, rel_tol=1e-12)
    return ".6g" if short else "#.6g"


def _field(exercise: Exercise, part: str | None) -> Field:
    if part is None and len(exercise.fields) == 1:
        return exercise.fields[0]
    for field in exercise.fields:
        if field.name == part:
            return field
    known = ", ".join(field.name for field in exercise.fields)
    raise ValueError(f"expected one of its parts {known}, got {part}")


def _values(field: Field, label: str | None) -> Sequence[float | str]:
    """Return all entries of a field, or the one with that label."""
    values = plain(field.answer)  # type: ignore[attr-defined]
    if not isinstance(field, Vector):
        if label:
            raise ValueError("a single number has no entries")
        return [values]
    if label is None:
        return values  # type: ignore[no-any-return]
    if label not in field.labels:
        raise ValueError(f"expected a label of {', '.join(field.labels)}, got {label}")
    return [values[list(field.labels).index(label)]]


def setup(app: Sphinx) -> None:
    app.add_role("answer", AnswerRole())
