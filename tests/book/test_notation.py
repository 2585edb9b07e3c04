"""A letter means one thing in the whole book."""

import re
from pathlib import Path

import pytest

from bookext.mathematics import with_meaning

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


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("q", ["is-model"]),
        ("Nq", ["", "is-model"]),
        ("pqx", ["is-truth", "is-model", ""]),
    ],
)
def test_truth_and_model_are_told_apart_among_letters_that_stand_together(
    names: str, told: list[str]
) -> None:
    html = f'<span class="mord mathnormal" style="margin-right:0.1em">{names}</span>'
    found = re.findall(
        r'<span class="mord mathnormal ?([a-z-]*)"( style="[^"]*")?>(\w)</span>',
        with_meaning(html),
    )
    assert [(meaning, letter) for meaning, _, letter in found] == list(
        zip(told, names, strict=True)
    )
    assert [bool(style) for _, style, _ in found] == [False] * (len(names) - 1) + [True]
