"""One temperature for all logits, fitted to what happened."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib._index import refuse_other_order
from ce_lib._labels import look_up, yes_or_no
from ce_lib._sums import shares
from ce_lib._walk import blocks
from ce_lib.checks import Float64

#: A mean slope below this, in units of the largest difference, is rounding.
_ROUNDING = 1e-14


@np.errstate(all="ignore")
def fit_temperature(
    logits: ArrayLike,
    y: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    pos_label: Any = None,
    sample_weight: ArrayLike | None = None,
    ignore_index: int | None = -100,
) -> float:
    """Find the temperature T at which softmax(z/T) fits the outcomes best.

    Parameters
    ----------
    logits : array_like, ``(N, K)`` or ``(N,)``
        Raw scores on cases the model was not trained on. -inf says that a class is
        impossible, at every T. One logit per case is that of yes, and σ(z/T) is
        fitted.
    y : array_like, ``(N,)``
        Outcomes: class indices from 0 to K−1, or 0 and 1 for no and yes.
    labels, pos_label : optional
        As in `log_score`.
    sample_weight : array_like, ``(N,)``, optional
        How much each case counts, at least 0. A weight of 2 is the case twice.
    ignore_index : int or None, default -100
        Cases with this outcome are left out, whatever their logits; None: no case.

    Returns
    -------
    float
        T above 0, at the minimum of the mean loss: to about 13 digits, fewer
        where T is thousands of times the spread of the logits, because there
        the loss is flat. Above 1 the model was too sure of itself.

    Raises
    ------
    TypeError
        If an argument has the wrong kind of numbers.
    ValueError
        If a logit is NaN or +inf, an outcome no class or of logit -inf, or shapes
        do not fit; if the logits look like probabilities;
        also if the mean loss has no minimum at a finite T: when every case is
        classified correctly, sharpening (T → 0) never stops helping; when the
        logits point the wrong way on average, neither does flattening (T → ∞).

    See Also
    --------
    softmax : takes the temperature.

    Notes
    -----
    The mean loss is convex in b = 1/T: its slope is the mean of Σ q_k z_k − z_y
    and its curvature the mean variance of z under q. The slope is followed to 0 by
    Newton steps from b = 0, none further than four times b until the 0 is bracketed,
    and halving the bracket whenever one would leave it; there is no step size to
    choose. (Guo, Pleiss, Sun and
    Weinberger, On Calibration of Modern Neural Networks, 2017.)

    Examples
    --------
    Logits three times too large are found out:

    >>> import numpy as np
    >>> from ce_lib import fit_temperature
    >>> q = np.array([[0.75, 0.25]] * 4)
    >>> T = fit_temperature(3 * np.log(q), [0, 0, 0, 1])  # right 3 times in 4
    >>> print(f"{T:.12f}")
    3.000000000000
    """
    refuse_other_order(logits, y, "logits", "y", ("index",))
    refuse_other_order(logits, sample_weight, "logits", "sample_weight", ("index",))
    z = _as_logits(logits)
    keep = _counted(y, z.shape[:1], ignore_index)
    weight = checks.as_sample_weight(sample_weight, z.shape[:1])
    if weight is not None:
        keep &= weight > 0
    index = _as_outcomes(y, z, keep, labels, pos_label)
    _refuse_useless(z, index, keep)
    if not keep.all():
        z, index = z[keep], index[keep]
    _refuse_probabilities(z)
    cases = _Cases(z, index, None if weight is None else shares(weight[keep]))
    scale, top = cases.largest_differences()
    cases = cases._replace(scale=scale or 1.0)
    slope, curvature = cases.slope_and_curvature(0.0)
    if scale == 0 or slope >= -_ROUNDING:
        raise ValueError(
            "logits: expected scores that favour the outcomes on average, got ones "
            "for which the mean loss keeps falling (or stays) as T grows"
        )
    if top <= 0:
        raise ValueError(
            "logits: expected at least one case in which another class outscores the "
            "outcome, got none, so the mean loss keeps falling as T shrinks to 0"
        )
    temperature = 2 * (scale / _root_of_slope(cases, -slope / curvature))
    if not 0 < temperature < math.inf:
        raise ValueError(
            "logits: expected ones whose temperature a float can hold, "
            f"got a spread of about {scale:.3g}"
        )
    return temperature


class _Cases(NamedTuple):
    """Logits and outcomes, walked in blocks.

    Only differences matter. With d_k = (z_k − z_y)/2/scale, relative to the outcome's
    logit and to the largest difference, the slope is a mean of Σ q·d without large
    numbers. Halves have a difference in range.
    """

    z: NDArray[Any]  #: logits, (N, K), or of yes, (N,)
    outcomes: NDArray[np.int64]  #: class indices, (N,)
    share: Float64 | None  #: weights that sum to 1; None weighs all alike
    scale: float = 1.0  #: the largest half difference

    def differences(self) -> Iterator[tuple[Float64, Float64]]:
        """Yield d and the shares of the cases, some at a time."""
        n, k = len(self.z), 2 if self.z.ndim == 1 else self.z.shape[1]
        for rows in blocks(n, k):
            z = self.z[rows].astype(np.float64)
            if z.ndim == 1:
                z = np.stack([np.zeros_like(z), z], axis=1)
            own = np.take_along_axis(z, self.outcomes[rows, None], axis=1)
            share = np.full(len(z), 1 / n) if self.share is None else self.share[rows]
            yield (z / 2 - own / 2) / self.scale, share

    def largest_differences(self) -> tuple[float, float]:
        """Return the largest finite one by size, and the largest with its sign."""
        size = top = 0.0
        for d, _ in self.differences():
            size = max(size, float(np.abs(d[d > -np.inf]).max()))
            top = max(top, float(d.max()))
        return size, top

    def slope_and_curvature(self, b: float) -> tuple[float, float]:
        """Return the mean of Σ q·d and of the variance of d, for q = softmax(b·d)."""
        slope = curvature = 0.0
        for d, share in self.differences():
            possible = d > -np.inf
            d = np.where(possible, d, 0.0)
            q = np.exp(b * (d - d.max(axis=1, keepdims=True))) * possible
            q /= q.sum(axis=1, keepdims=True)
            mean = np.einsum("ij,ij->i", q, d)
            d -= mean[:, None]
            slope += float(share @ mean)
            curvature += float(share @ np.einsum("ij,ij,ij->i", q, d, d))
        return slope, curvature


def _root_of_slope(cases: _Cases, b: float) -> float:
    """Return b with slope 0, which increases with b, from a first guess above 0."""
    low, high = 0.0, math.inf
    for _ in range(2000):  # as many steps of 4 as a float has room for, and some more
        slope, curvature = cases.slope_and_curvature(b)
        low, high = (b, high) if slope < 0 else (low, b)
        step = b - slope / curvature if curvature > 0 else math.inf
        if abs(step - b) <= 1e-12 * b:  # the next would be some 1e-24
            return step
        beyond = 4 * b if high == math.inf else high
        new = step if low < step < beyond else min(4 * b, (low + high) / 2)
        if new in (low, high):
            return new
        b = new
    return b


def _as_logits(value: ArrayLike) -> NDArray[Any]:
    """Return logits of shape ``(N, K)`` or ``(N,)``; the values are not looked at."""
    z = checks.as_numbers(value, "logits")
    if z.ndim not in (1, 2) or not z.size:
        way_out = ""
        if z.ndim > 2:
            way_out = "; move the class axis last and write np.reshape(z, (-1, K))"
        raise ValueError(
            "logits: expected shape (N, K), or (N,) for one logit per case, with at "
            f"least one row, got shape {z.shape}{way_out}"
        )
    if z.ndim == 2 and z.shape[1] == 1:
        raise ValueError(
            f"logits: expected at least 2 classes, got shape {z.shape}; "
            "if these are logits of yes, pass logits[:, 0]"
        )
    return z


def _counted(
    y: ArrayLike, shape: tuple[int, ...], ignore_index: int | None
) -> NDArray[np.bool_]:
    """Tell which cases are not ignored."""
    ignore_index = checks.as_ignore_index(ignore_index)
    outcomes = checks.as_array(y, "y")
    if outcomes.shape != shape:
        raise ValueError(f"y: expected shape {shape}, got shape {outcomes.shape}")
    keep = np.ones(shape, bool)
    if outcomes.dtype.kind in "iu" and ignore_index is not None:
        keep = outcomes != ignore_index
    if not keep.any():
        raise ValueError("y: expected at least one case, got only ignored ones")
    return keep


def _as_outcomes(
    y: ArrayLike,
    z: NDArray[Any],
    keep: NDArray[np.bool_],
    labels: ArrayLike | None,
    pos_label: Any,
) -> NDArray[np.int64]:
    """Return class indices; those of cases that do not count mean nothing."""
    if not keep.all():  # whatever stands there is replaced by one that counts
        known = checks.as_array(y, "y")
        y = np.where(keep, known, known[keep][0])
    k = 2 if z.ndim == 1 else z.shape[1]
    if z.ndim == 1:
        y = yes_or_no(y, "y", labels, pos_label)
    elif pos_label is not None:
        raise ValueError(
            "pos_label: expected one logit per case, got rows; use labels="
        )
    elif labels is not None:
        y = look_up(y, labels, count=k)
    return checks.as_indices(y, z.shape[:1], k, "y")[0]


def _refuse_useless(
    z: NDArray[Any], index: NDArray[np.int64], keep: NDArray[np.bool_]
) -> None:
    """Refuse rows that count and that no temperature makes sense of."""
    rows = z.reshape(len(z), -1)
    for some in blocks(*rows.shape):
        part, counts = rows[some].astype(np.float64), keep[some, None]
        own = part if z.ndim == 1 else np.take_along_axis(part, index[some, None], 1)
        bad = np.isnan(part) | (part == np.inf)
        if ((bad | (own == -np.inf)) & counts).any():
            break
    else:
        return
    z = z.astype(np.float64)  # the whole, which knows the row
    if z.ndim == 1:
        z = np.stack([np.zeros(len(z)), z], axis=1)
    expected = "expected finite numbers (or -inf for an impossible class)"
    bad = (np.isnan(z) | (z == np.inf)) & keep[:, None]
    checks.refuse(bad, z, "logits", expected)
    own = np.take_along_axis(z, index[:, None], axis=1)[:, 0]
    impossible = (own == -np.inf) & keep
    checks.refuse(
        impossible, own, "logits", "expected outcomes that were possible", "-inf"
    )


def _refuse_probabilities(z: NDArray[Any]) -> None:
    """Refuse what is no logits but looks as if softmax or σ had made it."""
    if not (z.min() >= 0 and z.max() <= 1):
        return
    if z.ndim == 1:
        raise ValueError(
            "logits: expected raw scores, got numbers from 0 to 1 only, like "
            "probabilities; take np.log(q) - np.log1p(-q) of them, or pass rows of two "
            "logits, np.stack([0 * z, z], axis=1), if they are scores"
        )
    if (np.abs(z.sum(axis=1) - 1) <= checks.SUM_TOLERANCE).all():
        raise ValueError(
            "logits: expected raw scores, got rows from 0 to 1 that sum to 1, like "
            "probabilities; take np.log of them, or add 1 to all, which changes no "
            "softmax, if they are scores"
        )
