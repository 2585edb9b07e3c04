"""The EPUB has the whole book, in the order of the contents, for every kind of reader.

EPUBCheck reads it before a release (tests/release/test_paper.py); here are what it promises
besides the rules of the format, and what is soon broken.
"""

from __future__ import annotations

import io
import json
import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from contents import LISTED
from PIL import Image
from playwright.sync_api import Browser
from printed import pages
from printed.electronic import INSIDE, electronic
from printed.pictures import SHARPNESS, WIDTH, Picture, taken
from printed.volume import SOLUTIONS, Volume, volume

from ce_lib.explorers import REGISTRY, LossCurve

pytestmark = pytest.mark.xdist_group("epub")

#: The pages in it, as the contents of the book list them.
EXPECTED = [name for page in LISTED if (name := Path(page).name) not in pages.LEFT_OUT]


@pytest.fixture(scope="module")
def whole(book: Path) -> Volume:
    return volume(painted=False)


@pytest.fixture(scope="module")
def explorers(whole: Volume) -> dict[str, list[Picture]]:
    """In place of each explorer's picture, an empty one: the browser takes long for all."""
    return {
        part.name: [
            Picture(
                link=str(place["data-explorer"]),
                pressed="",
                html="",
                alt=f"What {part.name} plays with",
            )
            for place in part.body.select(".ce-explorer")
        ]
        for part in whole.parts
    }


@pytest.fixture(scope="module")
def archive(
    whole: Volume,
    explorers: dict[str, list[Picture]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[zipfile.ZipFile]:
    path = tmp_path_factory.mktemp("epub") / "book.epub"
    electronic(whole, explorers, b"", path)
    with zipfile.ZipFile(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def package(archive: zipfile.ZipFile) -> BeautifulSoup:
    return BeautifulSoup(archive.read(f"{INSIDE}/package.opf"), "xml")


@pytest.fixture(scope="module")
def texts(archive: zipfile.ZipFile) -> dict[str, BeautifulSoup]:
    """Every page of text in it, by its name."""
    return {
        name.removeprefix(f"{INSIDE}/"): BeautifulSoup(
            archive.read(name), "html.parser"
        )
        for name in archive.namelist()
        if name.endswith(".xhtml")
    }


def test_what_it_is_stands_first_and_can_be_read_as_it_is(
    archive: zipfile.ZipFile,
) -> None:
    first = archive.infolist()[0]
    assert first.filename == "mimetype"
    assert first.compress_type == zipfile.ZIP_STORED
    assert archive.read(first) == b"application/epub+zip"


def test_every_page_is_there_once_in_the_order_of_the_contents(
    package: BeautifulSoup, texts: dict[str, BeautifulSoup]
) -> None:
    order = [str(item["idref"]) for item in package.select("spine itemref")]
    expected = ["cover", "contents", *EXPECTED, SOLUTIONS]
    assert order == [f"f-{name}.xhtml" for name in expected]
    assert set(texts) == {f"{name}.xhtml" for name in expected}
    listed = [str(link["href"]) for link in texts["contents.xhtml"].select("#toc a")]
    chapters = [href for href in listed if "#" not in href]
    assert chapters == [f"{name}.xhtml" for name in ("cover", *EXPECTED, SOLUTIONS)]


def test_every_file_is_in_the_package_and_nothing_else(
    archive: zipfile.ZipFile, package: BeautifulSoup
) -> None:
    named = {f"{INSIDE}/{item['href']}" for item in package.select("manifest item")}
    around = {"mimetype", "META-INF/container.xml", f"{INSIDE}/package.opf"}
    assert named | around == set(archive.namelist())


def test_every_picture_is_described_and_there(
    archive: zipfile.ZipFile, texts: dict[str, BeautifulSoup]
) -> None:
    pictures = [img for text in texts.values() for img in text.find_all("img")]
    assert len(pictures) > 40
    for picture in pictures:
        assert str(picture["alt"]).strip(), picture
        assert f"{INSIDE}/{picture['src']}" in archive.namelist()


def test_formulas_are_mathml_with_their_words_and_nothing_needs_a_script(
    texts: dict[str, BeautifulSoup],
) -> None:
    formulas = [math for text in texts.values() for math in text.find_all("math")]
    assert len(formulas) > 2000
    assert all(math["alttext"].strip() for math in formulas)
    left = ".katex, annotation, svg, script, button, details, noscript, input, [style]"
    for name, text in texts.items():
        assert text.select(left) == [], name


def test_every_link_inside_it_leads_somewhere(texts: dict[str, BeautifulSoup]) -> None:
    names = {
        name: {str(element["id"]) for element in text.select("[id]")}
        for name, text in texts.items()
    }
    for page, text in texts.items():
        for link in text.select("a[href]"):
            href = str(link["href"])
            if ":" in href:
                continue
            file, _, name = href.partition("#")
            file = posixpath.normpath(file) if file else page
            assert file in names, (page, href)
            assert not name or name in names[file], (page, href)


def test_every_link_out_of_it_is_an_address(texts: dict[str, BeautifulSoup]) -> None:
    links = [str(a["href"]) for text in texts.values() for a in text.select("a[href]")]
    outside = [link for link in links if ":" in link]
    assert len(outside) > 50
    assert [link for link in outside if re.search(r"[^!-~]|[<>\"\\^`{|}]", link)] == []


def test_no_page_gives_its_answers_away_and_each_question_links_its_own(
    texts: dict[str, BeautifulSoup],
) -> None:
    answers = {
        f"{SOLUTIONS}.xhtml#{answer['id']}": answer
        for answer in texts[f"{SOLUTIONS}.xhtml"].select(".answer")
    }
    asked = []
    for name, text in texts.items():
        if name != f"{SOLUTIONS}.xhtml":
            assert text.select(".solution, [data-definition]") == [], name
        for box in text.select(".exercise, .ce-bet-box, .ce-guess-box"):
            (link,) = box.select(".to-answer a")
            answer = answers[str(link["href"])]
            back = answer.h3.a if isinstance(answer.h3, Tag) else None
            assert back, link
            assert str(back["href"]) == f"{name}#{box['id']}"
            assert len(answer.get_text(strip=True)) > len(answer.h3.get_text()) + 5, (
                link
            )
            asked.append(str(link["href"]))
    assert len(asked) > 200
    assert sorted(asked) == sorted(answers)


def test_it_says_for_whom_it_can_be_read(package: BeautifulSoup) -> None:
    said = {
        str(meta["property"]): meta.get_text()
        for meta in package.select("meta[property]")
    }
    assert said["schema:accessModeSufficient"] == "textual"
    assert {"schema:accessMode", "schema:accessibilityHazard"} <= set(said)
    assert said["schema:accessibilitySummary"]
    assert "dcterms:modified" in said


def test_an_explorer_is_a_sharp_picture_that_says_what_it_shows(
    browser: Browser, book: Path
) -> None:
    page = named("log-curve")
    (picture,) = taken(browser, [page], images=True)["log-curve"]
    image = Image.open(io.BytesIO(picture.image))
    assert image.width == WIDTH * SHARPNESS
    assert len(image.convert("RGB").getcolors(1 << 24) or []) > 16
    soup = BeautifulSoup(picture.html, "html.parser")
    assert soup.select_one(".ce-stage svg")
    assert soup.select("button, input, [hidden]") == []
    assert picture.alt.endswith(str(soup.select_one(".ce-stage svg")["aria-label"]))  # type: ignore[index]


#: What a hand does to a picture.
FOR_HANDS = re.compile(r"\b(drag|press|pull|tap|click|move|make)\b", re.IGNORECASE)


def test_a_picture_asks_for_no_hand(browser: Browser, book: Path) -> None:
    names = ("pytorch-in-practice", "yes-or-no")
    pictures = taken(browser, map(named, names), images=False)
    for name, shown in pictures.items():
        for picture in shown:
            text = BeautifulSoup(picture.html, "html.parser").get_text(" ")
            assert FOR_HANDS.findall(text) == [], name


def named(name: str) -> pages.Page:
    return next(page for page in pages.every() if page.name == name)


def test_an_explorer_stands_as_what_its_chapter_says_is_pressed_and_so_does_its_link(
    browser: Browser, book: Path
) -> None:
    by_button, by_link = "log-curve", "yes-or-no"
    pictures = taken(browser, map(named, (by_button, by_link)), images=False)
    (curve,), (belief, opening) = pictures[by_button], pictures[by_link]
    state = LossCurve.from_link(curve.link.partition("?")[2]).state
    (tried,) = [item for item in LossCurve.try_this if item.label == curve.pressed]
    assert {name: state[name] for name in tried.state} == tried.state
    assert tried.notice in curve.html
    assert curve.pressed in curve.alt
    assert belief.pressed == "one genre in ten"
    assert "&q=0.5,0.5&" in belief.link
    assert opening.pressed == ""
    assert opening.link.startswith("softmax-gradient?logits=2,1,-1&")


def test_what_is_to_be_pressed_for_a_picture_is_there(book: Path) -> None:
    asked = 0
    for page in pages.every():
        soup = BeautifulSoup((book / page.file).read_bytes(), "html.parser")
        for place in soup.select(".ce-explorer[data-pictured]"):
            name, words = (
                str(place["data-explorer"]),
                json.loads(str(place["data-pictured"])),
            )
            buttons = [item.label for item in REGISTRY[name].try_this]
            buttons = json.loads(str(place.get("data-offers", "null"))) or buttons
            links = soup.select(f'a[href^="#{name}?"]')
            assert words in buttons + [" ".join(a.get_text().split()) for a in links], (
                page
            )
            asked += 1
    assert asked > 20


def test_no_picture_answers_the_guess_that_it_stands_below(book: Path) -> None:
    """As it opens, an explorer answers what it waits for on a screen."""
    seen = 0
    for page in pages.every():
        soup = BeautifulSoup((book / page.file).read_bytes(), "html.parser")
        for box in soup.select(".ce-guess-box"):
            place = box.find_next(class_="ce-explorer")
            assert isinstance(place, Tag)
            assert place.get("data-pictured"), page.name
            seen += 1
    assert seen == 21
