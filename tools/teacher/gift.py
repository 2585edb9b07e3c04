"""Questions in GIFT, as Moodle reads it.

A mistake that the book knows is an answer of its own: it earns nothing, as in the book, and
is told the book's sentence.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

import numpy as np

from ce_lib._backticks import as_html
from ce_lib.practice.exercise import Choice, Number
from ce_lib.practice.sentences import say
from teacher import accepted, printed
from teacher.bank import Item

SPECIAL = re.compile(r"([\\~=#{}:])")
BREAK = re.compile(r"\s*\n\s*")


def bank(items: Iterable[Item]) -> str:
    """All items, each chapter in a category of its own."""
    blocks, category = [], ""
    for item in items:
        if (own := _category(item)) != category:
            category = own
            blocks.append(f"$CATEGORY: {category}")
        blocks.append(question(item))
    return "\n\n".join(blocks) + "\n"


def _category(item: Item) -> str:
    title = printed.title(item.chapter.name).replace("/", "//")
    return f"Cross-entropy/{item.chapter.number:02d} {title}"


def question(item: Item) -> str:
    """One item; a blank line would end it, so there is none."""
    head = f"::{escaped(item.title)}::[html]{html(item.text)}"
    if isinstance(item.field, Choice):
        lines = ["{", *_options(item.field)]
    else:
        lines = ["{#", *_numbers(item.field)]
    if item.solution:
        lines.append(f"####{html(item.solution)}")
    return "\n".join([head + lines[0], *lines[1:], "}"])


def _options(field: Choice) -> Iterator[str]:
    for option in field.options:
        sign = "=" if option.key == field.answer else "~"
        yield f"{sign}{html(as_html(option.text))}#{html(as_html(option.why))}"


def _numbers(field: Number) -> Iterator[str]:
    for interval in accepted.right(field):
        yield _answer(100, *interval, say("right"))
    for mistake in field.mistakes:
        value = float(np.float64(mistake.value))
        if np.isfinite(value):
            for interval in accepted.intervals(value, field.tolerance):
                yield _answer(0, *interval, mistake.sentence)


def _answer(percent: int, value: Decimal, reach: Decimal, told: str) -> str:
    number = f"{accepted.written(value)}:{accepted.written(reach)}"
    return f"=%{percent}%{number}#{html(as_html(told))}"


def html(text: str) -> str:
    """HTML on one line; lines of code keep their breaks."""
    parts = re.split(r"(<pre>.*?</pre>)", text, flags=re.DOTALL)
    joined = [
        part.replace("\n", "<br>") if part.startswith("<pre>") else BREAK.sub(" ", part)
        for part in parts
    ]
    return escaped("".join(joined))


def escaped(text: str) -> str:
    r"""What GIFT would take for its own is escaped; ``\nabla`` is no new line."""
    return SPECIAL.sub(r"\\\1", text)
