"""What runs beside a student's code and tells the worker what it came to, as plain data.

This text is sent into the student's kernel. It is not to be believed, only listened to:
whatever it says is data, never code. It stands alone: it may import no file of ours.
"""

import base64
import json
import warnings

import numpy as np

#: Entries of an array, and characters of a text: more is not an answer.
MOST, LONGEST = 2_000_000, 10_000


def told(value, depth=6):
    """Write a value as JSON can hold it; `heard` reads it."""
    if value is None or isinstance(value, bool):
        return value
    if value is Ellipsis:
        return {"is": "ellipsis"}
    if value is NotImplemented:
        return {"is": "not implemented"}
    if isinstance(value, str):
        return str(value[: LONGEST + 1])
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float) and not isinstance(value, np.generic):
        return float(value)
    if isinstance(value, (list, tuple)) and depth and len(value) <= MOST:
        items = [told(entry, depth - 1) for entry in value]
        return {"is": type(value).__name__, "items": items}
    if isinstance(value, dict) and depth and len(value) <= MOST:
        items = [[str(k), told(v, depth - 1)] for k, v in value.items()]
        return {"is": "dict", "items": items}
    if callable(value):
        return {"is": "function"}
    if hasattr(value, "__array__"):
        array = np.asarray(value)
        if array.dtype.kind in "biuf" and array.size <= MOST:
            array = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<")))
            data = base64.b64encode(array.tobytes()).decode()
            shape = list(np.shape(value))
            return {
                "is": "array",
                "dtype": array.dtype.str,
                "shape": shape,
                "data": data,
            }
    return {"is": "other", "type": type(value).__name__}


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
        except Exception as problem:
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
    if kind == "array":
        dtype = np.dtype(str(said["dtype"]))
        if dtype.kind not in "biuf":
            raise ValueError(f"no numbers: {dtype}")
        flat = np.frombuffer(base64.b64decode(said["data"]), dtype)
        shape = tuple(int(n) for n in said["shape"])
        array = flat.reshape(shape).astype(dtype.newbyteorder("="))
        return array if shape else array[()]
    return Unknown()
