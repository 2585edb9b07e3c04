"""A table says what its numbers are, aligned, and hides none of them behind zeros."""

import re

import numpy as np
import pytest

from ce_lib.tables import Table


def cells(table: Table, row: int) -> list[str]:
    rows = table._repr_html_().split("<tr>")[1:]
    return [
        re.sub(r"<[^>]*>", "", cell) for cell in re.split(r"</t[hd]>", rows[row])[:-1]
    ]


def test_numbers_below_each_other_have_their_points_below_each_other() -> None:
    table = Table(
        "q | a | b", [(1, 10.5, 1), (0.25, 0.125, 20), ("0.5 %", 3.0, 300)], [2, 2]
    )
    for line in str(table).splitlines()[1:]:
        assert line[10] == "."  # of 10.50
    html = table._repr_html_()
    assert '1<span style="visibility:hidden">.</span>' in html
    assert html.count("width:2ch") == 1


def test_what_has_no_point_ends_where_the_column_does() -> None:
    values = [0.125, np.inf, -np.inf, np.nan, 0.0, 4e-18, "words"]
    table = Table("of | a", [("x", value) for value in values])
    ends = {len(line) for line in str(table).splitlines()}
    assert len(ends) == 1, table
    assert "hidden" not in table._repr_html_()


def test_what_is_given_stands_at_the_point_a_nought_too() -> None:
    table = Table("q | a", [(0, "x"), (0.25, "y"), (1, "z")])
    assert [line[0] for line in str(table).splitlines()[1:]] == ["0", "0", "1"]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.0, 4, "0.0000"),
        (0.00004, 4, "4.00·10⁻⁵"),
        (-0.25, 2, "−0.25"),
        (np.inf, 4, "∞"),
        (-np.inf, 4, "−∞"),
        (np.nan, 4, "nan"),
        (np.float32(0.5), 3, "0.500"),
        (np.int64(-3), 3, "−3"),
        (2_000_000.0, 1, "2.00·10⁶"),
        (np.log(2), None, "0.6931"),
        ("0.1 ± 0.2", 3, "0.1 ± 0.2"),
        ("3.4e-08", 3, "3.4·10⁻⁸"),
        ("1e-03", 3, "10⁻³"),
        ("3e−19", 3, "3·10⁻¹⁹"),
        ("-3", 3, "−3"),
    ],
)
def test_a_number_is_never_hidden_behind_zeros(value, decimals, text) -> None:
    assert cells(Table("a | b", [("x", value)], decimals), 1) == ["x", text]


def test_what_is_given_is_written_as_it_is() -> None:
    names = [1, 0.99, 50257, "any <text>"]
    table = Table("q | nats", [(name, 1.0) for name in names], 1)
    assert [row[0] for row in table.rows] == ["1", "0.99", "50,257", "any <text>"]
    assert "any &lt;text&gt;" in table._repr_html_()


def test_every_cell_has_its_heads() -> None:
    html = Table(" | a | b", [("x", 1.0, 2.0)])._repr_html_()
    assert html.count('scope="col"') == 2
    assert html.count('scope="row"') == 1
    assert "<td></td><th" in html  # a corner that heads nothing


def test_beside_a_sentence_every_cell_says_what_it_is() -> None:
    why = "It is not a probability, and the usual cause of a loss below 0."
    assert Table("case | a", [("x", why)])._repr_html_().count("data-head") == 0
    html = Table("case | a | why", [("x", 1.0, why)])._repr_html_()
    assert 'data-head="a">1.000<' in html
    assert 'class="ce-computed ce-wordy"' in html


def test_code_stands_between_backticks_and_a_terminal_shows_none() -> None:
    table = Table("way | `ce_lib`, nats", [("`a < b`", 1.0), ("e", 2.0)], 1)
    html = table._repr_html_()
    assert "<code>ce_lib</code>, nats</th>" in html
    assert "<code>a &lt; b</code></th>" in html
    assert str(table) == "way    ce_lib, nats\na < b           1.0\ne               2.0"
    why = "`z` is no probability, and the usual cause of a loss below 0."
    wordy = Table("case | `z` | why", [("x", 1.0, why)])._repr_html_()
    assert 'data-head="z">1.000<' in wordy


@pytest.mark.parametrize(
    ("rows", "decimals", "problem"),
    [
        ([("x", 1.0), ("y",)], 2, "rows: expected 2 entries.*got 1 in row 1"),
        ([("x", 1.0)], [1, 2], "decimals: expected one number, or one for each of 1"),
    ],
)
def test_a_row_that_does_not_fit_is_explained(rows, decimals, problem) -> None:
    with pytest.raises(ValueError, match=problem):
        Table("a | b", rows, decimals)


def test_thousands_are_apart_from_five_digits_on() -> None:
    table = Table("K | a", [(1000, 9999.5), (10**6, 110177.0771), ("x", -50257)], 1)
    assert table.rows == [
        ["1000", "9999.5"],
        ["1,000,000", "110,177.1"],
        ["x", "−50,257"],
    ]
    points = [line.find(".") for line in str(table).splitlines()[1:3]]
    assert points[0] == points[1]


def test_a_range_stays_on_one_line() -> None:
    table = Table("run | right, %", [("all", "95.6 – 97.5")])
    assert "95.6\u00a0–\u00a097.5" in table._repr_html_()


def test_a_cell_without_a_letter_stays_on_one_line() -> None:
    rows = [("a", "95.6 – 97.5"), ("b", "8192 × 4096"), ("c", "never in 3"), ("d", "3")]
    found = re.findall(
        r"<td([^>]*)>", Table("of | a", rows)._repr_html_().split("tbody")[1]
    )
    assert ["ce-number" in one for one in found] == [True, True, False, False]


def test_a_table_without_rows_says_so_at_once() -> None:
    with pytest.raises(ValueError, match="rows: expected at least one, got none"):
        Table("q | nats", [])
