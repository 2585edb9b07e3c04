"""Softmax regression from scratch, with scikit-learn's habits."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib.checks import Float64
from ce_lib.losses import softmax_cross_entropy_with_grad
from ce_lib.numerics import softmax

__all__ = ["SoftmaxRegression"]


#: Seconds of training after which a progress line appears.
PATIENCE = 2.0


class SoftmaxRegression:
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
    converged_ : bool
        Whether the gradient fell below ``tol``.
    message_ : str
        The same in words.

    See Also
    --------
    softmax_cross_entropy_with_grad : the loss and gradient used.

    Notes
    -----
    With Z = XWᵀ + b and P its softmax, the gradients of the mean loss are
    (P − Y)ᵀX/N and the column means of P − Y. The loss is convex. Its Hessian is
    at most ½·[X 1]ᵀ[X 1]/N, because diag(p) − ppᵀ never exceeds ½. With l2 the
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
    def fit(self, X: ArrayLike, y: ArrayLike) -> SoftmaxRegression:
        """Train on rows of features and their labels.

        Parameters
        ----------
        X : array_like, ``(N, D)``
            Features, finite.
        y : array_like, ``(N,)``
            Labels: integers, strings, or anything NumPy can sort.

        Returns
        -------
        SoftmaxRegression
            The model itself.

        Raises
        ------
        TypeError, ValueError
            If ``X`` is not a finite matrix, the lengths differ, there are fewer
            than two classes, a label is NaN, or a parameter is out of range.

        Examples
        --------
        >>> from ce_lib import SoftmaxRegression
        >>> model = SoftmaxRegression().fit([[1], [2], [3]], ["jazz", "rock", "rock"])
        >>> print(model.classes_, model.coef_.shape)
        ['jazz' 'rock'] (2, 1)
        """
        features = _as_features(X)
        labels = checks.as_array(y, "y")
        if labels.shape != features.shape[:1]:
            raise ValueError(
                f"y: expected shape {features.shape[:1]}, got shape {labels.shape}"
            )
        self._check_parameters()
        if np.any(labels != labels):
            row = int(np.flatnonzero(labels != labels)[0])
            raise ValueError(f"y: expected labels, got {labels[row]} in row {row}")
        try:
            classes, index = np.unique(labels, return_inverse=True)
        except TypeError:
            raise TypeError("y: expected labels that can be sorted, of one kind") from (
                None
            )
        if len(classes) < 2:
            raise ValueError(f"y: expected at least 2 classes, got {len(classes)}")
        shift, scale = self._standardization(features)
        x = (features - shift) / scale
        weights, bias = self._descend(x, index.reshape(-1), len(classes))
        self.classes_ = classes
        self.coef_: Float64 = weights / scale
        self.intercept_: Float64 = bias - self.coef_ @ shift
        return self

    @np.errstate(all="ignore")
    def decision_function(self, X: ArrayLike) -> Float64:
        """Return the logits XWᵀ + b, ``(N, K)``.

        Parameters
        ----------
        X : array_like, ``(N, D)``
            Features.

        Returns
        -------
        ndarray of float64, ``(N, K)``

        Raises
        ------
        TypeError, ValueError
            If ``X`` does not fit the model, or the model is not fitted.

        Examples
        --------
        >>> from ce_lib import SoftmaxRegression
        >>> model = SoftmaxRegression().fit([[-1], [-0.5], [0.5], [1]], [0, 1, 0, 1])
        >>> print(model.decision_function([[0]]).round(6))
        [[0. 0.]]
        """
        if not hasattr(self, "coef_"):
            raise ValueError("SoftmaxRegression: expected a fitted model; call fit")
        features = _as_features(X)
        if features.shape[1] != self.coef_.shape[1]:
            raise ValueError(
                f"X: expected {self.coef_.shape[1]} columns, got {features.shape[1]}"
            )
        logits: Float64 = features @ self.coef_.T + self.intercept_
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
        probabilities: Float64 = softmax(self.decision_function(X))
        return probabilities

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
        >>> model = SoftmaxRegression().fit([[1], [2], [3]], ["jazz", "rock", "rock"])
        >>> print(model.predict([[0.5], [3]]))
        ['jazz' 'rock']
        """
        best = self.decision_function(X).argmax(axis=1)
        labels: NDArray[Any] = self.classes_[best]
        return labels

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """Return the accuracy: the share of rows whose label is predicted.

        Parameters
        ----------
        X : array_like, ``(N, D)``
            Features.
        y : array_like, ``(N,)``
            Labels.

        Returns
        -------
        float
            From 0 to 1.

        Raises
        ------
        TypeError, ValueError
            As `decision_function`, or if the lengths differ.

        Examples
        --------
        >>> from ce_lib import SoftmaxRegression
        >>> model = SoftmaxRegression().fit([[1], [2], [3]], ["jazz", "rock", "rock"])
        >>> print(model.score([[0.5], [3]], ["jazz", "jazz"]))
        0.5
        """
        predicted, labels = self.predict(X), checks.as_array(y, "y")
        checks.same_shape(predicted, labels, "the predictions", "y")
        if not len(labels):
            raise ValueError("y: expected at least one label, got none")
        return float(np.mean(predicted == labels))

    def _check_parameters(self) -> None:
        """Keep the parameters as plain numbers, whatever kind they came as."""
        self._l2 = checks.as_number(self.l2, "l2", low=0)
        self._tol = checks.as_number(self.tol, "tol", low=0)
        self._epochs = checks.as_count(self.max_epochs, "max_epochs", low=0)
        self._seed = checks.as_count(self.seed, "seed", low=0)
        self._batch, self._rate = self.batch_size, self.learning_rate
        if self._batch is not None:
            self._batch = checks.as_count(self._batch, "batch_size")
        if self._rate is not None:
            self._rate = checks.as_number(
                self._rate, "learning_rate", low=0, open_low=True
            )

    def _standardization(self, features: Float64) -> tuple[Float64, Float64]:
        """Return the shift and scale of every feature; constant ones keep theirs."""
        if not self.standardize:
            return np.zeros(features.shape[1]), np.ones(features.shape[1])
        size = np.abs(features).max(axis=0)
        unit = np.where(size > 0, size, 1.0)  # squares of unit size stay in range
        mean = (features / unit).mean(axis=0) * unit
        deviation = (features / unit).std(axis=0) * unit
        varies = (np.ptp(features, axis=0) > 0) & (deviation > 0)
        return np.where(varies, mean, features[0]), np.where(varies, deviation, 1.0)

    def _descend(
        self, x: Float64, y: NDArray[np.int64], k: int
    ) -> tuple[Float64, Float64]:
        """Run gradient descent from zero weights, keeping the loss history."""
        n, d = x.shape
        batch = n if self._batch is None else min(self._batch, n)
        weights, bias = np.zeros((k, d)), np.zeros(k)
        rate = self._rate or 1 / self._curvature(x, batch)
        rng = np.random.default_rng(self._seed)
        bar = _ProgressLine(self._epochs, self.progress)

        loss, slope_w, slope_b = self._loss_and_slopes(weights, bias, x, y)
        history, epoch = [loss], 0
        while not self._flat(slope_w, slope_b) and epoch < self._epochs:
            epoch += 1
            if batch == n:
                weights = weights - rate * slope_w
                bias = bias - rate * slope_b
            else:
                step = rate if self._rate else rate / epoch**0.5
                order = rng.permutation(n)
                for start in range(0, n, batch):
                    rows = order[start : start + batch]
                    _, g_w, g_b = self._loss_and_slopes(weights, bias, x[rows], y[rows])
                    weights = weights - step * g_w
                    bias = bias - step * g_b
            loss, slope_w, slope_b = self._loss_and_slopes(weights, bias, x, y)
            history.append(loss)
            bar.show(epoch, loss)
        bar.close()
        self.loss_history_: Float64 = np.array(history)
        self.n_epochs_ = epoch
        self.converged_ = self._flat(slope_w, slope_b)
        largest = max(np.abs(slope_w).max(initial=0.0), np.abs(slope_b).max())
        self.message_ = (
            f"{'converged' if self.converged_ else 'not converged'} after {epoch} "
            f"epochs: largest gradient entry {largest:.2e}, tol {self._tol:.2e}"
        )
        return weights, bias

    def _loss_and_slopes(
        self, weights: Float64, bias: Float64, x: Float64, y: NDArray[np.int64]
    ) -> tuple[float, Float64, Float64]:
        """Return the penalised mean loss and its gradients dL/dW and dL/db."""
        loss, dz = softmax_cross_entropy_with_grad(x @ weights.T + bias, y)
        penalty = self._l2 / 2 * float((weights**2).sum())
        return float(loss) + penalty, dz.T @ x + self._l2 * weights, dz.sum(axis=0)

    def _flat(self, slope_w: Float64, slope_b: Float64) -> bool:
        """Tell whether every entry of the gradient is within the tolerance."""
        return bool(
            np.abs(slope_w).max(initial=0.0) <= self._tol
            and np.abs(slope_b).max() <= self._tol
        )

    def _curvature(self, x: Float64, batch: int) -> float:
        """Return a bound on the curvature of the loss (on average, for batches)."""
        n = len(x)
        design = np.hstack([x, np.ones((n, 1))])
        whole = float(np.linalg.norm(design, 2) ** 2 / n)
        if batch < n:
            # What a random batch has on average lies between the curvature of
            # the whole and the largest of a single row.
            single = float((design**2).sum(axis=1).max())
            whole += (n - batch) / (batch * (n - 1)) * (single - whole)
        return whole / 2 + self._l2


def _as_features(value: ArrayLike) -> Float64:
    """Return a finite matrix of features."""
    features = checks.as_float64(value, "X")
    if features.ndim != 2:
        raise ValueError(f"X: expected shape (N, D), got shape {features.shape}")
    if not len(features):
        raise ValueError("X: expected at least one row, got none")
    checks.refuse(~np.isfinite(features), features, "X", "expected finite numbers")
    return features


class _ProgressLine:
    """A line that overwrites itself, shown only when training takes a while."""

    def __init__(self, total: int, wanted: bool) -> None:
        self.total, self.wanted = total, wanted
        self.start = self.last = time.monotonic()
        self.shown = False

    def show(self, epoch: int, loss: float) -> None:
        now = time.monotonic()
        late = now - self.start > PATIENCE and now - self.last > 0.2
        if not (self.wanted and late):
            return
        done = round(20 * epoch / self.total)
        bar = "#" * done + "." * (20 - done)
        text = f"\r[{bar}] epoch {epoch}/{self.total}, mean loss {loss:.6f}"
        print(text, end="", flush=True)
        self.last, self.shown = now, True

    def close(self) -> None:
        if self.shown:
            print()
