"""Repeat a check where no student's code runs, with what a kernel says its answers are.

The check is the teacher's text, run with the teacher's `ce_lib`. Numbers come over as
data. A function stays with the student: calling it asks their kernel for its value. So
nobody gains anything by changing `require`; what is left is to answer rightly.
"""

import ast
import builtins
import contextlib
import io
import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ce_lib.practice.require import NotYet
from grading.lab import Part
from grading.teller import heard, told

#: Asks the student's kernel: a function of `teller` and its arguments, JSON back.
Ask = Callable[..., str]


class NoAnswer(BaseException):
    """The kernel does not answer (any more). No `except Exception` of ours may hide it."""


def share(part: Part, ask: Ask) -> float:
    """How much of a check's points the answers earn, from 0 to 1."""
    space = answers(free_names(part.source), ask)
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(part.source, part.name, "exec"), space)  # the teacher's own
    except NotYet as not_yet:
        return not_yet.verdict.share
    except Exception:
        return 0.0
    return 1.0


def free_names(source: str) -> list[str]:
    """The names that a cell uses and does not make: those of the answers."""
    used, made = set(), set(dir(builtins))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else made).add(node.id)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            made |= {(alias.asname or alias.name) for alias in node.names}
        elif isinstance(node, (ast.FunctionDef, ast.arg)):
            made.add(node.name if isinstance(node, ast.FunctionDef) else node.arg)
    return sorted(used - made)


def answers(names: Sequence[str], ask: Ask) -> dict[str, Any]:
    """What a kernel says that names stand for; a function asks it at every call."""
    said = _read(ask("values", list(names)))
    found: dict[str, Any] = {}
    for name in names:
        if name in said:
            function = (
                isinstance(said[name], dict) and said[name].get("is") == "function"
            )
            found[name] = remote(name, ask) if function else _heard(said[name])
    return found


def remote(name: str, ask: Ask) -> Callable[..., Any]:
    """A function that lives in the student's kernel."""
    before: dict[str, Mapping[str, Any]] = {}

    def function(*args: Any) -> Any:
        given = json.dumps([told(arg) for arg in args])
        if given not in before:  # several properties try the same inputs
            before[given] = _read(ask("call", name, given))
        said = before[given]
        for text in said.get("warnings") or []:
            warnings.warn(str(text), RuntimeWarning, stacklevel=2)
        for arg, after in zip(args, said.get("args") or [], strict=False):
            new = _heard(after)
            if isinstance(arg, np.ndarray) and np.shape(new) == arg.shape:
                arg[...] = new
        if said.get("error"):
            kind, text = map(str, said["error"])
            raise _error(kind)(text)
        return _heard(said.get("value"))

    return function


def _error(kind: str) -> type[Exception]:
    found = getattr(builtins, kind, None)
    ours = isinstance(found, type) and issubclass(found, Exception)
    return found if ours and not issubclass(found, UnicodeError) else RuntimeError


def _read(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = None
    return said if isinstance(said, dict) else {}


def _heard(said: Any) -> Any:
    try:
        return heard(said)
    except Exception:  # whatever a student's kernel may make up
        return None
