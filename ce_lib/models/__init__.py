"""Softmax regression from scratch, with scikit-learn's habits, and character n-grams."""

from ce_lib.models.ngram import NGram
from ce_lib.models.softmax_regression import SoftmaxRegression

__all__ = ["NGram", "SoftmaxRegression"]
