"""Equality with PyTorch, value and gradient, and the places where we differ."""

import itertools

import close
import numpy as np
import pytest
import torch
from torch.nn import functional

import ce_lib

N, K = 7, 5
WEIGHT = np.array([0.5, 2.0, 1.0, 0.0, 3.0])
IGNORES = {"nothing": -100, "two rows": -100, "a class": 2}
TOLERANCE = {np.float64: 2e-13, np.float32: 2e-5, np.float16: 3e-3}


def targets_of(kind, dtype):
    rng = np.random.default_rng(1)
    if kind == "probabilities":
        p = rng.dirichlet(np.ones(K), size=N)
        return (np.round(p * 64) / 64).astype(dtype), -100
    y = np.array([0, 1, 2, 4, 3, 2, 1])
    if kind == "two rows ignored":
        y[[1, 5]] = -100
    return y, 2 if kind == "a class ignored" else -100


def exact_sums(p):
    """Put what rounding to 64ths left over on the first class."""
    p[:, 0] += 1 - p.sum(axis=1)
    return p


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("smoothing", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize(
    "kind", ["indices", "two rows ignored", "a class ignored", "probabilities"]
)
def test_every_combination_of_keywords(kind, weighted, smoothing, reduction, dtype):
    z = (np.random.default_rng(0).normal(size=(N, K)) * 3).astype(dtype)
    targets, ignore_index = targets_of(kind, dtype)
    if kind == "probabilities":
        targets = exact_sums(targets)
    keywords = {
        "ignore_index": ignore_index,
        "label_smoothing": smoothing,
        "reduction": reduction,
    }
    weight = WEIGHT if weighted else None
    loss, grad = ce_lib.softmax_cross_entropy_with_grad(
        z, targets, weight=weight, **keywords
    )

    tz = torch.tensor(z, requires_grad=True)
    tw = torch.tensor(WEIGHT.astype(dtype)) if weighted else None
    expected = functional.cross_entropy(tz, torch.tensor(targets), tw, **keywords)
    expected.sum().backward()

    rtol = TOLERANCE[dtype]
    np.testing.assert_allclose(loss, expected.detach().numpy(), rtol=rtol, atol=0)
    # p - t cancels for soft targets, more in PyTorch than here.
    close.to_the_largest_of_the_row(grad, tz.grad.numpy(), rtol)
    assert grad.dtype == dtype
    alone = ce_lib.softmax_cross_entropy(z, targets, weight=weight, **keywords)
    np.testing.assert_allclose(alone, loss, rtol=rtol, atol=0)


@pytest.mark.parametrize("form", ["indices", "probabilities"])
def test_images_with_the_class_axis_second(form):
    rng = np.random.default_rng(6)
    z, y = rng.normal(size=(2, K, 3, 4)), rng.integers(K, size=(2, 3, 4))
    t = y if form == "indices" else ce_lib.softmax(rng.normal(size=z.shape), axis=1)
    leaf = torch.tensor(z, requires_grad=True)
    expected = functional.cross_entropy(leaf, torch.tensor(t), label_smoothing=0.1)
    expected.backward()
    loss, grad = ce_lib.softmax_cross_entropy_with_grad(
        z, t, label_smoothing=0.1, axis=1
    )
    np.testing.assert_allclose(loss, expected.item(), rtol=1e-14, atol=0)
    np.testing.assert_allclose(grad, leaf.grad.numpy(), rtol=1e-10, atol=0)


def test_float16_logits_agree_with_pytorch_in_float32():
    z = np.random.default_rng(2).normal(size=(N, K)).astype(np.float16)
    y = targets_of("indices", None)[0]
    expected = functional.cross_entropy(torch.tensor(z).float(), torch.tensor(y))
    loss, grad = ce_lib.softmax_cross_entropy_with_grad(z, y)
    np.testing.assert_allclose(loss, expected.item(), rtol=1e-6, atol=0)
    assert grad.dtype == np.float32


def test_a_single_example_without_a_batch():
    z = np.array([2.0, 1.0, 0.5])
    expected = functional.cross_entropy(torch.tensor(z), torch.tensor(0))
    np.testing.assert_allclose(
        ce_lib.softmax_cross_entropy(z, 0), expected.item(), rtol=1e-14, atol=0
    )


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("smoothing", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("biased", [False, True])
@pytest.mark.parametrize(
    "kind", ["indices", "two rows ignored", "a class ignored", "probabilities"]
)
def test_a_layer_without_its_logits(
    kind, biased, weighted, smoothing, reduction, dtype
):
    rng = np.random.default_rng(0)
    h, w, b = (rng.normal(size=s).astype(dtype) for s in ((N, 4), (K, 4), K))
    targets, ignore_index = targets_of(kind, dtype)
    keywords = {"label_smoothing": smoothing, "reduction": reduction}
    if kind == "probabilities":
        targets = exact_sums(targets)  # PyTorch takes no index to ignore beside them
    else:
        keywords["ignore_index"] = ignore_index
    leaves = [torch.tensor(x, requires_grad=True) for x in (h, w, b)]
    expected = functional.linear_cross_entropy(
        leaves[0],
        leaves[1],
        torch.tensor(targets),
        linear_bias=leaves[2] if biased else None,
        weight=torch.tensor(WEIGHT.astype(dtype)) if weighted else None,
        **keywords,
    )
    expected.sum().backward()
    keywords["weight"] = WEIGHT if weighted else None
    keywords["linear_bias"] = b if biased else None
    loss, grads = ce_lib.linear_cross_entropy_with_grad(h, w, targets, **keywords)
    rtol = TOLERANCE[dtype]
    np.testing.assert_allclose(loss, expected.detach().numpy(), rtol=rtol, atol=0)
    for grad, leaf in zip(grads, leaves if biased else leaves[:2], strict=False):
        slopes = leaf.grad.numpy()
        assert grad.dtype == dtype
        assert grad.shape == slopes.shape
        assert np.abs(grad - slopes).max() <= rtol * np.abs(slopes).max()
    assert (grads[2] is None) == (not biased)
    alone = ce_lib.linear_cross_entropy(h, w, targets, **keywords)
    np.testing.assert_allclose(alone, loss, rtol=rtol, atol=0)


def test_the_defaults_are_pytorchs():
    import inspect

    ours = inspect.signature(ce_lib.softmax_cross_entropy).parameters
    theirs = inspect.signature(functional.cross_entropy).parameters
    for name in ("weight", "ignore_index", "label_smoothing", "reduction"):
        assert ours[name].default == theirs[name].default
    ours = inspect.signature(ce_lib.binary_cross_entropy_with_logits).parameters
    theirs = inspect.signature(functional.binary_cross_entropy_with_logits).parameters
    for name in ("weight", "pos_weight", "reduction"):
        assert ours[name].default == theirs[name].default
    ours = inspect.signature(ce_lib.linear_cross_entropy).parameters
    theirs = inspect.signature(functional.linear_cross_entropy).parameters
    for name in ("linear_bias", "weight", "label_smoothing", "reduction"):
        assert ours[name].default == theirs[name].default


# Ten logits and targets each; None leaves a keyword out.
BINARY = list(
    itertools.product(
        [None, "per row", "per element"], [None, 3.0], ["mean", "sum", "none"]
    )
)


@pytest.mark.parametrize(("weight", "pos_weight", "reduction"), BINARY)
def test_binary_cross_entropy(weight, pos_weight, reduction):
    rng = np.random.default_rng(3)
    z, t = rng.normal(size=(4, 3)) * 4, rng.random((4, 3))
    t[0] = [0, 1, 1]
    w = {None: None, "per row": rng.random((4, 1)), "per element": rng.random((4, 3))}
    tz = torch.tensor(z, requires_grad=True)
    as_tensor = lambda v: None if v is None else torch.tensor(v)  # noqa: E731
    expected = functional.binary_cross_entropy_with_logits(
        tz,
        torch.tensor(t),
        as_tensor(w[weight]),
        pos_weight=as_tensor(pos_weight),
        reduction=reduction,
    )
    expected.sum().backward()
    loss, grad = ce_lib.binary_cross_entropy_with_logits_with_grad(
        z, t, weight=w[weight], pos_weight=pos_weight, reduction=reduction
    )
    np.testing.assert_allclose(loss, expected.detach().numpy(), rtol=1e-13, atol=0)
    close.to_the_largest_of_the_row(grad, tz.grad.numpy(), 1e-14)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize(("alpha", "gamma"), [(0.25, 2.0), (-1, 0.5), (0.9, 0.0)])
@pytest.mark.parametrize("soft", [False, True])
def test_sigmoid_focal_loss(alpha, gamma, reduction, soft):
    """The formula of torchvision's function of this name, written in torch."""
    rng = np.random.default_rng(5)
    z, t = rng.normal(size=(4, 3)) * 4, rng.random((4, 3))
    t = t if soft else np.round(t)
    leaf, truth = torch.tensor(z, requires_grad=True), torch.tensor(t)
    price = functional.binary_cross_entropy_with_logits(leaf, truth, reduction="none")
    yes = leaf.sigmoid()
    right = yes * truth + (1 - yes) * (1 - truth)
    expected = price * (1 - right) ** gamma
    if alpha >= 0:
        expected = expected * (alpha * truth + (1 - alpha) * (1 - truth))
    if reduction != "none":
        expected = getattr(expected, reduction)()
    expected.sum().backward()
    loss, grad = ce_lib.sigmoid_focal_loss_with_grad(
        z, t, alpha=alpha, gamma=gamma, reduction=reduction
    )
    np.testing.assert_allclose(loss, expected.detach().numpy(), rtol=1e-12, atol=0)
    close.to_the_largest_of_the_row(grad, leaf.grad.numpy(), 1e-12)


class TestDeliberateDifferences:
    """One test per row of the table of differences in the documentation."""

    def both(self, z, y, **keywords):
        z = np.asarray(z, dtype=np.float64)
        expected = functional.cross_entropy(
            torch.tensor(z), torch.tensor(y), **keywords
        )
        return ce_lib.softmax_cross_entropy(z, y, **keywords), expected.item()

    def test_small_losses_keep_their_digits(self):
        ours, theirs = self.both([[100, 0, 0]], np.array([0]))
        assert theirs == 0
        assert f"{ours:.4g}" == "7.44e-44"

    def test_the_loss_of_float32_logits_is_float64(self):
        z = np.array([[2, 1, 0.5]], np.float32)
        assert ce_lib.softmax_cross_entropy(z, [0]).dtype == np.float64
        assert functional.cross_entropy(torch.tensor(z), torch.tensor([0])).dtype == (
            torch.float32
        )

    def test_small_losses_of_a_layer_keep_their_digits(self):
        h, w = np.array([[100.0]]), np.array([[1.0], [0], [0]])
        ours = ce_lib.linear_cross_entropy(h, w, [0])
        theirs = functional.linear_cross_entropy(*map(torch.tensor, (h, w, [0])))
        assert theirs == 0
        assert f"{ours:.4g}" == "7.44e-44"

    def test_nan_and_inf_logits_are_refused(self):
        with pytest.raises(ValueError, match="row 0"):
            ce_lib.softmax_cross_entropy([[np.nan, 0]], [0])
        assert functional.cross_entropy(
            torch.tensor([[np.nan, 0.0]]), torch.tensor([0])
        ).isnan()

    def test_a_mean_over_nothing_is_refused(self):
        with pytest.raises(ValueError, match="mean"):
            ce_lib.softmax_cross_entropy([[1, 2]], [-100])
        assert functional.cross_entropy(
            torch.tensor([[1.0, 2.0]]), torch.tensor([-100])
        ).isnan()

    def test_probability_targets_must_sum_to_1(self):
        with pytest.raises(ValueError, match=r"sum of 2\.0"):
            ce_lib.softmax_cross_entropy([[2, 1, 0.5]], [[2.0, 0, 0]])
        theirs = functional.cross_entropy(
            torch.tensor([[2, 1, 0.5]]), torch.tensor([[2.0, 0, 0]])
        )
        assert theirs > 0

    def test_no_target_meets_an_impossible_class_without_nan(self):
        z, t = [[0.0, -np.inf]], np.array([[1.0, 0.0]])
        ours, theirs = self.both(z, t)
        assert ours == 0
        assert np.isnan(theirs)

    def test_weight_0_wins_against_an_infinite_loss(self):
        z, y = [[0.0, -np.inf], [0, 0]], np.array([1, 0])
        weight = torch.tensor([1.0, 0.0], dtype=torch.float64)
        theirs = functional.cross_entropy(
            torch.tensor(z, dtype=torch.float64), torch.tensor(y), weight
        )
        ours = ce_lib.softmax_cross_entropy(z, y, weight=[1, 0])
        assert theirs.isnan()
        assert f"{ours:.6f}" == "0.693147"

    def test_weights_below_0_are_refused(self):
        with pytest.raises(ValueError, match="weight"):
            ce_lib.softmax_cross_entropy([[1, 2]], [0], weight=[-1, 1])
        functional.cross_entropy(
            torch.tensor([[1.0, 2.0]]), torch.tensor([0]), torch.tensor([-1.0, 1.0])
        )

    def test_the_class_axis_is_the_last_one(self):
        z = np.random.default_rng(4).normal(size=(2, 3, 4))
        y = np.array([[0, 1, 2], [3, 0, 1]])
        theirs = functional.cross_entropy(
            torch.tensor(z).movedim(-1, 1), torch.tensor(y)
        )
        np.testing.assert_allclose(
            ce_lib.softmax_cross_entropy(z, y), theirs.item(), rtol=1e-14, atol=0
        )

    def test_integer_logits_are_welcome(self):
        assert f"{ce_lib.softmax_cross_entropy([[2, 1, 0]], [0]):.6f}" == "0.407606"
        with pytest.raises(RuntimeError):
            functional.cross_entropy(torch.tensor([[2, 1, 0]]), torch.tensor([0]))

    def test_binary_targets_must_be_probabilities(self):
        with pytest.raises(ValueError, match="targets"):
            ce_lib.binary_cross_entropy_with_logits([3.0], [2.0])
        theirs = functional.binary_cross_entropy_with_logits(
            torch.tensor([3.0]), torch.tensor([2.0])
        )
        assert f"{theirs:.3f}" == "-2.951"

    def test_binary_logits_of_minus_inf_are_welcome(self):
        assert ce_lib.binary_cross_entropy_with_logits([-np.inf], [0]) == 0
        theirs = functional.binary_cross_entropy_with_logits(
            torch.tensor([-np.inf]), torch.tensor([0.0])
        )
        assert theirs.isnan()
