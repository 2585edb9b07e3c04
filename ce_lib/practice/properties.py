"""Properties that the code exercises share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ce_lib.practice.code import (
    Args,
    Failure,
    Property,
    Run,
    Runner,
    described,
    difference,
    show,
)
from ce_lib.practice.reading import detached


def array(run: Run) -> NDArray[np.float64] | Failure:
    """Return what came as an array, or what is wrong with it."""
    if run.error:
        return Failure(run.error, "a result")
    if run.value is None:
        return Failure("None. Is there a return?", "a result")
    try:
        return np.asarray(detached(run.value), dtype=np.float64)
    except Exception:  # whatever the object does when it is looked at
        return Failure(described(run.value), "numbers")


def _same(came: NDArray[np.float64], want: Any, rtol: float, atol: float) -> bool:
    wanted = np.asarray(want, dtype=np.float64)
    return came.shape == wanted.shape and bool(
        np.allclose(came, wanted, rtol=rtol, atol=atol, equal_nan=False)
    )


def _runs(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
    came = array(run(*args))
    return came if isinstance(came, Failure) else None


def _shape(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
    came = array(run(*args))
    want = np.asarray(reference(*args))
    if isinstance(came, Failure):
        return came
    if came.shape == want.shape:
        return None
    return Failure(f"shape {came.shape}: {show(came)}", f"shape {want.shape}")


def _quiet(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
    done = run(*args)
    if not done.warnings:
        return None
    return Failure(f"the warning “{done.warnings[0]}”", "silence")


def _keeps(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
    return (
        Failure("a changed input", "the input as it was")
        if run(*args).changed
        else None
    )


#: It returns numbers, whatever they are.
RUNS = Property("returns numbers for every input", _runs)

#: One result per row, or one in all, as the task says.
SHAPE = Property("returns the shape that was asked for", _shape)

#: Neither overflow nor log 0 nor 0 times infinity on the way.
QUIET = Property("lets no warning escape", _quiet)

#: The caller's array is the caller's.
KEEPS_INPUT = Property("does not change its input", _keeps)


def agrees(rtol: float = 1e-9, atol: float = 1e-12) -> Property:
    """It equals the library's answer."""

    def test(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
        came, want = array(run(*args)), reference(*args)
        if isinstance(came, Failure):
            return came
        return None if _same(came, want, rtol, atol) else difference(came, want)

    return Property("agrees with the reference", test)


def part(place: int, name: str) -> Property:
    """One of several results equals the library's: a step on the way to all of them."""

    def test(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
        came, want = array(run(*args)), np.asarray(reference(*args))
        if isinstance(came, Failure):
            return came
        if came.shape != want.shape:
            return Failure(f"shape {came.shape}", f"shape {want.shape}")
        if _same(came[place], want[place], 1e-9, 1e-12):
            return None
        return difference(came[place], want[place])

    return Property(f"{name} agrees with the reference", test, step=True)


def parts(*names: str) -> tuple[Property, ...]:
    """What every function must do that returns several results, by their names."""
    agree = (part(place, name) for place, name in enumerate(names))
    return (RUNS, SHAPE, *agree, QUIET, KEEPS_INPUT)


#: Keeps its digits when the result is close to 0.
KEEPS_DIGITS = Property("keeps its digits near 0", agrees(rtol=1e-9, atol=0.0).test)


def invariant(sentence: str, change: Callable[[Args], Args]) -> Property:
    """The result stays when the input is changed in a way that should not matter."""

    def test(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
        before, after = array(run(*args)), array(run(*change(args)))
        for came in (before, after):
            if isinstance(came, Failure):
                return came
        assert not isinstance(before, Failure)
        assert not isinstance(after, Failure)
        if _same(after, before, 1e-9, 1e-12):
            return None
        return Failure(f"{show(before)}, but {show(after)} after it", "the same twice")

    return Property(sentence, test)


def shifted(by: float) -> Property:
    """A constant added to all logits changes nothing."""
    return invariant(
        f"stays the same when {by:g} is added to every logit",
        lambda args: (np.asarray(args[0], dtype=np.float64) + by, *args[1:]),
    )


#: What every function must do that computes what a reference computes.
COMMON = (RUNS, SHAPE, agrees(), QUIET, KEEPS_INPUT)
