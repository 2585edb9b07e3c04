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
    *sorted((ROOT / "tools/teacher").glob("*.py")),
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


#: The slope in all of something at once. One of many has an index, and ∂.
UNINDEXED = re.compile(
    r"∂L ?/ ?∂[a-zA-Z](?![a-z_₀-₉ₖ])"
    r"|\\partial L(?:\}\{| ?/ ?)\\partial [a-zA-Z](?![a-z_])"
)


@pytest.mark.parametrize("source", WRITTEN, ids=lambda path: path.name)
def test_a_slope_in_all_at_once_is_written_with_d(source: Path) -> None:
    assert UNINDEXED.findall(source.read_text(encoding="utf-8")) == []


def test_an_unindexed_slope_would_be_found() -> None:
    assert UNINDEXED.search("∂L/∂z is")
    assert UNINDEXED.search(r"$\partial L / \partial W$")
    assert UNINDEXED.search(r"\dfrac{\partial L}{\partial z} = q - p")
    assert not UNINDEXED.search(r"\frac{\partial L}{\partial z_k}, ∂L/∂zₖ, $dL/dz$")


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
