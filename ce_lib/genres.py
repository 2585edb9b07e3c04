"""The running example, and a synthetic world of songs with known probabilities.

The four genres, two predictions and five songs that every chapter reuses come
first. `GenreWorld` then makes as many songs as wanted, of which the true
P(genre | features) is known, and with it the floor of every loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib.checks import Float64
from ce_lib.information import entropy
from ce_lib.numerics import softmax

__all__ = [
    "BAD",
    "BATCH_Q",
    "BATCH_Y",
    "FEATURES",
    "GENRES",
    "GOOD",
    "LOGITS",
    "TRUE_GENRE",
    "Estimate",
    "GenreWorld",
]


def _read_only(values: object) -> Float64:
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array


#: The classes, in the order used everywhere.
GENRES = ("Rock", "Pop", "Jazz", "Classical")

#: The index of the genre of the example song: Rock.
TRUE_GENRE = 0

#: A good prediction for that song, and a bad one.
GOOD = _read_only([0.7, 0.1, 0.1, 0.1])
BAD = _read_only([0.1, 0.3, 0.3, 0.3])

#: Raw scores of the classifier for that song, before the softmax.
LOGITS = _read_only([2.1, -0.5, -0.3, -0.1])

#: Predictions for a batch of five songs, one row each, and their true genres.
#: Rock and Pop tie in the fourth row, and a tie is not a correct prediction.
BATCH_Q = _read_only(
    [
        [0.7, 0.1, 0.1, 0.1],
        [0.2, 0.6, 0.1, 0.1],
        [0.1, 0.2, 0.5, 0.2],
        [0.3, 0.3, 0.2, 0.2],
        [0.4, 0.2, 0.2, 0.2],
    ]
)
BATCH_Y = np.array([0, 1, 2, 0, 3])
BATCH_Y.flags.writeable = False

#: What a synthetic song is described by: tempo in beats per minute, brightness
#: (the spectral centroid) in kHz, and an acousticness score, about 0 for electric
#: and 1 for acoustic instruments.
FEATURES = ("tempo", "brightness", "acousticness")

#: Mean of each feature in each genre, in the order of GENRES and FEATURES.
_MEANS = _read_only(
    [
        [128.0, 2.9, 0.25],
        [116.0, 2.6, 0.40],
        [104.0, 1.9, 0.65],
        [92.0, 1.5, 0.80],
    ]
)

#: Standard deviation of each feature, the same in every genre.
_DEVIATIONS = _read_only([18.0, 0.5, 0.18])

#: How common each genre is.
_PRIOR = _read_only([0.35, 0.30, 0.20, 0.15])


class Estimate(NamedTuple):
    """A number and how far it may be off."""

    value: float
    error: float


class GenreWorld:
    """Synthetic songs whose true genre probabilities are known in closed form.

    A genre is drawn first, then tempo, brightness and acousticness, independent
    normal variables around the means of that genre. The spread of each feature
    is the same in all genres, so the true log-probabilities are linear in the
    features: a softmax regression can represent them exactly, and its expected loss on
    fresh songs can come as close to H(Y | X) as its data allow, never below.

    Parameters
    ----------
    seed : int, default 0
        Two worlds with one seed give the same songs in the same order.
    spread : float, default 1.0
        Factor on all standard deviations. More spread, more overlap between the
        genres, and a higher floor.
    features : sequence of str, default ``FEATURES``
        Which of the features are known of a song, D of them. The songs stay the
        same; who knows less of them has a higher floor.

    Attributes
    ----------
    genres, features : tuple of str
        Names of the classes and of the columns of X.
    prior : ndarray, ``(4,)``
        P(genre).
    means : ndarray, ``(4, D)``
        Mean of every feature in every genre.
    deviations : ndarray, ``(D,)``
        Standard deviation of every feature.
    coef, intercept : ndarray, ``(4, D)`` and ``(4,)``
        The softmax regression that is the truth: softmax(X @ coef.T + intercept).

    Raises
    ------
    TypeError, ValueError
        If the seed is not an integer of at least 0, the spread not a number
        from 1e-100 to 1e100, or the features are not some of ``FEATURES``.

    Notes
    -----
    Exact: ``prior``, ``posterior``, ``coef`` and ``intercept`` (Bayes' rule; the
    squares of X cancel because the spreads are equal), H(Y), and whatever follows
    from them. By quadrature: ``conditional_entropy``, to ten digits for spreads
    from 0.4 on, to fewer below, where the genres hardly overlap. Since the
    features are normal, an acousticness just outside 0 to 1 can occur.

    Examples
    --------
    >>> from ce_lib.genres import GenreWorld
    >>> world = GenreWorld(seed=0)
    >>> X, y = world.sample(1000)
    >>> print(X.shape, y.shape)
    (1000, 3) (1000,)
    >>> print(world.posterior([[128, 2.9, 0.25]]).round(3))
    [[0.71  0.288 0.002 0.   ]]
    """

    genres = GENRES

    @np.errstate(all="ignore")
    def __init__(
        self,
        seed: int = 0,
        spread: float = 1.0,
        features: Sequence[str] = FEATURES,
    ) -> None:
        seed = checks.as_count(seed, "seed", low=0)
        spread = checks.as_number(spread, "spread", low=1e-100, high=1e100)
        self.features = _as_features(features)
        self._columns = [FEATURES.index(name) for name in self.features]
        self.prior = _PRIOR
        self.means = _read_only(_MEANS[:, self._columns])
        self.deviations = _read_only(_DEVIATIONS[self._columns] * spread)
        # log prior - Σ (x - mean)²/2s²; the x² term is the same for all genres.
        precision = 1 / self.deviations**2
        self.coef = _read_only(self.means * precision)
        self.intercept = _read_only(
            np.log(self.prior) - (self.means**2 * precision).sum(axis=1) / 2
        )
        self._rng = np.random.default_rng(seed)

    def sample(self, n: int) -> tuple[Float64, NDArray[np.int64]]:
        """Draw n new songs; every call continues the sequence of the seed.

        Parameters
        ----------
        n : int
            Number of songs, 0 or more.

        Returns
        -------
        X : ndarray of float64, ``(n, D)``
            The features: tempo in beats per minute, brightness in kHz, acousticness
            score, or those of them that are known.
        y : ndarray of int64, ``(n,)``
            The genres.

        Raises
        ------
        TypeError, ValueError
            If ``n`` is not an integer of at least 0.
        """
        n = checks.as_count(n, "n", low=0)
        y = self._rng.choice(len(self.prior), size=n, p=self.prior)
        # Unknown features are drawn too, so that the songs stay the same.
        noise = self._rng.standard_normal((n, len(FEATURES)))[:, self._columns]
        return self.means[y] + noise * self.deviations, y

    @np.errstate(all="ignore")
    def posterior(self, X: ArrayLike) -> Float64:
        """Return the true P(genre | features), by Bayes' rule.

        Parameters
        ----------
        X : array_like, ``(..., D)``
            Songs, in the units of `sample`.

        Returns
        -------
        ndarray of float64, ``(..., 4)``
            Rows that sum to 1.

        Raises
        ------
        TypeError, ValueError
            If ``X`` is not real, not finite or nearly so, or has not one column for
            each feature.
        """
        songs = checks.as_float64(X, "X")
        d = len(self.features)
        if songs.ndim == 0 or songs.shape[-1] != d:
            raise ValueError(f"X: expected shape (..., {d}), got shape {songs.shape}")
        checks.refuse(~np.isfinite(songs), songs, "X", "expected finite numbers")
        # Squared distances, less the one from the first genre: (a-x)² - (b-x)² is
        # (a-b)·(a+b-2x), so that nothing large is left to cancel.
        first = self.means[0]
        middle = (songs[..., None, :] - (self.means + first) / 2) / self.deviations
        ahead = middle * ((self.means - first) / self.deviations)
        far = ~np.isfinite(ahead).all(axis=-2)
        checks.refuse(far, songs, "X", "expected features nearer to the genres")
        probabilities: Float64 = softmax(np.log(self.prior) + ahead.sum(axis=-1))
        return probabilities

    @np.errstate(all="ignore")
    def conditional_entropy(self, n: int | None = None) -> Estimate:
        """Return H(Y | X) in nats: the floor of the mean loss on fresh songs.

        Parameters
        ----------
        n : int, optional
            Without it, the expectation over the features is integrated
            numerically. With it, it is a mean over n songs, drawn with a seed of
            their own so that `sample` is not disturbed.

        Returns
        -------
        Estimate
            ``value`` in nats, and ``error``: for the integral, its change
            between two grids; for the sample, the standard error of the mean.

        Raises
        ------
        TypeError, ValueError
            If ``n`` is not an integer of at least 2.

        Notes
        -----
        H(Y | X) = E[H(posterior(X))]. The integral runs over one normal density
        per genre with Gauss-Hermite nodes in each of the features.

        Examples
        --------
        >>> from ce_lib.genres import GenreWorld
        >>> floor = GenreWorld().conditional_entropy()
        >>> print(f"{floor.value:.8f}")
        0.70839930
        >>> less = GenreWorld(features=["brightness", "acousticness"])
        >>> print(f"{less.conditional_entropy().value:.8f}")
        0.77209490
        """
        if n is None:
            fine, coarse = self._expected_entropy(40), self._expected_entropy(32)
            return Estimate(fine, abs(fine - coarse))
        n = checks.as_count(n, "n", low=2)
        other = GenreWorld(seed=271828, features=self.features)
        other.deviations = self.deviations
        entropies = entropy(self.posterior(other.sample(n)[0]))
        return Estimate(float(entropies.mean()), float(entropies.std(ddof=1) / n**0.5))

    def _expected_entropy(self, nodes: int) -> float:
        """Integrate the posterior's entropy with ``nodes`` points per feature."""
        at, weight = np.polynomial.hermite_e.hermegauss(nodes)
        weight = weight / weight.sum()
        d = len(self.features)
        grid = np.stack(np.meshgrid(*[at] * d, indexing="ij"), axis=-1).reshape(-1, d)
        mass = np.prod(np.meshgrid(*[weight] * d, indexing="ij"), axis=0).reshape(-1)
        total = 0.0
        for prior, mean in zip(self.prior, self.means, strict=True):
            total += (
                prior * mass @ entropy(self.posterior(mean + grid * self.deviations))
            )
        return float(total)


def _as_features(features: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the features, each one of `FEATURES` and none twice."""
    expected = f"features: expected some of {', '.join(FEATURES)}, each once"
    if isinstance(features, str) or not isinstance(features, Sequence):
        raise TypeError(f"{expected}, got {features!r}")
    names = tuple(features)
    known = all(name in FEATURES for name in names)
    if not names or not known or len(set(names)) < len(names):
        raise ValueError(f"{expected}, got {list(names)}")
    return names
