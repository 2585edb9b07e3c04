"""Scores of the pairs of distributions, for every outcome and in expectation."""

from collections.abc import Iterator

from ce_lib import scoring

from . import Case
from .information import PAIRS


def cases() -> Iterator[Case]:
    for p, q in PAIRS:
        for y in range(len(q)):
            yield "logScore", (q, y), scoring.log_score(q, y)
            yield "brierScore", (q, y), scoring.brier_score(q, y)
        yield "expectedLogScore", (p, q), scoring.expected_log_score(p, q)
        yield "expectedBrierScore", (p, q), scoring.expected_brier_score(p, q)
