"""The audit: every promise is tried on a loss, and a failure is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from ce_lib import checks
from ce_lib.audit._calling import find
from ce_lib.audit._diagnosis import Diagnosis, Suspect
from ce_lib.audit._given import FORMS
from ce_lib.audit._loss import Loss
from ce_lib.audit._registry import Promise, promises
from ce_lib.audit._report import NOT_ASKED, AuditReport, Finding, ordered
from ce_lib.audit._shown import input_of, outcome
from ce_lib.audit._verdict import HOLDS, LOSES, WRONG, Claim
from ce_lib.audit.cases import ORDINARY

DTYPES = ("float64", "float32")


def audit_loss(
    loss: Callable[..., Any],
    *,
    given: str | None = None,
    reduction: str | None = None,
    ignore_index: int | None = None,
    dtype: str = "float64",
) -> AuditReport:
    """Ask a cross-entropy of your own whether it tells the truth.

    Parameters
    ----------
    loss : callable
        A cross-entropy of predictions (N, K) and their targets, or of one number and a yes
        or no (1 or 0) each, (N,). It takes arrays of NumPy, PyTorch or JAX; targets may be
        class indices or one-hot rows, and may come first. It returns a number, or one per
        row; or such a value and its gradient. PyTorch and JAX are asked for the gradient.
    given : str, optional
        What its predictions are: "logits", "probabilities" or "log-probabilities" of K
        classes, or the "logit" or "probability" of yes. By default what makes it right, or
        else what fits its arguments.
    reduction : {"mean", "sum", "none"}, optional
        How it reduces a batch; by default what makes it right.
    ignore_index : int, optional
        The label of rows that do not count; by default that of its signature.
    dtype : {"float64", "float32"}, default "float64"
        The floats that it is given.

    Returns
    -------
    AuditReport
        A finding per promise. Its ``status()`` is 0 or, where something is wrong, 1.

    Raises
    ------
    TypeError
        If ``loss`` cannot be called, or not in any of these ways.
    ValueError
        If another argument is none of its choices.

    See Also
    --------
    softmax_cross_entropy : what is right, to the last digits.

    Notes
    -----
    "Wrong" is another value or gradient, infinity or NaN where a number is right. "Loses
    digits" is an error that is small beside 1 or the largest logit, and leaves less than
    half the digits of a small number: every textbook form does so. A cause is named when
    a loss with that fault returns the same numbers; else the usual one is.

    Examples
    --------
    >>> import numpy as np
    >>> from ce_lib import audit_loss
    >>> def loss(z, y):
    ...     e = np.exp(z)
    ...     return -np.log(e[range(len(y)), y] / e.sum(axis=1)).mean()
    >>> worst = audit_loss(loss).findings[0]
    >>> print(worst.verdict, "|", worst.input, "|", worst.returned, "|", worst.right)
    wrong | z = [710, 0], y = 0 | NaN | 4.48·10⁻³⁰⁹
    """
    if not callable(loss):
        raise TypeError(f"loss: expected a callable, got {type(loss).__name__}")
    _one_of("given", given, (None, *FORMS))
    _one_of("reduction", reduction, (None, *checks.REDUCTIONS))
    _one_of("dtype", dtype, DTYPES)
    name = getattr(loss, "__qualname__", type(loss).__name__)
    try:
        asked = find(loss, given, reduction, ignore_index, dtype)
    except TypeError as error:
        raise TypeError(f"loss: expected a cross-entropy, but {error}") from None
    claims = {promise: list(promise.claims(asked)) for promise in promises()}
    sound = not any(_ordinary(c) and c.verdict == WRONG for c in _values(claims))
    if not sound:
        claims |= {promise: [] for promise in claims if promise.digits}
    failed = {promise: _failed(promise, some) for promise, some in claims.items()}
    diagnosis = Diagnosis(asked, claims)
    named = {p: diagnosis.cause(p, c) for p, c in failed.items() if c and not p.digits}
    findings = [
        _finding(asked, promise, some, failed[promise], _cause(promise, named, sound))
        for promise, some in claims.items()
    ]
    return AuditReport(name, asked.called, ordered(findings))


def _one_of(name: str, value: Any, choices: Sequence[Any]) -> None:
    if value not in choices:
        words = ", ".join(choice for choice in choices if choice)
        raise ValueError(f"{name}: expected one of {words}, got {value!r}")


def _values(claims: dict[Promise, list[Claim]]) -> Iterator[Claim]:
    """Yield everything that was claimed for the value."""
    for promise, some in claims.items():
        if promise.about == "value":
            yield from some


def _ordinary(claim: Claim) -> bool:
    """Whether a case is no strain: where a loss is wrong, its digits are no question."""
    return claim.case.reach < ORDINARY and bool(np.isfinite(claim.case.z).all())


def _failed(promise: Promise, claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims that break a promise."""
    bad = LOSES if promise.digits else WRONG
    return [claim for claim in claims if claim.verdict == bad]


def _cause(promise: Promise, named: dict[Promise, Suspect | None], sound: bool) -> str:
    """Return the usual cause of a failure; a gradient may be that of a faulty value."""
    suspect = named.get(promise)
    if promise.about == "gradient" and not (sound and suspect):
        values = (s for p, s in named.items() if p.about == "value")
        suspect = next(filter(None, values), suspect)
    return promise.usual if suspect is None else suspect.sentence


def _finding(
    loss: Loss,
    promise: Promise,
    claims: Sequence[Claim],
    failed: Sequence[Claim],
    cause: str,
) -> Finding:
    """Return what became of a promise."""
    sentence = promise.sentence.format(x=loss.given.symbol)
    if not failed:
        return Finding(sentence, HOLDS if claims else NOT_ASKED)
    simplest = min(failed, key=lambda claim: claim.case.size)
    shown = input_of(loss, simplest), *outcome(loss, simplest)
    return Finding(sentence, simplest.verdict, *shown, cause)
