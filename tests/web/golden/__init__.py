"""Golden vectors: what `ce_lib` computes, for the JavaScript mathematics to match.

One module here for every module of ``web/maths``: its ``cases()`` are triples of a
function's name, its arguments, and what the Python function of the same name returns.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import numpy as np

Case = tuple[str, tuple[Any, ...], Any]


def vectors() -> list[dict[str, Any]]:
    """All cases, ready for JSON. Infinity is written as a string."""
    return [
        {
            "module": module,
            "function": function,
            "arguments": _plain(arguments),
            "expected": _plain(expected),
        }
        for module, cases in _modules()
        for function, arguments, expected in cases
    ]


def _modules() -> Iterator[tuple[str, list[Case]]]:
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        yield info.name.replace("_", "-"), list(module.cases())


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, float) and abs(value) == float("inf"):
        return "Infinity" if value > 0 else "-Infinity"
    return value
