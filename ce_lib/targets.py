"""Targets as probability rows: one-hot, and smoothed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks

__all__ = ["one_hot", "smooth_labels"]


def one_hot(y: ArrayLike, num_classes: int) -> NDArray[np.float64]:
    """Write class indices as probability rows with a single 1.

    Parameters
    ----------
    y : array_like of int, ``(...)``
        Class indices from 0 to ``num_classes - 1``.
    num_classes : int
        K, the number of classes.

    Returns
    -------
    ndarray of float64, ``(..., K)``
        1 at the class, 0 elsewhere.

    Raises
    ------
    TypeError
        If ``y`` or ``num_classes`` is not an integer.
    ValueError
        If an index lies outside ``0 .. num_classes - 1``.

    See Also
    --------
    smooth_labels

    Examples
    --------
    >>> from ce_lib import one_hot
    >>> print(one_hot([0, 2], 3))
    [[1. 0. 0.]
     [0. 0. 1.]]

    NumPy's own indexing would silently take −1 for the last class:

    >>> one_hot([-1], 3)
    Traceback (most recent call last):
    ...
    ValueError: y: expected class indices 0 to 2, got -1 in row 0
    """
    k = checks.as_count(num_classes, "num_classes")
    indices, _ = checks.as_indices(y, checks.as_array(y, "y").shape, k, "y")
    rows = np.zeros((indices.size, k))
    rows[np.arange(indices.size), indices.reshape(-1)] = 1.0
    return rows.reshape(*indices.shape, k)


@np.errstate(all="ignore")
def smooth_labels(
    p: ArrayLike, epsilon: float, convention: str = "uniform"
) -> NDArray[np.float64]:
    """Move a share ε of every target's probability to other classes.

    Parameters
    ----------
    p : array_like, ``(..., K)``
        Target distributions, one-hot or soft.
    epsilon : float
        The share ε, from 0 to 1.
    convention : {"uniform", "others"}, default "uniform"
        Where the share goes. "uniform" spreads it over all K classes, the true
        one included: (1−ε)·p + ε/K. "others" spreads it over the K−1 classes
        besides the true one: (1−ε)·p + ε·(1−p)/(K−1).

    Returns
    -------
    ndarray of float64, ``(..., K)``
        Rows that sum to 1.

    Raises
    ------
    ValueError
        If a row is no distribution, ε lies outside [0, 1], the convention is
        unknown, or "others" meets a single class.

    See Also
    --------
    one_hot

    Notes
    -----
    "uniform" is the convention of Szegedy et al. (2016) and of the
    ``label_smoothing`` argument of PyTorch. The two name the same family:
    ε under "others" equals ε·K/(K−1) under "uniform".

    Examples
    --------
    >>> from ce_lib import smooth_labels
    >>> print(smooth_labels([1, 0, 0, 0], 0.1))
    [0.925 0.025 0.025 0.025]
    >>> print(smooth_labels([1, 0, 0, 0], 0.1, convention="others").round(4))
    [0.9    0.0333 0.0333 0.0333]
    """
    rows = checks.as_distribution(p, "p")
    smoothed: NDArray[np.float64]
    epsilon = checks.as_number(epsilon, "epsilon", low=0, high=1)
    k = rows.shape[-1]
    if convention == "uniform":
        smoothed = (1 - epsilon) * rows + epsilon / k
        return smoothed
    if convention != "others":
        raise ValueError(
            f"convention: expected 'uniform' or 'others', got {convention!r}"
        )
    if k == 1:
        raise ValueError("convention: 'others' expected at least 2 classes, got 1")
    smoothed = (1 - epsilon) * rows + epsilon * (1 - rows) / (k - 1)
    return smoothed
