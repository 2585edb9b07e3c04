"""Explorers whose state is two distributions P and Q over the same outcomes."""

from typing import Any

from traitlets import validate

from ce_lib.explorers.base import Explorer
from ce_lib.explorers.state import StateError

#: What `Pair` says of distributions that do not fit. Its explorers have it among their `words`.
AS_MANY = {"as_many": "{count} probabilities, as many as {other} has"}


class Pair(Explorer):
    """An explorer with a ``p`` and a ``q`` that have as many entries as each other."""

    @validate("p", "q")
    def _as_many(self, proposal: Any) -> Any:
        name, value = proposal["trait"].name, proposal["value"]
        other = "q" if name == "p" else "p"
        count = len(getattr(self, other))
        if len(value) != count:
            expected = self.words["as_many"].format(count=count, other=other)
            raise StateError(f"{name}: expected {expected}, got {len(value)}")
        return value
