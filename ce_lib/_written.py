"""How numbers are written for a reader. Mirrors ``web/ui/format.js``.

``tests/web/formats.json`` holds both to the same cases. Ties round away from 0, as in
JavaScript; Python's own formatting rounds them to even.
"""

import math
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
#: Five digits or more before the point.
_LONG = re.compile(r"(?<![\d.])\d{5,}")


def shown(value: float | str, digits: int = 4) -> str:
    """Write a number in ``digits`` significant digits, below 0.1 in one fewer.

    So it ends where its neighbours do. With a real minus sign, ∞ for infinity, and beyond
    10⁶ or below 10⁻⁴ a power of ten behind one digit fewer. Words stay as they are.
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
            f"{number.scaleb(-power):.{digits - 2}f}·10{str(power).translate(RAISED)}"
        )
    else:
        kept = _kept(value, digits)
        decimals = kept - 1 - _rounded(value, kept).adjusted()
        # Where more digits stand before the point, all of them are kept.
        text = grouped(f"{_to_decimals(value, max(0, decimals)):f}")
    return text.replace("-", "−")


def signed(value: float, digits: int = 3) -> str:
    """Write the same with an explicit plus, for what pushes in a direction."""
    return f"+{shown(value, digits)}" if value > 0 else shown(value, digits)


def plain(value: float | str, digits: int = 6) -> str:
    """Write the same without zeros at the end, for what was chosen, not computed."""
    number, *power = shown(value, digits).split("·")
    bare = number.rstrip("0").rstrip(".") if "." in number else number
    return "·".join([bare, *power])


def exact(value: float | str, slack: float = 0.0) -> str:
    """Write an exact 0.6 as "0.6", and one with something behind it as "0.6000"."""
    if isinstance(value, str) or math.isinf(value):
        return shown(value)
    written = float(_rounded(value, _kept(value, 4)))
    everything = abs(written - value) <= slack * abs(value)
    return plain(value, 4) if everything else shown(value)


def computed(value: float | str) -> str:
    """Write the same of what was computed: what adding leaves behind a 0.6 is nothing."""
    return exact(value, 1e-12)


def percent(value: float) -> str:
    """Write a probability as a percentage, and a tiny one as "1 in 1,000,000"."""
    if 0 < value < 1e-4 and (times := 1 / value) < math.inf:
        whole = _rounded(times, 3)
        return (
            f"1 in {grouped(f'{whole:f}') if whole < 1e9 else plain(float(whole), 4)}"
        )
    return f"{plain(100 * value, 3)} %"


def grouped(text: str) -> str:
    """Part the thousands of what has five digits or more: 50,257, but 1000."""
    return _LONG.sub(lambda digits: f"{int(digits[0]):,}", text)


#: The forms a quantity can ask for.
FORMS: dict[str, Callable[..., str]] = {
    "shown": shown,
    "signed": signed,
    "plain": plain,
    "exact": exact,
    "computed": computed,
    "percent": percent,
}


def _kept(value: float, digits: int) -> int:
    return digits - 1 if abs(value) < 0.1 else digits


def _rounded(value: float, digits: int) -> Decimal:
    """The value to so many significant digits, ties away from 0."""
    return Context(digits, ROUND_HALF_UP).create_decimal(Decimal(value))


def _to_decimals(value: float, decimals: int) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
