"""Squared error against cross-entropy."""

import math

import numpy as np

from ce_lib.numerics import softmax
from ce_lib.practice.exercise import Choice, Mistake, Number, Option
from teacher.spares import Parts, Solution, spare


def _price(miss: float, s: float) -> float:
    """What a miss costs in nats, under a normal distribution of deviation s."""
    return miss**2 / (2 * s**2) + math.log(s * math.sqrt(2 * math.pi))


@spare(
    "What a miss of eight beats costs",
    minutes=5,
    text="""
    A model foretells a tempo of 120 beats per minute, with normal noise of standard
    deviation 4. Measured are 128. What does that cost in nats? For which standard deviation
    would this one miss cost least?
    """,
    hints=(
        "The price is minus the logarithm of a normal density.",
        "It has a part with the miss, and a part without.",
        "For the last: set the derivative in s to 0.",
    ),
)
def spare_miss_of_eight() -> Parts:
    miss, s = 8.0, 4.0
    price = _price(miss, s)
    yield Number(
        name="price",
        label="The price of the miss",
        answer=price,
        unit="nats",
        mistakes=(
            Mistake(
                "no constant",
                miss**2 / (2 * s**2),
                "The logarithm of the width is missing.",
            ),
            Mistake(
                "no half",
                _price(miss * math.sqrt(2), s),
                "A factor of one half is missing.",
            ),
            Mistake(
                "no root of 2π",
                price - math.log(2 * math.pi) / 2,
                "Half of ln 2π is missing.",
            ),
            Mistake(
                "variance for deviation",
                _price(miss, s**0.5),
                "4 is the deviation. Its square is the variance.",
            ),
            Mistake(
                "raw",
                miss**2,
                "That is the squared error. The price in nats divides it first.",
            ),
        ),
    )
    yield Number(
        name="best",
        label="The cheapest standard deviation",
        answer=miss,
        mistakes=(
            Mistake("variance", miss**2, "That is the variance there."),
            Mistake(
                "halved",
                miss / math.sqrt(2),
                "The half of the square cancels: differentiate ln s, too.",
            ),
            Mistake("none", 0, "A narrow density makes this miss dearer and dearer."),
        ),
    )
    yield Solution(
        rf"""
        $8^2/(2 \cdot 4^2) + \ln(4 \sqrt{{2\pi}}) = 2 + {price - 2:.4f} = {price:.4f}$ nats.
        The slope in $s$ is $-8^2/s^3 + 1/s$, and 0 at $s = {miss:.0f}$: the size of the miss.
        There it would cost {_price(miss, miss):.4f} nats. A model that is less sure of its
        numbers pays less for this one, and more for every good one.
        """
    )


_WANTS = (
    Option(
        "log",
        "cross-entropy alone",
        "It is content with certainty only; squared error pulls back.",
    ),
    Option(
        "squared",
        "squared error alone",
        "Its slope in the first output: which sign has it?",
    ),
    Option("both", "both", "One of the two slopes is above 0."),
)


@spare(
    "Right by too much",
    minutes=8,
    text="""
    A network without a softmax gives 1.4, 0.1 and −0.2 to three genres. The first is the
    truth. It is trained with squared error to the one-hot target, summed over the three. What
    is its loss, and what the slope in the first output? Somebody takes the same three numbers
    as logits of a softmax and trains with cross-entropy. What is the slope in the first then?
    Which of the two still wants the first output to rise?
    """,
    hints=(
        "The targets are 1, 0 and 0.",
        "A square has the slope 2 times what is squared.",
        "For the last, softmax first: prediction minus truth.",
    ),
)
def spare_right_by_too_much() -> Parts:
    f, y = np.array([1.4, 0.1, -0.2]), np.array([1.0, 0, 0])
    loss, slope = float(((f - y) ** 2).sum()), 2 * (f[0] - 1)
    by_log = float(softmax(f)[0] - 1)
    yield Number(
        name="loss",
        label="The squared error",
        answer=loss,
        mistakes=(
            Mistake("mean", loss / 3, "That is the mean over the three outputs."),
            Mistake("truth alone", 0.4**2, "The other two outputs are off as well."),
            Mistake("halved", loss / 2, "Here no half stands before the squares."),
            Mistake(
                "after a softmax",
                float(((softmax(f) - y) ** 2).sum()),
                "This network has no softmax.",
            ),
        ),
    )
    yield Number(
        name="slope",
        label="The slope of squared error in the first output",
        answer=slope,
        mistakes=(
            Mistake(
                "sign",
                -slope,
                "The output is above its target. Which way is up for the loss?",
            ),
            Mistake("no 2", slope / 2, "The square brings a factor."),
            Mistake("no target", 2 * f[0], "What is the output compared with?"),
        ),
    )
    yield Number(
        name="log",
        label="The slope of cross-entropy in the first logit",
        answer=by_log,
        mistakes=(
            Mistake("sign", -by_log, "Prediction minus truth: what sign?"),
            Mistake(
                "prediction", by_log + 1, "That is the prediction. Minus the truth?"
            ),
            Mistake("no softmax", f[0] - 1, "As a logit it is no probability yet."),
        ),
    )
    yield Choice(
        name="wants",
        label="The first output should still rise, says",
        answer="log",
        options=_WANTS,
    )
    yield Solution(
        rf"""
        $(1.4 - 1)^2 + 0.1^2 + (-0.2)^2 = {loss:.2f}$, most of it because the right output is
        too high. Its slope is $2 \cdot (1.4 - 1) = {slope:.1f}$: descent pulls it back. As a
        logit it has a softmax of {softmax(f)[0]:.4f}, and the slope is ${by_log:.4f}$:
        cross-entropy wants more. Both ask for the true probabilities on average, each of its
        own kind of output.
        """
    )
