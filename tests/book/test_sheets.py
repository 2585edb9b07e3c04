"""The two style sheets of a page make it look like all the sheets of which they are made."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bookext.rules import Vocabulary, first_and_later, purged
from bookext.sheets import LATER, SHEET, delete_unlinked

PAGES = (
    "index.html",
    "chapters/log-curve.html",
    "chapters/softmax-regression.html",
    "genindex.html",
    "reference/losses.html",
    "search.html?q=entropy",
)

# The sheets that are shipped and the whole one take turns: what looks different, and in what?
# Elements that share their tag and classes, and those of what they stand in, look alike.
DIFFERENT = """async ([sheets, formulas]) => {
  const of = (sheet) => [...document.querySelectorAll(`link[href*='/${sheet}']`)];
  const links = sheets.flatMap(of);
  const turn = async (whole) => {
    for (const link of links) link.sheet.disabled = link.href.includes("whole") !== whole;
    if (!formulas) return;
    // Each sheet names the fonts anew, and they are fetched when something is set in them.
    await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
    await document.fonts.ready;
  };
  // A formula's distances are each a class of their own.
  const classes = (el) => el?.getAttribute("class")?.replace(/(^| )st-\\w+/g, "");
  const kind = (el) => `${el?.localName}.${classes(el)}`;
  const kinds = new Map();
  for (const el of document.querySelectorAll("body, body *")) {
    if (el.closest("math, details:not([open]) > :not(summary)")) continue;
    if (Boolean(el.closest(".katex-html")) !== formulas) continue;
    kinds.set(`${kind(el)} in ${kind(el.parentElement)}`, el);
  }
  const properties = [...getComputedStyle(document.body)].filter(
    (property) => !property.startsWith("--"),
  );
  const look = (el) => [null, "::before", "::after"].map((part) => {
    const style = getComputedStyle(el, part);
    if (part && style.content === "none") return [];
    return properties.map((property) => style.getPropertyValue(property));
  });
  await turn(false);
  const shipped = new Map([...kinds].map(([name, el]) => [name, look(el)]));
  await turn(true);
  const found = [];
  for (const [name, el] of kinds) {
    look(el).forEach((values, part) => {
      const before = shipped.get(name)[part];
      const i = values.findIndex((value, at) => value !== before[at]);
      if (i >= 0 || values.length !== before.length) {
        found.push(`${name} ${part} ${properties[i]}: ${before[i]}, not ${values[i]}`);
      }
    });
  }
  return [kinds.size, found];
}"""

ADD_WHOLE = """(sheet) => new Promise((done) => {
  const shipped = document.querySelector(`link[href*='/${sheet}']`);
  const link = shipped.cloneNode();
  link.onload = done;
  link.href += "&whole";
  shipped.after(link);
})"""

SHEETS = [SHEET, LATER]


def states(tab: Page) -> Iterator[str]:
    """Bring a page into one state after the other."""
    yield "as it opens"
    tab.evaluate("document.documentElement.dataset.theme = 'dark'")
    tab.evaluate(
        "document.querySelectorAll('details').forEach((one) => (one.open = true))"
    )
    yield "dark, with everything unfolded"
    tab.emulate_media(forced_colors="active")
    yield "in forced colours"
    tab.emulate_media(forced_colors="none", media="print")
    yield "printed"
    tab.emulate_media(media="screen")
    tab.set_viewport_size({"width": 390, "height": 800})
    yield "on a phone"
    tab.evaluate("document.getElementById('contents').showPopover()")
    yield "on a phone, with the contents open"
    tab.evaluate("document.getElementById('contents').hidePopover()")
    for answer in tab.locator(".ce-answer-box .ce-text").all()[:1]:
        answer.fill("0.5")
        answer.press("Enter")
        yield "with an answer"


def with_whole(tab: Page, book: Path, address: str) -> None:
    """Open a page, and give it all its sheets as they were before they were cut, too."""
    whole = (book.parent / ".doctrees" / SHEET).read_text(encoding="utf-8")
    tab.route(
        f"**/{SHEET}*whole*",
        lambda route: route.fulfill(body=whole, content_type="text/css"),
    )
    tab.goto(address)
    if "?" in address:
        tab.locator("#found > li").first.wait_for()
    tab.evaluate(ADD_WHOLE, SHEET)


@pytest.mark.parametrize("address", PAGES)
def test_no_page_misses_a_rule_that_was_left_out(
    browser: Browser, book: Path, book_url: str, address: str
) -> None:
    tab = browser.new_page(
        viewport={"width": 1400, "height": 900}, reduced_motion="reduce"
    )
    with_whole(tab, book, f"{book_url}/{address}")
    for state in states(tab):
        kinds, different = tab.evaluate(DIFFERENT, [SHEETS, False])
        assert kinds > 20
        assert not different, (state, different[:5])
    tab.close()


@pytest.mark.in_turn(3)
def test_no_formula_misses_a_rule_that_was_left_out(
    browser: Browser, book: Path, book_url: str, path: str
) -> None:
    if 'class="katex-html"' not in (book / path).read_text(encoding="utf-8"):
        pytest.skip("a page without formulas")
    tab = browser.new_page(viewport={"width": 1400, "height": 900})
    with_whole(tab, book, f"{book_url}/{path}")
    tab.evaluate(
        "document.querySelectorAll('details').forEach((one) => (one.open = true))"
    )
    kinds, different = tab.evaluate(DIFFERENT, [SHEETS, True])
    assert (
        kinds or path == "chapters/gallery.html"
    )  # there its folds open one at a time
    assert not different, different[:5]
    tab.close()


SHEET_OF_A_THEME = """
@import "another.css";
:root { --asked: red; --by: var(--asked); --unasked: blue }
.there, .gone { color: var(--by) }
.there > .gone { top: 0 }
p.set:hover::before { content: "}" }
:is(.gone, #here) em, :is(.gone) em { top: 1px }
p:not(.gone) { top: 2px }
[data-said="1"] { top: 3px } [data-unsaid] { top: 4px }
table { top: 5px }
@media print { .gone { top: 6px } .there { animation: turn 1s } }
@media print { .gone { top: 7px } }
@keyframes turn { to { top: 8px } }
@keyframes still { to { top: 9px } }
@font-face { font-family: Icons; src: url(icons.woff2) }
"""


def test_a_rule_stays_if_a_page_or_a_script_names_all_that_it_needs() -> None:
    page = '<p class="a there" data-said="2" id="here">table <em>.gone</em></p>'
    known = Vocabulary.of([page], ['el.classList.add("set")'])
    assert purged(SHEET_OF_A_THEME, known, []) == (
        ":root{--asked:red;--by:var(--asked)}"
        ".there{color:var(--by)}"
        'p.set:hover::before{content:"}"}'
        ":is(.gone, #here) em{top:1px}"
        "p:not(.gone){top:2px}"
        '[data-said="1"]{top:3px}'
        "@media print{.there{animation:turn 1s}}"
        "@keyframes turn{to{top:8px}}"
    )


def test_a_variable_stays_if_another_sheet_asks_for_it() -> None:
    known = Vocabulary.of(["<p>"], [])
    assert purged("p{--a:1;--b:var(--a);--c:2}", known, ["em{top:var( --b)}"]) == (
        "p{--a:1;--b:var(--a)}"
    )


SHEET_OF_A_BOOK = """
.there, .made { color: red }
.there::before { content: "–\u2002" }
.made { animation: turn 1s }
@media print { .there { top: 0 } .made { top: 1px } }
html[data-asked="on"] .there { top: 2px }
@keyframes turn { to { top: 3px } }
@property --fade { syntax: "<percentage>"; inherits: false }
"""


def test_what_only_a_script_makes_waits_for_it() -> None:
    known = Vocabulary.of(
        ['<html><p class="there">'], ["root.dataset.asked = asks() ? 'on' : 'off'"]
    )
    assert first_and_later(SHEET_OF_A_BOOK, known) == (
        ".there{color:red}"
        '.there::before{content:"–\u2002"}'
        "@media print{.there{top:0}}"
        'html[data-asked="on"] .there{top:2px}'
        '@property --fade{syntax:"<percentage>";inherits:false}',
        ".made{color:red}"
        ".made{animation:turn 1s}"
        "@media print{.made{top:1px}}"
        "@keyframes turn{to{top:3px}}",
    )


HEAD_LIMIT = 30_000  # bytes, gzipped


def test_before_anything_is_painted_a_page_waits_for_one_small_sheet(
    book: Path, path: str
) -> None:
    page = (book / path).read_text(encoding="utf-8")
    head = page[: page.index("</head>")]
    (sheet,) = re.findall(r'<link rel="stylesheet"[^>]*_static/([^"?]+)', head)
    assert sheet == SHEET
    assert len(gzip.compress((book / "_static" / sheet).read_bytes(), 6)) <= HEAD_LIMIT
    # These two choose type and colours, before a wrong one is painted. A page that had another
    # address leads on from it at once.
    scripts = re.findall(r'<script (?![^>]*defer)[^>]*_static/([^"?]+)', head)
    assert set(scripts) - {"moved.js"} == {"faces.js", "first.js"}


def test_a_sheet_that_no_page_links_any_more_does_not_stay(tmp_path: Path) -> None:
    linked = {"page.css", "cover.css"}
    for name in {*linked, "theme.css", "katex/katex.min.css"}:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    head = '<link href="_static/page.css?v=1a"><link href="../_static/cover.css">'
    delete_unlinked(tmp_path, [head])
    assert {path.name for path in tmp_path.rglob("*.css")} == linked
