"""Exact values to compare with: each formula as the book states it, at 50 digits.

The floating-point inputs are taken as the exact numbers they are.
"""

import mpmath
import numpy as np

mpmath.mp.dps = 50


def exact(values):
    """Return floats as exact numbers."""
    return [mpmath.mpf(float(v)) for v in np.ravel(values)]


def cross_entropy(z, y):
    """-log softmax(z)[y]. log1p and the missing own term: else 50 digits are few."""
    z = exact(z)
    others = mpmath.fsum(mpmath.exp(v - z[y]) for j, v in enumerate(z) if j != y)
    return mpmath.log1p(others)


def cross_entropy_gradient(z, y):
    """Softmax minus one-hot."""
    z = exact(z)
    top = max(z)
    e = [mpmath.exp(v - top) for v in z]
    total = mpmath.fsum(e)
    slopes = [v / total for v in e]
    slopes[y] = -mpmath.fsum(v for j, v in enumerate(e) if j != y) / total
    return slopes


def soft_cross_entropy(z, t):
    """Minus the sum of t·log softmax(z)."""
    return mpmath.fsum(p * cross_entropy(z, k) for k, p in enumerate(exact(t)) if p)


def binary_cross_entropy(z, t):
    """Minus t·log σ(z) minus (1-t)·log(1-σ(z))."""
    (z,), (t,) = exact(z), exact(t)
    return t * mpmath.log1p(mpmath.exp(-z)) + (1 - t) * mpmath.log1p(mpmath.exp(z))


def kl_divergence(p, q):
    """Sum of p·log(p/q)."""
    pairs = zip(exact(p), exact(q), strict=True)
    return mpmath.fsum(a * mpmath.log(a / b) for a, b in pairs if a)


def ulps(got, truth, dtype=np.float64):
    """Return how many units in the last place of ``dtype`` lie between the two."""
    if truth == 0:
        return 0.0 if got == 0 else float("inf")
    unit = np.spacing(np.abs(dtype(float(truth))))
    return float(abs(mpmath.mpf(float(got)) - truth) / mpmath.mpf(float(unit)))


def representable(truth, dtype):
    """Tell whether a number lies in the normal range of ``dtype``."""
    info = np.finfo(dtype)
    return float(info.tiny) <= abs(truth) <= float(info.max)
