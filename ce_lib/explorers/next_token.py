"""What each letter of a sentence costs a model that has counted letters."""

import math
from copy import copy
from functools import cache
from typing import Any

from ce_lib.explorers.base import Explorer, Gallery, Quantity, TryThis, Value
from ce_lib.explorers.state import Choice, Text, Whole
from ce_lib.explorers.units import nats_per
from ce_lib.information import entropy
from ce_lib.models import NGram
from ce_lib.models.ngram import SMOOTHINGS, START
from ce_lib.texts import SYMBOLS, alice, gettysburg

_HIGHEST = 5
_LONGEST = 60

#: What the model may have read.
_SOURCES = {"address": gettysburg, "alice": alice}

#: How many bytes gzip (level 9) makes of what was read, and of that with the test text after
#: it: what it knows already helps it, as it does the model. Another zlib may differ a little.
GZIPPED = {"address": (488, 660), "alice": (40_189, 43_662)}

_OPENING: dict[str, Any] = {
    "text": "the nation",
    "order": 2,
    "smoothing": "witten-bell",
    "source": "address",
    "place": 4,
}


class NextToken(Explorer):
    """What does each letter of your sentence cost?

    A model has read a ``source``: nine sentences of the Gettysburg Address ("address"), or
    eleven chapters of Alice in Wonderland ("alice"). It has counted which letter follows
    which ``order`` letters, with one ``smoothing`` of `NGram` (of "add" the α is 1), and
    prices the ``text``, 1 to 60 of the 27 symbols, letter by letter. At a ``place``, before
    the letter with that index or after the last one, it says what may come.

    Examples
    --------
    >>> explorer = NextToken(text="the nation", order=2, units="nats")
    >>> numbers = explorer.readout()
    >>> print([round(price, 2) for price in numbers["prices"]])
    [2.03, 0.33, 0.78, 1.29, 2.93, 1.33, 0.41, 1.92, 0.66, 0.12]
    >>> round(numbers["total"], 4)
    11.7846
    >>> explorer.update(smoothing="none", text="by the people")
    >>> explorer.readout()["total"]
    inf
    >>> explorer.text = "The nation"
    Traceback (most recent call last):
    ...
    ce_lib.explorers.state.StateError: text: expected 1 to 60 of the symbols \
' abcdefghijklmnopqrstuvwxyz', got 'The nation'

    In a notebook ``explorer`` as the last line of a cell shows it, and
    ``explorer.observe(lambda change: print(change.new), "text")`` calls your own code
    whenever somebody types.
    """

    name = "next-token"
    room = (42.2, 59.4)
    question = "What does each letter of your sentence cost?"

    order = Whole(2, low=0, high=_HIGHEST)
    text = Text("the nation", symbols=SYMBOLS, longest=_LONGEST)
    smoothing = Choice("witten-bell", "add", "none")
    source = Choice(*_SOURCES)
    place = Whole(4, low=0, high=_LONGEST)
    units = Choice("bits", "nats")

    words = {
        "space": "space",
        "never": "never read",
        "coming": "The book is on its way …",
        "missing": "The book did not come, so this still shows what it showed before.",
    }
    quantities = {
        "each": Quantity("your text, per character", "{units}"),
        "tested": Quantity("the test text, per character", "{units}"),
        "gzip": Quantity("the test text with gzip, per character", "{units}"),
        "total": Quantity("your text in all", "{units}"),
        "perplexity": Quantity("perplexity of your text"),
        "context": Quantity("looked at: what comes after"),
        "seen": Quantity("how often that was read", form="plain"),
        "expected": Quantity("what the model expects to pay there", "{units}"),
        "letters": Quantity("letter"),
        "prices": Quantity("its price"),
        "symbols": Quantity("what may come there"),
        "next": Quantity("its probability", form="percent"),
    }
    try_this = (
        TryThis(
            "Letters alone",
            _OPENING | {"order": 0},
            "It knows how often each letter comes, and nothing of what came before: a "
            "letter costs the same wherever it stands.",
        ),
        TryThis(
            "Counts alone",
            _OPENING | {"text": "by the people", "smoothing": "none", "place": 1},
            "No word of the nine sentences begins with “by”. Counts alone make that "
            "impossible, and one impossible letter makes the whole text cost ∞.",
        ),
        TryThis(
            "Too far back",
            _OPENING | {"text": "increased devotion", "order": 5, "place": 6},
            "Most of these contexts were never read, and the model falls back on shorter "
            "ones. Looking back on one letter is cheaper here.",
        ),
        TryThis(
            "Learned by heart",
            _OPENING
            | {
                "text": "four score and seven years ago",
                "order": 5,
                "smoothing": "none",
                "place": 21,
            },
            "The text that was counted costs next to nothing. That says little of the "
            "model: look at what the test text costs.",
        ),
        TryThis(
            "A longer book",
            _OPENING
            | {
                "text": "the queen of hearts",
                "order": 4,
                "source": "alice",
                "place": 5,
            },
            "It has read a hundred times as much. Now four letters back are worth looking "
            "at, and after “q” there is nothing left to tell.",
        ),
    )

    @classmethod
    def gallery(cls) -> Gallery:
        return Gallery(
            cls.question,
            (
                "Type a sentence and see the price of every letter, from a model that has "
                "done nothing but count."
            ),
            (
                cls.at("Letters alone", order=0)
                + ": a letter costs the same wherever it stands.",
                cls.at("Counts alone", text="by the people", smoothing="none")
                + ": what was never counted costs ∞.",
                cls.at("A longer book", text="the queen of hearts", source="alice")
                + ": more text, and cheaper letters.",
            ),
        )

    def readout(self) -> dict[str, Value]:
        model = model_of(self.source, self.order, self.smoothing)
        unit = nats_per(self.units)
        prices = model.prices(self.text).tolist()
        total = math.fsum(prices)
        context = context_at(self.text, self.order, self.place)
        q = model.distribution(context)
        return {
            "each": total / len(prices) / unit,
            "tested": tested(self.source, self.order, self.smoothing) / unit,
            "gzip": gzip_bits(self.source) * nats_per("bits") / unit,
            "total": total / unit,
            "perplexity": math.exp(total / len(prices)),
            "context": f"“{context}”",
            "seen": float(model.counts(context).sum()),
            "expected": float(entropy(q)) / unit if q.any() else self.words["never"],
            "letters": tuple(map(self._named, self.text)),
            "prices": tuple(price / unit for price in prices),
            "symbols": tuple(map(self._named, SYMBOLS)),
            "next": tuple(q.tolist()),
        }

    def _named(self, symbol: str) -> str:
        return self.words["space"] if symbol == " " else f"“{symbol}”"

    @classmethod
    def spec(cls) -> dict[str, Any]:
        """Describe the explorer, with what test texts cost: too long a sum for a page."""
        costs = {
            source: {
                smoothing: [
                    _or_none(tested(source, order, smoothing))
                    for order in range(_HIGHEST + 1)
                ]
                for smoothing in SMOOTHINGS
            }
            for source in _SOURCES
        }
        gzipped = {source: gzip_bits(source) for source in _SOURCES}
        return super().spec() | {"constants": {"tested": costs, "gzip": gzipped}}


@cache
def _fitted(source: str) -> NGram:
    """The counts of a source up to the highest order, made once."""
    return NGram(_HIGHEST).fit(_SOURCES[source]().train)


def model_of(source: str, order: int, smoothing: str) -> NGram:
    """A model of this source; all have the same counts."""
    model = copy(_fitted(source))
    model.order, model.smoothing = order, smoothing
    return model


@cache
def tested(source: str, order: int, smoothing: str) -> float:
    """What a letter of the source's test text costs on average, in nats."""
    train, test = _SOURCES[source]()
    model = model_of(source, order, smoothing)
    return float(model.prices(test, context=train).mean())


def gzip_bits(source: str) -> float:
    """How many bits gzip takes for a letter of the test text, after what was read."""
    alone, together = GZIPPED[source]
    return 8 * (together - alone) / len(_SOURCES[source]().test)


def context_at(text: str, order: int, place: int) -> str:
    """What the model looks back on before the letter ``place``, or after the last."""
    history = START + text[:place]
    return history[max(len(history) - order, 0) :]


def _or_none(value: float) -> float | None:
    """The value for JSON, which has no ∞."""
    return value if math.isfinite(value) else None
