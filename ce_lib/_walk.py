"""Batches walked in blocks: whatever their length and layout, little is copied at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Bytes worked on at a time: few enough for the cache, and with a few numbers per row
#: the only extra memory a loss needs, however long the batch.
BLOCK = 2**21

#: Bytes that a formula takes for a number: about sixteen temporaries.
TEMPORARIES = 128


def blocks(n: int, k: int, itemsize: int = TEMPORARIES) -> Iterator[slice]:
    """Yield n rows of k classes in blocks, for some bytes per number."""
    step = rows_per_block(k, itemsize)
    for start in range(0, n, step):
        yield slice(start, min(start + step, n))


def rows_per_block(k: int, itemsize: int) -> int:
    """Return how many rows of k classes to work on at a time."""
    return max(1, BLOCK // (itemsize * max(k, 16)))


def take_rows(array: NDArray[Any], lead: tuple[int, ...], rows: slice) -> NDArray[Any]:
    """Return some rows of an array whose first axes, ``lead``, count its rows.

    Where no view can do, as in an image whose class axis was moved, only the rows that
    are asked for are copied.
    """
    if len(lead) == 1:
        return array[rows]
    if array.flags.c_contiguous or not lead:
        return array.reshape(math.prod(lead), *array.shape[len(lead) :])[rows]
    chosen: NDArray[Any] = array[_places(lead, rows)]
    return chosen


def put_rows(
    array: NDArray[Any], lead: tuple[int, ...], rows: slice, values: NDArray[Any]
) -> None:
    """Write some rows of an array, of which `take_rows` may have given a copy."""
    if array.flags.c_contiguous:
        array.reshape(math.prod(lead), *array.shape[len(lead) :])[rows] = values
    else:
        array[_places(lead, rows)] = values


def _places(lead: tuple[int, ...], rows: slice) -> tuple[NDArray[np.intp], ...]:
    """Return the indices of some rows along each of the axes that count them."""
    return np.unravel_index(np.arange(rows.start, rows.stop), lead)


def chunks(
    arrays: list[NDArray[Any]], size: int = BLOCK // TEMPORARIES
) -> Iterator[tuple[NDArray[np.float64], ...]]:
    """Yield the numbers of some arrays side by side as vectors of float64.

    The arrays are broadcast to each other. A vector holds only until the next one.
    """
    walk: Any = np.nditer(
        arrays,
        flags=["external_loop", "buffered", "zerosize_ok"],
        op_dtypes=[np.float64] * len(arrays),
        casting="unsafe",  # the types were looked at; a wider float may be out of range
        order="C",
        buffersize=size,
    )
    with walk:
        for vectors in walk:
            yield vectors if isinstance(vectors, tuple) else (vectors,)
