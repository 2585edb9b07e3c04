"""The average forecast: never dearer than the forecasts it is made of, and by how much."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import ce_lib


@st.composite
def forecasts(draw, least=0):
    """Some forecasts over some classes, in whole shares as on the book's pages."""
    k, m = draw(st.integers(2, 6)), draw(st.integers(1, 12))
    share = st.integers(least, 100)
    row = st.lists(share, min_size=k, max_size=k).filter(any)
    q = np.array(draw(st.lists(row, min_size=m, max_size=m)), float)
    return q / q.sum(axis=1, keepdims=True), draw(st.integers(0, k - 1))


def exactly(given):
    """Mean loss, loss of the mean, and difference, with fifty digits."""
    with mpmath.workdps(50):
        shares = [mpmath.mpf(float(share)) for share in given]
        mean = -mpmath.fsum(map(mpmath.log, shares)) / len(shares)
        pooled = -mpmath.log(mpmath.fsum(shares) / len(shares))
        return float(mean), float(pooled), float(mean - pooled)


@given(forecasts())
def test_the_average_never_pays_more_than_they_do_on_average(case):
    mean, pooled, gain = ce_lib.pooled_log_score(*case)
    assert pooled <= mean * (1 + 1e-14)
    assert not gain < 0


@given(forecasts(least=1))
def test_it_saves_the_mean_of_the_logarithm_of_its_ratio_to_them(case):
    q, y = case
    for got, truth in zip(ce_lib.pooled_log_score(q, y), exactly(q[:, y]), strict=True):
        np.testing.assert_allclose(got, truth, rtol=1e-12)
    ratio = np.log(ce_lib.linear_pool(q).forecast[y] / q[:, y])
    largest = np.abs(ratio).max()
    gap = abs(ce_lib.pooled_log_score(q, y).gain - ratio.mean())
    assert gap <= 1e-14 * largest


@given(forecasts(least=1))
def test_it_saves_nothing_where_all_gave_the_truth_the_same_and_only_there(case):
    q, y = case
    alike = (q[:, y] == q[0, y]).all()
    assert (ce_lib.pooled_log_score(q, y).gain == 0) == alike


@pytest.mark.parametrize("apart", [1e-3, 1e-6, 1e-9])
def test_what_it_saves_keeps_its_digits_where_they_nearly_agree(apart):
    given = [0.5 - apart, 0.5 + apart, 0.5]
    rows = [[share, 1 - share] for share in given]
    gain = ce_lib.pooled_log_score(rows, 0).gain
    np.testing.assert_allclose(gain, exactly(given)[2], rtol=1e-6)
    np.testing.assert_allclose(gain, 4 * apart**2 / 3, rtol=10 * apart + 1e-6)


def test_who_was_certain_and_right_pays_nothing():
    assert str(ce_lib.pooled_log_score([[1, 0]] * 3, 0)[:2]) == "(0.0, 0.0)"


def test_it_is_ruined_only_if_everybody_is():
    one = ce_lib.pooled_log_score([[0.0, 1.0], [0.5, 0.5]], 0)
    assert (one.mean, one.gain) == (math.inf, math.inf)
    np.testing.assert_allclose(one.pooled, math.log(4), rtol=1e-15)
    every = ce_lib.pooled_log_score([[0.0, 1.0]] * 3, 0)
    assert (every.mean, every.pooled) == (math.inf, math.inf)
    assert math.isnan(every.gain)


@given(forecasts())
def test_the_average_lies_within_what_was_said_and_is_a_forecast(case):
    q, _ = case
    forecast = ce_lib.linear_pool(q).forecast
    assert (q.min(axis=0) <= forecast).all()
    assert (forecast <= q.max(axis=0)).all()
    np.testing.assert_allclose(forecast, q.mean(axis=0), rtol=1e-14)


@given(forecasts())
def test_disagreement_is_the_entropy_of_the_average_beyond_theirs(case):
    q, _ = case
    pool = ce_lib.linear_pool(q)
    own, theirs = ce_lib.entropy(pool.forecast), np.mean(ce_lib.entropy(q))
    assert abs(pool.disagreement - (own - theirs)) <= 1e-13 * max(own, theirs)
    assert pool.disagreement <= math.log(min(q.shape)) * (1 + 1e-14)


@given(forecasts())
def test_there_is_no_disagreement_among_equals_and_only_there(case):
    q, _ = case
    assert (ce_lib.linear_pool(q).disagreement == 0) == (q == q[0]).all()
    assert ce_lib.linear_pool([q[0]] * 49).disagreement == 0


@given(forecasts())
def test_two_disagree_by_their_jensen_shannon_divergence(case):
    q, _ = case
    assume(len(q) > 1)
    apart = ce_lib.linear_pool(q[:2]).disagreement
    np.testing.assert_allclose(apart, ce_lib.js_divergence(*q[:2]), rtol=1e-12)


def test_who_disagrees_wholly_disagrees_by_ln_k():
    np.testing.assert_allclose(
        ce_lib.linear_pool(np.eye(4)).disagreement, math.log(4), rtol=1e-15
    )


@pytest.mark.parametrize(
    ("q", "said"),
    [
        ([0.5, 0.5], r"q: expected shape \(M, K\).* got shape \(2,\)"),
        (np.empty((0, 3)), r"q: expected shape \(M, K\).* got shape \(0, 3\)"),
        ([[0.5, 0.5], [0.5, 0.6]], "q: .* got a sum of 1.1 in row 1"),
        ([[0.5, np.nan]], "q: .* row 0"),
    ],
)
def test_what_is_no_list_of_forecasts_is_refused(q, said):
    for call in (ce_lib.linear_pool, lambda q: ce_lib.pooled_log_score(q, 0)):
        with pytest.raises(ValueError, match=said):
            call(q)


@pytest.mark.parametrize(
    ("y", "kind", "said"),
    [
        (2, ValueError, "y: expected class indices 0 to 1, got 2"),
        (-1, ValueError, "y: expected class indices 0 to 1, got -1"),
        (0.5, TypeError, "y: expected integer class indices"),
        ([0], ValueError, r"y: expected shape \(\), got shape \(1,\)"),
    ],
)
def test_what_is_no_class_is_refused(y, kind, said):
    with pytest.raises(kind, match=said):
        ce_lib.pooled_log_score([[0.5, 0.5]], y)
