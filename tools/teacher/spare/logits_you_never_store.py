"""The logits you never store."""

import math

from ce_lib.numerics import logsumexp
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector, Whole
from teacher.spares import Parts, Solution, spare


@spare(
    "Reading a row",
    minutes=5,
    text="""
    You read the logits 1, 3 and 2, in this order, and keep the pair $(m, s)$. What is $s$
    after the second logit, and what after the third? What is the loss if the first class is
    true?
    """,
    hints=(
        "A new largest logit makes what was summed before smaller.",
        "s is relative to the largest so far.",
        "The loss is m + ln s, less the true logit.",
    ),
)
def spare_reading_a_row() -> Parts:
    second = 1 + math.exp(-2)
    third = second + math.exp(-1)
    loss = float(logsumexp([1, 3, 2])) - 1
    yield Vector(
        name="sums",
        label="s after the second and the third",
        labels=("second", "third"),
        answer=(second, third),
        mistakes=(
            Mistake(
                "counted", (2, 3), "Each logit adds e to its distance from the largest."
            ),
            Mistake(
                "not scaled",
                (2, 2 + math.exp(-1)),
                "When 3 came, the 1 that was there had to shrink.",
            ),
            Mistake(
                "the first kept",
                (1 + math.exp(2), 1 + math.exp(2) + math.exp(1)),
                "That is relative to the first logit. The largest?",
            ),
            Mistake(
                "grown",
                (1 + math.exp(2), 1 + math.exp(2) + math.exp(-1)),
                "The old sum shrinks: it is further from the top now.",
            ),
        ),
    )
    yield Number(
        name="loss",
        label="The loss of the first class",
        answer=loss,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(loss),
            Mistake("LSE", loss + 1, "That is LSE. Less the true logit?"),
            Mistake("doubt", math.log(third), "That is what the largest would pay."),
            Mistake("third true", loss - 1, "That is the loss of the last class."),
        ),
    )
    yield Solution(
        rf"""
        After 1 the pair is $(1, 1)$. With 3 it becomes $(3, 1 \cdot e^{{1 - 3}} + 1)$, so
        $s = {second:.5f}$. The 2 adds $e^{{2 - 3}}$: $s = {third:.5f}$. LSE is
        $3 + \ln s = {loss + 1:.5f}$, and the loss of the first class {loss:.5f} nats.
        """
    )


@spare(
    "Room for a loss",
    minutes=8,
    text="""
    16,384 tokens, a vocabulary of 65,536, logits in float32. (1 GiB is $2^{30}$ bytes.) How
    many GiB do three arrays of logits take, the peak of a training step? There is room for
    0.75 GiB. How many tokens may be treated at a time, if three such arrays of a piece must
    fit? And which of these saves nothing of it?
    """,
    hints=(
        "Everything here is a power of two.",
        "One token’s logits take 2¹⁸ bytes.",
    ),
)
def spare_room_for_a_loss() -> Parts:
    token = 4 * 65536
    peak = 3 * 16384 * token / 2**30
    tokens = int(0.75 * 2**30 / (3 * token))
    yield Number(
        name="peak",
        label="The peak, in GiB",
        answer=peak,
        mistakes=(
            Mistake(
                "one array", peak / 3, "That is one array. How many does the step hold?"
            ),
            Mistake("two bytes", peak / 2, "A float32 takes four bytes."),
            Mistake("no bytes", peak / 4, "Each number takes four bytes."),
        ),
    )
    yield Whole(
        name="tokens",
        label="Tokens at a time",
        answer=tokens,
        mistakes=(
            Mistake(
                "one array", 3 * tokens, "Three arrays of the piece are there at once."
            ),
            Mistake("pieces", 16384 // tokens, "That is the number of pieces."),
            Mistake("no bytes", 4 * tokens, "Each number takes four bytes."),
        ),
    )
    yield Choice(
        name="nothing",
        label="Nothing is saved by",
        answer="sum",
        options=(
            Option(
                "sum",
                "the sum of the losses in place of their mean",
                "What is added up is one number a token.",
            ),
            Option(
                "half",
                "layers and logits in bfloat16",
                "That is half of it, and fewer digits.",
            ),
            Option(
                "pieces",
                "fewer tokens at a time",
                "Only a piece of each array is there then.",
            ),
            Option(
                "kernel",
                "a loss that takes the hidden vectors, and pieces",
                "It never has all logits.",
            ),
        ),
    )
    yield Solution(
        rf"""
        $2^{{14}} \cdot 2^{{16}} \cdot 4 = 2^{{32}}$ bytes are {peak / 3:.0f} GiB, three of
        them {peak:.0f}. A token takes $3 \cdot 2^{{18}}$ bytes in all, so {tokens} tokens
        fill 0.75 GiB: {16384 // tokens} pieces, and the last layer’s weights are read once
        for each. A sum in place of a mean changes a vector of 16,384 numbers, not the arrays.
        """
    )
