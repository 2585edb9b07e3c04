"""Every bet of the book as a slide: its question, its options and its address, no answer."""

from collections.abc import Mapping
from itertools import groupby

from forecasting.questions import Bet
from forecasting.report import TEMPLATES


def page(bets: Mapping[str, Bet], *, book: str, base: str = "") -> str:
    """All slides on one page. ``book`` is where the built book lies, from the page's folder.

    ``base`` is the address that it is served from, if there is one: slides then show and lead
    to that.
    """
    every = list(bets.values())
    return TEMPLATES.get_template("slides.html").render(
        title="The bets, one on a slide",
        bets=every,
        chapters=[
            (title, list(own)) for title, own in groupby(every, lambda bet: bet.title)
        ],
        link=lambda bet: f"{base or book}/{bet.address}",
        shown=lambda bet: f"{base}/{bet.address}".removeprefix("/"),
    )
