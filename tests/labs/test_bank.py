"""The bank of questions says and accepts what the book says and accepts.

The file for Moodle is read with a parser that is not ours, the one for Canvas by the rules that
Canvas follows.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from decimal import Context, Decimal
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from node import node
from teacher import accepted, bank, gift, qti
from teacher.bank import Item
from teacher.course import chapters

from ce_lib._backticks import as_html
from ce_lib.practice.exercise import Choice, Number, Option, Whole
from ce_lib.practice.judge import RIGHT, judge

pytestmark = [pytest.mark.xdist_group("teacher"), pytest.mark.usefixtures("book")]

QTI = {"q": qti.QTI}


def parsed(text: str, folder: Path) -> list[dict[str, Any]]:
    file = folder / "bank.gift.txt"
    file.write_text(text, encoding="utf-8")
    run = node("tests/labs/gift.mjs", str(file))
    assert run.returncode == 0, run.stderr[-2000:]
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def moodle(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Moodle's questions by their titles, as another parser reads them."""
    read = parsed(gift.bank(bank.items()), tmp_path_factory.mktemp("bank"))
    questions = [each for each in read if each["type"] != "Category"]
    assert len(read) - len(questions) == len(chapters())
    return {each["title"]: each for each in questions}


@cache
def canvas() -> dict[str, ET.Element]:
    """Canvas's questions by their titles."""
    archive = zipfile.ZipFile(io.BytesIO(qti.bank(bank.items())))
    manifest = ET.fromstring(archive.read("imsmanifest.xml"))
    (file,) = [each.get("href") for each in manifest.iter(f"{{{qti.PACKAGE}}}file")]
    assert set(archive.namelist()) == {"imsmanifest.xml", file}
    found = ET.fromstring(archive.read(file)).findall(".//q:item", QTI)
    return {each.get("title"): each for each in found}


def numbers() -> list[Item]:
    return [item for item in bank.items() if isinstance(item.field, Number)]


def first_match(question: dict[str, Any], value: float) -> tuple[float, str]:
    """What Moodle gives for a number, and says to it: the first answer near enough counts."""
    for choice in question["choices"]:
        near = choice["text"]
        gap = near["range"] + 1e-14 * abs(near["number"])
        if abs(value - near["number"]) <= gap:
            return choice["weight"], choice["feedback"]["text"]
    return 0, ""


def canvas_accepts(item: ET.Element, text: str) -> bool:
    """Whether a condition that gives all points holds."""
    return any(
        condition.find("q:setvar", QTI) is not None
        and _holds(condition.find("q:conditionvar", QTI), Decimal(text))
        for condition in item.iterfind(".//q:respcondition", QTI)
    )


def _holds(node: ET.Element, given: Decimal) -> bool:
    rules: dict[str, Callable[[], bool]] = {
        "conditionvar": lambda: all(_holds(each, given) for each in node),
        "and": lambda: all(_holds(each, given) for each in node),
        "or": lambda: any(_holds(each, given) for each in node),
        "varequal": lambda: given == Decimal(node.text),
        "vargte": lambda: given >= Decimal(node.text),
        "varlte": lambda: given <= Decimal(node.text),
    }
    return rules[node.tag.partition("}")[2]]()


def attempts(field: Number) -> set[str]:
    """Numbers around the answer, each with two to nine digits, as one would type them."""
    answer, reach = field.answer, field.tolerance * abs(field.answer)
    steps = [0, 0.3, 0.98, 1.02, 1.5, 3, 5, 8, 12, 20, 50, 100]
    near = [answer + sign * step * reach for step in steps for sign in (-1, 1)]
    whole = isinstance(field, Whole)
    near += [answer - 1, answer + 1] if whole else []
    shorten = [Context(prec=digits).create_decimal for digits in range(2, 10)]
    typed = {accepted.written(short(value)) for value in near for short in shorten}
    # On the edge itself floats and decimals differ in the last digit of a double.
    clear = {t for t in typed if abs(abs(float(t) - answer) / reach - 1) > 1e-6}
    # What is whole is not asked for halves: neither system can tell these apart.
    return {text for text in clear if not whole or "." not in text}


def test_there_are_three_questions_of_each_chapter() -> None:
    items = bank.items()
    assert len(items) == len({item.title for item in items}) == 60
    assert set(Counter(item.chapter.name for item in items).values()) == {3}
    kinds = Counter(isinstance(item.field, Choice) for item in items)
    assert min(kinds.values()) >= 20


def test_moodle_reads_every_question_as_it_is_defined(
    moodle: dict[str, dict[str, Any]],
) -> None:
    assert list(moodle) == [item.title for item in bank.items()]
    for item in bank.items():
        read = moodle[item.title]
        assert read["stem"]["format"] == "html"
        assert solid(read["stem"]["text"]) == solid(item.text)
        told = read["globalFeedback"] or {"text": ""}
        assert solid(told["text"]) == solid(item.solution)
        if isinstance(item.field, Choice):
            assert [
                (each["isCorrect"], each["text"]["text"], each["feedback"]["text"])
                for each in read["choices"]
            ] == [
                (each.key == item.field.answer, as_html(each.text), as_html(each.why))
                for each in item.field.options
            ]


def solid(html: str) -> str:
    """HTML without its spaces and the breaks in its code: there a line break may be."""
    return re.sub(r"\s|<br>", "", html)


def test_canvas_reads_every_choice_as_it_is_defined() -> None:
    assert list(canvas()) == [item.title for item in bank.items()]
    for item in bank.items():
        read = canvas()[item.title]
        text = read.find("q:presentation/q:material/q:mattext", QTI).text
        assert without_equations(text) == without_equations(item.text)
        if not isinstance(item.field, Choice):
            continue
        labels = read.findall(".//q:response_label", QTI)
        texts = [label.find(".//q:mattext", QTI).text for label in labels]
        assert texts == [as_html(option.text) for option in item.field.options]
        (right,) = [
            condition.find(".//q:varequal", QTI).text
            for condition in read.iterfind(".//q:respcondition", QTI)
            if condition.find("q:setvar", QTI) is not None
        ]
        keys = [option.key for option in item.field.options]
        place = [label.get("ident") for label in labels].index(right)
        assert keys[place] == item.field.answer


def without_equations(html: str) -> str:
    """HTML with the TeX of each formula in its place, whichever way it was written."""
    image = r'<img class="equation_image" title="([^"]*)"[^>]*>'
    written = re.sub(image, lambda found: f"${unescape(found[1])}$", html)
    return re.sub(r"\\\((.*?)\\\)", lambda found: f"${unescape(found[1])}$", written)


def test_a_formula_for_canvas_is_one_of_its_own() -> None:
    texts = [
        e.text for item in canvas().values() for e in item.iterfind(".//q:mattext", QTI)
    ]
    assert sum(text.count("equation_image") for text in texts) > 100
    for text in texts:
        assert not re.search(r"\\[(\[]", text)
        for address, tex in re.findall(
            r'src="/equation_images/([^"]*)" data-equation-content="([^"]*)"', text
        ):
            assert unquote(unquote(address)) == unescape(tex)


def test_what_canvas_tells_is_there_to_be_told() -> None:
    for item in canvas().values():
        idents = [each.get("ident") for each in item.iterfind("q:itemfeedback", QTI)]
        links = [e.get("linkrefid") for e in item.iterfind(".//q:displayfeedback", QTI)]
        assert sorted(idents) == sorted(links)
    names = [item.get("ident") for item in canvas().values()]
    assert len(set(names)) == len(names)


def test_a_number_passes_where_the_check_accepts_it_and_nowhere_else(
    moodle: dict[str, dict[str, Any]],
) -> None:
    verdicts = Counter()
    for item in numbers():
        for text in attempts(item.field):
            right = judge(item.field, text)[0] == RIGHT
            verdicts[right] += 1
            weight, _ = first_match(moodle[item.title], float(text))
            assert (weight == 100) == right, f"Moodle, {item.title}: {text}"
            on_canvas = canvas_accepts(canvas()[item.title], text)
            assert on_canvas == right, f"Canvas, {item.title}: {text}"
    assert min(verdicts[True], verdicts[False]) > 500


def test_a_known_mistake_is_told_in_the_books_words(
    moodle: dict[str, dict[str, Any]],
) -> None:
    for item in numbers():
        wrong = canvas()[item.title].find(
            "q:itemfeedback[@ident='general_incorrect_fb']//q:mattext", QTI
        )
        for mistake in item.field.mistakes:
            value = float(np.float64(mistake.value))
            assert as_html(mistake.sentence) in wrong.text
            if np.isfinite(value):
                text = accepted.written(Context(prec=8).create_decimal(value))
                weight, told = first_match(moodle[item.title], float(text))
                assert (weight, told) == (0, as_html(mistake.sentence)), item.title


def test_nothing_in_a_text_is_taken_for_a_command(tmp_path: Path) -> None:
    nasty = r"::a:: {x} ~b =c #d \nabla \{ \\ // e: -> %50% & [html] $CATEGORY: f"
    options = (Option("a", nasty, nasty), Option("b", "no", "####" + nasty))
    field = Choice(name="n", label="", answer="a", options=options)
    item = Item("n", chapters()[0], f"<p>\n{nasty}\n\n{nasty}</p>", field, nasty)
    (read,) = parsed(gift.question(item) + "\n", tmp_path)
    assert read["stem"]["text"] == f"<p> {nasty} {nasty}</p>"
    assert read["globalFeedback"]["text"] == nasty
    first, second = read["choices"]
    assert first["text"]["text"] == first["feedback"]["text"] == as_html(nasty)
    assert second["feedback"]["text"] == "####" + as_html(nasty)


def test_the_same_bank_gives_the_same_files() -> None:
    assert qti.bank(bank.items()) == qti.bank(bank.items())


def test_a_whole_number_that_the_check_is_lenient_with_is_refused() -> None:
    field = Whole(name="large", label="", answer=50257)
    with pytest.raises(ValueError, match="50257 is too large to be marked exactly"):
        list(accepted.right(field))
