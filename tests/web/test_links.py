"""A link opens exactly its state; a hostile one changes nothing but a message."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect
from states import random_states

from ce_lib.explorers import REGISTRY, StateError

HOSTILE = [
    "{field}=1e999",
    "{field}=-1e308",
    "{field}=NaN",
    "{field}=Infinity",
    "{field}=",
    "{field}",
    "{field}=<img src=x onerror=alert(1)>",
    "{field}=%3Cscript%3Ealert(1)%3C/script%3E",
    "{field}=%",
    "{field}=__proto__",
    "__proto__=1",
    "constructor=1",
    "nothing=1",
    "=",
    "{field}=0x10",
    "{field}=%C3",
    "{default}&{default}",
    "{field}=" + "9" * 5000,
    "{field}=" + ",".join(["0.1"] * 3000),
]


def broken(pattern: str, name: str, field: str) -> str:
    """Fill a pattern: ``field`` is a part of the state, ``default`` the part as it opens."""
    parts = REGISTRY[name]().link().partition("?")[2].split("&")
    (default,) = (part for part in parts if part.startswith(f"{field}="))
    return pattern.format(field=field, default=default)


FOLLOW = """
async (link) => {
  location.hash = link;
  await new Promise((resolve) => setTimeout(resolve, 20));
  while (document.querySelector("[aria-busy]")) await new Promise(requestAnimationFrame);
}
"""

SHOWN = """
(name) => [...document.querySelectorAll(`#${name} [data-quantity]`)]
  .map((cell) => cell.dataset.quantity + "=" + cell.dataset.value)
"""


@pytest.mark.in_turn(2)
def test_python_reads_back_the_links_it_writes(name: str) -> None:
    for explorer in random_states(REGISTRY[name], 200):
        query = explorer.link().partition("?")[2]
        assert REGISTRY[name].from_link(query).state == explorer.state


def test_the_page_copies_the_link_that_python_reads(page: Page, name: str) -> None:
    explorer = random_states(REGISTRY[name], 1, seed=3)[0]
    page.evaluate(FOLLOW, explorer.link())
    page.evaluate(
        "() => { navigator.clipboard.writeText = async (t) => { window.copied = t } }"
    )
    page.locator(f"#{name}").get_by_role("button", name="Copy link").click()
    query = page.evaluate("window.copied").partition("?")[2]
    assert REGISTRY[name].from_link(query).state == explorer.state


def test_a_link_that_cannot_be_copied_is_shown(page: Page, name: str) -> None:
    page.evaluate(
        "() => { navigator.clipboard.writeText = async () => { throw new Error() } }"
    )
    page.locator(f"#{name}").get_by_role("button", name="Copy link").click()
    shown = page.locator(f"#{name} .ce-link-text").input_value()
    assert f"#{name}?" in shown


STEP = """
async (step) => {
  const moved = new Promise((done) => addEventListener("hashchange", done, { once: true }));
  step < 0 ? history.back() : (location.hash = step);
  await moved;
  await new Promise((painted) => setTimeout(painted, 20));
  while (document.querySelector("[aria-busy]")) await new Promise(requestAnimationFrame);
}
"""


def test_going_back_leads_through_the_states_to_the_opening_one(
    page: Page, name: str
) -> None:
    opening = page.evaluate(SHOWN, name)
    links = [explorer.link() for explorer in random_states(REGISTRY[name], 2, seed=5)]
    shown = []
    for link in links:
        page.evaluate(STEP, link)
        shown.append(page.evaluate(SHOWN, name))
    assert shown[0] != opening != shown[1]
    page.evaluate(STEP, -1)
    assert page.evaluate(SHOWN, name) == shown[0]
    page.evaluate(STEP, -1)
    assert page.evaluate(SHOWN, name) == opening


def test_what_a_link_does_not_name_is_as_the_page_opens_it(
    page: Page, name: str
) -> None:
    opening = page.evaluate(SHOWN, name)
    kind = REGISTRY[name]
    elsewhere = random_states(kind, 1, seed=7)[0].state
    if "units" in elsewhere:
        elsewhere["units"] = kind().units
    page.evaluate(FOLLOW, kind(**elsewhere).link())
    assert page.evaluate(SHOWN, name) != opening
    page.evaluate(FOLLOW, kind().link().partition("&")[0])
    assert page.evaluate(SHOWN, name) == opening


def test_a_link_that_a_mail_program_escaped_is_read(page: Page, name: str) -> None:
    link = random_states(REGISTRY[name], 1, seed=6)[0].link()
    page.evaluate(FOLLOW, link)
    shown = page.evaluate(SHOWN, name)
    for escaped in (link.replace("?", "%3F"), f"#{quote(link[1:], safe='')}"):
        page.evaluate(FOLLOW, REGISTRY[name]().link())
        page.evaluate(FOLLOW, escaped)
        assert page.evaluate(SHOWN, name) == shown, escaped


#: Follow links that nobody can read, and now and then one that all can; say what was wrong.
REFUSED = """async ([name, patterns, opening]) => {
  const follow = async (link) => {
    const moved = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    location.hash = link;
    await moved;
    await new Promise((heard) => setTimeout(heard));
  };
  const numbers = () => [...document.querySelectorAll(`#${name} [data-quantity]`)]
    .map((cell) => cell.dataset.value).join();
  const before = numbers();
  const wrong = [];
  for (const links of patterns) {
    for (const link of links) {
      await follow(link);
      const said = document.querySelector(`#${name} .ce-message`)?.innerText ?? "";
      if (!said.includes("could not be read") || said.length >= 300 || said.includes("URI"))
        wrong.push(`${link.slice(0, 200)}: "${said.slice(0, 300)}"`);
      if (numbers() !== before) wrong.push(`${link.slice(0, 200)} changed the numbers`);
      if (document.querySelector(`#${name} :is(img, script)`))
        wrong.push(`${link.slice(0, 200)} brought in an element`);
    }
    await follow(opening);
    if (document.querySelector(`#${name} .ce-message`))
      wrong.push(`${links[0].slice(0, 200)}: its message stays`);
  }
  return wrong;
}"""


@pytest.mark.in_turn(3)
def test_a_hostile_link_changes_nothing_but_a_message(page: Page, name: str) -> None:
    fields = REGISTRY[name].fields()
    links = [
        list(dict.fromkeys(f"#{name}?{broken(pattern, name, f)}" for f in fields))
        for pattern in HOSTILE
    ]
    opening = REGISTRY[name]().link()
    page.evaluate(FOLLOW, opening)
    assert page.evaluate(REFUSED, [name, links, opening]) == []
    assert page.errors == []


@pytest.mark.parametrize("name", ["loss-curve"])
def test_a_link_to_an_explorer_that_is_not_there_says_so(page: Page, name: str) -> None:
    before = page.evaluate(SHOWN, name)
    message = page.locator(".ce-message")
    for asked in ("nothing", name.upper(), "", "<img src=x>", "%"):
        page.evaluate(FOLLOW, f"#{asked}?q=1")
        assert message.inner_text().endswith(f'On this page there is "{name}".'), asked
        assert page.evaluate(SHOWN, name) == before, asked
    page.evaluate(FOLLOW, REGISTRY[name]().link())
    assert message.count() == 0
    assert page.errors == []


@pytest.mark.parametrize("pattern", HOSTILE)
def test_python_refuses_the_same_links(name: str, pattern: str) -> None:
    for field in REGISTRY[name].fields():
        with pytest.raises(StateError):
            REGISTRY[name].from_link(broken(pattern, name, field))


FAR = """(link) => {
  const text = document.body.appendChild(document.createElement("p"));
  text.style.margin = "3000px 0";
  text.innerHTML = `How is <a href="${link}">this state</a> different?`;
  text.scrollIntoView({ block: "center" });
}"""


def test_a_link_far_away_offers_the_way_back(page: Page, name: str) -> None:
    page.evaluate(FAR, REGISTRY[name]().link())
    link = page.get_by_role("link", name="this state")
    back = page.get_by_role("button", name="Back to the text")
    for return_by in ("button", "history"):
        link.click()
        expect(page.locator(f"#{name} .ce-stage")).to_be_in_viewport()
        expect(back).to_be_in_viewport(ratio=1)
        if return_by == "button":
            back.click()
            expect(link).to_be_focused()
        else:
            page.go_back()
        expect(link).to_be_in_viewport()
        expect(back).to_have_count(0)
    assert page.errors == []


@pytest.mark.parametrize("name", ["classifier"])
def test_a_link_close_by_needs_no_way_back(page: Page, name: str) -> None:
    page.evaluate(
        """(link) => document.querySelector(".ce-more").insertAdjacentHTML(
          "beforebegin", `<a href="${link}">this state</a>`)""",
        REGISTRY[name]().link(),
    )
    page.set_viewport_size({"width": 732, "height": 500})
    page.get_by_role("link", name="this state").click()
    page.wait_for_timeout(50)
    expect(page.get_by_role("button", name="Back to the text")).to_have_count(0)
