"""The words of all chapters, from A to Z, each with the chapter that explains it.

A chapter says a definition list. An entry may have several terms, one a line. It links to
another one by ``{word}`logit` ``, which is the glossary's own role ``term`` once it stands
there: in the chapter, opened as a notebook, that role would look for a word and find none.

A further term that begins with another letter is named there as well, and leads to its entry.
"""

from itertools import groupby

from bookext.collected.course import Course, entries, number_link


def write(course: Course, of: str) -> str:
    found: list[tuple[str, str]] = []
    elsewhere: dict[str, list[str]] = {}
    for page, text in course.texts("for-glossary"):
        for terms, meaning in entries(text):
            meaning = meaning.replace("{word}`", "{term}`")
            lines = f"{meaning} {number_link(page)}".split("\n")
            entry = "\n".join([*terms, *(f"  {line.strip()}" for line in lines)])
            names = [term.strip("`") for term in terms]  # some stand in code
            first = names[0] if names else ""
            found.append((first.casefold(), entry))
            for term in names[1:]:
                if _letter(term) != _letter(first):
                    elsewhere.setdefault(_letter(term), []).append(term)
    words = {
        letter: [entry for _, entry in group]
        for letter, group in groupby(sorted(found), lambda word: _letter(word[0]))
    }
    letters = sorted(words | elsewhere)
    row = " ".join(f"[{letter}](#words-{letter.lower()})" for letter in letters)
    parts = (
        _part(each, words.get(each, []), elsewhere.get(each, [])) for each in letters
    )
    return "\n\n".join([f":::{{div}} letters\n{row}\n:::", *parts])


def _letter(term: str) -> str:
    return term[:1].upper()


def _part(letter: str, words: list[str], elsewhere: list[str]) -> str:
    name = f"(words-{letter.lower()})=\n:::{{div}} letter\n```{{rubric}} {letter}\n```"
    blocks = [name]
    if words:
        blocks.append("\n\n".join(["```{glossary}", *words, "```"]))
    if elsewhere:
        terms = ", ".join(
            f"{{term}}`{term}`" for term in sorted(elsewhere, key=str.casefold)
        )
        blocks.append(f"Under another letter: {terms}")
    return "\n\n".join(blocks) + "\n:::"
