"""Codes for beliefs with equal shares, with a certainty, and with what is ruled out."""

from collections.abc import Iterator

from ce_lib.explorers.two_distributions import code_lengths

from . import Case


def cases() -> Iterator[Case]:
    for q in (
        [0.6, 0.3, 0.1],
        [0.5, 0.3, 0.2],
        [1 / 3, 1 / 3, 1 / 3],
        [0.25, 0.25, 0.25, 0.25],
        [0.1, 0.2, 0.3, 0.4],
        [1 / 6] * 6,
        [0.6, 0.4, 0.0],
        [1.0, 0.0],
    ):
        yield "codeLengths", (q,), code_lengths(q)
