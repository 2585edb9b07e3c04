"""Bet on a question of the book, as its pages let you."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
from numpy.typing import ArrayLike

from ce_lib._written import percent
from ce_lib.practice.catalogue import QUESTIONS, named
from ce_lib.practice.quiz import LEAST, Question, Score, score


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
        log, _, even_log, _ = self.score
        lines = [
            f"Price: {log:.4f} nats. The uniform guess would pay {even_log:.4f}."
            if np.isfinite(log)
            else "Price: ∞. You ruled out what is true, and no later success makes up "
            "for that in a mean.",
        ]
        for place, (given, option) in enumerate(
            zip(self.q, self.question.options, strict=True)
        ):
            mark = "✓" if place == self.question.index else "✗"
            lines.append(f"{mark} {percent(given):>5} {option.text} {option.why}")
        return "\n".join(lines)


def bet(id: str, q: ArrayLike, *, all_in: bool = False) -> Outcome:
    """Spread 1 over a question's answers, and see what that forecast pays.

    The rule is the pages' own: at least 0.01 stays on every answer, unless you go all in.
    They keep a record of their bets; this one is kept nowhere.

    Parameters
    ----------
    id : str
        The question, such as ``"bet-floor"``.
    q : array_like, ``(K,)``
        Probabilities of the K answers, in their order.
    all_in : bool
        Whether an answer may have less than 0.01, down to 0, which costs ∞ if it is true.

    Returns
    -------
    Outcome
        Its ``score`` holds the log score in nats and the Brier score.

    Raises
    ------
    KeyError
        If there is no question of that name.
    TypeError, ValueError
        If ``id`` is no text, or ``q`` is not one probability for each answer, with the
        sum 1, or leaves less than 0.01 on one without ``all_in``.

    Examples
    --------
    >>> from ce_lib.practice import bet
    >>> print(f"{bet('bet-floor', [0.1, 0.1, 0.1, 0.7]).score.log:.4f}")
    0.3567
    >>> bet("bet-floor", [1, 0, 0, 0], all_in=True).score.log
    inf
    """
    if named(id) not in QUESTIONS:
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
    outcome = Outcome(question, parts.tolist(), score(q, question.index))
    # 1 − 0.33 − 0.33 − 0.33 is a hundredth as well.
    if not all_in and (least := min(outcome.q)) < LEAST * (1 - 1e-9):
        raise ValueError(
            f"q: expected at least {LEAST} on every answer, got {least:g} on answer "
            f"{outcome.q.index(least) + 1}; all_in=True allows less, and 0 on what is true "
            "costs ∞"
        )
    return outcome
