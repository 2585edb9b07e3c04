"""Calibration: the curve, the error, and the fitted temperature."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from sklearn.calibration import calibration_curve

import ce_lib
from ce_lib.genres import BATCH_Q, BATCH_Y


def test_the_curve_agrees_with_scikit_learn():
    rng = np.random.default_rng(0)
    q = rng.random(500)
    y = (rng.random(500) < q**2).astype(int)
    curve = ce_lib.reliability_curve(q, y, n_bins=8)
    frequency, confidence = calibration_curve(y, q, n_bins=8)
    np.testing.assert_allclose(curve.frequency, frequency, rtol=1e-13)
    np.testing.assert_allclose(curve.confidence, confidence, rtol=1e-13)
    assert curve.counts.sum() == 500
    np.testing.assert_allclose(curve.edges, np.linspace(0, 1, 9))


def test_every_forecast_has_a_bin():
    q = np.array([0.0, 0.1, 0.1 + 1e-12, 0.5, 1.0])
    curve = ce_lib.reliability_curve(q, [0, 0, 0, 1, 1], n_bins=10)
    assert curve.counts.sum() == 5
    np.testing.assert_array_equal(curve.counts, [2, 1, 1, 1])


def test_a_tie_is_not_a_hit():
    curve = ce_lib.reliability_curve(BATCH_Q, BATCH_Y, n_bins=1)
    np.testing.assert_allclose(curve.frequency, [3 / 5])
    np.testing.assert_allclose(curve.confidence, [0.5])


def test_the_calibration_error_is_the_mean_gap():
    q = np.array([0.75] * 4 + [0.25] * 4)
    y = np.array([1, 1, 1, 0, 1, 1, 1, 0])
    assert ce_lib.expected_calibration_error(q, y) == pytest.approx(0.25)
    calibrated = np.array([1, 1, 1, 0, 1, 0, 0, 0])
    assert ce_lib.expected_calibration_error(q, calibrated) == 0
    rows = np.stack([1 - q, q], axis=1)
    assert ce_lib.expected_calibration_error(rows, calibrated) == 0


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
    with pytest.raises(ValueError, match="finite"):
        ce_lib.fit_temperature([[1, -np.inf]], [0])
