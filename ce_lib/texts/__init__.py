"""Two texts to count letters in, and what makes 27 symbols of any text.

Both are free for everyone to use. Each file holds the part to learn from and, in its last
paragraph, the part to test on.

- ``gettysburg.txt``: Abraham Lincoln's address at Gettysburg, 1863, after his last copy
  in his own hand, the one named after Colonel Bliss. Its last sentence is the test.
- ``alice.txt``: Lewis Carroll's *Alice's Adventures in Wonderland*, 1865, normalised from
  the edition 2.9 of Project Gutenberg, without title page and chapter numbers: a
  paragraph each chapter, of which the twelfth is the test.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["SYMBOLS", "Text", "alice", "gettysburg", "normalise"]

#: The symbols of a normalised text, in the order used everywhere: the space, a to z.
SYMBOLS = " abcdefghijklmnopqrstuvwxyz"


class Text(NamedTuple):
    """A normalised text in two parts."""

    train: str  #: what a model learns from; it ends with the space before the test
    test: str  #: how the text goes on


def normalise(text: str) -> str:
    """Make small letters of all letters from a to z, and one space of all between them.

    Parameters
    ----------
    text : str
        Any text. What is not one of the 26 letters separates, an accented letter, too.

    Returns
    -------
    str
        Of `SYMBOLS`, without spaces at the ends.

    Examples
    --------
    >>> normalise("Four score -- and 7 years ago, our fathers…")
    'four score and years ago our fathers'
    """
    return " ".join(re.findall("[a-z]+", text.lower()))


def gettysburg() -> Text:
    """Return the Gettysburg Address: nine sentences to learn from, the tenth to test.

    Returns
    -------
    Text
        990 and 430 characters.

    Examples
    --------
    >>> print(gettysburg().train[:40])
    four score and seven years ago our fathe
    """
    return _read("gettysburg")


def alice() -> Text:
    """Return Alice in Wonderland: eleven chapters to learn from, the twelfth to test.

    Returns
    -------
    Text
        123 874 and 10 903 characters.

    Examples
    --------
    >>> print(alice().test[:33])
    alice s evidence here cried alice
    """
    return _read("alice")


@cache
def _read(name: str) -> Text:
    whole = files(__package__).joinpath(f"{name}.txt").read_text("utf-8")
    *train, test = whole.strip().split("\n\n")
    return Text(normalise(" ".join(train)) + " ", normalise(test))
