"""The running example: four genres, two predictions, five songs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "BAD",
    "BATCH_Q",
    "BATCH_Y",
    "GENRES",
    "GOOD",
    "LOGITS",
    "TRUE_GENRE",
]

Float64 = NDArray[np.float64]


def _read_only(values: object) -> Float64:
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array


#: The classes, in the order used everywhere.
GENRES = ("Rock", "Pop", "Jazz", "Classical")

#: The index of the genre of the example song: Rock.
TRUE_GENRE = 0

#: A good prediction for that song, and a bad one.
GOOD = _read_only([0.7, 0.1, 0.1, 0.1])
BAD = _read_only([0.1, 0.3, 0.3, 0.3])

#: Raw scores of the classifier for that song, before the softmax.
LOGITS = _read_only([2.1, -0.5, -0.3, -0.1])

#: Predictions for a batch of five songs, one row each, and their true genres.
#: Rock and Pop tie in the fourth row, and a tie is not a correct prediction.
BATCH_Q = _read_only(
    [
        [0.7, 0.1, 0.1, 0.1],
        [0.2, 0.6, 0.1, 0.1],
        [0.1, 0.2, 0.5, 0.2],
        [0.3, 0.3, 0.2, 0.2],
        [0.4, 0.2, 0.2, 0.2],
    ]
)
BATCH_Y = np.array([0, 1, 2, 0, 3])
BATCH_Y.flags.writeable = False
