"""Cross-entropy and its relatives, accurate to the last digits, in NumPy.

The modules, from the bottom up:

- `numerics`: logsumexp, softmax, log_softmax, sigmoid, log_sigmoid
- `information`: surprisal, entropy, cross-entropy, KL divergence of distributions
- `targets`: labels as class indices, one-hot and smoothed rows
- `losses`: softmax cross-entropy and its family, from logits, with gradients
- `scoring`: log score, Brier score, their decompositions, and the average forecast
- `calibration`: reliability curve, calibration error, temperature
- `models`: softmax regression from scratch, character n-grams
- `texts`: two texts to count letters in, and what makes 27 symbols of any
- `genres`: the running example, and songs whose true probabilities are known
- `audit`: whether another loss tells the truth
- `clinic`: what the numbers of a training run say
"""

from ce_lib.audit import AuditReport, audit_loss
from ce_lib.calibration import (
    ReliabilityCurve,
    classwise_calibration_error,
    expected_calibration_error,
    fit_temperature,
    reliability_curve,
)
from ce_lib.clinic import ClinicReport, diagnose
from ce_lib.genres import GenreWorld
from ce_lib.information import (
    cross_entropy,
    entropy,
    js_divergence,
    kl_divergence,
    renormalise,
    surprisal,
)
from ce_lib.losses import (
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_with_grad,
    brier_loss,
    brier_loss_with_grad,
    distillation_loss,
    distillation_loss_with_grad,
    focal_loss,
    focal_loss_with_grad,
    linear_cross_entropy,
    linear_cross_entropy_with_grad,
    perplexity,
    sigmoid_focal_loss,
    sigmoid_focal_loss_with_grad,
    softmax_cross_entropy,
    softmax_cross_entropy_with_grad,
)
from ce_lib.models import NGram, SoftmaxRegression
from ce_lib.numerics import log_sigmoid, log_softmax, logsumexp, sigmoid, softmax
from ce_lib.scoring import (
    ExpectedScore,
    Pool,
    PooledScore,
    ScoreDecomposition,
    brier_decomposition,
    brier_score,
    expected_brier_score,
    expected_log_score,
    linear_pool,
    log_score,
    log_score_decomposition,
    pooled_log_score,
)
from ce_lib.targets import class_indices, one_hot, smooth_labels

__version__ = "0.1.0"

__all__ = [
    "AuditReport",
    "ClinicReport",
    "ExpectedScore",
    "GenreWorld",
    "NGram",
    "Pool",
    "PooledScore",
    "ReliabilityCurve",
    "ScoreDecomposition",
    "SoftmaxRegression",
    "audit_loss",
    "binary_cross_entropy_with_logits",
    "binary_cross_entropy_with_logits_with_grad",
    "brier_decomposition",
    "brier_loss",
    "brier_loss_with_grad",
    "brier_score",
    "class_indices",
    "classwise_calibration_error",
    "cross_entropy",
    "diagnose",
    "distillation_loss",
    "distillation_loss_with_grad",
    "entropy",
    "expected_brier_score",
    "expected_calibration_error",
    "expected_log_score",
    "fit_temperature",
    "focal_loss",
    "focal_loss_with_grad",
    "js_divergence",
    "kl_divergence",
    "linear_cross_entropy",
    "linear_cross_entropy_with_grad",
    "linear_pool",
    "log_score",
    "log_score_decomposition",
    "log_sigmoid",
    "log_softmax",
    "logsumexp",
    "one_hot",
    "perplexity",
    "pooled_log_score",
    "reliability_curve",
    "renormalise",
    "sigmoid",
    "sigmoid_focal_loss",
    "sigmoid_focal_loss_with_grad",
    "smooth_labels",
    "softmax",
    "softmax_cross_entropy",
    "softmax_cross_entropy_with_grad",
    "surprisal",
]
