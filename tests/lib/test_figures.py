"""Figures draw all that they are given, or refuse it, and leave no style behind."""

import io

import matplotlib as mpl
import numpy as np
import pytest

import ce_lib
from ce_lib.figures import (
    axes,
    draw_areas,
    draw_contours,
    draw_curves,
    draw_grades,
    draw_prediction,
    draw_reliability,
    draw_scores,
    draw_shares,
    mark_point,
    write_at,
)
from ce_lib.figures.style import STYLE
from ce_lib.palette import LIGHT

CURVE = ce_lib.reliability_curve([0.8] * 5 + [0.2] * 5, [1, 1, 1, 0, 0] * 2)
LINES = {key: [1.0, 2.0] for key in "abcd"}
LABELS = {"xlabel": "", "ylabel": ""}


@pytest.fixture
def ax():
    backend = mpl.get_backend()
    mpl.use("agg")
    with mpl.rc_context():
        yield axes()
    mpl.pyplot.close("all")
    mpl.use(backend)


def test_what_would_be_dropped_is_refused(ax):
    ends = dict.fromkeys(LINES, (0, 0))
    with pytest.raises(ValueError, match=r"^curves: expected at most 3.*got 4"):
        draw_curves(ax, [0, 1], LINES, ends=ends, **LABELS)
    with pytest.raises(ValueError, match=r"^ends: expected the names of the curves"):
        draw_curves(ax, [0, 1], {"a": [1, 2]}, ends={"b": (0, 0)}, **LABELS)
    with pytest.raises(ValueError, match=r"^q: expected one number for each of 2"):
        draw_prediction(ax, ["a", "b"], [1, 0], [1, 0, 0])
    with pytest.raises(ValueError, match=r"^values: expected one number for each of 2"):
        draw_scores(ax, ["a", "b"], [1, 0, 0], ylabel="")
    with pytest.raises(ValueError, match=r"^levels: expected.*1 and 4, got \[7\]"):
        draw_contours(ax, [0, 1], [0, 1], [[1, 2], [3, 4]], levels=[2, 7], **LABELS)
    for row in (["low"], ["low", "odd"]):
        with pytest.raises(ValueError, match=r"^rows: expected one of \['low'\] for"):
            draw_grades(ax, [0.5, 1], {"K": row}, grades=["low"])
    with pytest.raises(ValueError, match=r"^paid: expected one number for each of 2"):
        draw_areas(ax, ["a", "b"], [0.5, 0.5], [1, 1], [1, 0, 0], **LABELS)
    with pytest.raises(
        ValueError, match=r"^values: expected numbers from 0 to 1, .* 2$"
    ):
        draw_shares(ax, [0.5, 2], [0, 0.5, 1], title="")
    with pytest.raises(TypeError, match="positional"):
        draw_reliability(ax, *CURVE)


def test_the_areas_are_the_averages(ax):
    p, q = np.array([0.6, 0.3, 0.1]), np.array([0.5, 0.3, 0.2])
    draw_areas(ax, ["a", "b", "c"], p, -np.log(p), -np.log(q), **LABELS)
    for blocks, average in zip(
        ax.containers, [ce_lib.entropy(p), ce_lib.cross_entropy(p, q)], strict=True
    ):
        area = sum(block.get_width() * block.get_height() for block in blocks)
        assert area == pytest.approx(average, rel=1e-12, abs=0)


def test_the_shares_sum_to_one(ax):
    draw_shares(ax, [0, 0.1, 0.7, 1], [0, 0.5, 1], title="")
    (steps,) = ax.patches
    assert list(steps.get_data().values) == [0.5, 0.5]


def test_a_reliability_curve_is_drawn_as_it_is_returned(ax):
    draw_reliability(ax, CURVE, title="as it is")
    assert ax.get_title(loc="left") == "as it is"


def test_a_point_of_the_truth_has_the_truths_colour(ax):
    mark_point(ax, 0, 0, "said")
    mark_point(ax, 0, 1, "true", of="truth")
    colours = [line.get_color() for line in ax.lines]
    assert colours == [LIGHT["model"], LIGHT["truth"]]


def test_words_have_the_size_and_the_colour_of_the_style(ax):
    write_at(ax, 0, 0, "said", of="model")
    (words,) = ax.texts
    assert words.get_fontsize() == STYLE["font.size"]
    assert words.get_color() == LIGHT["model"]


def drawn() -> bytes:
    ax = axes()
    draw_curves(ax, [0, 1], {"a": [1.0, 2.0]}, ends={"a": (0, 0)}, **LABELS)
    mark_point(ax, 0.5, 1.5, "here")
    ax.set(xlabel="x", xticks=[0, 1])
    file = io.BytesIO()
    ax.figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()


def test_a_figure_has_the_books_style_and_the_session_keeps_its_own(ax):
    before = dict(mpl.rcParams)
    with mpl.rc_context(STYLE):
        expected = drawn()
    assert drawn() == expected
    assert dict(mpl.rcParams) == before


def test_a_logarithmic_axis_writes_powers_in_plain_letters(ax):
    ax.plot([1, 2], [1e-6, 1])
    ax.set(yscale="log")
    drawn = io.StringIO()
    with mpl.rc_context(STYLE):
        ax.figure.savefig(drawn, format="svg")
    assert ">10⁻⁴</text>" in drawn.getvalue()
    assert "mathdefault" not in drawn.getvalue()
    assert ax.yaxis.get_minor_ticks()[0].tick1line.get_markersize() == 0
