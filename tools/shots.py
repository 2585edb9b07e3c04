"""Take pictures of built pages: both themes, wide and narrow, into _build/shots."""

import sys
from pathlib import Path

from browser import ARGUMENTS, find
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "_build/html"


def main(pages: list[str]) -> None:
    out = ROOT / "_build/shots"
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        for page in pages:
            for theme in ("light", "dark"):
                for width in (1400, 390):
                    tab = browser.new_page(viewport={"width": width, "height": 900})
                    tab.add_init_script(
                        f"localStorage.setItem('mode', '{theme}');"
                        f"localStorage.setItem('theme', '{theme}')"
                    )
                    tab.goto((PAGES / page).as_uri())
                    # A chapter and a page of the library may have one name.
                    name = page.removesuffix(".html").replace("/", "-")
                    name = f"{name}-{theme}-{width}.png"
                    tab.screenshot(path=out / name, full_page=True)
                    tab.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:] or ["index.html"])
