"""The pictures of a class's page, as SVG that takes the page's colours."""

from collections.abc import Iterable, Sequence

import numpy as np
from markupsafe import Markup, escape

from ce_lib._backticks import as_words
from ce_lib.calibration import ReliabilityCurve
from forecasting.room import Asked

#: Sizes of a picture, and the room around its axes: left, right, top, bottom.
WIDTH, HEIGHT = 340, 300
LEFT, RIGHT, TOP, BOTTOM = 46, 20, 24, 64

#: The room of the counts below a diagram, at its foot.
COUNTS = 30

#: So many marks on an axis are enough.
MANY = 6

#: Radii of discs: of the smallest, and what the largest adds.
SMALL, MORE = 3.5, 8


def percent(share: float) -> str:
    """A share as it is written in the book, with a space that does not break."""
    return f"{100 * share:.0f}\u00a0%"


def reliability(curve: ReliabilityCurve, of: str) -> Markup:
    """Draw what was stated against what came true, with the counts below the axis."""
    bins = list(zip(curve.confidence, curve.frequency, curve.counts, strict=True))
    said = " ".join(
        f"Stated {percent(stated)}: {percent(came)} of {count} came true."
        for stated, came, count in bins
    )
    parts = [*_axes(1, "stated", "came true"), _line("soft", [(0, 0), (1, 1)], 1)]
    for stated, came, count in bins:
        radius = SMALL + MORE * np.sqrt(count / curve.counts.max())
        parts.append(_line("gap", [(stated, stated), (stated, came)], 1))
        parts.append(_disc("disc", stated, came, radius, 1))
        parts.append(_text(_x(stated), HEIGHT - 8, str(count), "count"))
    parts.append(_text(4, HEIGHT - 22, "forecasts", "title"))
    return _picture(f"{of}. {said}", parts, HEIGHT)


def convexity(asked: Asked) -> Markup:
    """Draw −ln, what the forecasts of a question paid, and what their mean paid."""
    given = asked.q[:, asked.bet.answer]
    highest = max(float(-np.log(given.min())) * 1.12, 1.0)
    share = float(asked.pool.forecast[asked.bet.answer])
    _, pooled, gain = asked.score
    mean = pooled + gain
    prices = np.linspace(0, highest, 80)
    parts = [
        *_axes(highest, "given to the truth", "nats"),
        _line("soft", zip(np.exp(-prices), prices, strict=True), highest),
    ]
    for one, many in zip(*np.unique(given, return_counts=True), strict=True):
        radius = SMALL + MORE * np.sqrt(many / len(given))
        parts.append(_disc("disc", one, -np.log(one), radius, highest))
    parts.append(_line("gap", [(share, pooled), (share, mean)], highest))
    # The marks are named where the curve never comes.
    for name, height, place, words in (
        ("mean", mean, 0.95, f"they pay {mean:.2f}"),
        ("average", pooled, 0.86, f"their mean pays {pooled:.2f}"),
    ):
        parts.append(_disc(name, share, height, 5, highest))
        parts.append(_disc(name, 0.5, place * highest, 5, highest))
        parts.append(_text(_x(0.5) + 12, _y(place, 1) + 4, words, "beside"))
    said = (
        f"{len(given)} forecasts gave the truth from {percent(given.min())} to "
        f"{percent(given.max())} and paid {mean:.2f} nats in the mean. Their mean, "
        f"{percent(share)}, pays {pooled:.2f}: the curve of −ln runs below."
    )
    return _picture(said, parts, HEIGHT - COUNTS)


def spread(shares: Sequence[float], mean: float, option: str) -> Markup:
    """Draw what everybody gave to an option as discs from 0 to 100 %, and the mean."""
    discs = "".join(
        f'<circle class="disc" cx="{100 * share:g}%" cy="12" '
        f'r="{SMALL + 1.6 * np.sqrt(many - 1):.1f}"/>'
        for share, many in _counted(shares)
    )
    most, least = percent(max(shares)), percent(min(shares))
    said = f"{as_words(option)}: from {least} to {most}, mean {percent(mean)}."
    place = f"{100 * mean:.2f}%"
    return Markup(
        f'<svg class="spread" role="img" aria-label="{escape(said)}">'
        '<line class="axis" x1="0" x2="100%" y1="12" y2="12"/>'
        f'{discs}<line class="mark" x1="{place}" x2="{place}" y1="0" y2="24"/></svg>'
    )


def _counted(shares: Iterable[float]) -> Iterable[tuple[float, int]]:
    """The different shares, and how often each was given."""
    values, counts = np.unique(np.round(list(shares), 4), return_counts=True)
    return zip(values.tolist(), counts.tolist(), strict=True)


def _picture(said: str, parts: Iterable[str], height: float) -> Markup:
    return Markup(
        f'<svg class="picture" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(said)}">{"".join(parts)}</svg>'
    )


def _axes(highest: float, across: str, up: str) -> list[str]:
    """The frame of a picture: shares along the bottom, 0 to ``highest`` up the side."""
    bottom, shares = HEIGHT - BOTTOM, (0, 0.5, 1)
    ticks = [_text(_x(share), bottom + 15, percent(share), "count") for share in shares]
    step = 0.5 if up != "nats" else 1 + highest // MANY
    heights = np.arange(0, highest * (1 + 1e-9), step)
    for height in heights:
        words = f"{height:g}" if up == "nats" else percent(height)
        ticks.append(_text(LEFT - 6, _y(height, highest) + 4, words, "side"))
        ticks.append(_line("axis", [(0, height), (1, height)], highest))
    ticks.append(_text(WIDTH - RIGHT, bottom + 29, across, "side"))
    ticks.append(_text(4, 10, up, "title"))
    return ticks


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(height: float, highest: float) -> float:
    return HEIGHT - BOTTOM - height / highest * (HEIGHT - BOTTOM - TOP)


def _line(name: str, points: Iterable[tuple[float, float]], highest: float) -> str:
    through = "L".join(f"{_x(x):.1f} {_y(y, highest):.1f}" for x, y in points)
    return f'<path class="{name}" d="M{through}"/>'


def _disc(name: str, x: float, y: float, radius: float, highest: float) -> str:
    place = f'cx="{_x(x):.1f}" cy="{_y(y, highest):.1f}"'
    return f'<circle class="{name}" {place} r="{radius:.1f}"/>'


def _text(x: float, y: float, words: str, name: str) -> str:
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'
