"""In Firefox and WebKit a reader is judged, bets, and keeps a record that travels."""

import json

from steps import fill, press, says, shows, until
from tab import Tab
from watched import WRONG, Served

CURVE = "chapters/log-curve.html"
RECORD = "chapters/your-record.html"
KEY = "cross-entropy-practice"

PRICES, DOUBLING = "#answer-exercise-prices", "#bet-bet-doubling"


def test_a_mistake_is_named_and_a_right_answer_is_right(
    tab: Tab, new_book: str
) -> None:
    tab.goto(f"{new_book}/{CURVE}")
    fill(tab, f"{PRICES} .ce-field:nth-child(1 of .ce-field) input", "0.322 2 5.64")
    tab.keyboard.press("Enter")
    says(tab, f"{PRICES} .ce-told", "That is in bits")
    tab.keyboard.press("Control+a")
    tab.keyboard.type("-ln(0.8); -ln(1/4); ln 50")
    tab.keyboard.press("Tab")
    tab.keyboard.type("0,3219 2 5,644")
    tab.keyboard.press("Tab")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    says(tab, f"{PRICES} .ce-verdict", "All right.")
    says(tab, f"{PRICES} .ce-told", "✓ Read as 0.22314, 1.3863, 3.912. Right.")
    assert tab.evaluate(WRONG) == []


def bet(tab: Tab, *percents: int) -> None:
    for i, percent in enumerate(percents, start=1):
        row = f"{DOUBLING} .ce-bet-option:nth-child({i})"
        fill(tab, f"{row} .ce-percent-input", str(percent))
    press(tab, f"{DOUBLING} button", "Place the bet")


KEPT = "(key) => JSON.parse(localStorage.getItem(key) ?? '{}')"

#: Keep what the page makes a file of, and under which name it offers it.
CATCH = """() => {
  self.files = [];
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    blob.text().then((text) => files.push(text));
    return make.call(URL, blob);
  };
}"""

#: Put a file into the page's field for one, as if it had been chosen.
CHOOSE = """(text) => {
  const field = document.querySelector("input[type=file]");
  const files = new DataTransfer();
  files.items.add(new File([text], "record.json", { type: "application/json" }));
  field.files = files.files;
  field.dispatchEvent(new Event("change"));
}"""


def test_a_bet_has_its_price_and_the_record_survives_a_reload_and_a_journey(
    tab: Tab, new_book: str
) -> None:
    tab.goto(f"{new_book}/{CURVE}")
    bet(tab, 10, 20, 70)
    says(tab, f"{DOUBLING} .ce-result", "0.3567")
    before = tab.evaluate(KEPT, KEY)
    assert before["bets"]["bet-doubling"]["q"] == [0.1, 0.2, 0.7]
    tab.goto(f"{new_book}/{CURVE}")
    says(tab, f"{DOUBLING} .ce-result", "0.3567")

    tab.goto(f"{new_book}/{RECORD}")
    says(tab, "[data-quantity=mean_log]", "0.3567")
    tab.evaluate(CATCH)
    press(tab, ".ce-tools button", "Save as a file")
    saved = until(tab, "() => files", None, bool)
    assert json.loads(saved[0]) == tab.evaluate(KEPT, KEY)
    says(tab, ".ce-tools .ce-verdict", "Saved as cross-entropy-record.json.")

    press(tab, ".ce-tools button", "Clear the record")
    press(tab, ".ce-tools button", "Yes, clear it")
    says(tab, ".ce-practice", "No bets yet")
    tab.evaluate(CHOOSE, saved[0])
    says(tab, ".ce-tools .ce-verdict", "Read. Entries that are new here")
    kept = tab.evaluate(KEPT, KEY)
    assert kept["bets"]["bet-doubling"]["q"] == [0.1, 0.2, 0.7]
    assert tab.evaluate(WRONG) == []


def test_where_a_page_may_keep_nothing_it_says_so_and_goes_on(
    tab: Tab, forgetful_book: Served
) -> None:
    tab.goto(f"{forgetful_book.url}/{CURVE}?questions=off")
    bet(tab, 10, 20, 70)
    says(tab, f"{DOUBLING} .ce-result", "0.3567")
    says(tab, f"{DOUBLING} .ce-warning", "does not let the page keep anything")
    press(tab, ".colours")
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"


#: Keep so much that nothing more can be kept; say how much it was.
FILL_UP = """() => {
  let filled = 0;
  for (let size = 2 ** 20; size >= 1; size /= 2)
    try {
      for (;;) {
        localStorage.setItem(`full-${filled}`, "x".repeat(size));
        filled += size;
      }
    } catch (error) {
      if (!/quota/i.test(error.name)) throw error;
    }
  return filled;
}"""


def test_where_there_is_no_room_left_the_page_says_so_and_goes_on(
    tab: Tab, new_book: str
) -> None:
    tab.goto(f"{new_book}/{CURVE}?questions=off")
    assert tab.evaluate(FILL_UP) > 10**6
    bet(tab, 10, 20, 70)
    says(tab, f"{DOUBLING} .ce-result", "0.3567")
    says(tab, f"{DOUBLING} .ce-warning", "no room left")


def test_a_guess_opens_its_explorer_and_a_skip_too(tab: Tab, new_book: str) -> None:
    tab.goto(f"{new_book}/{CURVE}")
    shows(tab, "#loss-curve .ce-frame", shown=False)
    press(tab, ".ce-guess-box input[type=range]")
    press(tab, ".ce-guess-box button", "This is my guess")
    says(tab, ".ce-guess-box .ce-result", "You said")
    shows(tab, "#loss-curve .ce-frame")
    tab.goto(f"{new_book}/chapters/floor-plus-excess.html")
    press(tab, ".ce-guess-box button", "Skip")
    shows(tab, ".ce-first .ce-frame, .ce-guess-box ~ .cell .ce-frame")
    assert tab.evaluate(WRONG) == []
