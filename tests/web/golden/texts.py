"""Texts in 27 symbols: what is dropped, what separates, and the files of the library."""

from collections.abc import Iterator
from importlib.resources import files

from ce_lib.texts import gettysburg, normalise

from . import Case

TEXTS = ("Four score -- and 7 years ago", "", "  Déjà vu!\n", "…", "İstanbul ẞ K")


def cases() -> Iterator[Case]:
    for text in TEXTS:
        yield "normalise", (text,), normalise(text)
    file = files("ce_lib.texts").joinpath("gettysburg.txt").read_text("utf-8")
    yield "train", (file,), gettysburg().train
