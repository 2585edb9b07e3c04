"""Indexes of pandas: what they say of an order, read without importing pandas.

Everything here goes by position. Two arguments whose labels say that the positions of one
are not those of the other would be paired wrongly, and nothing would show it.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def refuse_other_order(
    value: Any,
    other: Any,
    name: str,
    name_other: str,
    axes: tuple[str, ...] = ("index", "columns"),
) -> None:
    """Refuse two arguments whose labels differ, be it only in their order.

    The labels 0, 1, 2, … beside labels that are not those say nothing: somebody made one
    of the two anew.
    """
    for axis in axes:
        own, theirs = _labels(value, axis), _labels(other, axis)
        if own is None or theirs is None or len(own) != len(theirs):
            continue
        if own.equals(theirs):
            continue
        if _is_default(own) != _is_default(theirs) and not own.isin(theirs).all():
            continue
        at = int(np.argmax([a != b for a, b in zip(own, theirs, strict=True)]))
        raise ValueError(
            f"{name_other}: expected the {axis} of {name}, because both go by position, "
            f"got {theirs[at]!r} where {name} has {own[at]!r}; {name_other}.reindex("
            f"{axis}={name}.{axis}) puts it in order, {name_other}.to_numpy() keeps the "
            "positions"
        )


def refuse_other_classes(value: Any, name: str, count: int) -> None:
    """Refuse a weight per class whose labels are not 0, 1, 2, … in this order."""
    own = _labels(value, "index")
    if own is None or len(own) != count or _is_default(own):
        return
    way_out = f"{name}.to_numpy() keeps the positions"
    if own.isin(np.arange(count)).all():
        way_out = f"{name}.sort_index() puts them in order"
    raise ValueError(
        f"{name}: expected the index 0 to {count - 1}, the classes in their order, "
        f"because weights go by position, got {own.tolist()[:10]}; {way_out}"
    )


def refuse_other_columns(value: Any, labels: Any, name: str, name_labels: str) -> None:
    """Refuse class labels that name the columns of a frame in another order."""
    own = _labels(value, "columns")
    if own is None or labels is None or len(own) != len(labels):
        return
    columns, named = own.tolist(), np.asarray(labels, dtype=object).tolist()
    if columns != named and own.isin(named).all():
        raise ValueError(
            f"{name_labels}: expected the columns of {name} in their order, "
            f"{columns[:10]}, got {named[:10]}"
        )


def _labels(value: Any, axis: str) -> Any:
    """Return the index or the columns of what pandas made, else None."""
    labels = getattr(value, axis, None)
    return labels if hasattr(labels, "equals") and hasattr(labels, "isin") else None


def _is_default(labels: Any) -> bool:
    return np.array_equal(np.asarray(labels), np.arange(len(labels)))
