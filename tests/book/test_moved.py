"""No link ever dies: an old address leads to where its page, part or state is now."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from addresses import listed
from contents import ROOT
from playwright.sync_api import Browser, Page
from small_book import Build
from sphinx.errors import ExtensionError

from bookext.moved import (
    ANCHOR,
    check_pages,
    check_parts,
    keep_names,
    moved,
    point_on,
)

pytestmark = pytest.mark.xdist_group("moved")

MOVED = moved(ROOT)
STATE = "chapters/04-log-curve.html#loss-curve?q=0.25&ratio=4"


@pytest.mark.parametrize("page", listed())
def test_every_address_the_book_ever_had_leads_to_its_part(
    book: Path, page: str
) -> None:
    lost = []
    for name in listed()[page]:
        now, _, part = MOVED.get(f"{page}#{name}", MOVED.get(page, page)).partition("#")
        path = book / f"{now}.html"
        if not path.exists() or (part or name) not in ANCHOR.findall(
            path.read_text("utf-8")
        ):
            lost.append(name)
    assert lost == [], "give these an address in moved.yml, or their part its old name"


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def scriptless(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("page", sorted(old for old in MOVED if "#" not in old))
@pytest.mark.parametrize("reader", ["tab", "scriptless"])
def test_an_old_page_leads_to_its_new_one(
    request: pytest.FixtureRequest, book_url: str, page: str, reader: str
) -> None:
    tab = request.getfixturevalue(reader)
    tab.goto("about:blank")
    tab.goto(f"{book_url}/{page}.html")
    tab.wait_for_url(f"{book_url}/{MOVED[page]}.html")


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("way", ["http", "strict", "file"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (STATE, STATE.replace("04-", "")),
        (
            "chapters/07-brier-and-log-score.html#reliability?stated=0.4&cases=50&hits=20",
            "chapters/calibration.html#reliability?stated=0.4&cases=50&hits=20",
        ),
        (
            "chapters/07-brier-and-log-score.html?from=slides#calibration",
            "chapters/calibration.html?from=slides#calibration",
        ),
        (
            "chapters/softmax-gradient.html#the-batch-in-matrices",
            "chapters/softmax-regression.html#a-batch-is-one-product-of-matrices",
        ),
        (
            "chapters/05-softmax-gradient.html#exercise-one-step",
            "chapters/softmax-regression.html#exercise-one-step",
        ),
        (
            "chapters/07-brier-and-log-score.html#which-one",
            "chapters/brier-and-log-score.html#which-one",
        ),
    ],
)
def test_what_stands_behind_the_page_comes_along(
    tab: Page,
    book: Path,
    request: pytest.FixtureRequest,
    way: str,
    old: str,
    new: str,
) -> None:
    if way == "file":
        base = book.as_uri()
    else:
        base = request.getfixturevalue(
            "strict_book_url" if way == "strict" else "book_url"
        )
    tab.goto("about:blank")  # whatever stood behind the last address
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.goto(f"{base}/{old}")
    tab.wait_for_url(f"{base}/{new}")
    assert [c for c in complaints if "moved" in c] == []


def test_an_old_link_opens_its_state(tab: Page, book_url: str) -> None:
    tab.goto("about:blank")
    tab.goto(f"{book_url}/{STATE}")
    loss = tab.locator("#loss-curve [data-quantity=loss]").first
    loss.wait_for()
    assert float(loss.get_attribute("data-value")) == pytest.approx(
        1.3862943611, rel=1e-9
    )


def test_what_only_leads_on_is_not_found_by_search(book: Path) -> None:
    index = (book / "searchindex.js").read_text(encoding="utf-8")
    for old in MOVED:
        assert f'"{old}"' not in index


def test_an_address_that_leads_nowhere_stops_the_build(
    build: Build, tmp_path: Path
) -> None:
    (tmp_path / "moved.yml").write_text("chapters/old: chapters/nowhere\n")
    run = build("Nothing here.\n")
    said = " ".join((run.stdout + run.stderr).split())
    assert run.returncode != 0
    assert "chapters/old leads to chapters/nowhere, and there is no such page" in said


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("here: here", "here has not moved"),
        ("old#part: here", "old#part needs a line for old itself"),
        ("old: here\nold#part: gone#part", "there is no such page"),
    ],
)
def test_a_line_that_cannot_be_is_explained(
    tmp_path: Path, text: str, problem: str
) -> None:
    (tmp_path / "moved.yml").write_text(text)
    app, env = SimpleNamespace(srcdir=tmp_path), SimpleNamespace(found_docs={"here"})
    with pytest.raises(ExtensionError, match=problem):
        check_pages(app, env, [])


def test_a_part_that_is_not_there_is_explained(tmp_path: Path) -> None:
    (tmp_path / "here.html").write_text('<h1 id="there">There</h1>')
    check_parts(tmp_path, {"old#part": "here#there"})
    with pytest.raises(ExtensionError, match="there is no such part"):
        check_parts(tmp_path, {"old#part": "here#part"})


def test_a_renamed_part_keeps_its_old_name_once(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<section id="new"><h2>A question</h2></section>')
    for _ in range(2):  # an incremental build leaves the page alone
        keep_names(tmp_path, {"page#old": "page#new"})
        assert page.read_text().count('<span id="old"></span><section id="new">') == 1


LEFT = {"gone": "there.html#now"}
POINTS = '<article><p>See <a class="x" href="there.html">there</a>.</p></article>'


def test_a_part_that_left_leaves_its_name_at_the_link(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<head></head>{POINTS}")
    for _ in range(2):  # an incremental build leaves the page alone
        point_on(tmp_path, "page", LEFT)
        text = page.read_text()
        assert text.count('See <span id="gone"></span><a class="x"') == 1
        assert text.count("moved.js") == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<article>See there.</article>", "expected a link there on page"),
        (POINTS.replace("<p>", '<p id="gone">'), "has not moved: it is there"),
    ],
)
def test_a_part_that_cannot_have_left_is_explained(
    tmp_path: Path, text: str, problem: str
) -> None:
    (tmp_path / "page.html").write_text(text)
    with pytest.raises(ExtensionError, match=problem):
        point_on(tmp_path, "page", LEFT)
