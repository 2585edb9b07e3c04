"""Labels as people write them, turned into the class indices that formulas need.

A label is text, a whole number, a boolean, or anything else of one kind that can be
sorted. Keywords are scikit-learn's: ``labels`` names the classes, ``pos_label`` the yes.
"""

from __future__ import annotations

import numbers
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks

#: So many labels are spelled out in a message.
SHOWN = 10


def as_labels(value: ArrayLike, name: str) -> NDArray[Any]:
    """Return labels of one kind as an array, text as NumPy's own text.

    Raises
    ------
    TypeError
        If text and numbers are mixed: NumPy would write the numbers as text.
    ValueError
        If a label is missing: None, NaN, or pandas' NA.
    """
    array = checks.as_array(value, name)
    if array.dtype.kind == "U" and not hasattr(value, "dtype"):
        array = np.asarray(value, dtype=object)
    if array.dtype.kind == "O":
        return _of_one_kind(array, name)
    if array.dtype.kind in "fcmM":
        _refuse_missing(array != array, array, name)
    return array


def look_up(
    y: ArrayLike, labels: ArrayLike, name: str = "y", count: int | None = None
) -> NDArray[np.int64]:
    """Return where each entry of ``y`` stands among ``count`` different labels."""
    return _places(as_labels(y, name), _distinct(labels, count), name)


def yes_or_no(
    y: ArrayLike,
    name: str,
    labels: ArrayLike | None = None,
    pos_label: Any = None,
) -> NDArray[Any]:
    """Return 1 where ``y`` says yes and 0 where it says no.

    Yes is ``pos_label``; without it the second of two ``labels``; without those 1 or
    True.
    """
    if labels is not None:
        pair = _distinct(labels, 2)
        yes = pair[1] if pos_label is None else pos_label
        if yes not in pair.tolist():
            raise ValueError(f"pos_label: expected one of the labels, got {yes!r}")
        places = _places(as_labels(y, name), pair, name)
        return np.asarray(pair[places] == yes, dtype=np.int64)
    if pos_label is not None:
        return _is(as_labels(y, name), pos_label, name)
    array = _plain(y, name)
    expected = "expected 0 for no and 1 for yes (or name the yes with pos_label=)"
    if array.dtype.kind in "USO" and array.size:
        raise TypeError(f"{name}: {expected}, got {_first(array)!r}")
    if array.dtype.kind in "iu":
        checks.refuse((array != 0) & (array != 1), array, name, expected)
    return array.astype(np.int64) if array.dtype.kind == "b" else array


def _plain(y: ArrayLike, name: str) -> NDArray[Any]:
    """Return an array, of numbers where its objects are numbers."""
    array = checks.as_array(y, name)
    return as_labels(array, name) if array.dtype.kind == "O" else array


def _of_one_kind(array: NDArray[Any], name: str) -> NDArray[Any]:
    """Return an array of Python objects as text or numbers, if all are that."""
    entries = array.reshape(-1)
    missing = np.array([_is_missing(entry) for entry in entries], dtype=bool)
    _refuse_missing(missing, array, name)
    kinds = [_kind(entry) for entry in entries]
    for row, kind in enumerate(kinds):
        if kind != kinds[0]:
            raise TypeError(
                f"{name}: expected labels of one kind, got {entries[0]!r} in row 0 "
                f"and {entries[row]!r} in row {row}"
            )
    if kinds and kinds[0] in (str, numbers.Number):
        return np.array(entries.tolist()).reshape(array.shape)
    return array


def _kind(entry: Any) -> type:
    return next((k for k in (str, numbers.Number) if isinstance(entry, k)), type(entry))


def _is_missing(entry: Any) -> bool:
    """Tell None, NaN and pandas' NA, which are not even equal to themselves."""
    try:
        return entry is None or bool(entry != entry)
    except (TypeError, ValueError):  # NA has no truth value; an array has several
        return True


def _refuse_missing(missing: NDArray[np.bool_], array: NDArray[Any], name: str) -> None:
    if missing.any():
        row = _row(missing)
        entry = array.reshape(-1)[row]
        raise ValueError(f"{name}: expected no missing label, got {entry} in row {row}")


def _distinct(labels: ArrayLike, count: int | None) -> NDArray[Any]:
    """Return different labels in the order given."""
    array = as_labels(labels, "labels")
    wanted = "at least one label" if count is None else "one label for each class"
    if array.ndim != 1 or not array.size or len(array) != (count or len(array)):
        raise ValueError(
            f"labels: expected shape ({count or 'K'},), {wanted}, "
            f"got shape {array.shape}"
        )
    distinct, times = np.unique(array, return_counts=True)
    if len(distinct) < len(array):
        twice = _first(distinct[times > 1])
        raise ValueError(f"labels: expected different labels, got {twice!r} twice")
    return array


def _places(array: NDArray[Any], labels: NDArray[Any], name: str) -> NDArray[np.int64]:
    """Return where each entry stands among the labels."""
    if array.size and _sort(array) != _sort(labels):
        unknown: Any = np.ones(array.shape, bool)  # never equal, nor to be sorted
        places = np.zeros(array.shape, np.int64)
    else:
        order = np.argsort(labels, kind="stable")
        near = np.searchsorted(labels, array, sorter=order)
        places = order[np.minimum(near, len(labels) - 1)]
        unknown = labels[places] != array
    if np.any(unknown):
        row = _row(unknown)
        shown = ", ".join(map(repr, labels[:SHOWN].tolist()))
        more = ", ..." if len(labels) > SHOWN else ""
        raise ValueError(
            f"{name}: expected one of the labels {shown}{more}, "
            f"got {_first(array.reshape(-1)[row:])!r} in row {row}"
        )
    return places


def _is(array: NDArray[Any], pos_label: Any, name: str) -> NDArray[np.int64]:
    """Return 1 for ``pos_label`` and 0 for the one other label there may be."""
    refuse_other_kind(array, as_labels([pos_label], "pos_label"), name)
    yes = array == pos_label
    others = np.unique(array[~yes])
    if len(others) > 1:
        raise ValueError(
            f"{name}: expected pos_label={pos_label!r} and one other label, "
            f"got {others.tolist()}"
        )
    return np.asarray(yes, dtype=np.int64)


def refuse_other_kind(array: NDArray[Any], labels: NDArray[Any], name: str) -> None:
    """Refuse labels that are never equal to those there are, such as text to numbers."""
    if array.size and _sort(array) != _sort(labels):
        raise TypeError(
            f"{name}: expected labels such as {_first(labels)!r}, got {_first(array)!r}"
        )


def _sort(array: NDArray[Any]) -> Any:
    """Return what kind of labels these are: text, numbers, dates, spans, or a class."""
    kind = array.dtype.kind
    if kind == "O":
        own = _kind(array.reshape(-1)[0])
        return "biufc" if own is numbers.Number else own
    return next(kinds for kinds in ("US", "biufc", "M", "m", kind) if kind in kinds)


def _first(array: NDArray[Any]) -> Any:
    """Return the first entry as plain Python, to be quoted."""
    return array.reshape(-1)[:1].tolist()[0]


def _row(flags: Any) -> int:
    return int(np.flatnonzero(flags)[0])
