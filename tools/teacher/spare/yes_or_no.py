"""Yes or no, and many at once."""

import math

import numpy as np

from ce_lib.information import surprisal
from ce_lib.numerics import sigmoid, softmax
from ce_lib.practice.exercise import Mistake, Number, Vector
from teacher.spares import Parts, Solution, spare


@spare(
    "A song and three tags",
    minutes=5,
    text="""
    Three tags, Rock, loud and live, have the logits 0, $\\ln 3$ and $-\\ln 3$. How many tags
    does the model expect on this song? And what does it pay, summed, if the song wears Rock
    and loud, and is not live?
    """,
    hints=(
        "Each tag is a yes or no of its own: which three probabilities?",
        "A tag that is not worn costs −ln of one minus its probability.",
    ),
)
def spare_three_tags() -> Parts:
    z = np.array([0, math.log(3), -math.log(3)])
    q, worn = sigmoid(z), np.array([1, 1, 0])
    price = float(surprisal(np.where(worn, q, 1 - q)).sum())
    one = softmax(z)
    yield Number(
        name="expected",
        label="The tags it expects",
        answer=float(q.sum()),
        mistakes=(
            Mistake("one of them", 1, "Any number of tags may be true."),
            Mistake(
                "above one half",
                2,
                "That counts tags that are no less likely than not.",
            ),
            Mistake("logits", 0, "That is the sum of the logits."),
        ),
    )
    yield Number(
        name="price",
        label="The price, summed",
        answer=price,
        unit="nats",
        mistakes=(
            Mistake("mean", price / 3, "That is the mean over the tags. The sum?"),
            Mistake(
                "only yes",
                float(surprisal(q[:2]).sum()),
                "The tag that is not worn costs, too.",
            ),
            Mistake("all yes", float(surprisal(q).sum()), "The song is not live."),
            Mistake(
                "softmax", float(surprisal(one[:2]).sum()), "Three questions, not one."
            ),
        ),
    )
    yield Solution(
        rf"""
        The probabilities are a half, three quarters and a quarter: {q.sum():.1f} tags. The
        song pays
        $-\ln(\tfrac12 \cdot \tfrac34 \cdot \tfrac34) = \ln \tfrac{{32}}{{9}} = {price:.4f}$
        nats, where not being live has three quarters as well.
        """
    )


@spare(
    "One score, three stars",
    minutes=8,
    text="""
    A model of cumulative logits has the thresholds −1 and 1, and gives a song one half for a
    single star. What is its score $f$? What does it say to one, two and three stars? The
    listener gives three. What is the slope of $-\\ln q_y$ in $f$?
    """,
    hints=(
        "What it gives to at most one star is σ(θ₀ − f).",
        "Three stars are all that is not at most two.",
        "Three stars cost −ln of 1 − σ(1 − f), a yes or no with one logit.",
    ),
)
def spare_three_stars() -> Parts:
    f = -1.0
    at_most = sigmoid(np.array([-1 - f, 1 - f]))
    q = np.diff(at_most, prepend=0, append=1)
    yield Number(
        name="score",
        label="The score f",
        answer=f,
        mistakes=(
            Mistake(
                "upper threshold", 1, "The lower threshold decides about one star."
            ),
            Mistake("logit", 0, "That is the logit. It is θ₀ − f."),
            Mistake("half", -0.5, "One half is the sigmoid of 0."),
        ),
    )
    yield Vector(
        name="stars",
        label="What it says",
        labels=("one", "two", "three"),
        answer=q,
        probability=True,
        mistakes=(
            Mistake(
                "not subtracted",
                (*at_most, 1),
                "Those are at most one, at most two, at most three.",
            ),
            Mistake("mirrored", q[::-1], "The song’s score is low."),
            Mistake(
                "evenly", (0.5, 0.25, 0.25), "The rest is cut by the second threshold."
            ),
        ),
    )
    yield Number(
        name="slope",
        label="The slope in f",
        answer=-float(at_most[1]),
        mistakes=(
            Mistake(
                "sign", float(at_most[1]), "A higher score makes three stars cheaper."
            ),
            Mistake(
                "prediction",
                -float(q[2]),
                "Prediction minus truth, of the question: more than two?",
            ),
            Mistake(
                "two",
                -float(at_most[0]),
                "Three stars are decided by the second threshold.",
            ),
        ),
    )
    yield Solution(
        rf"""
        $\sigma(-1 - f)$ is one half at $f = {f:.0f}$. Then at most two stars have
        $\sigma(2) = {at_most[1]:.4f}$, so two have {q[1]:.4f} and three {q[2]:.4f}. With
        $L = -\ln(1 - \sigma(1 - f))$ the slope is prediction minus truth of a single yes or
        no: ${-at_most[1]:.4f}$. A step raises $f$, and with it both two and three stars
        against one. The model knows the order, although this price does not.
        """
    )
