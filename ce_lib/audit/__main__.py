"""Audit a loss from a terminal: ``python -m ce_lib.audit module:function``."""

from __future__ import annotations

import argparse
import importlib
import inspect
import sys
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, cast

from ce_lib import checks
from ce_lib.audit._audit import DTYPES, audit_loss
from ce_lib.audit._given import FORMS

EPILOG = """\
exit status: 0 it holds, or loses digits at most; 1 something is wrong (with --strict, or
loses digits); 2 it could not be asked
"""


class BadUsage(Exception):
    """What was asked for cannot be audited."""


def named(target: str) -> Callable[..., Any]:
    """Return the callable that ``module:function`` names; a class is made an instance."""
    module, colon, path = target.partition(":")
    if not (module and colon and path):
        raise BadUsage(f"{target}: expected module:function")
    try:
        found = importlib.import_module(module)
    except Exception as error:
        raise BadUsage(
            f"{target}: cannot import {module} ({type(error).__name__}: {error})"
        ) from None
    try:
        thing: Any = reduce(getattr, path.split("."), found)
    except AttributeError:
        raise BadUsage(f"{target}: there is no {path} in {module}") from None
    if inspect.isclass(thing):
        try:
            thing = thing()
        except TypeError as error:
            raise BadUsage(
                f"{target}: cannot be made without arguments ({error})"
            ) from None
    if not callable(thing):
        raise BadUsage(f"{target}: expected a callable, got {type(thing).__name__}")
    return cast(Callable[..., Any], thing)


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    read = argparse.ArgumentParser(
        prog="python -m ce_lib.audit",
        description="Does your cross-entropy tell the truth?",
        epilog=EPILOG,
    )
    add = read.add_argument
    add("loss", metavar="module:function", help="the loss, or a class that makes one")
    add("--from", dest="given", choices=FORMS, help="what its predictions are")
    add("--reduction", choices=checks.REDUCTIONS, help="how it reduces a batch")
    add(
        "--ignore-index",
        type=int,
        metavar="LABEL",
        help="the label that does not count",
    )
    add("--dtype", choices=DTYPES, default=DTYPES[0], help="the floats it is given")
    add("--strict", action="store_true", help="lost digits are a failure, too")
    return read


def main(arguments: Sequence[str] | None = None) -> int:
    """Audit the loss that is named, print the report, and return the exit status."""
    options = vars(parser().parse_args(arguments))
    target, strict = options.pop("loss"), options.pop("strict")
    try:
        report = audit_loss(named(target), **options)
    except BadUsage as error:
        print(error, file=sys.stderr)
        return 2
    except TypeError as error:
        print(f"{target}: {error}", file=sys.stderr)
        return 2
    print(report)
    return report.status(strict)


if __name__ == "__main__":
    sys.exit(main())
