"""Labels that were counted: some that never came, some that always did."""

from collections.abc import Iterator

from ce_lib.explorers.likelihood import (
    best_with,
    frequencies,
    interval,
    log_likelihood,
)

from . import Case

COUNTS = ([7, 2, 1], [7, 3], [28, 8, 4], [5, 0], [0, 4, 1], [1, 1, 1, 1], [40, 0, 0])


def cases() -> Iterator[Case]:
    for counts in COUNTS:
        even = [1 / len(counts)] * len(counts)
        ruled_out = [0.6, *[0.4 / (len(counts) - 1)] * (len(counts) - 1)][::-1]
        certain = [1.0, *[0.0] * (len(counts) - 1)]
        yield "frequencies", (counts,), frequencies(counts)
        yield "interval", (counts,), interval(counts)
        for q in (even, ruled_out, certain):
            yield "logLikelihood", (counts, q), log_likelihood(counts, q)
        for value in (0.0, 0.3, 1.0):
            yield "bestWith", (counts, value), best_with(counts, value)
