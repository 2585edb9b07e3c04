"""The gradient where several classes share the target: a mixture of views of one row."""

from __future__ import annotations

import numpy as np

from ce_lib._sums import exact_sum
from ce_lib.checks import Float64, IntArray
from ce_lib.losses._view import OneAgainstRest


def slope_of_mixture(
    view: OneAgainstRest, top: IntArray, a: Float64, lift: Float64 | float = 1.0
) -> Float64:
    """Return Σa·q_j - a_j for rows seen from their largest logit, at ``top``.

    ``lift`` is what the view was lifted by.
    """
    i = np.arange(len(a))
    share = exact_sum(a) / lift
    slope: Float64 = share[:, None] * view.others - a
    # At the top q - 1 = -miss: what the other targets have there, less what q lacks.
    own = a[i, top]
    rest = a.copy()
    rest[i, top] = 0.0
    slope[i, top] = exact_sum(rest) * view.hit - own / lift * view.miss
    return slope
