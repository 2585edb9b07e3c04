"""Distributions as bars, truth filled and model outlined; and the scores behind them."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ce_lib.figures.style import styled
from ce_lib.palette import LIGHT


@styled
def draw_prediction(
    ax: Axes, names: Sequence[str], p: ArrayLike, q: ArrayLike, title: str = ""
) -> Axes:
    """Draw a truth ``p`` beside a prediction ``q`` over the same ``names``, both (K,)."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    for name, row in (("p", p), ("q", q)):
        if row.shape != (len(names),):
            raise ValueError(
                f"{name}: expected one number for each of {len(names)} names, "
                f"got shape {row.shape}"
            )
    at = np.arange(len(names))
    ax.bar(at - 0.3, p, width=0.12, color=LIGHT["truth"])
    ax.bar(
        at + 0.05, q, width=0.5, facecolor="none", edgecolor=LIGHT["model"], linewidth=2
    )
    above = [(k - 0.3, height, "P", "truth") for k, height in enumerate(p) if height]
    above += [(k + 0.05, height, f"{height:g}", "model") for k, height in enumerate(q)]
    for x, height, text, of in above:
        ax.annotate(
            text,
            (x, height),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            color=LIGHT[of],
        )
    ax.set_xticks(at, names)
    ax.set_ylim(0, 1.2)
    ax.set_yticks([0, 0.5, 1])
    ax.set_title(title)
    return ax


@styled
def draw_scores(
    ax: Axes, names: Sequence[str], values: ArrayLike, *, ylabel: str
) -> Axes:
    """Draw one number of the model for each of ``names``, (K,), below 0 or above it.

    The number stands at the end of its bar, with two decimals.
    """
    values = np.asarray(values, dtype=float)
    if values.shape != (len(names),):
        raise ValueError(
            f"values: expected one number for each of {len(names)} names, "
            f"got shape {values.shape}"
        )
    at = np.arange(len(names))
    ax.bar(
        at, values, width=0.5, facecolor="none", edgecolor=LIGHT["model"], linewidth=2
    )
    ax.axhline(0, color=LIGHT["quiet"], linewidth=1)
    for k, value in enumerate(values):
        ax.annotate(
            f"{value:.2f}".replace("-", "−"),
            (k, value),
            xytext=(0, 4 if value >= 0 else -4),
            textcoords="offset points",
            ha="center",
            va="bottom" if value >= 0 else "top",
            color=LIGHT["model"],
        )
    ax.set_xticks(at, names)
    ax.margins(y=0.24)
    ax.set_ylabel(ylabel)
    return ax
