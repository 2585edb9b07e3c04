"""The classifier from scratch: forty lines that run alone, down to a known floor."""

import ast
import math
import re
import subprocess
import sys

import pytest
from contents import ROOT

from ce_lib import entropy
from ce_lib.explorers.songs import population

CELL = re.compile(
    r"^```\{code-cell\} ipython3\n:tags: \[from-scratch\]\n(.*?)^```$", re.M | re.S
)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    page = (ROOT / "chapters/softmax-regression.md").read_text(encoding="utf-8")
    code = "\n".join(CELL.findall(page))
    return [line for line in code.splitlines() if line.strip()]


def test_they_are_forty(lines: list[str]) -> None:
    assert len(lines) == 40


def test_they_need_nothing_but_numpy(lines: list[str]) -> None:
    tree = ast.parse("\n".join(lines))
    imports = [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == ["import numpy as np"]


def test_they_run_alone_from_ln_3_to_the_floor(lines: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-c", "\n".join(lines)],
        capture_output=True,
        text=True,
        check=True,
    )
    first, last, floor = map(float, re.findall(r"\d+\.\d+", done.stdout))
    kinds = population("grid")
    known = float(kinds.weight @ entropy(kinds.posterior, axis=1))
    assert first == pytest.approx(math.log(3), rel=1e-6, abs=0)
    assert (last, floor) == pytest.approx((known, known), rel=1e-6, abs=0)
