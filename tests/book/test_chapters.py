"""Chapters are numbered as they are met, and their code is short."""

import re
from pathlib import Path
from statistics import median

import pytest
import yaml
from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[2]
COURSE, _ = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))["parts"]
CHAPTERS = [entry["file"] for entry in COURSE["chapters"]]

MEDIAN, LONGEST = 6, 20  # lines of a cell; a figure with its labels may be the longest

CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OPTIONS = re.compile(r"\A---\n.*?^---\n|^:\w+:[^\n]*\n", re.MULTILINE | re.DOTALL)


def lengths(text: str) -> list[int]:
    """The number of lines of each code cell; options and blank lines do not count."""
    cells = (OPTIONS.sub("", cell) for cell in CELL.findall(text))
    return [sum(bool(line.strip()) for line in cell.splitlines()) for cell in cells]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_cells_are_short(chapter: str) -> None:
    lines = lengths((ROOT / f"{chapter}.md").read_text(encoding="utf-8"))
    assert median(lines) <= MEDIAN, lines
    assert max(lines) <= LONGEST, lines


def test_long_cells_would_be_found() -> None:
    cell = "```{code-cell} ipython3\n:tags: [hide-input]\n\n" + "x\n\n" * 7 + "```\n"
    figure = "```{code-cell} ipython3\n---\ntags: [a]\nb: c\n---\nx\ny\n```\n"
    assert lengths(cell + figure) == [7, 2]


def test_the_files_are_in_their_order() -> None:
    numbers = [re.match(r"chapters/(\d\d)-", name) for name in CHAPTERS]
    assert [int(number[1]) for number in numbers if number] == [
        *range(1, len(CHAPTERS) + 1)
    ]


def test_chapters_carry_their_number(browser: Browser, book_url: str) -> None:
    tab = browser.new_page()
    for number, chapter in enumerate(CHAPTERS, 1):
        tab.goto(f"{book_url}/{chapter}.html")
        assert (
            tab.locator(".bd-article h1").first.inner_text().startswith(f"{number}. ")
        )
        assert not re.match(r"\d", tab.locator(".bd-article h2").first.inner_text())
        here = tab.locator(".bd-sidebar-primary .current.active > a").first
        assert here.inner_text().startswith(f"{number}. ")
        label = tab.locator("main .caption-number")
        for kind in ("Fig.", "Exercise"):
            of_kind = [t for t in label.all_inner_texts() if t.startswith(kind)]
            for count, text in enumerate(of_kind, 1):
                assert text.strip() == f"{kind} {number}.{count}"
    tab.close()


def test_the_cover_leads_through_all_chapters_in_order() -> None:
    cover = (ROOT / "index.md").read_text(encoding="utf-8")
    path = cover.partition("cover-path")[2].partition(":::")[0]
    assert re.findall(r"\]\(([\w/-]+)\.md\)", path) == CHAPTERS


TOO_WIDE = """() => [...document.querySelectorAll("div.math")].filter((box) => {
  const number = box.querySelector(".eqno");
  const edge = number ? number.getBoundingClientRect().left
    : box.getBoundingClientRect().right;
  return [...box.querySelectorAll(".katex-html .base")]
    .some((part) => part.getBoundingClientRect().right > edge);
}).map((box) => box.textContent.slice(0, 60))"""


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_formula_is_cut_off_on_a_phone(
    browser: Browser, book_url: str, chapter: str
) -> None:
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    tab.goto(f"{book_url}/{chapter}.html")
    tab.evaluate("() => document.fonts.ready")
    tab.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    assert tab.evaluate(TOO_WIDE) == []
    tab.close()
