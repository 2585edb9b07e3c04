"""Choosing a loss."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ce_lib.checks import Float64
from ce_lib.information import kl_divergence, surprisal
from ce_lib.practice import mistakes
from ce_lib.practice.define import Fields, Options, exercise, guess, question
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Whole
from ce_lib.practice.guess import Remark, Typed

#: Numbers that are given, not computed.
GIVEN = (0.1, 0.2, 0.3, 0.6, 0.7, 0.8, 0.9, 1.2)


def _yes(share: float) -> list[float]:
    return [share, 1 - share]


@guess(
    "Our friend believes that the next song is Rock with probability 0.7. She says 0.8: a "
    "small lie. She is fined by the log score, −ln of what she gave to what happens. How much "
    "more than for the truth must she expect to pay?"
)
def guess_choosing_a_loss() -> Typed:
    belief, said = 0.7, 0.8
    dearer = float(kl_divergence(_yes(belief), _yes(said)))
    saved, lost = math.log(said / belief), math.log((1 - belief) / (1 - said))
    return Typed(
        label="What the lie costs her, on average",
        unit="nats",
        answer=dearer,
        low=0,
        high=10,
        near=0.005,
        told=f"{dearer:.4f} nats. Seven times in ten she saves {saved:.3f}, three times in ten "
        f"she pays {lost:.3f} more, and that nearly cancels. Close to the truth the score is "
        "flat: a small lie costs next to nothing.",
        remarks=(
            Remark(
                upto=dearer - 0.005,
                sentence="It is little, but a lie always costs something.",
            ),
            Remark(upto=dearer + 0.005, sentence="That is how flat it is there."),
            Remark(
                upto=(saved + lost) / 2,
                sentence="When it is Rock she saves, and it mostly is.",
            ),
            Remark(
                sentence="So much, or nearly, she pays when it is not Rock. Mostly it is, and "
                "then she saves."
            ),
        ),
    )


_LOSSES = (
    ("plain", "cross-entropy, and a threshold that follows the prices"),
    ("weights", "cross-entropy with class weights"),
    ("order", "cumulative logits"),
    ("soft", "cross-entropy with shares as targets"),
    ("squared", "squared error"),
)


def _pick(name: str, label: str, answer: str, why: dict[str, str]) -> Choice:
    options = [Option(key, text, why.get(key, "That fits.")) for key, text in _LOSSES]
    return Choice(name=name, label=label, answer=answer, options=tuple(options))


@exercise(
    "Stars, flaws and votes",
    hints=(
        "What does one label say: a class, a class in an order, or several shares?",
        "If a price changes next year, should the model have to be trained again?",
    ),
)
def exercise_three_problems() -> Fields:
    yield _pick(
        "stars",
        "(a) stars",
        "order",
        {
            "plain": "It would learn five names. Something is known of them: their order.",
            "weights": "No class is said to be rare. Something else is known: their order.",
            "soft": "Each review has one number of stars, not shares.",
            "squared": "It takes four stars for twice two, and has no probabilities. "
            "Something fits better.",
        },
    )
    yield _pick(
        "flaws",
        "(b) flaws",
        "plain",
        {
            "weights": "That builds this year’s price into the model. Next year it must be "
            "trained again.",
            "order": "Two classes have no order to learn.",
            "soft": "A photograph has a flaw or has none.",
            "squared": "It is proper, too. But what takes care of the price?",
        },
    )
    yield _pick(
        "votes",
        "(c) votes",
        "soft",
        {
            "plain": "Which class number would you give a song with ten votes?",
            "weights": "No class is said to be rare. The label is more than one class.",
            "order": "Genres have no order.",
            "squared": "Summed over the genres that is Brier’s, and proper. Behind a softmax "
            "something pushes more evenly.",
        },
    )


@exercise(
    "A belief of 0.6, 0.3 and 0.1, and the linear score",
    hints=(
        "It expects 1 − Σ pq. What is that for q = p?",
        "It is a straight line in q. Where is a line lowest?",
    ),
)
def exercise_linear_score() -> Fields:
    p = np.array([0.6, 0.3, 0.1])
    honest, cheapest = float(1 - p @ p), float(1 - p.max())
    yield Number(
        name="honest",
        label="What honesty expects to pay",
        answer=honest,
        mistakes=(
            Mistake("cheapest", cheapest, "That is the cheapest report."),
            Mistake(
                "reward", float(p @ p), "That is what it expects to get, not to pay."
            ),
            Mistake(
                "even average",
                float((1 - p).mean()),
                "That averages the three fines evenly. They come with 0.6, 0.3 and 0.1.",
            ),
        ),
    )
    yield Number(
        name="cheapest",
        label="What the cheapest report expects to pay",
        answer=cheapest,
        mistakes=(
            Mistake("honest", honest, "That is honesty. Something is cheaper."),
            Mistake(
                "certain to win", 0, "All on the favourite. It comes six times in ten."
            ),
            Mistake(
                "the share",
                float(p.max()),
                "So often the favourite comes. Then nothing is to pay.",
            ),
            Mistake(
                "shrug", 2 / 3, "That is a shrug. Put everything where it is likeliest."
            ),
        ),
    )


@exercise(
    "Two models, 0.9 and 0.8, where 0.9 is true",
    hints=(
        "Per song, the difference is ln 9/8 or −ln 2. How often does each come?",
        "Its mean is D(P‖Q). Its standard deviation is √(0.9 · 0.1) times the distance of the "
        "two values.",
        "N = (2s/D)², rounded up.",
    ),
)
def exercise_how_many_songs() -> Fields:
    truth, said = 0.9, 0.8
    mean = float(kl_divergence(_yes(truth), _yes(said)))
    coin = math.sqrt(truth * (1 - truth))
    spread = coin * (math.log(truth / said) + math.log((1 - said) / (1 - truth)))
    alone = [coin * math.log(q / (1 - q)) for q in (truth, said)]
    apart = math.hypot(*alone)

    def needed(errors: float, strays: float) -> int:
        return math.ceil((errors * strays / mean) ** 2)

    yield Whole(
        name="songs",
        label="Songs needed",
        answer=needed(2, spread),
        mistakes=(
            Mistake(
                "one error",
                needed(1, spread),
                "With so many it is one standard error. Two are asked for.",
            ),
            Mistake(
                "unpaired",
                needed(2, apart),
                "That is on songs of their own. On the same songs, take the spread of the "
                "difference.",
            ),
            Mistake(
                "no square",
                math.ceil(2 * spread / mean),
                "The error falls like the root of the number. Square that.",
            ),
        ),
    )


@exercise(
    "How many chairs?",
    hints=(
        "The squared error asks for the mean: 0.3 · 20 and so on.",
        "One chair more: how often does it save 4, and how often does it cost 1?",
        "Look for the number that four fifths of the evenings stay at or below.",
    ),
)
def exercise_chairs() -> Fields:
    guests = np.array([20, 30, 60, 100])
    share = np.array([30, 40, 20, 10]) / 100
    mean = float(share @ guests)

    def cheapest(missing: float, empty: float) -> int:
        gap = guests[None] - guests[:, None]  # a row for each number of chairs
        price = np.where(gap > 0, missing * gap, -empty * gap) @ share
        return int(guests[price.argmin()])

    chairs = cheapest(4, 1)
    yield Number(
        name="squared",
        label="What minimises the squared error",
        answer=mean,
        mistakes=(
            Mistake(
                "even average",
                float(guests.mean()),
                "That takes the four for equally probable.",
            ),
            Mistake(
                "median",
                cheapest(1, 1),
                "That is the median, and the likeliest. Squares ask for the mean.",
            ),
            Mistake(
                "chairs", chairs, "That is for the chairs. Squares ask for the mean."
            ),
        ),
    )
    yield Whole(
        name="chairs",
        label="Chairs",
        answer=chairs,
        mistakes=(
            Mistake(
                "median",
                cheapest(1, 1),
                "So it would be if a missing and an empty chair cost the same.",
            ),
            Mistake("mean", mean, "The mean does not know what a chair costs."),
            Mistake(
                "wrong way",
                cheapest(1, 4),
                "So it would be if an empty chair cost four times as much.",
            ),
            Mistake(
                "everybody",
                int(guests.max()),
                "Then none is ever missing. But on nine evenings in ten forty or more "
                "stay empty.",
            ),
        ),
    )


def _alone_first(songs: int, belief: float, said: float) -> Float64:
    """By how many songs are Rock: how probable it is, and whether she then leads."""
    rock = np.arange(songs + 1)
    ways = np.array([math.comb(songs, k) for k in rock])
    chance = ways * belief**rock * (1 - belief) ** (songs - rock)
    lead = rock * math.log(said / belief)
    lead = lead + (songs - rock) * math.log((1 - said) / (1 - belief))
    return np.array([chance, lead > 0])


@exercise(
    "Five songs, and a shy forecaster",
    hints=(
        "With how many Rock songs is her sum lower than ln 0.7 and ln 0.3 make it?",
        "At most three. How probable is that, of five?",
    ),
)
def exercise_shy_winner() -> Fields:
    chance, leads = _alone_first(5, 0.7, 0.6)
    answer = float(chance @ leads)
    most = int(leads.sum()) - 1
    yield Number(
        name="chance",
        label="The probability that she is alone first",
        answer=answer,
        probability=True,
        mistakes=(
            Mistake(
                "bold",
                1 - answer,
                "That is the probability of four or five Rock songs. Then the shy one is "
                "behind.",
            ),
            Mistake(
                "fewer than that",
                float(chance[:most].sum()),
                "With three Rock songs she leads, too. Compare the two sums.",
            ),
            Mistake(
                "exactly that",
                float(chance[most]),
                "That is exactly three. Fewer will do as well.",
            ),
            Mistake(
                "a fair share",
                1 / 11,
                "So it is for eleven alike. She differs, and is alone first or last.",
            ),
        ),
    )


@exercise(
    "A report, and twice the report",
    hints=(
        "The spherical score divides by the length, the root of the sum of squares.",
        "Doubled, the report is twice as long, too.",
    ),
)
def exercise_direction() -> Fields:
    q = np.array([0.6, 0.3, 0.1])

    def spherical(q: Sequence[float] | Float64) -> float:
        q = np.asarray(q)
        return float(1 - q[0] / np.linalg.norm(q))

    answer = spherical(q)
    plain = (
        Mistake(
            "linear", float(1 - q[0]), "That is the linear score: divide by the length."
        ),
        Mistake(
            "no root",
            float(1 - q[0] / (q @ q)),
            "That divides by the squared length. Take the root.",
        ),
        Mistake(
            "reward", 1 - answer, "That is what it earns. The score is 1 minus it."
        ),
    )
    yield Number(
        name="spherical",
        label="The spherical score",
        answer=answer,
        mistakes=plain,
    )
    yield Number(
        name="doubled",
        label="The spherical score of twice the report",
        answer=answer,
        mistakes=(
            *plain,
            Mistake(
                "not the length",
                float(1 - 2 * q[0] / np.linalg.norm(q)),
                "The length has doubled, too.",
            ),
        ),
    )
    log = math.log(1 / (2 * q[0]))
    yield Number(
        name="log",
        label="The log score of twice the report",
        answer=log,
        unit="nats",
        mistakes=(
            Mistake("no minus", -log, "It is −ln, and 1.2 is above 1."),
            Mistake(
                "not doubled",
                float(surprisal(q[0])),
                "That is of the report itself. Twice of it was sent.",
            ),
            mistakes.bits_for_nats(log),
        ),
    )


@question(
    "Honest would be 50, 30, 15 and 5 %. Which lie costs more, on average: the bold one, 80, "
    "15, 4 and 1 %, or the shrug, 25 % for each?",
    answer="depends",
)
def bet_dearer_lie() -> Options:
    yield Option(
        "bold",
        "The bold one, by each of the four proper scores",
        "The spherical and the ranked score mind the shrug more.",
    )
    yield Option(
        "shrug",
        "The shrug, by each of the four proper scores",
        "The log score and Brier’s mind the bold one more.",
    )
    yield Option(
        "depends",
        "That depends on the score",
        "All agree on what is best, and not on what is second best.",
    )


@question(
    "How often is the eleventh, who says 0.8, alone first after ten songs?",
    answer="third",
)
def bet_eleventh() -> Options:
    yield Option(
        "fewer",
        "Less than once in eleven",
        "She pays more on average. But a prize does not ask for the average.",
    )
    yield Option(
        "eleventh",
        "About once in eleven",
        "So it would be if she were one of eleven alike.",
    )
    yield Option("fifth", "About once in five", "More often still.")
    yield Option(
        "third",
        "More than once in three",
        "Whenever eight of the ten or more are Rock, she is ahead of all the others.",
    )


@question(
    "The song is Rock. One model had given it 70 %, another one 10 %. Which model is better?",
    answer="unknown",
)
def bet_better_model() -> Options:
    yield Option(
        "good",
        "The first: it gave the truth more",
        "On this song it did. On the next it may have ruled out what happens.",
    )
    yield Option(
        "seven",
        "The first, by a factor of seven",
        "That is how much likelier it made this label. A model makes many.",
    )
    yield Option(
        "unknown",
        "One song does not say",
        "A mean over many songs would, with its error bar.",
    )
