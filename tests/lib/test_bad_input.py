"""Bad input: every row of the table, for every function it concerns."""

import re

import numpy as np
import pytest

import ce_lib
from ce_lib.genres import GenreWorld

cross_entropy = ce_lib.softmax_cross_entropy
binary = ce_lib.binary_cross_entropy_with_logits
linear = ce_lib.linear_cross_entropy

Y = np.array([0, 1, 2])
Z = np.array([[2.0, 1, 0.5], [0.5, 2.5, 1], [0, 0, 0]])
Q = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.2, 0.2, 0.6]])

FROM_LOGITS = {
    "softmax_cross_entropy": ce_lib.softmax_cross_entropy,
    "smoothed": lambda z, y: ce_lib.softmax_cross_entropy(z, y, label_smoothing=0.1),
    "with_grad": ce_lib.softmax_cross_entropy_with_grad,
    "focal_loss": ce_lib.focal_loss,
    "brier_loss": ce_lib.brier_loss,
    "distillation_loss": lambda z, y: ce_lib.distillation_loss(z, z, y),
}
OF_LOGITS = FROM_LOGITS | {
    "softmax": lambda z, y: ce_lib.softmax(z),
    "log_softmax": lambda z, y: ce_lib.log_softmax(z),
    "probability targets": lambda z, y: ce_lib.softmax_cross_entropy(z, Q),
}
OF_PROBABILITIES = {
    "entropy": ce_lib.entropy,
    "cross_entropy p": lambda q: ce_lib.cross_entropy(q, Q),
    "cross_entropy q": lambda q: ce_lib.cross_entropy(Q, q),
    "kl_divergence p": lambda q: ce_lib.kl_divergence(q, Q),
    "kl_divergence q": lambda q: ce_lib.kl_divergence(Q, q),
    "targets": lambda q: ce_lib.softmax_cross_entropy(Z, q),
    "targets of a layer": lambda q: ce_lib.linear_cross_entropy(Z, Z, q),
    "smooth_labels": lambda q: ce_lib.smooth_labels(q, 0.1),
    "log_score": lambda q: ce_lib.log_score(q, Y),
    "brier_score": lambda q: ce_lib.brier_score(q, Y),
    "brier_decomposition": lambda q: ce_lib.brier_decomposition(q, Y),
    "expected_brier_score": lambda q: ce_lib.expected_brier_score(q, Q),
    "reliability_curve": lambda q: ce_lib.reliability_curve(q, Y),
}
OF_INDICES = FROM_LOGITS | {
    "linear_cross_entropy": lambda z, y: ce_lib.linear_cross_entropy(z, Z, y),
    "log_score": lambda _, y: ce_lib.log_score(Q, y),
    "brier_score": lambda _, y: ce_lib.brier_score(Q, y),
    "reliability_curve": lambda _, y: ce_lib.reliability_curve(Q, y),
    "one_hot": lambda _, y: ce_lib.one_hot(y, 3),
    "fit_temperature": ce_lib.fit_temperature,
}


def spoiled(array, place, value):
    array = array.copy()
    array[place] = value
    return array


@pytest.mark.parametrize("name", OF_LOGITS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
@pytest.mark.parametrize(
    ("place", "value", "came"),
    [
        ((1, 2), np.nan, "nan at class 2"),
        ((1, 0), np.inf, "inf at class 0"),
        (1, -np.inf, "-inf everywhere"),
    ],
)
def test_a_row_of_logits_that_defines_no_distribution(name, dtype, place, value, came):
    z = spoiled(Z, place, value).astype(dtype)
    with pytest.raises(ValueError, match=f"{came} in row 1"):
        OF_LOGITS[name](z, Y)


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_the_row_is_named_in_a_long_batch_too(axis, value):
    k = 40
    z = np.zeros((200_000 if axis == 0 else 3, k), np.float32)
    row = len(z) - 1
    z[row, 5] = value
    with pytest.raises(ValueError, match=f"class 5 in row {row}"):
        ce_lib.softmax_cross_entropy(z, np.zeros(len(z), int))


@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize(
    "name", ["binary_cross_entropy_with_logits", "sigmoid_focal_loss"]
)
def test_binary_logits(name, value):
    function = getattr(ce_lib, name)
    z = np.zeros(100_000)
    z[70_000] = value
    with pytest.raises(ValueError, match=r"logits.*row 70000"):
        function(z, np.ones(100_000))
    with pytest.raises(ValueError, match=r"targets.*got 2 in row 70000"):
        function(np.zeros(100_000), np.where(z == 0, 1, 2))


def test_minus_inf_is_an_impossible_class():
    z = [[0, -np.inf], [0, -np.inf]]
    assert ce_lib.softmax_cross_entropy(z[:1], [1]) == np.inf
    losses = ce_lib.softmax_cross_entropy(z, [[1, 0], [0.5, 0.5]], reduction="none")
    np.testing.assert_array_equal(losses, [0, np.inf])
    assert ce_lib.binary_cross_entropy_with_logits(-np.inf, 0) == 0
    assert ce_lib.binary_cross_entropy_with_logits(-np.inf, 1) == np.inf
    np.testing.assert_array_equal(ce_lib.softmax(z[0]), [1, 0])
    np.testing.assert_array_equal(ce_lib.log_softmax(z[0]), [0, -np.inf])


@pytest.mark.parametrize("name", OF_PROBABILITIES)
@pytest.mark.parametrize(
    ("place", "value", "came"),
    [
        ((1, 0), -0.1, r"-0\.1 at class 0"),
        ((1, 2), np.nan, "nan at class 2"),
        ((1, 2), np.inf, "inf"),
        ((1, 1), 0.9, r"a sum of 1\.\d+"),
    ],
)
def test_a_row_that_is_no_distribution(name, place, value, came):
    with pytest.raises(ValueError, match=f"{came} in row 1"):
        OF_PROBABILITIES[name](spoiled(Q, place, value))


@pytest.mark.parametrize("name", OF_PROBABILITIES)
def test_a_negative_probability_is_refused_even_if_the_sum_is_right(name):
    q = Q.copy()
    q[2] = [-0.1, 0.5, 0.6]
    with pytest.raises(ValueError, match=r"-0\.1 at class 0 in row 2"):
        OF_PROBABILITIES[name](q)


def test_nothing_is_renormalised():
    q = np.array([0.5, 0.3, 0.2 + 5e-6])  # within the tolerance
    assert ce_lib.entropy(q) == pytest.approx(-(q * np.log(q)).sum(), rel=1e-15)


def test_probabilities_outside_0_and_1():
    for bad in (-0.1, 1.1, np.nan):
        with pytest.raises(ValueError, match="row 1"):
            ce_lib.surprisal([0.5, bad])
        with pytest.raises(ValueError, match="targets"):
            ce_lib.binary_cross_entropy_with_logits([0.0, 0.0], [0.5, bad])
        with pytest.raises(ValueError, match="q"):
            ce_lib.brier_score([0.5, bad], [0, 1])


@pytest.mark.parametrize("name", OF_INDICES)
@pytest.mark.parametrize("bad", [3, -1, -101, 2**40])
def test_an_index_that_is_no_class(name, bad):
    with pytest.raises(ValueError, match=f"0 to 2.*got {bad} in row 1"):
        OF_INDICES[name](Z, spoiled(Y, 1, bad))


@pytest.mark.parametrize("name", OF_INDICES)
def test_indices_that_are_no_integers(name):
    for bad in (Y.astype(float), Y.astype(bool), Y.astype(complex), Y.astype(str)):
        with pytest.raises((TypeError, ValueError), match=r"expected (integer )?class"):
            OF_INDICES[name](Z, bad)


NO_INDICES = [
    ([0.0, 1, 2], r"y\.astype\(int\) makes them of these whole numbers"),
    ([0.0, np.nan, 2], r"nan in row 1, which is no class; leave out the cases"),
    ([0.0, np.inf, 2], r"inf in row 1, which is no class$"),
    ([0.0, 1, 0.5], r"0\.5 in row 2, which is no class$"),
    ([0, None, 2], r"None; leave out the cases"),
    (["Rock", "Jazz", "Pop"], r"ce_lib\.class_indices\(y, labels\)"),
]


@pytest.mark.parametrize(("y", "said"), NO_INDICES)
def test_the_way_to_indices_is_one_that_works(y, said):
    for call in (
        lambda: ce_lib.one_hot(y, 3),
        lambda: ce_lib.log_score(Q, y),
        lambda: ce_lib.fit_temperature(Z, y),
    ):
        with pytest.raises(TypeError, match=rf"^y: expected integer.*{said}"):
            call()
    with pytest.raises(TypeError, match=re.sub(r"\by\b", "targets", said)):
        cross_entropy(Z, y)


def test_a_perplexity_of_nothing_is_not_told_of_a_reduction_it_does_not_have():
    for z, y in ((Z, [-100] * 3), (np.empty((0, 3)), [])):
        with pytest.raises(ValueError, match=r"^targets: expected at least") as refusal:
            ce_lib.perplexity(z, y)
        assert "reduction" not in str(refusal.value)


def test_integer_one_hot_rows_are_explained():
    hot = np.eye(3, dtype=int)
    with pytest.raises(TypeError, match=r"floating probabilities.*astype\(float\)"):
        ce_lib.softmax_cross_entropy(Z, hot)
    for other in (2 * hot, hot.astype(str), hot.astype(complex), hot[:, [0, 0, 1]]):
        with pytest.raises(TypeError, match="floating probabilities") as refusal:
            ce_lib.softmax_cross_entropy(Z, other)
        assert "astype" not in str(refusal.value)


@pytest.mark.parametrize("name", FROM_LOGITS)
def test_shapes_that_differ(name):
    for y in (Y[:2], Y[:, None], np.array(0)):
        with pytest.raises(ValueError, match=r"targets.*\(3,\).*got shape"):
            FROM_LOGITS[name](Z, y)


def test_nothing_is_broadcast():
    with pytest.raises(ValueError, match=r"targets.*\(3,\).*\(3, 1\)"):
        ce_lib.binary_cross_entropy_with_logits(np.zeros(3), np.zeros((3, 1)))
    with pytest.raises(ValueError, match=r"q.*\(2,\).*\(1, 2\)"):
        ce_lib.kl_divergence([0.5, 0.5], [[0.5, 0.5]])
    with pytest.raises(ValueError, match=r"targets.*\(3, 3\).*\(1, 3\)"):
        ce_lib.softmax_cross_entropy(Z, Q[:1])
    with pytest.raises(ValueError, match="teacher_logits"):
        ce_lib.distillation_loss(Z, Z[:1], Y)


@pytest.mark.parametrize("name", FROM_LOGITS)
def test_the_mean_of_an_empty_batch(name):
    with pytest.raises(ValueError, match="'mean' expected at least one example"):
        FROM_LOGITS[name](np.empty((0, 3)), [])


def test_empty_sums_and_losses():
    for y in ([], np.empty(0, int)):
        z = np.empty((0, 3))
        assert ce_lib.softmax_cross_entropy(z, y, reduction="sum") == 0
        assert ce_lib.softmax_cross_entropy(z, y, reduction="none").shape == (0,)
        assert ce_lib.focal_loss(z, y, reduction="sum") == 0
    assert ce_lib.softmax(np.empty((0, 3))).shape == (0, 3)
    assert ce_lib.entropy(np.empty((0, 3))).shape == (0,)
    assert ce_lib.one_hot([], 3).shape == (0, 3)
    with pytest.raises(ValueError, match="at least one"):
        ce_lib.log_score(np.empty((0, 3)), [])
    with pytest.raises(ValueError, match="at least one class"):
        ce_lib.softmax(np.empty((3, 0)))


def test_a_batch_of_ignored_rows():
    y = [-100, -100, -100]
    with pytest.raises(ValueError, match="ignored"):
        ce_lib.softmax_cross_entropy(Z, y)
    loss, grad = ce_lib.softmax_cross_entropy_with_grad(Z, y, reduction="sum")
    assert loss == 0
    np.testing.assert_array_equal(grad, np.zeros((3, 3)))
    with pytest.raises(ValueError, match="weigh 0"):
        ce_lib.softmax_cross_entropy(Z[:1], [0], weight=[0, 1, 1])


HEAVY = {"sample_weight": [1e308] * 3}


@pytest.mark.parametrize(
    "call",
    [
        lambda: ce_lib.log_score(Q, Y, **HEAVY),
        lambda: ce_lib.brier_decomposition(Q, Y, **HEAVY),
        lambda: ce_lib.reliability_curve(Q, Y, **HEAVY),
        lambda: ce_lib.fit_temperature(Z, [0, 1, 1], **HEAVY),
        lambda: ce_lib.SoftmaxRegression(l2=1).fit(Z, Y, **HEAVY),
    ],
)
def test_weights_of_cases_whose_sum_is_out_of_range(call):
    with pytest.raises(ValueError, match="sample_weight: expected weights with a sum"):
        call()


def test_a_mean_over_weights_of_0_does_not_say_that_the_sum_is_0():
    arguments = {"weight": [0, 1.0], "label_smoothing": 0.1}
    with pytest.raises(
        ValueError, match=r"^weight: .*divides by the weights"
    ) as refusal:
        ce_lib.softmax_cross_entropy([[1.0, 2]], [0], **arguments)
    assert "0 here" not in str(refusal.value)
    total = ce_lib.softmax_cross_entropy([[1.0, 2]], [0], reduction="sum", **arguments)
    assert total == pytest.approx(0.05 * np.log1p(np.exp(-1)), rel=1e-15)


def test_integer_and_float16_logits_are_widened():
    z = np.array([[20, 1, 0], [3, 2, 60]])
    expected = ce_lib.softmax_cross_entropy(z.astype(float), [0, 1])
    assert ce_lib.softmax_cross_entropy(z, [0, 1]) == expected
    assert ce_lib.softmax_cross_entropy(z.tolist(), [0, 1]) == expected
    half = z.astype(np.float16)
    np.testing.assert_allclose(
        ce_lib.softmax_cross_entropy(half, [0, 1]), expected, rtol=1e-7
    )
    assert ce_lib.softmax_cross_entropy_with_grad(half, [0, 1])[1].dtype == np.float32
    wide = np.zeros((1, 50), np.float16)
    wide[0, 0] = 60  # its exponential is beyond float16
    assert ce_lib.softmax_cross_entropy(wide, [1]) == pytest.approx(60)


def test_impossible_but_true_costs_inf():
    assert ce_lib.cross_entropy([0.5, 0.5], [1, 0]) == np.inf
    assert ce_lib.kl_divergence([0.5, 0.5], [1, 0]) == np.inf
    assert ce_lib.surprisal(0) == np.inf
    assert ce_lib.log_score([1, 0], 1) == np.inf


def test_0_log_0_is_0():
    assert ce_lib.entropy([1, 0]) == 0
    assert ce_lib.cross_entropy([1, 0], [1, 0]) == 0
    assert ce_lib.kl_divergence([1, 0], [1, 0]) == 0
    assert ce_lib.kl_divergence([0, 1], [0.5, 0.5]) == pytest.approx(np.log(2))
    assert not np.signbit(ce_lib.entropy([1.0, 0.0]))
    assert not np.signbit(ce_lib.surprisal(1.0))


@pytest.mark.parametrize(
    "bad", [np.array(["a"]), np.array([1j]), np.array([True]), np.array([None]), "x"]
)
def test_logits_that_are_no_numbers(bad):
    for function in (ce_lib.softmax, ce_lib.sigmoid, ce_lib.logsumexp):
        with pytest.raises(TypeError, match="expected real numbers"):
            function(bad)
    with pytest.raises(TypeError, match="expected real numbers"):
        ce_lib.softmax_cross_entropy(bad, 0)


QUOTED = {
    "got None$": lambda: cross_entropy(None, Y),
    "got 'a'$": lambda: ce_lib.entropy(np.array([0.5, "a"], object)),
    r"got numbers as objects; z.astype\(float\)": lambda: ce_lib.softmax(
        np.array([1, True], object)
    ),
    "targets.* got -1 in row 0": lambda: binary([1.0], [-1]),
    "y: .* got 2 in row 0": lambda: ce_lib.log_score([0.5], [2]),
    "ignore_index: expected a finite number, got nan": lambda: binary(
        [1.0], [0], ignore_index=np.nan
    ),
}


@pytest.mark.parametrize("came", QUOTED)
def test_what_came_is_quoted_as_it_came(came):
    with pytest.raises((TypeError, ValueError), match=came):
        QUOTED[came]()


def test_masks_and_ragged_rows_are_not_dropped():
    masked = np.ma.array(Z, mask=Z > 1)
    for function in (ce_lib.softmax, lambda z: ce_lib.softmax_cross_entropy(z, Y)):
        with pytest.raises(TypeError, match="masked"):
            function(masked)
        with pytest.raises(ValueError, match="rectangular"):
            function([[1, 2], [3]])
    ragged = [[0.5, 0.5], [1.0]]
    for name, call in {
        "p": lambda: ce_lib.kl_divergence(ragged, Q),
        "q": lambda: ce_lib.log_score(ragged, Y),
        "y": lambda: ce_lib.one_hot(ragged, 2),
    }.items():
        with pytest.raises(ValueError, match=f"^{name}: expected a rectangular"):
            call()
    with pytest.raises(ValueError, match=r"^p: expected a rectangular"):
        ce_lib.expected_brier_score(ragged, Q)
    with pytest.raises(ValueError, match=r"^q: expected a rectangular"):
        ce_lib.reliability_curve(ragged, Y)


PARAMETERS = [
    (ValueError, "reduction", lambda: cross_entropy(Z, Y, reduction="max")),
    (ValueError, "label_smoothing", lambda: cross_entropy(Z, Y, label_smoothing=1.1)),
    (
        ValueError,
        "label_smoothing",
        lambda: cross_entropy(Z, Y, label_smoothing=np.nan),
    ),
    (ValueError, "weight", lambda: cross_entropy(Z, Y, weight=[1, 2])),
    (ValueError, "weight", lambda: cross_entropy(Z, Y, weight=[1, -2, 1])),
    (ValueError, "weight", lambda: cross_entropy(Z, Y, weight=[1, np.nan, 1])),
    (ValueError, "label_smoothing", lambda: cross_entropy(Z, Y, label_smoothing=[0])),
    (TypeError, "label_smoothing", lambda: cross_entropy(Z, Y, label_smoothing=None)),
    (ValueError, "ignore_index", lambda: cross_entropy(Z, Q, ignore_index=1)),
    (TypeError, "ignore_index", lambda: cross_entropy(Z, Q, ignore_index="no")),
    (TypeError, "ignore_index", lambda: cross_entropy(Z, Y, ignore_index=1.5)),
    (ValueError, "reduction", lambda: cross_entropy(Z, Y, reduction=np.array("sum"))),
    (
        ValueError,
        "targets",
        lambda: cross_entropy(Z, np.array([2**64 - 100, 0, 1], np.uint64)),
    ),
    (
        ValueError,
        "targets",
        lambda: ce_lib.distillation_loss(Z, Z, np.full(len(Z), -1)),
    ),
    (
        ValueError,
        "temperature",
        lambda: ce_lib.distillation_loss(Z, Z, Y, temperature=1e200),
    ),
    (ValueError, "gamma", lambda: ce_lib.focal_loss(Z, Y, gamma=-1)),
    (ValueError, "reduction", lambda: linear(Z, Z, Y, reduction="max")),
    (ValueError, "label_smoothing", lambda: linear(Z, Z, Y, label_smoothing=1.1)),
    (ValueError, "weight", lambda: linear(Z, Z, Y, weight=[1, 2])),
    (ValueError, "ignore_index", lambda: linear(Z, Z, Q, ignore_index=1)),
    (ValueError, "targets", lambda: linear(Z, Z, Y[:2])),
    (ValueError, "targets", lambda: linear(Z, Z[:2], Q)),
    (ValueError, "hidden", lambda: linear(3.0, Z, 0)),
    (ValueError, "linear_weight", lambda: linear(Z, Z[0], Y)),
    (ValueError, "linear_weight", lambda: linear(Z, Z[:, :2], Y)),
    (ValueError, "linear_weight", lambda: linear(Z, np.empty((0, 3)), Y)),
    (ValueError, "linear_bias", lambda: linear(Z, Z, Y, linear_bias=[1.0, 2])),
    (ValueError, "linear_bias", lambda: linear(Z, Z, Y, linear_bias=[[1.0, 2, 3]])),
    (TypeError, "hidden", lambda: linear(Z > 0, Z, Y)),
    (TypeError, "linear_weight", lambda: linear(Z, Z.astype(str), Y)),
    (TypeError, "linear_bias", lambda: linear(Z, Z, Y, linear_bias=Z[0] * 1j)),
    (ValueError, "ignore_index", lambda: ce_lib.focal_loss(Z, Q, ignore_index=1)),
    (ValueError, "axis", lambda: cross_entropy(Z, Y, axis=2)),
    (TypeError, "axis", lambda: ce_lib.focal_loss(Z, Y, axis=0.5)),
    (ValueError, "targets", lambda: cross_entropy(Z[:2], Y, axis=1)),
    (ValueError, "targets", lambda: cross_entropy(Z[:2], Q[:, :2], axis=0)),
    (ValueError, "alpha", lambda: ce_lib.focal_loss(Z, Y, alpha=[1, 2])),
    (ValueError, "alpha", lambda: ce_lib.distillation_loss(Z, Z, Y, alpha=1.5)),
    (
        ValueError,
        "temperature",
        lambda: ce_lib.distillation_loss(Z, Z, Y, temperature=0),
    ),
    (ValueError, "temperature", lambda: ce_lib.softmax(Z, temperature=0)),
    (ValueError, "temperature", lambda: ce_lib.softmax(Z, temperature=-1)),
    (ValueError, "temperature", lambda: ce_lib.softmax(Z, temperature=1e-320)),
    (ValueError, "base", lambda: ce_lib.entropy(Q, base=1)),
    (ValueError, "base", lambda: ce_lib.entropy(Q, base=0)),
    (ValueError, "base", lambda: ce_lib.kl_divergence(Q, Q, base=0.5)),
    (ValueError, "base", lambda: ce_lib.surprisal(0.5, base=-2)),
    (ValueError, "axis", lambda: ce_lib.entropy(Q, axis=2)),
    (TypeError, "axis", lambda: ce_lib.softmax(Z, axis=0.5)),
    (ValueError, "z", lambda: ce_lib.softmax(3.0)),
    (ValueError, "z", lambda: ce_lib.logsumexp(3.0)),
    (ValueError, "b", lambda: ce_lib.logsumexp(Z, b=-1.0)),
    (ValueError, "b", lambda: ce_lib.logsumexp(Z, b=[1.0, 2.0])),
    (ValueError, "axis", lambda: ce_lib.logsumexp(Z, axis=(0, -2))),
    (ValueError, "axis", lambda: ce_lib.logsumexp(Z, axis=(0, 2))),
    (ValueError, "z", lambda: ce_lib.logsumexp([np.nan, 0])),
    (ValueError, "z", lambda: ce_lib.logsumexp(np.empty((2, 0)))),
    (ValueError, "z", lambda: ce_lib.sigmoid([0, np.nan])),
    (ValueError, "logits", lambda: cross_entropy(3.0, 0)),
    (ValueError, "p", lambda: ce_lib.entropy(1.0)),
    (ValueError, "epsilon", lambda: ce_lib.smooth_labels(Q, -0.1)),
    (ValueError, "epsilon", lambda: ce_lib.smooth_labels(Q, [0.1])),
    (ValueError, "convention", lambda: ce_lib.smooth_labels(Q, 0.1, "torch")),
    (ValueError, "convention", lambda: ce_lib.smooth_labels([1.0], 0.1, "others")),
    (TypeError, "num_classes", lambda: ce_lib.one_hot(Y, 3.0)),
    (ValueError, "num_classes", lambda: ce_lib.one_hot(Y, 0)),
    (ValueError, "n_bins", lambda: ce_lib.reliability_curve(Q, Y, n_bins=0)),
    (TypeError, "n_bins", lambda: ce_lib.reliability_curve(Q, Y, n_bins=2.5)),
    (ValueError, "weight", lambda: binary([0.0], [1], weight=[1, 2, 3, 4])),
    (ValueError, "pos_weight", lambda: binary([0.0], [1], pos_weight=-1)),
    (
        ValueError,
        "pos_weight",
        lambda: binary([0.0], [1], weight=1e200, pos_weight=1e200),
    ),
    (ValueError, "label_smoothing", lambda: binary([0.0], [1], label_smoothing=2)),
    (ValueError, "reduction", lambda: binary([0.0], [9], ignore_index=9)),
    (ValueError, "targets", lambda: binary([0.0, 0], [9, 2], ignore_index=9)),
    (ValueError, "alpha", lambda: ce_lib.sigmoid_focal_loss([0.0], [1], alpha=-0.5)),
    (ValueError, "gamma", lambda: ce_lib.sigmoid_focal_loss([0.0], [1], gamma=-1)),
    (ValueError, "y", lambda: ce_lib.brier_decomposition(0.5, 1)),
    (ValueError, "q", lambda: ce_lib.brier_decomposition([], [])),
    (ValueError, "q", lambda: ce_lib.reliability_curve(np.empty((0, 3)), [])),
]


@pytest.mark.parametrize(("kind", "name", "call"), PARAMETERS)
def test_a_parameter_out_of_range_is_named(kind, name, call):
    with pytest.raises(kind, match=f"^{name}: .*(expected|at least)"):
        call()


OUTS = [
    (TypeError, lambda: [[0.0] * 3] * 3),
    (TypeError, lambda: np.empty((3, 3), np.float32)),
    (ValueError, lambda: np.empty((3, 2))),
    (ValueError, lambda: np.empty((3, 3), order="F")),
    (ValueError, lambda: np.empty((3, 6))[:, ::2]),
]


@pytest.mark.parametrize(("kind", "out"), OUTS)
def test_an_out_that_does_not_fit(kind, out):
    with pytest.raises(kind, match=r"^out: expected"):
        ce_lib.softmax_cross_entropy_with_grad(Z, Y, out=out())


def test_out_must_not_be_the_targets_nor_the_weights():
    targets, weight = Q.copy(), np.ones((3, 3))
    for keywords in (
        {"targets": targets, "out": targets},
        {"targets": Y, "weight": weight[0], "out": weight},
    ):
        with pytest.raises(ValueError, match="memory of its own"):
            ce_lib.softmax_cross_entropy_with_grad(Z, **keywords)
    np.testing.assert_array_equal(targets, Q)
    np.testing.assert_array_equal(weight, 1)


def test_out_must_not_be_the_logits_nor_read_only():
    z = Z.copy()
    with pytest.raises(ValueError, match="memory of its own"):
        ce_lib.softmax_cross_entropy_with_grad(z, Y, out=z)
    np.testing.assert_array_equal(z, Z)
    out = np.empty((3, 3))
    out.flags.writeable = False
    with pytest.raises(ValueError, match="writeable"):
        ce_lib.softmax_cross_entropy_with_grad(z, Y, out=out)


LAYERS = {
    r"^hidden: .*finite.*got nan at feature 2 in row 1": ("hidden", (1, 2), np.nan),
    r"^hidden: .*finite.*got -inf at feature 0 in row 2": ("hidden", (2, 0), -np.inf),
    r"^linear_weight: .*finite.*got nan in row 1 \(position \(1, 0\)\)": (
        "linear_weight",
        (1, 0),
        np.nan,
    ),
    r"^linear_weight: .*finite.*got -inf in row 2": (
        "linear_weight",
        (2, 1),
        -np.inf,
    ),
    r"^linear_bias: .*finite.*got inf in row 1": ("linear_bias", 1, np.inf),
    r"^linear_bias: .*finite.*got nan in row 0": ("linear_bias", 0, np.nan),
    r"^hidden @ linear_weight.T \+ linear_bias: .*got inf at class 0 in row 1": (
        "hidden",
        (1, 0),
        1e308,
    ),
}


@pytest.mark.parametrize("message", LAYERS)
@pytest.mark.parametrize(
    "function", [linear, ce_lib.linear_cross_entropy_with_grad], ids=["loss", "grad"]
)
def test_a_layer_with_a_number_that_defines_nothing(function, message):
    name, place, value = LAYERS[message]
    layer = {"hidden": Z, "linear_weight": 2 + Z.T, "linear_bias": Z[0]}
    layer[name] = spoiled(layer[name], place, value)
    for reduction in ("none", "mean"):
        with pytest.raises(ValueError, match=message):
            function(targets=Y, reduction=reduction, **layer)


def test_the_row_of_a_long_layer_is_named_too():
    h, y = np.ones((1000, 3)), np.zeros(1000, int)
    with pytest.raises(ValueError, match=r"^hidden: .* in row 900"):
        linear(spoiled(h, (900, 1), np.nan), Z, y)
    with pytest.raises(ValueError, match=r"^hidden @ .* in row 901"):
        linear(spoiled(h, (901, 0), 1e308), Z, y)
    for bad in (3, -1):
        with pytest.raises(ValueError, match=rf"^targets: .*got {bad} in row 902"):
            linear(h, Z, spoiled(y, 902, bad), reduction="sum")
    q = np.full((1000, 3), [0.5, 0.5, 0])
    with pytest.raises(ValueError, match=r"^targets: .*got a sum of 1\.25 in row 903"):
        linear(h, Z, spoiled(q, (903, 2), 0.25))


def layouts(array):
    """Yield the same numbers as list, read-only, reversed, strided, Fortran order."""
    yield array.tolist()
    fixed = array.copy()
    fixed.flags.writeable = False
    yield fixed
    yield array[::-1].copy()[::-1]
    yield np.repeat(array, 2, axis=-1)[..., ::2]
    yield np.asfortranarray(array)
    yield array.astype(array.dtype.newbyteorder())


def test_any_layout_gives_the_same_numbers():
    expected = ce_lib.softmax_cross_entropy_with_grad(Z, Y)
    for z in layouts(Z):
        for y in layouts(Y):
            before = np.array(z)
            loss, grad = ce_lib.softmax_cross_entropy_with_grad(z, y)
            np.testing.assert_allclose(loss, expected[0], rtol=1e-15)
            np.testing.assert_allclose(grad, expected[1], rtol=1e-15)
            np.testing.assert_array_equal(z, before)
    for q in layouts(Q):
        np.testing.assert_array_equal(ce_lib.entropy(q), ce_lib.entropy(Q))
        np.testing.assert_array_equal(ce_lib.kl_divergence(q, Q), np.zeros(3))
        np.testing.assert_array_equal(ce_lib.log_score(q, Y), ce_lib.log_score(Q, Y))


EXTREME = [
    ([[0, 744.5]], [1], {"weight": [1, 0.3], "reduction": "sum"}),
    ([[0, 40]], [0], {"weight": [1e307, 1], "reduction": "sum"}),
    ([[0, 740.5], [0, 740], [0, 735]], [1, 1, 1], {}),
    ([[0, 1e308]] * 3, [0] * 3, {}),
    ([[0, 1]], [[1, 1e-310]], {"label_smoothing": 0.1}),
    ([[0, 1]], [0], {"label_smoothing": 0.1, "weight": [1e-308, 1]}),
    (np.array([[0, np.longdouble("1e-4000")]]), [0], {}),
]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("z", "targets", "keywords"), EXTREME)
def test_no_warning_escapes_from_extreme_numbers(z, targets, keywords):
    with np.errstate(all="raise"):
        ce_lib.softmax_cross_entropy(z, targets, **keywords)
        ce_lib.softmax_cross_entropy_with_grad(z, targets, **keywords)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "call",
    [
        lambda: ce_lib.log_softmax([1e308, -1e308]),
        lambda: ce_lib.softmax([0.0, 0.0, -745.0]),
        lambda: binary([1e300], [0.0], weight=[1e10]),
        lambda: ce_lib.binary_cross_entropy_with_logits_with_grad(
            np.float32([1]), [0.0], weight=[1e39]
        ),
        lambda: ce_lib.distillation_loss([1e308, -1e308], [1, 2], 0),
        lambda: ce_lib.fit_temperature([[1e300, -1e300]] * 3, [0, 0, 1]),
        lambda: ce_lib.brier_score([1e-200, 0.5], [0, 1]),
        lambda: ce_lib.expected_calibration_error([1e-310, 0.5], [0, 1]),
        lambda: ce_lib.smooth_labels([1e-310, 1.0], 0.1),
        lambda: ce_lib.SoftmaxRegression(l2=1).fit([[1e200], [-1e200], [2]], [0, 1, 0]),
        lambda: GenreWorld(spread=1e-90).conditional_entropy(),
    ],
)
def test_no_warning_escapes_from_the_ends_of_the_range(call):
    with np.errstate(all="raise"):
        call()


def test_numpy_is_set_as_before():
    z = np.zeros((3, 1000))
    before = np.geterr(), np.getbufsize()
    ce_lib.softmax_cross_entropy_with_grad(z, [0, 1, 2])
    ce_lib.linear_cross_entropy_with_grad(z[:, :5], np.ones((999, 5)), [0, 1, 2])
    z[1] = np.nan
    with pytest.raises(ValueError, match="logits"):
        ce_lib.softmax_cross_entropy(z, [0, 1, 2])
    assert (np.geterr(), np.getbufsize()) == before


@pytest.mark.filterwarnings("error")
def test_no_warning_escapes():
    with np.errstate(all="raise"):
        for scale in (1, 1e3, 1e300):
            for dtype in (np.float32, np.float64):
                z = (Z * min(scale, 1e30 if dtype is np.float32 else scale)).astype(
                    dtype
                )
                for function in FROM_LOGITS.values():
                    function(z, Y)
                ce_lib.logsumexp(z)
                ce_lib.log_softmax(z)
                ce_lib.sigmoid(z)
                ce_lib.log_sigmoid(z)
        inf = np.array([0, -np.inf, 1])
        ce_lib.softmax_cross_entropy_with_grad(inf, 1)
        ce_lib.softmax_cross_entropy_with_grad(inf, [0.5, 0.5, 0])
        ce_lib.focal_loss_with_grad(inf, 1)
        ce_lib.brier_loss_with_grad(inf, 1)
        ce_lib.linear_cross_entropy_with_grad(
            [1e-300, 0], Z[:, :2] * 1e-10, 1, linear_bias=inf
        )
        ce_lib.logsumexp([-np.inf, -np.inf])
        ce_lib.logsumexp([np.inf, 1])
        ce_lib.kl_divergence([1, 0, 0], [0, 1, 0])
        ce_lib.kl_divergence([1e-320, 1.0], [1.0, 1e-320])
        ce_lib.cross_entropy([1, 0], [1, 0])
        ce_lib.surprisal([0, 1])
        ce_lib.log_score([0.0, 1], 0)
        ce_lib.log_score_decomposition([0.0, 1.0], [1, 1])
        ce_lib.binary_cross_entropy_with_logits([-np.inf, 1e300], [0, 1])
