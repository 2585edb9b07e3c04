"""What the bets of a class say: a page for the teacher, and its numbers for a spreadsheet."""

import math
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from filling import templates
from grading import pages

from ce_lib._backticks import as_words
from ce_lib.calibration import ReliabilityCurve
from ce_lib.palette import DARK, LIGHT
from forecasting import drawing
from forecasting.class_records import ClassRecords
from forecasting.drawing import percent
from forecasting.room import FEW, Asked, Forecaster, Room, total

#: How many of the bets that split the room are shown in full.
SHOWN = 6

HERE = Path(__file__).parent

TEMPLATES = templates(HERE / "templates", HERE.with_name("grading") / "templates")
TEMPLATES.globals.update(light=LIGHT, dark=DARK)

Rows = list[list[str]]


def page(told: ClassRecords, room: Room, *, book: str, named: bool) -> str:
    """The teacher's page. ``book`` is where the built book lies, from the page's folder."""
    finite, infinite = room.finite, room.infinite
    endless = [one for one in room.asked if one.ruled_out == one.count]
    divided = room.by_disagreement[:SHOWN]
    gains = [one for one in finite if one.score.gain > 0]
    return TEMPLATES.get_template("room.html").render(
        title="The class as one forecaster",
        named=named,
        book=book,
        told=told,
        joined=[student for student in told.students if student.records > 1],
        room=room,
        bets=sum(one.count for one in room.asked),
        total=total(finite) if finite else None,
        infinite=total(infinite) if infinite else None,
        endless=len(endless),
        beaten=[one for one in room.forecasters if one.beaten],
        level=[one for one in room.forecasters if one.level],
        shown=max(gains, key=lambda one: one.score.gain) if gains else None,
        divided=[(one, _options(one)) for one in divided],
        chapters=[
            (title, list(own))
            for title, own in groupby(room.asked, lambda one: one.bet.title)
        ],
        few=FEW,
        nats=nats,
        percent=percent,
        drawing=drawing,
        gap=gap,
        many=pages.many,
        ln=math.log,
    )


def nats(value: float) -> str:
    """A loss as it is shown."""
    return "–" if math.isnan(value) else f"{value:.3f}".replace("inf", "∞")


def gap(curve: ReliabilityCurve) -> float:
    """The mean gap of a diagram, each disc counted by its forecasts."""
    return float(
        np.average(np.abs(curve.frequency - curve.confidence), weights=curve.counts)
    )


def _options(one: Asked) -> list[dict[str, Any]]:
    return [
        {
            "text": option,
            "right": place == one.bet.answer,
            "mean": one.pool.forecast[place],
            "shares": one.q[:, place],
        }
        for place, option in enumerate(one.bet.options)
    ]


def tables(told: ClassRecords, room: Room) -> dict[str, Rows]:
    """All numbers of the page, by the names of their files."""
    return {
        "forecasters": forecasters(room.forecasters),
        "bets": bets(room.asked),
        "calibration": calibration(room),
        "files": files(told),
    }


def forecasters(found: Sequence[Forecaster]) -> Rows:
    rows = [
        [
            *(
                "forecaster",
                "bets",
                "ruled out",
                "mean log score",
                "mean over the rest",
            ),
            *("average on the same bets", "beaten by it", "Brier score"),
            *("calibration error", "sharpness"),
        ]
    ]
    for one in found:
        own = one.own
        beaten = "yes" if one.beaten else "level" if one.level else "no"
        counts = [str(own.bets), str(own.ruled_out)]
        means = map(_number, (own.mean_log, own.mean_log_rest, one.average))
        others = map(_number, (own.mean_brier, one.calibration_error, one.sharpness))
        rows.append([one.name, *counts, *means, beaten, *others])
    return rows


def bets(asked: Sequence[Asked]) -> Rows:
    """One row for each option: who gave how much to what, and what it cost."""
    rows = [
        [
            *("bet", "address", "forecasts", "disagreement", "mean log score"),
            *("log score of the average", "saved", "option", "right"),
            *("least", "mean", "most"),
        ]
    ]
    for one in asked:
        numbers = map(_number, (one.pool.disagreement, *one.score))
        own = [one.bet.id, one.bet.address, str(one.count), *numbers]
        for option in _options(one):
            shares = option["shares"].min(), option["mean"], option["shares"].max()
            right = "yes" if option["right"] else "no"
            rows.append([*own, as_words(option["text"]), right, *map(_number, shares)])
    return rows


def calibration(room: Room) -> Rows:
    rows = [["whose", "stated", "came true", "forecasts"]]
    for whose, curve in (("theirs", room.theirs), ("average", room.average)):
        for stated, came, count in zip(
            curve.confidence, curve.frequency, curve.counts, strict=True
        ):
            rows.append([whose, _number(stated), _number(came), str(count)])
    return rows


def files(told: ClassRecords) -> Rows:
    """Every file of which nothing was taken, with the reason."""
    rows = [["file", "why nothing was taken from it"]]
    for left in told.left:
        like = f" It is that of {left.like}." if left.like else ""
        rows.append([left.file, left.reason + like])
    return rows


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.6g}"
