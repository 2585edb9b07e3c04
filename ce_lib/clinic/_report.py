"""What the clinic found, to be read by a person or by a script."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from ce_lib._backticks import as_html
from ce_lib._written import FORMS
from ce_lib.clinic._symptom import FINE, KNOWN, Cause, Symptom, Values

WIDTH = 88
#: The page of the book that holds all symptoms, each at its name.
PAGE = "loss-clinic"
UNKNOWN = "The clinic does not know these words."
NOTHING = "Nothing that was given is a symptom."

_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")


@dataclass(frozen=True)
class Finding:
    """One thing that the readings say.

    Attributes
    ----------
    symptom : str
        Its name, which is its address on the page of the loss clinic.
    verdict : str
        "impossible", "broken", "suspicious", "worth knowing" or "as it should be".
    sentence : str
        What the number says, with the number.
    causes : tuple
        What may be behind it, the likeliest first: each has a ``sentence``, the ``check`` that
        decides, and the ``page`` that explains it.
    """

    symptom: str
    verdict: str
    sentence: str
    causes: tuple[Cause, ...]

    @property
    def page(self) -> str:
        """The address of the symptom in the book."""
        return f"{PAGE}#{self.symptom}"


@dataclass(frozen=True, repr=False)
class ClinicReport:
    """What a run's numbers say, the gravest first.

    Attributes
    ----------
    findings : tuple
        Each has a ``symptom``, ``verdict``, ``sentence`` and its ``causes``.
    unknown : bool
        Whether a message was given whose words no symptom knows.
    """

    findings: tuple[Finding, ...]
    unknown: bool = False

    def __repr__(self) -> str:
        parts = ["\n".join(_lines(finding)) for finding in self.findings]
        return "\n\n".join([*self._unknown(), *parts]) or NOTHING

    def _repr_html_(self) -> str:
        told = [f"<p>{words}</p>" for words in self._unknown()]
        return "".join([*told, *map(_html, self.findings)]) or f"<p>{NOTHING}</p>"

    def _unknown(self) -> list[str]:
        return [UNKNOWN] if self.unknown else []


def found(symptom: Symptom, kind: str, values: Values) -> Finding:
    """Return what a rule has found, with its sentence filled in."""
    sentence = written(symptom.says[kind], values)
    return Finding(symptom.name, symptom.verdict, sentence, symptom.causes)


def written(sentence: str, values: Values) -> str:
    """Fill in ``{loss}`` as a computed number, ``{accuracy:percent}`` in that form."""

    def fill(place: re.Match[str]) -> str:
        value = values[place[1]]
        return value if isinstance(value, str) else FORMS[place[2] or "computed"](value)

    return _PLACE.sub(fill, sentence)


def address(page: str) -> str:
    """Write the address of a page, or of a part of one, below the book's own."""
    name, _, part = page.partition("#")
    return f"chapters/{name}.html" + (f"#{part}" if part else "")


def _told(finding: Finding) -> tuple[Cause, ...]:
    """Return the causes of what is wrong; what is right, or good to know, needs none."""
    return () if finding.verdict in (KNOWN, FINE) else finding.causes


def _lines(finding: Finding) -> Iterator[str]:
    yield finding.verdict.upper()
    yield from _wrapped(finding.sentence, "  ")
    for number, cause in enumerate(_told(finding), 1):
        yield from _wrapped(cause.sentence, f"  {number}. ")
        if cause.check:
            yield from _wrapped(f"Try: {cause.check}", "     ")
        if cause.page:
            yield f"     See {address(cause.page)}"
    yield f"  All of it: {address(finding.page)}"


def _wrapped(text: str, before: str) -> list[str]:
    rest = " " * len(before)
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=before,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _html(finding: Finding) -> str:
    items = "".join(
        f"<li>{as_html(cause.sentence)}"
        + (f"<br>Try: {as_html(cause.check)}" if cause.check else "")
        + (
            f"<br>See <code>{html.escape(address(cause.page))}</code>"
            * bool(cause.page)
        )
        + "</li>"
        for cause in _told(finding)
    )
    return (
        f"<p><strong>{finding.verdict.capitalize()}.</strong> "
        f"{as_html(finding.sentence)}</p>"
        f"{f'<ol>{items}</ol>' if items else ''}"
        f"<p>All of it: <code>{html.escape(address(finding.page))}</code></p>"
    )
