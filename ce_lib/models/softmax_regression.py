"""Softmax regression: linear scores, softmax, and gradient descent."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib._index import refuse_other_order
from ce_lib._labels import as_labels, refuse_other_kind
from ce_lib._sums import shares
from ce_lib.checks import Float64
from ce_lib.models.descent import Descent, Problem, Settings, descend
from ce_lib.models.features import as_features, compare_names, names_of
from ce_lib.models.protocol import Classifier
from ce_lib.numerics import log_softmax, softmax

__all__ = ["SoftmaxRegression"]


class SoftmaxRegression(Classifier):
    """Linear scores, softmax, and gradient descent on the mean cross-entropy.

    Parameters
    ----------
    l2 : float, default 0.0
        λ of the penalty λ/2·ΣW², added to the mean loss. The bias is free.
    learning_rate : float, optional
        Step size. By default 1/L, with L a bound on the curvature of the loss,
        which never overshoots. For mini-batches L is what a random batch has on
        average (Gower et al., SGD: General Analysis and Improved Rates, 2019),
        and the steps shrink like one over the square root of the epoch.
    batch_size : int, optional
        Rows per step, drawn without replacement anew in every epoch. By default
        all rows at once.
    max_epochs : int, default 1000
        Passes over the data at most.
    tol : float, default 1e-4
        Training has converged when no entry of the gradient of the penalised
        mean loss over all rows, with respect to the weights of the standardised
        features, is larger.
    standardize : bool, default True
        Train on features shifted and scaled to mean 0 and deviation 1. The
        results are stated for the features as given.
    seed : int, default 0
        Seed of the order of the mini-batches. Weights start at 0.
    progress : bool, default True
        Show a line of progress when training takes more than two seconds.

    Attributes
    ----------
    classes_ : ndarray, ``(K,)``
        The distinct labels, sorted.
    coef_ : ndarray, ``(K, D)``
        Weights W.
    intercept_ : ndarray, ``(K,)``
        Bias b.
    loss_history_ : ndarray, ``(n_epochs_ + 1,)``
        Penalised mean loss in nats over all rows, before training and after
        every epoch. The first is log K.
    n_epochs_ : int
        Epochs done.
    n_features_in_ : int
        D, the number of features.
    feature_names_in_ : ndarray of object, ``(D,)``
        The columns of the data frame it was fitted on, if they are text. Another
        order of them is then refused.
    converged_ : bool
        Whether the gradient fell below ``tol``.
    message_ : str
        The same in words.

    See Also
    --------
    softmax_cross_entropy_with_grad : the loss and gradient used.

    Notes
    -----
    With Z = XWᵀ + b and Q its softmax, the gradients of the mean loss are
    (Q − Y)ᵀX/N and the column means of Q − Y. The loss is convex. Its Hessian is
    at most ½·[X 1]ᵀ[X 1]/N, because diag(q) − qqᵀ never exceeds ½. With l2 the
    penalty is on the weights of the features trained on, the standardised ones
    unless ``standardize`` is off. (Murphy, Machine Learning: A Probabilistic
    Perspective, 2012, section 8.3.)

    Examples
    --------
    >>> from ce_lib import SoftmaxRegression
    >>> from ce_lib.genres import GenreWorld
    >>> X, y = GenreWorld(seed=0).sample(500)
    >>> model = SoftmaxRegression().fit(X, y)
    >>> print(f"{model.loss_history_[0]:.6f}")  # ln 4
    1.386294
    >>> print(model.converged_)
    True
    """

    def __init__(
        self,
        *,
        l2: float = 0.0,
        learning_rate: float | None = None,
        batch_size: int | None = None,
        max_epochs: int = 1000,
        tol: float = 1e-4,
        standardize: bool = True,
        seed: int = 0,
        progress: bool = True,
    ) -> None:
        self.l2 = l2
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.max_epochs = max_epochs
        self.tol = tol
        self.standardize = standardize
        self.seed = seed
        self.progress = progress

    @np.errstate(all="ignore")
    def fit(
        self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None
    ) -> SoftmaxRegression:
        """Train on rows of features and their labels.

        Parameters
        ----------
        X : array_like, ``(N, D)``
            Features, finite; booleans are 0 and 1.
        y : array_like, ``(N,)``
            Labels of one kind: whole numbers, text, or what else NumPy can sort.
        sample_weight : array_like, ``(N,)``, optional
            How much each row counts, at least 0, in the mean loss and in the
            standardisation. A weight of 2 is the row twice; with mini-batches, on
            average.

        Returns
        -------
        SoftmaxRegression
            The model itself.

        Raises
        ------
        TypeError, ValueError
            If ``X`` is not a finite matrix, the lengths differ, there are fewer
            than two classes, a label is missing or a fraction, labels are of
            several kinds, X, y and ``sample_weight`` have indexes in different
            orders, a parameter is out of range, or the training leaves the range of
            floats. The model is then what it was before.

        Warns
        -----
        UserWarning
            If every row ends up on its class's side and ``l2`` is 0: then larger
            weights always lower the loss, and no weights are the best. Or if the loss
            ends above where it began, because the ``learning_rate`` is too large.

        Examples
        --------
        >>> from ce_lib import SoftmaxRegression
        >>> model = SoftmaxRegression(l2=0.1)
        >>> model = model.fit([[1], [2], [3]], ["jazz", "rock", "rock"])
        >>> print(model.classes_, model.coef_.shape)
        ['jazz' 'rock'] (2, 1)
        """
        if y is None:
            raise ValueError(
                "y: expected labels; SoftmaxRegression requires y to be passed, but "
                "the target y is None"
            )
        features, labels, weight = _as_cases(X, y, sample_weight)
        names, settings = names_of(X), self._settings()
        share = None
        if weight is not None:
            counts = weight > 0
            features, labels = features[counts], labels[counts]
            share = shares(weight[counts])
        classes, index = _classes(labels)
        shift, scale = self._standardization(features, share)
        x = (features - shift) / scale
        end = descend(Problem(x, index, len(classes), share, settings.l2), settings)
        coef = end.weights / scale
        far = np.flatnonzero(~np.isfinite(coef).all(axis=0))
        if far.size:
            raise ValueError(
                f"X: expected features whose weights a float can hold, got column "
                f"{far[0]}, which varies by {scale[far[0]]:.3g}; scale it"
            )
        # From here on nothing is refused: a model is all the new one or all the old.
        self.__dict__.pop("feature_names_in_", None)
        if names is not None:
            self.feature_names_in_ = names
        self.classes_, self.n_features_in_ = classes, features.shape[1]
        self.coef_: Float64 = coef
        self.intercept_: Float64 = end.bias - coef @ shift
        self._report(end, settings)
        if not settings.l2 and _separates(x @ end.weights.T + end.bias, index):
            warnings.warn(
                "SoftmaxRegression: every row lies on the side of its class, so "
                "larger weights always lower the loss and none are the best; those "
                "found depend on max_epochs and tol. An l2 above 0 settles them.",
                stacklevel=3,  # fit runs inside np.errstate
            )
        return self

    def _report(self, end: Descent, settings: Settings) -> None:
        """Keep how the training went, and warn where it made things worse."""
        self.loss_history_: Float64 = end.history
        self.n_epochs_ = len(end.history) - 1
        self.converged_ = end.slope <= settings.tol
        self.message_ = (
            f"{'converged' if self.converged_ else 'not converged'} after "
            f"{self.n_epochs_} epochs: largest gradient entry {end.slope:.2e}, "
            f"tol {settings.tol:.2e}"
        )
        first, last = float(end.history[0]), float(end.history[-1])
        if last > first:
            warnings.warn(
                f"SoftmaxRegression: the mean loss ends at {last:.6g}, above the "
                f"{first:.6g} it began with: the steps overshoot. Take a smaller "
                "learning_rate, or None.",
                stacklevel=4,
            )

    @np.errstate(all="ignore")
    def decision_function(self, X: ArrayLike) -> Float64:
        """Return the logits XWᵀ + b, or of two classes their difference.

        Parameters
        ----------
        X : array_like, ``(N, D)``
            Features.

        Returns
        -------
        ndarray of float64, ``(N, K)``, or ``(N,)`` for two classes
            As scikit-learn has it, two classes have one logit: that of the second,
            ``classes_[1]``, above the first.

        Raises
        ------
        TypeError, ValueError
            If ``X`` does not fit the model, or the model is not fitted.

        Examples
        --------
        >>> from ce_lib import SoftmaxRegression
        >>> X, y = [[-1], [-0.5], [0.5], [1]], [0, 1, 0, 1]
        >>> print(SoftmaxRegression().fit(X, y).decision_function([[0]]).round(6))
        [0.]
        """
        logits = self._logits(X)
        return logits[:, 1] - logits[:, 0] if len(self.classes_) == 2 else logits

    def _logits(self, X: ArrayLike) -> Float64:
        """Return the logits of all classes, ``(N, K)``."""
        self._refuse_unfitted()
        compare_names(getattr(self, "feature_names_in_", None), X, type(self).__name__)
        features = as_features(X)
        if features.shape[1] != self.n_features_in_:
            raise ValueError(
                f"X: expected {self.n_features_in_} columns, got {features.shape[1]}"
            )
        logits: Float64 = features @ self.coef_.T + self.intercept_
        far = ~np.isfinite(logits).all(axis=1)
        if far.any():
            row = int(np.flatnonzero(far)[0])
            raise ValueError(
                "X: expected features whose logits a float can hold, got "
                f"{features[row].tolist()} in row {row}"
            )
        return logits

    @np.errstate(all="ignore")
    def predict_proba(self, X: ArrayLike) -> Float64:
        """Return the probability of every class, ``(N, K)``.

        Parameters
        ----------
        X : array_like, ``(N, D)``
            Features.

        Returns
        -------
        ndarray of float64, ``(N, K)``
            Rows that sum to 1, in the order of ``classes_``.

        Raises
        ------
        TypeError, ValueError
            As `decision_function`.

        Examples
        --------
        >>> from ce_lib import SoftmaxRegression
        >>> model = SoftmaxRegression().fit([[-1], [-0.5], [0.5], [1]], [0, 1, 0, 1])
        >>> print(model.predict_proba([[0]]).round(6))
        [[0.5 0.5]]
        """
        probabilities: Float64 = softmax(self._logits(X))
        return probabilities

    @np.errstate(all="ignore")
    def predict_log_proba(self, X: ArrayLike) -> Float64:
        """Return the logarithm of the probability of every class, ``(N, K)``.

        Parameters
        ----------
        X : array_like, ``(N, D)``
            Features.

        Returns
        -------
        ndarray of float64, ``(N, K)``
            In nats, in the order of ``classes_``; exact where the probability itself
            is too small for a float.

        Raises
        ------
        TypeError, ValueError
            As `decision_function`.

        Examples
        --------
        >>> from ce_lib import SoftmaxRegression
        >>> model = SoftmaxRegression().fit([[-1], [-0.5], [0.5], [1]], [0, 1, 0, 1])
        >>> print(model.predict_log_proba([[0]]).round(6))
        [[-0.693147 -0.693147]]
        """
        logs: Float64 = log_softmax(self._logits(X))
        return logs

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """Return the most probable label of every row, ``(N,)``.

        Parameters
        ----------
        X : array_like, ``(N, D)``
            Features.

        Returns
        -------
        ndarray, ``(N,)``
            Entries of ``classes_``.

        Raises
        ------
        TypeError, ValueError
            As `decision_function`.

        Examples
        --------
        >>> from ce_lib import SoftmaxRegression
        >>> model = SoftmaxRegression(l2=0.1)
        >>> model = model.fit([[1], [2], [3]], ["jazz", "rock", "rock"])
        >>> print(model.predict([[0.5], [3]]))
        ['jazz' 'rock']
        """
        best = self._logits(X).argmax(axis=1)
        labels: NDArray[Any] = self.classes_[best]
        return labels

    def score(
        self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None
    ) -> float:
        """Return the accuracy: the share of rows whose label is predicted.

        Parameters
        ----------
        X : array_like, ``(N, D)``
            Features.
        y : array_like, ``(N,)``
            Labels.
        sample_weight : array_like, ``(N,)``, optional
            How much each row counts, at least 0.

        Returns
        -------
        float
            From 0 to 1.

        Raises
        ------
        TypeError, ValueError
            As `decision_function`, or if the lengths or the indexes differ, or the
            labels are of another kind than those of ``fit``, text and not numbers.

        Examples
        --------
        >>> from ce_lib import SoftmaxRegression
        >>> model = SoftmaxRegression(l2=0.1)
        >>> model = model.fit([[1], [2], [3]], ["jazz", "rock", "rock"])
        >>> print(model.score([[0.5], [3]], ["jazz", "jazz"]))
        0.5
        """
        predicted = self.predict(X)
        _, labels, weight = _as_cases(X, y, sample_weight)
        refuse_other_kind(labels, self.classes_, "y")
        return float(np.average(predicted == labels, weights=weight))

    def _settings(self) -> Settings:
        """Return the parameters as plain numbers, whatever kind they came as."""
        batch, rate = self.batch_size, self.learning_rate
        return Settings(
            l2=checks.as_number(self.l2, "l2", low=0),
            learning_rate=None
            if rate is None
            else checks.as_number(rate, "learning_rate", low=0, open_low=True),
            batch_size=None if batch is None else checks.as_count(batch, "batch_size"),
            max_epochs=checks.as_count(self.max_epochs, "max_epochs", low=0),
            tol=checks.as_number(self.tol, "tol", low=0),
            seed=checks.as_count(self.seed, "seed", low=0),
            progress=self.progress,
        )

    def _standardization(
        self, features: Float64, share: Float64 | None
    ) -> tuple[Float64, Float64]:
        """Return the shift and scale of every feature; constant ones keep theirs."""
        if not self.standardize:
            return np.zeros(features.shape[1]), np.ones(features.shape[1])
        size = np.abs(features).max(axis=0)
        unit = np.where(size > 0, size, 1.0)  # squares of unit size stay in range
        mean = _mean(features / unit, share)
        square = _mean((features / unit - mean) ** 2, share)
        deviation = np.sqrt(square) * unit
        varies = (np.ptp(features, axis=0) > 0) & (deviation > 0)
        return np.where(varies, mean * unit, features[0]), np.where(
            varies, deviation, 1.0
        )


def _as_cases(
    X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None
) -> tuple[Float64, NDArray[Any], Float64 | None]:
    """Return checked features, labels and weights, one of each per row."""
    refuse_other_order(X, y, "X", "y", ("index",))
    refuse_other_order(X, sample_weight, "X", "sample_weight", ("index",))
    features, labels = as_features(X), as_labels(y, "y")
    if labels.shape != features.shape[:1]:
        column = labels.shape == (len(features), 1)
        raise ValueError(
            f"y: expected shape {features.shape[:1]}, got shape {labels.shape}"
            f"{'; np.ravel(y) makes a vector of a column' if column else ''}"
        )
    _refuse_fractions(labels)
    return features, labels, checks.as_sample_weight(sample_weight, labels.shape)


def _refuse_fractions(labels: NDArray[Any]) -> None:
    if labels.dtype.kind == "f":
        expected = "expected labels; Unknown label type: continuous"
        checks.refuse(labels != np.floor(labels), labels, "y", expected)


def _classes(labels: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return the distinct labels, sorted, and the class index of every row."""
    try:
        classes, index = np.unique(labels, return_inverse=True)
    except TypeError:
        raise TypeError("y: expected labels that can be sorted, of one kind") from None
    if len(classes) < 2:
        raise ValueError("y: expected at least 2 classes, got 1 class")
    return classes, index.reshape(-1)


def _separates(logits: Float64, index: NDArray[np.int64]) -> bool:
    """Tell whether every row gives its own class strictly the largest logit."""
    own = np.take_along_axis(logits, index[:, None], axis=1)
    return bool(((logits < own).sum(axis=1) == logits.shape[1] - 1).all())


def _mean(rows: Float64, share: Float64 | None) -> Float64:
    return np.asarray(rows.mean(axis=0) if share is None else share @ rows)
