"""Calibration: the curve, the error, and the fitted temperature."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from sklearn.calibration import calibration_curve

import ce_lib
from ce_lib.calibration.temperature import _Cases
from ce_lib.genres import BATCH_Q, BATCH_Y


@pytest.mark.parametrize("strategy", ["uniform", "quantile"])
@pytest.mark.parametrize("digits", [1, 16])  # many equal forecasts, and none
def test_the_curve_agrees_with_scikit_learn(strategy, digits):
    rng = np.random.default_rng(0)
    q = rng.random(500).round(digits)
    y = np.where(rng.random(500) < q**2, "rain", "dry")
    keywords = {"n_bins": 8, "strategy": strategy, "pos_label": "rain"}
    curve = ce_lib.reliability_curve(q, y, **keywords)
    frequency, confidence = calibration_curve(y, q, **keywords)
    np.testing.assert_allclose(curve.frequency, frequency, rtol=1e-13)
    np.testing.assert_allclose(curve.confidence, confidence, rtol=1e-13)
    assert curve.counts.sum() == 500
    assert len(curve.edges) == 9


def test_every_forecast_has_a_bin():
    q = np.array([0.0, 0.1, 0.1 + 1e-12, 0.5, 1.0])
    curve = ce_lib.reliability_curve(q, [0, 0, 0, 1, 1], n_bins=10)
    assert curve.counts.sum() == 5
    np.testing.assert_array_equal(curve.counts, [2, 1, 1, 1])


def test_leaders_that_tie_share_the_hit():
    curve = ce_lib.reliability_curve(BATCH_Q, BATCH_Y, n_bins=1)
    np.testing.assert_allclose(curve.frequency, [3.5 / 5])
    np.testing.assert_allclose(curve.confidence, [0.5])
    uniform = ce_lib.expected_calibration_error([[0.25] * 4] * 8, [0, 1, 2, 3] * 2)
    assert uniform == 0
    two_lead, y = [[0.4, 0.4, 0.2]] * 10, [0] * 4 + [1] * 4 + [2] * 2
    assert ce_lib.expected_calibration_error(two_lead, y) < 1e-15


def test_the_calibration_error_is_the_mean_gap():
    q = np.array([0.75] * 4 + [0.25] * 4)
    y = np.array([1, 1, 1, 0, 1, 1, 1, 0])
    assert ce_lib.expected_calibration_error(q, y) == pytest.approx(0.25)
    calibrated = np.array([1, 1, 1, 0, 1, 0, 0, 0])
    assert ce_lib.expected_calibration_error(q, calibrated) == 0
    rows = np.stack([1 - q, q], axis=1)
    assert ce_lib.expected_calibration_error(rows, calibrated) == 0


# Gaps of .2 and .1 over 3 and 1 of four cases.
NORMS = {"l1": 0.175, "l2": 0.0325**0.5, "max": 0.2}


@pytest.mark.parametrize("norm", NORMS)
def test_the_norms_of_the_gaps(norm):
    q, y = [0.2] * 3 + [0.9], [0, 0, 0, 1]
    error = ce_lib.expected_calibration_error(q, y, norm=norm)
    np.testing.assert_allclose(error, NORMS[norm], rtol=1e-13)


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("strategy", ["uniform", "quantile"])
def test_the_classwise_error_is_the_mean_over_the_classes(norm, strategy):
    rng = np.random.default_rng(0)
    rows, y = rng.dirichlet(np.ones(4), size=300), rng.integers(4, size=300)
    each = [
        ce_lib.expected_calibration_error(
            rows[:, k], y == k, 7, norm=norm, strategy=strategy
        )
        for k in range(4)
    ]
    error = ce_lib.classwise_calibration_error(rows, y, 7, norm=norm, strategy=strategy)
    np.testing.assert_allclose(error, np.mean(each), rtol=1e-13)


OF_WEIGHTED = {
    "log_score": ce_lib.log_score,
    "brier_score": ce_lib.brier_score,
    "brier_decomposition": ce_lib.brier_decomposition,
    "log_score_decomposition": ce_lib.log_score_decomposition,
    "confidence": lambda *a, **k: ce_lib.reliability_curve(*a, **k).confidence,
    "counts": lambda *a, **k: ce_lib.reliability_curve(*a, **k).counts,
    "expected_calibration_error": ce_lib.expected_calibration_error,
    "classwise_calibration_error": ce_lib.classwise_calibration_error,
    "fit_temperature": lambda q, y, **k: ce_lib.fit_temperature(np.log(q), y, **k),
}


@pytest.mark.parametrize("name", OF_WEIGHTED)
def test_a_weight_of_two_is_the_case_twice_and_one_of_zero_is_none(name):
    rng = np.random.default_rng(0)
    q, y = rng.dirichlet(np.ones(3), size=200).round(1), rng.integers(3, size=200)
    q = np.where(q == 0, 0.1, q) / np.where(q == 0, 0.1, q).sum(axis=1, keepdims=True)
    y = np.where(rng.random(200) < 0.6, q.argmax(axis=1), y)
    times = rng.integers(4, size=200)
    again = np.repeat(q, times, axis=0), np.repeat(y, times)
    function = OF_WEIGHTED[name]
    weighted = function(q, y, sample_weight=times)
    np.testing.assert_allclose(weighted, function(*again), rtol=1e-12)
    if name != "counts":
        tiny = function(q, y, sample_weight=times * 1e-300)
        np.testing.assert_allclose(tiny, weighted, rtol=1e-9)


def test_weighted_quantiles_do_not_change_when_every_case_is_doubled():
    rng = np.random.default_rng(0)
    q = rng.random(41)
    y, times = (rng.random(41) < q).astype(int), rng.integers(1, 4, size=41)
    once = ce_lib.reliability_curve(q, y, 5, strategy="quantile", sample_weight=times)
    q, y = np.repeat(q, times), np.repeat(y, times)
    ones = np.ones(len(q))
    again = ce_lib.reliability_curve(q, y, 5, strategy="quantile", sample_weight=ones)
    for one, other in zip(once, again, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-13)


def world(n, k, temperature, seed):
    """Logits, and outcomes that follow softmax(logits / temperature)."""
    rng = np.random.default_rng(seed)
    z = rng.normal(size=(n, k)) * 4
    q = ce_lib.softmax(z, temperature=temperature)
    return z, (q.cumsum(axis=1) < rng.random((n, 1))).sum(axis=1)


@pytest.mark.parametrize("temperature", [0.3, 1.0, 2.5, 20.0])
def test_the_temperature_is_found(temperature):
    z, y = world(4000, 5, temperature, seed=1)
    fitted = ce_lib.fit_temperature(z, y)
    loss = lambda t: ce_lib.softmax_cross_entropy(z / t, y)  # noqa: E731
    scipys = minimize_scalar(
        loss, bounds=(fitted / 2, fitted * 2), method="bounded", options={"xatol": 1e-9}
    ).x
    np.testing.assert_allclose(fitted, scipys, rtol=1e-6)
    np.testing.assert_allclose(fitted, temperature, rtol=0.15)
    slope = (ce_lib.softmax(z / fitted) * z).sum(axis=1) - z[np.arange(len(z)), y]
    assert abs(slope.mean()) < 1e-12 * np.abs(z).max()


def test_the_temperature_scales_and_ignores_shifts():
    z, y = world(300, 3, 2.0, seed=2)
    fitted = ce_lib.fit_temperature(z, y)
    for factor in (1e-150, 3.0, 1e150):
        np.testing.assert_allclose(
            ce_lib.fit_temperature(z * factor, y), fitted * factor, rtol=1e-9
        )
    np.testing.assert_allclose(ce_lib.fit_temperature(z + 64.0, y), fitted, rtol=1e-9)


def test_a_case_with_a_closed_form():
    z = 5 * np.log([[0.9, 0.1]] * 10)
    np.testing.assert_allclose(ce_lib.fit_temperature(z, [0] * 9 + [1]), 5, rtol=1e-12)


@pytest.mark.parametrize("factor", [1e-300, 1e-290, 1e290])
def test_the_temperature_of_huge_and_tiny_logits(factor):
    z = np.array([[0, 1.0, 0.5], [0, -1 - 1e-10, -0.5]])
    t = ce_lib.fit_temperature(z, [0, 0])
    scaled = ce_lib.fit_temperature(z * factor, [0, 0]) / factor
    np.testing.assert_allclose(scaled, t, rtol=1e-5)  # flat: T is 1e10


def test_a_draw_between_logits_and_outcomes_has_no_best_temperature():
    rng = np.random.default_rng(0)
    for _ in range(50):  # each class happens once, so the slope is 0 but for rounding
        row = rng.normal(size=3)
        with pytest.raises(ValueError, match=r"^logits: .*keeps falling"):
            ce_lib.fit_temperature(np.tile(row, (3, 1)), [0, 1, 2])


def test_logits_without_a_best_temperature():
    with pytest.raises(ValueError, match="shrinks to 0"):
        ce_lib.fit_temperature([[2.0, 1], [3, 0]], [0, 0])
    with pytest.raises(ValueError, match="T grows"):
        ce_lib.fit_temperature([[2.0, 1], [3, 0]], [1, 1])
    with pytest.raises(ValueError, match="T grows"):
        ce_lib.fit_temperature([[1.0, 1], [0, 0]], [1, 1])
    with pytest.raises(ValueError, match="at least one row"):
        ce_lib.fit_temperature(np.empty((0, 3)), [])


def test_the_temperature_of_one_logit_is_that_of_two_classes():
    rng = np.random.default_rng(3)
    z = rng.normal(size=500) * 4
    y = rng.random(500) < ce_lib.sigmoid(z / 3)
    rows = np.stack([np.zeros(500), z], axis=1)
    expected = ce_lib.fit_temperature(rows, y.astype(int))
    np.testing.assert_allclose(ce_lib.fit_temperature(z, y), expected, rtol=1e-12)
    words = np.where(y, "rain", "dry")
    fitted = ce_lib.fit_temperature(z, words, pos_label="rain")
    np.testing.assert_allclose(fitted, expected, rtol=1e-12)


def test_impossible_classes_and_ignored_cases_leave_the_temperature_alone():
    z, y = world(300, 3, 2.0, seed=2)
    fitted = ce_lib.fit_temperature(z, y)
    wider = np.column_stack([z, np.full(len(z), -np.inf)])
    np.testing.assert_allclose(ce_lib.fit_temperature(wider, y), fitted, rtol=1e-13)
    more = np.concatenate([z, [[np.nan, 0, np.inf]]]), np.append(y, -100)
    np.testing.assert_allclose(ce_lib.fit_temperature(*more), fitted, rtol=1e-13)
    more = more[0], np.append(y, 7)
    fitted_7 = ce_lib.fit_temperature(*more, ignore_index=7)
    np.testing.assert_allclose(fitted_7, fitted, rtol=1e-13)
    one = np.append(z[:, 0], np.nan), np.append(y == 0, -1).astype(int)
    assert ce_lib.fit_temperature(*one, ignore_index=-1) == ce_lib.fit_temperature(
        z[:, 0], y == 0
    )


def test_a_step_that_lands_on_the_temperature_ends_the_search(monkeypatch):
    walks, walk = [], _Cases.slope_and_curvature
    monkeypatch.setattr(
        _Cases,
        "slope_and_curvature",
        lambda cases, b: walks.append(b) or walk(cases, b),
    )
    rng = np.random.default_rng(0)
    for scale in (0.3, 1, 10):
        z = 3 * rng.normal(size=2000)
        y = rng.random(2000) < ce_lib.sigmoid(z / scale)
        ce_lib.fit_temperature(z, y)
        assert len(walks) < 20
        walks.clear()


Q2 = [[0.7, 0.3], [0.2, 0.8], [0.6, 0.4]]
NO_LOGITS = [
    ("probabilities; take np.log", lambda: ce_lib.fit_temperature(Q2, [0, 1, 1])),
    ("two logits", lambda: ce_lib.fit_temperature([0.7, 0.2, 0.6], [1, 0, 0])),
    ("logits\\[:, 0\\]", lambda: ce_lib.fit_temperature([[1], [-1]], [1, 0])),
    ("class axis last", lambda: ce_lib.fit_temperature(np.ones((2, 3, 4)), [0, 1])),
    ("possible", lambda: ce_lib.fit_temperature([[1, -np.inf], [0, 1]], [1, 0])),
    ("only ignored", lambda: ce_lib.fit_temperature([[1.0, 2], [2, 1]], [-100, -100])),
    ("impossible class", lambda: ce_lib.fit_temperature([1.0, np.inf], [0, 1])),
]


@pytest.mark.parametrize(("said", "call"), NO_LOGITS)
def test_what_is_no_logits_is_told_the_way_out(said, call):
    with pytest.raises(ValueError, match=said):
        call()


@pytest.mark.parametrize("unit", [5e-324, 1e-310, 1e300])
def test_no_unit_of_the_weights_changes_what_they_say(unit):
    rng = np.random.default_rng(5)
    weight = rng.integers(1, 5, size=60).astype(float)
    rows = rng.dirichlet(np.ones(3), size=60)
    y = np.where(rng.random(60) < 0.5, rows.argmax(axis=1), rng.integers(3, size=60))
    for read in (
        lambda w: ce_lib.expected_calibration_error(rows, y, sample_weight=w),
        lambda w: ce_lib.expected_calibration_error(
            rows[:, 0], y == 0, norm="max", strategy="quantile", sample_weight=w
        ),
        lambda w: ce_lib.classwise_calibration_error(rows, y, sample_weight=w),
        lambda w: ce_lib.reliability_curve(rows, y, sample_weight=w).confidence,
        lambda w: ce_lib.brier_decomposition(rows, y, sample_weight=w),
        lambda w: ce_lib.log_score_decomposition(rows, y, sample_weight=w),
        lambda w: ce_lib.log_score(rows, y, sample_weight=w),
        lambda w: ce_lib.fit_temperature(np.log(rows), y, sample_weight=w),
    ):
        np.testing.assert_allclose(read(weight * unit), read(weight), rtol=1e-10)


def test_a_tiny_weight_beside_a_usual_one_still_has_its_bin():
    q, y = [0.3, 0.9], [0, 1]
    for weight in ([1, 1], [5e-324, 1], [1, 5e-324], [1e308, 5e-324]):
        curve = ce_lib.reliability_curve(q, y, sample_weight=weight)
        np.testing.assert_allclose(curve.confidence, q, rtol=1e-15)
        np.testing.assert_allclose(curve.frequency, y, rtol=1e-15)
        np.testing.assert_array_equal(curve.counts, weight)
