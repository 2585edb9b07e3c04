"""Chapters are numbered as they are met, and their code is short."""

import re
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from contents import ALL, CHAPTERS, PARTS, ROOT
from playwright.sync_api import Browser
from window import FRAMES

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


FOLD = re.compile(r"^```\{code-cell\}[^`]*?hide-input(?:.|\n)*?^```\n", re.MULTILINE)
NAME = re.compile(r'^  code_prompt_show: "The code: .+"$', re.MULTILINE)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_folds_of_code_in_a_row_say_what_they_hold(chapter: str) -> None:
    text = (ROOT / f"{chapter}.md").read_text(encoding="utf-8")
    folds = list(FOLD.finditer(text))
    for one, next_one in pairwise(folds):
        if not text[one.end() : next_one.start()].strip():
            names = [NAME.findall(fold.group()) for fold in (one, next_one)]
            assert all(names), next_one.group()
            assert names[0] != names[1]


#: What a chapter asks: an exercise, or a question to bet on.
ASKS = re.compile(r"^````?\{(exercise)\}|^```\{div\} (bet) ", re.MULTILINE)

AT_THE_END, IN_BETWEEN = 3, 3
KINDS_OF_SECTIONS = {"The idea", "The mathematics", "The code"}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_practice_stands_where_it_is_needed(chapter: str) -> None:
    text = (ROOT / f"{chapter}.md").read_text(encoding="utf-8")
    before, _, after = text.partition("\n## Try it yourself\n")
    at_the_end = [exercise or bet for exercise, bet in ASKS.findall(after)]
    assert set(at_the_end) == {"exercise"}, "a bet stands below the idea it asks about"
    assert len(at_the_end) <= AT_THE_END
    assert len(ASKS.findall(before)) >= IN_BETWEEN


#: A numbered list, and the line above it.
STEPS = re.compile(r"^([^\n]*)\n\n(1\. (?:(?!\n\n).)*)", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_steps_follow_their_explorer_at_once(chapter: str) -> None:
    # Then they move below its picture (web/host/host.js), which stays in view.
    text = (ROOT / f"{chapter}.md").read_text(encoding="utf-8")
    above = {line for line, steps in STEPS.findall(text) if "{explore}`" in steps}
    assert above <= {"```"}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_heading_says_what_its_section_says(chapter: str) -> None:
    text = (ROOT / f"{chapter}.md").read_text(encoding="utf-8")
    assert KINDS_OF_SECTIONS.isdisjoint(re.findall(r"^##+ (.+)$", text, re.MULTILINE))


def test_no_address_holds_a_number() -> None:
    assert [page for page in ALL if re.search(r"\d", page)] == []


def test_chapters_carry_their_number(browser: Browser, book_url: str) -> None:
    tab = browser.new_page()
    for number, chapter in enumerate(CHAPTERS, 1):
        tab.goto(f"{book_url}/{chapter}.html")
        assert tab.title().startswith(f"{number}. ")
        assert (
            tab.locator(".bd-article h1").first.inner_text().startswith(f"{number}. ")
        )
        assert not re.match(r"\d", tab.locator(".bd-article h2").first.inner_text())
        here = tab.locator("#contents .current.active > a").first
        assert here.inner_text().startswith(f"{number}. ")
        label = tab.locator("main .caption-number")
        for kind in ("Fig.", "Exercise"):
            of_kind = [t for t in label.all_inner_texts() if t.startswith(kind)]
            for count, text in enumerate(of_kind, 1):
                assert text.strip() == f"{kind} {number}.{count}"
        equations = tab.locator("main .eqno").all_text_contents()
        for count, text in enumerate(equations, 1):
            assert text.startswith(f"({number}.{count})")
    tab.close()


def test_the_sidebar_shows_the_parts_and_counts_through_them(
    browser: Browser, book_url: str
) -> None:
    tab = browser.new_page(viewport={"width": 1400, "height": 900})
    tab.goto(f"{book_url}/{ALL[0]}.html")
    sidebar = tab.locator("#contents")
    captions = sidebar.locator(".caption")
    assert captions.all_text_contents() == [part["caption"] for part in PARTS]
    assert all(caption.is_visible() for caption in captions.all())
    entries = sidebar.locator(".caption + ul > li > a").all_inner_texts()
    tab.close()
    numbers = [re.match(r"(\d+)\. ", entry) for entry in entries]
    assert [int(number[1]) for number in numbers if number] == [
        *range(1, len(CHAPTERS) + 1)
    ]
    assert len(entries) == sum(len(part["chapters"]) for part in PARTS)


#: Which lines the upper edge of the contents cuts, and whether the open page is in view.
OPENED = """() => {
  const panel = document.querySelector("#contents");
  const { top } = panel.getBoundingClientRect();
  const cut = [...panel.querySelectorAll(".caption, li > a")].filter((line) => {
    const box = line.getBoundingClientRect();
    return box.top < top - 1 && box.bottom > top + 1;
  });
  const here = panel.querySelector("a.current").getBoundingClientRect();
  return {
    cut: cut.map((line) => line.textContent),
    seen: here.top >= top && here.bottom <= innerHeight,
  };
}"""


@pytest.mark.parametrize("width", [1366, 820])
def test_the_contents_open_with_a_whole_line_and_the_page_that_is_read(
    browser: Browser, book_url: str, width: int
) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 650})
    for page in [*CHAPTERS[::4], *CHAPTERS[9::4], ALL[-1]]:
        tab.goto(f"{book_url}/{page}.html")
        if width < 992:
            tab.locator(".for-contents").click()
        tab.evaluate(FRAMES)
        assert tab.evaluate(OPENED) == {"cut": [], "seen": True}, page
    tab.close()


def test_pages_follow_each_other_as_in_the_contents(book: Path) -> None:
    for here, there in pairwise(ALL):
        text = (book / f"{here}.html").read_text(encoding="utf-8")
        (following,) = re.findall(r'class="next" rel="next" href="([^"]+)"', text)
        target = (book / f"{here}.html").parent / following
        assert target.resolve() == (book / f"{there}.html").resolve()


#: A link that says a chapter's number: "ch. 4", "chapter 4" or "Chapter 4".
NUMBERED = re.compile(r'href="([^"#]*)[^"]*">(?:ch\.|[Cc]hapter)\xa0(\d+)</a>')


def test_a_link_that_says_a_number_leads_to_that_chapter(book: Path, path: str) -> None:
    text = (book / path).read_text(encoding="utf-8")
    for address, number in NUMBERED.findall(text):
        here = (book / path).parent / address
        page = here.resolve().relative_to(book.resolve()).with_suffix("")
        assert page.as_posix() == CHAPTERS[int(number) - 1]


TYPED = re.compile(r"\b(?:ch\.|[Cc]hapters?|[Ll]abs?)[ \xa0]\d")


@pytest.mark.parametrize("page", ["index", *ALL])
def test_no_number_of_a_chapter_is_typed(page: str) -> None:
    text = (ROOT / f"{page}.md").read_text(encoding="utf-8")
    assert TYPED.findall(text) == [], "write {chapter}`its-page` or {lab}`its-name`"


def test_the_cover_leads_through_all_chapters_in_order(
    browser: Browser, book_url: str
) -> None:
    tab = browser.new_page()
    tab.goto(f"{book_url}/index.html")
    links = tab.locator("#the-way-through ol > li > p > strong > a").all()
    assert [f"{link.get_attribute('href')}" for link in links] == [
        f"{chapter}.html" for chapter in CHAPTERS
    ]
    numbers = tab.evaluate(
        """() => [...document.querySelectorAll("#the-way-through ol")].flatMap(
          (list) => [...list.children].map((_, i) => list.start + i))"""
    )
    assert numbers == [*range(1, len(CHAPTERS) + 1)]
    titles = tab.locator("#the-way-through h3").all_inner_texts()
    assert [title.rstrip("#") for title in titles] == [
        part["caption"] for part in PARTS
    ]
    tab.close()


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
