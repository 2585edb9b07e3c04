"""The game of claims: a stake, the flip, the price, the score; and the page without it."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, BrowserContext, Page, expect
from small_book import Build

from bookext.practice.claims import HANDLE, VERDICTS
from ce_lib.practice.quiz import score

PAGE, RECORD = "chapters/folklore.html", "chapters/your-record.html"
KEY = "cross-entropy-practice"

CLAIM = re.compile(
    r'<section id="([^"]+)">\s*(?:<span id="[^"]*"></span>\s*)*<h3>“.*?'
    r'data-claim="([^"]+)" data-answer="(\d)".*?<strong>([^<]+)</strong>',
    re.DOTALL,
)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 820, "height": 900})
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture(scope="module")
def answers(book: Path) -> dict[str, int]:
    """The place of each claim's verdict."""
    text = (book / PAGE).read_text(encoding="utf-8")
    return {name: int(y) for _, name, y, _ in CLAIM.findall(text)}


def test_every_claim_has_an_address_of_its_own_and_one_of_three_verdicts(
    book: Path,
) -> None:
    text = (book / PAGE).read_text(encoding="utf-8")
    claims = CLAIM.findall(text)
    assert len(claims) == text.count("<h3>“") == text.count("data-claim=")
    for address, name, y, verdict in claims:
        assert address == name
        assert text.count(f' id="{name}"') == 1
        assert f'href="#{name}"' in text.partition("<article")[2]
        assert verdict == f"{VERDICTS[int(y)]}."


def in_digits(percents: float) -> str:
    """A share as the page writes it."""
    return "33⅓" if percents == 100 / 3 else str(percents)


def opened(context: BrowserContext, address: str) -> Page:
    tab = context.new_page()
    tab.errors = []  # type: ignore[attr-defined]
    tab.on("pageerror", lambda error: tab.errors.append(str(error)))
    tab.on("console", lambda m: m.type == "error" and tab.errors.append(m.text))
    tab.goto(address)
    tab.wait_for_selector(".ce-score.ce-live")
    return tab


def kept(tab: Page) -> dict[str, dict]:
    return json.loads(tab.evaluate("(key) => localStorage.getItem(key)", KEY))["bets"]


def test_a_stake_is_made_flipped_and_priced_by_keyboard_alone_and_kept(
    context: BrowserContext, strict_book_url: str, answers: dict[str, int]
) -> None:
    tab = opened(context, f"{strict_book_url}/{PAGE}")
    shown = tab.locator("article").inner_text()
    assert not re.search(r"\b(True|Half true|False)\.", shown, re.MULTILINE)
    names, stakes = list(answers)[:3], [[10, 60, 30], [5, 15, 80], [100 / 3] * 3]
    first = tab.locator(f"[data-claim={names[0]}]")
    first.get_by_role("button", name="Stake", exact=True).press("Enter")
    assert tab.locator("article").inner_text().count("nats if so") == len(VERDICTS)
    for (name, after), percents in zip(pairwise([*names, None]), stakes, strict=True):
        for percent in percents if name != names[2] else []:
            tab.keyboard.press("Tab")
            tab.keyboard.press("ControlOrMeta+a")
            tab.keyboard.type(str(percent))
        card = tab.locator(f"[data-claim={name}]")
        if name == names[2]:
            card.get_by_role("button", name="Shrug: flip it evenly").press("Enter")
        else:
            tab.keyboard.press("Enter")
        q, y = np.array(percents) / 100, answers[name]
        price = score(q, y).log
        told = card.get_by_role("status").filter(has_text="You gave it")
        expect(told).to_contain_text(f"{in_digits(percents[y])} %: {price:#.3g} nats.")
        expect(told).to_contain_text(f"{VERDICTS[y]}. ")
        verdict = tab.locator(f"#{name} details.ce-verdict")
        expect(verdict.locator("p").first).to_be_visible()
        expect(verdict.locator(".ce-claim-code pre").first).to_be_hidden()
        following = card.get_by_role("button", name="Next claim")
        expect(following).to_be_focused()
        if after:
            tab.keyboard.press("Enter")
    prices = [
        score(np.array(q) / 100, answers[n]).log
        for n, q in zip(names, stakes, strict=True)
    ]
    ys = list(answers.values())
    often = [ys.count(k) / len(ys) for k in range(len(VERDICTS))]
    hedge = [score(often, answers[name]).log for name in names]
    lines = (
        f"Folklore, checked: 3 of {len(ys)} claims staked, {np.mean(prices):#.3g} nats a "
        f"claim.\nWho always shrugs pays {np.log(3):#.3g}, the hedger {np.mean(hedge):#.3g}.\n"
    )
    share = tab.locator(".ce-lines")
    assert share.inner_text().replace("\xa0", " ").startswith(lines)
    assert share.inner_text().endswith(f"\n{strict_book_url}/{PAGE}")
    made = {
        n: pytest.approx(np.array(q) / 100) for n, q in zip(names, stakes, strict=True)
    }
    assert {name: bet["q"] for name, bet in kept(tab).items()} == made
    assert kept(tab)[names[2]]["q"] == [1 / 3] * 3
    # The record knows them, and keeps them; so does the page when it is opened again.
    tab.goto(f"{strict_book_url}/{RECORD}")
    mean = tab.locator("[data-quantity=mean_log]")
    assert float(mean.get_attribute("data-value") or 0) == pytest.approx(
        np.mean(prices)
    )
    expect(tab.locator(".ce-by-chapter")).to_contain_text("Folklore")
    assert set(kept(tab)) == set(names)
    expect(tab.locator(".ce-set-aside")).to_be_hidden()
    tab.goto(f"{strict_book_url}/{PAGE}#{names[2]}")
    expect(first.locator(".ce-flipped")).to_contain_text("You gave it")
    expect(tab.locator(f"#{names[0]} details.ce-verdict")).not_to_have_attribute(
        "open", ""
    )
    assert share.inner_text().replace("\xa0", " ").startswith(lines)
    assert tab.locator(f"#{names[2]} h3").bounding_box()["y"] < 900  # type: ignore[index]
    tab.get_by_role("button", name="Show all verdicts").click()
    expect(tab.locator(".ce-verdict:not([open])")).to_have_count(len(names))
    assert tab.errors == []  # type: ignore[attr-defined]


def test_who_is_not_asked_sees_all_verdicts_at_once(
    context: BrowserContext, book_url: str, answers: dict[str, int]
) -> None:
    tab = opened(context, f"{book_url}/{PAGE}?questions=off")
    expect(tab.locator(".ce-verdict[open]")).to_have_count(len(answers))
    expect(tab.get_by_role("button", name="Stake", exact=True)).to_have_count(0)
    tab.get_by_role("button", name="Hide the verdicts").click()
    expect(tab.get_by_role("button", name="Stake", exact=True)).to_have_count(
        len(answers)
    )


@pytest.mark.parametrize("width", [1366, 390])
def test_an_untouched_claim_is_one_line_with_one_door(
    context: BrowserContext, book_url: str, answers: dict[str, int], width: int
) -> None:
    tab = opened(context, f"{book_url}/{PAGE}#softmax-twice")
    tab.set_viewport_size({"width": width, "height": 900})
    doors = "button:visible, summary:visible"
    for name in ("loss-ratio", "same-mistakes"):
        expect(tab.locator(f"#{name}").locator(doors)).to_have_text(["Stake"])
        heights = [
            tab.locator(f"#{name}{part}").bounding_box()["height"]  # type: ignore[index]
            for part in ("", " h3")
        ]
        assert heights[0] - heights[1] < 36  # no second row
    # Whoever was led to a claim can read on at once.
    expect(tab.locator("#softmax-twice > details > summary")).to_be_visible()
    tab.locator("#loss-ratio").get_by_role("button", name="Stake", exact=True).click()
    look = tab.locator("#loss-ratio").get_by_text("Show me without a stake")
    look.click()
    expect(tab.locator("#loss-ratio .ce-verdict strong").first).to_be_visible()
    assert kept_or_none(tab) == {}


#: The addresses that lie on other words of their claim.
COVERED = """() => {
  const found = [], words = document.createRange();
  for (const link of document.querySelectorAll(".ce-address a")) {
    if (!link.checkVisibility()) continue;
    const own = link.getBoundingClientRect();
    for (const part of link.closest("section")
        .querySelectorAll("h3, summary, td, th, pre")) {
      words.selectNodeContents(part);
      if ([...words.getClientRects()].some((r) =>
          r.left < own.right - 1 && r.right > own.left + 1
          && r.top < own.bottom - 1 && r.bottom > own.top + 1)) found.push(link.hash);
    }
  }
  return found;
}"""


@pytest.mark.parametrize("width", [1366, 820, 390, 360])
def test_the_address_of_an_open_claim_lies_on_no_other_words(
    context: BrowserContext, book_url: str, answers: dict[str, int], width: int
) -> None:
    tab = context.new_page()
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(f"{book_url}/{PAGE}?questions=off")
    expect(tab.locator(".ce-verdict[open]")).to_have_count(len(answers))
    assert tab.evaluate(COVERED) == []


def test_the_code_of_a_claim_lies_in_one_fold(book: Path) -> None:
    text = (book / PAGE).read_text(encoding="utf-8")
    for claim in text.split("data-claim=")[1:]:
        assert claim.count('class="ce-claim-code"') <= 1, claim[:40]


def test_what_a_claim_prints_is_said_in_words(book: Path) -> None:
    soup = BeautifulSoup((book / PAGE).read_text(encoding="utf-8"), "html.parser")
    printed = soup.select(".ce-verdict .output.stream")
    assert len(printed) > 20
    for one in printed:
        for line in one.get_text().strip().splitlines():
            words = re.findall(r"[^\W\d_]{2,}", line)
            assert {*words} - {"nats", "True", "False"}, line


def kept_or_none(tab: Page) -> dict[str, dict]:
    """The stakes, where there may be no record at all."""
    text = tab.evaluate("(key) => localStorage.getItem(key)", KEY)
    return json.loads(text)["bets"] if text else {}


def test_a_group_says_how_it_stands(
    context: BrowserContext, book_url: str, answers: dict[str, int]
) -> None:
    tab = opened(context, f"{book_url}/{PAGE}")
    first = tab.locator("#loss-ratio")
    first.get_by_role("button", name="Stake", exact=True).click()
    first.get_by_role("button", name="Shrug").click()
    group = tab.locator("#reading-a-loss")
    of = group.locator(".ce-claim").count()
    expect(group.locator(":scope > p")).to_contain_text(f"1 of {of} claims staked")
    expect(tab.locator("#the-floor > p")).not_to_contain_text("staked")


def test_the_pages_contents_list_the_groups_and_no_claim(book: Path) -> None:
    text = (book / PAGE).read_text(encoding="utf-8")
    contents = text.partition('id="this-page"')[2].partition("</nav>")[0]
    groups = re.findall(r"<h2>([^<]+)</h2>", text.partition("<article")[2])
    listed = re.findall(r"<a [^>]*>([^<]+)</a>", contents)
    assert len(listed) > 5
    assert listed == [one for one in groups if one in listed]
    assert "“" not in contents


def test_without_scripts_every_verdict_is_in_a_fold(
    browser: Browser, book_url: str, answers: dict[str, int]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{book_url}/{PAGE}")
    folds = tab.locator("details.ce-verdict > summary", has_text=HANDLE)
    expect(folds).to_have_count(len(answers))
    folds.first.click()
    first = tab.locator("details.ce-verdict").first
    expect(first.locator("strong").first).to_be_visible()
    expect(first.locator(".cell_output").first).to_be_visible()
    expect(first.locator(".ce-claim-code pre").first).to_be_hidden()
    context.close()


WHOLE = f"""\
(a-coin)=
## “A coin costs one bit.”

:::{{dropdown}} {HANDLE}
**Half true.** A fair one does.
:::
"""


def test_a_claim_that_lacks_something_is_named(build: Build) -> None:
    text = (
        WHOLE
        + WHOLE.replace("(a-coin)=\n", "").replace("A coin", "A die")
        + WHOLE.replace("a-coin", "b").replace("**Half true.**", "**Maybe.**")
        + WHOLE.replace("a-coin", "c").replace("“", "").replace("”", "")
    )
    done = build(text)
    assert done.stderr.count("a claim: ") == 3
    for said in (
        "expected a line such as (its-address)= above “A die costs one bit.”",
        "the fold of “A coin costs one bit.” begins with none of",
        "expected a heading in “…”, got A coin costs one bit.",
    ):
        assert said in done.stderr
