"""Accuracy: against mpmath, over adversarial families and random inputs."""

import exact
import mpmath
import numpy as np
import pytest

import ce_lib
from ce_lib.audit.cases import FAMILIES, STATED

DTYPES = [np.float64, np.float32]

# A million of mpmath's numbers take too long: the truth comes from a wider float.
needs_wider_floats = pytest.mark.skipif(
    np.finfo(np.longdouble).nmant <= 52, reason="NumPy has no wider float here"
)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("family", FAMILIES)
def test_cross_entropy_is_within_8_ulp(family, dtype):
    for z, y in FAMILIES[family](dtype):
        truth = exact.cross_entropy(z, y)
        loss = ce_lib.softmax_cross_entropy(z, y)
        if exact.representable(truth, dtype):
            assert exact.ulps(loss, truth, dtype) <= 8, (z, y, loss, truth)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("family", FAMILIES)
def test_gradient_is_within_8_ulp(family, dtype):
    for z, y in FAMILIES[family](dtype):
        _, grad = ce_lib.softmax_cross_entropy_with_grad(z, y)
        assert grad.dtype == dtype
        for got, truth in zip(grad, exact.cross_entropy_gradient(z, y), strict=True):
            if exact.representable(truth, dtype):
                assert exact.ulps(got, truth, dtype) <= 8, (z, y, got, truth)


@needs_wider_floats
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("k", [2, 3, 10, 32, 33, 200, 257, 1000, 5003])
def test_a_million_gradient_entries_are_within_8_ulp(k, dtype, weighted):
    rng = np.random.default_rng(k)
    n = 1_000_000 // k
    z = (rng.normal(size=(n, k)) * rng.choice([1, 3, 10], (n, 1))).astype(dtype)
    y = rng.integers(k, size=n)
    weight = rng.uniform(0.1, 2, k) if weighted else None
    _, grad = ce_lib.softmax_cross_entropy_with_grad(z, y, weight=weight)
    e = np.exp(z.astype(np.longdouble))
    total = e.sum(axis=1)
    e[np.arange(n), y] = 0  # so that 1 is not subtracted from the probability
    e[np.arange(n), y] = -e.sum(axis=1)
    own = np.ones(n) if weight is None else weight[y]
    truth = e / total[:, None] * own[:, None] / np.longdouble(own.sum())
    unit = np.spacing(np.abs(truth).astype(dtype)).astype(np.longdouble)
    assert (np.abs(grad - truth) / unit).max() <= 8


@needs_wider_floats
@pytest.mark.parametrize("shift", [1000, -800])
@pytest.mark.parametrize("k", [2, 10, 300])
def test_the_gradient_is_as_accurate_beyond_the_range_of_exp(k, shift):
    rng = np.random.default_rng(k)
    z, y = (
        rng.normal(size=(60_000 // k, k)) * 3 + shift,
        rng.integers(k, size=60_000 // k),
    )
    _, grad = ce_lib.softmax_cross_entropy_with_grad(z, y, reduction="sum")
    rows = np.arange(len(z))
    e = np.exp(z.astype(np.longdouble) - shift)  # the shift is exact in a long double
    total = e.sum(axis=1)
    e[rows, y] = 0
    e[rows, y] = -e.sum(axis=1)
    truth = e / total[:, None]
    unit = np.spacing(np.abs(truth).astype(np.float64)).astype(np.longdouble)
    assert (np.abs(grad - truth) / unit).max() <= 8


@needs_wider_floats
@pytest.mark.parametrize("form", ["indices", "probabilities"])
@pytest.mark.parametrize("smoothing", [0, 0.01, 0.3])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("shift", [0, 1000])
@pytest.mark.parametrize("k", [3, 10, 100])
def test_the_gradient_of_soft_targets_is_within_8_ulp_of_the_larger_term(
    k, shift, weighted, smoothing, form
):
    rng = np.random.default_rng(k)
    n = 50_000 // k
    z, t = rng.normal(size=(n, k)) * 3 + shift, rng.dirichlet(np.ones(k), n)
    y = t
    if form == "indices":
        y = rng.integers(k, size=n)
        t = ce_lib.one_hot(y, k)
    weight = rng.uniform(0.1, 2, k) if weighted else np.ones(k)
    _, grad = ce_lib.softmax_cross_entropy_with_grad(
        z,
        y,
        weight=weight if weighted else None,
        label_smoothing=smoothing,
        reduction="sum",
    )
    e = np.exp(z.astype(np.longdouble) - shift)
    share = np.longdouble(smoothing)
    a = ((1 - share) * t + share / k) * weight
    q = e / e.sum(axis=1, keepdims=True) * a.sum(axis=1, keepdims=True)
    unit = np.spacing(np.maximum(q, a).astype(np.float64)).astype(np.longdouble)
    assert (np.abs(grad - (q - a)) / unit).max() <= 8


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("weight", [1e-15, 1e15])
@pytest.mark.parametrize("logit", [-50, 60])
@pytest.mark.parametrize("k", [4, 40])
def test_the_gradient_keeps_its_digits_under_any_weight(k, logit, weight, dtype):
    z = np.full((1, k), logit, dtype)
    _, grad = ce_lib.softmax_cross_entropy_with_grad(
        z, [0], weight=np.full(k, weight), reduction="sum"
    )
    np.testing.assert_allclose(grad[0, 1:], weight / k, rtol=4 * np.finfo(dtype).eps)
    np.testing.assert_allclose(
        grad[0, 0], -weight * (k - 1) / k, rtol=4 * np.finfo(dtype).eps
    )


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("family", FAMILIES)
def test_loss_with_gradient_is_as_accurate_as_loss_alone(family, dtype):
    for z, y in FAMILIES[family](dtype):
        truth = exact.cross_entropy(z, y)
        loss, _ = ce_lib.softmax_cross_entropy_with_grad(z, y)
        if exact.representable(truth, dtype):
            assert exact.ulps(loss, truth, dtype) <= 8


@pytest.mark.parametrize(("z", "y", "value"), STATED)
def test_stated_values(z, y, value):
    assert exact.ulps(value, exact.cross_entropy(z, y)) < 1 or value == 0
    np.testing.assert_allclose(ce_lib.softmax_cross_entropy(z, y), value, rtol=1e-15)


def test_losses_down_to_the_smallest_number_are_right():
    for gap in (709.5, 720.25, 744.0):
        for k in (2, 50, 300):
            z = np.zeros(k)
            z[0] = gap
            truth = exact.cross_entropy(z, 0)
            assert exact.ulps(ce_lib.softmax_cross_entropy(z, 0), truth) <= 8


def test_soft_targets_are_within_8_ulp():
    rng = np.random.default_rng(9)
    for scale in (1, 10, 200):
        for _ in range(30):
            z, t = rng.normal(size=6) * scale, rng.dirichlet(np.full(6, 0.3))
            truth = exact.soft_cross_entropy(z, t)
            assert exact.ulps(ce_lib.softmax_cross_entropy(z, t), truth) <= 8


def test_one_hot_probabilities_are_as_accurate_as_indices():
    z = np.array([40.0, 1.0, 0.0])
    soft = ce_lib.softmax_cross_entropy_with_grad(z, [1.0, 0.0, 0.0])
    hard = ce_lib.softmax_cross_entropy_with_grad(z, 0)
    np.testing.assert_allclose(soft[0], hard[0], rtol=1e-15, atol=0)
    np.testing.assert_allclose(soft[1], hard[1], rtol=1e-15, atol=0)


@pytest.mark.parametrize("dtype", DTYPES)
def test_binary_cross_entropy_is_within_8_ulp(dtype):
    z = np.r_[np.linspace(-740, 740, 297), np.linspace(-3, 3, 61), 1e-9].astype(dtype)
    for t in (0.0, 1.0, 0.3, 1e-9, 1 - 1e-9):
        losses = ce_lib.binary_cross_entropy_with_logits(
            z, np.full(z.shape, t), reduction="none"
        )
        for logit, loss in zip(z, losses, strict=True):
            truth = exact.binary_cross_entropy(logit, t)
            if exact.representable(truth, dtype):
                assert exact.ulps(loss, truth, dtype) <= 8, (logit, t)


@pytest.mark.parametrize("t", [0, 1])
def test_binary_gradient_is_within_8_ulp(t):
    z = np.r_[np.linspace(-700, 700, 281), np.linspace(-3, 3, 61)]
    _, grad = ce_lib.binary_cross_entropy_with_logits_with_grad(
        z, np.full(z.shape, t), reduction="sum"
    )
    for logit, got in zip(exact.exact(z), grad, strict=True):
        truth = 1 / (1 + mpmath.exp(-logit)) if t == 0 else -1 / (1 + mpmath.exp(logit))
        assert exact.ulps(got, truth) <= 8


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("gamma", [0.5, 2, 10])
def test_focal_loss_and_its_gradient_are_within_8_ulp(gamma, dtype):
    rng = np.random.default_rng(14)
    bound = max(8, 3 * gamma)  # a power multiplies the error of 1 - p
    for scale in (1, 3, 20):
        for z in (rng.normal(size=(20, 4)) * scale).astype(dtype):
            loss, grad = ce_lib.focal_loss_with_grad(z, 1, gamma=gamma)
            nll, slopes = exact.cross_entropy(z, 1), exact.cross_entropy_gradient(z, 1)
            miss = -slopes[1]
            own = -(miss**gamma) * (miss + gamma * (1 - miss) * nll)
            assert exact.ulps(loss, miss**gamma * nll, dtype) <= bound
            for k, got in enumerate(grad):
                truth = own if k == 1 else -own * slopes[k] / miss
                if exact.representable(truth, dtype):
                    assert exact.ulps(got, truth, dtype) <= bound


@pytest.mark.parametrize("margin", [0, 1, 18, 40, 300])
def test_the_brier_gradient_of_a_sure_and_wrong_class_keeps_its_digits(margin):
    for z in ([0, margin, 0], [0.3, margin, 0.1], [0, margin], [0.1, margin, margin]):
        _, grad = ce_lib.brier_loss_with_grad(np.array(z, float), 0)
        with mpmath.workdps(400):
            e = [mpmath.exp(v) for v in exact.exact(z)]
            q = [v / mpmath.fsum(e) for v in e]
            errors = [q[0] - 1, *q[1:]]
            mean = mpmath.fsum(a * b for a, b in zip(q, errors, strict=True))
            for k in (0, 1):  # the others' slopes may change their sign anywhere
                assert exact.ulps(grad[k], 2 * q[k] * (errors[k] - mean)) <= 8


@pytest.mark.parametrize("noise", [1, 1e-1, 1e-3, 1e-6, 1e-7, 1e-8, 1e-9])
def test_kl_divergence_is_within_8_ulp(noise):
    rng = np.random.default_rng(10)
    for alpha in (0.1, 1.0):
        for _ in range(40):
            p = rng.dirichlet(np.full(6, alpha))
            q = np.abs(p * (1 + noise * rng.normal(size=6))) + 1e-300
            q /= q.sum()
            truth = exact.kl_divergence(p, q)
            got = ce_lib.kl_divergence(p, q)
            if truth > 0:
                assert exact.ulps(got, truth) <= 8, (p, q)
            else:  # the rows do not sum to exactly 1, and that alone did it
                assert got == 0


@pytest.mark.parametrize("k", [5, 100, 255])
def test_kl_divergence_is_within_8_ulp_of_what_the_rounding_of_its_inputs_left(k):
    rng = np.random.default_rng(k)
    for _ in range(60):
        small = 10.0 ** rng.uniform(-18, -12)
        p, q = np.full((2, k), small)
        p[0], q[1:] = 1, q[1:] * rng.uniform(0.5, 2)
        q[0] = 1
        p, q = p / p.sum(), q / q.sum()
        truth = exact.kl_divergence(p, q)
        if truth > 0:
            assert exact.ulps(ce_lib.kl_divergence(p, q), truth) <= 8


def test_kl_divergence_of_unrelated_distributions_is_within_8_ulp():
    rng = np.random.default_rng(11)
    for _ in range(150):
        p = rng.dirichlet(np.full(5, rng.choice([0.02, 0.3, 1.0])))
        q = rng.dirichlet(np.full(5, rng.choice([0.1, 1.0]))) + 1e-290
        q /= q.sum()
        got = ce_lib.kl_divergence(p, q)
        assert exact.ulps(got, exact.kl_divergence(p, q)) <= 8, (p, q)


@pytest.mark.parametrize("k", [7, 127, 128, 1000])
def test_entropy_and_cross_entropy_of_equal_terms_are_within_2_ulp(k):
    p = np.full(k, 1 / k)
    truth = -k * exact.exact(p)[0] * mpmath.log(exact.exact(p)[0])
    assert exact.ulps(ce_lib.entropy(p), truth) <= 2
    assert exact.ulps(ce_lib.cross_entropy(p, p), truth) <= 2


def test_entropy_and_cross_entropy_are_within_8_ulp():
    rng = np.random.default_rng(12)
    for _ in range(100):
        p, q = rng.dirichlet(np.full(8, 0.3), size=2) + 1e-300
        p, q = p / p.sum(), q / q.sum()
        pairs = list(zip(exact.exact(p), exact.exact(q), strict=True))
        h = -mpmath.fsum(a * mpmath.log(a) for a, _ in pairs)
        ce = -mpmath.fsum(a * mpmath.log(b) for a, b in pairs)
        assert exact.ulps(ce_lib.entropy(p), h) <= 8
        assert exact.ulps(ce_lib.cross_entropy(p, q), ce) <= 8


def test_sigmoid_is_within_4_ulp_and_its_log_within_8():
    z = np.r_[np.linspace(-745, 745, 499), np.linspace(-2, 2, 81)]
    values, logs = ce_lib.sigmoid(z), ce_lib.log_sigmoid(z)
    for logit, value, log in zip(exact.exact(z), values, logs, strict=True):
        assert exact.ulps(value, 1 / (1 + mpmath.exp(-logit))) <= 4
        assert exact.ulps(log, -mpmath.log1p(mpmath.exp(-logit))) <= 8


@needs_wider_floats
@pytest.mark.parametrize("k", [2, 10, 100, 257, 5003])
def test_a_million_softmax_entries_are_within_8_ulp(k):
    rng = np.random.default_rng(k)
    z = rng.normal(size=(1_000_000 // k, k)) * 3
    e = np.exp(z.astype(np.longdouble))
    truth = e / e.sum(axis=1, keepdims=True)
    unit = np.spacing(truth.astype(np.float64)).astype(np.longdouble)
    assert (np.abs(ce_lib.softmax(z) - truth) / unit).max() <= 4


def test_softmax_is_within_4_ulp_and_its_log_within_8():
    rng = np.random.default_rng(13)
    for scale in (1, 30, 250):
        for _ in range(25):
            z = rng.normal(size=5) * scale
            p, logs = ce_lib.softmax(z), ce_lib.log_softmax(z)
            for k in range(5):
                truth = mpmath.exp(-exact.cross_entropy(z, k))
                if exact.representable(truth, np.float64):
                    assert exact.ulps(p[k], truth) <= 4
                assert exact.ulps(logs[k], -exact.cross_entropy(z, k)) <= 8


def test_logsumexp_is_accurate_in_units_of_its_largest_input():
    rng = np.random.default_rng(14)
    for shift in (0.0, 1000.0, -3.0):
        for _ in range(40):
            z = rng.normal(size=5) * 5 + shift
            truth = mpmath.log(mpmath.fsum(mpmath.exp(v) for v in exact.exact(z)))
            unit = np.spacing(max(np.abs(z).max(), abs(float(truth))))
            assert abs(ce_lib.logsumexp(z) - truth) <= 2 * unit


@pytest.mark.parametrize("n", [1, 2, 5])
@pytest.mark.parametrize("k", [17, 33, 65, 257, 2049, 5000])
@pytest.mark.parametrize(("dtype", "top"), [(np.float64, 20), (np.float32, 8)])
def test_many_small_terms_beside_a_large_one_are_not_rounded_away(dtype, top, k, n):
    tiny = -np.log(2.0) * (np.finfo(dtype).nmant + 1)  # half an ulp of 1
    for small in (0.0, tiny):
        z = np.full((n, k), small, dtype)
        z[:, 0], z[:, 1] = top, 0
        for shifted in (z, z + dtype(2.75), z + dtype(1024)):
            truth = exact.cross_entropy(shifted[0], 0)
            y = np.zeros(n, int)
            losses = ce_lib.softmax_cross_entropy(shifted, y, reduction="none")
            for loss in losses:
                assert exact.ulps(loss, truth, dtype) <= 8


@needs_wider_floats
@pytest.mark.parametrize("k", [95, 191, 255, 511])
@pytest.mark.parametrize(("dtype", "top"), [(np.float64, 23), (np.float32, 14)])
def test_a_sum_of_equal_terms_whose_errors_add_up_is_within_8_ulp(dtype, top, k):
    z = np.repeat(np.arange(-2000, 2001)[:, None] / 1000, k, axis=1)
    z[:, 0] = top
    z = z.astype(dtype)
    losses = ce_lib.softmax_cross_entropy(z, np.zeros(len(z), int), reduction="none")
    wide = z[:, 1].astype(np.longdouble) - top
    truth = np.log1p((k - 1) * np.exp(wide))
    unit = np.spacing(truth.astype(dtype)).astype(np.longdouble)
    assert (np.abs(losses - truth) / unit).max() <= 8


@pytest.mark.parametrize("n", [127, 5003, 2_000_000])
def test_a_batch_of_equal_rows_has_their_loss_as_its_mean(n):
    for row in np.array([[0.1, 0], [0.7, 0], [1.3, 0]]):
        z, y = np.broadcast_to(row, (n, 2)), np.zeros(n, np.int8)
        one = ce_lib.softmax_cross_entropy(row, 0)
        assert abs(ce_lib.softmax_cross_entropy(z, y) - one) <= np.spacing(one)
        one = ce_lib.binary_cross_entropy_with_logits(row[0], 1)
        mean = ce_lib.binary_cross_entropy_with_logits(z[:, 0], y + 1)
        assert abs(mean - one) <= np.spacing(one)


def test_a_mean_may_be_near_the_largest_number():
    n = 500_000  # several blocks
    rows = np.broadcast_to([0, 1e308], (n, 2))
    assert ce_lib.softmax_cross_entropy(rows, np.zeros(n, int)) == 1e308
    assert ce_lib.softmax_cross_entropy(rows, np.zeros(n, int), reduction="sum") == (
        np.inf
    )
    sure = np.full(3, -1e308)
    assert ce_lib.binary_cross_entropy_with_logits(sure, np.ones(3)) == 1e308


@pytest.mark.parametrize(
    ("z", "weight"),
    [
        (np.array([0, -3, -712.3]), 1e3),
        (np.array([0, -3, -720.3]), 1e15),
        (np.r_[0, -92.3, np.full(40, -5)].astype(np.float32), 1e3),
        (np.full(40, 65.0), 1e-285),
    ],
)
def test_a_weight_lifts_an_entry_into_the_range_with_its_digits(z, weight):
    _, grad = ce_lib.softmax_cross_entropy_with_grad(
        z, 0, weight=np.full(len(z), weight), reduction="sum"
    )
    for got, slope in zip(grad, exact.cross_entropy_gradient(z, 0), strict=True):
        assert exact.ulps(got, slope * mpmath.mpf(weight), z.dtype.type) <= 8


def test_a_weight_lifts_a_loss_into_the_range_with_its_digits():
    truth = exact.binary_cross_entropy(-740, 0) * mpmath.mpf(1e20)
    loss = ce_lib.softmax_cross_entropy(
        [[740.0, 0], [0, 800]], [0, 1], weight=[1e20, 0], reduction="sum"
    )
    assert exact.ulps(loss, truth) <= 8
    loss, grad = ce_lib.binary_cross_entropy_with_logits_with_grad(
        [-740.0], [0.0], weight=1e20
    )
    assert exact.ulps(loss, truth) <= 8
    assert exact.ulps(grad[0], truth) <= 8


@pytest.mark.parametrize("scale", [1e-308, 1e-200, 1e200, 1e308])
@pytest.mark.parametrize("n", [2, 300])
def test_the_size_of_the_weights_cancels_in_a_weighted_mean(scale, n):
    rng = np.random.default_rng(n)
    z, y = rng.normal(size=(n, 2)) * 3, rng.integers(2, size=n)
    for smoothing in (0.0, 0.1):
        plain = ce_lib.softmax_cross_entropy_with_grad(
            z, y, weight=[1, 0.75], label_smoothing=smoothing
        )
        scaled = ce_lib.softmax_cross_entropy_with_grad(
            z, y, weight=[scale, 0.75 * scale], label_smoothing=smoothing
        )
        np.testing.assert_allclose(scaled[0], plain[0], rtol=2e-15)
        np.testing.assert_allclose(scaled[1], plain[1], rtol=2e-15 if n == 2 else 1e-14)


def test_weights_beyond_the_range_of_a_sum_leave_a_mean_in_it():
    big, n = 1e308, 1000
    y = np.zeros(n, int)
    z = np.tile([np.log(np.e - 1), 0.0], (n, 1))  # about 0.46 a row
    one = ce_lib.softmax_cross_entropy(z[0], 0)
    focal = ce_lib.focal_loss(z, y, gamma=0, alpha=[big, 1])
    np.testing.assert_allclose(focal, big * one, rtol=4e-15)
    few = np.r_[np.full(9, -9.0), np.zeros(91)]  # 9 * 1e307 each, nine times
    binary = ce_lib.binary_cross_entropy_with_logits(few, few < 0, weight=big / 10)
    plain = ce_lib.binary_cross_entropy_with_logits(few, few < 0)
    np.testing.assert_allclose(binary, plain * (big / 10), rtol=4e-15)
    t = np.tile([0.5, 0.5], (n, 1))
    soft = ce_lib.softmax_cross_entropy(z, t, weight=[big, big])
    half = ce_lib.softmax_cross_entropy(z, t, weight=[big / 2**9, big / 2**9])
    np.testing.assert_allclose(soft, half * 2**9, rtol=4e-15)


@pytest.mark.parametrize("weight", [5e-324, 1e-310, 1e308])
def test_a_weighted_mean_of_one_row_is_its_loss_whatever_the_weight(weight):
    z = [[0.0, 10.0]]
    mean = ce_lib.softmax_cross_entropy(z, [0], weight=[weight, 1])
    assert exact.ulps(mean, exact.cross_entropy(z[0], 0)) <= 8
