"""The rules of style sheets: which of them a page needs, and when.

A rule is needed if what its selector names (elements, classes, ids, attributes) occurs: in a
page as it is written, or in a script, since a script that brings a state about says its name.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import tinycss2
from tinycss2.ast import Node, QualifiedRule

TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:\s+[^\s\"'<>/=]+(?:\s*=\s*\"[^\"]*\")?)*)")
ATTRIBUTE = re.compile(r"\s([^\s\"'<>/=]+)(?:\s*=\s*\"([^\"]*)\")?")
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
WORD = re.compile(r"-{0,2}[a-zA-Z_][\w-]*")
STRING = re.compile(r"""["'`]([a-z][a-z0-9]*)["'`]|<([a-z][a-z0-9]*)""")
DATASET = re.compile(r"\bdataset\.([a-z]+)\b")
ASKED = re.compile(r"var\(\s*(--[\w-]+)")
NESTED = frozenset({"media", "supports", "layer", "container"})
#: Of these, one selector of the list in brackets must be able to match.
ANY = frozenset({"is", "where", "has", "-webkit-any", "matches"})


class Vocabulary(NamedTuple):
    """What selectors may name: what occurs in pages, and what scripts may add."""

    elements: set[str]
    names: set[str]  # classes, ids, and attributes

    @classmethod
    def of(cls, pages: Iterable[str], scripts: Iterable[str]) -> "Vocabulary":
        elements, names = set[str](), set[str]()
        for page in pages:
            for tag, said in set(TAG.findall(page)):
                elements.add(tag.lower())
                for name, value in ATTRIBUTE.findall(said):
                    names.add(name)
                    if name in ("class", "id"):
                        names.update(value.split())
        for script in scripts:
            names.update(WORD.findall(script))
            names.update(f"data-{name}" for name in DATASET.findall(script))
            elements.update(*STRING.findall(script))
        return cls(elements, names)


def matches(selector: list[Node], known: Vocabulary) -> bool:
    """Whether this selector can match an element of the book, in some state."""
    for i, node in enumerate(selector):
        before = selector[i - 1] if i else None
        if node.type == "ident":
            if before == ".":
                if node.value not in known.names:
                    return False
            elif before != ":" and node.lower_value not in known.elements:
                return False
        elif node.type == "hash":
            if node.value not in known.names:
                return False
        elif node.type == "[] block":
            name = next((part for part in node.content if part.type == "ident"), None)
            if name is not None and name.value not in known.names:
                return False
        elif (
            node.type == "function"
            and node.lower_name in ANY
            and not any(matches(one, known) for one in alternatives(node.arguments))
        ):
            return False
    return True


def alternatives(selectors: list[Node]) -> list[list[Node]]:
    """Split a list of selectors at its commas."""
    found: list[list[Node]] = [[]]
    for node in selectors:
        if node == ",":
            found.append([])
        else:
            found[-1].append(node)
    return found


class Rule(NamedTuple):
    """A rule that is kept: its selectors and declarations, or an at-rule's contents."""

    head: str
    declarations: list[tuple[str, str]]
    inside: "list[Rule] | None" = None

    def css(self, asked: set[str] | None = None) -> str:
        """Write the rule; if `asked` is given, without the variables that are not in it."""
        if self.inside is not None:
            body = "".join(rule.css(asked) for rule in self.inside)
        else:
            body = ";".join(
                f"{name}:{value}"
                for name, value in self.declarations
                if asked is None or name in asked or not name.startswith("--")
            )
        return f"{self.head}{{{body}}}" if body else ""

    def values(self) -> Iterator[tuple[str, str]]:
        yield from self.declarations
        for rule in self.inside or ():
            yield from rule.values()


def _written(nodes: list[Node]) -> str:
    text = tinycss2.serialize(nodes).replace("/**/", " ")
    # An en space in a string is no white space of the sheet's.
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")


def parted(nodes: Iterable[Node], known: Vocabulary) -> tuple[list[Rule], list[Rule]]:
    """Part rules into those that can match and those that cannot; each keep their order."""
    able, unable = list[Rule](), list[Rule]()
    for node in nodes:
        if isinstance(node, QualifiedRule):
            for can, place in ((True, able), (False, unable)):
                heads = [
                    _written(one)
                    for one in alternatives(node.prelude)
                    if matches(one, known) is can
                ]
                if heads:
                    place.append(Rule(",".join(heads), _declarations(node)))
        elif node.type == "at-rule" and node.content is not None:
            head = f"@{node.at_keyword} {_written(node.prelude)}".strip()
            if node.lower_at_keyword in NESTED:
                inside = tinycss2.parse_rule_list(node.content, True, True)
                for rules, place in zip(
                    parted(inside, known), (able, unable), strict=True
                ):
                    if rules:
                        place.append(Rule(head, [], rules))
            elif node.lower_at_keyword.endswith("keyframes"):
                frames = tinycss2.parse_rule_list(node.content, True, True)
                able.append(Rule(head, [], [_frame(frame) for frame in frames]))
            elif node.lower_at_keyword in ("page", "property", "font-face"):
                able.append(Rule(head, _declarations(node)))
            else:
                raise ValueError(f"a style sheet has a rule unknown here: {head}")
    return able, unable


def _frame(frame: Any) -> Rule:
    return Rule(_written(frame.prelude), _declarations(frame))


def _declarations(rule: Any) -> list[tuple[str, str]]:
    found = []
    for node in tinycss2.parse_blocks_contents(rule.content, True, True):
        if node.type != "declaration":
            raise ValueError(f"a rule within a rule: {_written(rule.prelude)}")
        important = "!important" if node.important else ""
        found.append((node.name, _written(node.value) + important))
    return found


def purged(sheet: str, known: Vocabulary, others: Iterable[str]) -> str:
    """Return what the book needs of a sheet; `others` may ask for its variables.

    Its fonts are left out: the book has type of its own.
    """
    rules, _ = parted(_parsed(sheet), known)
    rules = [rule for rule in rules if rule.head != "@font-face"]
    declared = [pair for rule in rules for pair in rule.values()]
    asked = {name for other in others for name in ASKED.findall(other)}
    asked.update(
        name
        for of, value in declared
        if not of.startswith("--")
        for name in ASKED.findall(value)
    )
    while (
        more := {
            name
            for of, value in declared
            if of in asked
            for name in ASKED.findall(value)
        }
        - asked
    ):
        asked |= more
    used = "".join(rule.css(asked) for rule in rules)
    # Movements that nothing calls.
    return re.sub(
        r"@(?:-webkit-)?keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*\}",
        lambda frames: frames[0] if _moves(frames[1], declared) else "",
        used,
    )


def first_and_later(sheet: str, known: Vocabulary) -> tuple[str, str]:
    """Part a sheet: what can match what is `known`, and all else, each in its order."""
    first, later = parted(_parsed(sheet), known)
    declared = [pair for rule in first for pair in rule.values()]

    def waits(rule: Rule) -> bool:
        at, _, name = rule.head.partition(" ")
        return at.endswith("keyframes") and not _moves(name, declared)

    later += [rule for rule in first if waits(rule)]
    first = [rule for rule in first if not waits(rule)]
    return "".join(map(Rule.css, first)), "".join(map(Rule.css, later))


def _parsed(sheet: str) -> list[Node]:
    return list(tinycss2.parse_stylesheet(sheet, True, True))


def _moves(name: str, declared: list[tuple[str, str]]) -> bool:
    return any(name in value.split() for of, value in declared if "animation" in of)
