"""What is averaged.

The loss of each case is right, and their mean is not what you think.
"""

from __future__ import annotations

from ce_lib.clinic._symptom import Cause, complaint

ORDER = 7

PARTS = "pytorch-in-practice#one-batch-in-several-parts"
ROWS = "pytorch-in-practice#rows-that-should-not-count"
DIVISORS = "weights-and-focal-loss#divided-by-what"

accumulation_differs = complaint(
    "Gradient accumulation gives another loss",
    Cause(
        "Means of unequal parts are averaged. Sum in each part, and divide once, by "
        "the count of the whole batch.",
        "How many tokens count in each part? Equal counts hide it.",
        PARTS,
    ),
    Cause(
        "The means are summed, and not divided by the number of parts.",
        "`loss / parts` before `backward()`",
        PARTS,
    ),
    Cause(
        "Something looks at the batch as a whole: batch norm, weights, contrastive "
        "pairs.",
        "The same parts, without it",
        DIVISORS,
    ),
    asked=(
        "gradient accumulation different loss",
        "gradient accumulation with unequal token counts",
        "micro-batches loss differs",
    ),
)

processes_differ = complaint(
    "With several GPUs the loss is another one",
    Cause(
        "Gradients are averaged over the processes, whatever counts in each: a mean of "
        "means.",
        "`W * sum / count`, with the count of all processes",
        PARTS,
    ),
    Cause(
        "What is printed is the loss of the first process alone.",
        "`dist.all_reduce` of sum and count",
        PARTS,
    ),
    Cause(
        "The batch is W times as large, and the rate is not.",
        "Compare after as many cases, not steps",
        "softmax-regression#a-part-of-the-songs-at-a-time",
    ),
    asked=(
        "mean over GPUs with unequal batches",
        "DistributedDataParallel loss differs",
        "multi-GPU loss average",
        "DataParallel loss biased",
    ),
)

mean_is_not_the_weighted_mean = complaint(
    "With class weights the mean is not the mean of the weighted losses",
    Cause(
        "`F.cross_entropy` divides by the sum of the weights of the targets, not by N.",
        "`(w[y] * losses).sum() / w[y].sum()`",
        DIVISORS,
    ),
    Cause(
        "With probabilities as targets it divides by N; so do Keras and the binary "
        "losses.",
        "Both kinds of targets, on one batch",
        DIVISORS,
    ),
    asked=(
        "weight reduction mean wrong",
        "weighted cross entropy mean divides by",
        "CrossEntropyLoss weight mean not mean of weighted losses",
    ),
)

weights_have_no_effect = complaint(
    "Class weights have no effect",
    Cause(
        "The batch holds one case: its weight cancels in the weighted mean.",
        '`reduction="sum"`, or a larger batch',
        DIVISORS,
    ),
    Cause(
        "All cases of a batch have one class, so the weight cancels as well.",
        "`y.unique()`",
        DIVISORS,
    ),
    Cause(
        "A column of weights met a row of losses: each weight counts for each case.",
        "`(w * losses).shape`",
        "pytorch-in-practice#what-a-target-may-be",
    ),
    asked=(
        "class weights batch size 1",
        "CrossEntropyLoss weight has no effect",
        "weights ignored",
    ),
)

padding_counts = complaint(
    "The more padding, the better the loss",
    Cause(
        'Padding is in the mean, as losses of 0: `reduction="none"`, then a mean.',
        "`losses.sum() / (y != -100).sum()`",
        ROWS,
    ),
    Cause(
        "Padding is foretold like text, and easy: its targets are not −100.",
        "`(y == pad).sum()`",
        ROWS,
    ),
    asked=(
        "padding tokens in the loss",
        "do padding tokens count",
        "loss depends on padding",
    ),
)

mean_or_sum = complaint(
    "A sum in place of a mean, and training changes",
    Cause(
        "All slopes are N times as long: plain gradient descent needs a rate N times "
        "smaller.",
        "A rate of `lr / N`: does it learn as before?",
        ROWS,
    ),
    Cause(
        "A penalty on the weights stays as it was, and is N times weaker beside the "
        "sum.",
        "The same penalty, times N: does it learn as before?",
        "maximum-likelihood#a-price-on-large-weights-is-a-prior",
    ),
    asked=("mean or sum over the batch", "reduction sum learning rate"),
)

two_libraries_differ = complaint(
    "Two libraries give two losses",
    Cause(
        "One takes logits, the other probabilities.",
        "A batch of two rows, by hand",
        "pytorch-in-practice#one-batch-one-right-loss",
    ),
    Cause(
        "The means divide by different things: weights, entries, cases.",
        '`reduction="none"` in both',
        DIVISORS,
    ),
    Cause(
        "One clips, or scales rows to the sum 1.",
        "A probability of 0 on the truth: what does it cost?",
        "logsumexp#where-it-bites-what-a-clip-hides",
    ),
    Cause(
        "ε of label smoothing has two conventions.",
        "An ε of PyTorch takes ε · (K − 1)/K from the truth, the other takes ε: print "
        "a row of the targets.",
        "label-smoothing#two-conventions",
    ),
    asked=(
        "PyTorch and Keras loss differ",
        "scikit-learn log_loss differs from PyTorch",
    ),
)
