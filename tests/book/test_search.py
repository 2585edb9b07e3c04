"""A reader's own words lead to the page that answers."""

import json
from pathlib import Path

import pytest
from node import node
from playwright.sync_api import Browser

HERE = Path(__file__).parent

#: What readers look for, in their words, and the page that should come first.
WANTED = {
    "cross-entropy": "chapters/genre-classifier",
    "crossentropy": "chapters/genre-classifier",
    "softmax": "chapters/genre-classifier",
    "what are logits": "chapters/genre-classifier",
    "entropy": "chapters/surprise-and-cross-entropy",
    "Huffman": "chapters/surprise-and-cross-entropy",
    "nats bits": "chapters/surprise-and-cross-entropy",
    "KL": "chapters/floor-plus-excess",
    "KL divergence": "chapters/floor-plus-excess",
    "forward reverse KL": "chapters/floor-plus-excess",
    "perplexity": "chapters/log-curve",
    "initial loss": "chapters/log-curve",
    "convex neural network": "chapters/softmax-gradient",
    "calibration": "chapters/calibration",
    "calibration error bins": "chapters/calibration",
    "temperature": "chapters/calibration",
    "Brier": "chapters/brier-and-log-score",
    "overflow": "chapters/logsumexp",
    "NaN": "chapters/logsumexp",
    "from_logits": "chapters/logsumexp",
    "logsumexp trick": "chapters/logsumexp",
    "label smoothing": "chapters/label-smoothing",
    "softmax twice": "chapters/folklore",
    "expected_calibration_error": "reference/calibration",
}


def found(book: Path, *queries: str) -> list[list[tuple[str, str]]]:
    done = node(str(HERE / "search.mjs"), str(book), json.dumps(queries))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_page_that_answers_comes_first(book: Path) -> None:
    hits = found(book, *WANTED)
    first = {query: found[0][0] for query, found in zip(WANTED, hits, strict=True)}
    assert first == WANTED


def test_no_place_is_listed_twice_and_words_of_no_page_lead_nowhere(book: Path) -> None:
    *known, unknown = found(book, *WANTED, "flibbertigibbet")
    assert unknown == []
    for hits in known:
        places = [tuple(hit) for hit in hits]
        assert len(places) == len(set(places))


FORBIDDEN = """Object.defineProperty(window, "localStorage",
  { get() { throw new DOMException("no", "SecurityError"); } });"""
FULL = """Storage.prototype.setItem = () => {
  throw new DOMException("full", "QuotaExceededError"); };"""


@pytest.mark.parametrize(
    ("place", "storage"),
    [("folder", ""), ("server", ""), ("server", FORBIDDEN), ("server", FULL)],
    ids=["folder", "server", "storage forbidden", "storage full"],
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
    first = tab.locator("ul.search > li").first
    first.wait_for()
    assert (
        "No page has “flibbertigibbet”." in tab.locator("#search-results").inner_text()
    )
    if place == "server":
        excerpt = first.locator(".context")
        excerpt.wait_for()
        assert "KL" in excerpt.inner_text()
        assert "\\" not in excerpt.inner_text(), "a formula stands there as TeX, too"
    tab.locator(".colours").click()
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    first.locator("a").click()
    tab.wait_for_selector("h1")
    assert "floor-plus-excess.html" in tab.url
    if not storage:
        tab.wait_for_selector(".highlighted")
    context.close()
    assert wrong == []
