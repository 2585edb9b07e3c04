"""What the built book prints of an exercise: its number, its text, its worked solution.

Nothing of the page's look comes along: plain elements, and formulas as whoever asks for
them wants them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile, takewhile

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.filter import ElementFilter

from teacher.course import ROOT

BOOK = ROOT / "_build/html"

#: What is kept; of what is `DROPPED` only the contents.
TEXT = frozenset(["p", "em", "strong", "ul", "ol", "li", "code", "pre", "sub", "sup"])
TABLE = frozenset(["table", "thead", "tbody", "tr", "th", "td"])
DROPPED = frozenset(["div", "span", "section", "a"])

#: Sets a formula: from KaTeX's own element, and whether it has lines of its own.
Setter = Callable[[Tag, bool], Tag | NavigableString]


class NotBuilt(Exception):
    """The book is not there to be read."""


@dataclass(frozen=True)
class Printed:
    """An exercise on its page, in HTML; without a solution it is empty."""

    number: str
    text: str
    solution: str


def as_mathml(formula: Tag, display: bool) -> Tag:
    """A formula for any browser of today: no style sheet, no typeface, no script."""
    math = copy(formula.find("math"))
    math.find("annotation").decompose()
    for applied in math.find_all("mo", string="\N{FUNCTION APPLICATION}"):
        # KaTeX leaves the space between ln and q to its own style sheet.
        if applied.next_sibling and applied.next_sibling.get_text() not in "([{":
            applied.replace_with(Tag(name="mspace", attrs={"width": "0.1667em"}))
    if display:
        math["display"] = "block"
    return math


def as_tex(formula: Tag, display: bool) -> NavigableString:
    """A formula as Moodle and Canvas read it, between the delimiters of both."""
    tex = formula.find("annotation").get_text().replace(r"\allowbreak", "").strip()
    return NavigableString(rf"\[{tex}\]" if display else rf"\({tex}\)")


class _Wanted(ElementFilter):
    """The title, exercises, their solutions, and boxes to answer in."""

    def allow_tag_creation(
        self, nsprefix: str | None, name: str, attrs: Mapping[str, str] | None
    ) -> bool:
        attrs = attrs or {}
        classes = (attrs.get("class") or "").split()
        return (
            name == "h1"
            or "data-practice" in attrs
            or (name == "div" and "exercise" in classes)
            or (name == "details" and "solution" in classes)
        )

    def allow_string_creation(self, string: str) -> bool:
        return False


def source(name: str) -> str:
    """A page as it was built."""
    path = BOOK / "chapters" / f"{name}.html"
    if not path.exists():
        raise NotBuilt(f"The built book has no page {name!r}: run `make book` first.")
    return path.read_text("utf-8")


@cache
def parts(name: str) -> tuple[Tag, ...]:
    """What a page asks, in its order, behind its title."""
    page = BeautifulSoup(source(name), "html.parser", parse_only=_Wanted())
    return tuple(page.find_all(True, recursive=False))


def title(name: str) -> str:
    heading = copy(parts(name)[0])
    for part in heading.select(".section-number, .headerlink"):
        part.decompose()
    return heading.get_text().strip()


def in_order(name: str, ids: Iterable[str]) -> list[str]:
    """Those of the ids that stand on a page, in its order.

    A bet, a guess and a function to write may have only their box there.
    """
    on_page: dict[str, int] = {}
    for place, part in enumerate(parts(name)):
        box = part.get("data-practice", "")
        on_page.setdefault(part.get("id", "").removeprefix(f"{box}-"), place)
    return sorted((id for id in ids if id in on_page), key=on_page.__getitem__)


def exercise(name: str, id: str, setter: Setter = as_mathml) -> Printed:
    """What a page prints of an exercise.

    Raises
    ------
    LookupError
        If it prints none of that name.
    ValueError
        If the exercise holds something that has no place elsewhere, such as a picture.
    """
    after = dropwhile(lambda part: part.get("id") != id, parts(name))
    found = next(after, None)
    if found is None:
        raise LookupError(f"{name} prints no exercise {id!r}")
    own = takewhile(lambda part: "exercise" not in part.get("class", ()), after)
    told = next((part for part in own if part.name == "details"), None)
    number = found.find(class_="caption-number").get_text().strip()
    return Printed(
        number.removeprefix("Exercise "),
        plain(found.find("section"), setter, f"{name}, {id}"),
        plain(told.find("section"), setter, f"{name}, {id}") if told else "",
    )


@dataclass(frozen=True)
class Claim:
    """A sentence to stake on; ``verdict`` counts from 0, ``why`` is HTML."""

    id: str
    text: str
    verdict: int
    why: str


def claims(name: str) -> Iterator[Claim]:
    """The claims of a page, in its order."""
    page = BeautifulSoup(source(name), "html.parser")
    for box in page.select("[data-claim]"):
        told = box.find_next("details", class_="ce-verdict")
        said = told.find_all("p", recursive=False)
        why = "".join(f"<p>{plain(each, as_mathml, name)}</p>" for each in said)
        heading = copy(box.find_previous("h3"))
        for link in heading.select(".headerlink"):
            link.decompose()
        verdict = int(box["data-answer"])
        yield Claim(box["data-claim"], heading.get_text(), verdict, why)


def plain(element: Tag, setter: Setter, place: str) -> str:
    """The inside of an element, with nothing in it that needs the book's style sheet."""
    element = copy(element)
    for formula in element.select(".katex"):
        display = formula.find_parent(class_="katex-display") is not None
        formula.replace_with(setter(formula, display))
    for code in element.select("div.highlight pre"):
        code.string = code.get_text().rstrip("\n")
    for tag in element.find_all(True):
        if tag.name == "math" or tag.find_parent("math"):
            continue
        if tag.name in DROPPED:
            tag.unwrap()
        elif tag.name in TEXT | TABLE:
            tag.attrs = {}
        else:
            raise ValueError(f"{place}: there is no way to print a <{tag.name}>")
    return element.decode_contents().strip()
