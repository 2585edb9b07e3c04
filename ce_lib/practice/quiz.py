"""Questions to bet on: spread 100 % over the options, and be scored like a forecaster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ce_lib.practice.exercise import Option
from ce_lib.scoring import brier_score, log_score

#: The least that a bet leaves on every answer, unless its owner goes all in.
LEAST = 0.01

#: What a reader is told before the first bet.
RULE = (
    "You have 100 % to give away, and the truth sends you the bill: −ln of what you gave "
    "it.",
    f"At least {100 * LEAST:.0f} % stays on every answer, for “never” is the one word that "
    "nobody can afford. Want to say it all the same? Switch “all in” on, and owe ∞ when it "
    "happens.",
)


@dataclass(frozen=True)
class Question:
    """A prompt, options of which one is right, and why each is right or wrong.

    ``priced`` says whether the page writes beside each option what it costs if true: not
    where the question asks for such a price.
    """

    id: str
    prompt: str
    answer: str
    options: Sequence[Option]
    priced: bool = True

    @property
    def index(self) -> int:
        """The place of the right option, from 0."""
        return [option.key for option in self.options].index(self.answer)

    def stub(self) -> str:
        """Return the line of Python that bets on this question, still to be filled in."""
        return f'bet("{self.id}", [{", ".join(["..."] * len(self.options))}])'

    def to_json(self) -> dict[str, Any]:
        """Return the plain values that the page's script needs."""
        return {
            "id": self.id,
            "prompt": self.prompt,
            "options": [[option.text, option.why] for option in self.options],
            "answer": self.index,
            "priced": self.priced,
        }


class Score(NamedTuple):
    """What a bet pays, beside what the same belief in every option would pay."""

    log: float  #: in nats; inf when the right option was ruled out
    brier: float  #: the sum over the options, from 0 to 2
    even_log: float
    even_brier: float


def score(q: ArrayLike, y: int) -> Score:
    """Score one forecast.

    Parameters
    ----------
    q : array_like, ``(K,)``
        Probabilities that sum to 1.
    y : int
        The place of the right option, from 0.

    Returns
    -------
    Score
        Lower is better.

    Raises
    ------
    TypeError, ValueError
        If ``q`` is no distribution or ``y`` no index into it.

    Examples
    --------
    >>> from ce_lib.practice.quiz import score
    >>> print([f"{part:.4f}" for part in score([0.7, 0.1, 0.1, 0.1], 0)])
    ['0.3567', '0.1200', '1.3863', '0.7500']
    >>> score([0.0, 1.0], 0).log
    inf
    """
    K = len(np.asarray(q))
    even = np.full(K, 1 / K)
    return Score(
        float(log_score(q, y)),
        float(brier_score(q, y)),
        float(log_score(even, y)),
        float(brier_score(even, y)),
    )
