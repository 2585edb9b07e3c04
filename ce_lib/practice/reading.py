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

from ce_lib.practice import formula
from ce_lib.practice.sentences import Unreadable

#: What counts as a space in a typed answer.
_SPACES = re.compile("[ \t\r\n\u00a0\u2009\u202f]+")
_RAISED = re.compile("(?<=[0-9a-zπ)\\]}])\\^?([⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_SUPERSCRIPTS = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
_NUMBER = re.compile(
    r"([+-]?)([0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:(?:e| ?[·*×] ?10\^)([+-]?[0-9]+))?"
)
_UNIT = re.compile(r"(.*[^a-z]) ?(nats?|bits?)")
#: What tells a closed form from numbers in a list, where brackets mean nothing.
_FORM = re.compile(
    r"ln|log|exp|sqrt|pi|[π√^*·×⋅¼-¾⅐-⅞]|[)\]}] ?[-+/÷%e]|[-+/÷] ?[(\[{]"
)
#: What stands for a group in brackets while a text is taken apart.
_GROUP = "\0"
#: The most characters that are looked at, of one number or of several.
LONGEST = 1000
_INFINITE = re.compile(r"([+-]?)(?:inf|infinity|∞|oo)")


class Read(NamedTuple):
    """A number as it was written: ``step`` is the unit of its last digit.

    ``form`` is the closed form that it was worked out from, if it was.
    """

    value: float
    step: float = 0.0
    digits: int = 99
    form: str = ""


def tidy(text: str) -> str:
    """Return the text in lower case, with plain signs, powers and single spaces."""
    text = _SPACES.sub(" ", text).strip(" ").lower()
    text = _RAISED.sub(r"^\1", text.replace("−", "-").replace("–", "-"))
    return text.translate(_SUPERSCRIPTS)


def number(text: str, unit: str = "", probability: bool = False) -> Read:
    """Read one number: 0.25, 0,25, 2.5e-1, 25 % (a probability), inf, 1/4, −ln 0.7.

    Raises
    ------
    Unreadable
        With a sentence for the one who wrote it.
    """
    if len(text) > LONGEST:
        raise Unreadable("long")
    text = re.sub("^[=≈~] ?", "", tidy(text))
    if match := _UNIT.fullmatch(text):
        text, given = match[1].strip(" "), match[2].rstrip("s") + "s"
        if unit in ("nats", "bits") and given != unit:
            raise Unreadable("unit", unit=unit)
    text = re.sub("^([+-]) ", r"\1", text)
    if text in ("nan", "+nan", "-nan"):
        raise Unreadable("nan")
    if match := _INFINITE.fullmatch(text):
        return Read(-math.inf if match[1] == "-" else math.inf)
    written = text.removesuffix("%").strip(" ")
    if (match := _NUMBER.fullmatch(written)) and len(match[3] or "") <= 5:
        if written == text:
            return _decimal(match, 0)
        if not probability:
            raise Unreadable("percent")
        return _decimal(match, -2)
    return Read(formula.value(text, probability), form=text)


def _decimal(match: re.Match[str], shift: int) -> Read:
    whole, _, decimals = match[2].replace(",", ".").partition(".")
    exponent = int(match[3] or 0) + shift
    value = float(f"{match[1]}{whole or 0}.{decimals or 0}e{exponent}")
    if math.isinf(value):
        raise Unreadable("huge")
    step = float(f"1e{exponent - len(decimals)}")
    return Read(value, step, len((whole + decimals).lstrip("0")))


def several(text: str, unit: str = "", probability: bool = False) -> list[Read]:
    """Read several numbers, between spaces, commas or semicolons, with or without brackets.

    Raises
    ------
    Unreadable
        As `number`; and if spaces do not tell where one closed form ends.
    """
    if len(text) > LONGEST:
        raise Unreadable("long")
    text = re.sub(r"array|tensor|, ?dtype=.*|\0", " ", tidy(text)).strip(" ")
    if not _FORM.search(text):
        tokens = _apart(_SPACES.sub(" ", re.sub(r"[()\[\]{}]", " ", text)).strip(" "))
        return [number(token, unit, probability) for token in tokens]
    bare, groups = _without_groups(text)
    while bare == _GROUP:  # brackets around it all
        bare, groups = _without_groups(groups[0][1:-1].strip(" "))
    tokens = [re.sub(_GROUP, lambda _: groups.pop(0), one) for one in _apart(bare)]
    try:
        return [number(token, unit, probability) for token in tokens]
    except Unreadable as problem:
        if problem.what == "unfinished" and not re.search("[;,]", bare):
            raise Unreadable("separate") from None
        raise


def _apart(text: str) -> list[str]:
    parts = text.split(", ")
    if ";" in text:
        tokens = text.split(";")
    elif (
        "." not in text
        and all(part.count(",") <= 1 for part in parts)
        and len(parts) > 1
    ):
        tokens = parts  # a comma that no space follows is a decimal comma
    elif re.search(",[^0-9]|[.].*,|,.*[.]", text) or " " not in text:
        tokens = text.split(",")
    else:
        tokens = text.split(" ")
    found = [token.strip(" ") for token in tokens]
    return [token for token in found if token]


def _without_groups(text: str) -> tuple[str, list[str]]:
    """Return the text with a mark for everything in outer brackets, and all that."""
    bare, groups, depth = "", [""], 0
    for c in text:
        depth += c in "([{"
        if depth > 0:
            groups[-1] += c
        else:
            bare += c
        if c in ")]}" and depth > 0:
            depth -= 1
            if depth == 0:
                bare += _GROUP
                groups.append("")
    return bare + groups[-1], groups[:-1]


def is_blank(answer: Any) -> bool:
    """Whether nothing was handed over yet."""
    try:
        return _is_blank(answer)
    except Exception:  # what an object does when it is looked at is its own
        return False


def _is_blank(answer: Any) -> bool:
    if answer is None or answer is Ellipsis or answer is NotImplemented:
        return True
    if isinstance(answer, str):
        return tidy(answer) in ("", "...", "…", "?")
    return isinstance(answer, list | tuple | dict | set) and len(answer) == 0


def detached(value: Any) -> Any:
    """Return tensors, in a list or tuple or alone, without the history they remember."""
    if isinstance(value, list | tuple):
        return [detached(part) for part in value]
    return value.detach() if hasattr(value, "detach") else value


def as_text(answer: Any) -> str | list[str]:
    """Turn a Python object into the text that a page's reader would have typed.

    A string stays, a number is written with all its digits, anything that holds several
    numbers becomes a list.

    Raises
    ------
    Unreadable
        With a sentence for the one who wrote it, whatever the object does when looked at.
    """
    try:
        return _as_text(answer)
    except Unreadable:
        raise
    except Exception:
        raise Unreadable("object") from None


def _as_text(answer: Any) -> str | list[str]:
    if isinstance(answer, str):
        return answer
    if isinstance(answer, bool | np.bool_):
        raise Unreadable("boolean")
    if isinstance(answer, bytes | dict | set | frozenset):
        raise Unreadable("object")
    if callable(answer):
        raise Unreadable("function")
    if isinstance(answer, list | tuple):
        texts: list[str] = []
        for part in answer:
            text = _as_text(part)
            texts += [text] if isinstance(text, str) else text
        return texts
    if isinstance(answer, numbers.Real):  # fractions and long whole numbers, too
        try:
            return repr(float(answer))
        except OverflowError:
            raise Unreadable("huge") from None
    array = np.asarray(detached(answer))
    if array.dtype.kind == "c":
        raise Unreadable("complex")
    if array.dtype.kind == "b":
        raise Unreadable("boolean")
    if array.dtype.kind not in "iuf":
        raise Unreadable("object")
    if array.ndim == 0:
        return repr(float(array))
    return [repr(float(entry)) for entry in array.reshape(-1)]
