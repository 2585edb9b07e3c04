"""The explorers that wait for a chapter's guess, as their cells make them."""

import ast
import re
from collections.abc import Iterator

from contents import ROOT

from ce_lib.explorers import Explorer

CELL = re.compile(
    r"^:::\{div\} guess (\S+)\n:::\n\n```\{code-cell\}.*?\n\n(.*?)\n```$", re.M | re.S
)


def waiting() -> Iterator[tuple[str, Explorer]]:
    """Each guess that an explorer waits for, and this as its cell shows it."""
    for chapter in sorted((ROOT / "chapters").glob("*.md")):
        for guess, cell in CELL.findall(chapter.read_text(encoding="utf-8")):
            *before, last = ast.parse(cell).body
            names: dict[str, object] = {}
            exec(compile(ast.Module(before, []), guess, "exec"), names)
            yield guess, eval(ast.unparse(last), names)
