"""Forecasts and what happened, read the same way by every score and every curve.

A forecast is a row over K classes, or one probability of yes per case. Which of the
two is meant follows from the shapes alone, never from the numbers: a vector beside a
vector holds yes-or-no cases, and a row beside a class or a one-hot row is one case.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib._index import refuse_other_columns, refuse_other_order
from ce_lib._labels import look_up, yes_or_no
from ce_lib._walk import TEMPORARIES, blocks, rows_per_block, take_rows
from ce_lib.checks import Float64, IntArray


class Forecasts(NamedTuple):
    """Checked forecasts and outcomes."""

    q: Float64  #: rows, ``(..., K)``, or probabilities of yes, ``(...)``
    y: IntArray  #: class indices, ``(...)``
    binary: bool  #: whether ``q`` holds probabilities of yes
    weight: Float64 | None  #: one per case, ``(...)``, not all of them 0

    @property
    def rows(self) -> Float64:
        """The forecasts as rows; yes or no are two classes."""
        return np.stack([1 - self.q, self.q], axis=-1) if self.binary else self.q


def forecasts(
    q: ArrayLike,
    y: ArrayLike,
    labels: ArrayLike | None = None,
    pos_label: Any = None,
    sample_weight: ArrayLike | None = None,
) -> Forecasts:
    """Read forecasts ``q`` and outcomes ``y`` as the public functions document them."""
    _refuse_other_order(q, y, labels, sample_weight)
    stated, happened = checks.as_array(q, "q"), checks.as_array(y, "y")
    _refuse_swapped(stated, happened)
    named = labels is not None or pos_label is not None
    if stated.ndim != happened.ndim:
        return _of_rows(q, y, labels, pos_label, sample_weight)
    if stated.ndim > 1 and stated.shape[-1] > 1 and not named:
        return _of_rows(q, _from_one_hot(stated, happened), None, None, sample_weight)
    yes = checks.as_probability(q, "q")
    index, _ = checks.as_indices(
        yes_or_no(y, "y", labels, pos_label), yes.shape, 2, "y"
    )
    weight = checks.as_sample_weight(sample_weight, yes.shape)
    return Forecasts(yes, index, True, weight)


def scored_in_blocks(
    q: ArrayLike, y: ArrayLike, **given: Any
) -> tuple[tuple[int, ...], Iterable[Forecasts]]:
    """Return the shape of the cases, and what `forecasts` reads, some cases at a time.

    What is refused in a block is refused with the whole, which knows the row.
    """
    _refuse_other_order(q, y, given["labels"])
    stated, happened = checks.as_array(q, "q"), checks.as_array(y, "y")
    lead, k = _layout(stated, happened, any(v is not None for v in given.values()))
    n = math.prod(lead)
    fit = happened.shape in (lead, stated.shape) and given["pos_label"] is None
    if not fit or n <= rows_per_block(k, TEMPORARIES):
        read = forecasts(q, y, **given)
        return read.y.shape, [read]

    def parts() -> Iterator[Forecasts]:
        try:
            for rows in blocks(n, k):
                some = [take_rows(x, lead, rows) for x in (stated, happened)]
                yield forecasts(*some, **given)
        except (TypeError, ValueError):
            forecasts(q, y, **given)
            raise

    return lead, parts()


def _layout(
    q: NDArray[Any], y: NDArray[Any], named: bool
) -> tuple[tuple[int, ...], int]:
    """Return the shape of the cases, and the number of probabilities in each."""
    if q.ndim == y.ndim and (q.ndim < 2 or q.shape[-1] < 2 or named):
        return q.shape, 1
    return q.shape[:-1], max(1, *q.shape[-1:])


def listed(q: ArrayLike, y: ArrayLike, **keywords: Any) -> Forecasts:
    """Read forecasts as `forecasts` does, and refuse all but a list of some."""
    read = forecasts(q, y, **keywords)
    if read.y.ndim != 1:
        raise ValueError(f"y: expected shape (N,), got shape {read.y.shape}")
    if not read.y.size:
        raise ValueError("q: expected at least one forecast, got none")
    return read


def _of_rows(
    q: ArrayLike,
    y: ArrayLike,
    labels: ArrayLike | None,
    pos_label: Any,
    sample_weight: ArrayLike | None,
) -> Forecasts:
    if pos_label is not None:
        raise ValueError(
            "pos_label: expected one probability of yes per case, got rows in q; "
            "name the classes with labels="
        )
    shape = checks.as_real(q, "q").shape
    if shape:  # the shapes first: rows along another axis do not sum to 1 either
        k = shape[-1]
        if k == 1:
            only = "q[:, 0]" if len(shape) == 2 else "q[..., 0]"
            raise ValueError(
                f"q: expected rows over at least 2 classes, got shape {shape}; "
                f"if these are probabilities of yes, pass {only}"
            )
        y = y if labels is None else look_up(y, labels, count=k)
        index, _ = checks.as_indices(y, shape[:-1], k, "y")
    rows = checks.as_distribution(q, "q")
    weight = checks.as_sample_weight(sample_weight, rows.shape[:-1])
    return Forecasts(rows, index, False, weight)


def _from_one_hot(q: NDArray[Any], y: NDArray[Any]) -> IntArray:
    """Return the classes that one-hot rows name; refuse other rows."""
    way_out = "; for yes-or-no cases say which label is yes, such as pos_label=1"
    if y.shape != q.shape:
        raise ValueError(
            f"y: expected shape {q.shape[:-1]}, one class index per row of q, "
            f"got shape {y.shape}"
        )
    hot = (y == 1) if y.dtype.kind in "biuf" else np.zeros(y.shape, bool)
    if not (hot | (y == 0)).all() or not (hot.sum(axis=-1) == 1).all():
        raise ValueError(
            f"y: expected class indices of shape {q.shape[:-1]}, or one-hot rows, "
            f"got rows with more, less or other than a single 1{way_out}"
        )
    return np.asarray(hot.argmax(axis=-1), dtype=np.int64)


def _refuse_other_order(
    q: ArrayLike,
    y: ArrayLike,
    labels: ArrayLike | None,
    sample_weight: ArrayLike | None = None,
) -> None:
    """Refuse what pandas labels in another order than the forecasts."""
    refuse_other_order(q, y, "q", "y")
    refuse_other_order(q, sample_weight, "q", "sample_weight", ("index",))
    refuse_other_columns(q, labels, "q", "labels")


def _refuse_swapped(q: NDArray[Any], y: NDArray[Any]) -> None:
    """Refuse outcomes in the place of forecasts, which is where others want them."""
    labels = q.dtype.kind in "biuUSO"
    if labels and y.dtype.kind == "f" and not (y == np.floor(y)).all():
        raise TypeError(
            "q: expected forecasts, got labels, and y holds fractions: forecasts come "
            "first here. A score for scikit-learn turns them round: make_scorer("
            "lambda y, q: score(q, y), response_method='predict_proba', "
            "greater_is_better=False)"
        )
