"""Every kind of song, and draws from both worlds: few, and as many as there can be."""

from collections.abc import Iterator

from ce_lib.explorers import songs

from . import Case


def cases() -> Iterator[Case]:
    for world in ("songs", "grid"):
        yield "units", (world,), songs.units(world)
    for world, n in (("songs", 10), ("songs", songs.MOST), ("grid", 30)):
        x, y = songs.sample(world, 7, n)
        yield "sample", (world, 7, n), (x, y)
        for noise in (0.0, 0.3, 1.0):
            wrong = songs.mislabelled(y, 7, noise, 3)
            yield "mislabelled", (y, 7, noise, 3), wrong
