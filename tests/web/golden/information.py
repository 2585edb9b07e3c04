"""Pairs of distributions: random, nearly equal, with zeros on either side."""

from collections.abc import Iterator

import numpy as np

from ce_lib import information
from ce_lib.explorers.two_distributions import kl_terms

from . import Case

_RNG = np.random.default_rng(1)

PAIRS = [
    tuple(row.tolist() for row in _RNG.dirichlet(np.ones(k), 2)) for k in (2, 3, 6, 6)
]
PAIRS += [
    ([0.6, 0.3, 0.1], [0.5, 0.3, 0.2]),
    ([0.5, 0.5], [0.5 + 2**-30, 0.5 - 2**-30]),
    ([0.1, 1 - 0.1], [0.1 + 1e-7, 1 - (0.1 + 1e-7)]),
    ([1e-320, 1.0], [1.0, 0.0]),
    ([1e-320, 1.0], [0.25, 0.75]),
    ([1.0, 0.0], [1e-320, 1.0]),
    ([1.0, 0.0], [0.25, 0.75]),
    ([0.5, 0.5], [1.0, 0.0]),
    ([0.0, 1.0], [0.0, 1.0]),
    ([1e-310, 1.0], [0.5, 0.5]),
    ([0.5, 0.5], [1e-310, 1.0]),
]


def cases() -> Iterator[Case]:
    for p, q in PAIRS:
        yield "entropy", (p,), information.entropy(p)
        yield "crossEntropy", (p, q), information.cross_entropy(p, q)
        yield "klDivergence", (p, q), information.kl_divergence(p, q)
        yield "klTerms", (p, q), kl_terms(p, q)
    for q in (1.0, 0.7, 0.1, 1e-6, 1e-300, 0.0):
        yield "surprisal", (q,), information.surprisal(q)
