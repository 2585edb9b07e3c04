"""In Firefox and WebKit every page comes whole and alive, wide and on a phone."""

import narrow
import pytest
from alive import FOLDED, OTHERWISE, WAITING
from built import pages
from tab import Tab
from watched import WRONG, Served
from window import FRAMES, UNFOLD

pytestmark = pytest.mark.parametrize("path", pages() or ["index.html"])

#: The explorers that are not alive, though nothing hides them. They have no id yet.
NOT_ALIVE = """(waiting) =>
  [...document.querySelectorAll(waiting)].map((el) => el.dataset.explorer)"""

#: The page of the claims opens them all for whoever wants no questions.
SHUT = """() => {
  for (const fold of document.querySelectorAll("main details[open]:not(.ce-rule)"))
    fold.open = false;
}"""


def test_a_page_comes_whole_its_folds_open_and_its_explorers_are_alive(
    tab: Tab, whole_book: Served, path: str
) -> None:
    tab.goto(f"{whole_book.url}/{path}?questions=off")
    tab.evaluate(SHUT)
    assert tab.evaluate(FOLDED) == []
    tab.evaluate(UNFOLD)
    assert tab.evaluate(NOT_ALIVE, WAITING) == []
    assert tab.evaluate(OTHERWISE) == []
    assert tab.evaluate(WRONG) == []
    assert whole_book.refused == []


def test_on_a_phone_nothing_is_cut_or_scrolls_sideways(
    phone: Tab, whole_book: Served, path: str
) -> None:
    phone.goto(f"{whole_book.url}/{path}?questions=off")
    phone.evaluate(UNFOLD)
    phone.evaluate(narrow.OPEN_MORE)
    phone.evaluate(FRAMES)
    lost = [narrow.WIDE, narrow.CUT, narrow.LOST]
    assert [one for look in lost for one in phone.evaluate(look)] == []
    assert phone.evaluate(WRONG) == []
