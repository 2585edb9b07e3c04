"""Explorers as they stand on paper: as ``pictured`` in their chapter says, or as they open.

The browser that the tests use opens each page as a printer would see it, as wide as the text
on paper, and skips its question. It presses what has the words of ``pictured``, copies the link
to what is seen then, and takes of every explorer what a picture can hold: its question, its
stage with a sentence, and the large numbers.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from browser import ADVICE, ARGUMENTS, find
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from printed.pages import BOOK, Unmade
from printed.pages import Page as BookPage
from printed.sheets import STILL

#: The width of the text on paper, in CSS pixels: 162 mm. An explorer is drawn wider, and made
#: smaller (paper.css).
COLUMN, WIDTH = 612, 800

#: Points of a picture for each of these pixels, and how many colours it has.
SHARPNESS, COLOURS = 2, 64

#: What is for hands only, and what stands below a fold.
LEFT_OUT = """.ce-act, .ce-main, .ce-controls, .ce-try, .ce-foot, .ce-more, .ce-steps,
.ce-spoken, .ce-hint, .ce-hold-hint, .ce-message, .ce-hit"""

#: The page as paper has it: only the column of the text.
ALONE = """
.bd-main .bd-content .bd-article-container { max-width: none; padding: 0 !important; }
"""

#: Press what has these words, and wait until the page has followed; false if nothing has them.
PRESS = """async (place, words) => {
  const buttons = place.querySelectorAll(".ce-try button");
  const links = document.querySelectorAll(`a[href^="#${place.dataset.explorer}?"]`);
  const named = (el) => el.textContent.trim().replace(/\\s+/g, " ") === words;
  const pressed = [...buttons, ...links].find(named);
  const followed = new Promise((done) => addEventListener("hashchange", done, { once: true }));
  pressed?.click();
  if (pressed?.localName === "a") await followed;
  return Boolean(pressed);
}"""

#: What "Copy link" copies, from # on.
COPY = """async (place) => {
  const copied = new Promise((done) => {
    const clipboard = { writeText: async (text) => done(text) };
    Object.defineProperty(navigator, "clipboard", { value: clipboard, configurable: true });
  });
  const named = (el) => el.textContent === "Copy link";
  [...place.querySelectorAll(".ce-foot button")].find(named).click();
  return (await copied).split("#")[1];
}"""

SETTLED = """async () => {
  await document.fonts.ready;
  for (let n = 0; n < 4; n++) await new Promise(requestAnimationFrame);
}"""

TAKE = """(place) => {
  const frame = place.querySelector(".ce-frame");
  const said = (query) => frame.querySelector(query);
  const picture = said(".ce-stage svg[aria-label]")?.getAttribute("aria-label");
  return {
    html: frame.outerHTML,
    question: said(".ce-question").textContent,
    described: picture || said(".ce-sentence").textContent,
  };
}"""


@dataclass(frozen=True)
class Picture:
    """An explorer, still: as HTML, and as what says the same in words; as an image if asked.

    Its link leads to this state, from # on; and so does, on the page, what is to be pressed.
    """

    link: str
    pressed: str
    html: str
    alt: str
    image: bytes = b""


@contextmanager
def browser() -> Iterator[Browser]:
    path = find()
    if path is None:
        raise Unmade(ADVICE)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


def taken(
    browser: Browser, pages: Iterable[BookPage], *, images: bool
) -> dict[str, list[Picture]]:
    """The explorers of each page, in their order."""
    tab = browser.new_page(
        viewport={"width": WIDTH, "height": 900}, device_scale_factor=SHARPNESS
    )
    tab.emulate_media(media="print", color_scheme="light", reduced_motion="reduce")
    try:
        return {page.name: _of(tab, page, images=images) for page in pages}
    finally:
        tab.close()


def _of(tab: Page, page: BookPage, *, images: bool) -> list[Picture]:
    if "data-explorer=" not in (BOOK / page.file).read_text(encoding="utf-8"):
        return []
    tab.goto(f"{(BOOK / page.file).as_uri()}?questions=off")
    tab.add_style_tag(content=ALONE + STILL.read_text(encoding="utf-8"))
    places = tab.locator(".ce-explorer")
    links = [_arranged(place, page) for place in places.all()]
    tab.evaluate(
        "(parts) => { for (const el of document.querySelectorAll(parts)) el.remove(); }",
        LEFT_OUT,
    )
    tab.evaluate(SETTLED)
    return [
        _picture(place, link, images=images)
        for place, link in zip(places.all(), links, strict=True)
    ]


def _arranged(place: Locator, page: BookPage) -> str:
    """Bring an explorer into its state on paper, and return the link to it."""
    ready = place.locator(".ce-frame:not([aria-busy])")
    ready.wait_for()
    words = _pictured(place)
    if words and not place.evaluate(PRESS, words):
        raise Unmade(
            f"{page.file}: expected a button of {place.get_attribute('data-explorer')!r} or "
            f"a link to it with the words {words!r}, found neither"
        )
    ready.wait_for()
    return str(place.evaluate(COPY))


def _pictured(place: Locator) -> str:
    """What its chapter says is to be pressed, or nothing."""
    return json.loads(place.get_attribute("data-pictured") or '""')


def _picture(place: Locator, link: str, *, images: bool) -> Picture:
    seen = place.evaluate(TAKE)
    pressed = _pictured(place)
    image = b""
    if images:
        frame = place.locator(".ce-frame")
        image = smaller(frame.screenshot(animations="disabled"))
    return Picture(
        link=link,
        pressed=pressed,
        html=seen["html"],
        alt=f"{seen['question']} {pressed and f'{pressed}: '}{seen['described']}",
        image=image,
    )


def smaller(image: bytes) -> bytes:
    """The same with few colours: a third of the size."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(image)) as picture:
        picture.convert("RGB").quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()
