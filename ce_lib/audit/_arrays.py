"""Whose arrays a loss takes: NumPy's, PyTorch's or JAX's, and who knows its gradient.

None of them is imported here: a loss that needs PyTorch or JAX has loaded it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ce_lib.checks import Float64


class Result(NamedTuple):
    """A value, its gradient if there is one, and whether the input was written to.

    ``eps`` is the step from 1 of the floats in which the value came.
    """

    value: Float64
    gradient: Float64 | None
    changed: bool
    eps: float


class NumPy:
    """Plain arrays. A gradient is what the loss returns beside its value."""

    name = "NumPy"

    def put(self, array: NDArray[Any]) -> Any:
        """Return a copy for the loss to work on."""
        return array.copy()

    def run(self, call: Callable[[Any], Any], x: NDArray[Any]) -> Result:
        """Call the loss with predictions and read what it returns."""
        mine = x.copy()
        came = call(mine)
        value, gradient = self.parts(came)
        changed = not np.array_equal(mine, x, equal_nan=True)
        return Result(value, gradient, changed, step(came))

    def parts(self, came: Any) -> tuple[Float64, Float64 | None]:
        """Read a value, or a value and its gradient."""
        if home(came) != self.name:
            raise TypeError(f"it returns {type(came).__name__}")
        if is_pair(came):
            return numbers(came[0]), numbers(came[1])
        return numbers(came), None


class Torch(NumPy):
    """PyTorch's tensors, with autograd."""

    name = "PyTorch"

    def put(self, array: NDArray[Any]) -> Any:
        return sys.modules["torch"].tensor(array)

    def run(self, call: Callable[[Any], Any], x: NDArray[Any]) -> Result:
        leaf = self.put(x).requires_grad_()
        mine = leaf.clone()  # a leaf that asks for a gradient may not be written to
        came = call(mine)
        value, gradient = self.parts(came)
        if gradient is None and came.requires_grad:
            came.sum().backward()
            gradient = numbers(leaf.grad)
        changed = not np.array_equal(numbers(mine), x, equal_nan=True)
        return Result(value, gradient, changed, step(came))


class Jax(NumPy):
    """JAX's arrays, with jax.grad. Nobody can write to them."""

    name = "JAX"

    def put(self, array: NDArray[Any]) -> Any:
        return sys.modules["jax"].numpy.asarray(array)

    def run(self, call: Callable[[Any], Any], x: NDArray[Any]) -> Result:
        came = call(self.put(x))
        value, gradient = self.parts(came)
        if gradient is None:
            slope = sys.modules["jax"].grad(lambda z: call(z).sum())
            gradient = numbers(slope(self.put(x)))
        return Result(value, gradient, False, step(came))


#: By the first part of the module that defines what a loss returns.
HOMES = {"torch": Torch.name, "jax": Jax.name, "jaxlib": Jax.name}


def is_pair(came: Any) -> bool:
    """Whether this is a loss and its gradient."""
    return isinstance(came, tuple | list) and len(came) == 2 and np.ndim(came[1]) > 0


def home(came: Any) -> str:
    """Return whose array this is, or the first of a pair."""
    first = came[0] if is_pair(came) else came
    return HOMES.get(type(first).__module__.partition(".")[0], NumPy.name)


def step(came: Any) -> float:
    """Return the step from 1 of the floats that came, or of the first of a pair."""
    first = came[0] if is_pair(came) else came
    name = str(getattr(first, "dtype", "float64")).rpartition(".")[2]
    known = name in ("float16", "float32", "float64")
    return float(np.finfo(name if known else "float64").eps)


def numbers(came: Any) -> Float64:
    """Return any array as NumPy's, in float64."""
    if hasattr(came, "detach"):
        came = came.detach().cpu()
    array = np.asarray(came)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"it returns {type(came).__name__}, not numbers")
    return array.astype(np.float64)


def kinds() -> Iterator[NumPy]:
    """Yield whose arrays a loss may take, those that are loaded."""
    yield NumPy()
    if "torch" in sys.modules:
        yield Torch()
    if "jax" in sys.modules:
        yield Jax()
