"""A written table fits a phone, and its numbers stand below each other.

One with more words than a phone has room for is read row by row there: it gets the class of a
computed one with sentences (`ce_lib.tables`), and its cells the names of their columns; the
rest is the style sheet's. A number stays whole, and a column of them is aligned at the point.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from bs4 import BeautifulSoup
from sphinx.application import Sphinx

from bookext.formulas import line

#: How many letters stand beside each other on a phone, and of how many a sentence has some.
ROOM, SENTENCE = 48, 24
#: What stands between two columns, in letters.
GAP = 2
#: How many letters of a column's name have room beside a cell of it, on a phone.
NAME = 12

TABLE = re.compile(r'<table class="table">.*?</table>', re.DOTALL)
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL = re.compile(r"<(t[hd])([^>]*)>(.*?)</\1>", re.DOTALL)
NUMBER = re.compile(r"[+−]?\d[\d,]*(\.\d+)?")


def words(cell: str) -> str:
    """What is said in a cell, its formulas in a line of text."""
    parsed = BeautifulSoup(cell, "html.parser")
    for heard in parsed.select(".ce-said"):
        heard.decompose()
    for formula in parsed.select(".katex"):
        formula.replace_with(line(str(formula.math)))
    return parsed.get_text().strip()


def is_wordy(rows: list[list[str]]) -> bool:
    """Whether columns as narrow as their longest words are too wide, and hold sentences."""
    longest = [
        max(len(word) for text in column for word in re.split(r"[\s-]+", text))
        for column in zip(*rows, strict=True)
    ]
    wide = sum(longest) + GAP * (len(longest) - 1) > ROOM
    return wide and any(len(text) >= SENTENCE for row in rows for text in row)


def digits(text: str) -> int | None:
    """How many characters a number has from its point on; None for what is no number."""
    found = NUMBER.fullmatch(text)
    return len(found[1] or "") if found else None


def most_digits(column: Sequence[str]) -> int | None:
    """The most that a number has in a column that holds more of them than words."""
    found = [n for n in map(digits, column) if n is not None]
    return max(found) if len(found) > len(column) / 2 else None


def fitted(table: re.Match[str]) -> str:
    html = table.group()
    rows = [
        [words(cell[3]) for cell in CELL.finditer(row)] for row in ROW.findall(html)
    ]
    wordy = is_wordy(rows)
    head, *body = rows
    columns = list(zip(*body, strict=True))
    most = [None, *map(most_digits, columns[1:])]

    def row(found: re.Match[str]) -> str:
        places = iter(range(len(head)))

        def cell(each: re.Match[str]) -> str:
            tag, said, inside = each.groups()
            column, text = next(places), words(inside)
            classes = ["ce-end"] if most[column] is not None and not wordy else []
            if tag == "td" and (own := digits(text)) is not None:
                classes.append("ce-number")
                if classes[0] == "ce-end" and (lack := most[column] - own):
                    inside = with_gap(
                        inside, "." * (not own) + "0" * (lack - (not own))
                    )
            if tag == "td" and wordy and column > 0:
                # Where a name in code may break (bookext/markup.py).
                name = re.sub(r"(?<=\w)[_=](?=\w)", "\\g<0>\u200b", head[column])
                said += f' data-head="{escape(name)}"'
            return f"<{tag}{with_classes(said, classes)}>{inside}</{tag}>"

        return CELL.sub(cell, found.group())

    html = ROW.sub(row, html)
    if not wordy:
        return html
    kind = (
        "ce-wordy ce-named-above"
        if any(len(n) > NAME for n in head[1:])
        else "ce-wordy"
    )
    return html.replace('"table"', f'"table {kind}"', 1)


def with_gap(inside: str, lacking: str) -> str:
    """Keep the room of what a number lacks (explorers.css)."""
    gap = f'<span class="ce-gap" data-gap="{lacking}"></span>'
    return re.sub(r"(</p>)?$", rf"{gap}\1", inside, count=1)


def with_classes(said: str, names: list[str]) -> str:
    if names and 'class="' in said:
        return said.replace('class="', f'class="{" ".join(names)} ', 1)
    return f'{said} class="{" ".join(names)}"' if names else said


def fit(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    if body := context.get("body"):
        context["body"] = TABLE.sub(fitted, body)


def setup(app: Sphinx) -> None:
    # What is no header is none by then (bookext/markup.py).
    app.connect("html-page-context", fit, priority=910)
