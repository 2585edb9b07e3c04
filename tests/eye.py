"""Looks at a page and says what of that which can be pressed is not to be seen.

One picture of the whole page is taken, and in it the place of everything that takes a click
or the focus. What lies outside the picture, in a list that scrolls or in a panel that a
button opens, is brought into the window and looked at there.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page
from playwright.sync_api import TimeoutError as TooLate

#: A window's width, and the theme. Each is a `View`.
View = tuple[int, str]
HEIGHTS = {1400: 900, 820: 1180, 390: 844}
CONTRAST = 3  # WCAG 1.4.11: what identifies a control, against what is beside it
TALLEST = 16_000  # pixels: what the browser paints in one piece
MOST_TURNS = 50
MOST_PICTURES = 5  # of a page that moved while its picture was taken
PATIENCE = (
    20_000  # milliseconds: once in some thousand pictures the browser never answers
)

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


@dataclass
class Eye:
    """A tab, and what its pictures showed to be missing."""

    tab: Page
    folder: Path
    wrong: list[str]

    def picture(self, name: str, page: dict[str, int] | None = None) -> np.ndarray:
        """Return ``(height, width, 3)`` pixels of the page or the window; keep them."""
        clips: list[FloatRect | None] = [None]
        if page:
            width, height = page["width"], page["height"]
            clips = [
                {"x": 0, "y": top, "width": width, "height": min(TALLEST, height - top)}
                for top in range(0, height, TALLEST)
            ]
        pieces = []
        for number, clip in enumerate(clips):
            data = self.taken(clip)
            ending = f"-{number}" if number else ""
            (self.folder / f"{name}{ending}.png").write_bytes(data)
            pieces.append(np.asarray(Image.open(io.BytesIO(data)).convert("RGB")))
        return np.concatenate(pieces)

    def taken(self, clip: FloatRect | None) -> bytes:
        """Return a picture of the window, or of a part of the page."""
        try:
            return self.tab.screenshot(
                clip=clip, full_page=clip is not None, timeout=PATIENCE
            )
        except TooLate:  # what was asked for once more, it paints
            return self.tab.screenshot(clip=clip, full_page=clip is not None)

    def look(self, name: str, inside: str = "html") -> None:
        """Check everything that can be pressed inside an element of the page."""
        for _ in range(MOST_PICTURES):
            page = self.tab.evaluate("(inside) => visible.list(inside)", inside)
            pixels = self.picture(name, page)
            if not self.tab.evaluate("() => visible.moved()"):
                break
        else:
            self.wrong.append(f"{name}: it does not stand still")
        self.check(name, pixels)
        for turn in range(MOST_TURNS):
            if not self.tab.evaluate("() => visible.reveal()"):
                return
            part = f"{name}-part-{turn}"
            self.check(part, self.picture(part))
        self.wrong.append(f"{name}: more is hidden than can be brought into view")

    def check(self, name: str, pixels: np.ndarray) -> None:
        for one in self.tab.evaluate("() => visible.shown()"):
            seen = (painted(pixels, box, one["faint"]) for box in one["boxes"])
            if one["clear"] or not any(seen):
                self.wrong.append(f"{name}: nothing is painted in {one['html']}")

    def measure(self, name: str, inside: str = "html") -> None:
        """Check targets' sizes, and that nothing lies over them."""
        found = self.tab.evaluate("(inside) => visible.measure(inside)", inside)
        self.wrong += [f"{name}: {sentence}" for sentence in found]


def luminance(pixels: np.ndarray) -> np.ndarray:
    """Return the relative luminance of ``(..., 3)`` sRGB bytes, as WCAG defines it."""
    c = pixels / 255
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def painted(pixels: np.ndarray, box: list[float], faint: bool) -> bool:
    """Whether something in the box stands out from the rest of it."""
    left, top, right, bottom = (round(edge) for edge in box)
    part = pixels[max(top, 0) : bottom, max(left, 0) : right]
    if part.size == 0:
        return False
    if faint:  # what is disabled may be hard to see, but not invisible
        return int(np.ptp(part.reshape(-1, 3), axis=0).max()) > 16
    light = luminance(part)
    return bool((light.max() + 0.05) / (light.min() + 0.05) >= CONTRAST)


def unseen(
    browser: Browser,
    address: str,
    folder: Path,
    views: Iterable[View],
    kinds: Iterable[str] = (),
    pictured: bool = True,
) -> list[str]:
    """Look at a page in these views; return what is not seen, too small, or covered.

    The pictures are kept in the folder; without them nothing is said of what is not seen.
    With ``kinds``, selectors, whatever can be pressed and is of none of them is named as well.
    """
    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    tab.add_init_script(SCRIPT)
    tab.goto(f"{address}?questions=off", wait_until="load")
    eye = Eye(tab, folder, [])
    stem = "-".join(address.removesuffix(".html").split("/")[3:])
    for width, theme in views:
        tab.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        openers = tab.evaluate("() => visible.openers()")
        tab.evaluate("(theme) => visible.settle(theme)", theme)
        name = f"{stem}-{width}-{theme}"
        if pictured:
            for old in folder.glob(f"{name}*.png"):
                old.unlink()
            eye.look(name)
        eye.measure(name)
        if kinds:
            eye.wrong += tab.evaluate("(kinds) => visible.unknown(kinds)", [*kinds])
        for panel in openers:
            if panel == "contents" and not address.endswith("/index.html"):
                continue  # it is the same on all pages
            tab.evaluate("(id) => visible.open(id)", panel)
            if pictured:
                eye.look(f"{name}-{panel}", f"#{panel}")
            eye.measure(f"{name}-{panel}", f"#{panel}")
            tab.keyboard.press("Escape")
    context.close()
    return eye.wrong
