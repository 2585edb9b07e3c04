"""Stated probabilities against what came true, group by group."""

import numpy as np
from matplotlib.axes import Axes

from ce_lib.calibration import ReliabilityCurve
from ce_lib.figures.style import styled
from ce_lib.palette import LIGHT


@styled
def draw_reliability(ax: Axes, curve: ReliabilityCurve, *, title: str = "") -> Axes:
    """Draw the bins of a ``curve`` as rings, with their gaps to the diagonal.

    The more a bin counts the larger is its ring; an almost empty one can still be seen. A
    grey bar on the diagonal spans two standard errors each way: where chance alone would
    put a group that keeps its word.
    """
    said, seen = curve.confidence, curve.frequency
    size = np.asarray(curve.counts, dtype=float)
    error = 2 * np.sqrt(said * (1 - said) / size)
    ax.plot([0, 1], [0, 1], color=LIGHT["quiet"], linewidth=1.2)
    ax.text(0.2, 0.24, "honest", ha="right", color=LIGHT["quiet"])
    ax.vlines(said, said - error, said + error, color=LIGHT["line"], linewidth=9)
    ax.vlines(said, said, seen, color=LIGHT["excess"], linewidth=2)
    ax.scatter(
        said,
        seen,
        s=18 + 260 * size / size.sum(),
        facecolor=LIGHT["paper"],
        edgecolor=LIGHT["model"],
        linewidth=2,
        zorder=3,
    )
    ax.set(xlim=(0, 1.04), ylim=(0, 1.07), ylabel="share that came true")
    ax.set_xticks([0, 0.5, 1])
    ax.set_yticks([0, 0.5, 1])
    ax.set_title(title)
    return ax
