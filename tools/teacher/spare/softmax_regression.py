"""Softmax regression from scratch."""

import numpy as np

from ce_lib.practice import mistakes
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector
from teacher.spares import Parts, Solution, spare


@spare(
    "A batch of two",
    minutes=6,
    text="""
    Two songs with a single feature: $x = 2$ is Rock, $x = -1$ is Pop. There are three genres,
    Rock, Pop and Jazz, and all weights and biases are 0. What is the gradient of the mean
    loss in the three weights, and what in the three biases?
    """,
    hints=(
        "With all weights at 0 the model says a third to each.",
        "One song gives (q − p) times x to the weights, and q − p to the biases.",
        "The mean of the two songs.",
    ),
)
def spare_batch_of_two() -> Parts:
    x, y = np.array([[2.0], [-1]]), np.array([[1.0, 0, 0], [0, 1, 0]])
    error = np.full((2, 3), 1 / 3) - y
    weights = (error.T @ x / 2)[:, 0]
    biases = error.mean(axis=0)
    labels = ("Rock", "Pop", "Jazz")
    yield Vector(
        name="weights",
        label="The gradient in the weights",
        labels=labels,
        answer=weights,
        mistakes=(
            Mistake("sum", 2 * weights, "That is the sum over the songs. The mean?"),
            mistakes.opposite(
                weights, "Prediction minus truth, not the other way round."
            ),
            Mistake("no feature", biases, "Where is x in it?"),
            Mistake(
                "size of x", error.T @ np.abs(x)[:, 0] / 2, "The second x has a sign."
            ),
        ),
    )
    yield Vector(
        name="biases",
        label="The gradient in the biases",
        labels=labels,
        answer=biases,
        mistakes=(
            Mistake("sum", 2 * biases, "That is the sum over the songs. The mean?"),
            mistakes.opposite(
                biases, "Prediction minus truth, not the other way round."
            ),
            Mistake("as the weights", weights, "A bias has no feature: its x is 1."),
        ),
    )
    yield Solution(
        rf"""
        The errors $q - p$ are $(-\tfrac23, \tfrac13, \tfrac13)$ for the first song and
        $(\tfrac13, -\tfrac23, \tfrac13)$ for the second. Times 2 and times $-1$, and halved,
        they make $(-\tfrac56, \tfrac23, \tfrac16)$, that is
        $({weights[0]:.4f}, {weights[1]:.4f}, {weights[2]:.4f})$ for the weights. The biases
        get the plain mean, $(-\tfrac16, -\tfrac16, \tfrac13)$. Both sum to 0. Jazz never
        came, and its bias is pushed down.
        """
    )


_FIRST_RUN = (
    Option(
        "rate",
        "steps with another rate",
        "Four times the drop is four times the rate.",
    ),
    Option(
        "gradient",
        "has a wrong gradient",
        "The differences say that it is right.",
    ),
    Option(
        "floor",
        "has another floor than it thinks",
        "A first step knows nothing of the floor.",
    ),
)


_SECOND_RUN = (
    Option(
        "bias",
        "does not train its bias",
        "At rest a trained bias makes the two shares equal.",
    ),
    Option("steps", "has too few steps", "It has come to rest."),
    Option(
        "features",
        "has features that tell nothing",
        "Even then the trained bias would say the shares.",
    ),
)


@spare(
    "Three runs of one class",
    minutes=8,
    text="""
    Three students trained a softmax regression, all from $W = 0$ and $b = 0$, without a
    penalty.

    1. For a step of $\\eta = 0.1$ the length of the gradient, 0.72, foretells a drop. The
       loss drops by 0.2. The gradient agrees with the differences.
    2. Training has come to rest. The model claims 30 % Rock on average over its own songs,
       and 35 % of them are Rock.
    3. The loss rises at the first step already. The gradient agrees with the differences.

    Which drop is foretold in the first run? And what is most likely wrong in each of the
    three?
    """,
    hints=(
        "The drop is about the rate times the squared length of the gradient.",
        "At rest the gradient is 0 in every number that is trained. What does that "
        "say of the bias?",
        "The slope is right: what else decides where a step ends?",
    ),
)
def spare_three_runs() -> Parts:
    drop = 0.1 * 0.72**2
    yield Number(
        name="drop",
        label="The foretold drop",
        answer=drop,
        unit="nats",
        mistakes=(
            Mistake(
                "not squared", 0.1 * 0.72, "The length of the gradient comes in twice."
            ),
            Mistake("no rate", 0.72**2, "So much for a rate of 1. What is the rate?"),
            Mistake(
                "rate squared",
                (0.1 * 0.72) ** 2,
                "That is the squared length of the step.",
            ),
        ),
    )
    yield Choice(
        name="first",
        label="The first run",
        answer="rate",
        options=_FIRST_RUN,
    )
    yield Choice(
        name="second",
        label="The second run",
        answer="bias",
        options=_SECOND_RUN,
    )
    yield Choice(
        name="third",
        label="The third run",
        answer="scale",
        options=(
            Option(
                "scale",
                "has features that nobody scaled",
                "Then any usual rate is above the safe one.",
            ),
            Option(
                "valley",
                "is caught by a false valley",
                "The loss is convex in the weights: there is none.",
            ),
            Option(
                "small",
                "has too few weights",
                "That makes a high floor, not a loss that rises.",
            ),
        ),
    )
    yield Solution(
        rf"""
        $0.1 \cdot 0.72^2 = {drop:.4f}$ nats. The loss fell by about {0.2 / drop:.0f} times
        that with a right gradient, so the step was {0.2 / drop:.0f} times as long as the
        student thinks. In the second run $\sum_n (q_n - y_n)$ is not 0, which is the gradient
        in the bias: the bias is not trained. In the third a right gradient leads up, so the
        step is longer than $2/C$: look at the size of the features before anything else.
        """
    )
