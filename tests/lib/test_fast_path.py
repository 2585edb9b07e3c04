"""The fast paths of the losses and the formulas to read say the same."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import ce_lib
from ce_lib.losses import _blocks, _rows, binary, softmax

# Where logits lie, and how far apart: within the range of exp, near its ends, beyond.
CENTRES = st.sampled_from([0.0, -6.0, 40.0, 88.0, -100.0, 700.0, -720.0, 1e5, -1e30])
SPREADS = st.sampled_from([0.0, 1e-6, 1.0, 8.0, 90.0, 400.0, 1e4, 1e30])
WEIGHTS = [None, (0.5, 2.0), (1e-300, 1e-290), (1e290, 1e300), (1e-20, 1e20)]


@st.composite
def batches(draw):
    """Draw a batch with class indices and its keywords."""
    dtype = draw(st.sampled_from([np.float64, np.float32, np.float16, np.int64]))
    n, k = draw(st.integers(1, 5)), draw(st.sampled_from([1, 2, 3, 7, 40, 130]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    z = draw(CENTRES) + draw(SPREADS) * rng.normal(size=(n, k))
    limit = np.finfo(dtype).max if dtype is not np.int64 else 2**60
    z = np.clip(z, -float(limit) / 2, float(limit) / 2).astype(dtype)
    if dtype is not np.int64 and draw(st.booleans()):
        z[rng.random((n, k)) < 0.3] = -np.inf
        z[np.arange(n), rng.integers(k, size=n)] = 1.0  # one is possible
    y = rng.integers(k, size=n)
    if draw(st.booleans()):
        y = z.argmax(axis=1)
    if draw(st.booleans()):
        y[rng.random(n) < 0.3] = -100
    span = draw(st.sampled_from(WEIGHTS))
    weight = None if span is None else np.exp(rng.uniform(*np.log(span), size=k))
    if weight is not None and draw(st.booleans()):
        weight[rng.integers(k)] = 0.0
    smoothing = draw(st.sampled_from([0.0, 0.0, 0.1]))
    return _rows.batch_of(z, y, weight, -100, smoothing, -1)


def computed(batch, reduction, fast):
    """Return loss and gradient."""
    grad = _rows.gradient_array(batch.z)
    grad[...] = np.nan  # whatever is not written shows
    with np.errstate(all="ignore"):
        return _rows.over_rows(batch, softmax.price, reduction, grad, fast), grad


def counts(batch):
    """Tell whether a mean has anything to average."""
    keep = batch.t != -100
    weight = np.ones(batch.z.shape[1]) if batch.weight is None else batch.weight
    return (weight[batch.t[keep]] > 0).any()


@settings(max_examples=400)
@given(batches(), st.sampled_from(["mean", "sum", "none"]))
def test_blocks_and_view_agree(batch, reduction):
    if reduction == "mean" and not counts(batch):
        return
    loss, grad = computed(batch, reduction, _blocks.cross_entropy)
    expected, slopes = computed(batch, reduction, None)
    dtype = grad.dtype.type
    ulp, tiny = np.finfo(dtype).eps, np.finfo(dtype).tiny
    loss, expected = np.ravel(loss), np.ravel(expected)
    for got, wanted in ((loss, expected), (grad.ravel(), slopes.ravel())):
        assert not np.isnan(got).any()
        normal = np.abs(wanted) >= tiny  # below it digits may be missing
        np.testing.assert_allclose(got[normal], wanted[normal], rtol=8 * ulp)
        assert (np.abs(got[~normal]) < 2 * tiny).all()


@given(batches())
def test_most_ordinary_rows_take_the_fast_path(batch):
    z = np.random.default_rng(0).normal(size=(50, batch.z.shape[1] + 1)) * 3
    y = np.zeros(50, int)
    _, left = _blocks.cross_entropy(z, y, 1.0, None, np.empty(z.size))
    assert not left.any()


@given(st.data())
def test_the_binary_loss_near_0_and_its_two_lifted_terms_agree(data):
    z = np.array(data.draw(st.lists(st.floats(-600, 600), min_size=1, max_size=9)))
    rng = np.random.default_rng(len(z))
    t = rng.choice([0.0, 1.0, 0.3, 1e-9], size=len(z))
    weight = data.draw(st.sampled_from([None, 0.3, 1e-200]))
    calls = [
        ce_lib.binary_cross_entropy_with_logits_with_grad(
            np.r_[z, far], np.r_[t, 0], weight=weight, reduction="none"
        )
        for far in (0.0, -1e3)  # one far logit takes its chunk the long way
    ]
    (loss, grad), (expected, slopes) = calls
    np.testing.assert_allclose(loss[:-1], expected[:-1], rtol=4e-15)
    q = ce_lib.sigmoid(z) * (1.0 if weight is None else weight)
    assert (
        np.abs(grad - slopes)[:-1] <= 4e-15 * np.maximum(q, np.abs(slopes[:-1]))
    ).all()


def test_ordinary_binary_losses_take_the_fast_path():
    z = np.random.default_rng(0).normal(size=50) * 9
    terms, _ = binary._price(z, np.round(np.tanh(z) ** 2), None, False)
    assert len(terms) == 1
