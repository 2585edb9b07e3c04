"""Token averages: three ways to average the losses of tokens that two ranks hold."""

import math
from collections.abc import Sequence
from typing import Any

from ce_lib.explorers.base import Explorer, Gallery, Quantity, TryThis, Value
from ce_lib.explorers.state import Choice, Vector, Wholes
from ce_lib.explorers.verdict import SAME

#: So many ranks there are: what each reports is averaged over them.
_RANKS = 2
#: The dearest token, in nats. No slider and no bar goes higher.
_DEAREST = 4
_PAD = 0.2

_A, _B = (0.5, 1.5, _PAD, _PAD), (2.0, 1.0, 3.0, 2.0, 1.5, 2.5, _PAD, _PAD)
_MASK_A, _MASK_B = (1, 1, 0, 0), (1, 1, 1, 1, 1, 1, 0, 0)

#: The state that the explorer opens in, but for what the two halves are called.
_OPENING: dict[str, Any] = {
    "a": _A,
    "b": _B,
    "mask_a": _MASK_A,
    "mask_b": _MASK_B,
    "way": "means",
}


class TokenAverages(Explorer):
    """Which mean of the token losses is this, and how far off is it?

    Rank A holds the losses ``a`` of its slots, rank B those ``b``, in nats. A slot counts
    where ``mask_a`` and ``mask_b`` have a 1; where they have a 0 it is padding, whatever
    its loss. What each rank reports is averaged over the two. The ``way`` "means" reports
    a mean over the rank's own tokens; "tokens" its sum, times two, over the tokens of
    both; "slots" the same over all slots, with padding counted. ``parts`` says what A and
    B are called: micro-batches are averaged as ranks are.

    Examples
    --------
    >>> numbers = TokenAverages().readout()
    >>> numbers["mean_a"], numbers["mean_b"], numbers["mean_of_means"]
    (1.0, 2.0, 1.5)
    >>> numbers["token_mean"], numbers["scaled_a"], numbers["scaled_b"]
    (1.75, 0.5, 3.0)
    >>> round(numbers["slot_mean"], 5)
    1.16667
    >>> round(numbers["perplexity"], 5), round(numbers["mean_perplexity"], 5)
    (5.7546, 5.05367)
    >>> TokenAverages(mask_a=[0, 0, 0, 0]).readout()["mean_of_means"]
    'NaN'
    >>> TokenAverages(mask_a=[1, 1])
    Traceback (most recent call last):
    ...
    ce_lib.explorers.state.StateError: mask_a: expected 4 numbers, got [1, 1]

    In a notebook ``explorer`` as the last line of a cell shows it, and
    ``explorer.observe(lambda change: print(change.new), "mask_a")`` calls your own code
    whenever a hand masks a token.
    """

    name = "token-averages"
    room = (46.5, 65)
    question = "Which mean of the token losses is this, and how far off is it?"
    entries = (
        *(f"A{i + 1}" for i in range(len(_A))),
        *(f"B{i + 1}" for i in range(len(_B))),
    )

    a = Vector(_A, low=0, high=_DEAREST, shortest=len(_A), longest=len(_A))
    b = Vector(_B, low=0, high=_DEAREST, shortest=len(_B), longest=len(_B))
    mask_a = Wholes(_MASK_A, low=0, high=1, shortest=len(_A), longest=len(_A))
    mask_b = Wholes(_MASK_B, low=0, high=1, shortest=len(_B), longest=len(_B))
    way = Choice("means", "tokens", "slots")
    parts = Choice("ranks", "micro-batches")

    words = {"nan": "NaN", "masked": "masked"}
    constants = {"same": SAME, "ranks": _RANKS}
    quantities = {
        "mean_of_means": Quantity("mean of means", "nats"),
        "token_mean": Quantity("token mean", "nats"),
        "slot_mean": Quantity("mean over all slots", "nats"),
        "means_off": Quantity("mean of means minus token mean", "nats", form="signed"),
        "slots_off": Quantity(
            "mean over slots minus token mean", "nats", form="signed"
        ),
        "ratio": Quantity("a token of A weighs", "times one of B"),
        "share": Quantity("slots that count", form="percent"),
        "mean_a": Quantity("mean of A", "nats"),
        "mean_b": Quantity("mean of B", "nats"),
        "tokens_a": Quantity("tokens of A that count", form="plain"),
        "tokens_b": Quantity("tokens of B that count", form="plain"),
        "scaled_a": Quantity("scaled sum of A", "nats"),
        "scaled_b": Quantity("scaled sum of B", "nats"),
        "perplexity": Quantity("perplexity, exp(token mean)"),
        "mean_perplexity": Quantity("mean of perplexities"),
        "losses": Quantity("loss"),
        "weights": Quantity("weight in the chosen mean"),
        "adds": Quantity("adds to it"),
    }
    try_this = (
        TryThis(
            "Two and six",
            _OPENING,
            "A holds two tokens and B six, and each of A and B counts for half. So a "
            "token of A weighs as much as three of B.",
        ),
        TryThis(
            "One token less",
            _OPENING | {"mask_a": (1, 0, 0, 0)},
            "A’s dearer token is masked. It cost less than the token mean, which rises. It "
            "cost more than A’s mean, and the mean of means falls.",
        ),
        TryThis(
            "Dealt otherwise",
            _OPENING
            | {"a": (3, 2.5, _PAD, _PAD), "b": (2, 1, 0.5, 2, 1.5, 1.5, _PAD, _PAD)},
            "The same eight tokens, dealt otherwise. The token mean stays where it was. "
            "The mean of means was below it, and is above it now.",
        ),
        TryThis(
            "One against eight",
            _OPENING
            | {"a": (4, 1.5, _PAD, _PAD), "mask_a": (1, 0, 0, 0), "mask_b": (1,) * 8},
            "A has one token left. It makes half of the mean of means, as much as all "
            "eight of B together.",
        ),
        TryThis(
            "As many in each",
            _OPENING | {"mask_b": (1, 1, 0, 0, 0, 0, 0, 0)},
            "A and B have as many tokens that count. Then every token weighs the same, "
            "and the mean of means is the token mean.",
        ),
        TryThis(
            "Scaled sums",
            _OPENING | {"way": "tokens"},
            "Each divides its sum by the tokens of both, times two. The average of the "
            "two reports is the token mean, however the tokens are dealt.",
        ),
        TryThis(
            "Padding counted",
            _OPENING | {"way": "slots"},
            "A masked slot adds nothing to the sum, and one to the count. The more "
            "padding, the better the loss looks.",
        ),
        TryThis(
            "Mask forgotten",
            _OPENING | {"mask_a": (1,) * 4, "mask_b": (1,) * 8, "way": "tokens"},
            "Nothing is masked, so padding is foretold and paid for like text. It is easy to "
            "foretell: the mean falls, and the model is no better.",
        ),
        TryThis(
            "A holds padding only",
            _OPENING | {"mask_a": (0,) * 4},
            "The mean of nothing is 0 ÷ 0: NaN, as PyTorch says. One NaN makes the average "
            "NaN. Scaled sums have no such trouble.",
        ),
        TryThis(
            "All ignored",
            _OPENING | {"mask_a": (0,) * 4, "mask_b": (0,) * 8, "way": "tokens"},
            "Nothing counts, and even the token mean is 0 ÷ 0: NaN. Only the mean over all "
            "slots is a number, and it is 0, as if all were foretold.",
        ),
    )

    @classmethod
    def gallery(cls) -> Gallery:
        return Gallery(
            "Which mean of the token losses is this?",
            (
                "Averages the losses of two ranks in three ways, and shows how much each "
                "token weighs in the result."
            ),
            (
                cls.at("Two tokens and six", way="means")
                + ": half the mean of means comes from two tokens.",
                cls.at("One token less", way="means", mask_a=(1, 0, 0, 0))
                + ": the token mean rises, the mean of means falls.",
                cls.at("Padding counted", way="slots")
                + ": what holds no token makes the loss look better.",
                cls.at("A holds padding only", way="means", mask_a=(0,) * 4)
                + ": the mean of nothing is NaN, and so is the average.",
            ),
        )

    def readout(self) -> dict[str, Value]:
        halves = ((self.a, self.mask_a), (self.b, self.mask_b))
        sums, tokens = zip(*(total(*half) for half in halves), strict=True)
        slots = tuple(len(mask) for _, mask in halves)
        told = {
            way: reports(sums, tokens, slots, way)
            for way in self.fields()["way"].options["names"]
        }
        result = {way: average(pair) for way, pair in told.items()}
        masks = (*self.mask_a, *self.mask_b)
        heavy = weights(self.mask_a, self.mask_b, self.way)
        losses = (*self.a, *self.b)
        own = told["means"]
        return {
            "mean_of_means": self._told(result["means"]),
            "token_mean": self._told(result["tokens"]),
            "slot_mean": self._told(result["slots"]),
            "means_off": self._told(gap(result["means"], result["tokens"], SAME)),
            "slots_off": self._told(gap(result["slots"], result["tokens"], SAME)),
            "ratio": self._told(tokens[1] / tokens[0] if min(tokens) > 0 else None),
            "share": sum(tokens) / sum(slots),
            "mean_a": self._told(own[0]),
            "mean_b": self._told(own[1]),
            "tokens_a": float(tokens[0]),
            "tokens_b": float(tokens[1]),
            "scaled_a": self._told(told["tokens"][0]),
            "scaled_b": self._told(told["tokens"][1]),
            "perplexity": self._told(perplexity(result["tokens"])),
            "mean_perplexity": self._told(average([perplexity(mean) for mean in own])),
            "losses": tuple(
                loss if counts else self.words["masked"]
                for loss, counts in zip(losses, masks, strict=True)
            ),
            "weights": heavy,
            "adds": tuple(
                weight * loss * counts
                for weight, loss, counts in zip(heavy, losses, masks, strict=True)
            ),
        }

    def _told(self, value: float | None) -> float | str:
        """A number, or what PyTorch says where nothing is averaged."""
        return self.words["nan"] if value is None else value


def total(losses: Sequence[float], mask: Sequence[int]) -> tuple[float, int]:
    """Return the sum of the losses that count, and how many these are."""
    pairs = zip(losses, mask, strict=True)
    return math.fsum(loss for loss, counts in pairs if counts), sum(mask)


def reports(
    sums: Sequence[float], tokens: Sequence[int], slots: Sequence[int], way: str
) -> list[float | None]:
    """Return what each rank reports, None for the mean of nothing.

    The average of the reports is the mean of that name: "means", "tokens" or "slots".
    """
    if way == "means":
        return [
            part / own if own else None for part, own in zip(sums, tokens, strict=True)
        ]
    count = sum(tokens if way == "tokens" else slots)
    return [part * len(sums) / count if count else None for part in sums]


def average(values: Sequence[float | None]) -> float | None:
    """Return the mean of the values; one None makes it None."""
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(values) if len(known) == len(values) else None


def sharers(mask_a: Sequence[int], mask_b: Sequence[int], way: str) -> tuple[int, int]:
    """Return among how many slots the whole is shared, as a slot of A and one of B see it."""
    if way == "slots":
        slots = len(mask_a) + len(mask_b)
        return slots, slots
    if way == "means":
        return _RANKS * sum(mask_a), _RANKS * sum(mask_b)
    both = sum(mask_a) + sum(mask_b)
    return both, both


def weights(
    mask_a: Sequence[int], mask_b: Sequence[int], way: str
) -> tuple[float, ...]:
    """Return how much each slot weighs in the mean of this name, A's before B's."""
    shared = sharers(mask_a, mask_b, way)
    return tuple(
        1 / among if counts or way == "slots" else 0.0
        for mask, among in zip((mask_a, mask_b), shared, strict=True)
        for counts in mask
    )


def gap(result: float | None, mean: float | None, same: float) -> float | None:
    """Return the result minus the token mean; what rounding leaves of 0 is 0."""
    if result is None or mean is None:
        return None
    return 0.0 if math.isclose(result, mean, rel_tol=same) else result - mean


def perplexity(mean: float | None) -> float | None:
    """Return e to a mean in nats."""
    return None if mean is None else math.exp(mean)
