"""LogSumExp and numerical stability."""

import math

from ce_lib.numerics import logsumexp
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector
from teacher.spares import Parts, Solution, spare


@spare(
    "Gap and doubt",
    minutes=5,
    text="""
    The logits are $(800, 800, 797)$, and the third class is true. What are the gap and the
    doubt of its loss? And what is $\\mathrm{LSE}$?
    """,
    hints=(
        "The gap says how far the truth is behind the favourite.",
        "The doubt is what the favourite itself would pay.",
    ),
)
def spare_gap_and_doubt() -> Parts:
    doubt = math.log1p(1 + math.exp(-3))
    parts = (3.0, doubt)
    yield Vector(
        name="parts",
        label="Gap and doubt",
        labels=("gap", "doubt"),
        answer=parts,
        unit="nats",
        mistakes=(
            Mistake(
                "one favourite left out",
                (3, math.log1p(math.exp(-3))),
                "A second class is as far in front as the favourite.",
            ),
            Mistake(
                "no one",
                (3, math.log(1 + math.exp(-3)) + math.log(2)),
                "Both leaders count 1 each, the third e⁻³.",
            ),
            Mistake("sign", (-3, doubt), "The truth is behind: the gap is positive."),
            Mistake("loss", (3, 3 + doubt), "That is gap and doubt together."),
        ),
    )
    yield Number(
        name="lse",
        label="LSE − 800",
        answer=doubt,
        unit="nats",
        mistakes=(
            Mistake("the maximum", 0, "LSE lies above the largest logit."),
            Mistake(
                "all alike", math.log(3), "That is the most it can be: all three alike."
            ),
            Mistake("two", math.log(2), "The third adds something, too."),
        ),
    )
    yield Solution(
        rf"""
        The favourite has 800, so the gap is 3. All classes but one favourite leave
        $R = 1 + e^{{-3}}$, and the doubt is $\ln(2 + e^{{-3}}) = {doubt:.5f}$. The loss is
        their sum, {3 + doubt:.5f} nats, and
        $\mathrm{{LSE}} = 800 + {doubt:.5f} = {logsumexp([800, 800, 797]):.5f}$: between 800
        and $800 + \ln 3$, as it must be.
        """
    )


@spare(
    "What format was that?",
    minutes=7,
    text="""
    Somebody asks the explorer of number formats for the logits $(20, 0)$. With the second
    class true, the softmax without a shift ends at ∞, so does the logarithm of the shifted
    softmax, and log-softmax prints 20. Which format was chosen? Then the first class is made
    the true one, in float32: log-softmax prints 0. What is the true loss? And which of the
    four ways prints it there?
    """,
    hints=(
        "Which formats can hold e to the 20, and e to minus 20?",
        "With the first class true the loss is the logarithm of a number a little "
        "above 1.",
    ),
)
def spare_what_format() -> Parts:
    loss = math.log1p(math.exp(-20))
    yield Choice(
        name="format",
        label="The format was",
        answer="float16",
        options=(
            Option("float16", "float16", "It ends near e¹¹ above and e⁻¹⁷ below."),
            Option(
                "bfloat16",
                "bfloat16",
                "It has the room of float32: e⁻²⁰ is far inside.",
            ),
            Option("float32", "float32", "It holds e²⁰ and e⁻²⁰ with ease."),
        ),
    )
    yield Number(
        name="loss",
        label="The true loss, times 10⁹",
        answer=1e9 * loss,
        mistakes=(
            Mistake("none", 0, "With finite logits the loss is never 0."),
            Mistake("ten powers", 1e9 * 10**-20, "e to minus 20, not 10."),
            mistakes.bits_for_nats(1e9 * loss),
        ),
    )
    yield Choice(
        name="way",
        label="In float32 it is printed by",
        answer="log1p",
        options=(
            Option(
                "log1p", "gap plus log1p of the rest", "It never adds the rest to 1."
            ),
            Option(
                "shifted",
                "the logarithm of the shifted softmax",
                "There 1 plus the rest was rounded to 1.",
            ),
            Option("none", "none of them", "One of them leaves the 1 out of the sum."),
        ),
    )
    yield Solution(
        rf"""
        $e^{{20}}$ is too large and $e^{{-20}}$ too small: that is float16. Log-softmax forms
        neither, and prints the gap. With the first class true the loss is
        $\ln(1 + e^{{-20}}) = {1e9 * loss:.4f} \cdot 10^{{-9}}$ nats. Float32 rounds
        $1 + e^{{-20}}$ to 1, since 20 is beyond its limit of {-math.log(2**-24):.1f}; `log1p`
        of $e^{{-20}}$ keeps all digits.
        """
    )
