"""Two questions to bet on for each chapter."""

from __future__ import annotations

import numpy as np

from ce_lib.information import entropy
from ce_lib.practice.exercise import Option
from ce_lib.practice.quiz import Question
from ce_lib.targets import one_hot, smooth_labels

_CODE = np.array([1 / 2, 1 / 4, 1 / 8, 1 / 8])
_LENGTH = float(entropy(_CODE, base=2))
_SMOOTH = float(entropy(smooth_labels(one_hot(0, 4), 0.1)))

QUESTIONS = (
    # The genre classifier
    Question(
        "bet-other-genres",
        "The song is Rock, and a model says 0.7 for it. You move all of the other 0.3 "
        "to Jazz. What happens to the loss?",
        "stays",
        (
            Option("rises", "It rises.", "The loss has not looked at Jazz at all."),
            Option("falls", "It falls.", "Rock has what it had."),
            Option(
                "depends",
                "That depends on the logits.",
                "The logits matter through Rock's probability only, and that is given.",
            ),
            Option(
                "stays",
                "It stays.",
                "Only the probability of what happened is charged.",
            ),
        ),
    ),
    Question(
        "bet-gap",
        "On one song, model A pays ln 7 nats less than model B. What follows?",
        "ratio",
        (
            Option(
                "ratio",
                "A gave the truth seven times B's probability.",
                "A difference of prices is the logarithm of a ratio.",
            ),
            Option(
                "points",
                "A gave the truth seven points more.",
                "From 1 % to 7 % the gap is ln 7, and from 10 % to 70 % as well.",
            ),
            Option(
                "right",
                "A was right and B was wrong.",
                "Both may have put the same genre first.",
            ),
            Option(
                "often",
                "A will be right seven times as often.",
                "One song says little about the next.",
            ),
        ),
    ),
    # Surprise, entropy and cross-entropy
    Question(
        "bet-codewords",
        "Four genres come up with probabilities ½, ¼, ⅛ and ⅛. How many bits per song "
        "does the best code need on average?",
        "entropy",
        (
            Option("two", "2", "That is the best for four equally likely genres."),
            Option("more", "2½", "Two bits for every genre would already do better."),
            Option(
                "entropy",
                f"{_LENGTH:g}",
                "Lengths 1, 2, 3 and 3: every surprise is a whole number of bits here.",
            ),
            Option("less", "1½", "That is below the entropy, which no code can be."),
        ),
    ),
    Question(
        "bet-density",
        "The differential entropy of a density is negative. What does that say?",
        "narrow",
        (
            Option(
                "error",
                "Somebody made a mistake.",
                "A density may exceed 1, and then −ln of it is negative.",
            ),
            Option(
                "narrow",
                "The density is narrow in the unit chosen.",
                "Measured in a smaller unit, the same variable has a positive one.",
            ),
            Option(
                "code",
                "A code needs less than no bits.",
                "A differential entropy is no code length.",
            ),
            Option(
                "certain",
                "The outcome is certain.",
                "Then it would be −∞. A narrow density still leaves doubt.",
            ),
        ),
    ),
    # Floor plus excess
    Question(
        "bet-floor",
        "Every label is one-hot. How low can the mean loss on fresh songs get?",
        "conditional",
        (
            Option("zero", "To 0.", "Equal features may carry different labels."),
            Option(
                "chance",
                "To ln K.",
                "That is the price of knowing nothing. Features do better.",
            ),
            Option(
                "prior",
                "To H(Y).",
                "That is the price without looking at the features.",
            ),
            Option(
                "conditional",
                "To H(Y | X).",
                "What the features leave open is paid by everybody.",
            ),
        ),
    ),
    Question(
        "bet-direction",
        "P is the data, Q the model. Which divergence does cross-entropy training lower?",
        "forward",
        (
            Option(
                "forward",
                "D(P‖Q)",
                "H(P, Q) is H(P) plus this, and H(P) does not depend on the model.",
            ),
            Option(
                "reverse", "D(Q‖P)", "The average runs over the data, not the model."
            ),
            Option(
                "both",
                "Both by the same amount",
                "Only one of the two stands in H(P, Q).",
            ),
            Option("none", "Neither", "The excess is what training can lower."),
        ),
    ),
    # The −log q curve
    Question(
        "bet-certain",
        "What is the slope of −ln q in q at q = 1?",
        "one",
        (
            Option("one", "−1", "−1/q at q = 1."),
            Option(
                "zero",
                "0",
                "The slope is −1/q. The curve reaches 0 without flattening.",
            ),
            Option("infinite", "−∞", "That is its slope at the other end."),
            Option("plus", "+1", "The price falls as q grows."),
        ),
    ),
    Question(
        "bet-doubling",
        "Which step saves more nats: from 1 % to 2 %, or from 45 % to 90 %?",
        "same",
        (
            Option(
                "first",
                "The first",
                "The curve is steeper there, and the step shorter.",
            ),
            Option(
                "second",
                "The second",
                "More points of probability, but the same ratio.",
            ),
            Option(
                "same", "Both the same", "A doubling saves ln 2, wherever it starts."
            ),
        ),
    ),
    # The gradient
    Question(
        "bet-sum",
        "What do the entries of ∂L/∂z sum to?",
        "zero",
        (
            Option(
                "one", "1", "q sums to 1, and so does the target that is subtracted."
            ),
            Option(
                "loss",
                "The loss",
                "∂L/∂z knows q and the target, not the price.",
            ),
            Option("depends", "That depends on q", "It is the same for every q."),
            Option("zero", "0", "Raising all logits alike changes nothing."),
        ),
    ),
    Question(
        "bet-rivals",
        "Rock is true, the model says (0.7, 0.2, 0.05, 0.05). A step of descent on the "
        "logits lowers Pop by how many times as much as Jazz?",
        "four",
        (
            Option(
                "same", "As much", "The entry of a wrong genre is its own probability."
            ),
            Option("four", "Four times", "Each wrong genre falls by its probability."),
            Option("sixteen", "Sixteen times", "Nothing is squared here."),
            Option(
                "none",
                "Neither moves",
                "Only the price ignores them. The push does not.",
            ),
        ),
    ),
    # Squared error
    Question(
        "bet-sure-and-wrong",
        "A sigmoid unit is wrong, and gets ever surer. What does the slope of (1 − q)² in "
        "its logit approach?",
        "zero",
        (
            Option("two", "−2", "That is the slope in q. The sigmoid is flat there."),
            Option("one", "−1", "That is what cross-entropy's slope approaches."),
            Option("infinite", "−∞", "Nothing explodes in the logit."),
            Option("zero", "0", "−2q(1 − q)² has a factor q that nothing cancels."),
        ),
    ),
    Question(
        "bet-convex",
        "In what is cross-entropy with a softmax convex, whatever the network?",
        "logits",
        (
            Option(
                "weights",
                "In all weights",
                "Hidden layers break that: weights multiply each other.",
            ),
            Option("logits", "In the logits", "There the curvature is a variance."),
            Option(
                "nothing",
                "In nothing",
                "In the logits its second derivative is a variance.",
            ),
        ),
    ),
    # Brier and log score
    Question(
        "bet-local",
        "Rock is true. You move probability from Pop to Jazz. Which score can change?",
        "brier",
        (
            Option("log", "The log score only", "It looks at Rock alone."),
            Option("brier", "The Brier score only", "It squares every entry."),
            Option("both", "Both", "One of them looks at Rock alone."),
            Option("none", "Neither", "One of them squares every entry."),
        ),
    ),
    Question(
        "bet-one-miss",
        "A forecaster said 99 % once, and it did not happen. Is she over-confident?",
        "unknown",
        (
            Option("yes", "Yes", "One time in a hundred is what 99 % promises."),
            Option("no", "No", "One case cannot show that either."),
            Option(
                "unknown",
                "One forecast cannot tell",
                "Over-confidence is a frequency, and takes many forecasts.",
            ),
        ),
    ),
    # LogSumExp
    Question(
        "bet-shift",
        "float32: you add 1000 to each of the song's logits, 2.1, −0.5, −0.3 and −0.1, and "
        "take the log-softmax. What does that do to the loss?",
        "digits",
        (
            Option(
                "nothing",
                "Nothing at all",
                "In exact arithmetic. But what is left of such a logit once it is stored?",
            ),
            Option(
                "digits",
                "It changes the last digits.",
                "The larger a logit, the fewer digits are kept behind its point.",
            ),
            Option(
                "nan",
                "It makes it NaN.",
                "Log-softmax subtracts the largest logit in time.",
            ),
            Option(
                "large",
                "It adds 1000.",
                "LSE grows by 1000, and so does the true logit.",
            ),
        ),
    ),
    Question(
        "bet-naive",
        "float32, no precautions: what is exp(z) / Σ exp(z) for z = (−1000, −1001, −999)?",
        "nan",
        (
            Option(
                "right",
                "The right softmax",
                "That needs three exponentials above 0. Are they, in float32?",
            ),
            Option(
                "nan",
                "NaN, three times",
                "All underflow, and 0 divided by 0 has no value.",
            ),
            Option("zeros", "0, three times", "Below the line stands 0 as well."),
            Option("even", "1/3, three times", "Equal shares of what? The sum is 0."),
        ),
    ),
    # Label smoothing
    Question(
        "bet-smooth-floor",
        "Four classes, ε = 0.1. What is the lowest smoothed loss a model can reach?",
        "floor",
        (
            Option(
                "floor",
                f"About {_SMOOTH:.2f} nats",
                "The entropy of the target, reached when the model equals it.",
            ),
            Option("zero", "0 nats", "Only a one-hot target has the floor 0."),
            Option("epsilon", "0.1 nats", "ε is a share of probability, not a price."),
            Option(
                "chance",
                f"ln 4, about {np.log(4):.2f} nats",
                "Even shares pay that.",
            ),
        ),
    ),
    Question(
        "bet-smooth-push",
        "Four classes, ε = 0.1, and the model gives a wrong class 0.01. Where does a step "
        "of descent move the logit of that class?",
        "up",
        (
            Option("up", "Up", "It holds less than ε/4, its share of the target."),
            Option(
                "down",
                "Down",
                "Only if it held more than ε/4, its share of the target.",
            ),
            Option("stay", "Nowhere", "Its slope is 0.01 − ε/4, which is not 0."),
        ),
    ),
)
