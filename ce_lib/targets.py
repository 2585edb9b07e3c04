"""Targets: labels as class indices, and as probability rows, one-hot or smoothed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib._labels import look_up

__all__ = ["class_indices", "one_hot", "smooth_labels"]


def class_indices(y: ArrayLike, labels: ArrayLike) -> NDArray[np.int64]:
    """Number labels by their place in ``labels``.

    Parameters
    ----------
    y : array_like, ``(...)``
        Labels of any kind that can be compared: text, numbers, booleans.
    labels : array_like, ``(K,)``
        The K different labels, in the order of the columns they belong to.

    Returns
    -------
    ndarray of int64, ``(...)``
        Class indices from 0 to K−1.

    Raises
    ------
    TypeError
        If text and numbers are mixed.
    ValueError
        If a label is missing or not among ``labels``, or these repeat one or hold
        none.

    See Also
    --------
    one_hot

    Notes
    -----
    The order is yours. scikit-learn's ``log_loss`` sorts its ``labels`` and warns
    when that changes their order; for sorted labels the two agree.

    Examples
    --------
    >>> from ce_lib import class_indices
    >>> print(class_indices(["Jazz", "Rock", "Jazz"], labels=["Rock", "Jazz", "Pop"]))
    [1 0 1]
    """
    return look_up(y, labels)


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

    >>> from ce_lib import one_hot
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
        Rows that sum to 1, as nearly as those of ``p``.

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
    others = (
        rows.sum(axis=-1, keepdims=True) - rows
    )  # at least 0, which 1 - p may not be
    smoothed = (1 - epsilon) * rows + epsilon * others / (k - 1)
    return smoothed
