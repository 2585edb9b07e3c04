"""The kinds of state an explorer can have, each a traitlet that explains itself.

Every kind knows how to validate a value (with a sentence when it is wrong) and how
to describe itself as JSON, so that the JavaScript side checks links by the same
rules (see ``specs.json``).
"""

import math
from collections.abc import Iterable
from numbers import Integral, Real
from typing import Any

from traitlets import TraitError, TraitType

#: How far the sum of a distribution may be from 1: room for decimal rounding in
#: sixteen-digit links, not for a distribution that was typed wrong.
SUM_TOLERANCE = 1e-9


class StateError(TraitError, ValueError):
    """An explorer was given a state it cannot show; the message says which and why."""


class Field(TraitType[Any, Any]):
    """One part of an explorer's state: a synchronised trait with a JSON description."""

    kind = "field"

    def __init__(self, default: Any, **options: Any) -> None:
        super().__init__(default_value=default)
        self.options = options
        self.tag(sync=True)

    def spec(self) -> dict[str, Any]:
        """Describe this field for the JavaScript side."""
        return {"kind": self.kind, "default": self.default_value, **self.options}

    def wrong(self, expected: str, got: Any) -> StateError:
        return StateError(f"{self.name}: expected {expected}, got {got!r}")

    def validate(self, obj: Any, value: Any) -> Any:
        return self.checked(value)

    def checked(self, value: Any) -> Any:
        """Return the value in its normal form, or raise a `StateError`."""
        raise NotImplementedError

    def _number(
        self, value: Any, low: float, high: float, what: str = "a number"
    ) -> float:
        expected = f"{what} from {low:g} to {high:g}"
        if isinstance(value, bool) or not isinstance(value, Real):
            raise self.wrong(expected, value)
        number = float(value)
        if not low <= number <= high:  # NaN fails this too
            raise self.wrong(expected, value)
        return number


class Number(Field):
    """A finite number between ``low`` and ``high``, both included."""

    kind = "number"

    def __init__(self, default: float, *, low: float, high: float) -> None:
        super().__init__(float(default), low=low, high=high)

    def checked(self, value: Any) -> float:
        return self._number(value, self.options["low"], self.options["high"])


class Whole(Field):
    """A whole number between ``low`` and ``high``, both included."""

    kind = "whole"

    def __init__(self, default: int, *, low: int, high: int) -> None:
        super().__init__(int(default), low=low, high=high)

    def checked(self, value: Any) -> int:
        low, high = self.options["low"], self.options["high"]
        expected = f"a whole number from {low} to {high}"
        if isinstance(value, bool) or not isinstance(value, Integral | float):
            raise self.wrong(expected, value)
        if not math.isfinite(value) or value != int(value) or not low <= value <= high:
            raise self.wrong(expected, value)
        return int(value)


class Flag(Field):
    """True or false."""

    kind = "flag"

    def __init__(self, default: bool) -> None:
        super().__init__(bool(default))

    def checked(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self.wrong("True or False", value)
        return value


class Choice(Field):
    """One of a few named options; the first is the default."""

    kind = "choice"

    def __init__(self, *names: str) -> None:
        super().__init__(names[0], names=list(names))

    def checked(self, value: Any) -> str:
        if value not in self.options["names"]:
            expected = "one of " + ", ".join(map(repr, self.options["names"]))
            raise self.wrong(expected, value)
        return str(value)


class Text(Field):
    """Text of certain ``symbols``, from one of them to ``longest``."""

    kind = "text"

    def __init__(self, default: str, *, symbols: str, longest: int) -> None:
        super().__init__(default, symbols=symbols, longest=longest)

    def checked(self, value: Any) -> str:
        symbols, longest = self.options["symbols"], self.options["longest"]
        expected = f"1 to {longest} of the symbols {symbols!r}"
        if not isinstance(value, str) or not 1 <= len(value) <= longest:
            raise self.wrong(expected, value)
        if not set(value) <= set(symbols):
            raise self.wrong(expected, value)
        return value


class Vector(Field):
    """Finite numbers between ``low`` and ``high``; ``shortest`` to ``longest`` of them.

    The value is a tuple: changing one entry in place could not be noticed, so it is
    not possible. Assign a new sequence instead.
    """

    kind = "vector"

    def __init__(
        self,
        default: Iterable[float],
        *,
        low: float,
        high: float,
        shortest: int,
        longest: int,
    ) -> None:
        values = tuple(float(value) for value in default)
        super().__init__(values, low=low, high=high, shortest=shortest, longest=longest)

    def checked(self, value: Any) -> tuple[float, ...]:
        shortest, longest = self.options["shortest"], self.options["longest"]
        if shortest == longest:
            expected = f"{shortest} numbers"
        else:
            expected = f"{shortest} to {longest} numbers"
        if isinstance(value, str | bytes | dict) or not isinstance(value, Iterable):
            raise self.wrong(expected, value)
        values = list(value)
        if not shortest <= len(values) <= longest:
            raise self.wrong(expected, value)
        return tuple(
            self._number(entry, self.options["low"], self.options["high"], "numbers")
            for entry in values
        )


class Wholes(Vector):
    """Whole numbers between ``low`` and ``high``; ``shortest`` to ``longest`` of them."""

    kind = "wholes"

    def __init__(
        self,
        default: Iterable[int],
        *,
        low: int,
        high: int,
        shortest: int,
        longest: int,
    ) -> None:
        super().__init__(
            default, low=low, high=high, shortest=shortest, longest=longest
        )
        self.default_value = tuple(int(value) for value in self.default_value)

    def checked(self, value: Any) -> tuple[int, ...]:
        values = super().checked(value)
        if any(entry != int(entry) for entry in values):
            raise self.wrong("whole numbers", value)
        return tuple(int(entry) for entry in values)


class Distribution(Vector):
    """Probabilities that sum to 1. They are never renormalised for you."""

    kind = "distribution"

    def __init__(
        self, default: Iterable[float], *, shortest: int, longest: int
    ) -> None:
        super().__init__(default, low=0, high=1, shortest=shortest, longest=longest)

    def checked(self, value: Any) -> tuple[float, ...]:
        values = super().checked(value)
        total = math.fsum(values)
        if abs(total - 1) > SUM_TOLERANCE:
            raise self.wrong(
                f"probabilities that sum to 1 (these sum to {total:g})", value
            )
        return values
