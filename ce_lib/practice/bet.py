"""Bet on a question of the book, as its pages let you."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
from numpy.typing import ArrayLike

from ce_lib.practice.catalogue import QUESTIONS
from ce_lib.practice.quiz import Question, Score, score


@dataclass(frozen=True, repr=False)
class Outcome:
    """What a bet pays, with a readable face: the price, then what is said of each answer.

    Attributes
    ----------
    question : Question
        What was asked.
    q : sequence of float
        What was given to each answer.
    score : Score
        What that pays, beside what the uniform guess would.
    """

    question: Question
    q: Sequence[float]
    score: Score

    def __repr__(self) -> str:
        log, brier, even_log, even_brier = self.score
        lines = [
            f"Price: {log:.4f} nats. The uniform guess would pay {even_log:.4f}."
            if np.isfinite(log)
            else "Price: ∞. You ruled out what is true, and no later success makes up "
            "for that in a mean.",
            f"Brier score: {brier:.3f}, on its scale from 0 to 2. "
            f"The uniform guess: {even_brier:.3f}.",
        ]
        for place, (given, option) in enumerate(
            zip(self.q, self.question.options, strict=True)
        ):
            mark = "✓" if place == self.question.index else "✗"
            lines.append(f"{mark} {100 * given:3.0f} % {option.text} {option.why}")
        return "\n".join(lines)


def bet(id: str, q: ArrayLike) -> Outcome:
    """Spread 1 over a question's answers, and see what that forecast pays.

    The pages keep a record of their bets; this one is kept nowhere.

    Parameters
    ----------
    id : str
        The question, such as ``"bet-floor"``.
    q : array_like, ``(K,)``
        Probabilities of the K answers, in their order.

    Returns
    -------
    Outcome
        Its ``score`` holds the log score in nats and the Brier score.

    Raises
    ------
    KeyError
        If there is no question of that name.
    TypeError, ValueError
        If ``q`` is not one probability for each answer, with the sum 1.

    Examples
    --------
    >>> from ce_lib.practice import bet
    >>> print(f"{bet('bet-floor', [0.1, 0.1, 0.1, 0.7]).score.log:.4f}")
    0.3567
    """
    if id not in QUESTIONS:
        near = " or ".join(map(repr, get_close_matches(id, QUESTIONS, 3)))
        raise KeyError(
            f"there is no question {id!r}; "
            + (f"did you mean {near}?" if near else "its name stands below its answers")
        )
    question = QUESTIONS[id]
    parts = np.asarray(q, dtype=object)
    if parts.shape != (len(question.options),) or ... in parts.tolist():
        raise ValueError(
            f"q: expected {len(question.options)} probabilities, one for each answer in "
            f"its order; got {q!r}"
        )
    return Outcome(question, parts.tolist(), score(q, question.index))
