"""Numerics: logsumexp, softmax, sigmoid and their logarithms."""

import numpy as np
import pytest
from scipy import special

import ce_lib


def test_ordinary_values_agree_with_scipy():
    z = np.random.default_rng(0).normal(size=(20, 5)) * 4
    np.testing.assert_allclose(
        ce_lib.softmax(z), special.softmax(z, axis=1), rtol=1e-13
    )
    np.testing.assert_allclose(
        ce_lib.logsumexp(z, keepdims=True),
        special.logsumexp(z, axis=1, keepdims=True),
        rtol=1e-13,
    )
    np.testing.assert_allclose(ce_lib.sigmoid(z), special.expit(z), rtol=1e-14)
    np.testing.assert_allclose(ce_lib.log_sigmoid(z), special.log_expit(z), rtol=1e-13)


# softmax([1, 2, 3]/T), worked out at 40 digits.
TEMPERATURES = [
    (0.5, [0.0158762, 0.117310, 0.866813]),
    (1, [0.0900306, 0.244728, 0.665241]),
    (2, [0.186324, 0.307196, 0.506480]),
    (10, [0.300610, 0.332225, 0.367165]),
]


@pytest.mark.parametrize(("temperature", "expected"), TEMPERATURES)
def test_temperature(temperature, expected):
    q = ce_lib.softmax([1, 2, 3], temperature=temperature)
    np.testing.assert_allclose(q, expected, rtol=5e-6)
    logs = ce_lib.log_softmax([1, 2, 3], temperature=temperature)
    np.testing.assert_allclose(np.exp(logs), q, rtol=1e-14)


def test_a_large_offset_costs_no_digits_at_any_temperature():
    z = np.array([0.0, 1.0, 2.0])
    for temperature in (3.0, 0.7):
        plain = ce_lib.softmax(z, temperature=temperature)
        for offset in (1e4, 1e12):
            moved = ce_lib.softmax(z + offset, temperature=temperature)
            np.testing.assert_array_equal(moved, plain)
            loss = ce_lib.distillation_loss(
                z + offset, z + offset, 0, temperature=temperature, alpha=1
            )
            assert loss == ce_lib.distillation_loss(
                z, z, 0, temperature=temperature, alpha=1
            )


def test_the_top_probability_is_one_half_at_one_over_log_golden_ratio():
    golden = (1 + 5**0.5) / 2
    q = ce_lib.softmax([1, 2, 3], temperature=1 / np.log(golden))
    np.testing.assert_allclose(q[2], 0.5, rtol=1e-14)


def test_logits_beyond_the_range_of_exp():
    q = ce_lib.softmax([1000, 1001, 999])
    np.testing.assert_allclose(q, [0.244728, 0.665241, 0.0900306], rtol=5e-6)
    np.testing.assert_allclose(ce_lib.logsumexp([1000, 1001, 999]), 1001.4076059644443)
    np.testing.assert_array_equal(ce_lib.softmax([1e308, -1e308]), [1, 0])


def test_the_first_class_of_a_sure_prediction_keeps_its_logarithm():
    assert ce_lib.log_softmax([0, -40])[0] == -4.248354255291589e-18


@pytest.mark.parametrize("axis", [0, (0, 2), (-1, 1), (2, 0, 1), ()])
@pytest.mark.parametrize("keepdims", [False, True])
def test_logsumexp_over_axes_and_with_factors_agrees_with_scipy(axis, keepdims):
    rng = np.random.default_rng(1)
    z, b = rng.normal(size=(3, 4, 5)) * 9, rng.random((4, 5))
    b[2] = 0
    z[0, 2, 0] = np.inf  # its factor is 0
    finite = np.where(np.isfinite(z), z, 0.0)
    expected = special.logsumexp(
        finite, axis=axis, b=np.broadcast_to(b, z.shape), keepdims=keepdims
    )
    got = ce_lib.logsumexp(z, axis, keepdims, b=b)
    assert got.shape == expected.shape
    np.testing.assert_allclose(got, expected, rtol=1e-13)
    plain = ce_lib.logsumexp(finite, axis, keepdims)
    np.testing.assert_allclose(
        plain, special.logsumexp(finite, axis=axis, keepdims=keepdims), rtol=1e-13
    )


def test_logsumexp_of_infinities():
    assert ce_lib.logsumexp([-np.inf, -np.inf]) == -np.inf
    assert ce_lib.logsumexp([-np.inf, 3.0]) == 3
    assert ce_lib.logsumexp([np.inf, 3.0]) == np.inf


def test_shapes_and_scalars():
    z = np.zeros((2, 3, 4))
    assert ce_lib.logsumexp(z, axis=1).shape == (2, 4)
    assert ce_lib.logsumexp(z, axis=1, keepdims=True).shape == (2, 1, 4)
    assert isinstance(ce_lib.logsumexp([0, 0]), np.float64)
    assert isinstance(ce_lib.sigmoid(0), np.float64)
    assert ce_lib.softmax(np.zeros(3, np.float32)).dtype == np.float64


def test_sigmoid_at_the_ends():
    np.testing.assert_array_equal(ce_lib.sigmoid([-np.inf, np.inf]), [0, 1])
    np.testing.assert_array_equal(ce_lib.log_sigmoid([-np.inf, np.inf]), [-np.inf, 0])
