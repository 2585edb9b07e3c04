"""Explorers as they stand when their page is opened and its question is skipped.

The browser that the tests use opens each page as a printer would see it, as wide as the
text on paper, and takes of every explorer what a picture can hold: its question, its stage and
the large numbers.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from browser import ADVICE, ARGUMENTS, find
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from printed.pages import BOOK, Unmade
from printed.pages import Page as BookPage

#: The width of the text on paper, in CSS pixels: 162 mm. An explorer is drawn wider, and made
#: smaller (paper.css).
COLUMN, WIDTH = 612, 720

#: Points of a picture for each of these pixels, and how many colours it has.
SHARPNESS, COLOURS = 2, 64

#: What is for hands only, and what stands below a fold.
LEFT_OUT = """.ce-act, .ce-main, .ce-controls, .ce-try, .ce-foot, .ce-more, .ce-steps,
.ce-spoken, .ce-hold-hint, .ce-message, .ce-hit"""

#: The page as paper has it: only the column of the text.
ALONE = """
.bd-main .bd-content .bd-article-container { max-width: none; padding: 0 !important; }
.ce-frame { margin: 0; }
"""

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
    """An explorer, still: as HTML, and as what says the same in words; as an image if asked."""

    explorer: str
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
    tab.add_style_tag(content=ALONE)
    places = tab.locator(".ce-explorer")
    for place in places.all():
        place.locator(".ce-frame").wait_for()
    tab.evaluate(
        "(parts) => { for (const el of document.querySelectorAll(parts)) el.remove(); }",
        LEFT_OUT,
    )
    tab.evaluate(SETTLED)
    return [_picture(place, images=images) for place in places.all()]


def _picture(place: Locator, *, images: bool) -> Picture:
    seen = place.evaluate(TAKE)
    image = b""
    if images:
        frame = place.locator(".ce-frame")
        image = smaller(frame.screenshot(animations="disabled"))
    return Picture(
        explorer=place.get_attribute("data-explorer"),
        html=seen["html"],
        alt=f"{seen['question']} {seen['described']}",
        image=image,
    )


def smaller(image: bytes) -> bytes:
    """The same with few colours: a third of the size."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(image)) as picture:
        picture.convert("RGB").quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()
