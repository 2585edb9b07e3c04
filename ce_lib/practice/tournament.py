"""A forecasting tournament: forecasts in, a ranking by proper scores out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

import numpy as np
from numpy.typing import ArrayLike

from ce_lib.scoring import brier_score, log_score

_HEAD = ("rank", "forecaster", "log score", "Brier score", "called impossible")


@dataclass(frozen=True)
class Row:
    """One forecaster's place.

    ``log`` is the mean log score in nats, ``brier`` the mean Brier score from 0 to 2,
    ``impossible`` the number of cases in which what happened had probability 0.
    """

    rank: int
    name: str
    log: float
    brier: float
    impossible: int

    def deciding(self, by: str) -> float:
        """Return the score that decides."""
        return self.log if by == "log" else self.brier

    def cells(self) -> tuple[str, ...]:
        """Return the row as it is shown."""
        log = f"{self.log:.4f}" if math.isfinite(self.log) else "∞"
        return str(self.rank), self.name, log, f"{self.brier:.4f}", str(self.impossible)


@dataclass(frozen=True, repr=False)
class Leaderboard:
    """A ranking, best first, that shows itself as a table."""

    rows: Sequence[Row]

    def _table(self) -> list[tuple[str, ...]]:
        return [_HEAD, *(row.cells() for row in self.rows)]

    def __repr__(self) -> str:
        table = self._table()
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        return "\n".join(
            "  ".join(
                cell.ljust(width) if i == 1 else cell.rjust(width)
                for i, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in table
        )

    def _repr_html_(self) -> str:
        head, *body = [[escape(cell) for cell in line] for line in self._table()]
        top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
        lines = (f"<td>{'</td><td>'.join(line)}</td>" for line in body)
        rows = "".join(f"<tr>{line}</tr>" for line in lines)
        return f"<table><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>"


def leaderboard(
    forecasts: Mapping[str, ArrayLike], y: ArrayLike, by: str = "log"
) -> Leaderboard:
    """Score forecasts on the same cases and rank them.

    Parameters
    ----------
    forecasts : mapping of str to array_like, ``(N, K)`` each
        One row of probabilities per case, by the forecaster's name.
    y : array_like of int, ``(N,)``
        What happened: class indices from 0 to K−1.
    by : {"log", "brier"}, default "log"
        The score that decides.

    Returns
    -------
    Leaderboard
        Lowest mean score first. Equal scores share a rank, and so do infinite ones;
        within a rank the order is that of ``forecasts``.

    Raises
    ------
    TypeError, ValueError
        As `log_score`, with the forecaster's name in front; also if ``by`` is no score.

    Notes
    -----
    An infinite log score stays infinite however many other cases went well: one
    event that was called impossible and happened is enough.

    Examples
    --------
    >>> from ce_lib.practice import leaderboard
    >>> q = {"25 %": [[0.25] * 4] * 2, "all in": [[1, 0, 0, 0]] * 2}
    >>> leaderboard(q, [0, 2])
    rank  forecaster  log score  Brier score  called impossible
       1  25 %           1.3863       0.7500                  0
       2  all in              ∞       1.0000                  1
    """
    if by not in ("log", "brier"):
        raise ValueError(f"by: expected 'log' or 'brier', got {by!r}")
    scored = [Row(0, name, *_scores(name, q, y)) for name, q in forecasts.items()]
    scored.sort(key=lambda row: row.deciding(by))
    rows: list[Row] = []
    for place, row in enumerate(scored, start=1):
        last = rows[-1] if rows else None
        tie = last and math.isclose(row.deciding(by), last.deciding(by))
        rows.append(replace(row, rank=last.rank if last and tie else place))
    return Leaderboard(rows)


def _scores(name: str, q: ArrayLike, y: ArrayLike) -> tuple[float, float, int]:
    try:
        each = np.asarray(log_score(q, y, reduction="none"))
        brier = float(brier_score(q, y))
    except (TypeError, ValueError) as problem:
        raise type(problem)(f"{name}: {problem}") from None
    return float(each.mean()), brier, int(np.isinf(each).sum())
