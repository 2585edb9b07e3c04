"""The clinic: what the numbers of a training run, or a message, say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from numpy.typing import ArrayLike

from ce_lib.clinic._report import ClinicReport, Finding, found
from ce_lib.clinic._run import Run, read
from ce_lib.clinic._symptom import VERDICTS, symptoms


def diagnose(
    *,
    num_classes: int | None = None,
    first_loss: float | None = None,
    loss: float | None = None,
    val_loss: float | None = None,
    accuracy: float | None = None,
    val_accuracy: float | None = None,
    shares: ArrayLike | None = None,
    dtype: Any = None,
    weight: ArrayLike | None = None,
    label_smoothing: float | None = None,
    message: str | BaseException | None = None,
) -> ClinicReport:
    """Say what the numbers of a training run mean, and what to check.

    All arguments are optional: give what you can read off the run.

    Parameters
    ----------
    num_classes : int, optional
        The number K of classes of which one is true; 2 for yes or no, and for tags.
    first_loss : float, optional
        The loss of the first batch, before the first step, in nats.
    loss, val_loss : float, optional
        The mean loss now, of training and of validation data, in nats; NaN and infinity too.
    accuracy, val_accuracy : float, optional
        The shares of right answers of the same cases, from 0 to 1.
    shares : array-like of shape (K,), optional
        How common the classes are; they sum to 1.
    dtype : str or dtype, optional
        The format that the loss is computed in: float16, bfloat16, float32 or float64.
    weight : array-like of shape (K,), optional
        The class weights of the loss.
    label_smoothing : float, optional
        The ε of the smoothed labels, from 0 to 1, in PyTorch's convention.
    message : str or exception, optional
        What PyTorch, scikit-learn or Keras complained of.

    Returns
    -------
    ClinicReport
        The findings, the gravest first. A finding names the number, the causes in the order
        of their likelihood with the check that decides, and the page that explains.

    Raises
    ------
    TypeError
        If an argument is not of its kind, or none is given.
    ValueError
        If it is out of its range, or two do not fit each other.

    See Also
    --------
    audit_loss : whether the loss itself tells the truth.

    Notes
    -----
    Readings are rounded: numbers count as the same when they differ by at most one per cent.
    A miss costs at least ln 2, because the truth has at most half of the probability. So a
    mean loss L needs an accuracy of at least 1 − L / ln 2, and less is called impossible. A
    loss that passes a softmax twice is at least ln(e + K − 1) − 1.

    Examples
    --------
    >>> from ce_lib import diagnose
    >>> report = diagnose(num_classes=10, loss=0.2, accuracy=0.5)
    >>> report.findings[0].symptom, report.findings[0].verdict
    ('lower-than-possible', 'impossible')
    >>> report = diagnose(num_classes=2, loss=0.056, shares=[0.99, 0.01])
    >>> print(report.findings[0].sentence[:63])
    A training loss of 0.056 is what the shares of the classes cost
    >>> diagnose(message="0D or 1D target tensor expected, multi-target not supported")
    BROKEN
      0D or 1D target tensor expected, multi-target not supported
      1. The target has the shape (N, 1): drop the axis.
         Try: `F.cross_entropy(logits, y.squeeze(1))`
         See chapters/pytorch-in-practice.html#what-a-target-may-be
      2. `nll_loss` got one-hot rows: it takes class numbers.
         Try: `y.argmax(1)`
         See chapters/folklore.html#class-numbers-only
      All of it: chapters/loss-clinic.html#multi-target
    """
    readings = {
        "num_classes": num_classes,
        "first_loss": first_loss,
        "loss": loss,
        "val_loss": val_loss,
        "accuracy": accuracy,
        "val_accuracy": val_accuracy,
        "shares": shares,
        "dtype": dtype,
        "weight": weight,
        "label_smoothing": label_smoothing,
    }
    if message is None and all(value is None for value in readings.values()):
        raise TypeError(
            f"expected at least one of {', '.join(readings)}, message; got none"
        )
    if message is not None and not isinstance(message, str | BaseException):
        raise TypeError(f"message: expected a text or an exception, got {message!r}")
    complaints = [] if message is None else list(_complained(f"{message}"))
    return ClinicReport(
        (*complaints, *of(read(**readings))),
        unknown=message is not None and not complaints,
    )


def of(run: Run) -> tuple[Finding, ...]:
    """Return what the rules find in a run, the gravest first."""
    findings = [
        found(symptom, kind, values)
        for symptom in symptoms().values()
        if symptom.rule
        for kind, values in symptom.rule(run)
    ]
    return tuple(sorted(findings, key=lambda one: VERDICTS.index(one.verdict)))


def _complained(message: str) -> Iterator[Finding]:
    """Yield the symptoms whose words are in a message."""
    words = _folded(message)
    for symptom in symptoms().values():
        if any(_is_said(_folded(part), words) for part in symptom.said):
            yield Finding(symptom.name, symptom.verdict, symptom.seen, symptom.causes)


def _is_said(part: str, words: str) -> bool:
    """Whether the pieces around each … of a part stand in the words, in order."""
    return bool(re.search(".*".join(map(re.escape, part.split("…"))), words))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
