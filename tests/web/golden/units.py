"""Both units of a price."""

from collections.abc import Iterator

from ce_lib.explorers import units

from . import Case


def cases() -> Iterator[Case]:
    for name in ("nats", "bits"):
        yield "natsPer", (name,), units.nats_per(name)
