"""What somebody hands over, read as numbers: forgiving about form, never about value.

Text is read by the rules that the pages' script also follows, and everything else is
turned into such text first, so that one set of rules judges both.
"""

from __future__ import annotations

import math
import numbers
import re
from typing import Any, NamedTuple

import numpy as np

from ce_lib.practice.sentences import Unreadable

#: What counts as a space in a typed answer.
_SPACES = re.compile("[ \t\r\n\u00a0\u2009\u202f]+")
_SUPERSCRIPTS = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
_NUMBER = re.compile(
    r"([+-]?)([0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:(?:e| ?[·*×] ?10\^?)([+-]?[0-9]+))?"
)
_UNIT = re.compile(r"(.*[^a-z]) ?(nats?|bits?)")
#: What shows that somebody typed a formula.
_FORMULA = re.compile("ln|log|exp|sqrt|pi|[√π^]")
_INFINITE = re.compile(r"([+-]?)(?:inf|infinity|∞|oo)")


class Read(NamedTuple):
    """A number as it was written: ``step`` is the unit of its last digit."""

    value: float
    step: float = 0.0
    digits: int = 99


def tidy(text: str) -> str:
    """Return the text in lower case, with plain minus signs and single spaces."""
    text = _SPACES.sub(" ", text).strip(" ").lower()
    return text.replace("−", "-").replace("–", "-").translate(_SUPERSCRIPTS)


def number(text: str, unit: str = "", probability: bool = False) -> Read:
    """Read one number: 0.25, 0,25, 1/4, 2.5e-1, 25 % (a probability), inf.

    Raises
    ------
    Unreadable
        With a sentence for the one who wrote it.
    """
    text = re.sub("^[=≈~] ?", "", tidy(text))
    if match := _UNIT.fullmatch(text):
        text, given = match[1].strip(" "), match[2].rstrip("s") + "s"
        if unit in ("nats", "bits") and given != unit:
            raise Unreadable("unit", unit=unit)
    shift = 0
    if text.endswith("%"):
        if not probability:
            raise Unreadable("percent")
        text, shift = text[:-1].strip(" "), -2
    text = re.sub("^([+-]) ", r"\1", text)
    if text in ("nan", "+nan", "-nan"):
        raise Unreadable("nan")
    if match := _INFINITE.fullmatch(text):
        return Read(-math.inf if match[1] == "-" else math.inf)
    above, slash, below = text.partition("/")
    if slash:
        top, bottom = _decimal(above.strip(" "), shift), _decimal(below.strip(" "), 0)
        if bottom.value == 0:
            raise Unreadable("zero")
        return Read(top.value / bottom.value)
    return _decimal(text, shift)


def _decimal(text: str, shift: int) -> Read:
    match = _NUMBER.fullmatch(text)
    if not match or len(match[3] or "") > 5:
        raise Unreadable("formula" if _FORMULA.search(text) else "unreadable")
    whole, _, decimals = match[2].replace(",", ".").partition(".")
    exponent = int(match[3] or 0) + shift
    value = float(f"{match[1]}{whole or 0}.{decimals or 0}e{exponent}")
    if math.isinf(value):
        raise Unreadable("huge")
    step = float(f"1e{exponent - len(decimals)}")
    return Read(value, step, len((whole + decimals).lstrip("0")))


def several(text: str, unit: str = "", probability: bool = False) -> list[Read]:
    """Read several numbers, between spaces, commas or semicolons, with or without brackets."""
    text = re.sub(r"[()\[\]{}]|array|tensor|, ?dtype=.*", " ", tidy(text))
    text = _SPACES.sub(" ", text).strip(" ")
    apart = text.split(", ")
    if ";" in text:
        tokens = text.split(";")
    elif (
        "." not in text
        and all(part.count(",") <= 1 for part in apart)
        and len(apart) > 1
    ):
        tokens = apart  # a comma that no space follows is a decimal comma
    elif re.search(", |[.].*,|,.*[.]", text) or " " not in text:
        tokens = text.split(",")
    else:
        tokens = text.split(" ")
    found = [token.strip(" ") for token in tokens]
    return [number(token, unit, probability) for token in found if token]


def is_blank(answer: Any) -> bool:
    """Whether nothing was handed over yet."""
    if answer is None or answer is Ellipsis or answer is NotImplemented:
        return True
    if isinstance(answer, str):
        return tidy(answer) in ("", "...", "…", "?")
    return isinstance(answer, list | tuple | dict | set) and len(answer) == 0


def as_text(answer: Any) -> str | list[str]:
    """Turn a Python object into the text that a page's reader would have typed.

    A string stays, a number is written with all its digits, anything that holds several
    numbers becomes a list.
    """
    if isinstance(answer, str):
        return answer
    if isinstance(answer, bool | np.bool_):
        raise Unreadable("boolean")
    if isinstance(answer, bytes | dict | set | frozenset):
        raise Unreadable("object")
    if hasattr(answer, "detach"):  # a tensor that remembers its history
        answer = answer.detach()
    if callable(answer):
        raise Unreadable("function")
    if isinstance(answer, list | tuple):
        texts: list[str] = []
        for part in answer:
            text = as_text(part)
            texts += [text] if isinstance(text, str) else text
        return texts
    if isinstance(answer, numbers.Real):  # fractions and long whole numbers, too
        try:
            return repr(float(answer))
        except OverflowError:
            raise Unreadable("huge") from None
    try:
        array = np.asarray(answer)
    except Exception:
        raise Unreadable("object") from None
    if array.dtype.kind == "c":
        raise Unreadable("complex")
    if array.dtype.kind == "b":
        raise Unreadable("boolean")
    if array.dtype.kind not in "iuf":
        raise Unreadable("object")
    if array.ndim == 0:
        return repr(float(array))
    return [repr(float(entry)) for entry in array.reshape(-1)]
