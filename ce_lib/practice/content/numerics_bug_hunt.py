"""The lab of the numerics bug hunt, and two functions to write for fast pairs."""

from __future__ import annotations

from typing import Any

import numpy as np

from ce_lib.information import cross_entropy, entropy, kl_divergence
from ce_lib.losses import binary_cross_entropy_with_logits, softmax_cross_entropy
from ce_lib.numerics import log_softmax, logsumexp, softmax
from ce_lib.practice import properties, shrink
from ce_lib.practice.code import Args, Task
from ce_lib.practice.define import Fields, code_exercise, exercise
from ce_lib.practice.exercise import Choice, Mistake, Option, Whole


def _largest_exponent(dtype: type[np.floating]) -> int:
    """Return the largest whole d with a finite exp(d)."""
    d = np.arange(1, 2000).astype(dtype)
    with np.errstate(over="ignore"):
        return int(np.isfinite(np.exp(d)).sum())


def _first_lost(dtype: type[np.floating]) -> int:
    """Return the smallest whole d with 1 + exp(−d) == 1."""
    d = np.arange(1, 2000).astype(dtype)
    return 1 + int(np.argmax(dtype(1) + np.exp(-d) == dtype(1)))


def _two_distributions(rng: np.random.Generator) -> Args:
    """Draw P and Q; Q may be very small somewhere, and P may be 0 there."""
    p, q = rng.dirichlet(np.ones(int(rng.integers(2, 5))), 2)
    tiny = 10.0 ** -int(rng.integers(10, 40))
    k = int(np.argmin(q))
    q = np.where(np.arange(len(q)) == k, tiny, q * (1 - tiny) / (1 - q[k]))
    if rng.random() < 0.3:
        p = np.where(p == p.min(), 0, p) / (1 - p.min())
    return p, q


_SCALES = (1.0, 10.0, 300.0)


def _random_logits(rng: np.random.Generator) -> Args:
    shape = (rng.integers(2, 5),) if rng.random() < 0.5 else rng.integers(2, 5, 2)
    return (np.round(rng.normal(size=shape) * rng.choice(_SCALES), 2),)


def _random_batch(rng: np.random.Generator) -> Args:
    N, K = rng.integers(1, 5), rng.integers(2, 5)
    z = np.round(rng.normal(size=(N, K)) * rng.choice(_SCALES), 2)
    return z, rng.integers(0, K, N)


def _random_binary(rng: np.random.Generator) -> Args:
    n = rng.integers(1, 5)
    z = np.round(rng.normal(size=n) * rng.choice(_SCALES), 2)
    return z, rng.integers(0, 2, n).astype(np.float64)


def _distribution(rng: np.random.Generator, K: int) -> np.ndarray[Any, Any]:
    p: np.ndarray[Any, Any] = rng.dirichlet(np.ones(K))
    if rng.random() < 0.3:
        p[rng.integers(K)] = 0.0
    p = np.round(p / p.sum(), 3)
    p[np.argmax(p)] += 1 - p.sum()
    return p


def _random_distribution(rng: np.random.Generator) -> Args:
    return (_distribution(rng, int(rng.integers(2, 6))),)


def _random_pair(rng: np.random.Generator) -> Args:
    K = int(rng.integers(2, 6))
    return _distribution(rng, K), _distribution(rng, K)


def _arrays(*rows: Any) -> tuple[Args, ...]:
    return tuple((np.array(row, dtype=np.float64),) for row in rows)


_HURTING = _arrays(
    [0, 0],
    [1, 2, 3],
    [1000, 0],
    [-1000, -1001],
    [1000, 1001, 999],
    [0, -800],
    [[1, 2], [3, 4]],
    [[0, 0, 0], [1000, 0, -1000]],
    [[1, 2, 3], [1, 2, 3]],
)

_BATCHES: tuple[Args, ...] = (
    (np.array([[0.0, 0.0]]), np.array([0])),
    (np.array([[1.0, 2.0, 3.0]]), np.array([0])),
    (np.array([[2.1, -0.5, -0.3, -0.1]]), np.array([0])),
    (np.array([[1.0, 2.0], [4.0, 1.0]]), np.array([1, 1])),
    (np.array([[0.0, 1000.0]]), np.array([0])),
    (np.array([[-1000.0, -1001.0]]), np.array([1])),
    (np.array([[0.0, 800.0, 0.0], [0.0, 0.0, 0.0]]), np.array([1, 2])),
)

_BINARY: tuple[Args, ...] = (
    (np.array([0.0]), np.array([1.0])),
    (np.array([0.0, 2.0]), np.array([0.0, 1.0])),
    (np.array([40.0]), np.array([0.0])),
    (np.array([-40.0]), np.array([1.0])),
    (np.array([800.0]), np.array([0.0])),
    (np.array([-800.0]), np.array([1.0])),
    (np.array([800.0, -800.0]), np.array([1.0, 0.0])),
)


@exercise(
    "Where the numbers end, in NumPy’s own format.",
    hints=(
        "Let a loop count up until the question is answered.",
        "`np.isfinite(np.exp(float(d)))` answers the first question for one `d`.",
    ),
    show="logsumexp#number-formats?logits=710,0&format=float64",
)
def lab_limits() -> Fields:
    largest, lost = _largest_exponent(np.float64), _first_lost(np.float64)
    yield Whole(
        name="largest",
        label="the largest whole d for which `exp(d)` is finite",
        answer=largest,
        mistakes=(
            Mistake("one too far", largest + 1, "That is the first that overflows."),
            Mistake(
                "single precision",
                _largest_exponent(np.float32),
                "That is the end of float32. NumPy’s own format is float64.",
            ),
            Mistake(
                "power of ten",
                308,
                "Ten to that power is nearly the largest number. The base is e.",
            ),
        ),
    )
    yield Whole(
        name="lost",
        label="the smallest whole d for which `1 + exp(-d) == 1`",
        answer=lost,
        mistakes=(
            Mistake(
                "one too early",
                lost - 1,
                "There the sum still differs from 1.",
            ),
            Mistake(
                "single precision",
                _first_lost(np.float32),
                "That is where float32 loses it. NumPy’s own format is float64.",
            ),
            Mistake(
                "power of two",
                53,
                "That many halvings are lost. The base is e.",
            ),
            Mistake(
                "underflow",
                746,
                "There `exp(-d)` itself becomes 0. The sum loses it much earlier.",
            ),
        ),
    )


@exercise(
    "Which of the seven bugs never show a warning, a NaN or a ∞?",
    hints=("Run the seven originals again on the inputs their reports showed.",),
)
def lab_silent() -> Fields:
    yield Choice(
        name="bugs",
        label="The silent ones are",
        answer="b",
        options=(
            Option(
                "a",
                "1, 2 and 4",
                "Those shout: NumPy warned, and `nan` or `inf` was printed.",
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
    )


@code_exercise(
    "`softmax(z)`: probabilities over the last axis, for `z` of shape (K,) or (N, K).",
    hints=(
        "What does exp do to 1000?",
        "Adding a constant to every logit changes no probability. Which constant helps?",
        "Subtract each row’s largest logit; sum over the last axis, and keep that axis.",
    ),
    show="logsumexp#number-formats",
)
def function_softmax() -> Task:
    return Task(
        call="softmax",
        reference=softmax,
        chosen=_HURTING,
        random=_random_logits,
        simpler=shrink.logits,
        properties=(*properties.COMMON, properties.shifted(100.0)),
    )


@code_exercise(
    "`logsumexp(z)`: ln Σ exp z over the last axis, for `z` of shape (K,) or (N, K).",
    hints=(
        "The result lies between max z and max z + ln K. What goes out of range before?",
        "Take the largest logit out of the sum, as a factor.",
        "max + ln Σ exp(z − max); put the maximum back once, after the logarithm.",
    ),
)
def function_logsumexp() -> Task:
    return Task(
        call="logsumexp",
        reference=logsumexp,
        chosen=_HURTING,
        random=_random_logits,
        simpler=shrink.logits,
        properties=properties.COMMON,
    )


@code_exercise(
    "`log_softmax(z)`: ln softmax over the last axis, for `z` of shape (K,) or (N, K).",
    hints=(
        "A probability can underflow to 0. What is the logarithm then?",
        "On paper the logarithm undoes the exponential. Let the code do so, too.",
        "`z - logsumexp(z)`, with the largest logit subtracted first.",
    ),
    show="logsumexp#number-formats?logits=800,0&target=1&format=float64&way=shifted",
)
def function_log_softmax() -> Task:
    return Task(
        call="log_softmax",
        reference=log_softmax,
        chosen=_HURTING,
        random=_random_logits,
        simpler=shrink.logits,
        properties=(*properties.COMMON, properties.shifted(100.0)),
    )


@code_exercise(
    "`log_softmax(z)` that keeps its digits when one class is nearly certain.",
    hints=(
        "1 + 4e-18 is 1. Where does your code add such a number to 1?",
        "NumPy has a function for ln(1 + x) that never forms 1 + x.",
        "For the largest class use −`log1p` of the sum of the other exponentials.",
    ),
    show="logsumexp#number-formats?logits=17,0&way=log_softmax",
)
def function_log_softmax_digits() -> Task:
    return Task(
        call="log_softmax",
        reference=log_softmax,
        chosen=(*_HURTING, *_arrays([0, -20], [0, -40], [50, 0, 0], [0, -300])),
        random=_random_logits,
        simpler=shrink.logits,
        properties=(*properties.COMMON, properties.KEEPS_DIGITS),
    )


@code_exercise(
    "`cross_entropy(z, y)`: the mean loss in nats of logits `z` (N, K), classes `y` (N,).",
    hints=(
        "Work by hand on the smallest input shown: two logits, one row.",
        "Which axis holds the classes, and which one the examples?",
        "Mean over rows of `logsumexp(z) - z[y]`; no softmax is needed.",
    ),
)
def function_cross_entropy() -> Task:
    return Task(
        call="cross_entropy",
        reference=softmax_cross_entropy,
        chosen=_BATCHES,
        random=_random_batch,
        simpler=shrink.logits_and_targets,
        properties=(*properties.COMMON, properties.shifted(100.0)),
    )


@code_exercise(
    "`bce(z, y)`: the loss of every logit `z` (N,) with answers `y` of 0 or 1.",
    hints=(
        "In floating point 1 − σ(40) is 0. Its logarithm is not what you want.",
        "Write the loss for y = 1 with one logarithm and one exponential of z.",
        "max(z, 0) − z·y + ln(1 + exp(−|z|)).",
    ),
    show="logsumexp#number-formats?logits=17,0&way=log_softmax",
)
def function_binary_cross_entropy() -> Task:
    return Task(
        call="bce",
        reference=lambda z, y: binary_cross_entropy_with_logits(z, y, reduction="none"),
        chosen=_BINARY,
        random=_random_binary,
        simpler=shrink.elementwise,
        properties=properties.COMMON,
    )


@code_exercise(
    "`entropy(p)`: H(P) in nats of one distribution `p` (K,); entries may be 0.",
    hints=(
        "What is p ln p as p goes to 0? And what does NumPy say at p = 0?",
        "An outcome that never happens never surprises: leave its term out.",
        "Use only the entries p > 0.",
    ),
    show="floor-plus-excess#two-distributions?p=1,0&q=0.5,0.5",
)
def function_entropy() -> Task:
    return Task(
        call="entropy",
        reference=entropy,
        chosen=_arrays([1, 0], [0.5, 0.5], [0, 1, 0], [0.7, 0.1, 0.1, 0.1]),
        random=_random_distribution,
        simpler=shrink.distributions,
        properties=properties.COMMON,
    )


@code_exercise(
    "`kl_divergence(p, q)`: D(P‖Q) in nats of distributions (K,); entries may be 0.",
    hints=(
        "Under which distribution does the expectation run?",
        "Where p is 0 the term is 0, whatever q is. Where only q is 0, it is ∞.",
        "Sum p·(ln p − ln q) over the entries p > 0; return `inf` if one of them has q = 0.",
    ),
)
def function_kl() -> Task:
    return Task(
        call="kl_divergence",
        reference=kl_divergence,
        chosen=(
            (np.array([0.5, 0.5]), np.array([0.5, 0.5])),
            (np.array([0.5, 0.5]), np.array([0.9, 0.1])),
            (np.array([1.0, 0.0]), np.array([0.5, 0.5])),
            (np.array([0.5, 0.5]), np.array([1.0, 0.0])),
            (np.array([1.0, 0.0]), np.array([1.0, 0.0])),
            (np.array([0.0, 0.5, 0.5]), np.array([0.2, 0.3, 0.5])),
        ),
        random=_random_pair,
        simpler=shrink.distributions,
        properties=properties.COMMON,
    )


@code_exercise(
    "`cross_entropy(p, q)` in nats of distributions (K,); entries may be 0 or tiny.",
    hints=(
        "What does the truth cost if q calls it impossible?",
        "Leave out the entries with p = 0; they never happen, whatever q says.",
        "If one of the others has q = 0, return `np.inf`; otherwise nothing needs a clip.",
    ),
    show="floor-plus-excess#two-distributions?p=0.5,0.5&q=1,0",
)
def lab_no_ceiling() -> Task:
    return Task(
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
    )
