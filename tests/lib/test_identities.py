"""Identities that hold for every input, over inputs that hypothesis draws."""

import close
import hypothesis.extra.numpy as hnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import ce_lib

LOGIT = st.floats(-50, 50)
EPSILON = st.floats(0, 1)


@st.composite
def logits_and_class(draw, rows=None):
    k = draw(st.integers(2, 7))
    shape = (k,) if rows is None else (rows, k)
    z = draw(hnp.arrays(np.float64, shape, elements=LOGIT))
    y = draw(hnp.arrays(np.int64, shape[:-1], elements=st.integers(0, k - 1)))
    return z, y


@st.composite
def distributions(draw, n):
    k = draw(st.integers(2, 7))
    raw = draw(hnp.arrays(np.float64, (n, k), elements=st.floats(1e-6, 1)))
    return raw / raw.sum(axis=1, keepdims=True)


@given(logits_and_class(), st.floats(-1000, 1000))
def test_a_constant_on_all_logits_changes_nothing(case, shift):
    z, y = case
    moved = z + shift
    exact = moved - shift == z  # where the shift itself did not round
    if exact.all():
        np.testing.assert_allclose(
            ce_lib.softmax_cross_entropy(moved, y),
            ce_lib.softmax_cross_entropy(z, y),
            rtol=1e-12,
        )
        np.testing.assert_allclose(ce_lib.softmax(moved), ce_lib.softmax(z), rtol=1e-12)


@given(logits_and_class(rows=3), st.randoms())
def test_renaming_the_classes_changes_nothing(case, random):
    z, y = case
    order = list(range(z.shape[1]))
    random.shuffle(order)
    new_name = np.argsort(order)
    loss, grad = ce_lib.softmax_cross_entropy_with_grad(z, y)
    again, moved = ce_lib.softmax_cross_entropy_with_grad(z[:, order], new_name[y])
    np.testing.assert_allclose(again, loss, rtol=1e-13)
    np.testing.assert_allclose(moved, grad[:, order], rtol=1e-13)


@given(logits_and_class(rows=4))
def test_the_order_of_the_rows_does_not_matter(case):
    z, y = case
    np.testing.assert_allclose(
        ce_lib.softmax_cross_entropy(z[::-1], y[::-1]),
        ce_lib.softmax_cross_entropy(z, y),
        rtol=1e-14,
    )


@given(distributions(2))
def test_cross_entropy_is_entropy_plus_divergence(rows):
    p, q = rows
    np.testing.assert_allclose(
        ce_lib.cross_entropy(p, q),
        ce_lib.entropy(p) + ce_lib.kl_divergence(p, q),
        rtol=1e-13,
    )


@given(distributions(2))
def test_divergence_is_never_negative_and_0_for_equals(rows):
    p, q = rows
    assert ce_lib.kl_divergence(p, q) >= 0
    assert ce_lib.kl_divergence(p, p) == 0


@given(distributions(1), st.floats(-1e-8, 1e-8))
def test_divergence_of_near_equals_is_never_negative(rows, noise):
    p = rows[0]
    q = p.copy()
    q[0] *= 1 + noise
    q /= q.sum()
    assert ce_lib.kl_divergence(p, q) >= 0


@given(distributions(1))
def test_entropy_lies_between_0_and_log_k(rows):
    p = rows[0]
    assert 0 <= ce_lib.entropy(p) <= np.log(len(p)) * (1 + 1e-15)


@given(distributions(2), st.floats(1.5, 20))
def test_the_base_is_only_a_unit(rows, base):
    p, q = rows
    for value, other in (
        (ce_lib.entropy(p), ce_lib.entropy(p, base=base)),
        (ce_lib.cross_entropy(p, q), ce_lib.cross_entropy(p, q, base=base)),
        (ce_lib.kl_divergence(p, q), ce_lib.kl_divergence(p, q, base=base)),
    ):
        np.testing.assert_allclose(other * np.log(base), value, rtol=1e-13)


@given(logits_and_class(rows=3))
def test_losses_from_logits_agree_with_scores_of_probabilities(case):
    z, y = case
    q = ce_lib.softmax(z)
    # A probability near 1 has lost the digits of its distance from 1: compare with 1.
    np.testing.assert_allclose(
        1 + ce_lib.softmax_cross_entropy(z, y), 1 + ce_lib.log_score(q, y), rtol=1e-14
    )
    np.testing.assert_allclose(
        1 + ce_lib.brier_loss(z, y), 1 + ce_lib.brier_score(q, y), rtol=1e-14
    )


@given(logits_and_class(rows=3))
def test_index_targets_are_one_hot_targets(case):
    z, y = case
    loss, grad = ce_lib.softmax_cross_entropy_with_grad(z, y)
    t = ce_lib.one_hot(y, z.shape[1])
    again, same = ce_lib.softmax_cross_entropy_with_grad(z, t)
    np.testing.assert_allclose(again, loss, rtol=1e-14)
    np.testing.assert_allclose(same, grad, rtol=1e-13)


@given(logits_and_class(rows=3), st.integers(1, 4), EPSILON)
def test_the_loss_of_a_layer_is_that_of_its_logits(case, features, epsilon):
    w, y = case[0][:, :1] / 50 * np.arange(1.0, features + 1), case[1] % 3
    h, b = case[0].T[:, 1:2] + np.cos(np.arange(features)), w[:, 0] - 1
    y = np.resize(y, len(h))
    keywords = {"label_smoothing": epsilon, "reduction": "sum"}
    loss, slopes = ce_lib.linear_cross_entropy_with_grad(
        h, w, y, linear_bias=b, **keywords
    )
    z = h @ w.T + b
    expected, g = ce_lib.softmax_cross_entropy_with_grad(z, y, **keywords)
    np.testing.assert_allclose(loss, expected, rtol=1e-11)
    size = np.abs(g).max() * (1 + np.abs(h).max()) * len(h)
    for got, wanted in zip(slopes, (g @ w, g.T @ h, g.sum(axis=0)), strict=True):
        np.testing.assert_allclose(got, wanted, rtol=0, atol=1e-11 * size)


@given(logits_and_class(rows=3), EPSILON)
def test_smoothing_is_smoothed_labels(case, epsilon):
    z, y = case
    t = ce_lib.smooth_labels(ce_lib.one_hot(y, z.shape[1]), epsilon)
    loss = ce_lib.softmax_cross_entropy(z, y, label_smoothing=epsilon)
    np.testing.assert_allclose(loss, ce_lib.softmax_cross_entropy(z, t), rtol=1e-13)
    parts = (1 - epsilon) * ce_lib.softmax_cross_entropy(z, y)
    parts -= epsilon * ce_lib.log_softmax(z).mean()
    np.testing.assert_allclose(loss, parts, rtol=1e-12)


@given(logits_and_class(rows=3))
def test_small_epsilon_small_gamma_and_t_near_1_tend_to_the_plain_loss(case):
    z, y = case
    plain = ce_lib.softmax_cross_entropy(z, y)
    for tiny in (1e-6, 1e-9):
        smoothed = ce_lib.softmax_cross_entropy(z, y, label_smoothing=tiny)
        assert abs(smoothed - plain) <= 120 * tiny
        focal = ce_lib.focal_loss(z, y, gamma=tiny)
        assert abs(focal - plain) <= 120 * tiny
        soft = ce_lib.distillation_loss(z, z, y, temperature=1 + tiny, alpha=0)
        np.testing.assert_allclose(soft, plain, rtol=1e-15)
        warm = ce_lib.softmax(z, temperature=1 + tiny)
        assert (np.abs(warm - ce_lib.softmax(z)) <= 120 * tiny).all()


@given(logits_and_class(rows=3), st.floats(0, 5))
def test_focal_loss_never_exceeds_the_plain_loss(case, gamma):
    z, y = case
    focal = ce_lib.focal_loss(z, y, gamma=gamma, reduction="none")
    plain = ce_lib.softmax_cross_entropy(z, y, reduction="none")
    assert (focal <= plain * (1 + 1e-15)).all()


@given(logits_and_class(rows=5))
def test_reductions_agree(case):
    z, y = case
    for function in (
        ce_lib.softmax_cross_entropy,
        ce_lib.focal_loss,
        ce_lib.brier_loss,
    ):
        each = function(z, y, reduction="none")
        np.testing.assert_allclose(function(z, y), each.mean(), rtol=1e-14)
        np.testing.assert_allclose(
            function(z, y, reduction="sum"), each.sum(), rtol=1e-14
        )


@given(logits_and_class(rows=3))
def test_gradient_bounds_and_sum(case):
    z, y = case
    _, grad = ce_lib.softmax_cross_entropy_with_grad(z, y, reduction="none")
    close.balanced(grad, 1e-14)
    assert (np.linalg.norm(grad, axis=1) <= 2**0.5).all()
    own = grad[np.arange(3), y]
    np.testing.assert_allclose(np.abs(grad).sum(axis=1), -2 * own, rtol=1e-14)


@given(hnp.arrays(np.float64, 5, elements=LOGIT))
def test_sigmoid_symmetry(z):
    np.testing.assert_allclose(ce_lib.sigmoid(z) + ce_lib.sigmoid(-z), 1, rtol=1e-15)
    yes, no = ce_lib.log_sigmoid(z), ce_lib.log_sigmoid(-z)
    assert (np.abs(yes - no - z) <= 4 * np.spacing(-yes - no)).all()


@given(
    hnp.arrays(np.float64, (2, 3, 4), elements=LOGIT),
    st.sampled_from([0, 1, 2, -1, -3]),
)
def test_any_axis_is_the_moved_last_axis(z, axis):
    moved = np.moveaxis(z, axis, -1)
    for function in (ce_lib.softmax, ce_lib.log_softmax):
        np.testing.assert_array_equal(
            np.moveaxis(function(z, axis=axis), axis, -1), function(moved)
        )
    np.testing.assert_array_equal(
        ce_lib.logsumexp(z, axis=axis), ce_lib.logsumexp(moved)
    )
    p = ce_lib.softmax(z, axis=axis)
    last = np.moveaxis(p, axis, -1)
    np.testing.assert_allclose(
        ce_lib.entropy(p, axis=axis), ce_lib.entropy(last), rtol=1e-15
    )
    q = ce_lib.softmax(z[::-1], axis=axis)
    np.testing.assert_allclose(
        ce_lib.kl_divergence(p, q, axis=axis),
        ce_lib.kl_divergence(last, np.moveaxis(q, axis, -1)),
        rtol=1e-13,
    )
