"""Logits of many sizes and gaps."""

import math
from collections.abc import Iterator

import numpy as np

from ce_lib import numerics

from . import Case

_RNG = np.random.default_rng(0)

LOGITS = [_RNG.normal(0, scale, k).tolist() for scale in (1, 30) for k in (2, 4, 6)]
LOGITS += [[100.0, 0.0, 0.0], [0.0, 0.0], [-100.0, 100.0, 0.0, 3.0], [1000.0, 1001.0]]

PAIRS = [(1.0, 1 + 5e-13), (1.0, 1 + 2e-12), (-1e300, -1.0000001e300), (0.0, 1e-300)]
PAIRS += [(0.0, -0.0), (math.inf, math.inf), (math.inf, 1.0), (math.inf, -math.inf)]


def cases() -> Iterator[Case]:
    for z in LOGITS:
        yield "logsumexp", (z,), numerics.logsumexp(z)
        yield "softmax", (z,), numerics.softmax(z)
        yield "softmax", (z, 2.0), numerics.softmax(z, temperature=2.0)
        yield "logSoftmax", (z,), numerics.log_softmax(z)
    for z in (-700.0, -40.0, -1.0, 0.0, 1e-9, 3.0, 40.0):
        yield "sigmoid", (z,), numerics.sigmoid(z)
        yield "logSigmoid", (z,), numerics.log_sigmoid(z)
    yield "sum", ([0.5, 0.25, 3.0],), 3.75
    for a, b in PAIRS:
        for tolerance in (1e-12, 1e-3):
            close = math.isclose(a, b, rel_tol=tolerance)
            yield "isClose", (a, b, tolerance), close
