"""Closeness where terms cancel: relative to what is there, never to a fixed number."""

import numpy as np


def to_the_largest_of_the_row(got, expected, rtol):
    """Assert that the error is at most ``rtol`` of the row's largest number."""
    got, expected = np.asarray(got), np.asarray(expected)
    assert got.shape == expected.shape
    largest = np.abs(expected).max(axis=-1, keepdims=True)
    assert (np.abs(got - expected) <= rtol * largest).all(), (got, expected)


def balanced(rows, rtol):
    """Assert that each row sums to 0: its positive part outweighs its negative not."""
    up, down = np.clip(rows, 0, None), np.clip(rows, None, 0)
    np.testing.assert_allclose(up.sum(axis=-1), -down.sum(axis=-1), rtol=rtol)
