"""One matplotlib style for the whole book, from the palette the explorers use.

The colours are the light theme's; when the book is built they become variables that
follow the reader's theme, so a figure needs no second, dark version.
"""

import math
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogFormatter
from matplotlib_inline.backend_inline import set_matplotlib_formats

from ce_lib.palette import LIGHT

STYLE: dict[Any, Any] = {
    # Text stays text: it can be searched, and takes the page's font.
    "svg.fonttype": "none",
    "svg.hashsalt": "ce_lib",  # the same figure gives the same file
    "font.family": "sans-serif",
    "font.sans-serif": ["system-ui", "DejaVu Sans"],
    "font.size": 11,  # points of a width of 346, which a phone shows in as many pixels
    "axes.titlesize": "medium",
    "axes.titlelocation": "left",
    "text.color": LIGHT["ink"],
    "axes.edgecolor": LIGHT["quiet"],
    "axes.labelcolor": LIGHT["ink"],
    "axes.facecolor": LIGHT["paper"],
    "figure.facecolor": LIGHT["paper"],
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": LIGHT["line"],
    "grid.linewidth": 0.5,
    "xtick.color": LIGHT["quiet"],
    "ytick.color": LIGHT["quiet"],
    "ytick.major.size": 0,
    # A logarithmic axis has the marks of the explorers': the powers, and nothing between.
    "xtick.minor.size": 0,
    "ytick.minor.size": 0,
    "lines.linewidth": 2,
    "hatch.linewidth": 1.4,
    "legend.frameon": False,
}


#: What draws in the book's style, and leaves the session's own settings as they are.
styled = mpl.rc_context(STYLE)


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power_of_ten(value: float, _place: int | None = None) -> str:
    """Write a power of ten as the explorers do, in plain letters: 0.01, 1, 10⁻⁶.

    A formula would set its letters one by one, by the widths of another face.

    Examples
    --------
    >>> [power_of_ten(value) for value in (1e-6, 0.01, 1, 1000)]
    ['10⁻⁶', '0.01', '1', '10³']
    """
    exponent = round(math.log10(value))
    if -3 < exponent < 3:
        return f"{10.0**exponent:g}"
    return f"10{str(exponent).translate(_RAISED)}"


def write_powers(figure: Figure) -> None:
    """Write the powers on logarithmic axes, where no one else has said how."""
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            if isinstance(axis.get_major_formatter(), LogFormatter):
                axis.set_major_formatter(FuncFormatter(power_of_ten))


class StyledFigure(Figure):
    """A figure that keeps the style until it is painted, which may be much later."""

    @styled
    def draw(self, renderer: RendererBase) -> None:
        """Draw the figure, with ticks and text that are only made now."""
        write_powers(self)
        super().draw(renderer)


@styled
def axes(width: float = 4.8, height: float = 3.2, rows: int = 1) -> Any:
    """Return new axes in the book's style: one, or an array of ``rows`` sharing x.

    Figures are narrow, so that their text can be read on a phone; panels go below
    each other for the same reason.

    Sizes are in inches. The figure is sent to a notebook as SVG.
    """
    set_matplotlib_formats("svg")  # type: ignore[no-untyped-call]
    _, made = plt.subplots(
        rows,
        1,
        figsize=(width, height),
        layout="constrained",
        sharex=True,
        FigureClass=StyledFigure,
    )
    return made


@styled
def label_end(ax: Axes, x: float, y: float, text: str, **options: Any) -> None:
    """Write a label at the end of a line, where no legend is needed."""
    ax.annotate(
        text, (x, y), xytext=(6, 0), textcoords="offset points", va="center", **options
    )


@styled
def write_at(
    ax: Axes, x: float, y: float, text: str, of: str = "ink", **options: Any
) -> Axes:
    """Write words at a place of the data, in the colour of what they are ``of``."""
    ax.text(x, y, text, color=LIGHT[of], **options)
    return ax
