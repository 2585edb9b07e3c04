"""A letter means one thing in the whole book."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = [
    *sorted((ROOT / "chapters").glob("*.md")),
    *sorted((ROOT / "notebooks").glob("*.ipynb")),
    *sorted((ROOT / "ce_lib/practice/content").glob("*.py")),
    *sorted((ROOT / "ce_lib/explorers").glob("*.py")),
    *sorted((ROOT / "web/explorers").glob("*.js")),
]

#: Smoothing's share where it goes to the other K − 1 classes. There it is called ε′.
UNPRIMED = re.compile(r"(?:ε|\\varepsilon) ?/ ?\(K ?[-−] ?1\)")


@pytest.mark.parametrize("source", WRITTEN, ids=lambda path: path.name)
def test_the_prime_belongs_to_the_other_convention(source: Path) -> None:
    assert UNPRIMED.findall(source.read_text(encoding="utf-8")) == []


def test_an_epsilon_without_its_prime_would_be_found() -> None:
    assert UNPRIMED.search("$\\varepsilon / (K - 1)$")
    assert UNPRIMED.search("ε/(K−1)")
    assert not UNPRIMED.search("$\\varepsilon' / (K - 1)$ and ε′/(K−1)")
