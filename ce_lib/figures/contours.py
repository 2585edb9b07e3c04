"""A surface seen from above, as lines of equal height."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ce_lib.figures.style import styled
from ce_lib.palette import LIGHT


@styled
def draw_contours(
    ax: Axes,
    x: ArrayLike,
    y: ArrayLike,
    heights: ArrayLike,
    *,
    levels: Sequence[float],
    xlabel: str,
    ylabel: str,
) -> Axes:
    """Draw where ``heights``, (len(y), len(x)), has each of the ``levels``.

    The level stands on its line. A level that no height reaches raises ValueError.
    """
    heights = np.asarray(heights, dtype=float)
    missing = [level for level in levels if not heights.min() < level < heights.max()]
    if missing:
        raise ValueError(
            f"levels: expected values between the lowest and the highest height, "
            f"{heights.min():.4g} and {heights.max():.4g}, got {missing}"
        )
    lines = ax.contour(
        x, y, heights, levels=levels, colors=LIGHT["quiet"], linewidths=1.2
    )
    ax.clabel(lines, fmt=lambda level: f"{level:.3g}", inline_spacing=2)
    ax.grid(visible=False)
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    return ax
