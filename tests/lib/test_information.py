"""Information measures: values from the book, units, edges."""

import exact
import numpy as np
import pytest
from scipy.spatial.distance import jensenshannon

import ce_lib


def check(value, expected):
    np.testing.assert_allclose(value, expected, rtol=5e-6)


def test_the_soft_label_example():
    p, q = [0.7, 0.2, 0.05, 0.05], [0.5, 0.3, 0.1, 0.1]
    check(ce_lib.entropy(p), 0.871133)
    check(ce_lib.cross_entropy(p, q), 0.956256)
    check(ce_lib.kl_divergence(p, q), 0.0851228)
    check(ce_lib.entropy(p, base=2), 1.25678)
    check(ce_lib.cross_entropy(p, q, base=2), 1.37959)
    check(ce_lib.kl_divergence(p, q, base=2), 0.122806)


def test_the_explorer_example():
    p, q = [0.6, 0.3, 0.1], [0.5, 0.3, 0.2]
    check(ce_lib.entropy(p, base=2), 1.29546)
    check(ce_lib.cross_entropy(p, q, base=2), 1.35328)
    check(ce_lib.kl_divergence(p, q, base=2), 0.0578206)
    check(ce_lib.kl_divergence(q, p, base=2), 0.0684828)


# Weather (.7, .2, .1) and three models: cross-entropy and divergence in nats.
WEATHER = [
    ([0.6, 0.25, 0.15], 0.809065, 0.00724687),
    ([0.33, 0.34, 0.33], 1.10269, 0.300873),
    ([0.1, 0.2, 0.7], 1.96936, 1.16755),
]


@pytest.mark.parametrize(("q", "ce", "kl"), WEATHER[1:])
def test_the_weather_example(q, ce, kl):
    p = [0.7, 0.2, 0.1]
    check(ce_lib.entropy(p), 0.801819)
    check(ce_lib.cross_entropy(p, q), ce)
    check(ce_lib.kl_divergence(p, q), kl)


def test_divergence_has_a_direction():
    p, q = [0.5, 0.5], [0.25, 0.75]
    check(ce_lib.kl_divergence(p, q, base=2), 0.207519)
    check(ce_lib.kl_divergence(q, p, base=2), 0.188722)


def test_powers_of_two_are_exact_in_bits():
    assert ce_lib.surprisal(0.125, base=2) == 3
    assert ce_lib.entropy(np.full(1024, 1 / 1024), base=2) == 10
    assert ce_lib.surprisal(0.001, base=10) == pytest.approx(3, rel=1e-15)


def test_uniform_entropy_is_log_k():
    for k in (2, 3, 4, 10, 1000, 50257):
        np.testing.assert_allclose(
            ce_lib.entropy(np.full(k, 1 / k)), np.log(k), rtol=1e-14
        )


def test_rows_and_scalars():
    rows = np.full((2, 3, 4), 0.25)
    assert ce_lib.entropy(rows).shape == (2, 3)
    assert isinstance(ce_lib.entropy([0.5, 0.5]), np.float64)
    assert isinstance(ce_lib.surprisal(0.5), np.float64)
    assert ce_lib.surprisal([[0.5]]).shape == (1, 1)


def test_many_near_equal_pairs_give_no_negative_divergence():
    rng = np.random.default_rng(0)
    p = rng.dirichlet(np.ones(4), size=100_000)
    q = p * (1 + 1e-9 * rng.normal(size=p.shape))
    q /= q.sum(axis=1, keepdims=True)
    assert (ce_lib.kl_divergence(p, q) >= 0).all()
    naive = ce_lib.cross_entropy(p, q) - ce_lib.entropy(p)
    assert (naive < 0).mean() > 0.1


def test_extreme_ratios():
    p, q = [1e-310, 1.0], [1.0, 1e-310]
    expected = -np.log(1e-310)
    np.testing.assert_allclose(ce_lib.kl_divergence(p, q), expected, rtol=1e-13)


@pytest.mark.parametrize("base", [np.e, 2])
def test_js_divergence_is_the_square_of_scipys_distance(base):
    rng = np.random.default_rng(0)
    p, q = rng.dirichlet(np.full(5, 0.5), size=(2, 40))
    ours = ce_lib.js_divergence(p, q, base=base)
    theirs = [jensenshannon(a, b, base=base) ** 2 for a, b in zip(p, q, strict=True)]
    np.testing.assert_allclose(ours, theirs, rtol=1e-12)
    np.testing.assert_array_equal(ours, ce_lib.js_divergence(q, p, base=base))
    np.testing.assert_array_equal(
        ours, ce_lib.js_divergence(p.T, q.T, axis=0, base=base)
    )
    middle = (p + q) / 2
    halves = (
        ce_lib.kl_divergence(p, middle, base=base),
        ce_lib.kl_divergence(q, middle, base=base),
    )
    np.testing.assert_allclose(ours, (halves[0] + halves[1]) / 2, rtol=1e-12)


@pytest.mark.parametrize("noise", [1.0, 1e-2, 1e-7])
def test_js_divergence_is_within_8_ulp(noise):
    rng = np.random.default_rng(1)
    for _ in range(40):
        p = rng.dirichlet(np.full(6, 0.3))
        q = p * (1 + noise * rng.random(6))
        q /= q.sum()
        terms = []
        for a, b in zip(exact.exact(p), exact.exact(q), strict=True):
            terms += [x * exact.mpmath.log(2 * x / (a + b)) / 2 for x in (a, b) if x]
        truth = exact.mpmath.fsum(terms)
        assert exact.ulps(ce_lib.js_divergence(p, q), truth) <= 8
    assert ce_lib.js_divergence(p, p) == 0


def test_the_row_of_a_long_batch_that_is_no_distribution_is_named():
    p = np.full((90_000, 2), 0.5)
    p[80_000] = [0.5, 0.25]
    for measure in (ce_lib.entropy, lambda r: ce_lib.kl_divergence(r, r)):
        with pytest.raises(ValueError, match="row 80000"):
            measure(p)


@pytest.mark.parametrize(
    "name", [*ce_lib.information.__all__, "expected_log_score", "expected_brier_score"]
)
def test_a_base_in_the_place_of_an_axis_is_refused(name):
    rows = np.full((2, 2, 4), 0.25)
    function = getattr(ce_lib, name)
    arguments = [rows] * (1 if name in ("surprisal", "entropy", "renormalise") else 2)
    with pytest.raises(TypeError, match="positional argument"):
        function(*arguments, 2)


def test_expected_scores_take_axis_and_base_as_their_parts_do():
    rng = np.random.default_rng(0)
    p, q = rng.dirichlet(np.ones(3), size=(2, 5))
    log = ce_lib.expected_log_score(p.T, q.T, axis=0, base=2)
    nats = ce_lib.expected_log_score(p, q)
    np.testing.assert_allclose(log, np.array(nats) / np.log(2), rtol=1e-13)
    brier = ce_lib.expected_brier_score(p.T, q.T, axis=0)
    np.testing.assert_array_equal(brier, ce_lib.expected_brier_score(p, q))
