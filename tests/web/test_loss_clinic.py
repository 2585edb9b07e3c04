"""Readings are typed as well as slid, an empty box is "not known", and findings lead on."""

import pytest
from playwright.sync_api import Page, expect

NAME = "loss-clinic"

pytestmark = pytest.mark.parametrize("name", [NAME])


def typed(page: Page, label: str, text: str) -> None:
    box = page.locator(f"#{NAME}").get_by_label(label, exact=True)
    box.fill(text)
    box.press("Enter")


def symptoms(page: Page) -> list[str]:
    cells = page.locator(f'#{NAME} [data-quantity^="symptoms["]')
    return [str(cell.get_attribute("data-value")) for cell in cells.all()]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.2", "0.2"),
        ("0,2", "0.2"),
        (" .2 ", "0.2"),
        ("2e-1", "0.2"),
        ("−1980", "−1980"),
    ],
)
def test_a_loss_is_read_as_people_write_it(page: Page, text: str, value: str) -> None:
    typed(page, "loss now, nats", text)
    expect(page.get_by_label("loss now, nats", exact=True)).to_have_value(value)
    assert page.errors == []


@pytest.mark.parametrize("text", ["50 %", "50%", "0.5", "50", "0,5"])
def test_a_share_is_read_with_and_without_per_cent(page: Page, text: str) -> None:
    typed(page, "loss now, nats", "0.2")
    typed(page, "right now", text)
    expect(page.get_by_label("right now", exact=True)).to_have_value("50 %")
    assert symptoms(page)[0] == "lower-than-possible"


@pytest.mark.parametrize(("text", "symptom"), [("nan", "nan"), ("inf", "infinite")])
def test_a_loss_that_is_no_number_is_a_reading(
    page: Page, text: str, symptom: str
) -> None:
    typed(page, "loss now, nats", text)
    assert symptoms(page)[0] == symptom
    expect(page.locator(f"#{NAME} .lc-loss .lc-value")).to_have_text(text)
    typed(page, "loss now, nats", "3.66")
    assert symptom not in symptoms(page)


def test_an_empty_box_is_a_reading_that_nobody_has(page: Page) -> None:
    assert "stops-far-above-zero" in symptoms(page)
    for label in ("right now", "loss now, nats", "first loss, nats"):
        typed(page, label, "")
    assert symptoms(page) == []
    expect(page.locator(f"#{NAME} .ce-sentence")).to_have_text(
        "Nothing of this is a symptom."
    )
    expect(page.get_by_label("right now", exact=True)).to_have_attribute(
        "placeholder", "not known"
    )
    # A hand on the slider brings it back.
    page.get_by_label("right now, by hand").press("ArrowRight")
    expect(page.get_by_label("right now", exact=True)).not_to_have_value("")


@pytest.mark.parametrize(
    ("label", "text", "sentence"),
    [
        ("loss now, nats", "much", "Expected a number."),
        ("loss now, nats", "20000", "Expected a number from −10,000 to 10,000."),
        ("right now", "120 %", "Expected a share from 0 to 100 %."),
        ("classes, K", "1.5", "Expected a whole number from 2 to 1,000,000."),
        ("classes, K", "", "Expected a number."),
    ],
)
def test_what_cannot_be_read_changes_nothing_and_says_what_was_expected(
    page: Page, label: str, text: str, sentence: str
) -> None:
    before = symptoms(page)
    typed(page, label, text)
    expect(page.locator(f"#{NAME}").get_by_text(sentence)).to_be_visible()
    assert symptoms(page) == before
    typed(page, label, "10")
    expect(page.locator(f"#{NAME}").get_by_text(sentence)).to_have_count(0)


def test_any_number_of_classes_can_be_typed_and_the_usual_ones_slid(page: Page) -> None:
    for text, value in [("50,257", "50257"), ("30", "30")]:
        typed(page, "classes, K", text)
        expect(page.get_by_label("classes, K", exact=True)).to_have_value(value)
    slider = page.get_by_label("classes, K, by hand")
    seen = set()
    for _ in range(30):
        slider.press("ArrowRight")
        seen.add(page.get_by_label("classes, K", exact=True).input_value())
    assert {"50", "1000", "50257", "128256"} <= seen


def test_a_slider_is_as_wide_as_ever_after_a_loss_far_out(page: Page) -> None:
    slider = page.get_by_label("loss now, nats, by hand")
    ends = "(el) => [el.min, el.max]"
    before = slider.evaluate(ends)
    typed(page, "loss now, nats", "-1980")
    assert slider.evaluate(ends) != before
    typed(page, "loss now, nats", "2.5")
    assert slider.evaluate(ends) == before


def test_all_that_is_found_stands_below_the_gravest_first(page: Page) -> None:
    items = page.locator(f"#{NAME} .lc-findings > li")
    assert items.count() == len(symptoms(page)) > 2
    expect(items.first.locator("strong")).to_have_text("Suspicious.")
    expect(items.first).to_have_class("is-wrong")
    expect(items.last.locator("strong")).to_have_text("As it should be.")


LISTED = """() => {
  const section = document.createElement("section");
  section.id = "stops-far-above-zero";
  section.innerHTML = "<ol><li>A softmax too many.</li><li>Something else.</li></ol>";
  document.body.append(section);
}"""


def test_on_the_page_of_the_clinic_the_likeliest_cause_is_shown(page: Page) -> None:
    page.evaluate(LISTED)
    typed(page, "loss now, nats", "3.65")
    first = page.locator(f"#{NAME} .lc-findings > li").first
    expect(first).to_contain_text("A softmax too many.")
    expect(first).not_to_contain_text("Something else.")
