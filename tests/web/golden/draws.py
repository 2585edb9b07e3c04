"""Draws: few and many, and from seeds at both ends."""

from collections.abc import Iterator

from ce_lib.explorers.draws import draws

from . import Case


def cases() -> Iterator[Case]:
    for seed, count in ((1, 6), (999, 40), (2**32 - 1, 5)):
        yield "draws", (seed, count), draws(seed, count)
