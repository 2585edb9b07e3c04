"""A loss under audit: what it returns for a case, and what is right."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ce_lib.audit import cases
from ce_lib.audit._arrays import NumPy, Result
from ce_lib.audit._given import Given
from ce_lib.audit._verdict import Claim
from ce_lib.audit.cases import Case
from ce_lib.checks import Float64, IntArray
from ce_lib.targets import one_hot, smooth_labels

#: How the prices of rows become one loss.
REDUCTIONS: dict[str, Callable[[Float64], Any]] = {
    "mean": lambda each: each.mean(),
    "sum": lambda each: each.sum(),
    "none": lambda each: each,
}


@dataclass(frozen=True)
class Loss:
    """A callable, and how it is called.

    ``given`` is what its predictions are, ``arrays`` whose arrays it takes. ``hot`` targets
    are rows, others class numbers, or yes as 1. ``swapped`` puts the targets first.
    ``smoothing`` is the keyword that smooths labels, ``ignored`` the label that does not
    count, if it has them. ``names_classes`` if it wants to be told all labels.
    """

    function: Callable[..., Any]
    given: Given
    arrays: NumPy
    hot: bool = False
    swapped: bool = False
    reduction: str = "mean"
    dtype: str = "float64"
    eps: float = 2.0**-52
    has_gradient: bool = False
    smoothing: str = ""
    ignored: int | None = None
    names_classes: bool = False
    keywords: dict[str, Any] = field(default_factory=dict)
    memory: dict[Any, Result | Exception] = field(default_factory=dict, repr=False)
    truths: dict[Any, tuple[Float64, Float64]] = field(default_factory=dict, repr=False)

    @property
    def scores(self) -> str:
        """Return "logits" for losses of logits, of one or of K."""
        return "logits" if self.given.symbol == "z" else ""

    @property
    def called(self) -> str:
        """Say how it is called, and what it returns."""
        targets = (
            "yes or no" if self.given.binary else "one-hot" if self.hot else "classes"
        )
        both = [self.given.name, targets]
        arguments = ", ".join(both[::-1] if self.swapped else both)
        slope = "and a gradient" if self.has_gradient else "and no gradient"
        how = {"none": "one number per row"}.get(
            self.reduction, f"the {self.reduction}"
        )
        return (
            f"f({arguments}) in {self.dtype} of {self.arrays.name} gives {how} {slope}"
        )

    # What it is asked.

    def cases(self, chosen: Iterable[Case]) -> list[Case]:
        """Return the cases that it can be asked: a yes-or-no loss knows two classes.

        Those with the ignored label are left out, if that is a class.
        """
        if not self.given.binary:
            return [c for c in chosen if self.ignored not in c.y]
        two = (c for c in chosen if c.z.shape[1] == 2 and np.isfinite(c.z).all())
        return [replace_z(c, c.z - c.z[:, :1]) for c in two]

    def rows(self) -> list[Case]:
        """Return all single rows, simple ones first."""
        return self.cases(cases.rows(self.dtype))

    def batches(self) -> list[Case]:
        """Return the small batches."""
        return self.cases(cases.BATCHES)

    # What it says.

    def predictions(self, case: Case) -> NDArray[Any]:
        """Return what the loss is given for a case, in its floats."""
        unspoiled = np.isfinite(case.z.max(axis=1))  # NaN, +inf, or -inf alone
        with np.errstate(all="ignore"):
            some = self.given.of(case.z[unspoiled])
            x = np.full((len(case.y), *some.shape[1:]), np.nan, dtype=self.dtype)
            x[unspoiled] = some
        if not self.given.binary:
            x[~unspoiled] = case.z[~unspoiled]
        return x

    def at(self, x: NDArray[Any], y: IntArray, **keywords: Any) -> Result | Exception:
        """Return what the loss says of predictions, or what it raises."""
        key = (x.tobytes(), x.shape, y.tobytes(), *keywords.items())
        if key not in self.memory:
            self.memory[key] = self._ask(x, y, keywords)
        return self.memory[key]

    def _ask(
        self, x: NDArray[Any], y: IntArray, keywords: dict[str, Any]
    ) -> Result | Exception:
        targets = self._targets(x, y)
        keywords = self.keywords | keywords
        if self.names_classes:  # as scikit-learn's, which else takes those it sees
            keywords["labels"] = [0, 1] if self.given.binary else [*range(x.shape[1])]

        def call(predictions: Any) -> Any:
            both = (predictions, self.arrays.put(targets))
            return self.function(*(both[::-1] if self.swapped else both), **keywords)

        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return self._shaped(self.arrays.run(call, x), x)
        except Exception as error:  # whatever a stranger's function does
            return error

    def _targets(self, x: NDArray[Any], y: IntArray) -> NDArray[Any]:
        if self.given.binary:
            return y.astype(self.dtype)
        return one_hot(y, x.shape[1]).astype(self.dtype) if self.hot else y

    def _shaped(self, result: Result, x: NDArray[Any]) -> Result:
        """Return a column of losses as a list, and the gradient as an array of x's shape."""
        value, gradient = result.value, result.gradient
        if value.shape == (len(x), 1):
            value = value[:, 0]
        if gradient is not None and gradient.size == x.size:
            gradient = gradient.reshape(x.shape)
        return result._replace(value=value, gradient=gradient)

    # What is right.

    def right(
        self, x: NDArray[Any], y: IntArray, smoothing: float = 0.0
    ) -> tuple[Float64, Float64]:
        """Return the right value and gradient; rows with the ignored label do not count."""
        key = (x.tobytes(), x.shape, y.tobytes(), smoothing)
        if key not in self.truths:
            self.truths[key] = self._right(x, y, smoothing)
        return self.truths[key]

    def _right(
        self, x: NDArray[Any], y: IntArray, smoothing: float
    ) -> tuple[Float64, Float64]:
        x = x.astype(np.float64)
        keep = np.ones(len(y), bool) if self.ignored is None else y != self.ignored
        k = 2 if self.given.binary else x.shape[1]
        with np.errstate(all="ignore"):
            t = smooth_labels(one_hot(y[keep], k), smoothing)
            each, slopes = self.given.price(x[keep], t)
        prices, gradient = np.zeros(len(y)), np.zeros_like(x)
        prices[keep], gradient[keep] = each, slopes
        if self.reduction == "none":
            return prices, gradient
        divisor = keep.sum() if self.reduction == "mean" else 1
        return np.asarray(prices.sum() / divisor), gradient / divisor

    def reduce(self, each: Any) -> Float64:
        """Reduce one price per row as the loss does."""
        return np.asarray(REDUCTIONS[self.reduction](np.asarray(each)))

    # Claims.

    def value(self, case: Case, smoothing: float = 0.0) -> Claim:
        """Claim that the loss of a case is right."""
        x = self.predictions(case)
        keywords = {self.smoothing: smoothing} if self.smoothing else {}
        return self.claim(
            case,
            self.at(x, case.y, **keywords),
            self.right(x, case.y, smoothing)[0],
            scale=max(1.0, case.reach),
        )

    def slope(self, case: Case) -> Claim:
        """Claim that the gradient of a case is right."""
        x = self.predictions(case)
        want = self.right(x, case.y)[1]
        came = self.said(x, case.y)
        return self.claim(case, came, want, gradient=True, scale=max(1.0, case.reach))

    def said(self, x: NDArray[Any], y: IntArray) -> Result | Exception:
        """Return what the loss says of predictions, with labels as they are."""
        return self.at(x, y, **({self.smoothing: 0.0} if self.smoothing else {}))

    def claim(
        self,
        case: Case,
        came: Result | Exception,
        want: Any,
        *,
        gradient: bool = False,
        scale: float = 1.0,
        given: str = "",
    ) -> Claim:
        """Claim that what came is what is wanted."""
        want, raised = np.asarray(want, dtype=np.float64), ""
        got = np.full_like(want, np.nan)
        if isinstance(came, Exception):
            raised = f"raises {type(came).__name__}"
        else:
            part = came.gradient if gradient else came.value
            if part is None:
                raised = "no gradient"
            else:
                got = part
        return Claim(case, got, want, self.eps, scale, raised, given)

    def with_(self, **changes: Any) -> Loss:
        """Return the same function, called otherwise."""
        return replace(self, memory={}, truths={}, **changes)


def replace_z(case: Case, z: Float64) -> Case:
    """Return a case with other logits."""
    return Case(z, case.y)
