"""The classifier takes the reader's guess for its prediction, until a hand has moved it."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.parametrize("name", ["classifier"])

GUESS = """(el) => el.dispatchEvent(new CustomEvent("ce-guess",
  { detail: { kind: "spread", value: [0.5, 0.3, 0.2, 0] } }))"""


def test_it_opens_on_the_spread_that_was_guessed(page: Page) -> None:
    page.locator("#classifier").evaluate(GUESS)
    given = page.locator("[data-quantity=true_probability]").first
    expect(given).to_have_attribute("data-value", "0.5")
    page.get_by_role("radio", name="Pop", exact=True).check()
    page.locator("#classifier").evaluate(GUESS)
    expect(given).to_have_attribute("data-value", "0.3")
