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
from dataclasses import dataclass
from typing import Any

import numpy as np

from ce_lib.practice.judge import NOT_TRIED
from ce_lib.practice.require import NotYet
from grading.lab import Part
from grading.recognised import recognised
from grading.teller import heard, told

#: Asks the student's kernel: a function of `teller` and its arguments, JSON back.
Ask = Callable[..., str]


class NoAnswer(BaseException):
    """The kernel does not answer (any more). No `except Exception` of ours may hide it."""


#: Characters of what a check says that are kept.
LONGEST = 5000

#: What nobody reads in the notebook of a lab whose last test fails.
HIDDEN = "✗ The lab tries more than the notebook shows, and there it fails."


@dataclass(frozen=True)
class Said:
    """What a check said of the answers."""

    share: float  #: of its points, from 0 to 1
    text: str  #: as the notebook shows it
    tried: bool = True
    mistakes: Sequence[Sequence[str]] = ()  #: name and sentence of those it recognised


def said(part: Part, ask: Ask) -> Said:
    """Run a check on the answers that a kernel has."""
    names = free_names(part.source)
    space = answers(names, ask)
    missing = [name for name in names if name not in space]
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(part.source, part.name, "exec"), space)  # the teacher's own
    except NotYet as not_yet:
        verdict = not_yet.verdict
        tried = verdict.status != NOT_TRIED
        found = recognised(part.required, verdict)
        return Said(verdict.share, str(verdict)[:LONGEST], tried, found)
    except Exception as problem:
        if missing and isinstance(problem, NameError):
            text = f"○ Not tried. Without a value: {', '.join(missing)}."
            return Said(0, text, False)
        more = "" if isinstance(problem, AssertionError) else f" ({problem})"
        return Said(0, f"{HIDDEN}{more}"[:LONGEST])
    return Said(1, printed.getvalue().strip()[:LONGEST])


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
