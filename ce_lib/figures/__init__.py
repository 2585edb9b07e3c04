"""The book's figures: one matplotlib style, and ``draw_*(ax, data) -> ax``.

A drawing function computes nothing about cross-entropy; it draws what it is given into
the axes it is given, with the palette's colours, and returns the axes.
"""

from ce_lib.figures.areas import draw_areas as draw_areas
from ce_lib.figures.bars import draw_prediction as draw_prediction
from ce_lib.figures.bars import draw_scores as draw_scores
from ce_lib.figures.contours import draw_contours as draw_contours
from ce_lib.figures.curves import draw_chord as draw_chord
from ce_lib.figures.curves import draw_curves as draw_curves
from ce_lib.figures.curves import draw_levels as draw_levels
from ce_lib.figures.curves import draw_runs as draw_runs
from ce_lib.figures.curves import draw_tangent as draw_tangent
from ce_lib.figures.curves import mark_point as mark_point
from ce_lib.figures.grades import draw_grades as draw_grades
from ce_lib.figures.grades import draw_prices as draw_prices
from ce_lib.figures.ranges import draw_ranges as draw_ranges
from ce_lib.figures.ranges import mark_outside as mark_outside
from ce_lib.figures.reliability import draw_reliability as draw_reliability
from ce_lib.figures.shares import draw_shares as draw_shares
from ce_lib.figures.style import axes as axes
from ce_lib.figures.style import write_at as write_at
