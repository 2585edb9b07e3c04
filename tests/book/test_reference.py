"""The library's own pages show every public name, and first uses lead to them."""

import inspect
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from contents import ALL
from playwright.sync_api import Browser

import ce_lib
from bookext.docstrings import formulas, tex

REFERENCE = [page for page in ALL if page.startswith("reference/")]
WRITTEN = ["index", *(page for page in ALL if page not in REFERENCE)]

ENTRY = re.compile(r'<dt class="sig[^"]*" id="ce_lib\.(\w+)">')
LINK = re.compile(
    r'<a (?:class="[^"]*" )?href="([^"]*reference/\w+\.html)#ce_lib\.(\w+)"[^>]*>(.*?)</a>'
)
#: The same, in a cell.
USE = re.compile(r'<a class="ce-use" href="[^"]*#ce_lib\.(\w+)">\1</a>')
#: Where a page's code names what it imports from the library.
IMPORT = re.compile(r"from ce_lib(?:\.\w+)? import (\([^)]*\)|[^\n]*)")
BLOCK = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)
NO_CODE = re.compile(r'<div class="[^"]*highlight-text .*?</pre>', re.DOTALL)
LITERAL = re.compile(r'<code class="docutils literal notranslate">(.*?)</code>')


def read(book: Path, page: str) -> str:
    return (book / f"{page}.html").read_text(encoding="utf-8")


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_every_public_name_has_one_entry(book: Path) -> None:
    entries = [name for page in REFERENCE for name in ENTRY.findall(read(book, page))]
    assert sorted(entries) == sorted(ce_lib.__all__)


#: What is laid out anew: headings, lists and types, and the quotation marks of prose.
LAID_OUT = re.compile(r"[-\s].*|.* : .*|.* :|Attributes|")
CURLED = str.maketrans("“”‘’", "\"\"''")


def prose(html: str) -> str:
    """The words of a page, without the formulas between them."""
    parsed = BeautifulSoup(html, "html.parser")
    for formula in parsed.select("span.math"):
        formula.decompose()
    return parsed.get_text()


def sentences(docstring: str) -> Iterator[str]:
    """What a docstring says in words: between headings, types and formulas."""
    lines = [
        "" if LAID_OUT.fullmatch(line) else line for line in docstring.splitlines()
    ]
    for paragraph in "\n".join(lines).split("\n\n"):
        at = 0
        text = "" if ">>>" in paragraph else " ".join(paragraph.split())
        for start, end in [*formulas(text), (len(text), 0)]:
            yield text[at:start]
            at = end


def folded(text: str) -> str:
    """What is said, whatever the layout."""
    plain = text.translate(CURLED).replace("`", "").replace("−", "-")
    return "".join(plain.casefold().split())


@pytest.mark.parametrize("name", ce_lib.__all__)
def test_an_entry_says_all_that_the_docstring_says(book: Path, name: str) -> None:
    thing = getattr(ce_lib, name)
    (page,) = (page for page in REFERENCE if f'id="ce_lib.{name}"' in read(book, page))
    rest = read(book, page).partition(f'id="ce_lib.{name}"')[2]
    shown = folded(prose(ENTRY.split(rest, maxsplit=1)[0]))
    for sentence in sentences(inspect.getdoc(thing) or ""):
        assert folded(sentence) in shown
    for parameter in inspect.signature(thing).parameters:
        assert folded(parameter) in shown


def test_no_line_ends_behind_the_sign_of_a_number(book: Path) -> None:
    for page in REFERENCE:
        text = BeautifulSoup(read(book, page), "html.parser")
        for code in text.select("pre, code, .sig, .katex, .ce-type, script"):
            code.decompose()
        assert not re.findall(r"(?<![\w)\]])-(?:inf|\d)", text.get_text()), page


@pytest.mark.parametrize("page", WRITTEN)
def test_the_first_use_of_a_public_name_leads_to_its_entry(
    book: Path, page: str
) -> None:
    text = read(book, page).partition("<article")[2]
    in_code = USE.findall(text)
    assert len(in_code) == len(set(in_code)), "linked more than once"
    linked = {name for _, name, inside in LINK.findall(text) if "span" in inside}
    linked |= set(in_code)
    blocks = [words(block) for block in BLOCK.findall(NO_CODE.sub("", text))]
    imported = {
        name
        for block in blocks
        for names in IMPORT.findall(block)
        for name in re.findall(r"\w+", names)
    }
    assert linked >= imported & set(ce_lib.__all__)
    for literal in LITERAL.findall(text):
        name = words(literal).partition("(")[0]
        if name in ce_lib.__all__:
            assert name in linked, name


def test_a_link_to_the_library_leads_to_an_entry(book: Path, path: str) -> None:
    text = (book / path).read_text(encoding="utf-8")
    for address, name, _ in LINK.findall(text):
        target = (book / path).parent / address
        assert f'id="ce_lib.{name}"' in target.read_text(encoding="utf-8")


def test_the_library_page_lists_every_name(book: Path) -> None:
    text = read(book, "chapters/library").partition("<article")[2]
    listed = {name for _, name, _ in LINK.findall(text)}
    assert listed == set(ce_lib.__all__)
    for page in REFERENCE:
        assert f'href="../{page}.html"' in text


def test_a_signature_fits_a_phone(browser: Browser, book_url: str) -> None:
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    for page in REFERENCE:
        tab.goto(f"{book_url}/{page}.html")
        cut = tab.evaluate(
            """() => [...document.querySelectorAll("dt.sig, dt.sig *")]
              .filter((el) => el.getBoundingClientRect().right > innerWidth)
              .map((el) => el.textContent)"""
        )
        assert cut == [], page
    tab.close()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Brier loss Σ_k (q_k − t_k)² of q.", ["Σ_k (q_k − t_k)²", "q"]),
        ("from 0 to K−1, or 0 and 1 (D. R. Cox, 1958)", ["K−1"]),
        ("A row is a class's, with P(genre), dL/dz and [0, 1]", ["dL/dz", "[0, 1]"]),
        ("plain text, 2 of 3 (1973), float64", []),
    ],
)
def test_a_formula_is_seen_in_prose(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in formulas(text)] == found


def test_a_formula_is_written_in_tex() -> None:
    written = tex("−log p_y = log1p(Σ_{j≠y} exp(−|z|)) + K·2⁻⁵²")
    assert written.replace(" ", "") == (
        r"-\logp_{y}=\operatorname{log1p}(\sum_{j\ney}\exp(-\lvertz\rvert))+K\cdot2^{-52}"
    )


def test_an_attribute_is_a_line_with_its_type(book: Path) -> None:
    text = read(book, "reference/genres")
    assert ">Type<" not in text
    line = re.search(r'<li id="ce_lib.GenreWorld.prior">.*?</li>', text, re.DOTALL)
    assert line
    assert "prior ndarray, (4,)" in " ".join(words(line[0]).split())
