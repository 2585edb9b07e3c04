"""Tables of numbers: what a cell shows when it computes more than one line."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable, Sequence
from numbers import Integral
from typing import Any

from ce_lib._backticks import as_html, as_words
from ce_lib._written import RAISED, grouped, plain, shown

#: A text that is a number, whatever stands behind it: 57.0 %, 0.0034 ± 0.0003.
_NUMBER = re.compile(r"[+−]?[\d∞].*")
#: Its digits behind the point, with the point.
_BEHIND = re.compile(r"^[+−]?[\d,]+(\.\d*)")
#: What has no place for a point: it ends where the column does.
_POINTLESS = re.compile(r"[^\d]*|.*\b10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")
#: What keeps the room of a point, and of so many digits, behind a shorter number.
_NO_POINT = '<span style="visibility:hidden">.</span>'
_NO_DIGITS = '<span style="display:inline-block;width:{}ch"></span>'
_LEFT = ' style="text-align:left"'
#: A letter: what has none, a range or a product of numbers, stays on one line.
_LETTER = re.compile(r"[^\W\d_]")
#: So many letters in a cell are a sentence: on a phone its row becomes a paragraph.
_SENTENCE = 40

Cell = str | float


class Table:
    """Rows of numbers under a head, aligned at the decimal point.

    A notebook and the book show a table, a terminal shows text.

    Parameters
    ----------
    head : str
        The names of the columns, with their units, between bars: ``"q | nats | bits"``.
        That of the first may be empty.
    rows : iterable of sequences
        Texts and numbers. The first of a row is its name; a number there is given, and
        written as it is. Texts stay as they
        are, but 3.4e-08 becomes 3.4·10⁻⁸, as the numbers beside it. From five digits on a
        number has its thousands apart. What stands between backticks is code, there and
        in the head.
    decimals : int or sequence of int, optional
        How many decimals the numbers get, in all columns or in each after the first; by
        default what four significant digits need. What is not 0 is never written as 0,
        nor a million or more with all its digits.

    Raises
    ------
    ValueError
        If there is no row, or one is longer or shorter than the head, or `decimals` than
        the columns.

    Examples
    --------
    >>> Table("q | nats", [(1, 0.0), (0.25, 1.3862943611)], decimals=4)
       q    nats
    1     0.0000
    0.25  1.3863
    """

    def __init__(
        self,
        head: str,
        rows: Iterable[Sequence[Cell]],
        decimals: int | Sequence[int] | None = None,
    ) -> None:
        self.head = [name.strip() for name in head.split("|")]
        columns = len(self.head) - 1
        if decimals is None or isinstance(decimals, int):
            places = [decimals] * columns
        else:
            places = list(decimals)
        if len(places) != columns:
            raise ValueError(
                f"decimals: expected one number, or one for each of {columns} columns "
                f"after the first; got {len(places)}"
            )
        self.rows: list[list[str]] = []
        for number, (name, *rest) in enumerate(rows):
            if len(rest) != columns:
                raise ValueError(
                    f"rows: expected {columns + 1} entries, as in the head; got "
                    f"{len(rest) + 1} in row {number}"
                )
            self.rows.append([_given(name), *map(_computed, rest, places)])
        if not self.rows:
            raise ValueError("rows: expected at least one, got none")

    def __repr__(self) -> str:
        texts = [
            [as_words(text) + " " * (sum(gap) if gap else 0) for text, gap in column]
            for column in self._columns()
        ]
        lines = [list(map(as_words, self.head)), *zip(*texts, strict=True)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        put = [str.rjust if number else str.ljust for number in self._numeric()]
        return "\n".join(
            "  ".join(
                p(text, w) for p, text, w in zip(put, line, widths, strict=True)
            ).rstrip()
            for line in lines
        )

    def _repr_html_(self) -> str:
        left = ["" if number else _LEFT for number in self._numeric()]
        head = "".join(
            f'<th scope="col"{side}>{as_html(name)}</th>' if name else "<td></td>"
            for name, side in zip(self.head, left, strict=True)
        )
        texts = [as_words(text) for row in self.rows for text in row[1:]]
        wordy = len(self.head) > 2 and max(map(len, texts), default=0) >= _SENTENCE
        rows = ""
        for row in zip(*self._columns(), strict=True):
            cells = [
                as_html(text)
                + (_NO_POINT * gap[0] + _NO_DIGITS.format(gap[1]) if gap else "")
                for text, gap in row
            ]
            rows += f'<tr><th scope="row"{left[0]}>{cells[0]}</th>'
            for cell, (text, _), side, name in zip(
                cells[1:], row[1:], left[1:], self.head[1:], strict=True
            ):
                whole = " " in text.replace("\u00a0", " ") and not _LETTER.search(text)
                kept = ' class="ce-number"' if whole else ""
                says = f' data-head="{html.escape(as_words(name))}"' if wordy else ""
                rows += f"<td{kept}{side}{says}>{cell}</td>"
            rows += "</tr>"
        kind = "ce-computed ce-wordy" if wordy else "ce-computed"
        return (
            f'<table class="{kind}"><thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )

    def _numeric(self) -> list[bool]:
        """Which columns hold numbers; names of rows are numbers when all of them are."""
        names, *columns = zip(*self.rows, strict=True)
        numeric = [any(map(_NUMBER.fullmatch, column)) for column in columns]
        return [all(map(_NUMBER.fullmatch, names)), *numeric]

    def _columns(self) -> list[list[tuple[str, tuple[int, int] | None]]]:
        """Each column's texts; behind a number, whether a point and how many digits lack."""
        columns = []
        for place, (column, numeric) in enumerate(
            zip(zip(*self.rows, strict=True), self._numeric(), strict=True)
        ):
            # A 0 that was computed is exact: there are no digits that it lacks.
            whole = ["0"] if place else []
            digits = [
                None
                if text in whole or _POINTLESS.fullmatch(text)
                else found[1]
                if (found := _BEHIND.match(text))
                else ""
                for text in column
            ]
            most = max((len(each) for each in digits if each), default=0)
            gaps = [
                None
                if each is None or not numeric or len(each) == most
                else (int(not each), most - max(1, len(each)))
                for each in digits
            ]
            columns.append(list(zip(column, gaps, strict=True)))
        return columns


#: A text as Python writes a power of ten, 3.4e-08.
_POWER = re.compile(r"([+−-]?\d(?:\.\d+)?)e([+−-]?\d+)")
#: A number below 0, as Python writes it.
_BELOW = re.compile(r"-(?=\d+(?:\.\d+)?$)")
#: What stands between the ends of a range: a line does not end there.
_RANGE = re.compile(r"(?<=\d) – (?=\d)")


def _said(text: str) -> str:
    if not (found := _POWER.fullmatch(text)):
        return _RANGE.sub("\u00a0–\u00a0", _BELOW.sub("−", text))
    if float(found[1].replace("−", "-")) == 0:
        return "0"
    power = f"10{str(int(found[2].replace('−', '-'))).translate(RAISED)}"
    return power if found[1] == "1" else f"{found[1].replace('-', '−')}·{power}"


def _given(value: Any) -> str:
    if isinstance(value, str):
        return _said(value)
    return _whole(value) if isinstance(value, Integral) else plain(float(value))


def _whole(value: Any) -> str:
    return grouped(f"{value}").replace("-", "−")


def _computed(value: Any, decimals: int | None) -> str:
    if isinstance(value, str):
        return _said(value)
    if isinstance(value, Integral):
        return _whole(value)
    value = float(value.detach() if hasattr(value, "detach") else value)
    written = shown(value) if decimals is None else grouped(f"{value:.{decimals}f}")
    if math.isnan(value):
        return "nan"
    hidden = value != 0 and not re.search("[1-9]", written)
    if hidden or abs(value) >= 1e6:
        written = shown(value)
    return written.replace("-", "−")
