"""A reader's own words lead to the section that answers."""

import json
import re
from pathlib import Path

import pytest
import yaml
from built import pages
from node import node
from playwright.sync_api import Browser

from bookext import formulas, search

HERE = Path(__file__).parent
QUESTIONS = yaml.safe_load((HERE / "questions.yml").read_text(encoding="utf-8"))

#: What readers look for in a word or two, and the page that should come first.
WANTED = {
    "cross-entropy": "chapters/genre-classifier",
    "Huffman": "chapters/surprise-and-cross-entropy",
    "nats bits": "chapters/surprise-and-cross-entropy",
    "KL divergence": "chapters/floor-plus-excess",
    "perplexity": "chapters/log-curve",
    "initial loss": "chapters/log-curve",
    "chance line": "chapters/log-curve",
    "calibration": "chapters/calibration",
    "temperature": "chapters/temperature-and-distillation",
    "Brier": "chapters/brier-and-log-score",
    "overflow": "chapters/logsumexp",
    "NaN": "chapters/loss-clinic",
    "negative loss": "chapters/loss-clinic",
    "logsumexp trick": "chapters/logsumexp",
    "label smoothing": "chapters/label-smoothing",
    "softmax twice": "chapters/folklore",
    "expected_calibration_error": "reference/calibration",
    "Kullback Leibler": "chapters/floor-plus-excess",
}


def found(book: Path, *queries: str) -> list[list[str]]:
    """The places that answer each query, the best first."""
    done = node(str(HERE / "search.mjs"), str(book), json.dumps(queries))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def short(place: str) -> str:
    """A place as it is named in questions.yml."""
    return place.removeprefix("chapters/").replace(".html#", "#")


def test_a_question_finds_its_answer_among_the_first_three_in_two_wordings(
    book: Path,
) -> None:
    asked = [(str(said), q) for q in QUESTIONS for said in q["typed"]]
    assert all(len(q["typed"]) >= 2 for q in QUESTIONS)
    hits = found(book, *(said for said, _ in asked))
    missed = {
        said: (question["at"], first)
        for (said, question), places in zip(asked, hits, strict=True)
        if not {*(first := [*map(short, places[:3])])} & {*question["at"]}
    }
    assert missed == {}


def test_what_a_question_should_find_is_there(book: Path) -> None:
    for place in (place for question in QUESTIONS for place in question["at"]):
        page, _, name = place.partition("#")
        folder = "" if "/" in page or page == "index" else "chapters/"
        assert f'id="{name}"' in (book / f"{folder}{page}.html").read_text("utf-8"), (
            place
        )


def test_the_page_that_explains_a_word_comes_first(book: Path) -> None:
    hits = found(book, *WANTED)
    first = {
        query: places[0].partition(".html")[0] if places else None
        for query, places in zip(WANTED, hits, strict=True)
    }
    assert first == WANTED


def test_every_hit_is_a_place_and_none_is_listed_twice(book: Path) -> None:
    ids: dict[str, set[str]] = {}
    for places in found(book, *WANTED):
        assert len(places) == len(set(places))
        for place in places:
            page, _, name = place.partition("#")
            if page not in ids:
                html = (book / page).read_text(encoding="utf-8")
                ids[page] = set(re.findall(r'\sid="([^"]+)"', html))
            assert name in ids[page]


def test_a_slip_of_the_keyboard_is_forgiven_and_words_of_no_page_lead_nowhere(
    book: Path,
) -> None:
    slip, nothing = found(book, "temprature", "flibbertigibbet")
    assert any("temperature" in place for place in slip[:3])
    assert nothing == []


def test_all_pages_can_be_found(book: Path) -> None:
    index = (book / "searchindex.js").read_text(encoding="utf-8")
    listed = json.loads(index.removeprefix("self.cePages=").rstrip(";\n"))
    found = {page for page, places in listed if places}
    assert found == {*pages()} - {"genindex.html", "search.html"}


@pytest.fixture(scope="module")
def lines() -> dict[str, str]:
    """Every formula of the book: its LaTeX, and the line that the search has of it."""
    found = {}
    for page in pages():
        text = (HERE.parents[1] / "_build/html" / page).read_text(encoding="utf-8")
        for formula in formulas.FORMULA.findall(text):
            tex = re.search(r"<annotation[^>]*>(.*?)</annotation>", formula, re.DOTALL)
            found[" ".join(tex[1].split())] = formulas.line(formula)
    return found


def test_a_formula_is_read_once_and_without_latex(lines: dict[str, str]) -> None:
    assert len(lines) > 500
    wrong = {tex: line for tex, line in lines.items() if not line or "\\" in line}
    assert wrong == {}


@pytest.mark.parametrize(
    ("tex", "line"),
    [
        (r"\ln K", "ln K"),
        ("H(P, Q)", "H(P, Q)"),
        ("q_y", "q_{y}"),
        ("1 - q", "1 − q"),
        (r"\bar z", "z̄"),
        ("(0.9, 0.05, 0.05)", "(0.9, 0.05, 0.05)"),
    ],
)
def test_a_formula_stands_in_one_line(
    lines: dict[str, str], tex: str, line: str
) -> None:
    assert lines[tex] == line


FORBIDDEN = """Object.defineProperty(window, "localStorage",
  { get() { throw new DOMException("no", "SecurityError"); } });"""


@pytest.mark.parametrize(
    ("place", "storage"),
    [("folder", ""), ("server", FORBIDDEN)],
    ids=["folder", "server, storage forbidden"],
)
def test_the_search_page_works_wherever_it_is_opened(
    browser: Browser, book: Path, strict_book_url: str, place: str, storage: str
) -> None:
    context = browser.new_context()
    context.add_init_script(storage)
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda m: m.type in ("error", "warning") and wrong.append(m.text))
    root = strict_book_url if place == "server" else book.as_uri()
    tab.goto(f"{root}/search.html?q=KL divergence flibbertigibbet")
    first = tab.locator("#found > li").first
    first.wait_for()
    assert "No page has “flibbertigibbet”." in tab.locator("#found-said").inner_text()
    assert "KL" in tab.locator("#found mark").all_inner_texts()
    assert "\\" not in tab.locator("#found").inner_text(), (
        "a formula stands there as TeX"
    )
    assert tab.locator("#found-nothing").is_hidden()

    field = tab.locator("main .seek input")
    field.fill("flibbertigibbet")
    tab.locator("#found-nothing").wait_for()
    assert tab.locator("#found > li").count() == 0
    field.fill("KL divergence")
    first.wait_for()
    assert tab.locator("#found-nothing").is_hidden()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("h1:not(:has-text('Search'))")
    assert "floor-plus-excess.html#" in tab.url
    tab.go_back()
    first.wait_for()
    assert field.input_value() == "KL divergence"
    context.close()
    assert wrong == []


def test_a_line_that_is_broken_is_read_to_its_end() -> None:
    section = '<section id="one"><h2>One</h2><p>first<br />\nsecond</p></section>'
    page = f'<article class="bd-article">{section}<p>outside</p></article>'
    outside, one = search.read(page).places
    assert one.text.split() == ["first", "second"]
    assert outside.text.split() == ["outside"]
