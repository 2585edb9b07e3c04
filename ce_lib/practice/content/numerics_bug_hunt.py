"""Lab 3: the numerics bug hunt. The other functions to mend belong to the chapters."""

from __future__ import annotations

import numpy as np

from ce_lib.information import cross_entropy
from ce_lib.practice import properties, shrink
from ce_lib.practice.code import Args, CodeExercise
from ce_lib.practice.exercise import Choice, Exercise, Mistake, Option, Whole


def _largest_exponent(dtype: type[np.floating]) -> int:
    """Return the largest whole d with a finite exp(d)."""
    d = np.arange(1, 2000).astype(dtype)
    with np.errstate(over="ignore"):
        return int(np.isfinite(np.exp(d)).sum())


def _first_lost(dtype: type[np.floating]) -> int:
    """Return the smallest whole d with 1 + exp(−d) == 1."""
    d = np.arange(1, 2000).astype(dtype)
    return 1 + int(np.argmax(dtype(1) + np.exp(-d) == dtype(1)))


_LARGEST, _LOST = _largest_exponent(np.float64), _first_lost(np.float64)

EXERCISES = (
    Exercise(
        id="lab-limits",
        prompt="Where the numbers end, in NumPy's own format.",
        fields=(
            Whole(
                name="largest",
                label="the largest whole d for which exp(d) is finite",
                answer=_LARGEST,
                mistakes=(
                    Mistake(
                        "one too far", _LARGEST + 1, "That is the first that overflows."
                    ),
                    Mistake(
                        "single precision",
                        _largest_exponent(np.float32),
                        "That is the end of float32. NumPy's own format is float64.",
                    ),
                    Mistake(
                        "power of ten",
                        308,
                        "Ten to that power is nearly the largest number. The base is e.",
                    ),
                ),
            ),
            Whole(
                name="lost",
                label="the smallest whole d for which 1 + exp(-d) == 1",
                answer=_LOST,
                mistakes=(
                    Mistake(
                        "one too early",
                        _LOST - 1,
                        "There the sum still differs from 1.",
                    ),
                    Mistake(
                        "single precision",
                        _first_lost(np.float32),
                        "That is where float32 loses it. NumPy's own format is float64.",
                    ),
                    Mistake(
                        "power of two",
                        53,
                        "That many halvings are lost. The base is e.",
                    ),
                    Mistake(
                        "underflow",
                        746,
                        "There exp(-d) itself becomes 0. The sum loses it much earlier.",
                    ),
                ),
            ),
        ),
        hints=(
            "Let a loop count up until the question is answered.",
            "np.isfinite(np.exp(float(d))) answers the first question for one d.",
        ),
    ),
    Exercise(
        id="lab-silent",
        prompt="Which of the seven bugs never show a warning, a NaN or a ∞?",
        fields=(
            Choice(
                name="bugs",
                label="The silent ones are",
                answer="b",
                options=(
                    Option(
                        "a",
                        "1, 2 and 4",
                        "Those shout: NumPy warned, and nan or inf was printed.",
                    ),
                    Option(
                        "b",
                        "3, 5 and 6",
                        "Right. A ceiling, a wrong factor and lost digits all look like "
                        "results.",
                    ),
                    Option(
                        "c",
                        "2 and 7",
                        "Both take the logarithm of 0, and NumPy says so.",
                    ),
                    Option("d", "none", "Run bug 5 again. Did anything complain?"),
                ),
            ),
        ),
        hints=("Run the seven originals again on the inputs their reports showed.",),
    ),
)


def _two_distributions(rng: np.random.Generator) -> Args:
    """Draw P and Q; Q may be very small somewhere, and P may be 0 there."""
    p, q = rng.dirichlet(np.ones(int(rng.integers(2, 5))), 2)
    tiny = 10.0 ** -int(rng.integers(10, 40))
    k = int(np.argmin(q))
    q = np.where(np.arange(len(q)) == k, tiny, q * (1 - tiny) / (1 - q[k]))
    if rng.random() < 0.3:
        p = np.where(p == p.min(), 0, p) / (1 - p.min())
    return p, q


FUNCTIONS = (
    CodeExercise(
        id="lab-no-ceiling",
        prompt="cross_entropy(p, q) in nats of distributions (K,); entries may be 0 or tiny.",
        call="cross_entropy",
        reference=cross_entropy,
        chosen=(
            (np.array([0.5, 0.5]), np.array([0.5, 0.5])),
            (np.array([1.0, 0.0]), np.array([1e-20, 1.0])),
            (np.array([1.0, 0.0]), np.array([0.0, 1.0])),
            (np.array([1.0, 0.0]), np.array([1.0, 0.0])),
            (np.array([0.7, 0.3, 0.0]), np.array([0.5, 0.5, 0.0])),
        ),
        random=_two_distributions,
        simpler=shrink.distributions,
        properties=properties.COMMON,
        hints=(
            "What does the truth cost if q calls it impossible?",
            "Leave out the entries with p = 0; they never happen, whatever q says.",
            "If one of the others has q = 0, return np.inf; otherwise nothing needs a clip.",
        ),
    ),
)
