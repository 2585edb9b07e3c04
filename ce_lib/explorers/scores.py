"""Two proper scores: what lying costs on average, and how they rank two reports."""

import math

from ce_lib import genres
from ce_lib._written import plain
from ce_lib.explorers.base import Explorer, Gallery, Quantity, TryThis, Value
from ce_lib.explorers.state import Choice, Distribution, Flag, Number, Whole
from ce_lib.explorers.verdict import SAME
from ce_lib.scoring import (
    brier_score,
    expected_brier_score,
    expected_log_score,
    log_score,
)

_TRIANGLE = {"view": "triangle", "truth": 0}
#: What both scores expect of a certain report, with a belief of 0.7.
_CERTAIN = [
    expected([0.7, 0.3], [1.0, 0.0]).score
    for expected in (expected_log_score, expected_brier_score)
]


class Scores(Explorer):
    """Can you gain by reporting something else than your belief?

    With ``view="binary"`` you believe in Rock with probability ``belief`` and report the
    probability ``report``; both scores are shown in expectation, and for one ``outcome``.
    With ``distance`` a fine by distance, 1 − q if it is Rock and q if not, stands beside them.
    With ``view="triangle"`` two reports ``a`` and ``b`` over three genres meet the true
    genre ``truth``. The log score is in nats. The Brier score is the sum over the
    classes, from 0 to 2, in both views.

    Examples
    --------
    >>> explorer = Scores(belief=0.7, report=0.9)
    >>> numbers = explorer.readout()
    >>> round(numbers["log_expected"], 6), round(numbers["log_excess"], 6)
    (0.764528, 0.153664)
    >>> round(numbers["brier_expected"], 6), round(numbers["brier_excess"], 6)
    (0.5, 0.08)
    >>> explorer.report = 0.7
    >>> explorer.readout()["verdict"]
    'honest: no report does better on average'
    >>> explorer.view = "triangle"
    >>> explorer.readout()["verdict"]
    'the scores disagree: the log score prefers A, the Brier score prefers B'
    >>> explorer.report = 1.5
    Traceback (most recent call last):
    ce_lib.explorers.state.StateError: report: expected a number from 0 to 1, got 1.5

    In a notebook ``explorer`` as the last line of a cell shows it, and
    ``explorer.observe(lambda change: print(change.new), "report")`` calls your own code
    whenever a hand moves the report.
    """

    name = "scores"
    room = (41.5, 56.8)
    question = "Can I gain by lying about my belief?"
    entries = ("log score (nats)", "Brier score (0 to 2)")

    view = Choice("binary", "triangle")
    belief = Number(0.7, low=0, high=1)
    report = Number(0.9, low=0, high=1)
    outcome = Choice("rock", "other")
    distance = Flag(False)
    truth = Whole(genres.TRUE_GENRE, low=0, high=2)
    a = Distribution((0.4, 0.6, 0.0), shortest=3, longest=3)
    b = Distribution((0.38, 0.31, 0.31), shortest=3, longest=3)

    words = {
        "ask": "The song is {genre}. Which report was better, A or B?",
        "honest": "honest: no report does better on average",
        "rules_out": "it rules out what may happen: dearer by both scores, ∞ by the log score",
        "dearer": "dearer than honesty by both scores",
        "agree": "both scores prefer {log}",
        "tie": "both scores call it a tie",
        "log_tie": "the log score calls it a tie, the Brier score prefers {brier}",
        "brier_tie": "the log score prefers {log}, the Brier score calls it a tie",
        "disagree": "the scores disagree: the log score prefers {log}, the Brier score "
        "prefers {brier}",
    }
    constants = {"genres": genres.GENRES[:3], "same": SAME}
    quantities = {
        "log_expected": Quantity("log score to expect", "nats"),
        "log_excess": Quantity("excess for lying, D(P‖Q)", "nats"),
        "brier_expected": Quantity("Brier score to expect", "from 0 to 2"),
        "brier_excess": Quantity(
            "excess for lying, Σ\u00a0(q\u00a0−\u00a0p)²", "from 0 to 2"
        ),
        "distance_expected": Quantity("fine by distance to expect", "from 0 to 1"),
        "distance_least": Quantity("least such fine, for a sure report", "from 0 to 1"),
        "log_a": Quantity("log score of A", "nats"),
        "log_b": Quantity("log score of B", "nats"),
        "brier_a": Quantity("Brier score of A", "from 0 to 2"),
        "brier_b": Quantity("Brier score of B", "from 0 to 2"),
        "verdict": Quantity("verdict"),
        "floor": Quantity("floor: what honesty pays"),
        "if_rock": Quantity("if it is Rock"),
        "if_other": Quantity("if it is not"),
    }
    try_this = (
        TryThis(
            "Say what you believe",
            {"view": "binary", "belief": 0.7, "report": 0.7},
            "Both curves have their lowest point at your belief. Nothing is left but "
            "the floors.",
        ),
        TryThis(
            "Play it safe",
            {"view": "binary", "belief": 0.7, "report": 0.5},
            "Understating costs, too: both scores charge you for every difference from "
            "your belief.",
        ),
        TryThis(
            "Claim to be certain",
            {"view": "binary", "belief": 0.7, "report": 1, "outcome": "other"},
            "You rule out what you believe happens three times in ten. The log score "
            f"expects {plain(float(_CERTAIN[0]))}, the Brier score only "
            f"{plain(float(_CERTAIN[1]))}: it is bounded.",
        ),
        TryThis(
            "Fined by distance",
            {"view": "binary", "belief": 0.7, "report": 0.7, "distance": True},
            "The straight line has no bowl: it falls all the way to a report of 100 %. Fined "
            "by distance, honesty loses.",
        ),
        TryThis(
            "Two scores, two winners",
            {**_TRIANGLE, "a": [0.4, 0.6, 0.0], "b": [0.38, 0.31, 0.31]},
            "A gives the truth more, and the log score looks at nothing else. The Brier "
            "score also sees how the rest is spread, and prefers B.",
        ),
    )

    @classmethod
    def gallery(cls) -> Gallery:
        return Gallery(
            "Can I gain by lying about my belief?",
            (
                "Puts two scores to the test: both are lowest at the honest report, "
                "and still disagree about two dishonest ones."
            ),
            (
                cls.at("Say what you believe", view="binary", belief=0.7, report=0.7)
                + ": both curves touch their floors.",
                cls.at(
                    "Claim to be certain",
                    view="binary",
                    belief=0.7,
                    report=1,
                    outcome="other",
                )
                + ": the log score you must expect is ∞, the Brier score only grows.",
                cls.at(
                    "Two scores, two winners",
                    view="triangle",
                    truth=0,
                    a=[0.4, 0.6, 0],
                    b=[0.38, 0.31, 0.31],
                )
                + (
                    ": A gave the truth a little more, B spread the rest more evenly. Only "
                    "Brier looks at the rest."
                ),
            ),
        )

    def asked(self) -> str:
        if self.view == "binary":
            return self.question
        return self.words["ask"].format(genre=genres.GENRES[self.truth])

    def readout(self) -> dict[str, Value]:
        return self._binary() if self.view == "binary" else self._triangle()

    def _binary(self) -> dict[str, Value]:
        p, q = [self.belief, 1 - self.belief], [self.report, 1 - self.report]
        log, brier = expected_log_score(p, q), expected_brier_score(p, q)
        return {
            "log_expected": float(log.score),
            "log_excess": float(log.divergence),
            "brier_expected": float(brier.score),
            "brier_excess": float(brier.divergence),
            "distance_expected": self.belief * q[1] + p[1] * self.report,
            "distance_least": min(p),
            "verdict": honesty(self.belief, self.report, float(log.score)),
            "floor": (float(log.entropy), float(brier.entropy)),
            "if_rock": (float(log_score(q, 0)), float(brier_score(q, 0))),
            "if_other": (float(log_score(q, 1)), float(brier_score(q, 1))),
        }

    def _triangle(self) -> dict[str, Value]:
        log = [float(log_score(q, self.truth)) for q in (self.a, self.b)]
        brier = [float(brier_score(q, self.truth)) for q in (self.a, self.b)]
        return {
            "log_a": log[0],
            "log_b": log[1],
            "brier_a": brier[0],
            "brier_b": brier[1],
            "verdict": ranking(preferred(*log), preferred(*brier)),
        }


def honesty(belief: float, report: float, log_expected: float) -> str:
    """Say what a report is worth to someone with this belief."""
    if report == belief:
        return Scores.words["honest"]
    return Scores.words["rules_out" if math.isinf(log_expected) else "dearer"]


def preferred(a: float, b: float) -> str:
    """Name the report with the lower score: "A", "B", or "" for a tie."""
    if math.isclose(a, b, rel_tol=SAME):
        return ""
    return "A" if a < b else "B"


def ranking(log: str, brier: str) -> str:
    """Say which report the two scores prefer, and whether they agree."""
    if log == brier:
        agreement = "agree" if log else "tie"
    elif not log:
        agreement = "log_tie"
    else:
        agreement = "disagree" if brier else "brier_tie"
    return Scores.words[agreement].format(log=log, brier=brier)
