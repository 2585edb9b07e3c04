"""The tournament's table, and the check that stops."""

import doctest
import importlib

import numpy as np
import pytest

from ce_lib.practice import leaderboard, require

Q = {
    "all in": np.eye(2)[[0, 0, 0]],
    "shrug": np.full((3, 2), 0.5),
    "another shrug": np.full((3, 2), 0.5),
    "all in, wrong": np.eye(2)[[1, 1, 1]],
    "<b>good</b>": np.array([[0.9, 0.1], [0.9, 0.1], [0.2, 0.8]]),
}
Y = [0, 0, 1]


@pytest.mark.parametrize("name", ["require", "tournament"])
def test_examples(name: str) -> None:
    # By its full name: the package has a function of the same one.
    done = doctest.testmod(importlib.import_module(f"ce_lib.practice.{name}"))
    assert done.attempted > 0
    assert done.failed == 0


def test_ties_share_a_rank_and_so_do_infinities() -> None:
    rows = leaderboard(Q, Y).rows
    assert [(row.rank, row.name) for row in rows] == [
        (1, "<b>good</b>"),
        (2, "shrug"),
        (2, "another shrug"),
        (4, "all in"),
        (4, "all in, wrong"),
    ]
    assert [row.impossible for row in rows[3:]] == [1, 2]


def test_the_brier_score_tells_them_apart() -> None:
    rows = leaderboard(Q, Y, by="brier").rows
    assert [row.name for row in rows][-2:] == ["all in", "all in, wrong"]
    assert [row.rank for row in rows] == [1, 2, 2, 4, 5]


def test_infinity_is_shown_as_it_is_in_every_form() -> None:
    board = leaderboard(Q, Y)
    assert "∞" in repr(board)
    assert "<td>∞</td>" in board._repr_html_()
    assert "<b>" not in board._repr_html_()
    assert "inf" not in repr(board)


@pytest.mark.parametrize(
    ("q", "what"),
    [
        (np.full((3, 2), 0.6), "sum"),
        (np.full((2, 2), 0.5), "shape"),
        ([["a", "b"]], "q"),
    ],
)
def test_a_bad_forecast_is_named(q, what: str) -> None:
    with pytest.raises((TypeError, ValueError), match=f"^ours: .*{what}"):
        leaderboard({"shrug": Q["shrug"], "ours": q}, Y)


def test_an_unknown_score_is_refused() -> None:
    with pytest.raises(ValueError, match="by: expected 'log' or 'brier', got 'luck'"):
        leaderboard(Q, Y, by="luck")


@pytest.mark.parametrize("answer", [None, ..., 2.0, "nonsense"])
def test_require_stops_with_the_verdict_and_no_traceback(answer) -> None:
    with pytest.raises(AssertionError) as caught:
        require("lab-limits.largest", answer)
    shown = caught.value._render_traceback_()
    assert shown[0].startswith(("○", "✗"))
    assert "Traceback" not in "".join(shown)
