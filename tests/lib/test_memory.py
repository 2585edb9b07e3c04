"""Memory and cost: flat and linear, whatever the length of the batch."""

import tracemalloc

import numpy as np
import pytest

import ce_lib
from ce_lib import information
from ce_lib.losses import _blocks

MEGABYTE = 1e6


def peak(call):
    """Return the most bytes that were allocated at a time during a call."""
    call()
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def batch(n, k, dtype=np.float64):
    rng = np.random.default_rng(0)
    z = rng.standard_normal((n, k), dtype=np.float32).astype(dtype)
    return z, rng.integers(k, size=n)


def numbers(n):
    """Return float32 logits, booleans and class indices, rows of ten, n numbers."""
    z, y = batch(n // 10, 10, np.float32)
    return z, z > 1, y


def rows(n):
    """Return two float32 distributions in rows of ten, n numbers each."""
    p = ce_lib.softmax(numbers(n)[0]).astype(np.float32)
    return p, p[::-1]


# Every loss of logits and every measure of distributions, by name.
LOSSES = {
    "binary_cross_entropy_with_logits": lambda f, z, t, y: f(z, t),
    "brier_loss": lambda f, z, t, y: f(z, y),
    "distillation_loss": lambda f, z, t, y: f(z, z[::-1], y),
    "focal_loss": lambda f, z, t, y: f(z, y),
    "linear_cross_entropy": lambda f, z, t, y: f(z[:, :3], z[:10, :3], y),
    "perplexity": lambda f, z, t, y: f(z, y),
    "sigmoid_focal_loss": lambda f, z, t, y: f(z, t),
    "softmax_cross_entropy": lambda f, z, t, y: f(z, y),
}
MEASURES = {
    "cross_entropy": lambda f, p, q: f(p, q),
    "entropy": lambda f, p, q: f(p),
    "js_divergence": lambda f, p, q: f(p, q),
    "kl_divergence": lambda f, p, q: f(p, q),
    "surprisal": lambda f, p, q: f(p),
}


def held(results):
    """Return the bytes of arrays, which may be in tuples."""
    if isinstance(results, tuple):
        return sum(map(held, results))
    return 0 if results is None else np.asarray(results).nbytes


def at_ten_million(call, prepare):
    """Return the bytes beside inputs and results at ten million numbers.

    They are extrapolated: what grows from 500,000 numbers to 2,000,000 grows on.
    """
    sizes, extra = np.array([500_000, 2_000_000]), []
    for n in sizes:
        arguments = prepare(n)
        call(*prepare(100))  # what is loaded once
        tracemalloc.start()
        try:
            results = call(*arguments)
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        extra.append(most - held(results))
    per_number = (extra[1] - extra[0]) / (sizes[1] - sizes[0])
    return extra[1] + max(per_number, 0) * (10_000_000 - sizes[1])


@pytest.mark.parametrize("name", ce_lib.losses.__all__)
def test_ten_million_logits_take_less_than_16_megabytes(name):
    function = getattr(ce_lib, name)
    call = LOSSES[name.removesuffix("_with_grad")]
    assert at_ten_million(lambda *a: call(function, *a), numbers) < 16 * MEGABYTE


@pytest.mark.parametrize("name", ["brier_score", "log_score"])
@pytest.mark.parametrize("form", ["rows", "yes or no", "weighted"])
def test_so_do_scores(name, form):
    function = getattr(ce_lib, name)

    def prepare(n):
        q, y = rows(n)[0], numbers(n)[2]
        if form == "yes or no":
            return q.ravel(), q.ravel() > 0.1, None
        return q, y, y + 1.0 if form == "weighted" else None

    call = lambda q, y, weight: function(q, y, sample_weight=weight)  # noqa: E731
    assert at_ten_million(call, prepare) < 16 * MEGABYTE


@pytest.mark.parametrize("name", sorted({*information.__all__} - {"renormalise"}))
def test_ten_million_probabilities_take_less_than_16_megabytes(name):
    function = getattr(ce_lib, name)
    assert at_ten_million(lambda *a: MEASURES[name](function, *a), rows) < 16 * MEGABYTE


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
@pytest.mark.parametrize(("n", "k"), [(1_000_000, 4), (200_000, 40), (400, 20_000)])
def test_a_loss_takes_less_than_8_megabytes(n, k, dtype):
    z, y = batch(n, k, dtype)
    assert peak(lambda: ce_lib.softmax_cross_entropy(z, y)) < 8 * MEGABYTE


def test_so_do_weights_ignored_rows_smoothing_and_rows_that_need_care():
    z, y = batch(300_000, 10)
    y[::3] = -100
    weight = np.arange(10.0)
    assert (
        peak(lambda: ce_lib.softmax_cross_entropy(z, y, weight=weight)) < 8 * MEGABYTE
    )
    smoothed = lambda: ce_lib.softmax_cross_entropy(z, y, label_smoothing=0.1)  # noqa: E731
    assert peak(smoothed) < 8 * MEGABYTE
    z += 1000
    assert peak(lambda: ce_lib.softmax_cross_entropy(z, y)) < 8 * MEGABYTE


def test_one_loss_per_row_takes_these_losses_and_no_more():
    z, y = batch(1_000_000, 4)
    each = lambda: ce_lib.softmax_cross_entropy(z, y, reduction="none")  # noqa: E731
    assert peak(each) < y.nbytes + 8 * MEGABYTE


def test_so_do_probability_targets_and_views():
    z, y = batch(100_000, 10)
    t = ce_lib.one_hot(y, 10).astype(np.float32)
    assert peak(lambda: ce_lib.softmax_cross_entropy(z, t)) < 8 * MEGABYTE
    wide = np.repeat(z, 2, axis=1)[:, ::2]
    assert peak(lambda: ce_lib.softmax_cross_entropy(wide, y)) < 8 * MEGABYTE


@pytest.mark.parametrize("form", ["indices", "probabilities"])
def test_so_do_images_whose_class_axis_was_moved(form):
    rng = np.random.default_rng(0)
    planes = rng.standard_normal((5, 10, 200, 200), dtype=np.float32)
    z = np.moveaxis(planes, 1, -1)  # not the order of the memory
    if form == "indices":
        t = rng.integers(10, size=(200, 200, 5)).transpose(2, 0, 1)
    else:
        t = np.moveaxis(ce_lib.softmax(planes, axis=1), 1, -1)
    assert peak(lambda: ce_lib.softmax_cross_entropy(z, t)) < 8 * MEGABYTE
    grad = lambda: ce_lib.softmax_cross_entropy_with_grad(z, t)  # noqa: E731
    assert peak(grad) < z.nbytes + 8 * MEGABYTE


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_loss_and_gradient_take_the_gradient_and_no_more(dtype):
    z, y = batch(20_000, 500, dtype)
    out = np.empty_like(z)
    both = lambda: ce_lib.softmax_cross_entropy_with_grad(z, y)  # noqa: E731
    assert peak(both) < z.nbytes + 8 * MEGABYTE
    into = lambda: ce_lib.softmax_cross_entropy_with_grad(z, y, out=out)  # noqa: E731
    assert peak(into) < 8 * MEGABYTE


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("n", "d", "k"), [(600, 16, 20_000), (20_000, 16, 300)])
def test_logits_of_a_layer_are_never_all_there(n, d, k, dtype):
    rng = np.random.default_rng(0)
    h, w = rng.normal(size=(n, d)).astype(dtype), rng.normal(size=(k, d)).astype(dtype)
    y, some = rng.integers(k, size=n), 128 * k * h.itemsize
    loss = lambda: ce_lib.linear_cross_entropy(h, w, y)  # noqa: E731
    assert peak(loss) < some + 8 * MEGABYTE
    grad = lambda: ce_lib.linear_cross_entropy_with_grad(h, w, y, linear_bias=w[:, 0])  # noqa: E731
    assert peak(grad) < h.nbytes + w.nbytes + some + 11 * MEGABYTE
    assert some + 8 * MEGABYTE < n * k * h.itemsize / 2


@pytest.mark.parametrize(("n", "k"), [(1, 7), (70_000, 3), (9000, 500), (40, 70_000)])
def test_every_logit_is_worked_on_once(monkeypatch, n, k):
    worked_on = []

    def counted(z, *rest):
        worked_on.append(z.size)
        return cross_entropy(z, *rest)

    cross_entropy = _blocks.cross_entropy
    monkeypatch.setattr(_blocks, "cross_entropy", counted)
    ce_lib.softmax_cross_entropy(*batch(n, k, np.float32))
    assert sum(worked_on) == n * k


@pytest.mark.parametrize("one", [True, False])
def test_a_temperature_takes_little_memory_beside_the_logits(one):
    z, y = batch(100_000, 2)
    y[::2] = z[::2].argmax(axis=1)  # better than chance: there is a temperature
    given = z[:, 1] - z[:, 0] if one else z
    assert peak(lambda: ce_lib.fit_temperature(given, y)) < MEGABYTE
