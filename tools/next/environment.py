"""Make the environment that `make book-next` builds in: without Jupyter Book, with Sphinx 9.

What requirements.txt beside this file does not pin has the version that the book's own
environment has, read where that is pinned.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
OWN = ("requirements.txt", "constraints.txt")

PIN = re.compile(r"^([\w.-]+)==[\w.+]+", re.MULTILINE)


def pins(path: Path) -> Iterator[tuple[str, str]]:
    """Each pin of a file, by the package's name in its normal form."""
    for pin in PIN.finditer(path.read_text(encoding="utf-8")):
        yield re.sub(r"[-_.]+", "-", pin[1]).lower(), pin[0]


def shared() -> list[str]:
    """The pins of the book's own environment, but for what is another version here."""
    newer = dict(pins(REQUIREMENTS))
    own = {name: pin for file in OWN for name, pin in pins(ROOT / file)}
    return [pin for name, pin in own.items() if name not in newer]


def make(folder: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(shared()) + "\n", encoding="utf-8")
    pip = [folder / "bin/pip", "install", "--quiet", "--constraint", constraints]
    subprocess.run([*pip, "--requirement", REQUIREMENTS], cwd=ROOT, check=True)


if __name__ == "__main__":
    make(Path(sys.argv[1]).resolve())
