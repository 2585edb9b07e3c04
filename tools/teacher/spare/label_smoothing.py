"""Label smoothing and soft targets."""

import math

from ce_lib.information import entropy
from ce_lib.practice.exercise import Choice, Mistake, Number, Option
from ce_lib.targets import smooth_labels
from teacher.spares import Parts, Solution, spare

#: Numbers that are given, not computed.
GIVEN = (0.32,)


@spare(
    "The strength behind a gap",
    minutes=5,
    text="""
    A network of ten classes was trained with label smoothing until nothing pushed any more.
    On every song the true logit leads each of the nine others by $\\ln 91$. What does it give
    to the truth? Which $\\varepsilon$ was it, in this book’s convention, and which
    $\\varepsilon'$ in the other one?
    """,
    hints=(
        "The truth has 91 times what each of the others has.",
        "Each wrong class holds ε/10.",
        "In the other convention the truth gives away ε′ in all.",
    ),
)
def spare_strength_behind_a_gap() -> Parts:
    truth = 91 / 100
    epsilon = 10 * (1 - truth) / 9
    yield Number(
        name="truth",
        label="What the truth gets",
        answer=truth,
        probability=True,
        mistakes=(
            Mistake("one rival", 91 / 92, "There are nine others."),
            Mistake("certain", 1, "Smoothing asks for less."),
            Mistake("ten rivals", 91 / 101, "Nine others, not ten."),
        ),
    )
    yield Number(
        name="epsilon",
        label="ε",
        answer=epsilon,
        mistakes=(
            Mistake(
                "given away",
                1 - truth,
                "That is ε′. Here the truth gets its share of ε as well.",
            ),
            Mistake("one class", (1 - truth) / 9, "That is ε/10."),
            Mistake(
                "turned",
                9 * (1 - truth) / 10,
                "The other way: ε is the larger of the two.",
            ),
        ),
    )
    yield Number(
        name="other",
        label="ε′",
        answer=1 - truth,
        mistakes=(
            Mistake("the same", epsilon, "There the truth keeps 1 − ε′."),
            Mistake("one class", (1 - truth) / 9, "That is ε′/9."),
            Mistake(
                "turned",
                9 * (1 - truth) / 10,
                "The other way: what does the truth give away?",
            ),
        ),
    )
    yield Solution(
        rf"""
        The truth has 91 parts and the nine others one each, a hundred in all: {truth:.2f}. A
        wrong class holds $\varepsilon / 10 = \tfrac1{{100}}$, so
        $\varepsilon = {epsilon:.1f}$. The other convention calls what the truth gives away
        $\varepsilon' = {1 - truth:.2f}$, which is $\tfrac9{{10}}$ of it.
        """
    )


_BETTER = (
    Option("b", "run B", "Without the charge on its lead it pays less than A."),
    Option(
        "a",
        "run A",
        "The two numbers have different floors. Compare plain losses.",
    ),
    Option("open", "nobody can say", "The mean lead says what smoothing added."),
)


@spare(
    "Which run is better?",
    minutes=8,
    text="""
    Two runs on the same ten classes, both with one-hot labels. Run A, without smoothing, ends
    at a training loss of 0.32. Run B, with $\\varepsilon = 0.1$, ends at a smoothed loss of
    0.62; in the mean over its examples the true logit leads the mean of all ten logits by
    3.6. What is the floor of B’s loss? What is B’s *plain* loss $-\\ln q_y$? Which run has
    the lower plain loss?
    """,
    hints=(
        "The smoothed target holds 0.91 once and 0.01 nine times.",
        "The smoothed loss is the plain one plus ε times the lead.",
    ),
)
def spare_which_run() -> Parts:
    target = smooth_labels([1] + [0] * 9, 0.1)
    floor, plain = float(entropy(target)), 0.62 - 0.1 * 3.6
    other = smooth_labels([1] + [0] * 9, 0.1, convention="others")
    yield Number(
        name="floor",
        label="The floor of B’s loss",
        answer=floor,
        unit="nats",
        mistakes=(
            Mistake(
                "other convention",
                float(entropy(other)),
                "That is the floor of the other convention.",
            ),
            Mistake("zero", 0, "A smoothed target has an entropy of its own."),
            Mistake(
                "one rival",
                -0.91 * math.log(0.91) - 0.01 * math.log(0.01),
                "Nine wrong classes were promised something.",
            ),
            Mistake("bits", floor / math.log(2), "In nats, please."),
        ),
    )
    yield Number(
        name="plain",
        label="B’s plain loss",
        answer=plain,
        unit="nats",
        mistakes=(
            Mistake(
                "minus floor",
                0.62 - floor,
                "That is its excess over the smoothed target, not the plain loss.",
            ),
            Mistake(
                "added",
                0.62 + 0.1 * 3.6,
                "Smoothing charges the lead on top of the plain loss.",
            ),
            Mistake(
                "scaled",
                0.62 / 0.9,
                "The lead decides what smoothing adds, not a factor.",
            ),
            Mistake(
                "whole lead", 0.62 - 3.6, "Only the share ε of the lead is charged."
            ),
        ),
    )
    yield Choice(
        name="better",
        label="The lower plain training loss has",
        answer="b",
        options=_BETTER,
    )
    yield Solution(
        rf"""
        The target holds {target[0]:.2f} and nine times {target[1]:.2f}, an entropy of
        {floor:.4f} nats: of B’s 0.62 all but {0.62 - floor:.4f} is floor. Smoothing adds
        $0.1 \cdot 3.6 = {0.1 * 3.6:.2f}$ to the plain loss, which is therefore {plain:.2f},
        below A’s 0.32. The larger number belongs to the run that fits its labels better. What
        new songs cost, neither number says.
        """
    )
