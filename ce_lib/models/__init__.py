"""Softmax regression from scratch, with scikit-learn's habits."""

from ce_lib.models.softmax_regression import SoftmaxRegression

__all__ = ["SoftmaxRegression"]
