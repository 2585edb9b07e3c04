"""What usually causes a failure: the known fault that returns the very same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ce_lib.audit._loss import Loss
from ce_lib.audit._registry import Cause, Promise, causes
from ce_lib.audit._verdict import WRONG, Claim
from ce_lib.checks import Float64


class Suspect(NamedTuple):
    """A cause, with its amount if it has one."""

    cause: Cause
    amount: tuple[float, ...]

    @property
    def sentence(self) -> str:
        """The sentence of the cause, with the amount."""
        return self.cause.sentence.format(amount=self.amount[0] if self.amount else 0)


def suspects(loss: Loss, claims: Sequence[Claim]) -> list[Suspect]:
    """Return every cause that may be tried on a loss, given what it says of its value."""
    return [
        Suspect(cause, amount)
        for cause in causes()
        for amount in (
            [()] if cause.amounts is None else [(a,) for a in cause.amounts(claims)]
        )
        if cause.about.partition(" of ")[2] in ("", loss.reduction)
    ]


def diagnose(
    loss: Loss, promise: Promise, claims: Sequence[Claim], known: Sequence[Suspect]
) -> Suspect | None:
    """Return the cause that returns what came wherever it is wrong, and most often else."""
    wrong = [claim for claim in claims if claim.verdict == WRONG]
    best, most = None, -1
    for suspect in known:
        if suspect.cause.about.partition(" of ")[0] != promise.about:
            continue
        if all(_explains(loss, suspect, claim) for claim in wrong):
            agreed = sum(_explains(loss, suspect, claim) for claim in claims)
            if agreed > most:
                best, most = suspect, agreed
    return best


def _explains(loss: Loss, suspect: Suspect, claim: Claim) -> bool:
    """Whether the fault would return what came."""
    if claim.raised:
        return False
    try:
        with np.errstate(all="ignore"):
            would = _predicted(loss, suspect, claim)
    except (ValueError, IndexError):
        return False
    if would.shape != claim.got.shape:
        return False
    lost = ~np.isfinite(would) & ~np.isfinite(claim.got)
    with np.errstate(all="ignore"):
        bound = 50 * np.sqrt(loss.eps) * np.maximum(1, np.abs(would))
        near = np.abs(would - claim.got) <= bound
    return bool((lost | near).all())


def _predicted(loss: Loss, suspect: Suspect, claim: Claim) -> Float64:
    """Return what a loss with this fault, reduced as this one, says."""
    case, about = claim.case, suspect.cause.about
    x = loss.predictions(case)
    z = loss.given.logits(x)
    more: tuple[Any, ...] = suspect.amount
    if about.startswith("ignored"):
        more = (case.y != loss.ignored,)
    if about.startswith("smoothed"):
        more = (float(claim.given.partition("=")[2]),)
    would = np.asarray(suspect.cause.faulty(z, case.y, *more), dtype=np.float64)
    if about.startswith("gradient"):
        would = would / (len(case.y) if loss.reduction == "mean" else 1)
        return would[:, 1] if loss.given.binary else would
    return loss.reduce(would) if would.ndim == 1 else would
