"""Whose a file is, by the names that Moodle and Canvas give to what they hand over.

Moodle's *Download all submissions* makes a folder for every submission,
``Ada Lovelace_12345_assignsubmission_file_/any.ipynb``, or puts the same words before the
file's name. The number is that of the submission: Ada has another one in the next
assignment. Canvas's *Download Submissions* puts all files side by side,
``lovelaceada_123_456_any.ipynb``: the name as it sorts, in small letters and without what is
no letter, ``LATE_`` after it if it came late, the number of the student, which stays, and
that of the file. Where grading is anonymous, ``anon_x7Rp2`` stands for name and number.
"""

import re
from dataclasses import dataclass

_MOODLE = re.compile(r"(?s)(.+?)_(\d+)_assignsubmission_(?:file|onlinetext)(?:_.*)?")
_CANVAS = re.compile(
    r"""(?xs) (?: (?P<name> [^\W\d] \w*? ) _ (?P<late> LATE_ )? (?P<number> \d+ )
    | (?P<anonymously_late> LATE_ )? (?P<anonymous> anon_[^\W_]+ ) ) _ \d+ _ .+"""
)


@dataclass(frozen=True)
class Whose:
    """What a name says about who handed in."""

    name: str
    number: str = ""
    system: str = ""  #: "Moodle" or "Canvas"


def moodle(name: str) -> Whose | None:
    """Read the name of a folder or file as Moodle makes it."""
    found = _MOODLE.fullmatch(name)
    return Whose(found[1], found[2], "Moodle") if found else None


def canvas(name: str) -> tuple[Whose, bool] | None:
    """Read the name of a file as Canvas makes it, and whether it came late."""
    found = _CANVAS.fullmatch(name)
    if found is None:
        return None
    if found["anonymous"]:
        whose = Whose(found["anonymous"], found["anonymous"], "Canvas")
        return whose, bool(found["anonymously_late"])
    if found["name"] != found["name"].lower():
        return None  # somebody's own way to name a file
    return Whose(found["name"], found["number"], "Canvas"), bool(found["late"])
