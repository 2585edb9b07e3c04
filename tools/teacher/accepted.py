"""Which plain decimal numbers the book's check accepts, for systems that know no digits.

The check wants every digit right that is stated, three at least, or an answer that is off by
less than the tolerance. Of plain numbers that lets two kinds pass: those within the tolerance,
and the answer itself rounded to three digits, or to four.
"""

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from ce_lib.practice.exercise import Number, Whole

#: So many digits of a value are written; its tolerance is far coarser.
EXACT = Context(prec=12)

#: So many are shown to who asks for the right answer.
SHOWN = Context(prec=6)

#: With fewer digits a number is too coarse; rounded to more, it is within the tolerance.
ROUNDED = (3, 4)

Interval = tuple[Decimal, Decimal]  # a number, and how far one may be from it


def right(field: Number) -> Iterator[Interval]:
    """The intervals of what is right, first the one to be shown.

    Raises
    ------
    ValueError
        If a whole number is so large that the check lets its neighbours pass.
    """
    if isinstance(field, Whole):
        answer = Decimal(round(field.answer))
        if abs(answer) * Decimal(str(field.tolerance)) >= 1:
            raise ValueError(
                f"{field.name}: {answer} is too large to be marked exactly"
            )
        yield answer, Decimal(0)
        return
    exact = EXACT.create_decimal(field.answer)
    if (shown := SHOWN.plus(exact)) != exact:
        yield shown, Decimal(0)
    yield from intervals(field.answer, field.tolerance)


def intervals(value: float, tolerance: float) -> Iterator[Interval]:
    """The intervals of what passes for a value."""
    exact = EXACT.create_decimal(value)
    reach = EXACT.multiply(abs(exact), Decimal(str(tolerance)))
    yield exact, reach
    coarse = {near for digits in ROUNDED for near in _rounded(exact, digits)}
    for number in sorted(coarse):
        if abs(number - exact) > reach:
            yield number, Decimal(0)


def _rounded(number: Decimal, digits: int) -> Iterator[Decimal]:
    """A number rounded to so many digits, both ways if it lies in the middle.

    Not beyond the point: 1230 states four digits, whatever was meant.
    """
    step = Decimal(1).scaleb(number.adjusted() - digits + 1)
    if number and step <= 1:
        for way in (ROUND_FLOOR, ROUND_CEILING):
            near = number.quantize(step, way)
            if 2 * abs(near - number) <= step:
                yield near


def written(number: Decimal) -> str:
    """A number with neither exponent nor needless zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
