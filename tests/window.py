"""A tab's window: made so large, painted anew, with all that is folded open."""

from playwright.sync_api import Page

#: Explorers are painted again in the frame after their room changed.
FRAMES = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)));
})"""

#: Open one after another what is open one at a time, and wait until it is alive.
UNFOLD = """async () => {
  const until = Date.now() + 10_000;
  for (const fold of document.querySelectorAll("details.ce-fold")) {
    fold.open = true;
    while (fold.querySelector(".ce-explorer:not(.ce-live, .ce-still)") && Date.now() < until)
      await new Promise(requestAnimationFrame);
  }
}"""


def resize(tab: Page, width: int, height: int) -> None:
    """Make the window so large, and wait until all is painted anew, if it is not."""
    size = {"width": width, "height": height}
    if tab.viewport_size != size:
        tab.set_viewport_size(size)
        tab.evaluate(FRAMES)
