"""Explorers whose state is two lists over the same outcomes, such as P and Q."""

from typing import Any

from traitlets import validate

from ce_lib.explorers.base import Explorer
from ce_lib.explorers.state import StateError

#: What is said of lists that do not fit. Explorers with two have it among their `words`.
AS_MANY = {"as_many": "{count} probabilities, as many as {other} has"}


def as_many(explorer: Explorer, proposal: Any, other: str) -> Any:
    """Return the proposed list, if it has as many entries as the ``other`` one."""
    name, value = proposal["trait"].name, proposal["value"]
    count = len(getattr(explorer, other))
    if len(value) != count:
        expected = explorer.words["as_many"].format(count=count, other=other)
        raise StateError(f"{name}: expected {expected}, got {len(value)}")
    return value


class Pair(Explorer):
    """An explorer with a ``p`` and a ``q`` that have as many entries as each other."""

    @validate("p", "q")
    def _as_many(self, proposal: Any) -> Any:
        return as_many(self, proposal, "q" if proposal["trait"].name == "p" else "p")
