"""A page that was opened is there when all of it is laid out.

A browser calls a page loaded when all has come. What is below the window is laid out after
that, a section at a time (``bookext/assets/first.js``), and has no size before.
"""

from functools import wraps

from playwright.sync_api import Page, Response

#: Any document's root, not only a page's.
WHOLE = ":root:not(.ce-coming)"
EARLIER = {"commit", "domcontentloaded"}

_goto = Page.goto


@wraps(_goto)
def goto(tab: Page, url: str, **options: object) -> Response | None:
    answer = _goto(tab, url, **options)  # type: ignore[arg-type]
    if options.get("wait_until") not in EARLIER:
        tab.wait_for_selector(WHOLE, state="attached")
    return answer


def wait_for_whole_pages() -> None:
    """From now on, ``Page.goto`` does."""
    Page.goto = goto  # type: ignore[assignment, method-assign]
