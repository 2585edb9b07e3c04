"""Gradient descent on the penalised mean cross-entropy of linear scores."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ce_lib.checks import Float64
from ce_lib.losses import softmax_cross_entropy_with_grad
from ce_lib.models.progress import ProgressLine


class Settings(NamedTuple):
    """Checked parameters of the training, named as `SoftmaxRegression` names them."""

    l2: float = 0.0
    learning_rate: float | None = None
    batch_size: int | None = None
    max_epochs: int = 1000
    tol: float = 1e-4
    seed: int = 0
    progress: bool = True


class Descent(NamedTuple):
    """Where the training ended, and how it got there."""

    weights: Float64  #: W, (K, D)
    bias: Float64  #: b, (K,)
    history: Float64  #: penalised mean losses, before training and after every epoch
    slope: float  #: the largest entry of the gradient at the end


class Problem(NamedTuple):
    """What is minimised: the rows, and what they and the weights count."""

    x: Float64  #: features, (N, D)
    y: NDArray[np.int64]  #: class indices, (N,)
    k: int  #: the number of classes
    share: Float64 | None = None  #: the rows' weights, which sum to 1; None: all alike
    l2: float = 0.0

    def some(self, rows: NDArray[np.intp]) -> Problem:
        """Return the problem of some rows, whose gradient is on average that of all."""
        share = self.share
        if share is not None:
            share = share[rows] * (len(self.x) / len(rows))
        return self._replace(x=self.x[rows], y=self.y[rows], share=share)

    def loss_and_slopes(
        self, weights: Float64, bias: Float64
    ) -> tuple[float, Float64, Float64]:
        """Return the penalised mean loss and its gradients dL/dW and dL/db.

        Beyond the range of floats the loss is inf, and the gradients are NaN.
        """
        z = self.x @ weights.T + bias
        if not np.isfinite(z).all():
            return math.inf, weights * np.nan, bias * np.nan
        if self.share is None:
            loss, dz = softmax_cross_entropy_with_grad(z, self.y)
        else:
            each, dz = softmax_cross_entropy_with_grad(z, self.y, reduction="none")
            loss, dz = self.share @ each, self.share[:, None] * dz
        slope_w, slope_b = dz.T @ self.x, dz.sum(axis=0)
        if self.l2:  # 0 times the square of weights may be 0 times inf
            loss = loss + self.l2 / 2 * (weights**2).sum()
            slope_w = slope_w + self.l2 * weights
        return float(loss), slope_w, slope_b

    def curvature(self, batch: int) -> float:
        """Return a bound on the curvature of the loss (on average, for batches)."""
        n = len(self.x)
        design = np.hstack([self.x, np.ones((n, 1))])
        if self.share is not None:
            design *= np.sqrt(n * self.share)[:, None]
        whole = float(np.linalg.norm(design, 2) ** 2 / n)
        if batch < n:
            # What a random batch has on average lies between the curvature of
            # the whole and the largest of a single row.
            single = float((design**2).sum(axis=1).max())
            whole += (n - batch) / (batch * (n - 1)) * (single - whole)
        if not math.isfinite(whole):
            raise ValueError(
                "X: expected features whose squares a float can hold, got entries up to "
                f"{np.abs(self.x).max():.3g}; standardize=True brings them to size 1"
            )
        return whole / 2 + self.l2


def descend(problem: Problem, settings: Settings) -> Descent:
    """Run gradient descent from zero weights, keeping the loss history."""
    n, d = problem.x.shape
    given = settings.learning_rate
    batch = min(settings.batch_size or n, n)
    rate = given or 1 / problem.curvature(batch)
    weights, bias = np.zeros((problem.k, d)), np.zeros(problem.k)
    rng = np.random.default_rng(settings.seed)
    bar = ProgressLine(settings.max_epochs, settings.progress)

    loss, slope_w, slope_b = problem.loss_and_slopes(weights, bias)
    history, epoch = [loss], 0
    while epoch < settings.max_epochs:
        if _largest(slope_w, slope_b) <= settings.tol:
            break
        epoch += 1
        if batch == n:
            weights = weights - rate * slope_w
            bias = bias - rate * slope_b
        else:
            step = rate if given else rate / epoch**0.5
            order = rng.permutation(n)
            for start in range(0, n, batch):
                some = problem.some(order[start : start + batch])
                _, g_w, g_b = some.loss_and_slopes(weights, bias)
                weights = weights - step * g_w
                bias = bias - step * g_b
        loss, slope_w, slope_b = problem.loss_and_slopes(weights, bias)
        if not math.isfinite(loss):
            bar.close()
            raise ValueError(
                "learning_rate: expected steps at which the logits and the loss stay in "
                f"the range of floats, got {rate:.3g} with l2={settings.l2:.3g}, which "
                f"leave it in epoch {epoch}; take a smaller one, or None"
            )
        history.append(loss)
        bar.show(epoch, loss)
    bar.close()
    return Descent(weights, bias, np.array(history), _largest(slope_w, slope_b))


def _largest(slope_w: Float64, slope_b: Float64) -> float:
    """Return the largest entry of the gradient."""
    return float(max(np.abs(slope_w).max(initial=0.0), np.abs(slope_b).max()))
