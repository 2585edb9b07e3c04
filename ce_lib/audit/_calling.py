"""How a callable wants to be called: found by trying, and by the names of its arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from ce_lib.audit._arrays import Result, kinds
from ce_lib.audit._given import FORMS
from ce_lib.audit._loss import Loss
from ce_lib.audit._verdict import WRONG
from ce_lib.audit.cases import Case, case

#: Arguments of these names hold the truth, or shares.
TRUTHS = {"y", "t", "y_true", "true", "truth", "label", "labels", "target", "targets"}
SHARES = {"p", "q", "prob", "probs", "proba", "probability", "probabilities", "y_prob"}

#: The keywords that smooth labels, and the one for the label that does not count.
SMOOTHING = ("label_smoothing", "smoothing")
IGNORED = "ignore_index"

#: What is tried on K classes, and on yes or no: fewer rows than classes, or one column.
PROBES = {
    False: case([[3, 1, 0, -2], [0, 1, 2, 3], [0.5, -1, 4, 0]], [1, 3, 2]),
    True: case([[0, -1], [0, 2], [0, 0.5]], [0, 0, 1]),
}


class Run(NamedTuple):
    """A way of calling that runs, and what it returned for a batch."""

    way: Loss
    result: Result
    case: Case

    @property
    def right(self) -> bool:
        """Whether the loss of the batch is right."""
        return self.way.value(self.case).verdict != WRONG

    @property
    def likelihood(self) -> tuple[bool, bool, int]:
        """The more of these hold, the sooner it was meant so."""
        finite = bool(np.isfinite(self.result.value).all())
        return self.right, finite, _fit(self.way)


def find(
    function: Callable[..., Any],
    given: str | None = None,
    reduction: str | None = None,
    ignore_index: int | None = None,
    dtype: str = "float64",
) -> Loss:
    """Return how the callable is called: rightly if it can be, else so that it runs.

    Raises
    ------
    TypeError
        If it runs in no way, with what it raised first.
    """
    runs: list[Run] = []
    refused = ""
    for plain in _ways(function, given, dtype):
        way = _with_keywords(plain, ignore_index)
        probe = PROBES[way.given.binary]
        came = way.said(way.predictions(probe), probe.y)
        if isinstance(came, Exception):
            refused = refused or f"{type(came).__name__}: {came}"
        else:
            refused = refused or f"it returns the shape {came.value.shape}"
            for how in _reductions(came, reduction):
                settled = way.with_(
                    reduction=how,
                    eps=max(way.eps, came.eps),
                    has_gradient=came.gradient is not None,
                )
                runs.append(Run(settled, came, probe))
    if not runs:
        raise TypeError(f"it runs in no way that is known ({refused})")
    best = max(runs, key=lambda run: run.likelihood)  # of equals the first
    if not best.right and best.way.hot and _by_elements(best):
        return next(
            (run.way for run in runs if run.way.given.name == "logit"), best.way
        )
    return best.way


def _ways(
    function: Callable[..., Any], given: str | None, dtype: str
) -> Iterator[Loss]:
    """Yield how it may be called, the most usual first."""
    for arrays in kinds():
        # JAX has no float64 unless it was told so.
        held = str(arrays.put(np.zeros(1, dtype)).dtype).rpartition(".")[2]
        eps = float(np.finfo(held).eps)
        for form in FORMS.values() if given is None else [FORMS[given]]:
            for swapped in (False, True):
                for hot in (False,) if form.binary else (False, True):
                    yield Loss(
                        function, form, arrays, hot, swapped, dtype=held, eps=eps
                    )


def _with_keywords(way: Loss, ignore_index: int | None) -> Loss:
    """Return the way with what the signature says of smoothing and of ignored rows."""
    known = _parameters(way.function)
    fixed: dict[str, Any] = {}
    ignored = ignore_index
    if ignored is None:
        default = known[IGNORED].default if IGNORED in known else None
        default = getattr(way.function, IGNORED, default)
        ignored = default if isinstance(default, int) else None
    elif IGNORED in known:
        fixed[IGNORED] = ignored
    optional = list(known)[2:]
    return way.with_(
        smoothing=next((name for name in SMOOTHING if name in optional), ""),
        ignored=None if way.hot or way.given.binary else ignored,
        names_classes="labels" in optional,
        keywords=fixed,
    )


def _reductions(came: Result, asked: str | None) -> tuple[str, ...]:
    """Return how a value of this shape may have been reduced, one or several rows to it."""
    possible = ("mean", "sum") if came.value.shape == () else ("none",)
    if came.value.ndim > 1 or came.value.shape == (0,):
        return ()
    return possible if asked is None else (asked,)


def _fit(way: Loss) -> int:
    """Count which names of the arguments say that it is called so."""
    names = [*_parameters(way.function), "", ""][:2]
    truths = [name.lower() in TRUTHS for name in names]
    prediction = names[way.swapped].lower()
    fits = int(truths[0] != truths[1] and truths[way.swapped] is False)
    for form, meant in (
        ("probabilities", prediction in SHARES),
        ("log-probabilities", prediction.startswith("log_")),
    ):
        fits += way.given.name == form and meant
    return fits


def _by_elements(run: Run) -> bool:
    """Whether the loss of a batch of rows is that of their entries, one by one."""
    x, y = run.way.predictions(run.case), run.case.y
    single = run.way.with_(given=FORMS["logit"], reduction="mean")
    hot = np.eye(x.shape[1], dtype=np.int64)[y]
    entries = single.said(x.ravel(), hot.ravel())
    if run.way.given.name != "logits" or isinstance(entries, Exception):
        return False
    value = entries.value
    same = value.shape == run.result.value.shape == ()
    return same and bool(np.isclose(value, run.result.value, rtol=1e-6))


def _parameters(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """Return what a function, or a module of PyTorch, takes."""
    try:
        return dict(
            inspect.signature(getattr(function, "forward", function)).parameters
        )
    except (TypeError, ValueError):
        return {}
