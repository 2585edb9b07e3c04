"""The tasks of the exam: one to choose in, from the whole course, and one from each part.

Numbers that are given stand in the texts; all others are computed.
"""

from __future__ import annotations

import math

import numpy as np

from bookext.practice.answers import number
from ce_lib import figures
from ce_lib.calibration import expected_calibration_error, reliability_curve
from ce_lib.information import cross_entropy, entropy, kl_divergence, surprisal
from ce_lib.losses import softmax_cross_entropy, softmax_cross_entropy_with_grad
from ce_lib.numerics import softmax
from teacher.course import chapters
from teacher.exam import Option, Question, Task, drawn

#: Numbers that are given, not computed.
GIVEN = (0.3, 0.5)


COST, LEARNING, JUDGING, CHANGING, MACHINE, WORLD = dict.fromkeys(
    chapter.part for chapter in chapters()
)
BITS = 1 / math.log(2)


def tasks() -> list[Task]:
    """The exam, in its order."""
    return [choose(), floor(), step(), judged(), rare(), run(), tokens()]


def row(values: np.ndarray, form: str = ".4g") -> str:
    """Several numbers in brackets, as the book writes them."""
    return f"({', '.join(number(float(value), form) for value in values)})"


def choose() -> Task:
    return Task(
        "Choose",
        (COST, LEARNING, JUDGING, CHANGING, MACHINE, WORLD),
        "Tick one answer each. Reasons are not asked for, and a wrong answer takes nothing "
        "off.",
        [*_on_forecasts(), *_on_networks()],
        "Six questions of a minute or a minute and a half: none needs a calculator.",
    )


def _on_forecasts() -> list[Question]:
    costs = [surprisal(q, base=2) for q in (1 / 2, 1 / 8, 1 / 4)]
    return [
        Question(
            "Model A gave the true genres of two songs ½ and ⅛, model B gave ¼ to "
            "each. Who pays less for both songs together?",
            2,
            f"{costs[0]:g} + {costs[1]:g} bits, and {costs[2]:g} + {costs[2]:g}. Equal "
            "products of probabilities cost the same.",
            [
                Option("A: it knew one of the songs well."),
                Option("B: it never was far off."),
                Option("Both pay the same.", right=True),
                Option("That depends on the other genres."),
            ],
        ),
        Question(
            "One of these can never be dL/dz of cross-entropy behind a softmax, "
            "whatever the logits and the label. Which?",
            1,
            "The entries of $q - p$ sum to 0. These sum to 0.1.",
            [
                Option("(0.2, −0.5, 0.3)"),
                Option("(0.3, 0.3, −0.5)", right=True),
                Option("(−0.9, 0.4, 0.5)"),
            ],
        ),
        Question(
            "It rains on 30 days of 100. Every day somebody says “30 %”. Her forecasts "
            "are",
            1,
            "She keeps her word, and tells no two days apart.",
            [
                Option("calibrated, and know no more than the base rate.", right=True),
                Option("calibrated, and so as good as forecasts can be."),
                Option("not calibrated, for she is never right."),
            ],
        ),
    ]


def _on_networks() -> list[Question]:
    return [
        Question(
            "A song may wear any number of 80 tags. What stands at the end of the "
            "network?",
            1,
            "Each tag is a question of its own: yes or no.",
            [
                Option("A softmax over 80 logits, with cross-entropy."),
                Option("80 sigmoids, with a binary cross-entropy each.", right=True),
                Option("A softmax over 80 logits, with smoothed labels."),
            ],
        ),
        Question(
            "Which line gives the loss of logits z and class y, for large logits, too?",
            2,
            "Only LogSumExp shifts before it exponentiates. The last line also has the "
            "wrong sign.",
            [
                Option("`-log(softmax(z)[y])`"),
                Option("`logsumexp(z) - z[y]`", right=True),
                Option("`log(sum(exp(z))) - z[y]`"),
                Option("`z[y] - log(sum(exp(z)))`"),
            ],
        ),
        Question(
            "On the same text a language model has perplexity 20 per token, another "
            "one 35. Their tokenisers differ. Which model is better?",
            2,
            "A token of the second may be longer. Bits per byte can be compared.",
            [
                Option("The first."),
                Option("The second."),
                Option("These numbers do not tell.", right=True),
            ],
        ),
    ]


def floor() -> Task:
    p, q = np.array([1 / 2, 1 / 4, 1 / 4]), np.array([1 / 4, 1 / 4, 1 / 2])
    h, mixed = float(entropy(p, base=2)), float(cross_entropy(p, q, base=2))
    excess = float(kl_divergence(p, q, base=2))
    return Task(
        "Floor and excess",
        (COST,),
        "A station plays Rock, Pop and Jazz with the probabilities $P = (\\frac12, "
        "\\frac14, \\frac14)$. A model says $Q = (\\frac14, \\frac14, \\frac12)$ to "
        "every song. Nothing here needs a calculator but (d).",
        [
            Question(
                "Compute $H(P)$ in bits.",
                2,
                f"$\\frac12 \\cdot 1 + \\frac14 \\cdot 2 + \\frac14 \\cdot 2 = {h:g}$ "
                f"bits. (1 for the formula, 1 for "
                "the number.)",
                lines=2,
            ),
            Question(
                "Compute $H(P, Q)$ in bits.",
                2,
                f"$\\frac12 \\cdot 2 + \\frac14 \\cdot 2 + \\frac14 \\cdot 1 = "
                f"{mixed:g}$ bits. (1 if $P$ and $Q$ are "
                "swapped and the rest is right.)",
                lines=2,
            ),
            Question(
                "How much of this loss can training remove, and what is that part called?",
                2,
                f"$H(P, Q) - H(P) = {mixed:g} - {h:g} = {excess:g}$ bits: the excess, "
                "$D(P \\| Q)$. (1 each.)",
                lines=2,
            ),
            Question(
                "Write $H(P, Q)$ in nats.",
                1,
                f"${mixed:g} \\cdot \\ln 2 = {mixed / BITS:.4f}$ nats.",
                lines=1,
            ),
            Question(
                "Another model gives Jazz 0 %. What is its mean loss, and would it still "
                "be that if the station never played Jazz? One sentence.",
                2,
                "∞, for one song in four is what it has ruled out (1); if Jazz never came "
                "it would be finite, for what never happens is not charged (1).",
                lines=2,
            ),
        ],
        "Three sums of three products (6), one multiplication (1), one sentence (2).",
    )


def step() -> Task:
    z, y, x = np.array([math.log(4), 0, 0]), 1, np.array([1, -2])
    q = softmax(z)
    loss, push = softmax_cross_entropy_with_grad(z, y)
    after = float(softmax_cross_entropy(z - push, y))
    return Task(
        "One step",
        (LEARNING,),
        "A softmax regression has the logits $z = (\\ln 4, 0, 0)$ for a song with the "
        "features $x = (1, -2)$. The second class is true.",
        [
            Question(
                "What does the model say, $q = \\mathrm{softmax}(z)$?",
                2,
                f"$e^z = (4, 1, 1)$, so $q = (\\frac23, \\frac16, \\frac16)$ = "
                f"{row(q)}. (1 for the exponentials, 1 "
                "for dividing by 6.)",
                lines=2,
            ),
            Question(
                "What does it pay, in nats?",
                1,
                f"$-\\ln \\frac16 = \\ln 6 = {float(loss):.4f}$ nats.",
                lines=1,
            ),
            Question(
                "Write down dL/dz.",
                2,
                f"$q - p$ = {row(push)}. (1 for $q - p$, 1 for the right class; 0 for $p - "
                f"q$.)",
                lines=2,
            ),
            Question(
                "Write down the row of dL/dW that belongs to the true class.",
                2,
                f"$(q_2 - 1)\\,x$ = {number(float(push[y]), '.4g')} · (1, −2) = "
                f"{row(push[y] * x)}. (1 if only the sign is wrong.)",
                lines=2,
            ),
            Question(
                "A step of gradient descent takes exactly dL/dz from the logits. Without "
                "computing it: which logits rise, what becomes of the sum of the three, "
                "and does the loss rise or fall?",
                2,
                "The second rises, the others fall; the sum stays, for the entries of "
                "dL/dz sum "
                f"to 0 (1); the loss falls, here to {after:.4f} nats (1).",
                lines=3,
            ),
            Question(
                "With $(1 - q_y)^2$ in the place of $-\\ln q_y$ the push on the true logit "
                "would be $2\\,q_y(1 - q_y)^2$. The model is sure and wrong. Which of the "
                "two losses teaches it faster, and why? One sentence.",
                2,
                "Cross-entropy: its push is $1 - q_y$, nearly 1 there, while the factor "
                "$q_y$ of the other one lets it vanish. (1 for the answer, 1 for the "
                "factor.)",
                lines=3,
            ),
        ],
        "Four results with small fractions (7), two answers in a sentence (4).",
    )


def judged() -> Task:
    said, of = np.array([0.1, 0.4, 0.7, 0.9]), 100
    came = np.array([20, 42, 62, 74])
    q = np.repeat(said, of)
    y = np.concatenate([np.arange(of) < count for count in came]).astype(int)
    curve = reliability_curve(q, y)
    gaps = np.abs(curve.frequency - curve.confidence)
    error = float(expected_calibration_error(q, y))
    ax = figures.axes(width=4.4, height=3.0)
    figures.draw_reliability(ax, curve)
    ax.set(xlabel="probability of Rock, as it was said")
    table = "\n".join(
        f"| {s:.0%} | {of} | {c} |" for s, c in zip(said, came, strict=True)
    )
    return Task(
        "A picture of a forecaster",
        (JUDGING,),
        "A model gave the probability of Rock for 400 songs. The discs show what became of "
        "it; a grey bar spans two standard errors each way.\n\n"
        f"| said | songs | of these Rock |\n|---|---|---|\n{table}".replace("%", " %"),
        [
            Question(
                "Is the model over-confident or under-confident? Say how the picture shows "
                "it.",
                2,
                "Over-confident: what came true lies nearer to one half than what was "
                "said, above the line at the left and below it at the right. (1 each.)",
                lines=2,
            ),
            Question(
                "Which of the four gaps may be chance alone?",
                2,
                "Those at 40 % and 70 %: their discs are within the grey bars. (1 each; a "
                "wrong one takes 1 off.)",
                lines=1,
            ),
            Question(
                "Compute the expected calibration error.",
                2,
                f"The gaps are {row(gaps)}, with a hundred songs each: "
                f"{number(error, '.4g')}. (1 "
                "for the gaps, 1 for their mean.)",
                lines=2,
            ),
            Question(
                "You divide all its logits by one temperature $T$. Should $T$ be above or "
                "below 1? What happens to the share of right answers?",
                2,
                "Above 1: that draws all claims towards one half (1). It stays: no answer "
                "changes sides (1).",
                lines=2,
            ),
            Question(
                "By which kind of score is a forecaster never better off than with the "
                "truth?",
                1,
                "A proper one, such as the log score or the Brier score.",
                lines=1,
            ),
        ],
        "Two readings of the picture (4), four differences and their mean (2), two short "
        "answers (3).",
        figure=drawn(ax),
        alt="Four discs against the diagonal: at 10 % said, 20 % came true; at 40 %, 42 %; at "
        "70 %, 62 %; at 90 %, 74 %. The two in the middle lie within their grey bars.",
    )


def rare() -> Task:
    weight, claimed, miss = 9, 0.6, 4
    odds = claimed / (1 - claimed) / weight
    world, threshold = odds / (1 + odds), 1 / (1 + miss)
    classes, epsilon = 4, 0.2
    target = np.full(classes, epsilon / classes)
    target[0] += 1 - epsilon
    least = float(entropy(target))
    return Task(
        "A rare genre",
        (CHANGING,),
        f"One song in ten is Jazz. A model was trained with the weight {weight} on Jazz "
        f"songs and 1 on all others, and learned all that there is to learn. It says "
        f"{claimed:g} for Jazz.",
        [
            Question(
                "How probable is Jazz in the world?",
                3,
                f"The weight multiplies the odds: $1.5 / 9 = \\frac16$ (2), so "
                f"{number(world, '.4g')}, "
                "or ⅐ (1).",
                lines=3,
            ),
            Question(
                f"To miss a Jazz song costs {miss} times as much as a false alarm. Which "
                f"answer "
                "is cheaper here, yes or no?",
                2,
                f"Yes is worth saying from 1/(1 + {miss}) = {threshold:g} on (1). With "
                f"{number(world, '.4g')} it is no (1).",
                lines=2,
            ),
            Question(
                "Somebody smooths the labels of four classes with $\\varepsilon = 0.2$, in "
                "the convention $(1 - \\varepsilon) \\cdot \\text{onehot} + \\varepsilon / "
                "K$. Write the target of a Rock song. Can a model’s smoothed loss reach 0? "
                "One reason.",
                3,
                f"{row(target)} (1). No (1): the target has an entropy, {least:.4f} nats, "
                f"and no "
                "cross-entropy to it is lower (1).",
                lines=3,
            ),
        ],
        "Two short computations (5), one target and a reason (3).",
    )


def run() -> Task:
    classes, leads = 10, [0.0, 2.0, 6.0, 30.0]
    shown = []
    for lead in leads:
        q = softmax(np.eye(classes)[0] * lead)
        shown.append(float(softmax_cross_entropy(q, 0)))
    start, least = math.log(classes), math.log(math.e + classes - 1) - 1
    rows = "\n".join(
        f"| {step} | {loss:.4f} | {share} |"
        for step, loss, share in zip(
            [0, 100, 300, 3000], shown, ["10 %", "97 %", "100 %", "100 %"], strict=True
        )
    )
    return Task(
        "A run that stands still",
        (MACHINE,),
        "A network learns ten genres in PyTorch. On its training songs it prints\n\n"
        f"| step | mean loss | right answers |\n|---|---|---|\n{rows}\n\n"
        "and the loss falls no further. The line of the loss is\n\n"
        "```\nloss = F.cross_entropy(torch.softmax(logits, dim=1), y)\n```",
        [
            Question(
                "Is the first loss as it should be? Give the number that you compare it "
                "with.",
                2,
                f"Yes: who knows nothing pays $\\ln 10 = {start:.4f}$ nats. (1 for the "
                f"chance "
                "line, 1 for the number.)",
                lines=1,
            ),
            Question(
                "Every answer is right. What is wrong with the loss, and how do you mend "
                "the line?",
                3,
                "A softmax too many: `F.cross_entropy` has one inside (2). Mended it is "
                "`F.cross_entropy(logits, y)` (1).",
                lines=3,
            ),
            Question(
                "What is the lowest mean loss that this line can show for ten classes?",
                3,
                "The probabilities (1, 0, …, 0) are taken for logits (1): "
                f"$\\ln(e + 9) - 1$ (1) $= {least:.4f}$ nats (1).",
                lines=3,
            ),
        ],
        "One known number (2), one diagnosis (3), one short computation (3).",
    )


def tokens() -> Task:
    size = 30
    count, price = np.array([10, 6]), np.array([2.0, 3.2])
    total = count * price
    per_byte, perplexity = total * BITS / size, np.exp(price)
    return Task(
        "Two language models",
        (WORLD,),
        f"A text has {size} bytes. Model A cuts it into {count[0]} tokens and pays "
        f"{price[0]:g} nats for each; model B cuts it into {count[1]} and pays "
        f"{price[1]:g}.",
        [
            Question(
                "Compute the perplexity per token of both.",
                2,
                f"$e^{{2}} = {perplexity[0]:.3f}$ and $e^{{3.2}} = {perplexity[1]:.2f}$. "
                f"(1 each.)",
                lines=2,
            ),
            Question(
                "Compute the bits per byte of both. Which model is better on this text?",
                3,
                f"A pays {total[0]:g} nats and B {total[1]:g} (1), which is "
                f"{per_byte[0]:.4f} and {per_byte[1]:.4f} bits per byte (1). B is better "
                f"(1).",
                lines=3,
            ),
            Question(
                "Why does the perplexity say the opposite? One sentence.",
                1,
                "It is a price per token, and a token of B is longer.",
                lines=1,
            ),
        ],
        "Two powers of e (2), two divisions and a comparison (3), one sentence (1).",
    )
