"""Losses as curves: competing ones told apart by line style and a label at the end."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ce_lib.figures.style import label_end, styled
from ce_lib.palette import LIGHT

_STYLES = ("-", (0, (1, 2)), (0, (6, 2)))


@styled
def draw_curves(
    ax: Axes,
    x: ArrayLike,
    curves: Mapping[str, ArrayLike],
    *,
    ends: Mapping[str, tuple[float, float]],
    xlabel: str,
    ylabel: str,
) -> Axes:
    """Draw named ``curves`` over ``x``; ``ends`` says where each name is written.

    More curves than line styles, or names without a place, raise ValueError.
    """
    if len(curves) > len(_STYLES):
        raise ValueError(
            f"curves: expected at most {len(_STYLES)}, which line styles tell apart, "
            f"got {len(curves)}"
        )
    if set(ends) != set(curves):
        raise ValueError(
            f"ends: expected the names of the curves, {list(curves)}, got {list(ends)}"
        )
    for style, (name, y) in zip(_STYLES, curves.items(), strict=False):
        ax.plot(x, y, color=LIGHT["ink"], linestyle=style)
        label_end(ax, *ends[name], name)
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    return ax


@styled
def draw_levels(ax: Axes, levels: Mapping[str, float], *, under: bool = False) -> Axes:
    """Draw named flat lines: floors, and prices to compare with.

    Their names stand above the right end, or below it (``under``), where a curve comes down.
    """
    for name, level in levels.items():
        floor = "floor" in name
        colour = LIGHT["floor"] if floor else LIGHT["quiet"]
        ax.axhline(level, color=colour, linestyle="-" if floor else "--", linewidth=1.6)
        ax.annotate(
            name,
            (1, level),
            xycoords=("axes fraction", "data"),
            xytext=(0, -5 if under else 5),
            textcoords="offset points",
            ha="right",
            va="top" if under else "baseline",
            color=colour,
        )
    return ax


@styled
def draw_tangent(ax: Axes, x: float, y: float, slope: float, half_width: float) -> Axes:
    """Draw a piece of the tangent with this ``slope`` through (``x``, ``y``)."""
    ends = (x - half_width, x + half_width)
    ax.plot(
        ends,
        [y + slope * (end - x) for end in ends],
        color=LIGHT["model"],
        linewidth=1.6,
    )
    return ax


@styled
def mark_point(
    ax: Axes,
    x: float,
    y: float,
    text: str,
    offset: tuple[float, float] = (9, 6),
    of: str = "model",
) -> Axes:
    """Mark the point (``x``, ``y``), the model's or the truth's (``of``).

    Its ``text`` says what it is, ``offset`` points off.
    """
    ax.plot([x], [y], "o", color=LIGHT[of], markersize=7)
    ax.annotate(text, (x, y), xytext=offset, textcoords="offset points")
    return ax


@styled
def draw_runs(
    ax: Axes, settings: Sequence[float], runs: ArrayLike, *, ylabel: str
) -> Axes:
    """Draw one result of every run over the settings: thin lines, and their mean.

    ``runs`` is (runs, settings). The settings are spaced evenly, whatever their sizes.
    """
    runs = np.asarray(runs, dtype=float)
    at = np.arange(len(settings))
    ax.plot(at, runs.T, color=LIGHT["quiet"], linewidth=0.8, marker=".", markersize=5)
    ax.plot(at, runs.mean(axis=0), color=LIGHT["ink"])
    label_end(ax, at[-1], runs[:, -1].mean(), "mean")
    ax.set_xticks(at, [f"{value:g}" for value in settings])
    ax.set_ylabel(ylabel)
    return ax


@styled
def draw_chord(
    ax: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    between: tuple[float, float],
    text: str,
) -> Axes:
    """Draw the chord between two points of a curve, and how far off one ``between`` is.

    An upright line joins the curve's point ``between`` to the chord, and ``text`` stands
    where they meet.
    """
    (x0, y0), (x1, y1), (x, y) = start, end, between
    on_chord = y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    ax.plot([x0, x1], [y0, y1], "o-", color=LIGHT["model"], linewidth=1.6)
    ax.plot([x, x], [y, on_chord], ":", color=LIGHT["model"])
    ax.plot([x], [y], "o", color=LIGHT["ink"], markersize=7)
    ax.annotate(
        text, (x, on_chord), xytext=(-10, -6), textcoords="offset points", ha="right"
    )
    return ax
