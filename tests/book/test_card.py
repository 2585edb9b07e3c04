"""The reference card is one page of paper."""

import re

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
