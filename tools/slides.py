"""Make the slides of every chapter, out of the built book, into _build/slides.

    python tools/slides.py

The folder holds all that its pages need: it goes on a stick, or to a server, as it is. The
book's own folder stays what the build made of it, without slides older than their chapters.
"""

import re
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml
from bs4 import BeautifulSoup
from decks.page import Slide, Unmade, slides_of
from filling import templates

ROOT = Path(__file__).resolve().parents[1]
DECKS = ROOT / "tools/decks"
BOOK, OUT = ROOT / "_build/html", ROOT / "_build/slides"

#: What the slides take of the book's own style sheets and scripts.
TAKEN = [
    *["page.css", "later.css", "katex", "faces", "favicon.svg"],
    *["core.js", "practice.js", "explorers", "texts"],
]

#: An explorer's place, as in bookext/assets.py.
PLACE = re.compile(r'data-explorer="([^"]+)"')


@dataclass(frozen=True)
class Deck:
    """A chapter's slides: its file's name, its number, where its page is."""

    name: str
    number: int
    address: str
    slides: list[Slide]

    @property
    def title(self) -> str:
        """The chapter's title, without its number."""
        heading = BeautifulSoup(self.slides[0].heading, "html.parser")
        return heading.contents[-1].get_text()

    @property
    def shown(self) -> str:
        """Its page's address as the slides show it: on a server whole, else within the book."""
        return self.address.removeprefix("../html/").removeprefix("https://")

    @property
    def explorers(self) -> Iterable[str]:
        """The explorers on the slides, in their order."""
        return dict.fromkeys(
            PLACE.findall("".join(slide.body for slide in self.slides))
        )


def chapters() -> list[str]:
    """The pages of the numbered parts: the first is chapter 1."""
    parts = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))["parts"]
    numbered = [part for part in parts if part.get("numbered")]
    return [entry["file"] for part in numbered for entry in part["chapters"]]


def address_of_book() -> str:
    """Where the book is: on the server that ``html: baseurl`` names, or beside the slides."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    return str(settings["html"].get("baseurl") or "../html").rstrip("/")


def every_deck() -> list[Deck]:
    made = []
    for number, page in enumerate(chapters(), 1):
        address = f"{address_of_book()}/{page}.html"
        html = (BOOK / f"{page}.html").read_text(encoding="utf-8")
        try:
            made.append(
                Deck(Path(page).name, number, address, slides_of(html, address))
            )
        except Unmade as problem:
            sys.exit(f"{page}: {problem}")
    return made


def copy_what_they_need(out: Path) -> None:
    static = out / "_static"
    static.mkdir()
    for name in TAKEN:
        source = BOOK / "_static" / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, static / name)
    shutil.copytree(DECKS / "static", static, dirs_exist_ok=True)
    # A slide waits for the book's type: nobody has begun to read it.
    sheet = static / "page.css"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(
        text.replace("font-display:optional", "font-display:block"), "utf-8"
    )


def write(out: Path) -> list[Deck]:
    """Write the slides into the folder ``out``, in place of earlier ones."""
    made = every_deck()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    copy_what_they_need(out)
    own = templates(DECKS / "templates")
    pages = {f"{deck.name}.html": ("deck.html", {"deck": deck}) for deck in made}
    pages["index.html"] = ("index.html", {"decks": made})
    for name, (template, shown) in pages.items():
        text = own.get_template(template).render(shown)
        (out / name).write_text(text, encoding="utf-8")
    return made


def main() -> None:
    if not (BOOK / "index.html").exists():
        sys.exit(
            "The slides are made of the built book, and there is none: run `make book`."
        )
    made = write(OUT)
    count = sum(len(deck.slides) for deck in made)
    print(f"{count} slides of {len(made)} chapters. Open {OUT / 'index.html'}")


if __name__ == "__main__":
    main()
