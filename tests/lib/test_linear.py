"""The loss of a linear layer without its logits: what only a layer has."""

import exact
import numpy as np
import pytest
from test_memory import peak

import ce_lib
from ce_lib.losses import linear


def layer(n, d, k, dtype=np.float64):
    """Return hidden vectors, weights, bias and classes, the same in every order."""
    rng = np.random.default_rng((n, d, k))
    h, w = rng.normal(size=(n, d)), rng.normal(size=(k, d))
    return (
        h.astype(dtype),
        w.astype(dtype),
        w[:, 0].astype(dtype),
        rng.integers(k, size=n),
    )


def assert_near(got, wanted, rtol):
    """Compare arrays by their largest number: sums cancel in the small ones."""
    assert got.shape == wanted.shape
    assert np.abs(got - wanted).max() <= rtol * np.abs(wanted).max()


def numeric(loss, array, h=1e-5):
    """Return the slopes of a loss by finite differences, one number at a time."""
    slopes = np.empty_like(array)
    for i in np.ndindex(array.shape):
        kept = array[i]
        array[i] = kept + h
        up = loss()
        array[i] = kept - h
        slopes[i] = (up - loss()) / (2 * h)
        array[i] = kept
    return slopes


@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_all_three_gradients_match_finite_differences(soft, reduction):
    h, w, b, t = layer(6, 4, 3)
    if soft:
        t = ce_lib.softmax(layer(6, 3, 3)[0])
    keywords = {"weight": [1, 2, 3], "label_smoothing": 0.1, "reduction": reduction}
    _, slopes = ce_lib.linear_cross_entropy_with_grad(
        h, w, t, linear_bias=b, **keywords
    )
    loss = lambda: ce_lib.linear_cross_entropy(h, w, t, linear_bias=b, **keywords)  # noqa: E731
    for got, array in zip(slopes, (h, w, b), strict=True):
        assert_near(got, numeric(loss, array), rtol=1e-7)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("n", "d", "k"), [(700, 5, 9000), (300, 40, 4097), (3, 2, 2)])
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_many_blocks_of_rows_and_of_classes_are_one_batch(n, d, k, dtype, reduction):
    h, w, b, y = layer(n, d, k, dtype)
    y[::3] = -100
    loss, (dh, dw, db) = ce_lib.linear_cross_entropy_with_grad(
        h, w, y, linear_bias=b, reduction=reduction
    )
    z = h @ w.T + b
    expected, g = ce_lib.softmax_cross_entropy_with_grad(z, y, reduction=reduction)
    rtol = 2e-13 if dtype is np.float64 else 2e-4
    np.testing.assert_allclose(loss, expected, rtol=rtol)
    for got, wanted in ((dh, g @ w), (dw, g.T @ h), (db, g.sum(axis=0))):
        assert_near(got, wanted, rtol)


def test_without_a_bias_there_is_no_gradient_of_one():
    h, w, _, y = layer(5, 3, 4)
    loss, (dh, dw, db) = ce_lib.linear_cross_entropy_with_grad(h, w, y)
    zero, (same_h, same_w, slope) = ce_lib.linear_cross_entropy_with_grad(
        h, w, y, linear_bias=np.zeros(4)
    )
    assert (loss, db) == (zero, None)
    np.testing.assert_array_equal(dh, same_h)
    np.testing.assert_array_equal(dw, same_w)
    assert slope.shape == (4,)


def test_more_axes_and_none():
    h, w, _, y = layer(6, 3, 4)
    flat, (dh, dw, _) = ce_lib.linear_cross_entropy_with_grad(h, w, y, reduction="none")
    for deep, t in (
        (h.reshape(2, 3, 3), y.reshape(2, 3)),
        (np.moveaxis(h.reshape(2, 3, 3), 0, 1), y.reshape(2, 3).T),
    ):
        loss, (slope, same, _) = ce_lib.linear_cross_entropy_with_grad(
            deep, w, t, reduction="none"
        )
        order = np.arange(6).reshape(2, 3)
        order = order if loss.shape == (2, 3) else order.T
        np.testing.assert_allclose(loss, flat[order], rtol=1e-14)
        assert_near(slope, dh[order], rtol=1e-14)
        assert_near(same, dw, rtol=1e-14)
    one, (slope, _, _) = ce_lib.linear_cross_entropy_with_grad(h[0], w, y[0])
    np.testing.assert_allclose(one, flat[0], rtol=1e-14)
    assert slope.shape == (3,)


def test_what_is_in_an_ignored_row_reaches_no_gradient():
    h, w, b, y = layer(300, 3, 4)
    y[::2] = -100
    clean = ce_lib.linear_cross_entropy_with_grad(h[1::2], w, y[1::2], linear_bias=b)
    h[::2] = np.nan
    h[0], h[2] = np.inf, 1e308
    loss, (dh, dw, db) = ce_lib.linear_cross_entropy_with_grad(h, w, y, linear_bias=b)
    np.testing.assert_allclose(loss, clean[0], rtol=1e-14)
    assert (dh[::2] == 0).all()
    for got, wanted in zip((dh[1::2], dw, db), clean[1], strict=True):
        assert_near(got, wanted, rtol=1e-14)
    assert np.isnan(h[4]).all()


def test_an_impossible_class_has_a_bias_of_minus_inf():
    h, w, b, _ = layer(3, 2, 4)
    b[1] = -np.inf
    loss, slopes = ce_lib.linear_cross_entropy_with_grad(h, w, [0, 2, 3], linear_bias=b)
    kept = [0, 2, 3]
    expected, others = ce_lib.linear_cross_entropy_with_grad(
        h, w[kept], [0, 1, 2], linear_bias=b[kept]
    )
    np.testing.assert_allclose(loss, expected, rtol=1e-14)
    assert_near(slopes[0], others[0], rtol=1e-14)
    assert_near(slopes[1][kept], others[1], rtol=1e-14)
    assert (slopes[1][1] == 0).all()
    assert slopes[2][1] == 0
    assert ce_lib.linear_cross_entropy(h, w, [1, 0, 0], linear_bias=b) == np.inf


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("lead", [-300, 30, 60, 86, 300])
@pytest.mark.parametrize("k", [3, 50, 5000])
def test_logits_that_are_exact_keep_every_digit_of_loss_and_slope(dtype, lead, k):
    h, w = np.ones((2, 1), dtype), np.zeros((k, 1), dtype)
    w[0] = lead
    loss, (_, _, db) = ce_lib.linear_cross_entropy_with_grad(
        h, w, [0, 0], linear_bias=np.zeros(k, dtype)
    )
    truth = exact.cross_entropy(w, 0)
    if exact.representable(truth, dtype):
        assert exact.ulps(loss, truth, dtype) <= 8
        assert exact.ulps(-db[0], -exact.cross_entropy_gradient(w, 0)[0], dtype) <= 8


def test_an_empty_batch_has_a_sum_and_no_mean():
    h, w = np.empty((0, 3)), np.ones((4, 3))
    loss, (dh, dw, _) = ce_lib.linear_cross_entropy_with_grad(h, w, [], reduction="sum")
    assert loss == 0
    assert dh.shape == (0, 3)
    assert (dw == 0).all()
    with pytest.raises(ValueError, match="'mean' expected at least one example"):
        ce_lib.linear_cross_entropy(h, w, [])


def test_any_layout_gives_the_same_numbers():
    h, w, b, y = layer(5, 4, 3)
    expected = ce_lib.linear_cross_entropy_with_grad(h, w, y, linear_bias=b)
    for copy in (
        np.asfortranarray,
        np.ndarray.tolist,
        lambda x: np.repeat(x, 2, axis=-1)[..., ::2],
        lambda x: x.astype(x.dtype.newbyteorder()),
        lambda x: x[::-1].copy()[::-1],
    ):
        arrays = [copy(x) for x in (h, w, y, b)]
        before = [np.array(x) for x in arrays]
        loss, slopes = ce_lib.linear_cross_entropy_with_grad(
            *arrays[:3], linear_bias=arrays[3]
        )
        np.testing.assert_allclose(loss, expected[0], rtol=1e-14)
        for got, wanted in zip(slopes, expected[1], strict=True):
            assert_near(got, wanted, rtol=1e-14)
        for kept, array in zip(before, arrays, strict=True):
            np.testing.assert_array_equal(array, kept)


@pytest.mark.parametrize("form", ["indices", "probabilities", "smoothed"])
def test_a_long_batch_takes_no_more_than_a_short_one(form):
    n, d, k = 2048, 8, 2000
    h, w, _, y = layer(n, d, k, np.float32)
    epsilon = 0.1 if form == "smoothed" else 0.0
    t = (
        y
        if form != "probabilities"
        else np.eye(1, k, dtype=np.float32).repeat(n, axis=0)
    )

    def extra(rows):
        return peak(
            lambda: ce_lib.linear_cross_entropy(
                h[:rows], w, t[:rows], label_smoothing=epsilon
            )
        )

    assert extra(n) < 1.1 * extra(n // 4)
    assert n // 4 > linear.ROWS
