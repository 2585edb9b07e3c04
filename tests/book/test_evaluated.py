"""What a sentence computes is written as the page writes its numbers."""

import re
from pathlib import Path

import nbformat
import pytest
from contents import ROOT
from test_numbers import SOURCES, prose

from bookext.evaluated import written

#: Thousands that are not apart, or are with something else than a comma; and four digits
#: that are.
LONG = re.compile(r"(?<![\w.,{}\\])\d{5,}(?![\w])")
ELSE = re.compile(
    r"(?<![\w.,])[1-9]\d{0,2}(?:(?: |\\,|\N{NO-BREAK SPACE})\d{3})+(?![\d.])"
)
SHORT = re.compile(r"(?<![\w.,])\d(?:,|\{,\})\d{3}(?![\d,{])")


@pytest.mark.parametrize(
    ("computed", "said"),
    [
        ("-0.5, -1 and 2-1", "−0.5, −1 and 2-1"),
        ("7.44015e-44", "7.44015·10⁻⁴⁴"),
        ("-1.97e+434", "−1.97·10⁴³⁴"),
        ("50257 of 1000, 0.123456", "50,257 of 1000, 0.123456"),
        ("100,000 one-hot 1e-6", "100,000 one-hot 10⁻⁶"),
    ],
)
def test_a_sentence_has_no_number_as_python_writes_it(computed: str, said: str) -> None:
    assert written(computed) == said


def parted_badly(text: str) -> list[str]:
    return [hit.group() for kind in (LONG, ELSE, SHORT) for hit in kind.finditer(text)]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_thousands_are_parted_by_a_comma_from_five_digits_on(source: Path) -> None:
    assert parted_badly(prose(source.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "lab", sorted(ROOT.glob("notebooks/*.ipynb")), ids=lambda path: path.stem
)
def test_thousands_are_parted_so_in_the_labs_too(lab: Path) -> None:
    cells = nbformat.read(lab, 4).cells
    said = [cell.source for cell in cells if cell.cell_type == "markdown"]
    assert parted_badly(prose("\n\n".join(said))) == []


def test_thousands_are_parted_so_in_the_boxes_too() -> None:
    for source in ROOT.glob("ce_lib/practice/content/*.py"):
        assert ELSE.findall(source.read_text(encoding="utf-8")) == [], source.name
