"""Ranges of numbers as bars on one axis, and a value that lies in or out of them."""

from collections.abc import Mapping

from matplotlib.axes import Axes

from ce_lib.figures.style import styled
from ce_lib.palette import LIGHT


@styled
def draw_ranges(
    ax: Axes, ranges: Mapping[str, tuple[float, float]], *, xlabel: str
) -> Axes:
    """Draw named ranges below each other, each with its two ends written on it."""
    for row, (name, (low, high)) in enumerate(ranges.items()):
        ax.barh(row, high - low, left=low, height=0.42, color=LIGHT["quiet"])
        ax.annotate(
            f"{name}: {low:.1f} to {high:.1f}".replace("-", "−"),
            (low, row),
            xytext=(0, 12),
            textcoords="offset points",
            va="bottom",
        )
    ax.set_yticks([])
    ax.set_ylim(len(ranges) - 0.5, -1)
    ax.grid(visible=False)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(xlabel)
    return ax


@styled
def mark_outside(ax: Axes, x: float, text: str) -> Axes:
    """Mark a value ``x`` that the ranges do not hold, from top to bottom."""
    ax.axvline(x, color=LIGHT["wrong"], linestyle=(0, (6, 2)), linewidth=1.6)
    ax.annotate(
        text,
        (x, 1),
        xycoords=("data", "axes fraction"),
        xytext=(-5, -2),
        textcoords="offset points",
        ha="right",
        va="top",
        color=LIGHT["wrong"],
    )
    return ax
