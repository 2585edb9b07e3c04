"""What is cut or scrolls sideways in a narrow window, in each way to read a page there."""

from collections.abc import Callable

from playwright.sync_api import Page
from window import FRAMES, resize

#: What is folded away keeps the places it had in another window, and what is only heard has
#: none: neither counts.
CUT = """() => [
  ...document.querySelectorAll("main *:not(.katex *, svg *, .ce-spoken *)"),
].filter((el) => {
  const { right, width } = el.getBoundingClientRect();
  if (right <= innerWidth + 1 || width === 0 || !el.checkVisibility()) return false;
  for (let up = el; up !== document.body; up = up.parentElement)
    if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return false;
  return true;
}).map((el) => el.outerHTML.slice(0, 120))"""

#: What reaches out of the window on its left, or is cut off in a box that does not scroll
#: and has no ellipsis.
LOST = """() => [...document.querySelectorAll("main *:not(.ce-explorer *, .katex *, svg *)")]
  .filter((el) => {
    const box = el.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || !el.checkVisibility()) return false;
    if (box.left < -1 && !el.closest(".skip")) return true;
    const { display, overflowX, textOverflow } = getComputedStyle(el);
    if (display === "inline" || !/hidden|clip/.test(overflowX)) return false;
    if (textOverflow === "ellipsis") return false;
    return el.type !== "file" && el.scrollWidth > el.clientWidth + 1;
  })
  .map((el) => el.outerHTML.slice(0, 120))"""

#: The page, if it scrolls sideways.
WIDE = """() => document.documentElement.scrollWidth > innerWidth
  ? [`the page is ${document.documentElement.scrollWidth} px wide`] : []"""

#: The spacing that a reader may ask for (WCAG 1.4.12).
SPACED = """(on) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:not(.katex *) { line-height: 1.5 !important;
    letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = on ? [sheet] : [];
}"""

#: Open what explorers keep one press away.
OPEN_MORE = """() => {
  for (const fold of document.querySelectorAll(".ce-more")) fold.open = true;
}"""


def with_letters_of_twice_the_size(tab: Page) -> list[str]:
    """On a phone; and explorers at 320 px."""
    resize(tab, 390, 844)
    letters = tab.context.new_cdp_session(tab)
    letters.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    tab.evaluate(FRAMES)
    found = _found(tab)
    resize(tab, 320, 844)
    tab.evaluate(OPEN_MORE)
    tab.evaluate(FRAMES)
    found += tab.evaluate(CUT.replace("main *", ".ce-frame *"))
    letters.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
    return found


def at_320_px(tab: Page) -> list[str]:
    resize(tab, 320, 844)
    tab.evaluate(OPEN_MORE)
    tab.evaluate(FRAMES)
    return _found(tab)


def with_more_space(tab: Page) -> list[str]:
    """At 320 px, between letters, words, lines and paragraphs."""
    tab.evaluate(SPACED, True)
    found = at_320_px(tab)
    tab.evaluate(SPACED, False)
    return found


def _found(tab: Page) -> list[str]:
    return [one for look in (WIDE, CUT, LOST) for one in tab.evaluate(look)]


WAYS: list[Callable[[Page], list[str]]] = [
    with_letters_of_twice_the_size,
    at_320_px,
    with_more_space,
]
