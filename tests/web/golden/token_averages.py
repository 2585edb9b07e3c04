"""Tokens of two ranks: unequal counts, equal ones, a rank with none, and nothing at all."""

from collections.abc import Iterator

from ce_lib.explorers.token_averages import (
    average,
    gap,
    perplexity,
    reports,
    sharers,
    total,
    weights,
)

from . import Case

LOSSES = ([0.5, 1.5, 0.2, 0.2], [2.0, 1.0, 3.0, 2.0, 1.5, 2.5, 0.2, 0.2])
MASKS = (
    ([1, 1, 0, 0], [1, 1, 1, 1, 1, 1, 0, 0]),
    ([1, 0, 0, 1], [0, 1, 0, 0, 0, 0, 1, 0]),
    ([1, 1, 1, 1], [1] * 8),
    ([0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0]),
    ([0, 0, 0, 0], [0] * 8),
)
WAYS = ("means", "tokens", "slots")


def cases() -> Iterator[Case]:
    for masks in MASKS:
        halves = [total(*half) for half in zip(LOSSES, masks, strict=True)]
        for half, expected in zip(zip(LOSSES, masks, strict=True), halves, strict=True):
            yield "total", half, expected
        sums, tokens = ([half[i] for half in halves] for i in (0, 1))
        for way in WAYS:
            told = reports(sums, tokens, [4, 8], way)
            yield "reports", (sums, tokens, [4, 8], way), told
            yield "average", (told,), average(told)
            yield "sharers", (*masks, way), sharers(*masks, way)
            yield "weights", (*masks, way), weights(*masks, way)
    for pair in ((1.5, 1.75), (0.1 + 0.2, 0.3), (None, 1.0), (0.0, None)):
        yield "gap", (*pair, 1e-12), gap(*pair, 1e-12)
    for mean in (0.0, 1.75, None):
        yield "perplexity", (mean,), perplexity(mean)
