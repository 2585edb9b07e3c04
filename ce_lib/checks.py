"""One home for input validation and its messages.

Every message names the argument, says what was expected and what came, and
names the row where one row is to blame. Nothing is repaired here: a value is
accepted as it is, or refused.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib._index import refuse_other_classes

#: Any floating-point array; index arrays are always ``NDArray[np.int64]``.
FloatArray = NDArray[np.floating[Any]]
IntArray = NDArray[np.int64]
Float64 = NDArray[np.float64]
Result = Any  # a float64 scalar or array, as NumPy functions return it

#: How far the sum of a probability row may lie from 1: room for a softmax in float32,
#: and four roundings where the type itself is coarser than that.
SUM_TOLERANCE = 1e-5
COARSE = {"float16": 4 * 2.0**-10, "bfloat16": 4 * 2.0**-7}

#: Floats that the package ml_dtypes adds to NumPy, which knows them by name alone.
ADDED_FLOATS = ("bfloat16", "float8_", "float6_", "float4_")

REDUCTIONS = ("mean", "sum", "none")


def as_array(value: ArrayLike, name: str) -> NDArray[Any]:
    """Return ``value`` as an array; a mask or ragged rows would be lost: refuse."""
    if holds_a_mask(value):
        raise TypeError(f"{name}: expected a plain array, got a masked array")
    if isinstance(value, dict):
        raise TypeError(
            f"{name}: expected an array in the order of its classes, got a dict"
        )
    try:
        return np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name}: expected a rectangular array; {error}") from None
    except (TypeError, RuntimeError) as error:  # a tensor that NumPy may not read
        raise TypeError(
            f"{name}: expected what NumPy can read, got {type(value).__name__}"
            f"{_tensor_way_out(value, name)} ({error})"
        ) from None


def _tensor_way_out(value: Any, name: str) -> str:
    """Return what makes an array of a PyTorch tensor, without importing PyTorch."""
    while isinstance(value, (list, tuple)) and value:
        value, name = value[0], "tensor"
    narrow = str(getattr(value, "dtype", "")).startswith(
        ("torch.bfloat", "torch.float8")
    )
    steps = [
        (getattr(value, "requires_grad", False), ".detach()"),
        (narrow, ".float()"),
        (str(getattr(value, "device", "cpu")) != "cpu", ".cpu()"),
    ]
    calls = "".join(call for wanted, call in steps if wanted)
    return f"; {name}{calls} can be read" if calls else ""


def holds_a_mask(value: Any) -> bool:
    """Tell whether a masked array is there, by itself or in a list."""
    if isinstance(value, (list, tuple)):
        return any(map(holds_a_mask, value))
    return isinstance(value, np.ma.MaskedArray)


def as_real(value: ArrayLike, name: str, booleans: bool = False) -> FloatArray:
    """Return ``value`` as float32 or float64, never modified.

    float32 and float64 stay what they are, narrower floats widen to float32, and
    integers become float64; so do ``booleans``, where 0 and 1 are meant.

    Raises
    ------
    TypeError
        For booleans, complex numbers, text, objects and masked arrays.
    """
    array = as_numbers(value, name, booleans)
    if array.dtype.char in "df":
        return array
    if is_narrow(array):
        return array.astype(np.float32)
    with np.errstate(all="ignore"):  # a wider float may be out of range
        return array.astype(np.float64)


def as_numbers(value: ArrayLike, name: str, booleans: bool = False) -> NDArray[Any]:
    """Return an array of real numbers of whatever type, to be widened in blocks."""
    array = as_array(value, name)
    kinds = "iufb" if booleans else "iuf"
    if array.dtype.kind in kinds or is_narrow(array):
        return array
    raise TypeError(f"{name}: expected real numbers, got {_kind_of(array, name)}")


def _kind_of(array: NDArray[Any], name: str) -> str:
    """Say what came where numbers were expected; an object may be one of them."""
    if array.dtype.kind != "O":
        return f"dtype {array.dtype}"
    entries = array.reshape(-1).tolist()
    number = (numbers.Number, np.bool_)
    odd = [repr(entry) for entry in entries if not isinstance(entry, number)]
    way_out = f"numbers as objects; {name}.astype(float) makes floats of them"
    return odd[0] if odd else way_out


def is_narrow(array: NDArray[Any]) -> bool:
    """Tell whether an array holds floats of 16 bits or fewer."""
    kind = array.dtype.char
    if kind in np.typecodes["All"]:
        return kind == "e"
    return array.dtype.name.startswith(ADDED_FLOATS)


def is_floating(array: NDArray[Any]) -> bool:
    """Tell whether an array holds floats of any width."""
    return array.dtype.kind == "f" or is_narrow(array)


def as_float64(
    value: ArrayLike, name: str, booleans: bool = False
) -> NDArray[np.float64]:
    """Return ``value`` as float64 and refuse NaN."""
    array = as_real(value, name, booleans).astype(np.float64, copy=False)
    refuse(np.isnan(array), array, name, "expected numbers", "NaN")
    return array


def as_logits(value: ArrayLike, name: str = "logits", axis: int = -1) -> NDArray[Any]:
    """Return ``value`` with its class axis, of at least one class, moved last.

    Narrow floats and integers are left as they are: widening them here would copy
    the whole batch, so that is done block by block, to `working_dtype`. The values
    are not looked at either; see `logit_rows`.
    """
    array = as_array(value, name)
    if array.dtype.char not in "dfelihbLIHB" and not is_narrow(array):
        array = as_real(array, name)
    return class_axis_last(array, name, axis)


def class_axis_last(array: NDArray[Any], name: str, axis: int) -> NDArray[Any]:
    """Return a view of ``array`` with its class axis, of at least one class, last."""
    if array.ndim and check_axis(axis, array.ndim) not in (-1, array.ndim - 1):
        array = np.moveaxis(array, axis, -1)  # costs as much as a small batch
    if not array.ndim or array.shape[-1] == 0:
        raise ValueError(
            f"{name}: expected shape (..., K) with at least one class, "
            f"got shape {array.shape}"
        )
    return array


def working_dtype(z: NDArray[Any]) -> type[np.float32] | type[np.float64]:
    """Return the precision to compute in: float32 for it and narrower floats."""
    return np.float32 if z.dtype.char == "f" or is_narrow(z) else np.float64


def logit_rows(
    rows: NDArray[Any], numbers: Sequence[int] | IntArray, name: str
) -> None:
    """Refuse rows that define no distribution: NaN, +inf, or -inf only.

    A single -inf is welcome: it says that the class is impossible.
    ``numbers`` holds the row numbers that the message should quote.
    """
    top = rows.max(axis=-1)  # NaN if the row holds one
    bad = ~np.isfinite(top)
    if not bad.any():
        return
    first = int(np.flatnonzero(bad)[0])
    row, value = rows[first], float(top[first])
    if value == -np.inf:
        came = "a row that is -inf everywhere"
    else:
        where = int(np.flatnonzero(np.isnan(row) | (row == np.inf))[0])
        came = f"{float(row[where])} at class {where}"
    raise ValueError(
        f"{name}: expected finite numbers (or -inf for an impossible class) "
        f"with one finite number per row, got {came} in row {int(numbers[first])}"
    )


def check_logits(z: FloatArray, name: str) -> None:
    """Apply `logit_rows` to every row of ``z``, of shape ``(..., K)``."""
    rows = z.reshape(-1, z.shape[-1])
    logit_rows(rows, range(len(rows)), name)


def as_indices(
    value: ArrayLike,
    shape: tuple[int, ...],
    num_classes: int,
    name: str = "targets",
    ignore_index: int | None = None,
    first: int = 0,
) -> tuple[IntArray, NDArray[np.bool_] | None]:
    """Return class indices and a mask of the rows that count.

    Returns
    -------
    indices : ndarray of int64, ``shape``
        Ignored entries are replaced by 0, so that they may be used to index.
    keep : ndarray of bool or None
        ``None`` when every row counts.

    Messages count rows from ``first``.
    """
    array = as_array(value, name)
    if array.size == 0 and array.dtype.kind == "f":
        array = array.astype(np.int64)  # [] is float64 to NumPy
    if array.dtype.kind == "b" and num_classes == 2:
        array = array.astype(np.int64)  # no and yes are the classes 0 and 1
    if array.shape != shape:
        hint = class_axis_hint(array.shape, shape, num_classes)
        raise ValueError(
            f"{name}: expected shape {shape}, got shape {array.shape}{hint}"
        )
    if array.dtype.kind not in "iu":
        raise TypeError(
            f"{name}: expected integer class indices, got dtype {array.dtype}"
            f"{_way_to_indices(array, name, first)}"
        )
    # Seen as unsigned, a negative index is a huge one: one comparison does both.
    # An unsigned input above 2**63 turns negative here and is refused as well.
    indices = array if array.dtype == np.int64 else array.astype(np.int64)
    inside = indices.view(np.uint64) < num_classes
    if np.count_nonzero(inside) == inside.size and (
        ignore_index is None or not 0 <= ignore_index < num_classes
    ):
        return indices, None
    if ignore_index is None:
        refuse_index(~inside, array, num_classes, name, "", first)
        return indices, None
    keep = array != ignore_index
    extra = f" or ignore_index={ignore_index}"
    refuse_index(keep & ~inside, array, num_classes, name, extra, first)
    return np.where(keep, indices, 0), keep


def _way_to_indices(array: NDArray[Any], name: str, first: int) -> str:
    """Return what makes class indices of an array that holds none, or what forbids it."""
    way_out = "; leave out the cases whose class is missing"
    entries = array.reshape(-1)
    if not is_floating(array):
        missing = array.dtype.kind == "O" and any(entry is None for entry in entries)
        made = f"; ce_lib.class_indices({name}, labels) makes them from labels"
        return f" with None{way_out}" if missing else made
    odd = np.flatnonzero(~np.isfinite(entries) | (entries != np.floor(entries)))
    if not odd.size:
        return f"; {name}.astype(int) makes them of these whole numbers"
    row, number = int(odd[0]), float(entries[odd[0]])
    place = f" with {number} in row {first + row}, which is no class"
    return place + (way_out if math.isnan(number) else "")


def class_axis_hint(
    came: tuple[int, ...], expected: tuple[int, ...], num_classes: int
) -> str:
    """Return a way out where the class axis is the second one, as in PyTorch."""
    if len(came) < 2 or came != (*expected[:1], *expected[2:], num_classes):
        return ""
    return (
        "; the class axis is the last one here: if yours is the second, as in PyTorch, "
        "move it with np.moveaxis(rows, 1, -1)"
    )


def refuse_index(
    bad: NDArray[np.bool_],
    array: NDArray[Any],
    k: int,
    name: str,
    extra: str,
    first: int,
) -> None:
    """Raise for the first index outside ``0 .. k-1``."""
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise ValueError(
            f"{name}: expected class indices 0 to {k - 1}{extra}, "
            f"got {int(array.reshape(-1)[row])} in row {first + row}"
        )


def as_distribution(
    value: ArrayLike,
    name: str,
    axis: int = -1,
    first: int = 0,
    source: tuple[NDArray[Any], int] | None = None,
) -> NDArray[np.float64]:
    """Return probability rows as float64 with the class axis moved last.

    A row of float64 or float32 is accepted when its sum lies within 1e-5 of 1, a
    row of a 16-bit float within four roundings of its type (3.9e-3 for float16,
    3.1e-2 for bfloat16). An accepted row is used exactly as it stands.

    Raises
    ------
    ValueError
        When an entry is negative or NaN, or the sum of a row is further from 1.
        Messages count rows from ``first``. Where the caller takes an axis, ``source``
        is the array and the class axis it was given: the value may be a part of it.
    """
    raw = as_array(value, name)
    tolerance = COARSE.get(raw.dtype.name, SUM_TOLERANCE)
    array = as_real(raw, name, booleans=True)
    moved = class_axis_last(array, name, axis)
    rows: NDArray[np.float64] = np.ascontiguousarray(moved, dtype=np.float64)
    with np.errstate(all="ignore"):
        total = rows.sum(axis=-1)
        low = rows.min(axis=-1)
    suspect = ~((np.abs(total - 1) <= tolerance) & (low >= 0))
    if suspect.any():
        number = int(np.flatnonzero(suspect)[0])
        row = rows.reshape(-1, rows.shape[-1])[number]
        elsewhere = _class_axis_elsewhere(array, axis, tolerance, name, source)
        refuse_row(row, tolerance, name, first + number, elsewhere)
    return rows


def _class_axis_elsewhere(
    array: NDArray[Any],
    axis: int,
    tolerance: float,
    name: str,
    source: tuple[NDArray[Any], int] | None,
) -> str:
    """Return a way out where probabilities sum to 1 along another axis."""
    whole, own = source or (array, axis)
    for other, length in enumerate(whole.shape):
        if length < 2 or other == own % whole.ndim:
            continue
        with np.errstate(all="ignore"):
            sums = whole.sum(axis=other, dtype=np.float64)
        if (np.abs(sums - 1) <= tolerance).all():
            keyword = f"pass axis={other} or " if source else ""
            return (
                f"; the sums along axis {other} are 1: if the classes are there, "
                f"{keyword}write np.moveaxis({name}, {other}, {own})"
            )
    return ""


def refuse_row(
    row: Float64, tolerance: float, name: str, number: int, elsewhere: str
) -> None:
    """Raise for a row that is no distribution: a bad entry, or else the sum."""
    entry = np.flatnonzero(np.isnan(row) | (row < 0))
    if entry.size:
        came, way_out = f"{float(row[entry[0]])} at class {int(entry[0])}", ""
    else:
        came = f"a sum of {float(row.sum())!r}"
        way_out = elsewhere or "; ce_lib.renormalise(rows) divides rows by their sums"
    raise ValueError(
        f"{name}: expected probabilities of at least 0 that sum to 1 within "
        f"{tolerance:.2g}, got {came} in row {number}{way_out}"
    )


def as_probability(value: ArrayLike, name: str) -> NDArray[np.float64]:
    """Return numbers between 0 and 1 as float64; no sum, hence no tolerance."""
    array = as_float64(value, name, booleans=True)
    refuse((array < 0) | (array > 1), array, name, "expected numbers from 0 to 1")
    return array


def refuse(
    bad: NDArray[np.bool_], array: FloatArray, name: str, expected: str, came: str = ""
) -> None:
    """Raise for the first flagged entry of ``array``, quoting its place."""
    if not bad.any():
        return
    first = int(np.flatnonzero(bad)[0])
    entry = array.reshape(-1)[first]
    came = came or repr(int(entry) if array.dtype.kind in "iu" else float(entry))
    if array.ndim == 0:
        where = ""
    elif array.ndim == 1:
        where = f" in row {first}"
    else:
        place = tuple(int(i) for i in np.unravel_index(first, array.shape))
        where = f" in row {place[0]} (position {place})"
    raise ValueError(f"{name}: {expected}, got {came}{where}")


def same_shape(a: NDArray[Any], b: NDArray[Any], name_a: str, name_b: str) -> None:
    """Refuse two arrays of different shape: nothing is broadcast."""
    if a.shape != b.shape:
        raise ValueError(
            f"{name_b}: expected the shape of {name_a}, {a.shape}, got shape {b.shape}"
        )


def check_axis(axis: int, ndim: int) -> int:
    """Return ``axis`` if it exists in an array of ``ndim`` dimensions."""
    if isinstance(axis, bool) or not isinstance(axis, (int, np.integer)):
        raise TypeError(f"axis: expected an integer, got {axis!r}")
    if not -ndim <= axis < ndim:
        raise ValueError(f"axis: expected {-ndim} to {ndim - 1}, got {axis}")
    return int(axis)


def check_reduction(reduction: str) -> None:
    """Refuse anything but 'mean', 'sum' and 'none'."""
    if not isinstance(reduction, str) or reduction not in REDUCTIONS:
        raise ValueError(
            f"reduction: expected 'mean', 'sum' or 'none', got {reduction!r}"
        )


def as_number(
    value: float,
    name: str,
    *,
    low: float = -math.inf,
    high: float = math.inf,
    open_low: bool = False,
) -> float:
    """Return one finite number from ``low`` to ``high``.

    With ``open_low`` the value ``low`` itself is refused.
    """
    array = as_real(value, name)
    if array.ndim:
        raise ValueError(f"{name}: expected one number, got shape {array.shape}")
    number = float(array)
    below = number <= low if open_low else number < low
    if not math.isfinite(number) or below or number > high:
        bounds = f" above {low:g}" if open_low else f" of at least {low:g}"
        bounds = "" if low == -math.inf else bounds
        upper = "" if high == math.inf else f" and at most {high:g}"
        raise ValueError(
            f"{name}: expected a finite number{bounds}{upper}, got {number!r}"
        )
    return number


def as_count(value: int, name: str, low: int = 1) -> int:
    """Return one integer of at least ``low``."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name}: expected an integer, got {value!r}")
    if value < low:
        raise ValueError(f"{name}: expected at least {low}, got {value}")
    return int(value)


def as_ignore_index(value: int | None) -> int | None:
    """Return the class index of the rows to leave out, or None for no such index."""
    if value is None or type(value) is int:
        return value
    return as_count(value, "ignore_index", low=-(2**63))


def log_base(base: float) -> float:
    """Return the base of a logarithm, a finite number above 1."""
    return as_number(base, "base", low=1, open_low=True)


def as_weight(
    weight: ArrayLike, num_classes: int, name: str = "weight"
) -> NDArray[np.float64]:
    """Return one finite weight of at least 0 per class; booleans are 0 and 1."""
    array = as_float64(weight, name, booleans=True)
    if array.shape != (num_classes,):
        raise ValueError(
            f"{name}: expected shape {(num_classes,)}, one weight per class, "
            f"got shape {array.shape}"
        )
    refuse_other_classes(weight, name, num_classes)
    refuse(
        ~np.isfinite(array) | (array < 0), array, name, "expected finite weights >= 0"
    )
    return array


def as_sample_weight(
    value: ArrayLike | None, shape: tuple[int, ...], name: str = "sample_weight"
) -> NDArray[np.float64] | None:
    """Return one finite weight of at least 0 per case, not all of them 0, or None.

    Booleans are 0 and 1.
    """
    if value is None:
        return None
    array = as_float64(value, name, booleans=True)
    if array.shape != shape:
        raise ValueError(
            f"{name}: expected shape {shape}, one weight per case, "
            f"got shape {array.shape}"
        )
    refuse(
        ~np.isfinite(array) | (array < 0), array, name, "expected finite weights >= 0"
    )
    if array.size and not array.any():
        raise ValueError(f"{name}: expected a weight above 0, got only zeros")
    with np.errstate(over="ignore"):
        if array.sum() == np.inf:
            raise ValueError(
                f"{name}: expected weights with a sum in the range of floats, got inf"
            )
    return array


def as_factors(
    value: ArrayLike | None, shape: tuple[int, ...], name: str
) -> NDArray[np.float64]:
    """Return finite factors of at least 0 that broadcast to ``shape``; 1 for None.

    Booleans are 0 and 1. A vector beside rows has one factor per column.
    """
    array = np.ones(()) if value is None else as_float64(value, name, booleans=True)
    if array.ndim == 1 and len(shape) > 1:
        refuse_other_classes(value, name, shape[-1])
    try:
        factors = np.broadcast_to(array, shape)
    except ValueError:
        raise ValueError(
            f"{name}: expected a shape that broadcasts to {shape}, "
            f"got shape {array.shape}"
        ) from None
    refuse(
        ~np.isfinite(array) | (array < 0), array, name, "expected finite factors >= 0"
    )
    return factors


class NothingToAverage(ValueError):
    """A mean over no examples; ``came`` says what was there instead."""

    def __init__(self, came: str) -> None:
        super().__init__(
            f"reduction: 'mean' expected at least one example that counts, got {came}; "
            "use reduction='sum', which is 0 here"
        )
        self.came = came
