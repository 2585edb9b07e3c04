"""What is said about an answer: one list of sentences for Python and for the pages."""

from __future__ import annotations

import json
from pathlib import Path

_SENTENCES: dict[str, str] = json.loads(
    Path(__file__).with_name("sentences.json").read_text(encoding="utf-8")
)


def say(name: str, **words: object) -> str:
    """Return the sentence of that name, with the words put in."""
    return _SENTENCES[name].format(**words)


class Unreadable(Exception):
    """An answer that cannot be compared with anything; the message says why, kindly.

    ``what`` is the name of the sentence.
    """

    def __init__(self, name: str, **words: object) -> None:
        super().__init__(say(name, **words))
        self.what = name
