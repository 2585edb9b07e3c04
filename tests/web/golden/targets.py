"""Hard and smoothed targets in both conventions."""

from collections.abc import Iterator

from ce_lib import targets

from . import Case


def cases() -> Iterator[Case]:
    for k in (2, 4, 6):
        hard = targets.one_hot(k - 1, k)
        yield "oneHot", (k - 1, k), hard
        for epsilon in (0.0, 0.1, 1.0):
            for convention in ("uniform", "others"):
                smooth = targets.smooth_labels(hard, epsilon, convention)
                yield "smoothLabels", (hard, epsilon, convention), smooth
