"""Which mistake a verdict speaks of, by the name that the exercise's definition gives it.

A verdict says the mistake's own sentence, at the end of its line, so that is looked for:
the pages judge by the same steps, and need no names for it.
"""

import re

from ce_lib.practice.catalogue import CODE, EXERCISES
from ce_lib.practice.exercise import Choice, Field, Number, Vector
from ce_lib.practice.judge import WRONG
from ce_lib.practice.sentences import say
from ce_lib.practice.verdict import Verdict

#: Mistakes that every exercise knows, by the names of their sentences.
COMMON = {
    "sign": "the sign",
    "hundred": "a factor of 100",
    "order": "another order",
    "coarse": "too few digits",
    "near": "rounded on the way",
}

#: A mistake: its name, and the sentence that was said.
Recognised = tuple[str, str]


def recognised(exercise: str, verdict: Verdict) -> list[Recognised]:
    """The mistakes in an answer, one at most for each of its parts."""
    if exercise in CODE:
        failed = re.search(r"^First to fail: (.+)$", verdict.sentence, re.M)
        return [(f"“{failed[1]}” does not hold", "")] if failed else []
    asked = EXERCISES[exercise]
    parts = verdict.parts or {asked.fields[0].name: verdict}
    found = []
    for name, part in parts.items():
        known = _known(asked.field(name)) if part.status == WRONG else {}
        ends = [sentence for sentence in known if part.sentence.endswith(sentence)]
        if ends:
            told = max(ends, key=len)
            of = f"{name}: " if len(asked.fields) > 1 else ""
            found.append((of + known[told], told))
    return found


def _known(field: Field) -> dict[str, str]:
    """The names of a field's mistakes by their sentences."""
    if isinstance(field, Choice):
        return {
            option.why: f"“{option.text.removesuffix('.')}”" for option in field.options
        }
    labels = ", ".join(field.labels) if isinstance(field, Vector) else ""
    known = {say(key, labels=labels): name for key, name in COMMON.items()}
    if isinstance(field, (Number, Vector)):
        known |= {mistake.sentence: mistake.name for mistake in field.mistakes}
    return known
