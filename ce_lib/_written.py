"""How numbers are written for a reader. Mirrors ``web/ui/format.js``.

``tests/web/formats.json`` holds both to the same cases. Ties round away from 0, as in
JavaScript; Python's own formatting rounds them to even.
"""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def shown(value: float | str, digits: int = 4) -> str:
    """Write a number in ``digits`` significant digits.

    With a real minus sign, ∞ for infinity, and beyond 10⁶ or below 10⁻⁴ a power of ten
    behind one digit fewer. Words stay as they are.
    """
    if isinstance(value, str):
        return value
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    if abs(value) >= 999_999.5 or abs(value) < 1e-4:
        number = _rounded(value, digits - 1)
        power = number.adjusted()
        text = (
            f"{number.scaleb(-power):.{digits - 2}f}·10{str(power).translate(_RAISED)}"
        )
    else:
        decimals = digits - 1 - _rounded(value, digits).adjusted()
        # Where more digits stand before the point, all of them are kept.
        text = f"{_to_decimals(value, max(0, decimals)):f}"
    return text.replace("-", "−")


def signed(value: float, digits: int = 3) -> str:
    """Write the same with an explicit plus, for what pushes in a direction."""
    return f"+{shown(value, digits)}" if value > 0 else shown(value, digits)


def plain(value: float | str, digits: int = 6) -> str:
    """Write the same without zeros at the end, for what was chosen, not computed."""
    number, *power = shown(value, digits).split("·")
    bare = number.rstrip("0").rstrip(".") if "." in number else number
    return "·".join([bare, *power])


def exact(value: float | str) -> str:
    """Write an exact 1 as "1", and a 1 with something behind it as "1.000"."""
    if isinstance(value, str) or not abs(value) < 1e4 or value % 1:
        return shown(value)
    return plain(value)


def percent(value: float) -> str:
    """Write a probability as a percentage, and a tiny one as "1 in 1,000,000"."""
    if 0 < value < 1e-4 and (times := 1 / value) < math.inf:
        whole = _rounded(times, 3)
        return f"1 in {f'{whole:,f}' if whole < 1e9 else plain(float(whole), 4)}"
    return f"{plain(100 * value, 3)} %"


#: The forms a quantity can ask for.
FORMS: dict[str, Callable[..., str]] = {
    "shown": shown,
    "signed": signed,
    "plain": plain,
    "exact": exact,
    "percent": percent,
}


def _rounded(value: float, digits: int) -> Decimal:
    """The value to so many significant digits, ties away from 0."""
    return Context(digits, ROUND_HALF_UP).create_decimal(Decimal(value))


def _to_decimals(value: float, decimals: int) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
