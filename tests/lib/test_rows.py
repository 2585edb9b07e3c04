"""Rows that sum to 1 only nearly: one policy, and what it promises."""

import exact
import ml_dtypes
import numpy as np
import pytest

import ce_lib

HALF = [0.5, 0.5]
TOLERANCES = {
    np.float64: 1e-5,
    np.float32: 1e-5,
    np.float16: 4 * 2.0**-10,
    ml_dtypes.bfloat16: 4 * 2.0**-7,
}
TAKES_ROWS = {
    "entropy": lambda r: ce_lib.entropy(r),
    "cross_entropy of p": lambda r: ce_lib.cross_entropy(r, HALF),
    "cross_entropy of q": lambda r: ce_lib.cross_entropy(HALF, r),
    "kl_divergence of p": lambda r: ce_lib.kl_divergence(r, HALF),
    "kl_divergence of q": lambda r: ce_lib.kl_divergence(HALF, r),
    "js_divergence": lambda r: ce_lib.js_divergence(r, HALF),
    "smooth_labels": lambda r: ce_lib.smooth_labels(r, 0.1),
    "targets": lambda r: ce_lib.softmax_cross_entropy([0.0, 0], r),
    "targets of a layer": lambda r: ce_lib.linear_cross_entropy([1.0], [[0], [0]], r),
    "log_score": lambda r: ce_lib.log_score(r[None], [0]),
    "brier_score": lambda r: ce_lib.brier_score(r[None], [0]),
    "brier_decomposition": lambda r: ce_lib.brier_decomposition(r[None], [0]),
    "expected_brier_score": lambda r: ce_lib.expected_brier_score(HALF, r),
    "reliability_curve": lambda r: ce_lib.reliability_curve(r[None], [0]),
}


@pytest.mark.parametrize("name", TAKES_ROWS)
@pytest.mark.parametrize("dtype", TOLERANCES, ids=lambda d: d.__name__)
def test_a_row_is_accepted_within_its_tolerance_and_no_further(name, dtype):
    tolerance = TOLERANCES[dtype]
    for sign in (-1, 1):
        near = np.array([0.5, 0.5 + sign * 0.7 * tolerance]).astype(dtype)
        TAKES_ROWS[name](near)
        far = np.array([0.5, 0.5 + sign * 1.6 * tolerance]).astype(dtype)
        with pytest.raises(ValueError, match=r"sum to 1 within .*renormalise"):
            TAKES_ROWS[name](far)
        TAKES_ROWS[name](ce_lib.renormalise(far))


def test_a_refusal_names_the_sum_the_tolerance_and_the_way_out():
    said = r"sum to 1 within 0\.0039, got a sum of 0\.75 in row 0; ce_lib\.renormalise"
    with pytest.raises(ValueError, match=said):
        ce_lib.entropy(np.float16([0.5, 0.25]))


def test_a_widened_16_bit_row_has_the_tolerance_of_what_it_became():
    row = np.array([0.7, 0.2, 0.1]).astype(ml_dtypes.bfloat16)
    wide = row.astype(np.float32)
    assert abs(wide.sum() - 1) > 1e-5
    with pytest.raises(ValueError, match=r"within 1e-05.*renormalise"):
        ce_lib.entropy(wide)
    ce_lib.entropy(row)
    ce_lib.entropy(ce_lib.renormalise(wide))


def test_an_accepted_row_is_used_exactly_as_it_stands():
    p, q = [0.5, 0.5], [0.500004, 0.500004]
    log_q = exact.mpmath.log(exact.exact(q)[0])
    log_p = exact.mpmath.log(exact.exact(p)[0])
    assert exact.ulps(ce_lib.cross_entropy(p, q), -log_q) <= 1  # below H(P) = ln 2
    assert exact.ulps(ce_lib.kl_divergence(p, q), log_p - log_q) <= 8  # below 0
    one = np.array([1.0000001, 0], np.float32)
    assert (
        exact.ulps(ce_lib.log_score(one, 0), -exact.mpmath.log(exact.exact(one)[0]))
        <= 1
    )
    assert ce_lib.entropy(one) == ce_lib.entropy(one.astype(float)) < 0
    assert (ce_lib.smooth_labels(one, 0.0, "others") == one).all()
    assert (ce_lib.smooth_labels(one, 1.0, "others") >= 0).all()


def test_a_single_probability_has_no_tolerance():
    for call in (
        lambda: ce_lib.surprisal(1.0000001),
        lambda: ce_lib.log_score([1.0000001], [1]),
        lambda: ce_lib.binary_cross_entropy_with_logits([0.0], [1.0000001]),
    ):
        with pytest.raises(ValueError, match="from 0 to 1"):
            call()


@pytest.mark.parametrize(
    "rows", [[1.0, 3.0], [[1e308, 1e308], [5e-324, 0]], np.float16([0.7, 0.2]), [7, 7]]
)
def test_renormalised_rows_sum_to_1_along_any_axis(rows):
    rows = np.asarray(rows)
    result = ce_lib.renormalise(rows)
    np.testing.assert_allclose(result.sum(axis=-1), 1, rtol=1e-15)
    assert (result.argmax(axis=-1) == rows.argmax(axis=-1)).all()
    other = ce_lib.renormalise(rows.T, axis=0)
    np.testing.assert_array_equal(other, result.T)
    np.testing.assert_allclose(ce_lib.renormalise(result), result, rtol=4e-16)


@pytest.mark.parametrize("bad", [-0.1, np.nan, np.inf])
def test_what_cannot_be_renormalised_is_refused(bad):
    with pytest.raises(ValueError, match=r"^rows: expected finite.*in row 1"):
        ce_lib.renormalise([[0.5, 0.5], [0.5, bad]])
    with pytest.raises(ValueError, match=r"^rows: expected a number above 0.*in row 1"):
        ce_lib.renormalise([[0.5, 0.5], [0, 0]])


SQUARE = np.random.default_rng(0).dirichlet(np.ones(3), size=3).T
ELSEWHERE = {
    "entropy": lambda q: ce_lib.entropy(q),
    "kl_divergence": lambda q: ce_lib.kl_divergence(q, q),
    "expected_log_score": lambda q: ce_lib.expected_log_score(q, q),
    "expected_brier_score": lambda q: ce_lib.expected_brier_score(q, q),
    "softmax_cross_entropy": lambda q: ce_lib.softmax_cross_entropy(SQUARE, q),
    "focal_loss": lambda q: ce_lib.focal_loss(SQUARE, q),
    "brier_loss": lambda q: ce_lib.brier_loss(SQUARE, q),
    "distillation_loss": lambda q: ce_lib.distillation_loss(SQUARE, SQUARE, q),
    "linear_cross_entropy": lambda q: ce_lib.linear_cross_entropy(SQUARE, SQUARE, q),
    "smooth_labels": lambda q: ce_lib.smooth_labels(q, 0.1),
    "log_score": lambda q: ce_lib.log_score(q, [0, 1, 2]),
    "reliability_curve": lambda q: ce_lib.reliability_curve(q, [0, 1, 2]),
}


@pytest.mark.parametrize("name", ELSEWHERE)
@pytest.mark.parametrize("dtype", [np.float64, np.float16, ml_dtypes.bfloat16])
def test_classes_along_another_axis_are_found_there(name, dtype):
    q = SQUARE.astype(dtype)
    with pytest.raises(ValueError, match=r"sums along axis 0 are 1") as refusal:
        ELSEWHERE[name](q)
    said = str(refusal.value)
    assert "renormalise" not in said
    has_axis = name not in (
        "linear_cross_entropy",
        "smooth_labels",
        "log_score",
        "reliability_curve",
    )
    assert ("pass axis=0 or" in said) == has_axis
    ELSEWHERE[name](np.moveaxis(q, 0, -1))


def test_the_axis_named_is_that_of_the_array_given():
    q = np.moveaxis(np.random.default_rng(0).dirichlet(np.ones(3), size=(2, 4)), -1, 1)
    for axis in (0, 2, -1):
        with pytest.raises(ValueError, match=r"pass axis=1 or write np.moveaxis\(p, 1"):
            ce_lib.entropy(q, axis=axis)
        with pytest.raises(ValueError, match=r"pass axis=1 or .*moveaxis\(targets, 1"):
            ce_lib.softmax_cross_entropy(q, q, axis=axis)
    assert ce_lib.entropy(q, axis=1).shape == (2, 4)
