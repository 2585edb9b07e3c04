"""What `make pdf` and `make epub` share: where the book is written, and what they say."""

import sys
from collections.abc import Callable
from pathlib import Path

from printed.pages import ROOT, Unmade

FOLDER = ROOT / "_build/paper"


def run(write: Callable[[Path], None], kind: str) -> None:
    """Let the book be written into a file of this kind, in place of an earlier one."""
    path = FOLDER / f"cross-entropy.{kind}"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        write(path)
    except Unmade as problem:
        sys.exit(str(problem))
    print(f"The whole book is in one file, {path.stat().st_size / 1e6:.1f} MB: {path}")
