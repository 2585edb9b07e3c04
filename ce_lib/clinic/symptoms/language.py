"""Language models.

Losses per token, and what they count.
"""

from __future__ import annotations

from ce_lib.clinic._symptom import Cause, complaint

ORDER = 8

nearly_nothing_per_token = complaint(
    "A language model’s loss falls to nearly 0",
    Cause(
        "The targets are not shifted: it copies the token that it sees. `labels = "
        "input_ids` is right only where the library shifts them itself.",
        "`labels[:, :5], input_ids[:, :5]`, as they reach the loss",
        "language-models#the-target-is-the-next-token-who-shifts",
    ),
    Cause(
        "The attention sees the future: the mask is missing.",
        "Change the last token: does any earlier logit move?",
        "language-models#the-target-is-the-next-token-who-shifts",
    ),
    Cause(
        "The texts repeat themselves, or the same text is in training and test.",
        "Is a sentence of the test in the training data?",
    ),
    asked=(
        "labels = input_ids who shifts them",
        "language model loss near zero",
        "causal LM loss too low",
    ),
)

shifted_twice = complaint(
    "A language model’s loss stays high, and its texts are odd",
    Cause(
        "The targets are shifted twice, by you and by the library: it learns to "
        "foretell the token after the next.",
        "`labels == input_ids`, where the library shifts",
        "language-models#the-target-is-the-next-token-who-shifts",
    ),
    Cause(
        "The prompt is priced along with the answer.",
        "The mean over the answer’s tokens alone",
        "language-models#what-is-charged-and-what-is-in-view",
    ),
    Cause(
        "Each window starts without context, and its first tokens cost most.",
        "The loss by position in the window",
        "language-models#what-is-charged-and-what-is-in-view",
    ),
    asked=(
        "labels shifted twice",
        "language model loss higher than expected",
        "shift labels",
    ),
)

what_is_minus_100 = complaint(
    "What do −100 and `ignore_index=-1` ignore?",
    Cause(
        "Targets of that value, wherever they stand: it is a value, not a position. −1 "
        "is no last token.",
        "`(y == -100).sum()`",
        "pytorch-in-practice#rows-that-should-not-count",
    ),
    Cause(
        "It must be no token. A text padded with symbol 0 ignores every true 0 with "
        "`ignore_index=0`.",
        "Is the pad symbol one of the vocabulary?",
        "pytorch-in-practice#rows-that-should-not-count",
    ),
    asked=(
        "what is -100",
        "why ignore_index=-1",
        "ignore_index -100 labels",
        "do padding tokens count in the loss",
    ),
)

perplexities_do_not_compare = complaint(
    "Two perplexities do not compare",
    Cause(
        "They are per token, of different tokenisers: a longer token costs more. "
        "Compare totals of one text, or bits per byte.",
        "`total_nats / math.log(2) / len(text.encode())`",
        "surprise-and-cross-entropy#where-it-bites-whose-bits",
    ),
    Cause(
        "The windows, or the tokens that count, are not the same.",
        "How much context has each token?",
        "language-models#what-is-charged-and-what-is-in-view",
    ),
    Cause(
        "One is a mean of perplexities, the other e to the mean.",
        "`math.exp(total_nats / tokens)`",
        "log-curve#perplexity-how-many-classes-would-cost-the-same",
    ),
    asked=(
        "compare perplexity of two tokenizers",
        "perplexity different tokenizers",
        "bits per byte",
        "perplexity too high",
    ),
)
