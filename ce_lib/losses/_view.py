"""The page to read: one class against all the others.

Every loss from logits is computed from one view of a row. Take the logits z and a
class y, write exp(z_y) for the class and rest for the sum of exp(z_j) over all the
other classes. Then, with total = exp(z_y) + rest,

    -log q_y  =  log(1 + rest / exp(z_y))       the price of y
        q_y   =  exp(z_y) / total
    1 - q_y   =  rest / total
        q_j   =  exp(z_j) / total

and the gradient of the price is q_j at the other classes and -(1 - q_y) at y.

Leaving the class itself out of the sum is the whole secret of the accuracy. A sure
and right prediction has a tiny rest; had it been added to exp(z_y) first, log and 1 -
q would see a number that rounding has made exp(z_y) again, and return 0.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ce_lib._sums import exact_sum
from ce_lib.checks import Float64, IntArray
from ce_lib.numerics import exp_difference

#: The exponential of anything below has lost digits, or soon will.
FAR = -660.0


class OneAgainstRest(NamedTuple):
    """A batch seen from one class per row. No entry is found by subtraction."""

    nll: Float64  #: -log q of the class, in nats, (N,)
    hit: Float64  #: its probability q, (N,)
    miss: Float64  #: 1 - q, to full precision, (N,)
    others: Float64  #: the probabilities of the others, 0 at the class, (N, K)


def one_against_rest(
    z: NDArray[Any], y: IntArray, lift: Float64 | float = 1.0
) -> OneAgainstRest:
    """Return the view of every row of logits from its class ``y``, in float64.

    ``nll``, ``miss`` and ``others`` come times ``lift``, a power of two of at least 1
    per row: what is too small for a float may not be once it is weighted.
    """
    rows = np.arange(len(z))
    rest = z.astype(np.float64)  # a copy
    own = rest[rows, y]
    rest[rows, y] = -np.inf
    # Exponentials are taken relative to the strongest rival, so that the largest is
    # 1 and s, their sum, lies between 1 and K - 1. It is 0 if there is no rival.
    rival = rest.max(axis=1)
    rival = np.where(rival == -np.inf, own, rival)
    e = exp_difference(rest, rival[:, None])
    s = exact_sum(e)

    # Class and rival relative to the stronger of the two: one of the two is 1.
    top = np.maximum(own, rival)
    q_own, q_rival = exp_difference(own, top), exp_difference(rival, top)
    total = q_own + s * q_rival
    ahead = np.log1p(s * q_rival)  # the price if the class is the stronger one
    behind = (rival - own) + np.log(total)
    nll = lift * np.where(own >= rival, ahead, behind)
    q_own, q_rival = q_own / total, lift * (q_rival / total)

    # Far ahead q_rival runs out of digits. Its square root does not, and may be
    # multiplied before it is squared; -log q and 1 - q are then the same.
    far = rival - top < FAR
    half = exp_difference(rival / 2, top / 2)
    miss = np.where(far, s * half * (half * lift), s * q_rival)
    nll = np.where(far, miss, nll)
    q_rival = np.where(far, half * (half * lift), q_rival)
    others = e * q_rival[:, None]
    if np.any(lift > 1):  # the same for a class far behind the rival
        half = exp_difference(rest / 2, rival[:, None] / 2)
        others = np.where(e > np.exp(FAR), others, half * q_rival[:, None] * half)
    return OneAgainstRest(nll, q_own, miss, others)
