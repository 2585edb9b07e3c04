"""An average as an area: as wide as often, as high as much."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ce_lib.figures.style import styled
from ce_lib.palette import LIGHT


@styled
def draw_areas(
    ax: Axes,
    names: Sequence[str],
    shares: ArrayLike,
    lowest: ArrayLike,
    paid: ArrayLike,
    *,
    xlabel: str,
    ylabel: str,
) -> Axes:
    """Draw a block for each of ``names``, as wide as its share, all of them (K,).

    Filled it is as high as the ``lowest`` price, outlined as what is ``paid``: the areas
    are the averages. A name stands above its block.
    """
    shares, lowest, paid = (np.asarray(x, dtype=float) for x in (shares, lowest, paid))
    for name, row in (("shares", shares), ("lowest", lowest), ("paid", paid)):
        if row.shape != (len(names),):
            raise ValueError(
                f"{name}: expected one number for each of {len(names)} names, "
                f"got shape {row.shape}"
            )
    left = np.cumsum(shares) - shares
    ax.bar(left, lowest, shares, align="edge", color=LIGHT["floor"])
    ax.bar(
        left,
        paid,
        shares,
        align="edge",
        facecolor="none",
        edgecolor=LIGHT["model"],
        linewidth=2,
        clip_on=False,
    )
    for name, at, high in zip(
        names, left + shares / 2, np.maximum(lowest, paid), strict=True
    ):
        ax.annotate(
            name, (at, high), xytext=(0, 6), textcoords="offset points", ha="center"
        )
    ax.set_xticks([0, *np.cumsum(shares)])
    ax.margins(x=0, y=0.14)
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    return ax
