"""Scores: values, propriety, and the decompositions that add up."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss, make_scorer
from sklearn.model_selection import cross_val_score

import ce_lib
from ce_lib.genres import BAD, BATCH_Q, BATCH_Y, GOOD, TRUE_GENRE

# Ten forecasts: .8 five times with 3 hits, .2 five times with 1 hit.
Q = np.array([0.8] * 5 + [0.2] * 5)
Y = np.array([1, 1, 1, 0, 0, 1, 0, 0, 0, 0])


def test_the_genre_predictions():
    for q, log, brier in ((GOOD, 0.356675, 0.12), (BAD, 2.302585, 1.08)):
        np.testing.assert_allclose(ce_lib.log_score(q, TRUE_GENRE), log, rtol=1e-5)
        np.testing.assert_allclose(ce_lib.brier_score(q, TRUE_GENRE), brier, rtol=1e-14)
    np.testing.assert_allclose(ce_lib.log_score(BATCH_Q, BATCH_Y), 0.874812, rtol=5e-6)


def test_the_two_scores_can_disagree():
    a, b = [0.4, 0.6, 0, 0], [0.38, 0.62 / 3, 0.62 / 3, 0.62 / 3]
    assert ce_lib.log_score(a, 0) < ce_lib.log_score(b, 0)
    assert ce_lib.brier_score(a, 0) > ce_lib.brier_score(b, 0)
    np.testing.assert_allclose(ce_lib.brier_score(a, 0), 0.72, rtol=1e-14)


def test_the_binary_form_is_half_of_the_two_class_sum():
    rows = np.stack([1 - Q, Q], axis=1)
    np.testing.assert_allclose(
        ce_lib.brier_score(Q, Y), ce_lib.brier_score(rows, Y) / 2, rtol=1e-14
    )
    np.testing.assert_allclose(
        ce_lib.log_score(Q, Y), ce_lib.log_score(rows, Y), rtol=1e-14
    )


def test_a_tiny_probability_of_yes_keeps_its_digits():
    for q in (1e-9, 1e-20):
        rtol = 1e-15
        np.testing.assert_allclose(ce_lib.brier_score([q], [0]), q * q, rtol=rtol)
        np.testing.assert_allclose(ce_lib.log_score([q], [0]), q + q * q / 2, rtol=rtol)
        parts = ce_lib.brier_decomposition([q] * 2, [0, 0])
        np.testing.assert_allclose(parts.reliability, q * q, rtol=rtol)


def test_murphys_example():
    brier = ce_lib.brier_decomposition(Q, Y)
    np.testing.assert_allclose(brier, [0.22, 0.24, 0.04, 0.02], rtol=1e-13)
    log = ce_lib.log_score_decomposition(Q, Y)
    expected = [0.639032, 0.673012, 0.0863046, 0.0523248]
    np.testing.assert_allclose(log, expected, rtol=2e-6)
    np.testing.assert_allclose(brier.refinement, 0.2, rtol=1e-13)


@pytest.mark.parametrize(
    "split", [ce_lib.brier_decomposition, ce_lib.log_score_decomposition]
)
def test_the_parts_add_up(split):
    rng = np.random.default_rng(0)
    forecasts = rng.dirichlet(np.ones(3), size=5)
    q = forecasts[rng.integers(5, size=200)]
    y = rng.integers(3, size=200)
    parts = split(q, y)
    np.testing.assert_allclose(
        parts.score,
        parts.uncertainty - parts.resolution + parts.reliability,
        rtol=1e-13,
    )
    np.testing.assert_allclose(
        parts.score, parts.refinement + parts.reliability, rtol=1e-13
    )
    assert parts.resolution >= 0
    assert parts.reliability >= 0


def test_calibrated_forecasts_have_no_reliability_term():
    q = np.array([[0.6, 0.4]] * 5 + [[0.2, 0.8]] * 5)
    y = np.array([0, 0, 0, 1, 1, 0, 1, 1, 1, 1])
    for split in (ce_lib.brier_decomposition, ce_lib.log_score_decomposition):
        parts = split(q, y)
        assert 0 <= parts.reliability <= 1e-15 * parts.score


def test_the_expected_scores_split_into_entropy_and_divergence():
    p, q = [0.7, 0.2, 0.05, 0.05], [0.5, 0.3, 0.1, 0.1]
    brier = ce_lib.expected_brier_score(p, q)
    np.testing.assert_allclose(brier, [0.52, 0.465, 0.055], rtol=1e-13)
    log = ce_lib.expected_log_score(p, q)
    np.testing.assert_allclose(log, [0.956256, 0.871133, 0.0851228], rtol=5e-6)
    direct = sum(weight * ce_lib.brier_score(q, y) for y, weight in enumerate(p))
    np.testing.assert_allclose(brier.score, direct, rtol=1e-14)


def expected_loss(function, p, z):
    return sum(weight * function(z, y) for y, weight in enumerate(p))


def test_log_and_brier_are_proper_and_focal_is_not():
    p = np.array([0.7, 0.3])
    grid = np.linspace(0.01, 0.99, 9801)
    z = np.stack([np.log(grid), np.log1p(-grid)], axis=1)
    best = {}
    for name, function in (
        ("log", ce_lib.softmax_cross_entropy),
        ("brier", ce_lib.brier_loss),
        ("focal", ce_lib.focal_loss),
    ):
        losses = [
            function(z, np.full(len(z), y), reduction="none") * p[y] for y in (0, 1)
        ]
        best[name] = grid[np.sum(losses, axis=0).argmin()]
    assert abs(best["log"] - 0.7) < 1e-4
    assert abs(best["brier"] - 0.7) < 1e-4
    assert abs(best["focal"] - 0.578480) < 1e-4


def test_reductions():
    each = ce_lib.log_score(BATCH_Q, BATCH_Y, reduction="none")
    assert each.shape == (5,)
    np.testing.assert_allclose(
        ce_lib.log_score(BATCH_Q, BATCH_Y, reduction="sum"), each.sum()
    )
    np.testing.assert_allclose(ce_lib.log_score(BATCH_Q, BATCH_Y), each.mean())
    with pytest.raises(ValueError, match="reduction"):
        ce_lib.brier_score(BATCH_Q, BATCH_Y, reduction="average")


PEERS = [
    (ce_lib.log_score, log_loss, {}),
    (ce_lib.brier_score, brier_score_loss, {"scale_by_half": False}),
]


@pytest.mark.parametrize(("ours", "theirs", "form"), PEERS)
@pytest.mark.parametrize("weighted", [False, True])
def test_labels_rows_and_weights_mean_what_scikit_learn_means(
    ours, theirs, form, weighted
):
    rng = np.random.default_rng(0)
    q, names = rng.dirichlet(np.ones(3), size=50), ["jazz", "pop", "rock"]
    y = rng.integers(3, size=50)
    weight = rng.random(50) if weighted else None
    expected = theirs(np.array(names)[y], q, labels=names, sample_weight=weight, **form)
    for given, keywords in (
        (y, {}),
        (np.array(names)[y], {"labels": names}),
        (np.array(names, object)[y], {"labels": names}),
        (ce_lib.one_hot(y, 3), {}),
        (ce_lib.one_hot(y, 3).astype(bool), {}),
    ):
        got = ours(q, given, sample_weight=weight, **keywords)
        np.testing.assert_allclose(got, expected, rtol=1e-13)
    turned = ours(
        q[:, ::-1], np.array(names)[y], labels=names[::-1], sample_weight=weight
    )
    np.testing.assert_allclose(turned, expected, rtol=1e-13)


def test_yes_and_no_by_other_names():
    words = np.where(Y == 1, "rain", "dry")
    expected = brier_score_loss(words, Q, pos_label="rain")
    for y, keywords in (
        (words, {"pos_label": "rain"}),
        (words, {"labels": ["dry", "rain"]}),
        (Y == 1, {}),
        (2 * Y - 1, {"pos_label": 1}),
    ):
        got = ce_lib.brier_score(Q, y, **keywords)
        np.testing.assert_allclose(got, expected, rtol=1e-14)


@pytest.mark.parametrize(
    ("score", "as_row", "as_cases"),
    [(ce_lib.log_score, 0.356675, 0.168189), (ce_lib.brier_score, 0.12, 0.03)],
)
def test_shapes_alone_tell_one_case_from_several(score, as_row, as_cases):
    q, hot = GOOD.tolist(), [1, 0, 0, 0]
    for given in ((q, 0), ([q], [0]), ([q], [hot])):
        np.testing.assert_allclose(score(*given), as_row, rtol=3e-6)
    np.testing.assert_allclose(score(q, hot), as_cases, rtol=3e-6)
    np.testing.assert_allclose(score([q], [hot], pos_label=1), as_cases, rtol=3e-6)
    for strange in ([[1, 1, 0, 0]], [[0.9, 0.1, 0, 0]], [[0, 0, 0, 0]]):
        with pytest.raises(ValueError, match=r"^y: expected class indices.*one-hot"):
            score([q], strange)


@pytest.mark.parametrize(("ours", "theirs", "form"), PEERS)
@pytest.mark.parametrize("n", [2, 1000, 100_000])
def test_a_vector_of_forecasts_may_sum_to_1(ours, theirs, form, n):
    q, y = np.full(n, 1 / n), np.eye(n, dtype=int)[1] if n < 5000 else np.arange(n) == 3
    if theirs is brier_score_loss:
        form = {"scale_by_half": True}
    np.testing.assert_allclose(ours(q, y), theirs(y, q, **form), rtol=1e-10)


@pytest.mark.parametrize(
    "function",
    [
        ce_lib.log_score,
        ce_lib.brier_score,
        ce_lib.log_score_decomposition,
        ce_lib.brier_decomposition,
        ce_lib.reliability_curve,
        ce_lib.expected_calibration_error,
        ce_lib.classwise_calibration_error,
    ],
)
def test_one_column_is_not_a_row_over_one_class(function):
    y = np.zeros(5, int)
    with pytest.raises(ValueError, match=r"^q: .*2 classes.*of yes, pass q\[:, 0\]"):
        function(np.ones((5, 1)), y)
    with pytest.raises(ValueError, match=r"^q: .*2 classes.*q\[:, 0\]"):
        function(np.ones((5, 1)), ["rock"] * 5, labels=["rock"])


def test_outcomes_in_the_place_of_forecasts_are_told_so():
    for y, q in (
        (Y, Q),
        (np.zeros(10, int), np.stack([Q, 1 - Q], axis=1)),
        (["a"], [0.5]),
    ):
        with pytest.raises(
            TypeError, match=r"forecasts come first.*make_scorer\(lambda"
        ):
            ce_lib.brier_score(y, q)
    with pytest.raises(TypeError) as refusal:
        ce_lib.log_score(Y, Q)
    assert "brier_score" not in str(refusal.value)
    scorer = make_scorer(
        lambda y, q: ce_lib.brier_score(q, y),
        response_method="predict_proba",
        greater_is_better=False,
    )
    scores = cross_val_score(LogisticRegression(), Q[:, None], Y, scoring=scorer, cv=2)
    assert (scores < 0).all()


def test_a_class_axis_in_second_place_is_told_the_way_out():
    q = np.moveaxis(np.random.default_rng(0).dirichlet(np.ones(3), size=(2, 4)), -1, 1)
    y = np.zeros((2, 4), int)
    with pytest.raises(ValueError, match=r"np.moveaxis\(rows, 1, -1\)"):
        ce_lib.log_score(q, y)
    with pytest.raises(ValueError, match="pass axis=1"):
        ce_lib.softmax_cross_entropy(q, y)


def test_a_long_list_of_cases_is_scored_as_a_short_one():
    rng = np.random.default_rng(3)
    q, y = rng.dirichlet(np.ones(3), size=(300, 200)), rng.integers(3, size=(300, 200))
    for score in (ce_lib.log_score, ce_lib.brier_score):
        each = score(q, y, reduction="none")
        assert each.shape == y.shape
        rows = [score(q[i], y[i], reduction="none") for i in range(300)]
        np.testing.assert_array_equal(each, rows)
        np.testing.assert_array_equal(score(q, np.eye(3)[y], reduction="none"), each)
        np.testing.assert_allclose(
            score(q, y, sample_weight=y + 1.0),
            np.average(each, weights=y + 1),
            rtol=1e-13,
        )
        yes = score(q[..., 0].ravel(), y.ravel() == 0, reduction="none")
        few = score(q[:1, :, 0].ravel(), y[:1].ravel() == 0, reduction="none")
        np.testing.assert_array_equal(yes[:200], few)
    q[280, 7] = 0.5
    with pytest.raises(ValueError, match="row 56007"):
        ce_lib.log_score(q, y)
