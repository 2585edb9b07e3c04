"""What usually causes a failure: the known fault that returns the very same numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from ce_lib.audit._loss import Loss
from ce_lib.audit._registry import Cause, Promise, causes
from ce_lib.audit._verdict import Claim
from ce_lib.checks import Float64

#: When causes are compared, about so many cases are looked at, of so many logits at most;
#: and a cause must agree with so large a share of them.
SOME, SMALL, AGREEMENT = 80, 15, 0.5


class Suspect(NamedTuple):
    """A cause, with its amount if it has one."""

    cause: Cause
    amount: tuple[float, ...]

    @property
    def sentence(self) -> str:
        """The sentence of the cause, with the amount."""
        return self.cause.sentence.format(amount=self.amount[0] if self.amount else 0)


class Diagnosis:
    """All that was claimed for a loss, and the causes that may be behind what is wrong."""

    def __init__(self, loss: Loss, claims: dict[Promise, list[Claim]]) -> None:
        self.loss = loss
        self.claims = claims
        self.suspects = [
            Suspect(cause, amount)
            for cause in causes()
            for amount in self._amounts(cause)
            if cause.about.partition(" of ")[2] in ("", loss.reduction, loss.scores)
        ]
        self._agreed: dict[Suspect, float] = {}

    def about(self, what: str) -> Iterator[Claim]:
        """Yield all that was claimed for the value, the gradient, or the like."""
        for promise, claims in self.claims.items():
            if promise.about == what:
                yield from claims

    def cause(self, promise: Promise, failed: Sequence[Claim]) -> Suspect | None:
        """Return the cause that explains all failures of a promise, or the simplest.

        Of several it is the one that best explains all else that the loss says, too.
        """
        simplest = [min(failed, key=lambda claim: claim.case.size)]
        for evidence in (failed, simplest):
            found = [
                suspect
                for suspect in self.suspects
                if suspect.cause.about.partition(" of ")[0] == promise.about
                and all(_explains(self.loss, suspect, claim) for claim in evidence)
            ]
            best = max(found, key=self._agreement, default=None)
            if best and self._agreement(best) > AGREEMENT:
                return best
        return None

    def _amounts(self, cause: Cause) -> Iterator[tuple[float, ...]]:
        """Yield the amounts to try of a cause, or one time none."""
        if cause.amounts is None:
            yield ()
        else:
            yield from ((a,) for a in cause.amounts([*self.about("value")]))

    def _agreement(self, suspect: Suspect) -> float:
        """Return which share of what the loss says of small cases a fault would say."""
        if suspect not in self._agreed:
            what = suspect.cause.about.partition(" of ")[0]
            small = {_key(c): c for c in self.about(what) if c.case.z.size <= SMALL}
            some = [*small.values()][:: max(1, len(small) // SOME)]
            agreed = sum(_explains(self.loss, suspect, claim) for claim in some)
            self._agreed[suspect] = agreed / max(1, len(some))
        return self._agreed[suspect]


def _key(claim: Claim) -> tuple[bytes, bytes, str]:
    return claim.case.z.tobytes(), claim.case.y.tobytes(), claim.given


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
        bound = np.sqrt(loss.eps) * np.maximum(1, np.abs(would))
        near = np.isfinite(would) & (np.abs(would - claim.got) <= bound)
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
        if claim.got.ndim < would.ndim and not loss.given.binary:
            return np.asarray(would.sum(axis=1))  # claimed of the sums
        return would[:, 1] if loss.given.binary else would
    return loss.reduce(would) if would.ndim == 1 else would
