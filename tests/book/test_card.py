"""The reference card is one page of paper."""

import re

import pytest
from playwright.sync_api import Browser, Page

#: The letters of the card, in points; scripts of formulas are smaller, as in any text.
SMALLEST = """() => Math.min(...[...document.querySelectorAll("article *")]
  .filter((el) => el.checkVisibility() && !el.closest(".katex, .ce-said, .ce-emblem"))
  .filter((el) => [...el.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((el) => parseFloat(getComputedStyle(el).fontSize) * 0.75))"""

#: What does not fit the column it stands in.
CUT = """() => {
  const article = document.querySelector("article");
  const { left, right } = article.getBoundingClientRect();
  const columns = 3;
  const width = (right - left) / columns;
  return [...article.querySelectorAll("dd, dt, p, td, li, .katex-html")]
    .flatMap((el) => [...el.getClientRects()].map((box) => [el, box]))
    .filter(([, box]) => box.width > width + 1 || box.right > right + 1)
    .map(([el]) => el.textContent.slice(0, 60));
}"""


#: The formulas that would fit a line of their own and are on two.
BROKEN = """() => [...document.querySelectorAll(".formulas dd .katex-html")]
  .filter((el) => {
    const boxes = [...el.querySelectorAll(".base")].map((base) => base.getBoundingClientRect());
    const whole = boxes.reduce((sum, { width }) => sum + width, 0);
    const below = boxes.some(({ left }, i) => i > 0 && left < boxes[i - 1].left);
    return below && whole < el.closest("dd").getBoundingClientRect().width;
  })
  .map((el) => el.textContent)"""


@pytest.mark.parametrize("width", [1400, 390])
def test_no_formula_that_fits_a_line_is_broken(
    browser: Browser, book_url: str, width: int
) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 900})
    tab.goto(f"{book_url}/chapters/reference-card.html")
    broken = tab.evaluate(BROKEN)
    tab.close()
    assert broken == []


def test_the_card_is_one_legible_page_of_paper(browser: Browser, book_url: str) -> None:
    tab: Page = browser.new_page(viewport={"width": 741, "height": 1069})
    tab.goto(f"{book_url}/chapters/reference-card.html")
    sheets = re.findall(rb"/Type\s*/Page\b", tab.pdf(format="A4"))
    tab.emulate_media(media="print")
    smallest, cut = tab.evaluate(SMALLEST), tab.evaluate(CUT)
    tab.close()
    assert len(sheets) == 1
    assert smallest >= 6.5
    assert cut == []
