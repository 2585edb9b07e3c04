"""What runs beside a student's code and tells the worker what it came to, as plain data.

This text is sent into the student's kernel. It is not to be believed, only listened to:
whatever it says is data, never code. It stands alone: it may import no file of ours.
"""

import base64
import json
import numbers
import warnings
from fractions import Fraction

import numpy as np

#: Entries of an array, and characters of a text: more is not an answer.
MOST, LONGEST = 2_000_000, 10_000


def told(value, depth=6):
    """Write a value as JSON can hold it; `heard` reads it.

    Whatever `ce_lib.practice` takes for an answer arrives as it would take it there.
    """
    try:
        return _told(value, depth)
    except Exception:  # whatever a value may do when it is looked at
        return {"is": "other"}


def _told(value, depth):
    if value is None or isinstance(value, bool):
        return value
    if value is Ellipsis:
        return {"is": "ellipsis"}
    if value is NotImplemented:
        return {"is": "not implemented"}
    if isinstance(value, str):
        return str(value[: LONGEST + 1])
    if callable(value):
        return {"is": "function"}
    if hasattr(value, "detach"):  # a tensor that remembers its history
        value = value.detach()
    if isinstance(value, (list, tuple)) and depth and len(value) <= MOST:
        kind = "list" if isinstance(value, list) else "tuple"
        return {"is": kind, "items": [told(entry, depth - 1) for entry in value]}
    if isinstance(value, dict) and depth and len(value) <= MOST:
        items = [[str(k), told(v, depth - 1)] for k, v in value.items()]
        return {"is": "dict", "items": items}
    if isinstance(value, numbers.Real) and not isinstance(value, np.generic):
        return _number(value)
    if not isinstance(value, (bytes, dict, set, frozenset)):
        return _array(value)
    return {"is": "other"}


def _number(value):
    """A whole number of any length, a fraction, or a float."""
    if isinstance(value, int):
        small = abs(value) < 2**63
        return int(value) if small else {"is": "int", "hex": hex(value)}
    if isinstance(value, numbers.Rational):
        parts = int(value.numerator), int(value.denominator)
        return {"is": "fraction", "hex": [hex(part) for part in parts]}
    return float(value)


def _array(value):
    """The entries of an array, of a buffer, or of anything NumPy makes an array of."""
    array = np.asarray(value)
    if array.dtype.kind not in "biuf" or array.size > MOST:
        return {"is": "other"}
    shape = list(array.shape)
    array = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<")))
    data = base64.b64encode(array.tobytes()).decode()
    return {"is": "array", "dtype": array.dtype.str, "shape": shape, "data": data}


def values(space, names):
    """The values of names, and which of them there are not."""
    return json.dumps({n: told(space[n]) for n in names if n in space})


def call(space, name, args):
    """Call a function of the student's, as `ce_lib.practice.code` would."""
    given = [heard(arg) for arg in json.loads(args)]
    with (
        warnings.catch_warnings(record=True) as caught,
        np.errstate(all="warn", under="ignore"),
    ):
        warnings.simplefilter("always")
        value, error = None, None
        try:
            value = space[name](*given)
        except (Exception, SystemExit) as problem:
            error = [type(problem).__name__, str(problem)[:1000]]
    said = [str(warning.message)[:1000] for warning in caught[:5]]
    after = [told(arg) for arg in given]
    return json.dumps(
        {"value": told(value), "error": error, "warnings": said, "args": after}
    )


class Unknown:
    """A value that is no plain data."""


def heard(said):
    """Read what `told` wrote; raise ValueError where it makes no sense."""
    if isinstance(said, str):
        return said if len(said) <= LONGEST else Unknown()
    if said is None or isinstance(said, (bool, int, float)):
        return said
    kind = said.get("is") if isinstance(said, dict) else None
    if kind == "ellipsis":
        return Ellipsis
    if kind == "not implemented":
        return NotImplemented
    if kind == "list":
        return [heard(entry) for entry in said["items"]]
    if kind == "tuple":
        return tuple(heard(entry) for entry in said["items"])
    if kind == "dict":
        return {str(key): heard(entry) for key, entry in said["items"]}
    if kind == "int":
        return int(str(said["hex"]), 16)
    if kind == "fraction":
        return Fraction(*(int(str(part), 16) for part in said["hex"]))
    if kind == "array":
        dtype = np.dtype(str(said["dtype"]))
        if dtype.kind not in "biuf":
            raise ValueError(f"no numbers: {dtype}")
        flat = np.frombuffer(base64.b64decode(said["data"]), dtype)
        shape = tuple(int(n) for n in said["shape"])
        array = flat.reshape(shape).astype(dtype.newbyteorder("="))
        return array if shape else array[()]
    return Unknown()
