"""A closed form, such as ½ ln(2πe), worked out: one small grammar, read left to right.

::

    total    = [sign] share {sign share}
    share    = product ["%"]
    product  = power {("·" | "/") [sign] power | power}
    power    = atom ["^" [sign] power]
    atom     = number | fraction | "π" | "e" | call | "(" total ")"
    call     = ("ln" | "log2" | "log10" | "exp" | "√") argument
    argument = "(" total ")" | [sign] power {"π" | "e"}    (of √: an atom)

What people read in two ways, such as 1/2π or ln 7/2, is refused with a sentence. The
pages' script (web/practice/formula.js) follows the same steps in the same order.
"""

from __future__ import annotations

import math
import operator
import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from ce_lib.practice.sentences import Unreadable

#: The longest closed form, in characters, and how deep one may be nested.
LONGEST, DEEPEST = 200, 30

_TOKEN = re.compile(
    r"(?P<space> ?)(?:"
    r"(?P<number>(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:e[+-]?[0-9]{1,5}(?![0-9]))?)"
    r"|(?P<fraction>[¼-¾⅐-⅞])"
    r"|(?P<word>log(?:_?(?:10|2)(?![0-9.,])|₁₀|₂)|[a-z]+|[π√])"
    r"|(?P<sign>[+-])"
    r"|(?P<symbol>\*\*|[*·×⋅/÷^%()\[\]{}]))"
)
_TIMES = ("*", "·", "×", "⋅")
_OVER = ("/", "÷")
_POWER = ("^", "**")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_CONSTANTS = {"π": math.pi, "pi": math.pi, "e": math.e}
_ROOTS = ("√", "sqrt")
_LOGARITHMS = {
    "ln": math.log,
    "log2": math.log2,
    "log_2": math.log2,
    "log₂": math.log2,
    "log10": math.log10,
    "log_10": math.log10,
    "log₁₀": math.log10,
}
_FUNCTIONS: dict[str, Callable[[float], float]] = {
    **_LOGARITHMS,
    **dict.fromkeys(_ROOTS, math.sqrt),
    "exp": math.exp,
}

#: How far a call or a power reaches that has no brackets around its argument.
_CLOSED, _TIGHT, _LOOSE = range(3)


class Token(NamedTuple):
    """A piece of what was written; ``spaced`` tells of a space before it."""

    kind: str
    text: str
    spaced: bool


def value(text: str, percent: bool = False) -> float:
    """Work out a closed form in tidy text (see `reading.tidy`).

    Parameters
    ----------
    text : str
        Such as ``"-ln(7/2)"``.
    percent : bool, default False
        Whether the answer itself may end in a percent sign.

    Returns
    -------
    float
        Infinite where a logarithm of 0 makes it so, and never NaN.

    Raises
    ------
    Unreadable
        With a sentence for the one who wrote it.

    Examples
    --------
    >>> value("1/sqrt(2 pi e)")
    0.24197072451914337
    """
    if len(text) > LONGEST:
        raise Unreadable("long")
    if not text:
        raise Unreadable("unreadable")
    return _Form(text, percent).value()


def _tokens(text: str) -> list[Token]:
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            raise Unreadable("unreadable")
        kind = match.lastgroup
        assert kind
        found.append(Token(kind, match[kind], match["space"] != ""))
        at = match.end()
    return found


class _Form:
    """One closed form, and how far it has been read."""

    def __init__(self, text: str, percent: bool) -> None:
        self.text, self.percent = text, percent
        self.tokens = _tokens(text)
        self.at = self.depth = self.brackets = 0

    def value(self) -> float:
        found = self.total()
        if left := self.next():
            closes = left.text in _CLOSING.values()
            raise Unreadable("bracket" if closes else "unreadable")
        return found

    def next(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, *texts: str) -> bool:
        """Step over the next token if it is one of these."""
        token = self.next()
        found = token is not None and token.text in texts
        self.at += found
        return found

    def sign(self) -> float:
        if self.take("-"):
            return -1.0
        self.take("+")
        return 1.0

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("long")

    def total(self) -> float:
        sign = self.sign()
        found = sign * self.share()
        while (token := self.next()) and token.kind == "sign":
            after = self.tokens[self.at + 1 : self.at + 2]
            if token.spaced and after and not after[0].spaced:
                raise Unreadable("two ways")  # "1 -2" may be two numbers
            sign = self.sign()
            found = _worked(operator.add, found, sign * self.share())
        return found

    def share(self) -> float:
        found, reach = self.product()
        if not self.take("%"):
            return found
        if reach == _LOOSE:
            raise Unreadable("two ways")
        if not (self.percent or self.brackets):
            raise Unreadable("percent")
        return found / 100

    def product(self) -> tuple[float, int]:
        found, reach = self.power()
        divided = False
        while token := self.next():
            if token.text in (*_TIMES, *_OVER):
                self.at += 1
                if reach == _LOOSE and not self.calls():
                    raise Unreadable("two ways")  # ln 7/2
                sign = self.sign()
                factor, reach = self.power()
                if token.text in _TIMES:
                    found = _worked(operator.mul, found, sign * factor)
                elif factor == 0:
                    raise Unreadable("zero")
                else:
                    divided = True
                    found = _worked(operator.truediv, found, sign * factor)
            elif token.kind == "word" or token.text == "(":
                if divided or reach == _LOOSE or (reach == _TIGHT and not self.calls()):
                    raise Unreadable("two ways")  # 1/2π, ln 2(3), √2π
                factor, reach = self.power()
                found = _worked(operator.mul, found, factor)
            else:
                break
        return found, reach

    def power(self) -> tuple[float, int]:
        self.deeper()
        found, reach = self.atom()
        if (token := self.next()) and token.text in _POWER:
            if reach == _TIGHT:
                raise Unreadable("two ways")  # √2^3
            self.at += 1
            sign = self.sign()
            bare = (after := self.next()) is not None and after.text not in _CLOSING
            exponent, reach = self.power()
            found = _worked(_to_the, found, sign * exponent)
            reach = max(reach, _TIGHT if bare else _CLOSED)
        self.depth -= 1
        return found, reach

    def atom(self) -> tuple[float, int]:
        token = self.next()
        if token is None:
            raise Unreadable("unfinished", before=self.text)
        if token.text in _CLOSING:
            return self.bracketed(), _CLOSED
        self.at += 1
        if token.kind == "number":
            return _finite(float(token.text.replace(",", "."))), _CLOSED
        if token.kind == "fraction":
            top, bottom = unicodedata.normalize("NFKC", token.text).split("⁄")
            return float(top) / float(bottom), _CLOSED
        if token.kind != "word":
            raise Unreadable("unreadable")
        if token.text in _CONSTANTS:
            return _CONSTANTS[token.text], _CLOSED
        return self.call(token.text)

    def bracketed(self) -> float:
        token = self.next()
        assert token
        self.at += 1
        self.brackets += 1
        found = self.total()
        if (after := self.next()) and after.text not in _CLOSING.values():
            raise Unreadable("unreadable")
        if not self.take(_CLOSING[token.text]):
            raise Unreadable("bracket")
        self.brackets -= 1
        return found

    def call(self, name: str) -> tuple[float, int]:
        if name == "log":
            raise Unreadable("log")
        if name not in _FUNCTIONS:
            raise Unreadable("unknown", word=name)
        if (token := self.next()) and token.text in _CLOSING:
            return _applied(name, self.bracketed()), _CLOSED
        self.deeper()
        if name in _ROOTS:
            argument, reach = self.atom()
            reach = max(reach, _TIGHT)
        else:
            argument, reach = self.argument(), _LOOSE
        self.depth -= 1
        return _applied(name, argument), reach

    def argument(self) -> float:
        sign = self.sign()
        found, reach = self.power()
        while (token := self.next()) and token.text in _CONSTANTS:  # ln 2πe
            if reach != _CLOSED:
                raise Unreadable("two ways")  # ln √2π
            factor, reach = self.power()
            found = _worked(operator.mul, found, factor)
        return sign * found

    def calls(self) -> bool:
        """Whether a function's name comes next, so that nothing before it reaches over it."""
        token = self.next()
        return bool(token and token.text in _FUNCTIONS and token.text not in _ROOTS)


def _applied(name: str, given: float) -> float:
    if name != "exp" and given < 0:
        raise Unreadable("negative")
    if name in _LOGARITHMS and given == 0:
        return -math.inf
    return _worked(_FUNCTIONS[name], given)


def _worked(function: Callable[..., float], *given: float) -> float:
    """Return the function of what is given: ∞ only where ∞ was, and never NaN."""
    try:
        found = function(*given)
    except OverflowError:
        raise Unreadable("huge") from None
    if math.isnan(found):
        raise Unreadable("nan")
    return _finite(found) if all(map(math.isfinite, given)) else found


def _finite(found: float) -> float:
    if math.isinf(found):
        raise Unreadable("huge")
    return found


def _to_the(base: float, exponent: float) -> float:
    if math.isinf(base) or math.isinf(exponent):
        raise Unreadable("nan")
    if base == 0 and exponent < 0:
        raise Unreadable("zero")
    if base < 0 and exponent != math.floor(exponent):
        raise Unreadable("negative")
    return math.pow(base, exponent)
