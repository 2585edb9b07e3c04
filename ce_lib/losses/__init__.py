"""Losses from logits: softmax cross-entropy and its family, one family per file.

Keywords that PyTorch has carry PyTorch's name, meaning and default; ``axis`` is the
class axis, as in SciPy. Every loss is at least 0 and has a sibling ``..._with_grad``
that also returns the gradient with respect to the logits, or to the layer that makes
them.

Read `_view` first: every loss of rows is a formula for what it returns. `_blocks`
computes the most common case of one of them again, faster, and `_rows` walks the
batch. ``linear`` makes the logits on the way. `_elements` does so for losses that have
one logit each.
"""

from ce_lib.losses.binary import (
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_with_grad,
    sigmoid_focal_loss,
    sigmoid_focal_loss_with_grad,
)
from ce_lib.losses.brier import brier_loss, brier_loss_with_grad
from ce_lib.losses.distillation import distillation_loss, distillation_loss_with_grad
from ce_lib.losses.focal import focal_loss, focal_loss_with_grad
from ce_lib.losses.linear import linear_cross_entropy, linear_cross_entropy_with_grad
from ce_lib.losses.softmax import (
    perplexity,
    softmax_cross_entropy,
    softmax_cross_entropy_with_grad,
)

__all__ = [
    "binary_cross_entropy_with_logits",
    "binary_cross_entropy_with_logits_with_grad",
    "brier_loss",
    "brier_loss_with_grad",
    "distillation_loss",
    "distillation_loss_with_grad",
    "focal_loss",
    "focal_loss_with_grad",
    "linear_cross_entropy",
    "linear_cross_entropy_with_grad",
    "perplexity",
    "sigmoid_focal_loss",
    "sigmoid_focal_loss_with_grad",
    "softmax_cross_entropy",
    "softmax_cross_entropy_with_grad",
]
