"""Targets: one-hot rows and label smoothing in both conventions."""

import numpy as np

import ce_lib


def test_one_hot_of_any_shape():
    y = np.array([[0, 2], [1, 1]])
    rows = ce_lib.one_hot(y, 3)
    assert rows.shape == (2, 2, 3)
    np.testing.assert_array_equal(rows.argmax(axis=-1), y)
    np.testing.assert_array_equal(rows.sum(axis=-1), np.ones((2, 2)))
    np.testing.assert_array_equal(ce_lib.one_hot(1, 2), [0, 1])
    assert ce_lib.one_hot(np.array([1], np.uint8), 2).dtype == np.float64


def test_both_conventions():
    hot = [1.0, 0, 0, 0]
    np.testing.assert_allclose(
        ce_lib.smooth_labels(hot, 0.1), [0.925, 0.025, 0.025, 0.025], rtol=1e-15
    )
    np.testing.assert_allclose(
        ce_lib.smooth_labels(hot, 0.1, "others"), [0.9, 0.1 / 3, 0.1 / 3, 0.1 / 3]
    )


def test_the_conversion_between_the_conventions():
    rng = np.random.default_rng(0)
    for k in (2, 3, 10):
        p = rng.dirichlet(np.ones(k), size=4)
        np.testing.assert_allclose(
            ce_lib.smooth_labels(p, 0.1, "others"),
            ce_lib.smooth_labels(p, 0.1 * k / (k - 1)),
            rtol=1e-13,
        )


def test_smoothed_rows_are_distributions():
    p = np.random.default_rng(1).dirichlet(np.ones(5), size=20)
    for convention in ("uniform", "others"):
        for epsilon in (0, 0.3, 1):
            rows = ce_lib.smooth_labels(p, epsilon, convention)
            np.testing.assert_allclose(rows.sum(axis=1), 1, rtol=1e-14)
            assert (rows >= 0).all()


def test_the_floor_under_smoothing():
    target = ce_lib.smooth_labels([1, 0, 0, 0], 0.1)
    np.testing.assert_allclose(ce_lib.entropy(target), 0.348780, rtol=5e-6)
    best = np.log(target)
    loss, grad = ce_lib.softmax_cross_entropy_with_grad(best, 0, label_smoothing=0.1)
    np.testing.assert_allclose(loss, ce_lib.entropy(target), rtol=1e-14)
    assert (np.abs(grad) <= 4 * np.spacing(target)).all()
    np.testing.assert_allclose(best[0] - best[1], np.log(37), rtol=1e-14)


def test_smoothing_examples():
    np.testing.assert_allclose(
        ce_lib.softmax_cross_entropy(
            np.log([0.7, 0.1, 0.1, 0.1]), 0, label_smoothing=0.1
        ),
        0.502618,
        rtol=5e-6,
    )
    np.testing.assert_allclose(
        ce_lib.softmax_cross_entropy(
            np.log([0.95, 0.02, 0.02, 0.01]), 0, label_smoothing=0.1
        ),
        0.358177,
        rtol=5e-6,
    )
