"""The book as a PDF: one page of HTML, printed by the browser that the tests use.

It is printed twice. The first time nobody knows on which page a part begins; then the numbers
are read off the PDF and put where they belong: in the contents, in the index, at each question.
They have their room from the start, so that nothing moves.
"""

from __future__ import annotations

import io
from html import escape
from itertools import takewhile
from pathlib import Path

import pikepdf
from bs4 import BeautifulSoup, PageElement, Tag
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from pypdf import PdfReader

from bookext.formulas import line
from printed.filled import filled
from printed.front import told
from printed.pages import BOOK, Unmade
from printed.pictures import COLUMN, Picture
from printed.sheets import sheets
from printed.still import made, rename
from printed.volume import Part, Volume, words

#: How often it is printed until all numbers are right.
TURNS = 5

#: What is wider than the column is made smaller, so that nothing is cut off. Code that would be
#: too small to read breaks its lines instead.
FIT = """() => {
  const fit = (el, wide) => {
    const room = el.clientWidth;
    if (wide > room + 1) el.style.fontSize = `${Math.floor((1000 * room) / wide) / 10}%`;
  };
  for (const el of document.querySelectorAll(".katex-display")) fit(el, el.scrollWidth);
  const column = document.querySelector(".bd-article").clientWidth;
  for (const el of document.querySelectorAll("table:not(.ce-table)")) {
    const room = Math.min(column, el.parentElement.clientWidth);
    if (el.offsetWidth > room + 1) el.style.zoom = room / el.offsetWidth;
  }
  const code = [...document.querySelectorAll("div.highlight pre")];
  for (const el of code) el.style.whiteSpace = "pre";
  const shares = code.map((el) => {
    const edge = parseFloat(getComputedStyle(el).paddingLeft);
    const [room, wide] = [el.clientWidth, el.scrollWidth];
    return wide > room ? (room - 2 * edge) / (wide - edge) : 1;
  });
  for (const [n, el] of code.entries()) {
    el.style.whiteSpace = "";
    if (shares[n] < 1 && shares[n] > 0.85)
      el.style.fontSize = `calc(0.7rem * ${shares[n]})`;
  }
}"""

#: Chromium breaks pages in another way where it has laid out some of them before: whenever a
#: number changes, all is laid out anew.
FILL = """(numbers) => {
  const { style } = document.body;
  style.display = "none";
  document.body.getBoundingClientRect();
  for (const el of document.querySelectorAll(".page-of"))
    el.textContent = numbers[decodeURIComponent(el.hash.slice(1))] ?? "000";
  style.display = "";
}"""


def as_pdf(
    volume: Volume, pictures: dict[str, list[Picture]], browser: Browser, folder: Path
) -> bytes:
    """The whole book as a PDF; what was printed stays in the folder, to be looked at."""
    page = folder / "book.html"
    page.write_text(assembled(volume, pictures), encoding="utf-8")
    tab = browser.new_page(viewport={"width": COLUMN, "height": 900})
    tab.set_default_timeout(0)
    tab.emulate_media(media="print", color_scheme="light")
    tab.goto(page.as_uri())
    tab.evaluate("() => document.fonts.ready")
    tab.evaluate(FIT)
    tab.evaluate(FILL, {})  # nothing yet, but the room that a number takes
    try:
        return settled(tab)
    finally:
        tab.close()


def settled(tab: Tab) -> bytes:
    """Print until the numbers that stand there are those of the pages."""
    before: dict[str, int] = {}
    for _ in range(TURNS):
        pdf = tab.pdf(
            prefer_css_page_size=True, print_background=True, outline=True, tagged=True
        )
        numbers = pages_of(pdf)
        if numbers == before:
            return small(pdf)
        tab.evaluate(FILL, numbers)
        before = numbers
    raise Unmade(f"the numbers of pages still change after {TURNS} times")


def small(pdf: bytes) -> bytes:
    """The same, packed: what says how a page is made up takes more room than the page."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def pages_of(pdf: bytes) -> dict[str, int]:
    """On which page each name is that something links."""
    reader = PdfReader(io.BytesIO(pdf))
    found = {}
    for name, place in reader.named_destinations.items():
        number = reader.get_destination_page_number(place)
        if number is not None:
            found[name.removeprefix("/")] = number + 1
    return found


# What is printed


def assembled(volume: Volume, pictures: dict[str, list[Picture]]) -> str:
    for part in volume.parts:
        explorers(part, volume, pictures.get(part.name, []))
    for part in (volume.cover, *volume.parts):
        for formula in part.body.select(".katex"):
            paint(formula)
    return filled(
        "book.html",
        sheets=sheets(),
        running=running(volume.parts),
        parts=volume.parts,
        index=index(volume),
        **told(volume, pictures),
    )


def running(parts: list[Part]) -> str:
    """A kind of page for every part, with the part's name at its head."""
    return "".join(
        f"@page part-{number}{{@top-left{{content:{quoted(part.group)}}}"
        f"@top-right{{content:{quoted(part.heading)}}}}}"
        f".part-{number}{{page:part-{number}}}"
        for number, part in enumerate(parts, 1)
    )


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'.replace("<", "\\3c ")


def explorers(part: Part, volume: Volume, pictures: list[Picture]) -> None:
    """Put the still explorers in their places, and below each where it is alive."""
    places = part.body.select(".ce-explorer")
    if len(places) != len(pictures):
        raise Unmade(
            f"{part.name}: expected a picture of {len(places)} explorers, got {len(pictures)}"
        )
    for number, (place, picture) in enumerate(zip(places, pictures, strict=True)):
        place.clear()
        place.attrs = {"class": ["still"]}
        place.extend(made(f'<div class="ce-explorer ce-live">{picture.html}</div>'))
        for link in place.select("a[href]"):
            volume.whole.lead(link, volume.whole.page(part.name))
        for element in place.find_all(True):
            rename(element, f"{part.name}-{number}")
        alive = volume.whole.alive(part.name, picture.link, picture.pressed)
        place.extend(made(f'<p class="to-explorer">{alive}</p>'))


def paint(formula: Tag) -> None:
    """Keep what is painted, in its wide form, and say it in a line for who listens."""
    maths = formula.find("math")
    painted = formula.select(":scope > .katex-html")
    for narrow in painted[:-1]:
        narrow.decompose()
    if isinstance(maths, Tag):
        formula["role"], formula["aria-label"] = "img", line(str(maths))
    for unseen in formula.select(".katex-mathml"):
        unseen.decompose()


# The index


def index(volume: Volume) -> str:
    """The book's index, with the numbers of pages where the pages say chapters."""
    html = (BOOK / "genindex.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(html, "html.parser")
    known = {part.name for part in volume.parts}
    known |= {
        str(element["id"])
        for part in volume.parts
        for element in part.body.select("[id]")
    }
    letters = []
    for letter in soup.select("article section.letter"):
        entries = "".join(
            entry(item, volume, known) for item in letter.select(":scope > ul > li")
        )
        if entries:
            heading = escape(words(letter.h2))
            letters.append(
                f'<div class="words"><p>{heading}</p><ul>{entries}</ul></div>'
            )
    return "".join(letters)


def entry(item: Tag, volume: Volume, known: set[str]) -> str:
    """A word with its pages; nothing if all that it leads to was left out."""
    below = "".join(
        entry(inner, volume, known) for inner in item.select(":scope > ul > li")
    )
    places = [
        volume.whole.name_of(str(a["href"])) for a in item.select(":scope > a[href]")
    ]
    shown = dict.fromkeys(name for name in places if name in known)
    if not shown and not below:
        return ""
    term = "".join(map(str, takewhile(is_term, item.contents)))
    numbers = ", ".join(f'<a class="page-of" href="#{escape(n)}"></a>' for n in shown)
    return f"<li>{term.strip()} {numbers}{f'<ul>{below}</ul>' if below else ''}</li>"


def is_term(part: PageElement) -> bool:
    return not (isinstance(part, Tag) and part.name in ("a", "ul"))
