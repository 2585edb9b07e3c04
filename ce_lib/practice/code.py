"""Exercises whose answer is a function: run its properties, show the smallest failure.

A property is a sentence that must hold for every input. It is tried on inputs chosen
to hurt and on seeded random ones; a failing input is then made smaller and rounder for
as long as it still fails, because a small example explains itself.
"""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from ce_lib.practice.judge import NOT_TRIED, RIGHT, WRONG
from ce_lib.practice.sentences import say
from ce_lib.practice.verdict import Verdict

Args = tuple[Any, ...]

#: How many random inputs join the chosen ones, unless an exercise says otherwise, and
#: how many smaller ones are tried.
RANDOM_INPUTS = 40
SHRINKING_STEPS = 400


class Failure(NamedTuple):
    """What came and what was expected, in words."""

    came: str
    expected: str


class NotWritten(Exception):
    """The function is still a stub."""


class Run(NamedTuple):
    """One call of the function under test."""

    value: Any
    error: str
    warnings: tuple[str, ...]
    changed: bool


#: A property looks at the function under test through `run`, which never raises.
Runner = Callable[..., Run]
Test = Callable[[Runner, Callable[..., Any], Args], Failure | None]


class Property(NamedTuple):
    """A sentence that must hold for every input, and how to try it on one.

    A ``step`` earns its part of the points although another property fails.
    """

    sentence: str
    test: Test
    step: bool = False


@dataclass(frozen=True, kw_only=True)
class Task:
    """How a function is tried.

    ``chosen`` are the inputs that hurt, ``random(rng)`` makes one more, ``simpler(args)``
    yields smaller neighbours of an input, all of them valid. ``call`` is the function's
    name; ``shown`` is written for its arguments where none are small enough to be read.
    """

    call: str
    reference: Callable[..., Any]
    chosen: Sequence[Args]
    random: Callable[[np.random.Generator], Args]
    simpler: Callable[[Args], Iterator[Args]]
    properties: Sequence[Property]
    random_inputs: int = RANDOM_INPUTS
    shown: str = ""


@dataclass(frozen=True)
class CodeExercise:
    """A function to write, and up to three hints, each saying more than the last.

    For ``show`` see `Exercise`.
    """

    id: str
    prompt: str
    task: Task
    hints: Sequence[str] = ()
    show: str = ""

    def check(self, function: Any) -> Verdict:
        """Run every property and return a verdict with the smallest failing input."""
        if function is None or function is Ellipsis or function is NotImplemented:
            return Verdict(self.id, NOT_TRIED, say("not tried"))
        if not callable(function):
            return Verdict(self.id, WRONG, say("code"))
        rng = np.random.default_rng(0)
        task = self.task
        inputs = [*task.chosen, *(task.random(rng) for _ in range(task.random_inputs))]
        inputs.sort(key=size)
        run = _runner(function)
        try:
            failures = {
                p.sentence: self._smallest(p.test, run, inputs) for p in task.properties
            }
        except NotWritten:
            return Verdict(self.id, NOT_TRIED, say("not tried"))
        lines = [
            f"{'✗' if failure else '✓'} {sentence}"
            for sentence, failure in failures.items()
        ]
        found = next((f for f in failures.values() if f), None)
        if found is None:
            return Verdict(self.id, RIGHT, "\n".join([say("right"), *lines]))
        args, failure = found
        first = next(sentence for sentence, failure in failures.items() if failure)
        lines = [
            f"First to fail: {first}",
            f"  {self._shown(args)}",
            f"  came:     {failure.came}",
            f"  expected: {failure.expected}",
            "All properties:",
            *(f"  {line}" for line in lines),
        ]
        return Verdict(self.id, WRONG, "\n".join(lines), steps=self._steps(failures))

    def _steps(self, failures: Mapping[str, object]) -> float:
        """Return the proportion of the steps that hold; what fails anywhere costs one."""
        steps = [p.sentence for p in self.task.properties if p.step]
        held = sum(not failures[sentence] for sentence in steps)
        return min(held, len(steps) - 1) / len(steps) if steps else 0.0

    def _smallest(
        self, test: Test, run: Runner, inputs: Sequence[Args]
    ) -> tuple[Args, Failure] | None:
        for args in inputs:
            if failure := test(run, self.task.reference, args):
                return self._shrunk(test, run, args, failure)
        return None

    def _shrunk(
        self, test: Test, run: Runner, args: Args, failure: Failure
    ) -> tuple[Args, Failure]:
        steps, moved = 0, True
        while moved:
            moved = False
            for smaller in self.task.simpler(args):
                if size(smaller) >= size(args):
                    continue
                steps += 1
                if steps > SHRINKING_STEPS:
                    return args, failure
                if found := test(run, self.task.reference, smaller):
                    args, failure, moved = smaller, found, True
                    break
        return args, failure

    def _shown(self, args: Args) -> str:
        shown = self.task.shown or ", ".join(show(arg) for arg in args)
        return f"{self.task.call}({shown})"


def _runner(function: Callable[..., Any]) -> Runner:
    def run(*args: Any) -> Run:
        mine = copy.deepcopy(args)
        with (
            warnings.catch_warnings(record=True) as caught,
            np.errstate(all="warn", under="ignore"),
        ):
            warnings.simplefilter("always")
            try:
                value, error = function(*mine), ""
            except NotImplementedError:
                raise NotWritten from None
            except (Exception, SystemExit) as problem:
                # Nothing else: what ends a wait for the function goes on its way.
                value, error = None, described(problem, str)
        if value is Ellipsis or value is NotImplemented:
            raise NotWritten
        said = tuple(str(warning.message) for warning in caught)
        changed = any(
            not np.array_equal(before, after, equal_nan=True)
            for before, after in zip(args, mine, strict=True)
        )
        return Run(value, error, said, changed)

    return run


def described(value: Any, write: Callable[[Any], str] = repr) -> str:
    """Name a value's type, and write it where it lets itself be written."""
    try:
        return f"{type(value).__name__}: {write(value)}"[:200]
    except Exception:
        return type(value).__name__


def size(args: Args) -> tuple[int, int, float]:
    """How large an input looks: its entries, their digits, their sizes."""
    entries = [float(entry) for arg in args for entry in np.asarray(arg).reshape(-1)]
    finite = [abs(entry) for entry in entries if np.isfinite(entry)]
    return len(entries), sum(len(f"{entry:.17g}") for entry in entries), sum(finite)


def show(value: Any, digits: int = 7) -> str:
    """Write a value the way one would type it."""
    array = np.asarray(value)
    if array.dtype.kind not in "iuf":
        return repr(value)[:200]
    if array.ndim == 0:
        return f"{array.item():.{digits}g}" if array.dtype.kind == "f" else str(array)
    entries = [show(entry, digits) for entry in array[:8]] + ["…"] * (len(array) > 8)
    return f"[{', '.join(entries)}]"


def difference(came: Any, expected: Any) -> Failure:
    """Show two values with as many digits as it takes to see them differ."""
    for digits in (7, 12, 17):
        failure = Failure(show(came, digits), show(expected, digits))
        if failure.came != failure.expected:
            break
    return failure
