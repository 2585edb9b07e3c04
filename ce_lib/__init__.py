"""Cross-entropy and its relatives, accurate to the last digits, in NumPy.

The modules, from the bottom up: `numerics` (logsumexp, softmax, sigmoid),
`information` (entropy, cross-entropy, KL divergence of distributions),
`targets` (one-hot and smoothed labels) and `losses` (from logits). `genres`
holds the running example of the book.
"""

from ce_lib.information import cross_entropy, entropy, kl_divergence, surprisal
from ce_lib.losses import softmax_cross_entropy, softmax_cross_entropy_with_grad
from ce_lib.numerics import log_sigmoid, log_softmax, logsumexp, sigmoid, softmax
from ce_lib.targets import one_hot, smooth_labels

__all__ = [
    "cross_entropy",
    "entropy",
    "kl_divergence",
    "log_sigmoid",
    "log_softmax",
    "logsumexp",
    "one_hot",
    "sigmoid",
    "smooth_labels",
    "softmax",
    "softmax_cross_entropy",
    "softmax_cross_entropy_with_grad",
    "surprisal",
]
