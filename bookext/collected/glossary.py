"""The words of all chapters, from A to Z, each with the chapter that explains it.

A chapter says a definition list. An entry may have several terms, one a line. It links to
another one by ``{word}`logit` ``, which is the glossary's own role ``term`` once it stands
there: in the chapter, opened as a notebook, that role would look for a word and find none.
"""

from itertools import groupby, starmap

from bookext.collected.course import Course, entries, number_link


def write(course: Course, of: str) -> str:
    found = []
    for page, text in course.texts("for-glossary"):
        for terms, meaning in entries(text):
            meaning = meaning.replace("{word}`", "{term}`")
            lines = f"{meaning} {number_link(page)}".split("\n")
            entry = "\n".join([*terms, *(f"  {line.strip()}" for line in lines)])
            first = terms[0].strip("`") if terms else ""  # a name in code
            found.append((first.casefold(), entry))
    letters = [
        (letter, [entry for _, entry in words])
        for letter, words in groupby(sorted(found), lambda word: word[0][:1].upper())
    ]
    row = " ".join(f"[{letter}](#words-{letter.lower()})" for letter, _ in letters)
    return "\n\n".join([f":::{{div}} letters\n{row}\n:::", *starmap(_part, letters)])


def _part(letter: str, words: list[str]) -> str:
    listed = "\n\n".join(["```{glossary}", *words, "```"])
    name = f"(words-{letter.lower()})=\n:::{{div}} letter\n```{{rubric}} {letter}\n```"
    return f"{name}\n\n{listed}\n:::"
