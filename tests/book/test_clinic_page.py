"""The page of the clinic holds what `diagnose` knows, and the search offers it."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, expect
from test_search import QUESTIONS, found

from ce_lib.clinic.catalogue import groups, symptoms

PAGE = "chapters/loss-clinic.html"
SYMPTOMS = symptoms()

PLAIN = str.maketrans({"`": "", "‘": "'", "’": "'", "“": '"', "”": '"'})


def words(text: str) -> str:
    """A text of the source, or of the page: without marks, plain spaces, plain quotes."""
    return " ".join(text.translate(PLAIN).split())


@pytest.fixture(scope="module")
def page(book: Path) -> BeautifulSoup:
    return BeautifulSoup((book / PAGE).read_text("utf-8"), "html.parser")


def section(page: BeautifulSoup, name: str) -> Tag:
    found = page.find("section", id=name)
    assert isinstance(found, Tag), name
    return found


def test_symptoms_stand_in_their_groups_and_order(page: BeautifulSoup) -> None:
    shown = [
        [str(inner["id"]) for inner in outer.find_all("section", recursive=False)]
        for outer in page.select("article section section")
        if outer.find("section", recursive=False)
    ]
    assert shown == [[one.name for one in group.symptoms] for group in groups()]


@pytest.mark.parametrize("name", SYMPTOMS)
def test_causes_stand_in_the_order_of_likelihood_with_check_and_page(
    page: BeautifulSoup, name: str
) -> None:
    here = section(page, name)
    heading = here.find(["h3"])
    assert heading
    assert words(heading.get_text()).rstrip("#") == words(SYMPTOMS[name].seen)
    items = here.select("ol > li")
    assert len(items) == len(SYMPTOMS[name].causes)
    for item, cause in zip(items, SYMPTOMS[name].causes, strict=True):
        said = words(item.get_text())
        assert said.startswith(words(cause.sentence))
        assert words(cause.check) in said
        # Names of the library lead to their entries, too.
        link = item.select_one("a[href]:not([href^='../reference/'])")
        assert bool(link) == bool(cause.page)
        if isinstance(link, Tag):
            assert str(link["href"]) == cause.page.replace("#", ".html#")


@pytest.mark.parametrize("name", SYMPTOMS)
def test_every_page_that_explains_is_there(book: Path, name: str) -> None:
    for cause in SYMPTOMS[name].causes:
        if cause.page:
            page, _, part = cause.page.partition("#")
            html = (book / f"chapters/{page}.html").read_text("utf-8")
            assert f'id="{part}"' in html, cause.page


def test_the_words_of_a_symptom_offer_it_among_three_after_what_explains_it_at_most(
    book: Path,
) -> None:
    asked = [(said, name) for name, one in SYMPTOMS.items() for said in one.asked]
    hits = found(book, *(said for said, _ in asked))
    missed, elsewhere = {}, []
    for (said, name), places in zip(asked, hits, strict=True):
        if f"{PAGE}#{name}" not in places[:3]:
            missed[said] = (name, places[:3])
        sent = {
            f"chapters/{cause.page.split('#')[0]}.html"
            for cause in SYMPTOMS[name].causes
        }
        if places[0].partition("#")[0] not in {PAGE, *sent}:
            elsewhere.append(said)
    assert missed == {}
    assert elsewhere == []


#: What somebody types whose loss is odd, not in the words of the clinic.
ODD = [
    "nan",
    "loss nan after a few epochs",
    "why is my loss negative",
    "my loss is stuck",
    "loss does not go down",
    "loss stays the same",
    "loss 0.69",
    "stuck at 2.3",
    "accuracy is high but loss is high too",
    "validation loss goes up",
    "validation loss smaller than training loss",
    "loss explodes to inf",
    "multi-target not supported",
    "device-side assert",
    "expected target size",
    "out of bounds target",
    "CUDA out of memory loss",
    "gradient accumulation loss not the same",
    "loss too small",
    "loss is zero",
]


def test_who_types_a_symptom_is_offered_the_clinic_first(book: Path) -> None:
    first = dict(zip(ODD, (places[0] for places in found(book, *ODD)), strict=True))
    assert {said: at for said, at in first.items() if not at.startswith(PAGE)} == {}


#: What people ask that is no symptom: the chapter that explains comes first.
NO_SYMPTOM = {
    "what are logits": "genre-classifier",
    "label smoothing": "label-smoothing",
    "KL divergence": "floor-plus-excess",
    "temperature": "temperature-and-distillation",
    "focal loss": "weights-and-focal-loss",
    "gradient of softmax": "softmax-gradient",
}


def test_who_asks_what_something_is_is_not_sent_to_the_clinic(book: Path) -> None:
    for said, places in zip(NO_SYMPTOM, found(book, *NO_SYMPTOM), strict=True):
        assert not places[0].startswith(PAGE), said


def test_the_clinic_answers_most_of_what_readers_ask() -> None:
    led = [q for q in QUESTIONS if any(at.startswith("loss-clinic#") for at in q["at"])]
    assert len(led) > 60
    named = {at.partition("#")[2] for q in led for at in q["at"] if "loss-clinic" in at}
    assert named <= {*SYMPTOMS}


def test_on_its_page_the_explorer_shows_the_likeliest_cause_and_links_to_all(
    browser: Browser, book_url: str
) -> None:
    tab = browser.new_page()
    tab.goto(f"{book_url}/{PAGE}?questions=off")
    first = tab.locator("#loss-clinic .lc-findings > li").first
    name = "stops-far-above-zero"
    expect(first).to_contain_text(words(SYMPTOMS[name].causes[0].sentence)[:40])
    first.locator(f'a[href="loss-clinic.html#{name}"]').click()
    expect(tab.locator(f"#{name} > h3")).to_be_in_viewport()
    tab.close()


def test_from_the_top_a_symptom_is_two_touches_away_and_so_is_the_way_back(
    browser: Browser, book_url: str
) -> None:
    tab = browser.new_page(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        java_script_enabled=False,
    )
    tab.goto(f"{book_url}/{PAGE}")
    folds = tab.locator("#symptoms > details > summary")
    assert [words(text) for text in folds.all_inner_texts()] == [
        words(group.title) for group in groups()
    ]
    for fold in folds.all():
        expect(fold).to_be_in_viewport(ratio=1)
    folds.nth(5).tap()
    tab.locator("#symptoms").get_by_role("link", name="Device-side assert").tap()
    expect(tab.locator("#device-side-assert > h3")).to_be_in_viewport()
    tab.locator("#device-side-assert").get_by_role("link", name="All symptoms").tap()
    expect(folds.first).to_be_in_viewport()
    tab.close()


def test_the_lists_lead_to_every_symptom_in_its_order(page: BeautifulSoup) -> None:
    for fold, group in zip(page.select("#symptoms > details"), groups(), strict=True):
        assert [str(link["href"]) for link in fold.select("a")] == [
            f"#{one.name}" for one in group.symptoms
        ]


def test_paper_has_every_symptom_and_no_way_to_it(
    browser: Browser, book_url: str
) -> None:
    tab = browser.new_page()
    tab.goto(f"{book_url}/{PAGE}")
    tab.emulate_media(media="print")
    assert tab.locator("#symptoms, .ce-back").locator("visible=true").count() == 0
    for name in SYMPTOMS:
        expect(tab.locator(f"#{name} > ol")).to_be_visible()
    tab.close()


def test_pages_that_a_diagnosis_names_are_links_in_the_book(
    page: BeautifulSoup, book: Path
) -> None:
    shown = page.select(".cell_output p a, .cell_output li a")
    assert shown
    for link in shown:
        there, _, part = str(link["href"]).partition("#")
        text = (book / "chapters" / (there or "loss-clinic.html")).read_text("utf-8")
        assert f'id="{part}"' in text
    assert "chapters/" not in "".join(link.get_text() for link in shown)
