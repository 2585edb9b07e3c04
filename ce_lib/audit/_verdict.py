"""When a number is right, when it has lost its digits, and when it is wrong."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ce_lib.audit.cases import Case
from ce_lib.checks import Float64

HOLDS, LOSES, WRONG = "holds", "loses digits", "wrong"


class Claim(NamedTuple):
    """What a loss says of one input, and what is right.

    An error that is small beside ``scale`` costs digits and nothing else: that is what
    rounding does to logits of that size, or to the terms of a sum.
    """

    case: Case
    got: Float64
    want: Float64
    eps: float
    scale: float = 1.0
    raised: str = ""
    given: str = ""

    def marks(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return which entries are right in half their digits, and which at all."""
        half = math.sqrt(self.eps)
        tiny = float(np.finfo(np.float64 if self.eps < 1e-10 else np.float32).tiny)
        with np.errstate(all="ignore"):
            miss = np.abs(self.got - self.want)
            same = (self.got == self.want) | (miss <= half * np.abs(self.want))
            lost = np.maximum(np.abs(self.got), np.abs(self.want)) <= tiny
            near = miss <= half * self.scale
        finite = np.isfinite(self.want)
        right = same & (finite | (self.got == self.want)) | lost
        return right, right | (near & finite)

    @property
    def verdict(self) -> str:
        """Say whether it holds, loses digits, or is wrong."""
        if self.raised or self.got.shape != self.want.shape:
            return WRONG
        right, near = self.marks()
        return HOLDS if right.all() else LOSES if near.all() else WRONG

    @property
    def at(self) -> tuple[int, ...]:
        """Where the first entry of the worst kind stands."""
        right, near = self.marks()
        bad = ~near if not near.all() else ~right
        return tuple(int(i) for i in np.argwhere(bad)[0]) if bad.any() else ()
