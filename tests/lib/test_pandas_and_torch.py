"""What pandas and PyTorch hand over: an order of their own, and tensors with strings."""

import numpy as np
import pandas as pd
import pytest
import torch

import ce_lib

Z = np.random.default_rng(0).normal(size=(6, 3))
Y = np.array([0, 1, 2, 0, 1, 2])
Q = ce_lib.softmax(Z)
MIXED = [3, 5, 2, 1, 4, 0]

cross_entropy = ce_lib.softmax_cross_entropy
binary = ce_lib.binary_cross_entropy_with_logits


def series(x):
    """Return a vector under an index, the same one in another order of rows."""
    return pd.Series(x, index=list("uvwxyz")[: len(x)])


def rows(x):
    """Return rows under an index and columns with names."""
    return pd.DataFrame(x, index=list("uvwxyz"), columns=["rock", "jazz", "folk"])


# The argument that is told to be in order, and calls with two arguments, one mixed.
PAIRS = {
    "softmax_cross_entropy": ("targets", cross_entropy, Z, Y),
    "soft targets": ("targets", cross_entropy, Z, Q),
    "focal_loss": ("targets", ce_lib.focal_loss, Z, Y),
    "brier_loss": ("targets", ce_lib.brier_loss, Z, Y),
    "perplexity": ("targets", ce_lib.perplexity, Z, Y),
    "linear_cross_entropy": (
        "targets",
        lambda h, y: ce_lib.linear_cross_entropy(h, Z, y),
        Z,
        Y,
    ),
    "bias": (
        "linear_bias",
        lambda w, b: ce_lib.linear_cross_entropy(Z, w, Y, linear_bias=b),
        Z,
        Y,
    ),
    "teacher": (
        "teacher_logits",
        lambda z, t: ce_lib.distillation_loss(z, t, Y),
        Z,
        Z,
    ),
    "distillation_loss": (
        "targets",
        lambda z, t: ce_lib.distillation_loss(z, Z, t),
        Z,
        Y,
    ),
    "binary": ("targets", binary, Z[:, 0], Y > 0),
    "binary weight": (
        "weight",
        lambda z, w: binary(z, Y > 0, weight=w),
        Z[:, 0],
        Y,
    ),
    "log_score": ("y", ce_lib.log_score, Q, Y),
    "brier_score weight": (
        "sample_weight",
        lambda q, w: ce_lib.brier_score(q, Y, sample_weight=w),
        Q,
        Y,
    ),
    "expected_calibration_error": ("y", ce_lib.expected_calibration_error, Q, Y),
    "expected_brier_score": ("q", ce_lib.expected_brier_score, Q, Q[::-1]),
    "fit_temperature": ("y", ce_lib.fit_temperature, Z, Y[::-1]),
    "fit_temperature weight": (
        "sample_weight",
        lambda z, w: ce_lib.fit_temperature(z, Y[::-1], sample_weight=w),
        Z,
        Y,
    ),
    "kl_divergence": ("q", ce_lib.kl_divergence, Q, Q[::-1]),
    "one distribution": ("q", ce_lib.cross_entropy, Q[0], Q[1]),
}


@pytest.mark.parametrize("name", PAIRS)
def test_what_pandas_holds_in_another_order_is_refused(name):
    argument, call, a, b = PAIRS[name]
    a, b = (rows(x) if x.ndim == 2 else series(x) for x in (a, b))
    np.testing.assert_array_equal(call(a, b), call(a.to_numpy(), b.to_numpy()))
    mixed = b.iloc[[i for i in MIXED if i < len(b)]]
    with pytest.raises(
        ValueError, match=f"^{argument}: expected the index of .*reindex"
    ):
        call(a, mixed)
    for way_out in (mixed.reindex(index=a.index), b.to_numpy()):
        np.testing.assert_array_equal(call(a, way_out), call(a, b))


def test_columns_in_another_order_are_refused():
    p, q = rows(Q), rows(Q)[["jazz", "rock", "folk"]]
    with pytest.raises(ValueError, match=r"^q: expected the columns of p"):
        ce_lib.kl_divergence(p, q)
    y = p.columns.to_numpy()[Y]
    np.testing.assert_array_equal(
        ce_lib.log_score(p, y, labels=p.columns), ce_lib.log_score(Q, Y)
    )
    for score in (ce_lib.log_score, ce_lib.expected_calibration_error):
        with pytest.raises(ValueError, match=r"^labels: expected the columns of q"):
            score(p, y, labels=["jazz", "rock", "folk"])


def test_two_counts_of_classes_are_paired_by_class_or_not_at_all():
    p = pd.Series(list("aaab")).value_counts(normalize=True)
    q = pd.Series(list("bbba")).value_counts(normalize=True)
    with pytest.raises(ValueError, match=r"^q: expected the index of p"):
        ce_lib.kl_divergence(p, q)
    right = 0.5 * np.log(3)
    np.testing.assert_allclose(ce_lib.kl_divergence(p, q.reindex(p.index)), right)


def test_an_index_that_was_made_anew_says_nothing():
    kept = series(Y)
    np.testing.assert_array_equal(
        cross_entropy(pd.DataFrame(Z), kept), cross_entropy(Z, Y)
    )


@pytest.mark.parametrize(
    ("argument", "call"),
    [
        ("weight", lambda w: cross_entropy(Z, Y, weight=w)),
        ("alpha", lambda w: ce_lib.focal_loss(Z, Y, alpha=w)),
        ("weight", lambda w: binary(Z, Z > 0, weight=w)),
        ("pos_weight", lambda w: binary(Z, Z > 0, pos_weight=w)),
    ],
)
def test_weights_of_classes_are_refused_in_another_order(argument, call):
    weight = 1 / pd.Series([0, 1, 1, 1, 2, 2]).value_counts()
    assert weight.index.tolist() == [1, 2, 0]
    with pytest.raises(ValueError, match=rf"^{argument}: .*{argument}.sort_index\(\)"):
        call(weight)
    np.testing.assert_array_equal(call(weight.sort_index()), call([1, 1 / 3, 1 / 2]))
    named = pd.Series([1, 1 / 3, 1 / 2], index=["rock", "jazz", "folk"])
    with pytest.raises(ValueError, match=rf"^{argument}: .*{argument}.to_numpy\(\)"):
        call(named)


def test_weights_of_columns_have_nothing_to_do_with_the_index_of_the_rows():
    z, weight = pd.DataFrame(Z[:3], index=[2, 0, 1]), pd.Series([1.0, 2, 3])
    for keyword in ("weight", "pos_weight"):
        assert binary(z, Z[:3] > 0, **{keyword: weight}) == binary(
            Z[:3], Z[:3] > 0, **{keyword: weight.to_numpy()}
        )


@pytest.mark.parametrize(
    "call",
    [
        lambda w: cross_entropy(Z, Y, weight=w[:3]),
        lambda w: binary(Z[:, 0], Y > 0, weight=w),
        lambda w: binary(Z[:, 0], Y > 0, pos_weight=w),
        lambda w: ce_lib.logsumexp(Z, b=w[:3]),
        lambda w: ce_lib.log_score(Q, Y, sample_weight=w),
        lambda w: ce_lib.expected_calibration_error(Q, Y, sample_weight=w),
        lambda w: ce_lib.fit_temperature(Z, Y[::-1], sample_weight=w),
        lambda w: ce_lib.SoftmaxRegression(l2=1).fit(Z, Y, sample_weight=w).coef_,
    ],
)
def test_a_mask_is_a_weight_of_0_and_1(call):
    mask = np.array([True, True, False, True, True, True])
    np.testing.assert_array_equal(call(mask), call(mask.astype(float)))


TENSORS = {
    "detach": torch.tensor(Z, requires_grad=True),
    "float": torch.tensor(Z, dtype=torch.bfloat16),
    "detach.float": torch.tensor(Z, dtype=torch.bfloat16, requires_grad=True),
}


@pytest.mark.parametrize("steps", TENSORS)
def test_a_tensor_that_numpy_cannot_read_is_told_the_way_out(steps):
    tensor, calls = TENSORS[steps], "".join(rf"\.{s}\(\)" for s in steps.split("."))
    for name, call in {
        "logits": lambda t: cross_entropy(t, Y),
        "targets": lambda t: binary(Z, t),
        "weight": lambda t: cross_entropy(Z, Y, weight=t[0]),
        "z": ce_lib.softmax,
        "p": ce_lib.entropy,
        "q": lambda t: ce_lib.log_score(t, Y),
        "X": lambda t: ce_lib.SoftmaxRegression().fit(t, Y),
        "temperature": lambda t: ce_lib.softmax(Z, temperature=t[0, 0]),
    }.items():
        with pytest.raises(TypeError, match=f"^{name}: expected .* {name}{calls} can"):
            call(tensor)
    with pytest.raises(TypeError, match=f"^logits: expected .* tensor{calls} can"):
        cross_entropy(list(tensor), Y)
    for step in steps.split("."):
        tensor = getattr(tensor, step)()
    assert np.isfinite(cross_entropy(tensor, Y))
