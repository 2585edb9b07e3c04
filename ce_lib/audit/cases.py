"""Inputs that hurt: rows of logits with their class, in families, and small batches.

The library's own accuracy is tested over the same families and stated values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ce_lib.checks import Float64, IntArray
from ce_lib.genres import LOGITS

#: A row of logits, and the index of its class.
Row = tuple[NDArray[Any], int]


class Case(NamedTuple):
    """A batch of logits (N, K) and the class (N,) of each row."""

    z: Float64
    y: IntArray

    def rows(self) -> Iterator[Case]:
        """Yield each row as a batch of its own."""
        for i in range(len(self.y)):
            yield Case(self.z[i : i + 1], self.y[i : i + 1])

    @property
    def reach(self) -> float:
        """The largest finite logit, whatever its sign."""
        return float(np.abs(self.z[np.isfinite(self.z)]).max(initial=0.0))

    @property
    def size(self) -> tuple[int, int, float]:
        """What makes a case simple to look at: few, round and small numbers."""
        return self.z.size, sum(len(f"{v:g}") for v in self.z.ravel()), self.reach


def case(z: Any, y: Any) -> Case:
    """Return a row or a batch as a case."""
    return Case(
        np.atleast_2d(np.asarray(z, dtype=np.float64)),
        np.atleast_1d(np.asarray(y, dtype=np.int64)),
    )


def margins(dtype: Any) -> list[Row]:
    """One class ahead of or behind two others by anything up to the range."""
    reach = 740 if dtype is np.float64 else 300
    return [(np.array([d, 0, 0], dtype), 0) for d in np.linspace(-reach, reach, 149)]


def random_rows(
    dtype: Any, n: int, k: int, scale: float, shift: float = 0.0, seed: int = 0
) -> list[Row]:
    """Normal logits of a scale, shifted, with any class."""
    rng = np.random.default_rng(seed)
    z = (rng.normal(size=(n, k)) * scale + shift).astype(dtype)
    return list(zip(z, rng.integers(k, size=n).tolist(), strict=True))


#: Adversarial rows of a type of floats, by what makes them so.
FAMILIES: dict[str, Callable[[Any], list[Row]]] = {
    "margins": margins,
    "ordinary": lambda d: random_rows(d, 120, 10, 3),
    "two classes": lambda d: random_rows(d, 150, 2, 8, seed=1),
    "wide": lambda d: random_rows(d, 120, 5, 30, seed=2),
    "very wide": lambda d: random_rows(d, 100, 5, 300, seed=3),
    "shifted up": lambda d: random_rows(d, 100, 4, 3, shift=1000, seed=4),
    "shifted down": lambda d: random_rows(d, 100, 4, 3, shift=-1000, seed=5),
    "log probabilities": lambda d: random_rows(d, 80, 4, 3, shift=-6, seed=6),
    "forty classes": lambda d: random_rows(d, 25, 40, 3, seed=7),
    "a thousand classes": lambda d: random_rows(d, 3, 1000, 3, seed=8),
    "many equal": lambda d: [
        (np.r_[d(top), np.full(n, 0.3, d)], 0) for top in (0, 5, 20) for n in (31, 900)
    ],
    "nearly equal": lambda d: [
        (np.array([1, 1 + 1e-6, 1 - 1e-6], d), k) for k in range(3)
    ],
    "one far below": lambda d: [
        (np.r_[np.full(39, -20.0), -95.0].astype(d), k) for k in (0, 39)
    ],
    "probable beyond the range of exp": lambda d: [
        (np.r_[np.full(n, -low), -low - reach].astype(d), k)
        for n in (2, 40)
        for low, reach in ((50, 700), (30, 80), (0.1, 87))
        for k in (0, n)
    ],
    "huge": lambda d: [(np.array([1e30, 1e30 - 1e23, -1e30], d), k) for k in range(2)],
}

#: Logits, class and loss. Recipe: mpmath.mp.dps = 50; log1p(2*exp(-100)),
#: log1p(2*exp(-30)), log1p(exp(-40)), log1p(exp(-1000) + exp(-2000)) underflows,
#: 1000 + log1p(exp(-1000)).
STATED: list[tuple[list[float], int, float]] = [
    ([100, 0, 0], 0, 7.440151952041672e-44),
    ([30, 0, 0], 0, 1.8715245937678598e-13),
    ([0, -40], 0, 4.248354255291589e-18),
    ([0, -1000, -2000], 0, 0.0),
    ([0, 1000], 0, 1000.0),
    ([1000, 1001, 999], 0, 1.4076059644443804),
    ([2.1, -0.5, -0.3, -0.1], 0, 0.2435692706177145),
]

#: Beyond these logits a loss may be right in meaning, and out of its range.
ORDINARY = 51

#: How far apart two logits stand in the ladder, one step after the other.
STEPS = (*range(51), 60, 80, 89, 100, 104, 200, 500, 710, 746, 1000, 10000)

#: The book's batch of two rows, and more like it: fewer rows than classes, or more.
BATCHES = (
    case([[2, 1, 0.5], [0.5, 2.5, 1]], [0, 1]),
    case([[1, 0, -1], [0, 0, 2]], [2, 1]),
    case([[0, 1, 3], [2, 0, 0]], [2, 0]),
    case([[3, 1, 0, -2], [0, 1, 2, 3], [0.5, -1, 4, 0]], [1, 3, 2]),
    case([[1, 0], [0, 2], [3, -1]], [0, 0, 1]),
)


def of_small_numbers() -> Iterator[Case]:
    """Yield rows that are easy to look at: the book's, and a ladder of two logits."""
    for z in ([2, 1, 0.5], [0.5, 2.5, 1], LOGITS):
        for y in range(len(z)):
            yield case(z, y)
    for d in STEPS:
        for y in (0, 1):
            yield case([d, 0], y)
            yield case([0, d], y)
    for z, y, _ in STATED:
        yield case(z, y)


@cache
def rows(dtype: str) -> tuple[Case, ...]:
    """Return every row there is to ask about, as batches of one."""
    floats, chosen = np.dtype(dtype).type, list(of_small_numbers())
    hurting = [case(z, y) for family in FAMILIES.values() for z, y in family(floats)]
    return tuple(sorted(chosen + hurting, key=lambda c: c.size))
