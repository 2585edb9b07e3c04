"""Of which explorers the picture is not in view when something sets a state, on a page."""

from playwright.sync_api import Page

SIZES = [(1366, 650), (390, 844)]

#: Follow every link of the page that sets a state; say of which the picture is not in view.
HIDDEN = """async () => {
  const nameOf = (a) => a.hash.slice(1).split("?")[0];
  const links = [...document.querySelectorAll("main a[href^='#'][href*='?']")]
    .filter((a) => a.checkVisibility() || a.closest(".ce-fold"))
    .filter((a) => document.getElementById(nameOf(a)));
  const bar = document.querySelector(".bar").getBoundingClientRect().bottom;
  const found = [];
  for (const link of links) {
    const fold = link.closest(".ce-fold");
    if (fold && !fold.open) {
      fold.open = true;
      await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
    }
    link.scrollIntoView({ block: "center", behavior: "instant" });
    link.click();
    await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
    const { top, bottom } = document.getElementById(nameOf(link))
      .querySelector(".ce-pinned").getBoundingClientRect();
    if (top < bar - 1 || bottom > innerHeight + 1)
      found.push(`${link.textContent}: from ${Math.round(top)} to ${Math.round(bottom)}`);
  }
  return found;
}"""


#: Bring every control of the page's explorers into view; say of which the picture is not.
LEFT_ALONE = """() => {
  const bar = document.querySelector(".bar").getBoundingClientRect().bottom;
  return [...document.querySelectorAll(".ce-frame")].flatMap((frame) => {
    const fold = frame.closest(".ce-fold");
    if (fold) fold.open = true;
    frame.querySelector(".ce-more").open = true;
    const controls = [...frame.querySelectorAll("button, input, summary, .ce-steps a")];
    return controls.filter((el) => el.checkVisibility()).filter((el) => {
      el.scrollIntoView({ block: "center", behavior: "instant" });
      const { top, bottom } = frame.querySelector(".ce-stage").getBoundingClientRect();
      return top < bar - 1 || bottom > innerHeight + 1;
    }).map((el) => `${frame.parentElement.id}: ${el.ariaLabel || el.textContent}`);
  });
}"""


def lost(tab: Page) -> list[str]:
    """What is lost, in the window as it is."""
    links = tab.evaluate(HIDDEN) if "/chapters/" in tab.url else []
    return [*links, *tab.evaluate(LEFT_ALONE)]
