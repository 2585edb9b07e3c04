"""Rows of features, and the names of their columns as scikit-learn keeps them."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib.checks import Float64

#: So many names are spelled out in a message, as scikit-learn does.
SHOWN = 5


def as_features(value: ArrayLike) -> Float64:
    """Return a finite matrix of features; booleans are 0 and 1."""
    if hasattr(value, "toarray"):
        raise TypeError(
            "X: expected a dense array, got a sparse one; X.toarray() makes it dense"
        )
    features = checks.as_float64(value, "X", booleans=True)
    if features.ndim != 2:
        raise ValueError(
            f"X: expected shape (N, D), got shape {features.shape}. Reshape your data: "
            "one row is X.reshape(1, -1), one feature is X.reshape(-1, 1)"
        )
    if not len(features):
        raise ValueError("X: expected at least one row, got none")
    checks.refuse(~np.isfinite(features), features, "X", "expected finite numbers")
    return features


def names_of(value: Any) -> NDArray[Any] | None:
    """Return the columns of a data frame if they are text, else None."""
    columns = getattr(value, "columns", None)
    if columns is None or not len(columns):
        return None
    names = np.asarray(columns, dtype=object)
    kinds = sorted({type(name).__name__ for name in names})
    if kinds == ["str"]:
        return names
    if "str" in kinds:
        raise TypeError(
            f"X: expected columns named by text alone, got names of the types {kinds}; "
            "X.columns.astype(str) makes text of all. Feature names are only supported "
            "if all input features have string names"
        )
    return None


def compare_names(fitted: NDArray[Any] | None, value: Any, model: str) -> None:
    """Refuse columns with other names than in fit, or in another order."""
    names = names_of(value)
    if names is None and fitted is None:
        return
    if fitted is None:
        _warn(f"X has feature names, but {model} was fitted without feature names")
    elif names is None:
        _warn(
            f"X does not have valid feature names, but {model} was fitted with "
            "feature names"
        )
    elif names.tolist() != fitted.tolist():
        unseen, missing = set(names) - set(fitted), set(fitted) - set(names)
        # The words from here on are scikit-learn's, whose checks ask for them.
        message = "The feature names should match those that were passed during fit.\n"
        message += _list("Feature names unseen at fit time", unseen)
        message += _list("Feature names seen at fit time, yet now missing", missing)
        if not unseen and not missing:
            message += "Feature names must be in the same order as they were in fit.\n"
        raise ValueError(f"X: expected X[model.feature_names_in_]. {message}")


def _list(title: str, names: set[str]) -> str:
    if not names:
        return ""
    shown = [f"- {name}\n" for name in sorted(names)]
    return f"{title}:\n" + "".join(shown[:SHOWN]) + "- ...\n" * (len(shown) > SHOWN)


def _warn(message: str) -> None:
    warnings.warn(message, stacklevel=6)  # beyond the model's own methods
