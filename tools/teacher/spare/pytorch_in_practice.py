"""PyTorch in practice."""

import math

from ce_lib.information import entropy
from ce_lib.losses import softmax_cross_entropy
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Whole
from teacher.spares import Parts, Solution, spare

#: Numbers that are given, not computed, or quoted from what a test holds them to.
GIVEN = (0.232184, 0.385362, 0.770724)


@spare(
    "A sigmoid too many",
    minutes=5,
    text="""
    *Is it Rock?* Three songs in ten are. A network is quite sure of every song and always
    right, but a sigmoid stands in front of `binary_cross_entropy_with_logits`. What mean loss
    does it show? And what does somebody show, with the right call, who knows the shares and
    hears nothing?
    """,
    hints=(
        "What goes in is 1 for a yes and 0 for a no, and is taken for a logit.",
        "A yes then costs ln(1 + 1/e). And a no?",
    ),
)
def spare_sigmoid_too_many() -> Parts:
    yes, no = math.log1p(math.exp(-1)), math.log(2)
    shown, shares = 0.3 * yes + 0.7 * no, float(entropy([0.3, 0.7]))
    yield Number(
        name="shown",
        label="The loss it shows",
        answer=shown,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(shown),
            Mistake("right", 0, "So it would be without the second sigmoid."),
            Mistake("swapped", 0.7 * yes + 0.3 * no, "Three in ten are a yes."),
            Mistake(
                "plain mean", (yes + no) / 2, "Yes and no do not come equally often."
            ),
            Mistake("yes alone", yes, "Seven songs in ten are a no."),
        ),
    )
    yield Number(
        name="shares",
        label="Who knows the shares pays",
        answer=shares,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(shares),
            Mistake(
                "one half", no, "That is what one half costs. The shares are known."
            ),
            Mistake("Rock alone", -math.log(0.3), "Seven songs in ten are not Rock."),
        ),
    )
    yield Solution(
        rf"""
        A sure yes arrives as 1 and costs $\ln(1 + 1/e) = {yes:.4f}$ nats, a sure no arrives
        as 0 and costs $\ln 2$. On average that is {shown:.4f}. The shares alone cost
        {shares:.4f}. A perfect network seems hardly better than one that hears nothing, and
        its accuracy is 100 %: the number is the only sign.
        """
    )


@spare(
    "A known batch, and other numbers",
    minutes=8,
    text="""
    Keep the chapter’s batch: the logits $(2, 1, 0.5)$ and $(0.5, 2.5, 1)$, the labels 0 and
    1, and a mean loss of 0.385362. Three programs built around it show other numbers: (a)
    0.770724, (b) 0.192681, (c) 0.232184. In (b) and (c) the losses were formed with
    `reduction="none"` and then averaged; in (b) both songs have their labels, in (c) one
    label was made −100. What did (a) do? How many rows did the mean of (b) count? Which song
    lost its label in (c)?
    """,
    hints=(
        "What is each number, divided by the right one?",
        "In (c) one row costs 0, and the mean still counts two.",
        "What does each of the two songs cost alone?",
    ),
)
def spare_known_batch() -> Parts:
    logits = [[2, 1, 0.5], [0.5, 2.5, 1]]
    prices = softmax_cross_entropy(logits, [0, 1], reduction="none")
    rows = round(prices.sum() / 0.192681)
    yield Choice(
        name="a",
        label="(a) showed",
        answer="sum",
        options=(
            Option("sum", "the sum of the two losses", "It is twice the mean."),
            Option(
                "twice",
                "a softmax twice",
                "With two songs and a factor of exactly 2 there is a plainer cause.",
            ),
            Option("bits", "bits", "From nats to bits the factor is 1/ln 2."),
        ),
    )
    yield Whole(
        name="rows",
        label="Rows counted in (b)",
        answer=rows,
        mistakes=(
            Mistake("songs", 2, "With two the mean would be right."),
            Mistake("padding", 2 * rows, "Twice the rows, half the mean."),
            Mistake(
                "one more", 3, "Then the mean would be two thirds of the right one."
            ),
        ),
    )
    yield Choice(
        name="c",
        label="In (c) the label was taken from",
        answer="second",
        options=(
            Option(
                "second",
                "the second song",
                "What is left is half of the first song’s loss.",
            ),
            Option(
                "first",
                "the first song",
                "Half of the second song’s loss would be left. How large is that?",
            ),
            Option("open", "one cannot tell", "The two songs cost differently."),
        ),
    )
    yield Solution(
        rf"""
        (a) is the sum, twice the mean. (b) is half of it: the two losses were divided by
        {rows}, so two rows of padding were counted. The songs cost {prices[0]:.4f} and
        {prices[1]:.4f} nats, and (c) is half of the first: the second was ignored, its 0
        counted. The mean of what counts would be {prices[0]:.4f}. A number that is known
        turns each of these mistakes into a ratio.
        """
    )
