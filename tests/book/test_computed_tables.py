"""What a cell computes for several lines is a table, not a print-out."""

import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from contents import CHAPTERS

from bookext.tables import TABLE, fitted

STREAM = re.compile(r'<div class="output stream[^>]*>.*?<pre>(.*?)</pre>', re.DOTALL)
NUMBER = re.compile(r"[+−-]?(\d[\d.,]*(e[+-]?\d+)?|∞|inf|nan)(?!\w)")
#: A list, a power of ten, a minus or an infinity as Python prints them.
PYTHON = re.compile(r"\[[-\d].*\]|\de[-+]\d|(?<![\w.)])-\d|\binf\b")
#: What a library returns is there the point.
RETURNED = {
    "[1.0, 0.0, 0.0]",
    "tensor([1000., 1000., 1000.], dtype=torch.bfloat16)",
}
TAGS = re.compile(r"<[^>]*>")


def shape(line: str) -> str:
    """A line with its numbers alike, and with its words alike."""
    return re.sub(r"[^\W\d_]+", "a", NUMBER.sub("#", line)).replace("a a", "a")


def printed_in_columns(text: str) -> bool:
    """Whether two lines below each other are made alike, of more than one number."""
    lines = [shape(" ".join(line.split())) for line in text.splitlines()]
    alike = pairwise(lines)
    gaps = [re.search(r"\S {2,}\S", line) for line in text.splitlines()]
    return sum(map(bool, gaps)) > 1 or any(
        one == two and "#" in one and " " in one for one, two in alike
    )


@pytest.fixture(params=[*CHAPTERS, "chapters/self-check", "chapters/folklore"])
def printed(book: Path, request: pytest.FixtureRequest) -> list[str]:
    """All that the cells of a page print."""
    page = (book / f"{request.param}.html").read_text(encoding="utf-8")
    return [unescape(TAGS.sub("", text)) for text in STREAM.findall(page)]


def test_no_cell_prints_columns(printed: list[str]) -> None:
    assert [text for text in printed if printed_in_columns(text)] == []


def test_no_cell_prints_numbers_as_python_writes_them(printed: list[str]) -> None:
    lines = [line for text in printed for line in text.splitlines()]
    assert [
        line for line in lines if PYTHON.search(line) and line not in RETURNED
    ] == []


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("good 0.3567 nats\nbad 2.3026 nats", True),
        ("    T    log\n1.000 0.5694", False),
        ("epochs  right\n    30  88.2%", True),
        ("K = 2 and 0.69\nK = 1000 and 6.9", True),
        ("0.8748\n[0.3567 0.2231]", False),
        ("bold pays 0.1140 nats more", False),
    ],
)
def test_a_print_out_would_be_found(text: str, columns: bool) -> None:
    assert printed_in_columns(text) == columns


def written(*rows: tuple[str, ...]) -> str:
    head, *others = ([f"<p>{text}</p>" for text in row] for row in rows)
    html = "".join(f'<th class="head">{cell}</th>' for cell in head)
    for row in others:
        html += "</tr><tr>" + "".join(f"<td>{cell}</td>" for cell in row)
    return TABLE.sub(fitted, f'<table class="table"><tr>{html}</tr></table>')


def test_a_written_table_too_wide_for_a_phone_names_the_columns_of_each_row() -> None:
    calls = (
        "once",
        "binary_cross_entropy_with_logits",
        "SparseCategoricalCrossentropy",
    )
    wide = written(("loss", "PyTorch", "with from_logits"), calls)
    assert '"table ce-wordy ce-named-above"' in wide
    assert re.findall('data-head="(.*?)"', wide) == [
        "PyTorch",
        "with from_\u200blogits",
    ]
    assert '"table ce-wordy"' in written(("loss", "PyTorch", "Keras"), calls)
    assert "ce-wordy" not in written(
        ("loss", "what"), ("once", "a sentence of some words")
    )


def test_the_numbers_of_a_written_table_stand_below_each_other() -> None:
    table = written(
        ("song", "nats"), ("Rock", "0.3567"), ("Pop", "12"), ("Jazz", "−1.5")
    )
    assert table.count('class="ce-end ce-number"') == 3
    assert re.findall('data-gap="(.*?)"', table) == [".0000", "000"]
    assert "ce-end" not in written(("song", "it"), ("1", "a"), ("2", "b"), ("3", "3"))
