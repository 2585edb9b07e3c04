"""A tab's window: made so large, painted anew, with all that is folded open."""

from playwright.sync_api import Page

#: Explorers are painted again in the frame after their room changed.
FRAMES = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)));
})"""

#: Where a box that is watched for its size changes in the midst of measuring, only the page
#: itself is told.
LOOPS = "addEventListener('error', ({ message }) => console.error(message));"

#: Open one after another what is open one at a time, and wait until it is alive; one that is
#: not after ten seconds stays open. Each has its own: the gallery's seventeen together take
#: as long where a browser paints without a graphics card.
UNFOLD = """async () => {
  for (const fold of document.querySelectorAll("details.ce-fold")) {
    const until = Date.now() + 10_000;
    fold.open = true;
    while (fold.querySelector(".ce-explorer:not(.ce-live, .ce-still)")) {
      if (Date.now() > until) return;
      await new Promise(requestAnimationFrame);
    }
  }
}"""


def resize(tab: Page, width: int, height: int) -> None:
    """Make the window so large, and wait until all is painted anew, if it is not."""
    size = {"width": width, "height": height}
    if tab.viewport_size != size:
        tab.set_viewport_size(size)
        tab.evaluate(FRAMES)
