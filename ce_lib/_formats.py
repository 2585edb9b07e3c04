"""The number formats that losses are computed in."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """A binary format: significant bits, and the exponent of its largest numbers."""

    bits: int
    emax: int

    @property
    def largest(self) -> float:
        return math.ldexp(2 - 2.0 ** (1 - self.bits), self.emax)

    @property
    def smallest_normal(self) -> float:
        return math.ldexp(1, 1 - self.emax)

    @property
    def overflow_above(self) -> float:
        """The z from which exp z is too large."""
        return math.log(self.largest)

    @property
    def zero_below(self) -> float:
        """The z below which exp z rounds to 0: half the smallest number's logarithm."""
        return (1 - self.emax - self.bits) * math.log(2)

    @property
    def lost_beside_one(self) -> float:
        """Whatever is not larger than this vanishes when it is added to 1."""
        return 2.0**-self.bits


FORMATS = {
    "float16": Format(11, 15),
    "bfloat16": Format(8, 127),
    "float32": Format(24, 127),
    "float64": Format(53, 1023),
}
