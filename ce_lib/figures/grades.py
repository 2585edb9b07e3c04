"""Values along one axis: what each costs, and what it is called."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ce_lib.figures.style import styled
from ce_lib.palette import LIGHT

_LETTER = 0.021  # of the width of the axes
_GREYS = (LIGHT["paper"], LIGHT["line"], LIGHT["quiet"], LIGHT["ink"])


@styled
def draw_prices(ax: Axes, x: ArrayLike, prices: ArrayLike, *, ylabel: str) -> Axes:
    """Draw the price of each ``x`` as a stem, and write it above, with two decimals."""
    x, prices = np.broadcast_arrays(x, prices)
    ax.vlines(x, 0, prices, color=LIGHT["quiet"], linewidth=1)
    ax.plot(x, prices, "o", color=LIGHT["ink"], markersize=4, clip_on=False)
    for at, price in zip(x, prices, strict=True):
        ax.annotate(
            f"{price:.2f}",
            (at, price),
            xytext=(0, 6),
            textcoords="offset points",
            rotation=90,
            ha="center",
            va="bottom",
        )
    ax.set_ylabel(ylabel)
    return ax


@styled
def draw_grades(
    ax: Axes,
    x: Sequence[float],
    rows: Mapping[str, Sequence[str]],
    *,
    grades: Sequence[str],
) -> Axes:
    """Draw a dot for each ``x``, evenly spaced from 0 to 1, in each of the named rows.

    A row holds the grade of each x; a higher one of the at most four ``grades`` is
    darker. Above its dots a grade is written, where there is room.
    """
    colours = dict(zip(grades, _GREYS, strict=False))
    for name, row in rows.items():
        if len(row) != len(x) or not set(row) <= set(colours):
            raise ValueError(
                f"rows: expected one of {list(colours)} for each of {len(x)} values, "
                f"got {list(row)} in {name!r}"
            )
    for height, row in enumerate(rows.values()):
        faces = [colours[grade] for grade in row]
        edge = LIGHT["quiet"]
        ax.scatter(x, [height] * len(x), s=34, c=faces, edgecolors=edge, clip_on=False)
        _write_grades(ax, height - 0.28, list(zip(x, row, strict=True)))
    ax.set_yticks(range(len(rows)), list(rows))
    ax.set_ylim(len(rows) - 0.6, -0.8)
    ax.grid(visible=False)
    ax.spines["left"].set_visible(False)
    return ax


def _write_grades(ax: Axes, height: float, row: list[tuple[float, str]]) -> None:
    """Write each grade above its dots, the rarest first, where nothing is written yet."""
    taken: list[tuple[float, float]] = []
    names = [grade for _, grade in row]
    for grade in sorted(set(names), key=lambda grade: (names.count(grade), grade)):
        run = [at for at, other in row if other == grade]
        middle, half = (run[0] + run[-1]) / 2, _LETTER * len(grade) / 2
        apart = (middle + half < left or right < middle - half for left, right in taken)
        if middle > half and all(apart):
            ax.text(middle, height, grade, ha="center", va="bottom")
            taken.append((middle - half, middle + half))
