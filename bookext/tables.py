"""A written table with more words than a phone has room for is read row by row there.

It gets the class of a computed one with sentences (`ce_lib.tables`), and its cells the names of
their columns; the rest is the style sheet's. Numbers beside words are marked: they stay whole.
"""

import re
from html import escape
from typing import Any

from bs4 import BeautifulSoup
from sphinx.application import Sphinx

from bookext.formulas import line

#: How many letters stand beside each other on a phone, and of how many a sentence has some.
ROOM, SENTENCE = 48, 24
#: What stands between two columns, in letters.
GAP = 2

TABLE = re.compile(r'<table class="table">.*?</table>', re.DOTALL)
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL = re.compile(r"<(t[hd])([^>]*)>(.*?)</\1>", re.DOTALL)
NUMBER = re.compile(r"[+−]?\d[\d.,]*(?: ?%)?")


def words(cell: str) -> str:
    """What is said in a cell, its formulas in a line of text."""
    parsed = BeautifulSoup(cell, "html.parser")
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


def fitted(table: re.Match[str]) -> str:
    html = table.group()
    rows = [
        [words(cell[3]) for cell in CELL.finditer(row)] for row in ROW.findall(html)
    ]
    wordy = is_wordy(rows)

    def row(found: re.Match[str]) -> str:
        columns = enumerate(rows[0])

        def cell(each: re.Match[str]) -> str:
            tag, said, inside = each.groups()
            column, head = next(columns)
            if tag == "td" and NUMBER.fullmatch(words(inside)):
                said = _with_class(said, "ce-number")
            if tag == "td" and wordy and column > 0:
                # Where a name in code may break (bookext/markup.py).
                name = re.sub(r"(?<=\w)[_=](?=\w)", "\\g<0>\u200b", head)
                said += f' data-head="{escape(name)}"'
            return f"<{tag}{said}>{inside}</{tag}>"

        return CELL.sub(cell, found.group())

    html = ROW.sub(row, html)
    return html.replace('"table"', '"table ce-wordy"', 1) if wordy else html


def _with_class(said: str, name: str) -> str:
    if 'class="' in said:
        return said.replace('class="', f'class="{name} ', 1)
    return f'{said} class="{name}"'


def fit(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    if body := context.get("body"):
        context["body"] = TABLE.sub(fitted, body)


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", fit)
