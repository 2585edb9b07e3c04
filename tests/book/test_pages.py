"""Every page works from a web server and from a folder, alone and without noise.

The server sends the strictest policy: what is forbidden by it complains like anything else.
"""

from collections.abc import Iterator
from pathlib import Path

import in_view
import narrow
import pytest
from alive import FOLDED, OTHERWISE, WAITING
from axe import audit
from built import turn
from contents import CHAPTERS
from parted import PARTED
from playwright.sync_api import Browser, Page, expect
from window import FRAMES, LOOPS, UNFOLD, resize

from ce_lib.explorers import REGISTRY

pytestmark = pytest.mark.xdist_group("page")


def visit(browser: Browser, address: str, **options: object) -> tuple[Page, list[str]]:
    """Open a page; return it with everything that went wrong or went elsewhere."""
    context = browser.new_context(**options)
    tab = context.new_page()
    wrong: list[str] = []
    origin = address.split("/")[2]  # empty for file://

    def request(request: object) -> None:
        url = request.url  # type: ignore[attr-defined]
        if not url.startswith("data:") and url.split("/")[2] != origin:
            wrong.append(f"request to {url}")

    tab.add_init_script(LOOPS)
    tab.on("request", request)
    tab.on("requestfailed", lambda r: wrong.append(f"failed: {r.url}"))
    tab.on(
        "response", lambda r: r.status >= 400 and wrong.append(f"{r.status}: {r.url}")
    )
    tab.on("console", lambda m: m.type in ("error", "warning") and wrong.append(m.text))
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.goto(address, wait_until="load")
    tab.wait_for_timeout(100)
    return tab, wrong


@pytest.fixture(scope="module")
def served(
    browser: Browser, strict_book_url: str, path: str
) -> Iterator[tuple[Page, list[str]]]:
    """A page over http, and what went wrong in it; open for all tests of the page.

    A large page takes long to lay out: tests of one width stand one after the other, and
    leave the window as wide as it is.
    """
    address = f"{strict_book_url}/{path}?questions=off"
    tab, wrong = visit(browser, address, viewport={"width": 1400, "height": 900})
    tab.evaluate(UNFOLD)
    yield tab, wrong
    tab.context.close()


@pytest.fixture(scope="module")
def scriptless(browser: Browser, book_url: str, path: str) -> Iterator[Page]:
    tab, _ = visit(browser, f"{book_url}/{path}", java_script_enabled=False)
    yield tab
    tab.context.close()


@pytest.fixture
def on_a_phone(served: tuple[Page, list[str]]) -> Page:
    tab, _ = served
    resize(tab, 390, 844)
    tab.evaluate("async () => { await document.fonts.ready; }")
    tab.evaluate(FRAMES)
    return tab


def test_over_http_nothing_is_loaded_from_elsewhere_and_nothing_complains(
    served: tuple[Page, list[str]],
) -> None:
    tab, wrong = served
    assert tab.locator(WAITING).count() == 0
    assert tab.evaluate(OTHERWISE) == []
    assert wrong == []


def test_a_number_and_its_unit_never_part(served: tuple[Page, list[str]]) -> None:
    tab, _ = served
    assert tab.evaluate(PARTED, "body") == []


# Where blocks of a page's text end on the right, from where the text begins: what ends there.
# What stands in a box or in columns has their edge; a computed table is as wide as its numbers.
EDGES = """() => {
  const article = document.querySelector(".bd-article");
  const left = article.getBoundingClientRect().left;
  const edges = {};
  const divided = ({ display, borderRightWidth }) =>
    display.endsWith("grid") || display.endsWith("flex") || borderRightWidth !== "0px";
  const within = ({ parentElement: up }) =>
    up !== article && (divided(getComputedStyle(up)) || within(up));
  for (const el of article.querySelectorAll(`section > *, figure, figure svg, table, details,
      dl, .admonition, .cell_input, .cell_output .output, .pst-scrollable-table-container`)) {
    if (el.matches("span, td *, .ce-computed") || within(el) || !el.checkVisibility()) continue;
    const box = el.getBoundingClientRect();
    const edge = Math.round((box.right - left) / 2) * 2;
    if (box.width && box.height) (edges[edge] ??= []).push(el.outerHTML.slice(0, 80));
  }
  return edges;
}"""


def test_a_page_has_two_right_edges(served: tuple[Page, list[str]]) -> None:
    tab, _ = served
    edges = tab.evaluate(EDGES)
    assert len(edges) <= 2, {edge: found[:3] for edge, found in edges.items()}


#: Code whose box, in a wide window, does not show all of a line; that of folds as well.
CUT_CODE = """() => {
  const folds = [...document.querySelectorAll("main details:not(.ce-frame *, [open])")];
  for (const fold of folds) fold.open = true;
  const cut = [...document.querySelectorAll("main pre")]
    .filter((el) => el.scrollWidth > el.clientWidth).map((el) => el.textContent.slice(0, 200));
  for (const fold of folds) fold.open = false;
  return cut;
}"""


def test_in_a_wide_window_no_line_of_code_is_wider_than_its_box(
    served: tuple[Page, list[str]],
) -> None:
    tab, _ = served
    assert tab.evaluate(CUT_CODE) == []


@pytest.mark.in_turn(3)
def test_from_a_folder_nothing_is_loaded_from_elsewhere_and_nothing_complains(
    browser: Browser, book: Path, path: str
) -> None:
    tab, wrong = visit(browser, (book / path).as_uri())
    tab.evaluate(UNFOLD)
    assert tab.locator(WAITING).count() == 0
    tab.context.close()
    assert wrong == []


#: What a reader without scripts sees of mathematics and numbers, when the folds before them
#: are opened by a click; say what is missing.
WITHOUT_SCRIPTS = """() => {
  const isSeen = (el) => el?.checkVisibility({ visibilityProperty: true }) &&
    el.getBoundingClientRect().height > 0;
  const missing = [];
  // It holds the numbers of the explorer below, too.
  const answers = [...document.querySelectorAll(".ce-guess-box summary")];
  for (const fold of answers) fold.click();
  for (const explorer of document.querySelectorAll(".ce-explorer")) {
    const folds = document.evaluate("ancestor::details[@class='ce-fold']/summary", explorer);
    const fold = folds.iterateNext();
    fold?.click();
    if (!isSeen(explorer.querySelector("table tr"))) missing.push(explorer.id);
    fold?.click();
  }
  for (const fold of answers) fold.click();
  // A formula that a phone breaks elsewhere is there twice, and one of the two is shown.
  for (const formula of document.querySelectorAll("main .math:not(details .math)"))
    if ([...formula.querySelectorAll(".katex-html")].filter(isSeen).length !== 1)
      missing.push(formula.outerHTML);
  return missing;
}"""


@pytest.mark.in_turn(2)
def test_without_scripts_mathematics_and_numbers_are_there(scriptless: Page) -> None:
    assert scriptless.locator(".ce-frame").count() == 0
    assert scriptless.evaluate(WITHOUT_SCRIPTS) == []


@pytest.mark.in_turn(2)
def test_what_is_folded_opens_without_scripts(
    scriptless: Page, book: Path, path: str
) -> None:
    solutions = (book / path).read_text(encoding="utf-8").count(">Solution to ")
    folds = scriptless.locator("main details")
    assert folds.filter(has_text="Solution to ").count() == solutions
    assert scriptless.evaluate(FOLDED) == []


#: Parts of a formula without the two or three children that MathML wants.
CHILDLESS = """() => [["msub, msup, mfrac, munder, mover, mroot", 2],
                     ["msubsup, munderover", 3]]
  .flatMap(([kinds, wanted]) => [...document.querySelectorAll(kinds)]
    .filter((el) => el.children.length !== wanted))
  .map((el) => el.outerHTML)"""


def test_every_formula_is_valid_mathml(served: tuple[Page, list[str]]) -> None:
    tab, _ = served
    assert tab.evaluate(CHILDLESS) == []


#: The clinic's finder leads to what is printed, and is not.
FOLDS = "main details:not(.ce-frame details, .ce-finder details) > :not(summary)"

PAPER = f"""() => ({{
  ground: getComputedStyle(document.body).backgroundColor,
  ink: getComputedStyle(document.querySelector(".bd-article")).color,
  hidden: [...document.querySelectorAll("{FOLDS}")]
    .filter((el) => !el.checkVisibility({{ contentVisibilityAuto: true }})).length,
  clicks: [...document.querySelectorAll("button, nav, .ce-controls, .ce-try, .sidebar")]
    .filter((el) => el.checkVisibility()).map((el) => el.outerHTML.slice(0, 80)),
}})"""


@pytest.mark.in_turn(2)
def test_on_paper_there_is_ink_on_white_and_nothing_to_click(
    served: tuple[Page, list[str]], path: str
) -> None:
    if path in ("genindex.html", "search.html"):
        return  # a search field and an index of links are there to be clicked
    tab, _ = served
    tab.emulate_media(color_scheme="dark")
    tab.evaluate(FRAMES)
    tab.emulate_media(media="print", color_scheme="dark")
    paper = tab.evaluate(PAPER)
    tab.emulate_media(media="null", color_scheme="null")
    assert paper == {
        "ground": "rgb(255, 255, 255)",
        "ink": "rgb(28, 33, 40)",
        "hidden": 0,
        "clicks": [],
    }


@pytest.mark.in_turn(2)
def test_whatever_sets_a_state_has_the_whole_picture_in_view(
    served: tuple[Page, list[str]], path: str
) -> None:
    tab, _ = served
    resize(tab, *turn(path, in_view.SIZES))
    assert in_view.lost(tab) == []


#: Sliders' names of one word that need two lines: they are torn.
TORN = """() => [...document.querySelectorAll(".ce-slider > span:first-child")].filter((name) =>
  !/\\s/.test(name.textContent.trim())
    && name.offsetHeight > 1.6 * parseFloat(getComputedStyle(name).lineHeight)
).map((name) => name.textContent)"""


def test_the_page_is_never_wider_than_a_phone_and_tears_no_name(
    on_a_phone: Page,
) -> None:
    assert on_a_phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert on_a_phone.evaluate(TORN) == []


#: Where the links to the pages before and after begin and end.
EDGES_OF_LINKS = """() => [...document.querySelectorAll(".neighbours a")].map((el) => {
  const { left, right } = el.getBoundingClientRect();
  return `${left} ${right}`;
})"""


def test_the_way_on_is_as_wide_as_the_way_back_on_a_phone(on_a_phone: Page) -> None:
    assert len(set(on_a_phone.evaluate(EDGES_OF_LINKS))) <= 1


#: Signs that begin a line behind a formula or code.
INITIAL = """() => [...document.querySelectorAll("main :is(span.math .katex, code)")]
  .filter((el) => el.checkVisibility())
  .map((el) => {
    let next = el;
    while (next && !next.nextSibling) next = next.parentElement;
    next = next?.nextSibling;
    while (next?.firstChild) next = next.firstChild;
    if (!/^[.,;:!?)”]/.test(next?.data ?? "")) return "";
    const sign = document.createRange();
    sign.setStart(next, 0);
    sign.setEnd(next, 1);
    const last = [...el.querySelectorAll(".base")].at(-1) ?? el;
    return sign.getBoundingClientRect().left < [...last.getClientRects()].at(-1).left
      ? `${el.textContent} ${next.data.slice(0, 9)}` : "";
  }).filter(Boolean)"""


def test_no_line_begins_with_the_sign_behind_a_formula(on_a_phone: Page) -> None:
    assert on_a_phone.evaluate(INITIAL) == []


#: How large the smallest letters of each figure are.
LETTERS = """() => [...document.querySelectorAll("svg.ce-figure")].map((el) => {
  const scale = el.getBoundingClientRect().width / el.viewBox.baseVal.width;
  const sizes = [...el.querySelectorAll("text")]
    .map((text) => parseFloat(getComputedStyle(text).fontSize));
  return scale * Math.min(...sizes);
})"""


def test_the_letters_of_a_figure_are_read_on_a_phone(on_a_phone: Page) -> None:
    assert [size for size in on_a_phone.evaluate(LETTERS) if size < 11] == []


#: Words of figures that reach out of their picture.
OUTSIDE = """() => [...document.querySelectorAll("svg.ce-figure")].flatMap((svg) => {
  const { left, right, top, bottom } = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.left < left || box.right > right || box.top < top || box.bottom > bottom;
  }).map((text) => text.textContent);
})"""


def test_the_words_of_a_figure_stand_within_it(on_a_phone: Page) -> None:
    assert on_a_phone.evaluate(OUTSIDE) == []


STRUCK = Path(__file__).parents[1].joinpath("web/struck.js").read_text("utf-8")
#: Words of figures that a line strikes out. Letters fill the middle of their boxes.
STRUCK_OUT = """() => [...document.querySelectorAll("svg.ce-figure")].flatMap((svg) =>
  struck(svg, (node) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    const air = 0.22 * (bottom - top);
    return right - left > bottom - top
      ? [{ left, right, top: top + air, bottom: bottom - air }] : [];
  }))"""


def test_no_line_strikes_out_the_words_of_a_figure(on_a_phone: Page) -> None:
    on_a_phone.evaluate(f"() => {STRUCK}")
    assert on_a_phone.evaluate(STRUCK_OUT) == []


#: What a cell prints, where its box does not show all of it.
CUT_PRINTS = """() => [...document.querySelectorAll(".cell_output pre")]
  .filter((el) => el.checkVisibility() && el.scrollWidth > el.clientWidth)
  .map((el) => el.textContent.slice(0, 80))"""


def test_what_a_cell_prints_is_whole_on_a_phone(on_a_phone: Page) -> None:
    assert on_a_phone.evaluate(CUT_PRINTS) == []


def test_what_is_wider_than_a_phone_scrolls(on_a_phone: Page) -> None:
    assert on_a_phone.evaluate(narrow.CUT) == []


#: Tables that go on beyond their box, where nothing of it is seen; and numbers in two lines.
UNSAID = """() => {
  const tables = [...document.querySelectorAll("main table")]
    .filter((el) => el.checkVisibility());
  const cut = tables.filter((table) => {
    let box = table.parentElement;
    while (box && getComputedStyle(box).overflowX === "visible") box = box.parentElement;
    if (!box || box.scrollWidth <= box.clientWidth) return false;
    return parseFloat(getComputedStyle(box).getPropertyValue("--ce-fade")) < 6;
  });
  const torn = [...document.querySelectorAll("main .ce-number")].filter((cell) => {
    const number = document.createRange();
    number.selectNodeContents(cell.querySelector("p") ?? cell);
    const line = parseFloat(getComputedStyle(cell).lineHeight);
    return number.getBoundingClientRect().height > 1.6 * line;
  });
  return [...cut, ...torn].map((el) => el.outerHTML.slice(0, 120));
}"""


def test_a_table_that_goes_on_says_so_and_no_number_is_torn(on_a_phone: Page) -> None:
    on_a_phone.evaluate(narrow.OPEN_MORE)
    on_a_phone.evaluate(FRAMES)
    assert on_a_phone.evaluate(UNSAID) == []


@pytest.mark.in_turn(2)
def test_in_a_narrow_window_nothing_is_cut_or_scrolls_sideways(
    served: tuple[Page, list[str]], path: str
) -> None:
    tab, wrong = served
    before = len(wrong)
    assert turn(path, narrow.WAYS)(tab) == []
    assert wrong[before:] == []


def test_explorers_answer_under_a_strict_policy_without_a_complaint(
    browser: Browser, strict_book_url: str
) -> None:
    tab, wrong = visit(browser, f"{strict_book_url}/chapters/log-curve.html")
    tab.get_by_role("button", name="Skip").click()
    frame = tab.locator("#loss-curve .ce-frame")
    before = frame.locator("[data-quantity=loss]").first.inner_text()
    frame.locator("input[type=range]:visible").first.press("ArrowRight")
    assert frame.locator("[data-quantity=loss]").first.inner_text() != before
    for button in frame.locator(".ce-try button").all():
        button.click()
    tab.context.close()
    assert wrong == []


HEIGHTS = """async () => {
  const heights = [];
  for (const el of document.querySelectorAll(".ce-explorer")) {
    el.closest("details").open = true; // the one before it shuts
    await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
    heights.push([el.dataset.explorer, el.offsetHeight]);
  }
  return heights;
}"""


@pytest.mark.parametrize("width", [390, 1400])
def test_the_static_table_reserves_the_room_of_the_living_explorer(
    browser: Browser, book_url: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    tab = context.new_page()
    tab.goto(f"{book_url}/chapters/gallery.html")
    tab.evaluate(UNFOLD)
    alive = tab.evaluate(HEIGHTS)
    assert len(alive) == len(REGISTRY)
    tab.route("**/core.js*", lambda route: route.abort())
    tab.reload()
    waiting = tab.evaluate(HEIGHTS)
    context.close()
    for (name, living), (_, reserved) in zip(alive, waiting, strict=True):
        assert abs(living - reserved) <= 50, (
            f"{name}: {living / 17:.1f} rem alive, {reserved / 17:.1f} reserved: set `room`"
        )


def test_every_chapter_has_a_solution_to_open(book: Path) -> None:
    for chapter in CHAPTERS:
        text = (book / f"{chapter}.html").read_text(encoding="utf-8")
        exercises, solutions = (
            text.count('class="exercise'),
            text.count(">Solution to "),
        )
        assert exercises == solutions > 0, chapter


RESTLESS = """() => [...document.querySelectorAll("*")].filter((el) => {
  const { animationDuration, transitionDuration, scrollBehavior } = getComputedStyle(el);
  const times = `${animationDuration},${transitionDuration}`.split(",");
  return Math.max(...times.map(Number.parseFloat)) > 0.01 || scrollBehavior === "smooth";
}).map((el) => el.outerHTML.slice(0, 120))"""


def test_nothing_moves_for_who_asks_for_less_motion(
    browser: Browser, book_url: str
) -> None:
    address = f"{book_url}/chapters/log-curve.html"
    tab, _ = visit(browser, address, reduced_motion="reduce")
    assert tab.evaluate(RESTLESS) == []
    tab.context.close()


def test_prose_links_open_their_state(browser: Browser, book_url: str) -> None:
    tab, _ = visit(browser, f"{book_url}/chapters/log-curve.html")
    tab.get_by_role("button", name="Skip").click()
    tab.get_by_role("link", name="certain and right").click()
    tab.wait_for_timeout(50)
    slope = tab.locator("#loss-curve [data-quantity=slope_q]").first
    assert slope.get_attribute("data-value") == "-1"
    tab.context.close()


@pytest.mark.parametrize("way", ["from outside", "in the page"])
def test_the_gallery_opens_what_a_link_names_and_one_at_a_time(
    browser: Browser, book: Path, way: str
) -> None:
    address = (book / "chapters/gallery.html").as_uri()
    link = "#loss-curve?q=0.25"
    tab, wrong = visit(browser, address + (link if way == "from outside" else ""))
    if way == "in the page":
        assert tab.locator(".ce-frame").count() == 0
        tab.locator("summary", has_text="the explorer scores").click()
        expect(tab.locator("#scores .ce-frame")).to_be_visible()
        tab.evaluate("(link) => { location.hash = link; }", link)
    loss = tab.locator("#loss-curve [data-quantity=loss]").first
    expect(loss).to_have_attribute("data-value", "1.3862943611198906")
    expect(tab.locator("#loss-curve .ce-stage")).to_be_in_viewport(ratio=0.99)
    expect(tab.locator(".ce-fold[open]")).to_have_count(1)
    assert tab.locator(".ce-frame").count() == (2 if way == "in the page" else 1)
    tab.context.close()
    assert wrong == []


def test_a_link_from_outside_opens_its_state(browser: Browser, book: Path) -> None:
    address = (book / "chapters/log-curve.html").as_uri() + "#loss-curve?q=0.25"
    tab, _ = visit(browser, address)
    loss = tab.locator("#loss-curve [data-quantity=loss]").first
    assert float(loss.get_attribute("data-value")) == pytest.approx(
        1.3862943611, rel=1e-9
    )
    tab.context.close()


def test_axe_finds_nothing_of_any_grade(
    served: tuple[Page, list[str]], path: str
) -> None:
    tab, _ = served
    # Colours do not depend on the width, nor what there is on the theme. Pages take turns;
    # before a release each is tried in every window and theme.
    if way := turn(path, [(390, "dark"), None, None, (1400, "light"), None, None]):
        assert audit(tab, *way) == []


def test_every_page_has_a_description(browser: Browser, book: Path, path: str) -> None:
    if path in ("genindex.html", "search.html"):
        return  # made by Sphinx, not written
    text = (book / path).read_text(encoding="utf-8")
    assert '<meta content="' in text or '<meta name="description"' in text
    assert "description" in text[: text.index("</head>")]
