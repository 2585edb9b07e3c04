"""Many values as shares: how many of them lie where."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ce_lib.figures.style import styled
from ce_lib.palette import LIGHT


@styled
def draw_shares(ax: Axes, values: ArrayLike, edges: ArrayLike, *, title: str) -> Axes:
    """Draw which share of the ``values``, (N,), lies between each two of the ``edges``.

    Values beyond the outermost edges raise ValueError: none is left out unseen.
    """
    values, edges = np.asarray(values, dtype=float), np.asarray(edges, dtype=float)
    if values.min() < edges[0] or values.max() > edges[-1]:
        raise ValueError(
            f"values: expected numbers from {edges[0]:g} to {edges[-1]:g}, the outermost "
            f"edges, got {values.min():.4g} to {values.max():.4g}"
        )
    counts, _ = np.histogram(values, edges)
    ax.stairs(counts / len(values), edges, fill=True, color=LIGHT["quiet"])
    ax.set_ylim(bottom=0)
    ax.set_title(title)
    ax.set_ylabel("share")
    return ax
