"""Numbers as unevaluated sums of two floats: twice the digits, where cancelling eats them."""

from __future__ import annotations

from typing import Any, NamedTuple

from ce_lib._sums import two_sum
from ce_lib.checks import Float64


class Pair(NamedTuple):
    """The numbers high + low, of which low is at most half an ulp of high."""

    high: Float64
    low: Float64

    def plus(self, other: Pair) -> Pair:
        """Return the sum."""
        s, lost = two_sum(self.high, other.high)
        return Pair(*two_sum(s, lost + (self.low + other.low)))

    def minus(self, other: Pair) -> Pair:
        """Return the difference."""
        return self.plus(Pair(-other.high, -other.low))

    def times(self, other: Pair) -> Pair:
        """Return the product."""
        p, lost = two_product(self.high, other.high)
        return Pair(*two_sum(p, lost + (self.high * other.low + self.low * other.high)))

    def over(self, other: Pair) -> Pair:
        """Return the quotient: the rounded one, and that of what it leaves over."""
        q = self.high / other.high
        left = self.minus(other.times(Pair(q, 0.0 * q)))
        return Pair(*two_sum(q, left.high / other.high))


def two_product(a: Any, b: Any) -> tuple[Any, Any]:
    """Return a·b rounded, and the exact rounding error (Dekker), in moderate range."""
    p = a * b
    a_high, a_low = _halves(a)
    b_high, b_low = _halves(b)
    return p, ((a_high * b_high - p) + a_high * b_low + a_low * b_high) + a_low * b_low


def _halves(a: Any) -> tuple[Any, Any]:
    """Split a float into two of half the digits, whose products are exact (Veltkamp)."""
    c = 134217729.0 * a  # 2^27 + 1
    high = c - (c - a)
    return high, a - high
