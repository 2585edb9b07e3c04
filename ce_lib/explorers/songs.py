"""The songs that an explorer trains on: two small worlds, and a way to draw from them.

Of each world every kind of song is known, with its weight and its true
P(genre | features). So a loss on fresh songs is a sum over the kinds, and no estimate.
Mirrored by ``web/maths/songs.js``.
"""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ce_lib.checks import Float64
from ce_lib.explorers.draws import draws
from ce_lib.genres import GenreWorld
from ce_lib.numerics import softmax

#: The most songs that are drawn.
MOST = 400

#: What the running example's classifier knows of a song here.
KNOWN = ("brightness", "acousticness")

#: A normal density is summed on a lattice, so many deviations apart and so far beyond
#: the outermost means. Such a sum misses the integral by less than the kinds that are
#: left out because they weigh less than the last of these numbers. (Trefethen &
#: Weideman, The exponentially convergent trapezoidal rule, SIAM Review 2014.)
_APART, _REACH, _NEGLIGIBLE = 0.5, 5, 1e-9

#: The grid's side, and its truth: three genres, none of them more common.
_SIDE, _GRID_COEF = (-2, -1, 0, 1, 2), ((1, 0), (-0.5, 0.8), (-0.5, -0.8))


class Population(NamedTuple):
    """Every kind of song there is."""

    x: Float64  #: the two features, (M, 2)
    weight: Float64  #: how often each kind is met, (M,); sums to 1
    posterior: Float64  #: P(genre | features), (M, K)


_WORLD = GenreWorld(features=KNOWN)
CONSTANTS: dict[str, Any] = {
    "worlds": {
        "songs": {
            "prior": _WORLD.prior.tolist(),
            "means": _WORLD.means.tolist(),
            "deviations": _WORLD.deviations.tolist(),
        },
        "grid": {"side": _SIDE, "coef": _GRID_COEF},
    },
    "lattice": (_APART, _REACH, _NEGLIGIBLE),
    "most": MOST,
}


class Units(NamedTuple):
    """What leads from a feature to its number here: (feature - centre) / unit."""

    centre: Float64  #: (2,)
    unit: Float64  #: (2,)


def units(world: str) -> Units:
    """Return the mean and the deviation of both features; the grid is used as it is."""
    if world == "grid":
        return Units(np.zeros(2), np.ones(2))
    centre = _WORLD.prior @ _WORLD.means
    variance = _WORLD.deviations**2 + _WORLD.prior @ (_WORLD.means - centre) ** 2
    return Units(centre, np.sqrt(variance))


def _standardised() -> tuple[Float64, Float64]:
    """Return the means and the deviations of the genres in those units."""
    centre, unit = units("songs")
    return (_WORLD.means - centre) / unit, _WORLD.deviations / unit


@cache
def population(world: str) -> Population:
    """Return every kind of song of the world "songs" or "grid"."""
    return _lattice() if world == "songs" else _grid()


def _grid() -> Population:
    x = np.array([(a, b) for a in _SIDE for b in _SIDE], dtype=np.float64)
    return Population(
        x, np.full(len(x), 1 / len(x)), softmax(x @ np.transpose(_GRID_COEF))
    )


def _lattice() -> Population:
    means, deviations = _standardised()
    gap = _APART * deviations
    first = np.floor((means.min(axis=0) - _REACH * deviations) / gap)
    last = np.ceil((means.max(axis=0) + _REACH * deviations) / gap)
    sides = [np.arange(a, b + 1) * g for a, b, g in zip(first, last, gap, strict=True)]
    x = np.stack(np.meshgrid(*sides, indexing="ij"), axis=-1).reshape(-1, 2)
    apart = ((x[:, None, :] - means) / deviations) ** 2
    joint = _WORLD.prior * np.exp(-apart.sum(axis=-1) / 2)
    density = joint.sum(axis=1)
    kept = density > _NEGLIGIBLE * density.sum()
    x, joint, density = x[kept], joint[kept], density[kept]
    return Population(x, density / density.sum(), joint / density[:, None])


@cache
def sample(world: str, seed: int, n: int) -> tuple[Float64, NDArray[np.int64]]:
    """Draw the first n songs that follow a seed: features and genres."""
    if world == "songs":
        return _drawn_songs(np.array(draws(seed, 3 * n)).reshape(n, 3))
    pairs = np.array(draws(seed, 2 * n)).reshape(n, 2)
    everything = population("grid")
    kind = (len(everything.x) * pairs[:, 0]).astype(int)
    up_to = everything.posterior.cumsum(axis=1)[kind]
    return everything.x[kind], _passed(up_to, pairs[:, 1])


def _drawn_songs(triples: Float64) -> tuple[Float64, NDArray[np.int64]]:
    """Make a genre of the first number, and two normal variables of the others.

    (Box & Muller, A note on the generation of random normal deviates, 1958.)
    """
    means, deviations = _standardised()
    y = _passed(np.cumsum(_WORLD.prior)[None, :], triples[:, 0])
    length, angle = np.sqrt(-2 * np.log1p(-triples[:, 1])), 2 * np.pi * triples[:, 2]
    normal = length[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return means[y] + deviations * normal, y


def _passed(up_to: Float64, at: Float64) -> NDArray[np.int64]:
    """Count the cumulative probabilities that a number has passed: the class drawn."""
    return np.asarray((up_to[:, :-1] <= at[:, None]).sum(axis=1), dtype=np.int64)


def mislabelled(
    y: NDArray[np.int64], seed: int, noise: float, classes: int
) -> NDArray[np.int64]:
    """Replace the share ``noise`` of labels by any genre, the true one included.

    The numbers that decide are those behind all that `sample` may use, so that other
    noise comes to the same songs.
    """
    start = 3 * MOST
    numbers = np.array(draws(seed, start + 2 * MOST)[start:]).reshape(-1, 2)[: len(y)]
    other = (classes * numbers[:, 1]).astype(np.int64)
    return np.where(numbers[:, 0] < noise, other, y)
