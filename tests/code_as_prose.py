"""Code that stands in a text as prose, where it could be set as code."""

import re

from ce_lib._backticks import pieces

#: What nobody writes but who programs: a_name, f(), a name=value, np.exp, a[0], ==, NLLLoss.
PROGRAMMED = re.compile(
    r"\w{2,}_\w|\w_\w{2,}|\w\(\)|\w=[^\s=]|\b(?:np|nn|F|torch)\.\w|\w\.[a-z]{2}|\w\[|=="
    r"|\b[A-Z]\w*Loss\b"
)

#: Names of parts and options, and addresses in the book.
NAME = re.compile(r"[\w-]+|[\w-]+#.*")


def as_prose(text: str) -> list[str]:
    """What looks like code in a text, and is not set as code."""
    words = [] if NAME.fullmatch(text) else pieces(text)[::2]
    return [found.group() for each in words for found in PROGRAMMED.finditer(each)]
