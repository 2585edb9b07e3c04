"""The cover as a picture, for shelves on a screen: what stands on the first page of the PDF."""

from pathlib import Path

from playwright.sync_api import Browser

from ce_lib import __version__
from printed.filled import filled
from printed.pictures import SHARPNESS, Picture, smaller
from printed.sheets import sheets
from printed.volume import Volume

#: In CSS pixels: the shape that shelves have.
WIDTH, HEIGHT = 720, 960


def front(
    volume: Volume, pictures: dict[str, list[Picture]], browser: Browser, folder: Path
) -> bytes:
    """Take a picture of the cover; what was taken stays in the folder, to be looked at."""
    page = folder / "cover.html"
    html = filled("front.html", sheets=sheets(), **told(volume, pictures))
    page.write_text(html, encoding="utf-8")
    tab = browser.new_page(
        viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SHARPNESS
    )
    tab.emulate_media(media="print", color_scheme="light")
    tab.goto(page.as_uri())
    tab.evaluate("() => document.fonts.ready")
    image = tab.screenshot()
    tab.close()
    return smaller(image)


def told(volume: Volume, pictures: dict[str, list[Picture]]) -> dict[str, object]:
    """What the cover shows."""
    return {
        "title": volume.cover.title,
        "cover": volume.told(),
        "picture": pictures[volume.cover.name][0].html,
        "version": __version__,
        "address": volume.whole.address,
    }
