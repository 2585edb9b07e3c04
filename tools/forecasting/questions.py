"""Every bet that the book offers, in its order, and where it stands.

A question of a chapter is defined in `ce_lib.practice.content`; a claim of the folklore stands
on its page alone, and a stake on it is a bet on three verdicts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bookext.practice.claims import HANDLE, VERDICTS
from ce_lib.practice.catalogue import QUESTIONS

ROOT = Path(__file__).resolve().parents[2]

#: The place of a question in a chapter's source, or a claim: address, sentence, verdict.
PLACES = re.compile(
    r"^`{3,}\{div\} bet (?P<question>[\w-]+)$"
    r"|^\((?P<claim>[\w-]+)\)=\n#+ (?P<said>“.+”)\n\n"
    rf":::\{{dropdown\}} {re.escape(HANDLE)}\n\*\*(?P<verdict>[^*]+?)\.?\*\*",
    re.M,
)


@dataclass(frozen=True)
class Bet:
    """A question to bet on."""

    id: str
    prompt: str
    options: Sequence[str]
    answer: int  #: the place of the right option, from 0
    page: str  #: "chapters/log-curve"
    title: str  #: the page's, with its number if it has one
    anchor: str  #: the place on the page

    @property
    def address(self) -> str:
        """Where it stands in the built book."""
        return f"{self.page}.html#{self.anchor}"


@cache
def every_bet(root: Path = ROOT) -> Mapping[str, Bet]:
    """The bets of the book by their ids."""
    found: dict[str, Bet] = {}
    for page, title in _pages(root):
        text = (root / f"{page}.md").read_text(encoding="utf-8")
        for place in PLACES.finditer(text):
            bet = _bet(place, page, title)
            found.setdefault(bet.id, bet)
    return found


def _bet(place: re.Match[str], page: str, title: str) -> Bet:
    if claim := place["claim"]:
        answer = VERDICTS.index(place["verdict"])
        return Bet(claim, _whole(place["said"]), VERDICTS, answer, page, title, claim)
    asked = QUESTIONS[place["question"]]
    prompt, *options = map(_whole, (asked.prompt, *(o.text for o in asked.options)))
    return Bet(asked.id, prompt, options, asked.index, page, title, f"bet-{asked.id}")


def _whole(words: str) -> str:
    """Words in which no number parts from its %."""
    return re.sub(r"(\d) %", "\\1\u00a0%", words)


def _pages(root: Path) -> Iterator[tuple[str, str]]:
    """The pages in the book's order with their titles, the chapters with their numbers."""
    contents = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    number = 0
    for part in contents["parts"]:
        for entry in part["chapters"]:
            title = _title(root / f"{entry['file']}.md")
            if part.get("numbered"):
                number += 1
                title = f"Chapter {number}. {title}"
            yield entry["file"], title


def _title(source: Path) -> str:
    text = source.read_text(encoding="utf-8").removeprefix("---\n")
    found = re.search(r"^# (.+)$", text.rpartition("\n---\n\n")[2], re.M)
    return found[1] if found else source.stem


def base_address(root: Path = ROOT) -> str:
    """Where the book is served, if _config.yml names it."""
    config: dict[str, Any] = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    return str((config.get("html") or {}).get("baseurl") or "").rstrip("/")
