"""What an audit found, to be read by a person or by a script."""

from __future__ import annotations

import itertools
import textwrap
from dataclasses import dataclass

from ce_lib.audit._verdict import HOLDS, LOSES, WRONG
from ce_lib.tables import Table

NOT_ASKED = "not asked"

#: The verdicts, the worst first.
VERDICTS = (WRONG, LOSES, HOLDS, NOT_ASKED)
COLUMNS = "simplest failure | returned | right"
WIDTH = 88


@dataclass(frozen=True)
class Finding:
    """What became of one promise: its verdict, the simplest failure, its usual cause."""

    promise: str
    verdict: str
    input: str = ""
    returned: str = ""
    right: str = ""
    cause: str = ""

    @property
    def failed(self) -> bool:
        """Whether it is wrong or loses digits."""
        return self.verdict in (WRONG, LOSES)


@dataclass(frozen=True, repr=False)
class AuditReport:
    """What holds of a loss, and what does not.

    Attributes
    ----------
    name : str
        The loss.
    called : str
        How it was called: what it was given, and what it returns.
    findings : tuple
        One per promise, the worst first: its ``promise``, ``verdict`` ("wrong", "loses
        digits", "holds" or "not asked"), and of a failure the simplest ``input``, what was
        ``returned``, what is ``right``, and the usual ``cause``.
    """

    name: str
    called: str
    findings: tuple[Finding, ...]

    def status(self, strict: bool = False) -> int:
        """Return 1 if something is wrong, or with ``strict`` loses digits; else 0."""
        bad = (WRONG, LOSES) if strict else (WRONG,)
        return int(any(finding.verdict in bad for finding in self.findings))

    def __repr__(self) -> str:
        parts = [f"{self.name}\n{self.called}"]
        for verdict in VERDICTS:
            some = [finding for finding in self.findings if finding.verdict == verdict]
            causes = itertools.groupby(some, lambda finding: finding.cause)
            groups = ["\n".join(_lines(cause, list(group))) for cause, group in causes]
            if groups:
                parts.append(f"{verdict.upper()}\n" + "\n\n".join(groups))
        return "\n\n".join(parts)

    def _repr_html_(self) -> str:
        rows = [
            (f.promise, f.verdict, f.input, f.returned, f.right, f.cause)
            for f in self.findings
        ]
        return Table(f"promise | verdict | {COLUMNS} | usual cause", rows)._repr_html_()


def ordered(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return the findings with the worst first, and those of one cause together."""
    causes = [finding.cause for finding in findings]
    return tuple(
        sorted(
            findings, key=lambda f: (VERDICTS.index(f.verdict), causes.index(f.cause))
        )
    )


def _lines(cause: str, group: list[Finding]) -> list[str]:
    """Return the lines of findings that share a verdict and a cause."""
    if not group[0].failed:
        return [f"  {finding.promise}" for finding in group]
    rows = [(f.promise, f.input, f.returned, f.right) for f in group]
    told = textwrap.wrap(f"Usual cause: {cause}", WIDTH - 2)
    return [
        f"  {line}" for line in [*told, *repr(Table(f" | {COLUMNS}", rows)).split("\n")]
    ]
