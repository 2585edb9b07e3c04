"""What axe finds on a page, in a window of some width and in one of the two themes."""

from pathlib import Path

from playwright.sync_api import Page
from window import resize

SCRIPT = Path(__file__).resolve().parents[1] / "node_modules/axe-core/axe.min.js"

#: It need not read the formulas, whose many boxes are hidden from readers: they are taken out.
AUDIT = """async (theme) => {
  document.documentElement.dataset.theme = theme;
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  const frame = () => new Promise(requestAnimationFrame);
  const waiting = () => [...document.querySelectorAll(".ce-explorer:not(:has(.ce-frame))")]
    .some((el) => el.checkVisibility());
  // What opens has two frames to say that it scrolls; an explorer, two seconds to come alive.
  for (let i = 0; i < 3 || (i < 120 && waiting()); i++) await frame();
  // What a reader's scrolling moves is never finished.
  const moving = document.getAnimations().filter((one) => one.timeline === document.timeline);
  await Promise.allSettled(moving.map((one) => one.finished));
  for (const el of document.querySelectorAll(".katex > *")) el.replaceChildren();
  const only = { resultTypes: ["violations"] };
  const { violations } = await axe.run({ exclude: [".katex"] }, only);
  const said = ({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`);
  return violations.flatMap(said);
}"""


def audit(tab: Page, width: int, theme: str) -> list[str]:
    """Everything it finds, of any grade."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(SCRIPT.read_text("utf-8"))
    resize(tab, width, 900)
    found: list[str] = tab.evaluate(AUDIT, theme)
    return found
