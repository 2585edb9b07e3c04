"""Calibration: do stated probabilities come true as often as they say.

Forecasts and outcomes are read as in ``ce_lib.scoring``: rows over K classes or one
probability of yes per case, class indices or labels, weights that count cases.
"""

from ce_lib.calibration.curve import ReliabilityCurve, reliability_curve
from ce_lib.calibration.error import (
    classwise_calibration_error,
    expected_calibration_error,
)
from ce_lib.calibration.temperature import fit_temperature

__all__ = [
    "ReliabilityCurve",
    "classwise_calibration_error",
    "expected_calibration_error",
    "fit_temperature",
    "reliability_curve",
]
