"""How inputs and numbers are written in a report."""

from __future__ import annotations

from typing import Any

import numpy as np

from ce_lib._written import shown
from ce_lib.audit._loss import Loss
from ce_lib.audit._verdict import Claim

#: So many entries of a row, and so many rows, are written out.
ENTRIES = 5


def input_of(loss: Loss, claim: Claim) -> str:
    """Write what the loss was given."""
    case = claim.case
    x, y = loss.predictions(case), case.y
    several = len(y) > 1
    labels = _listed(y) if several else str(y[0])
    text = f"{loss.given.symbol} = {_listed(x if several else x[0])}, y = {labels}"
    return f"{text}, {claim.given}" if claim.given else text


def outcome(loss: Loss, claim: Claim) -> tuple[str, str]:
    """Write what came and what is right, at the entry where they differ most."""
    if claim.raised:
        return claim.raised, _several(claim.want)
    if claim.got.shape != claim.want.shape:
        return f"shape {claim.got.shape}", f"shape {claim.want.shape}"
    at = claim.at
    got, want = float(claim.got[at]), float(claim.want[at])
    where = "" if claim.want.size == 1 else f"[{', '.join(map(str, at))}] "
    came, right = apart(got, want)
    return where + came, right


def apart(got: float, want: float) -> tuple[str, str]:
    """Write two numbers with as many digits as it takes to tell them apart."""
    for digits in range(4, 18):
        texts = number(got, digits), number(want, digits)
        if texts[0] != texts[1]:
            break
    return texts


def number(value: float, digits: int = 4) -> str:
    """Write a number, NaN too."""
    return "NaN" if np.isnan(value) else shown(value, digits)


def _several(values: Any) -> str:
    return number(float(values)) if values.ndim == 0 else _listed(values)


def _listed(values: Any) -> str:
    """Write a list or a list of lists, the middle of a long one left out."""
    if np.ndim(values) == 0:
        return _given(values)
    texts = [_listed(value) for value in values]
    if len(texts) > ENTRIES:
        texts = [*texts[: ENTRIES - 2], "…", f"{texts[-1]}"]
        return f"[{', '.join(texts)}] ({len(values)})"
    return f"[{', '.join(texts)}]"


def _given(value: Any) -> str:
    """Write a number that was chosen, without zeros behind it."""
    if isinstance(value, np.integer):
        return str(value).replace("-", "−")
    if np.isnan(value):
        return "NaN"
    rest = 1 - float(value)
    if 0 < rest < 1e-4:  # a share: what is missing is what counts
        return f"1 − {rest:.2g}".replace("e-", "e−")
    text = f"{float(value):.4g}".replace("inf", "∞")
    return text.replace("e+", "e").replace("-", "−")
