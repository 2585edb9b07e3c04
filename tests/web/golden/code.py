"""Codes and messages: for equal shares, for a certainty, and with what is ruled out."""

from collections.abc import Iterator

from ce_lib.explorers.code import code_words, message
from ce_lib.explorers.two_distributions import code_lengths

from . import Case


def cases() -> Iterator[Case]:
    for q in (
        [0.5, 0.25, 0.125, 0.125],
        [0.125, 0.125, 0.25, 0.5],
        [1 / 6] * 6,
        [0.05, 0.5, 0.25, 0.1, 0.07, 0.03],
        [0.6, 0.4, 0.0],
        [0.0, 1.0],
    ):
        lengths = code_lengths(q).tolist()
        yield "codeWords", (lengths,), code_words(lengths)
        for seed in (1, 999):
            yield "message", (q, seed, 40), message(q, seed, 40)
