"""The losses: hand-worked values, gradients, shapes, reductions."""

import close
import numpy as np
import pytest
import torch

import ce_lib
from ce_lib.genres import BATCH_Q, BATCH_Y, LOGITS

# Worked by hand in the book: two rows of three logits, targets 0 and 1.
Z = np.array([[2, 1, 0.5], [0.5, 2.5, 1]])
Y = np.array([0, 1])


def of_a_layer(z, y, **keywords):
    """Return loss and dL/dz of logits that a layer without effect has made."""
    loss, (slope, *_) = ce_lib.linear_cross_entropy_with_grad(
        z, np.eye(z.shape[-1], dtype=z.dtype), y, **keywords
    )
    return loss, slope


WITH_GRAD = {
    "softmax": lambda z, y, r: ce_lib.softmax_cross_entropy_with_grad(
        z, y, weight=[1, 2, 3], label_smoothing=0.1, reduction=r
    ),
    "softmax of probabilities": lambda z, y, r: ce_lib.softmax_cross_entropy_with_grad(
        z, ce_lib.smooth_labels(ce_lib.one_hot(y, 3), 0.3), reduction=r
    ),
    "focal": lambda z, y, r: ce_lib.focal_loss_with_grad(
        z, y, gamma=1.5, alpha=[1, 2, 3], reduction=r
    ),
    "focal below 1": lambda z, y, r: ce_lib.focal_loss_with_grad(
        z, y, gamma=0.3, reduction=r
    ),
    "focal of probabilities": lambda z, y, r: ce_lib.focal_loss_with_grad(
        z, ce_lib.smooth_labels(ce_lib.one_hot(y, 3), 0.3), alpha=[1, 2, 3], reduction=r
    ),
    "brier": lambda z, y, r: ce_lib.brier_loss_with_grad(z, y, reduction=r),
    "brier of probabilities": lambda z, y, r: ce_lib.brier_loss_with_grad(
        z, ce_lib.smooth_labels(ce_lib.one_hot(y, 3), 0.3), reduction=r
    ),
    "distillation": lambda z, y, r: ce_lib.distillation_loss_with_grad(
        z, np.cos(np.arange(z.size)).reshape(z.shape), y, temperature=3, reduction=r
    ),
    "linear": lambda z, y, r: of_a_layer(
        z, y, weight=[1, 2, 3], label_smoothing=0.1, reduction=r
    ),
    "linear of probabilities": lambda z, y, r: of_a_layer(
        z, ce_lib.smooth_labels(ce_lib.one_hot(y, 3), 0.3), reduction=r
    ),
    "binary": lambda z, y, r: ce_lib.binary_cross_entropy_with_logits_with_grad(
        z,
        ce_lib.one_hot(y, 3),
        weight=[1, 2, 3],
        pos_weight=2.0,
        label_smoothing=0.1,
        reduction=r,
    ),
    "sigmoid focal": lambda z, y, r: ce_lib.sigmoid_focal_loss_with_grad(
        z, ce_lib.smooth_labels(ce_lib.one_hot(y, 3), 0.3), gamma=1.5, reduction=r
    ),
    "sigmoid focal below 1": lambda z, y, r: ce_lib.sigmoid_focal_loss_with_grad(
        z, ce_lib.one_hot(y, 3), alpha=-1, gamma=0.3, reduction=r
    ),
}
OF_ELEMENTS = {"binary", "sigmoid focal", "sigmoid focal below 1"}


@pytest.mark.parametrize("name", WITH_GRAD)
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_gradient_matches_finite_differences(name, reduction):
    rng = np.random.default_rng(0)
    z, y, h = rng.normal(size=(4, 3)) * 2, np.array([0, 1, 2, 1]), 1e-5
    _, grad = WITH_GRAD[name](z, y, reduction)
    numeric = np.empty_like(z)
    for i in np.ndindex(z.shape):
        step = np.zeros_like(z)
        step[i] = h
        up, down = WITH_GRAD[name](z + step, y, reduction)[0], 0
        down = WITH_GRAD[name](z - step, y, reduction)[0]
        numeric[i] = (up - down) / (2 * h)
    close.to_the_largest_of_the_row(grad, numeric, 1e-8)


@pytest.mark.parametrize("name", WITH_GRAD)
def test_reductions_agree(name):
    z = np.random.default_rng(1).normal(size=(4, 3))
    y = np.array([0, 1, 2, 1])
    total, total_grad = WITH_GRAD[name](z, y, "sum")
    each, each_grad = WITH_GRAD[name](z, y, "none")
    assert each.shape == (z.shape if name in OF_ELEMENTS else y.shape)
    np.testing.assert_allclose(each.sum(), total, rtol=1e-14)
    close.to_the_largest_of_the_row(each_grad, total_grad, 1e-15)
    mean, mean_grad = WITH_GRAD[name](z, y, "mean")
    close.to_the_largest_of_the_row(mean_grad / mean, total_grad / total, 1e-14)


@pytest.mark.parametrize("name", WITH_GRAD)
def test_float32_logits_have_float32_gradients(name):
    for dtype, expected in ((np.float32, np.float32), (np.float64, np.float64)):
        loss, grad = WITH_GRAD[name](Z.astype(dtype), Y, "mean")
        assert grad.dtype == expected
        assert loss.dtype == np.float64


@pytest.mark.parametrize("name", WITH_GRAD)
def test_inputs_are_left_alone(name):
    z, y = Z.copy(), Y.copy()
    z.flags.writeable = y.flags.writeable = False
    WITH_GRAD[name](z, y, "mean")
    np.testing.assert_array_equal(z, Z)


@pytest.mark.parametrize("name", [n for n in WITH_GRAD if n not in OF_ELEMENTS])
def test_every_gradient_but_the_binary_ones_sums_to_0_per_row(name):
    _, grad = WITH_GRAD[name](Z, Y, "sum")
    close.balanced(grad, 1e-14)


def test_the_two_row_example():
    losses = ce_lib.softmax_cross_entropy(Z, Y, reduction="none")
    np.testing.assert_allclose(losses, [0.464369, 0.306356], rtol=5e-6)
    np.testing.assert_allclose(ce_lib.softmax_cross_entropy(Z, Y), 0.385362, rtol=5e-6)


# From the same two rows: what the keywords make of 0.385362.
VARIANTS = [
    ({"weight": [1, 2, 3]}, 0.359027),
    ({"label_smoothing": 0.1}, 0.485362),
    ({"label_smoothing": 0.15}, 0.535362),  # is epsilon/(K-1) with epsilon = .1
    ({"label_smoothing": 0.1, "weight": [1, 2, 3]}, 0.518950),
]


@pytest.mark.parametrize(("keywords", "value"), VARIANTS)
def test_variants_of_the_two_row_example(keywords, value):
    np.testing.assert_allclose(
        ce_lib.softmax_cross_entropy(Z, Y, **keywords), value, rtol=5e-6
    )


def test_the_genre_example():
    loss, grad = ce_lib.softmax_cross_entropy_with_grad(LOGITS, 0)
    np.testing.assert_allclose(loss, 0.243569, rtol=5e-6)
    expected = [-0.216175, 0.0582175, 0.0711070, 0.0868503]
    np.testing.assert_allclose(grad, expected, rtol=5e-6)


def test_log_probabilities_are_logits():
    losses = ce_lib.softmax_cross_entropy(np.log(BATCH_Q), BATCH_Y, reduction="none")
    expected = [0.356675, 0.510826, 0.693147, 1.20397, 1.60944]
    np.testing.assert_allclose(losses, expected, rtol=5e-6)
    mean, grad = ce_lib.softmax_cross_entropy_with_grad(np.log(BATCH_Q), BATCH_Y)
    np.testing.assert_allclose(mean, 0.874812, rtol=5e-6)
    np.testing.assert_allclose(grad[4], [0.08, 0.04, 0.04, -0.16], rtol=1e-13)


def test_a_weighted_mean_divides_by_the_weights_of_the_targets():
    q = np.array([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3]])
    loss = ce_lib.softmax_cross_entropy(np.log(q), [0, 0, 1], weight=[1, 5])
    np.testing.assert_allclose(loss, 0.906910, rtol=5e-6)


def test_a_weighted_mean_of_probability_targets_divides_by_the_rows():
    t = ce_lib.one_hot(Y, 3)
    loss = ce_lib.softmax_cross_entropy(Z, t, weight=[1, 2, 3])
    np.testing.assert_allclose(loss, 0.538540, rtol=5e-6)


def test_a_weight_does_nothing_to_a_batch_of_one():
    plain = ce_lib.softmax_cross_entropy(Z[1:], Y[1:])
    weighted = ce_lib.softmax_cross_entropy(Z[1:], Y[1:], weight=[1, 2, 3])
    assert plain == weighted


def test_ignored_rows_count_for_nothing():
    z = np.vstack([Z, [[np.nan, np.inf, 9]]])
    y = np.append(Y, -100)
    for smoothing in (0.0, 0.1):
        for reduction in ("mean", "sum"):
            keywords = {"label_smoothing": smoothing, "reduction": reduction}
            loss, grad = ce_lib.softmax_cross_entropy_with_grad(z, y, **keywords)
            alone, rest = ce_lib.softmax_cross_entropy_with_grad(Z, Y, **keywords)
            assert loss == alone
            np.testing.assert_array_equal(grad, np.vstack([rest, [[0, 0, 0]]]))
    losses = ce_lib.softmax_cross_entropy(z, y, reduction="none")
    assert losses[2] == 0


def test_an_impossible_class():
    z = np.array([0.0, -np.inf, 0.0])
    loss, grad = ce_lib.softmax_cross_entropy_with_grad(z, 1)
    assert loss == np.inf
    np.testing.assert_array_equal(grad, [0.5, -1, 0.5])
    np.testing.assert_allclose(ce_lib.softmax_cross_entropy(z, 0), np.log(2))
    assert ce_lib.softmax_cross_entropy(z, [0.5, 0, 0.5]) == np.log(2)
    assert ce_lib.softmax_cross_entropy(z, [0.5, 0.1, 0.4]) == np.inf
    assert ce_lib.softmax_cross_entropy(z, 0, label_smoothing=0.1) == np.inf


def test_a_certain_class():
    z = np.array([3.0, -np.inf, -np.inf])
    loss, grad = ce_lib.softmax_cross_entropy_with_grad(z, 0)
    assert loss == 0
    np.testing.assert_array_equal(grad, [0, 0, 0])
    assert ce_lib.softmax_cross_entropy([5.0], 0) == 0


def test_more_axes_than_two():
    rng = np.random.default_rng(2)
    z, y = rng.normal(size=(2, 3, 4)), rng.integers(4, size=(2, 3))
    flat, flat_grad = ce_lib.softmax_cross_entropy_with_grad(
        z.reshape(6, 4), y.reshape(6), reduction="none"
    )
    loss, grad = ce_lib.softmax_cross_entropy_with_grad(z, y, reduction="none")
    np.testing.assert_array_equal(loss, flat.reshape(2, 3))
    np.testing.assert_array_equal(grad, flat_grad.reshape(2, 3, 4))
    t = ce_lib.one_hot(y, 4)
    np.testing.assert_allclose(
        ce_lib.softmax_cross_entropy(z, t, reduction="none"), loss, rtol=1e-14
    )


@pytest.mark.parametrize("form", ["indices", "probabilities"])
def test_axes_that_were_moved_count_as_any_others(form):
    rng = np.random.default_rng(4)
    z = np.moveaxis(rng.normal(size=(30, 4, 50, 60)), 1, -1)
    if form == "indices":
        t = rng.integers(4, size=(60, 50, 30)).T
        t[::3, 1] = -100
    else:
        t = ce_lib.softmax(np.moveaxis(rng.normal(size=(4, 30, 50, 60)), 0, -1))
    copies = np.ascontiguousarray(z), np.ascontiguousarray(t)
    for reduction in ("none", "mean"):
        got = ce_lib.softmax_cross_entropy_with_grad(z, t, reduction=reduction)
        expected = ce_lib.softmax_cross_entropy_with_grad(*copies, reduction=reduction)
        np.testing.assert_array_equal(got[0], expected[0])
        np.testing.assert_array_equal(got[1], expected[1])


OF_AN_AXIS = {
    "softmax": ce_lib.softmax_cross_entropy_with_grad,
    "smoothed": lambda z, t, **k: ce_lib.softmax_cross_entropy_with_grad(
        z, t, label_smoothing=0.1, **k
    ),
    "out": lambda z, t, **k: ce_lib.softmax_cross_entropy_with_grad(
        z, t, out=np.full(z.shape, np.nan), **k
    ),
    "focal": ce_lib.focal_loss_with_grad,
    "brier": ce_lib.brier_loss_with_grad,
    "distillation": lambda z, t, **k: ce_lib.distillation_loss_with_grad(z, -z, t, **k),
}


@pytest.mark.parametrize("name", OF_AN_AXIS)
@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
@pytest.mark.parametrize("form", ["indices", "probabilities"])
def test_the_class_axis_may_be_any(name, axis, form):
    rng = np.random.default_rng(7)
    z = np.moveaxis(rng.normal(size=(30, 200, 4)), -1, axis).copy()
    t = rng.integers(4, size=(30, 200))
    moved = t
    if form == "probabilities":
        moved = ce_lib.softmax(rng.normal(size=(30, 200, 4)))
        t = np.moveaxis(moved, -1, axis).copy()
    for reduction in ("none", "mean"):
        loss, grad = OF_AN_AXIS[name](z, t, axis=axis, reduction=reduction)
        expected, slopes = OF_AN_AXIS[name](
            np.moveaxis(z, axis, -1), moved, reduction=reduction
        )
        np.testing.assert_array_equal(loss, expected)
        np.testing.assert_array_equal(grad, np.moveaxis(slopes, -1, axis))
        assert grad.flags.c_contiguous


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_batches_longer_than_a_block(dtype):
    from ce_lib._walk import rows_per_block

    k = 300
    n = 2 * rows_per_block(k, 4) + 5
    rng = np.random.default_rng(3)
    z, y = rng.normal(size=(n, k)).astype(dtype), rng.integers(k, size=n)
    z[-1] += 2000  # one row that needs care, in the last block
    y[::7] = -100
    for smoothing in (0.0, 0.2):
        loss, grad = ce_lib.softmax_cross_entropy_with_grad(
            z, y, label_smoothing=smoothing, reduction="none"
        )
        picks = [0, 1, n // 2, n - 2, n - 1]
        for i in picks:
            if y[i] == -100:
                continue
            one, slope = ce_lib.softmax_cross_entropy_with_grad(
                z[i], y[i], label_smoothing=smoothing
            )
            np.testing.assert_allclose(loss[i], one, rtol=1e-6)
            close.to_the_largest_of_the_row(grad[i], slope, 1e-6)
        total = ce_lib.softmax_cross_entropy(
            z, y, label_smoothing=smoothing, reduction="sum"
        )
        np.testing.assert_allclose(total, loss.sum(), rtol=1e-6)


def test_a_temperature_may_be_any_kind_of_number():
    z, teacher = [1.0, 2.0], [2.0, 0.5]
    for t in (np.int8(12), np.int32(50000), np.float16(300), np.float32(2.5)):
        assert ce_lib.distillation_loss(z, teacher, 0, temperature=t) == (
            ce_lib.distillation_loss(z, teacher, 0, temperature=float(t))
        )


def test_a_temperature_may_be_tiny():
    t = 1e-200
    loss, grad = ce_lib.distillation_loss_with_grad(
        [0.0, 1.0], [1.0, 0.0], 0, temperature=t, alpha=1
    )
    np.testing.assert_allclose(loss, t, rtol=1e-15)
    np.testing.assert_allclose(grad, [-t, t], rtol=1e-15)


def test_large_integers_count_as_the_floats_next_to_them():
    z = np.array([[2**60, 2**60 + 1]])
    loss, _ = ce_lib.softmax_cross_entropy_with_grad(z, [0])
    assert loss == ce_lib.softmax_cross_entropy(z, [0]) == np.log(2)
    assert ce_lib.focal_loss(z, [0], gamma=0) == np.log(2)


def test_out_takes_the_gradient():
    out = np.full_like(Z, 7)
    _, grad = ce_lib.softmax_cross_entropy_with_grad(Z, Y, out=out)
    assert grad is out
    np.testing.assert_array_equal(out, ce_lib.softmax_cross_entropy_with_grad(Z, Y)[1])


def test_binary_values():
    z, t = [0.5, -1, 2], [1, 0, 1]
    losses = ce_lib.binary_cross_entropy_with_logits(z, t, reduction="none")
    np.testing.assert_allclose(losses, [0.474077, 0.313262, 0.126928], rtol=5e-6)
    assert ce_lib.binary_cross_entropy_with_logits(-200.0, 1) == 200
    assert ce_lib.binary_cross_entropy_with_logits_with_grad(-200.0, 1)[1] == -1


def test_ignored_elements_of_the_binary_loss_count_for_nothing():
    z, t = np.array([0.5, np.nan, -1, np.inf, 2]), np.array([1, -1, 0, -1, 0.25])
    for reduction in ("mean", "sum"):
        keywords = {"pos_weight": 3, "label_smoothing": 0.1, "reduction": reduction}
        loss, grad = ce_lib.binary_cross_entropy_with_logits_with_grad(
            z, t, ignore_index=-1, **keywords
        )
        alone, slopes = ce_lib.binary_cross_entropy_with_logits_with_grad(
            z[[0, 2, 4]], t[[0, 2, 4]], **keywords
        )
        np.testing.assert_allclose(loss, alone, rtol=1e-15)
        np.testing.assert_allclose(grad[[0, 2, 4]], slopes, rtol=1e-15)
        assert (grad[[1, 3]] == 0).all()
    each = ce_lib.binary_cross_entropy_with_logits(
        z, t, ignore_index=-1, reduction="none"
    )
    assert (each[[1, 3]] == 0).all()


def test_a_smoothed_binary_target_is_a_smoothed_target_of_two_classes():
    z = np.array([1.5, -0.5])
    two = np.stack([np.zeros(2), z], axis=1)
    np.testing.assert_allclose(
        ce_lib.binary_cross_entropy_with_logits(z, [1, 0], label_smoothing=0.2),
        ce_lib.softmax_cross_entropy(two, [1, 0], label_smoothing=0.2),
        rtol=1e-15,
    )


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0, 5.0])
@pytest.mark.parametrize("lead", [30.0, 800.0, np.inf])
def test_the_sigmoid_focal_gradient_is_finite_where_nothing_is_missed(gamma, lead):
    loss, grad = ce_lib.sigmoid_focal_loss_with_grad([-lead], [0], gamma=gamma)
    assert np.isfinite(loss).all()
    assert np.isfinite(grad).all()


def test_binary_is_softmax_of_two_classes():
    z = np.linspace(-50, 50, 41)
    two = np.stack([np.zeros_like(z), z], axis=1)
    for t in (0, 1):
        binary = ce_lib.binary_cross_entropy_with_logits(
            z, np.full(z.shape, t), reduction="none"
        )
        softmax = ce_lib.softmax_cross_entropy(
            two, np.full(z.shape, t), reduction="none"
        )
        np.testing.assert_allclose(binary, softmax, rtol=1e-14)


def test_focal_values():
    np.testing.assert_allclose(ce_lib.focal_loss(Z, Y), 0.0427046, rtol=5e-6)
    p = np.array([0.9, 0.5, 0.1])
    z = np.log(np.stack([p, 1 - p], axis=1))
    losses, grad = ce_lib.focal_loss_with_grad(z, [0, 0, 0], reduction="none")
    np.testing.assert_allclose(losses, [0.00105361, 0.173287, 1.86509], rtol=5e-6)
    slopes = [-0.00289649, -0.298287, -1.10202]
    np.testing.assert_allclose(grad[:, 0], slopes, rtol=5e-6)


def test_focal_with_gamma_0_is_cross_entropy():
    focal = ce_lib.focal_loss_with_grad(Z, Y, gamma=0)
    plain = ce_lib.softmax_cross_entropy_with_grad(Z, Y)
    np.testing.assert_allclose(focal[0], plain[0], rtol=1e-15)
    np.testing.assert_allclose(focal[1], plain[1], rtol=1e-14)


@pytest.mark.parametrize("gamma", [1e-3, 0.5, 1.0, 2.0, 5.0])
@pytest.mark.parametrize("lead", [30.0, 800.0, np.inf])
def test_focal_gradient_is_finite_at_p_1(gamma, lead):
    z = [0.0, -lead, -lead]
    loss, grad = ce_lib.focal_loss_with_grad(z, 0, gamma=gamma)
    assert np.isfinite(loss)
    assert np.isfinite(grad).all()


def test_focal_gradient_agrees_with_automatic_differentiation():
    z, y = np.random.default_rng(4).normal(size=(6, 4)) * 3, [0, 1, 2, 3, 0, 1]
    alpha = torch.tensor([0.5, 1.0, 2.0, 0.25], dtype=torch.float64)
    tz = torch.tensor(z, requires_grad=True)
    log_p = torch.log_softmax(tz, 1)[torch.arange(6), y]
    loss = (alpha[y] * (1 - log_p.exp()) ** 1.7 * -log_p).mean()
    loss.backward()
    ours, grad = ce_lib.focal_loss_with_grad(z, y, gamma=1.7, alpha=alpha.numpy())
    np.testing.assert_allclose(ours, loss.item(), rtol=1e-12)
    close.to_the_largest_of_the_row(grad, tz.grad.numpy(), 1e-10)


def test_focal_loss_of_probabilities_is_the_mixture_of_its_classes():
    z, t = np.random.default_rng(6).normal(size=(5, 4)) * 3, np.eye(4)[[0, 1, 2, 3, 1]]
    y, alpha = t.argmax(axis=1), np.array([0.5, 1.0, 2.0, 0.25])
    for gamma in (0.0, 0.5, 2.0):
        hard = ce_lib.focal_loss_with_grad(z, y, gamma=gamma, alpha=alpha)
        soft = ce_lib.focal_loss_with_grad(z, t, gamma=gamma, alpha=alpha)
        np.testing.assert_allclose(soft[0], hard[0], rtol=1e-13)
        np.testing.assert_allclose(soft[1], hard[1], rtol=1e-13)
    mixed = ce_lib.smooth_labels(t, 0.4)
    each = [ce_lib.focal_loss(z, np.full(5, k), reduction="none") for k in range(4)]
    got = ce_lib.focal_loss(z, mixed, reduction="none")
    np.testing.assert_allclose(
        got, (np.transpose(each) * mixed).sum(axis=1), rtol=1e-13
    )


def test_ignored_rows_of_the_focal_loss_count_for_nothing():
    z, y = np.vstack([Z, [[np.nan, np.inf, 9]]]), np.append(Y, -100)
    alpha = [1, 2, 3]
    loss, grad = ce_lib.focal_loss_with_grad(z, y, alpha=alpha)
    alone, slopes = ce_lib.focal_loss_with_grad(Z, Y, alpha=alpha)
    assert loss == alone
    np.testing.assert_array_equal(grad, np.vstack([slopes, [[0, 0, 0]]]))
    other = ce_lib.focal_loss(Z, Y, alpha=alpha, ignore_index=0)
    assert other == ce_lib.focal_loss(Z[1:], Y[1:], alpha=alpha)


def test_perplexity_is_the_exponential_of_the_mean_over_the_rows_that_count():
    y = np.append(Y, -100)
    z = np.vstack([Z, [[1, 2, 3]]])
    expected = torch.nn.functional.cross_entropy(torch.tensor(z), torch.tensor(y)).exp()
    np.testing.assert_allclose(ce_lib.perplexity(z, y), expected.item(), rtol=1e-14)
    np.testing.assert_allclose(ce_lib.perplexity(z.T, y, axis=0), expected, rtol=1e-14)
    assert ce_lib.perplexity([[0.0, -np.inf]], [1]) == np.inf
    assert ce_lib.perplexity([[0.0, 1e4]], [0]) == np.inf


def test_alpha_belongs_to_the_class():
    z = np.zeros((2, 2))
    losses = ce_lib.focal_loss(z, [0, 1], alpha=[1, 3], reduction="none")
    np.testing.assert_allclose(losses[1], 3 * losses[0], rtol=1e-15)


def test_brier_values_and_gradient():
    np.testing.assert_allclose(ce_lib.brier_loss(np.log([0.7, 0.1, 0.1, 0.1]), 0), 0.12)
    np.testing.assert_allclose(ce_lib.brier_loss(np.log([0.1, 0.3, 0.3, 0.3]), 0), 1.08)
    z, y = np.random.default_rng(5).normal(size=(6, 4)) * 3, [0, 1, 2, 3, 0, 1]
    tz = torch.tensor(z, requires_grad=True)
    loss = ((torch.softmax(tz, 1) - torch.eye(4)[y]) ** 2).sum(1).mean()
    loss.backward()
    ours, grad = ce_lib.brier_loss_with_grad(z, y)
    np.testing.assert_allclose(ours, loss.item(), rtol=1e-13)
    close.to_the_largest_of_the_row(grad, tz.grad.numpy(), 1e-11)


def test_distillation_values():
    student, teacher = [1.0, 2.0, 3.0], [3.0, 1.0, 0.0]
    norms = []
    for temperature in (1, 2, 4, 8):
        _, grad = ce_lib.distillation_loss_with_grad(
            student, teacher, 0, temperature=temperature, alpha=1
        )
        norms.append(np.linalg.norm(grad))
    np.testing.assert_allclose(norms, [0.986720, 1.15836, 1.19659, 1.19754], rtol=5e-6)
    losses = [
        ce_lib.distillation_loss(student, teacher, 0, temperature=t, alpha=1) / t**2
        for t in (1, 2, 4, 8)
    ]
    np.testing.assert_allclose(losses, [2.20939, 1.42441, 1.18279, 1.11966], rtol=5e-6)


def test_distillation_mixes_soft_and_hard():
    student, teacher = Z, Z[::-1].copy()
    hard = ce_lib.distillation_loss(student, teacher, Y, alpha=0)
    np.testing.assert_allclose(hard, ce_lib.softmax_cross_entropy(Z, Y), rtol=1e-15)
    soft = ce_lib.distillation_loss(student, teacher, Y, alpha=1, temperature=3)
    p, q = (
        ce_lib.softmax(teacher, temperature=3),
        ce_lib.softmax(student, temperature=3),
    )
    np.testing.assert_allclose(soft, 9 * ce_lib.cross_entropy(p, q).mean(), rtol=1e-14)
    mixed = ce_lib.distillation_loss(student, teacher, Y, alpha=0.3, temperature=3)
    np.testing.assert_allclose(mixed, 0.3 * soft + 0.7 * hard, rtol=1e-14)


def test_distillation_accepts_soft_hard_labels():
    t = ce_lib.one_hot(Y, 3)
    np.testing.assert_allclose(
        ce_lib.distillation_loss(Z, -Z, t),
        ce_lib.distillation_loss(Z, -Z, Y),
        rtol=1e-14,
    )


TAKES_CLASSES = {
    "softmax": ce_lib.softmax_cross_entropy_with_grad,
    "focal": ce_lib.focal_loss_with_grad,
    "brier": ce_lib.brier_loss_with_grad,
    "linear": of_a_layer,
    "distillation": lambda z, t, **k: ce_lib.distillation_loss_with_grad(
        z, 2 * z, t, **k
    ),
}


@pytest.mark.parametrize("name", TAKES_CLASSES)
def test_one_hot_rows_mean_their_classes(name):
    rng = np.random.default_rng(2)
    z, y = rng.normal(size=(40, 5)) * 20, rng.integers(5, size=40)
    z[:5, 0] += 800
    loss, grad = TAKES_CLASSES[name](z, y, reduction="none")
    for hot in (ce_lib.one_hot(y, 5), ce_lib.one_hot(y, 5).astype(bool)):
        same, slope = TAKES_CLASSES[name](z, hot, reduction="none")
        np.testing.assert_allclose(same, loss, rtol=1e-13)
        close.to_the_largest_of_the_row(slope, grad, 1e-13)


@pytest.mark.parametrize("name", TAKES_CLASSES)
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_ignored_rows_count_for_nothing_in_every_loss_of_classes(name, reduction):
    z = np.random.default_rng(1).normal(size=(6, 3))
    y = np.array([0, 2, 7, 1, 7, 0])
    keep = y != 7
    function = TAKES_CLASSES[name]
    spoiled = np.where(keep[:, None], z, np.nan)
    loss, grad = function(spoiled, y, ignore_index=7, reduction=reduction)
    expected, slopes = function(
        z[keep], y[keep], ignore_index=None, reduction=reduction
    )
    whole = np.asarray(loss)
    np.testing.assert_array_equal(whole[keep] if whole.ndim else whole, expected)
    np.testing.assert_array_equal(grad[keep], slopes)
    np.testing.assert_array_equal(grad[~keep], 0)
    if reduction == "none":
        np.testing.assert_array_equal(whole[~keep], 0)
    with pytest.raises(ValueError, match=r"ignored"):
        function(z, np.full(6, 7), ignore_index=7, reduction="mean")


def test_ignored_elements_count_for_nothing_in_the_sigmoid_focal_loss_too():
    z, t = np.array([1.0, np.nan, -2.0]), np.array([1, -1, 0])
    keep = t >= 0
    for reduction in ("mean", "sum", "none"):
        loss, grad = ce_lib.sigmoid_focal_loss_with_grad(
            z, t, ignore_index=-1, reduction=reduction
        )
        expected, slopes = ce_lib.sigmoid_focal_loss_with_grad(
            z[keep], t[keep], reduction=reduction
        )
        got = loss[keep] if reduction == "none" else loss
        np.testing.assert_array_equal(got, expected)
        np.testing.assert_array_equal(grad, [slopes[0], 0, slopes[1]])


def test_none_ignores_no_index():
    everywhere = {
        "softmax_cross_entropy": ce_lib.softmax_cross_entropy,
        "focal_loss": ce_lib.focal_loss,
        "brier_loss": ce_lib.brier_loss,
        "perplexity": ce_lib.perplexity,
        "linear_cross_entropy": lambda z, y, **k: ce_lib.linear_cross_entropy(
            z, np.eye(2), y, **k
        ),
        "distillation_loss": lambda z, y, **k: ce_lib.distillation_loss(z, z, y, **k),
        "fit_temperature": ce_lib.fit_temperature,
    }
    z, y = np.array([[2.0, 1], [1, 0], [0, 1]]), [0, 1, 1]
    for function in everywhere.values():
        assert function(z, y, ignore_index=None) == function(z, y)
        with pytest.raises(ValueError, match="got -100 in row 1"):
            function(z, [0, -100, 1], ignore_index=None)
