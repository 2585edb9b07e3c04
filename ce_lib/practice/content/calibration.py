"""Calibration."""

from __future__ import annotations

import math

import numpy as np

from ce_lib.calibration import expected_calibration_error
from ce_lib.practice import mistakes
from ce_lib.practice.define import Fields, Options, exercise, guess, question
from ce_lib.practice.exercise import Mistake, Number, Option, Vector, Whole
from ce_lib.practice.guess import Axis, Drawn, Mark, Remark
from ce_lib.scoring import brier_decomposition, log_score_decomposition


@guess(
    "For each of a hundred songs a friend named the probability that it is Rock. She "
    "said 80 % fifty times, and 30 of the fifty were. She said 20 % fifty times, and 10 "
    "were. The fine is −ln of what she gave to what happened. Somebody with no ear for "
    "music, who says 40 % every time, pays "
    f"{-(0.4 * math.log(0.4) + 0.6 * math.log(0.6)):.3f} nats a song. What does she pay?"
)
def guess_calibration() -> Drawn:
    said = [0.8] * 50 + [0.2] * 50
    happened = [1] * 30 + [0] * 20 + [1] * 10 + [0] * 40
    parts = log_score_decomposition(said, happened)
    her, deaf = parts.score, parts.uncertainty
    return Drawn(
        label="What she pays a song",
        unit="nats",
        answer=her,
        low=0,
        high=0.8,
        near=0.01,
        x=Axis(title="", low=0, high=1, ticks=()),
        y=Axis(
            title="mean fine in nats", low=0, high=0.8, ticks=(0, 0.2, 0.4, 0.6, 0.8)
        ),
        marks=(
            Mark(
                label="40 % every time",
                points=[(0, deaf), (1, deaf)],
                place=(0.36, deaf + 0.025),
            ),
        ),
        told=f"She pays {her:.3f} nats, hardly less. Her ear for music is worth "
        f"{parts.resolution:.3f}, and {parts.reliability:.3f} of that she loses because "
        "she does not mean what she says. That she could mend tonight.",
        remarks=(
            Remark(
                upto=0.55,
                sentence="She does tell songs apart: 60 % Rock in one half, 20 % in the "
                "other. But she overstates it, and pays for that.",
            ),
            Remark(upto=deaf, sentence=""),
            Remark(sentence="What she can hear is worth something, though not much."),
        ),
    )


@exercise(
    "A hundred songs, forecast at 0.7 and 0.3",
    hints=(
        "Uncertainty is the entropy of 11 in 20.",
        "In each group, compare how often it happened with 11/20, and with what she said.",
        "One group kept its word, so its part in reliability is 0.",
    ),
)
def exercise_ten_forecasts() -> Fields:
    rock = [1] * 40 + [0] * 10 + [1] * 15 + [0] * 35
    stated = [0.7] * 50 + [0.3] * 50
    split = np.array(log_score_decomposition(stated, rock)[1:])
    brier_split = np.array(brier_decomposition(stated, rock)[1:])
    refined = (
        brier_decomposition(stated, rock).refinement,
        log_score_decomposition(stated, rock).refinement,
    )
    yield Vector(
        name="parts",
        label="Log score: its three parts in nats",
        labels=("uncertainty", "resolution", "reliability"),
        answer=split,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(split),
            Mistake(
                "Brier",
                brier_split,
                "Those are the parts of the Brier score. Split the log score.",
            ),
            Mistake(
                "swapped",
                split[[0, 2, 1]],
                "Resolution and reliability are swapped.",
            ),
            Mistake(
                "one group",
                [split[0], split[1], 2 * split[2]],
                "Only half of the songs belong to the group that misses.",
            ),
            Mistake(
                "negative resolution",
                split * [1, -1, 1],
                "Resolution is a positive number, and subtracted only in the sum.",
            ),
        ),
    )
    yield Vector(
        name="refined",
        label="Both scores once she says 0.8 for 0.7",
        labels=("Brier (binary)", "log"),
        answer=refined,
        mistakes=(
            Mistake(
                "unchanged",
                (brier_split @ [1, -1, 1], split @ [1, -1, 1]),
                "Those are the scores before. Which part vanishes?",
            ),
            Mistake(
                "uncertainty",
                (brier_split[0], split[0]),
                "That is uncertainty alone. Resolution still helps her.",
            ),
            Mistake(
                "sum form",
                (2 * refined[0], refined[1]),
                "That Brier score counts yes and no. The binary form counts yes alone.",
            ),
        ),
    )


@exercise(
    "A hundred songs, forecast at 0.9 and 0.1",
    hints=(
        "How often did it happen in each group? That has not changed.",
        "Square each group’s distance between word and frequency, and take the mean.",
    ),
)
def exercise_bolder() -> Fields:
    rock = [1] * 30 + [0] * 20 + [1] * 10 + [0] * 40
    parts = brier_decomposition([0.9] * 50 + [0.1] * 50, rock)
    before = brier_decomposition([0.8] * 50 + [0.2] * 50, rock)
    yield Number(
        name="reliability",
        label="Reliability",
        answer=parts.reliability,
        mistakes=(
            Mistake("added", 2 * parts.reliability, "Take the mean over the songs."),
            Mistake("not squared", 0.2, "Those are the misses. Square them."),
            Mistake("before", before.reliability, "That is what it was before."),
            Mistake(
                "resolution",
                parts.resolution,
                "That is resolution, and it has not changed.",
            ),
            Mistake("score", parts.score, "That is the whole score."),
        ),
    )


@exercise(
    "Two hundred songs, forecast at 0.82 and 0.88",
    hints=(
        "Both forecasts fall into one of ten bins. Fifty bins part them.",
        "In each bin, compare the mean forecast with the share that came true.",
        "Reliability squares each forecast’s own miss, and averages over the songs.",
    ),
)
def exercise_hidden_misses() -> Fields:
    said = [0.82] * 100 + [0.88] * 100
    came = [1] * 100 + [1] * 70 + [0] * 30
    miss = expected_calibration_error(said, came, 50)
    parts = brier_decomposition(said, came)
    yield Number(
        name="ten",
        label="Calibration error, ten bins",
        answer=0,
        mistakes=(
            Mistake(
                "kept apart",
                miss,
                "That keeps the two forecasts apart. Ten bins do not.",
            ),
            Mistake("score", parts.score, "That is the mean Brier score."),
            Mistake("apart", 0.88 - 0.82, "That is how far apart the forecasts are."),
        ),
    )
    yield Number(
        name="fifty",
        label="Calibration error, fifty bins",
        answer=miss,
        mistakes=(
            Mistake("one bin", 0, "That puts both forecasts into one bin."),
            Mistake("added", 2 * miss, "That adds the two misses. Take their mean."),
            Mistake("squared", miss**2, "The miss is not squared here."),
        ),
    )
    yield Number(
        name="reliability",
        label="Reliability (binary Brier score)",
        answer=parts.reliability,
        mistakes=(
            Mistake("not squared", miss, "That is the miss. Reliability squares it."),
            Mistake("added", 2 * parts.reliability, "Take the mean over the songs."),
            Mistake("resolution", parts.resolution, "That is resolution."),
            Mistake("cancelled", 0, "Squares do not cancel, and there are no bins."),
        ),
    )


@exercise(
    "A forecaster who says 0.9 and keeps her word",
    hints=(
        "Probabilities of independent songs multiply.",
        "For which n is 0.9 to the power n below one in twenty?",
        "Take logarithms on both sides, and mind the sign.",
    ),
)
def exercise_honest_run() -> Fields:
    run = math.ceil(math.log(1 / 20) / math.log(0.9))
    yield Number(
        name="twenty",
        label="Probability that all twenty come true",
        answer=0.9**20,
        probability=True,
        mistakes=(
            Mistake(
                "not all",
                1 - 0.9**20,
                "That is the probability that at least one does not.",
            ),
            Mistake("one", 0.9, "That is the probability for one song."),
            Mistake("of none", 0.1**20, "That is the probability that none does."),
        ),
    )
    yield Whole(
        name="run",
        label="Length of a run that honesty has less than once in twenty",
        answer=run,
        mistakes=(
            Mistake("one too few", run - 1, "That run is still a little too frequent."),
            Mistake("one in twenty", 20, "Twenty is in the share, not the length."),
            Mistake(
                "misses",
                math.ceil(math.log(1 / 20) / math.log(0.1)),
                "That is the length of a run of misses.",
            ),
        ),
    )


@question(
    "A forecaster said 70 % once, and it did not happen. Is she over-confident?",
    answer="unknown",
)
def bet_one_miss() -> Options:
    yield Option("yes", "Yes", "Three misses in ten are what 70 % promises.")
    yield Option("no", "No", "One case cannot show that either.")
    yield Option(
        "unknown",
        "One forecast cannot tell",
        "Over-confidence is a frequency, and takes many forecasts.",
    )


@question(
    "You divide all logits of a classifier by T = 2. Which of these stays what it was?",
    answer="right",
)
def bet_temperature() -> Options:
    yield Option(
        "log", "The log score", "The truth’s probability moves, and its price."
    )
    yield Option("brier", "The Brier score", "Every probability moves, and its square.")
    yield Option(
        "error",
        "How far claims and frequencies part",
        "The claims shrink, and what comes true does not.",
    )
    yield Option(
        "right",
        "The share of right answers",
        "The largest logit stays the largest.",
    )


@question(
    "A forecaster keeps her word, by construction. You measure her expected calibration error "
    "on some 1500 cases, in a hundred bins. What comes out?",
    answer="above",
)
def bet_honest_miss() -> Options:
    yield Option(
        "zero",
        "0: that is what keeping one’s word means",
        "On average over endless cases. In a small bin chance alone misses.",
    )
    yield Option(
        "around",
        "0, a little above or below",
        "It averages gaps, and a gap has no sign.",
    )
    yield Option(
        "above", "More than 0", "Each bin misses by chance, and the gaps add up."
    )
