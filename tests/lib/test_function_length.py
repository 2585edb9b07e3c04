"""No Python function outside the tests is longer than a screen, its docstring apart."""

import ast

import pytest
from test_imports import ROOT

LIMIT = 70
ROOMS = ("ce_lib", "bookext", "tools", "benchmarks")
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def length(function):
    """Return the lines of a function, without those of its docstring."""
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= first.end_lineno - first.lineno + 1
    return lines


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_function_is_longer_than_a_screen(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert length(node) <= LIMIT, f"{node.name}: {length(node)} lines"
