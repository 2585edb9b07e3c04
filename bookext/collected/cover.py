"""The way through the book: every chapter with emblem, number and its own sentence or two.

A chapter says ``**Its short name.** What it is about.``
"""

import re

from sphinx.errors import ExtensionError

from bookext.collected.course import Course

WORDS = re.compile(r"\*\*(?P<name>.+?)\.\*\* +(?P<text>.+)", re.DOTALL)


def write(course: Course, of: str) -> str:
    words = {page: _words(page, text) for page, text in course.texts("for-cover")}
    lines, number = [], 0
    for part in course.parts:
        listed = [page for page in part.pages if part.numbered or page in words]
        if not listed:
            continue
        lines.append(f"\n### {part.title}\n")
        for page in listed:
            number += part.numbered
            mark = f"{number}." if part.numbered else "-"
            name, text = words.get(page, ("", ""))
            link = f"**[{name}]({course.address(page)}).**"
            lines.append(f"{mark} {{emblem}}`{page}` {link} {text}")
    return "\n".join(lines)


def _words(page: str, text: str) -> tuple[str, str]:
    match = WORDS.fullmatch(text.strip())
    if match is None:
        raise ExtensionError(
            f"{page}: for-cover: expected `**Its short name.** What it is about.`; "
            f"got {text!r}"
        )
    return match["name"], " ".join(match["text"].split())
