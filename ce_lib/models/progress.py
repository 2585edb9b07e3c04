"""A line of progress, for training that takes a while."""

from __future__ import annotations

import time

#: Seconds of training after which a progress line appears.
PATIENCE = 2.0


class ProgressLine:
    """A line that overwrites itself, shown only when training takes a while."""

    def __init__(self, total: int, wanted: bool) -> None:
        self.total, self.wanted = total, wanted
        self.start = self.last = time.monotonic()
        self.shown = False

    def show(self, epoch: int, loss: float) -> None:
        """Write the line, if it is time to."""
        now = time.monotonic()
        late = now - self.start > PATIENCE and now - self.last > 0.2
        if not (self.wanted and late):
            return
        done = round(20 * epoch / self.total)
        bar = "#" * done + "." * (20 - done)
        text = f"\r[{bar}] epoch {epoch}/{self.total}, mean loss {loss:.6f}"
        print(text, end="", flush=True)
        self.last, self.shown = now, True

    def close(self) -> None:
        """End the line, if there is one."""
        if self.shown:
            print()
