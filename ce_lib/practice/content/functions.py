"""Functions to write or to mend: the numerics of a loss, checked by their properties."""

from __future__ import annotations

from typing import Any

import numpy as np

from ce_lib.information import entropy, kl_divergence
from ce_lib.losses import binary_cross_entropy_with_logits, softmax_cross_entropy
from ce_lib.numerics import log_softmax, logsumexp, softmax
from ce_lib.practice import properties, shrink
from ce_lib.practice.code import Args, CodeExercise

Rng = np.random.Generator

_SCALES = (1.0, 10.0, 300.0)


def _random_logits(rng: Rng) -> Args:
    shape = (rng.integers(2, 5),) if rng.random() < 0.5 else rng.integers(2, 5, 2)
    return (np.round(rng.normal(size=shape) * rng.choice(_SCALES), 2),)


def _random_batch(rng: Rng) -> Args:
    N, K = rng.integers(1, 5), rng.integers(2, 5)
    z = np.round(rng.normal(size=(N, K)) * rng.choice(_SCALES), 2)
    return z, rng.integers(0, K, N)


def _random_binary(rng: Rng) -> Args:
    n = rng.integers(1, 5)
    z = np.round(rng.normal(size=n) * rng.choice(_SCALES), 2)
    return z, rng.integers(0, 2, n).astype(np.float64)


def _distribution(rng: Rng, K: int) -> np.ndarray[Any, Any]:
    p: np.ndarray[Any, Any] = rng.dirichlet(np.ones(K))
    if rng.random() < 0.3:
        p[rng.integers(K)] = 0.0
    p = np.round(p / p.sum(), 3)
    p[np.argmax(p)] += 1 - p.sum()
    return p


def _random_distribution(rng: Rng) -> Args:
    return (_distribution(rng, int(rng.integers(2, 6))),)


def _random_pair(rng: Rng) -> Args:
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

FUNCTIONS = (
    CodeExercise(
        id="function-softmax",
        prompt="softmax(z): probabilities over the last axis, for z of shape (K,) or (N, K).",
        call="softmax",
        reference=softmax,
        chosen=_HURTING,
        random=_random_logits,
        simpler=shrink.logits,
        properties=(*properties.COMMON, properties.shifted(100.0)),
        hints=(
            "What does exp do to 1000?",
            "Adding a constant to every logit changes no probability. Which constant helps?",
            "Subtract each row's largest logit; sum over the last axis, and keep that axis.",
        ),
    ),
    CodeExercise(
        id="function-logsumexp",
        prompt="logsumexp(z): ln Σ exp z over the last axis, for z of shape (K,) or (N, K).",
        call="logsumexp",
        reference=logsumexp,
        chosen=_HURTING,
        random=_random_logits,
        simpler=shrink.logits,
        properties=properties.COMMON,
        hints=(
            "The result lies between max z and max z + ln K. What goes out of range before?",
            "Take the largest logit out of the sum, as a factor.",
            "max + ln Σ exp(z − max); put the maximum back once, after the logarithm.",
        ),
    ),
    CodeExercise(
        id="function-log-softmax",
        prompt="log_softmax(z): ln softmax over the last axis, for z of shape (K,) or (N, K).",
        call="log_softmax",
        reference=log_softmax,
        chosen=_HURTING,
        random=_random_logits,
        simpler=shrink.logits,
        properties=(*properties.COMMON, properties.shifted(100.0)),
        hints=(
            "A probability can underflow to 0. What is the logarithm then?",
            "On paper the logarithm undoes the exponential. Let the code do so, too.",
            "z − logsumexp(z), with the largest logit subtracted first.",
        ),
    ),
    CodeExercise(
        id="function-log-softmax-digits",
        prompt="log_softmax(z) that keeps its digits when one class is nearly certain.",
        call="log_softmax",
        reference=log_softmax,
        chosen=(*_HURTING, *_arrays([0, -20], [0, -40], [50, 0, 0], [0, -300])),
        random=_random_logits,
        simpler=shrink.logits,
        properties=(*properties.COMMON, properties.KEEPS_DIGITS),
        hints=(
            "1 + 4e-18 is 1. Where does your code add such a number to 1?",
            "NumPy has a function for ln(1 + x) that never forms 1 + x.",
            "For the largest class use −log1p of the sum of the other exponentials.",
        ),
    ),
    CodeExercise(
        id="function-cross-entropy",
        prompt="cross_entropy(z, y): the mean loss in nats of logits z (N, K), classes y (N,).",
        call="cross_entropy",
        reference=softmax_cross_entropy,
        chosen=_BATCHES,
        random=_random_batch,
        simpler=shrink.logits_and_targets,
        properties=(*properties.COMMON, properties.shifted(100.0)),
        hints=(
            "Work by hand on the smallest input shown: two logits, one row.",
            "Which axis holds the classes, and which one the examples?",
            "Mean over rows of logsumexp(z) − z[y]; no softmax is needed.",
        ),
    ),
    CodeExercise(
        id="function-binary-cross-entropy",
        prompt="bce(z, y): the loss of every logit z (N,) with answers y of 0 or 1.",
        call="bce",
        reference=lambda z, y: binary_cross_entropy_with_logits(z, y, reduction="none"),
        chosen=_BINARY,
        random=_random_binary,
        simpler=shrink.elementwise,
        properties=properties.COMMON,
        hints=(
            "In floating point 1 − σ(40) is 0. Its logarithm is not what you want.",
            "Write the loss for y = 1 with one logarithm and one exponential of z.",
            "max(z, 0) − z·y + ln(1 + exp(−|z|)).",
        ),
    ),
    CodeExercise(
        id="function-entropy",
        prompt="entropy(p): H(P) in nats of one distribution p (K,); entries may be 0.",
        call="entropy",
        reference=entropy,
        chosen=_arrays([1, 0], [0.5, 0.5], [0, 1, 0], [0.7, 0.1, 0.1, 0.1]),
        random=_random_distribution,
        simpler=shrink.distributions,
        properties=properties.COMMON,
        hints=(
            "What is p ln p as p goes to 0? And what does NumPy say at p = 0?",
            "An outcome that never happens never surprises: leave its term out.",
            "Use only the entries p > 0.",
        ),
    ),
    CodeExercise(
        id="function-kl",
        prompt="kl_divergence(p, q): D(P‖Q) in nats of distributions (K,); entries may be 0.",
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
        hints=(
            "Under which distribution does the expectation run?",
            "Where p is 0 the term is 0, whatever q is. Where only q is 0, it is ∞.",
            "Sum p·(ln p − ln q) over the entries p > 0; return inf if one of them has q = 0.",
        ),
    ),
)
