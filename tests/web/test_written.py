"""What a reader's eye takes in: the same words and digits in Python and on the page."""

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from node import node
from parted import PARTED
from playwright.sync_api import Page
from states import corner_states, random_states

from ce_lib._written import FORMS, exact, percent, plain, shown, signed
from ce_lib.explorers import REGISTRY

CASES = json.loads(Path(__file__).with_name("formats.json").read_text())

# What stands in the two tables: without scripts, and one click away on the live page.
TABLES = """
async ([name, states]) => {
  const PARTED = <PARTED>;
  const { default: explorer } = await import(`./modules/${name}.js`);
  const said = (cells) => [...cells].map((cell) => cell.textContent).join(" ")
    .replace(/\\s+/g, " ").trim();
  const rows = (tables) => [...tables].flatMap((table) => [...table.querySelectorAll("tr")])
    .filter((row) => !row.closest("[hidden]")).map((row) => said(row.children));
  // A table of its own names the rows and the columns of an explorer's lists as it likes.
  const lists = (table) => [...table.querySelectorAll("tbody tr")]
    .map((row) => said(row.querySelectorAll("td")));
  return states.map(([state, html]) => {
    const without = new DOMParser().parseFromString(html, "text/html");
    const model = { get: (key) => state[key], on() {}, off() {}, set() {}, save_changes() {} };
    const el = document.body.appendChild(document.createElement("div"));
    explorer.render({ model, el });
    const own = el.querySelector(".ce-lists");
    const live = rows(el.querySelectorAll(".ce-numbers table")).concat(own ? lists(own) : []);
    const [numbers, entries] = without.querySelectorAll("table.ce-table");
    const still = own ? rows([numbers]).concat(lists(entries))
      : rows(without.querySelectorAll("table.ce-table"));
    const parted = PARTED(el);
    el.remove();
    return [still, live, parted];
  });
}
""".replace("<PARTED>", PARTED)


def _number(value: Any) -> Any:
    return float(value) if value in ("Infinity", "-Infinity") else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expected"])
def test_python_writes_numbers_as_the_table_of_cases_says(case: dict[str, Any]) -> None:
    digits = [case["digits"]] if "digits" in case else []
    written = FORMS[case["form"]](_number(case["value"]), *digits)
    assert written == case["expected"]


def test_every_form_has_cases() -> None:
    assert {case["form"] for case in CASES} == set(FORMS)


FINITE = st.floats(-1e300, 1e300) | st.floats(-2e6, 2e6)


@given(FINITE, st.integers(2, 6))
@example(9999.96, 4)
@example(999.6, 3)
def test_what_is_shown_is_the_number_to_the_digits_promised(
    value: float, digits: int
) -> None:
    texts = [shown(value, digits), signed(value, digits), plain(value, digits)]
    texts += [exact(value), percent(value)]
    for text in texts:
        text = re.sub("^1 in ", "", text).replace(",", "")
        assert re.fullmatch(r"[+−]?\d+(\.\d+)?(·10⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?( %)?", text)
    number, _, power = texts[0].replace("−", "-").replace(",", "").partition("·10")
    raised = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    read = float(f"{number}e{power.translate(raised) or 0}")
    kept = digits - 1 if power or abs(value) < 0.1 else digits
    assert math.isclose(read, value, rel_tol=0.501 * 10 ** (1 - kept))


def test_javascript_keeps_the_properties_of_hands_scales_and_formats() -> None:
    tests = sorted(Path("web/tests").glob("*.test.mjs"))
    # Those that compare with Python are given its answers in other tests.
    alone = [str(path) for path in tests if "process.env." not in path.read_text()]
    assert alone
    run = node("--test", *alone)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-2000:]


@pytest.mark.in_turn(2)
def test_the_table_without_scripts_says_what_the_live_page_says_and_no_number_parts(
    served: Page, name: str
) -> None:
    kind = REGISTRY[name]
    explorers = [kind(), *random_states(kind, 40), *corner_states(kind, 40)]
    states = [[explorer.state, explorer.static_html()] for explorer in explorers]
    for explorer, (without, live, parted) in zip(
        explorers, served.evaluate(TABLES, [name, states]), strict=True
    ):
        assert without == live, explorer.link()
        assert parted == [], explorer.link()


@pytest.mark.parametrize("name", ["two-distributions"])
def test_the_letters_of_truth_and_model_carry_their_colours(page: Page) -> None:
    question = page.locator(".ce-question")
    assert question.locator(".is-truth").all_inner_texts() == ["P"]
    assert question.locator(".is-model").all_inner_texts() == ["Q"]
    coloured = page.locator(".ce-frame .is-truth, .ce-frame .is-model")
    ways = """(letters) => letters.map((one) => [one.textContent.toUpperCase(),
      getComputedStyle(one).color])"""
    seen = set(map(tuple, coloured.evaluate_all(ways)))
    assert seen == {("P", "rgb(20, 112, 200)"), ("Q", "rgb(180, 83, 9)")}


#: How far apart the last digits before the point are, in each column of all the numbers; and
#: how far the right edges of its tables.
APART = """() => {
  document.querySelector(".ce-more").open = true;
  const end = (cell) => {
    const found = /^[+−]?[\\d,]+(?=\\.\\d+$|$)/.exec(cell.firstChild?.data ?? "");
    if (!found || cell.matches("[colspan], .ce-words")) return null;
    const whole = document.createRange();
    whole.setStart(cell.firstChild, 0);
    whole.setEnd(cell.firstChild, found[0].length);
    return whole.getBoundingClientRect().right;
  };
  const apart = (places) => Math.max(...places) - Math.min(...places);
  const tables = [...document.querySelectorAll(".ce-numbers table:not([hidden])")];
  const columns = tables.flatMap((table) => {
    const rows = [...table.tBodies[0].rows];
    return Array.from({ length: rows[0].cells.length }, (_, column) => rows
      .map((row) => row.cells[column]?.matches("td") ? end(row.cells[column]) : null)
      .filter((place) => place !== null));
  });
  const edges = tables.map((table) => table.getBoundingClientRect().right);
  return Math.max(...[edges, ...columns].filter((places) => places.length).map(apart));
}"""


def test_all_the_numbers_are_aligned_at_the_point_and_end_at_one_edge(
    page: Page,
) -> None:
    assert page.evaluate(APART) < 1


#: Of each number that lacks decimals of its column: whether they are written as zeros, and
#: whether the number is exact.
ZEROS = """() => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  return [...document.querySelectorAll("tbody [data-quantity$=']'] > .ce-gap")].map((gap) => {
    const written = Number(gap.previousSibling.data.replace("−", "-").replaceAll(",", ""));
    const value = Number(gap.parentElement.dataset.value);
    const exact = Math.abs(written - value) <= 1e-9 * Math.abs(value);
    return [getComputedStyle(gap, "::before").visibility === "visible", exact];
  });
}"""


@pytest.mark.parametrize("name", ["number-formats"])
def test_decimals_that_a_number_of_a_list_lacks_are_zeros_where_it_is_exact(
    page: Page,
) -> None:
    assert set(map(tuple, page.evaluate(ZEROS))) == {(True, True), (False, False)}


def test_no_list_stands_twice_where_it_is_one_press_away(page: Page, name: str) -> None:
    cells = page.locator(f"#{name} .ce-more [data-quantity$=']']")
    ids = cells.evaluate_all("(all) => all.map((one) => one.dataset.quantity)")
    assert sorted(set(ids)) == sorted(ids)
