"""Two distributions: what the world does, what you believe, and what the gap costs."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets
from traitlets import validate

from ce_lib import genres
from ce_lib.explorers.base import Gallery, Quantity, TryThis, Value
from ce_lib.explorers.pair import AS_MANY, Pair
from ce_lib.explorers.state import Choice, Distribution, StateError
from ce_lib.explorers.units import nats_per
from ce_lib.information import cross_entropy, entropy, kl_divergence, surprisal
from ce_lib.targets import one_hot

_OUTCOMES = tuple("ABCDEF")
_SHORTEST, _LONGEST = 2, len(_OUTCOMES)
#: Letters that a label may have: six of them stand below the bars of a phone.
_LONGEST_NAME = 10


class TwoDistributions(Pair):
    """What does it cost to believe Q when the world is P?

    The state is the world's distribution ``p`` and the model's ``q``, over the same 2
    to 6 outcomes. The price H(P, Q) is the floor H(P) plus the excess D(P‖Q). Huffman's
    codes for P and for Q, whose words have whole bits, stand beside them. ``labels`` name
    the outcomes; without them, or when a hand changes their number, letters do.

    Examples
    --------
    >>> explorer = TwoDistributions(p=[0.6, 0.3, 0.1], q=[0.5, 0.3, 0.2])
    >>> numbers = explorer.readout()
    >>> round(numbers["entropy"], 6), round(numbers["cross_entropy"], 6)
    (0.897946, 0.938024)
    >>> explorer.q = [0.6, 0.4, 0]
    >>> explorer.readout()["cross_entropy"]
    inf
    >>> explorer.readout()["verdict"]
    'Q rules out C, which P allows'
    >>> explorer.q = [0.6, 0.6, -0.2]
    Traceback (most recent call last):
    ...
    ce_lib.explorers.state.StateError: q: expected numbers from 0 to 1, got -0.2

    P and Q are about the same outcomes, so their number changes for both at once:

    >>> explorer.update(p=[0.5, 0.5], q=[0.9, 0.1])
    >>> explorer.q = [0.2, 0.3, 0.5]
    Traceback (most recent call last):
    ...
    ce_lib.explorers.state.StateError: q: expected 2 probabilities, as many as p has, got 3

    In a notebook ``explorer`` as the last line of a cell shows it, and
    ``explorer.observe(lambda change: print(change.new), "q")`` calls your own code
    whenever a hand moves a bar.
    """

    name = "two-distributions"
    room = (39.8, 54.3)
    question = "What does it cost to believe Q when the world is P?"
    entries = _OUTCOMES

    p = Distribution([0.6, 0.3, 0.1], shortest=_SHORTEST, longest=_LONGEST)
    q = Distribution([0.5, 0.3, 0.2], shortest=_SHORTEST, longest=_LONGEST)
    units = Choice("nats", "bits")
    #: What the outcomes are called. It is no part of the state: no link changes it.
    labels = traitlets.List(
        traitlets.Unicode(), default_value=None, allow_none=True
    ).tag(sync=True)

    quantities = {
        "cross_entropy": Quantity("price H(P, Q)", "{units}"),
        "entropy": Quantity("floor H(P)", "{units}"),
        "kl_divergence": Quantity("excess D(P‖Q)", "{units}"),
        "kl_swapped": Quantity("D(Q‖P), roles swapped", "{units}"),
        "uniform_price": Quantity("price of the uniform guess", "{units}"),
        "huffman_p": Quantity("Huffman’s code for P, in the world P", "bits"),
        "huffman_q": Quantity("Huffman’s code for Q, in the world P", "bits"),
        "verdict": Quantity("verdict"),
        "p": Quantity("world P"),
        "q": Quantity("model Q"),
        "entropy_terms": Quantity("−p log p"),
        "cross_entropy_terms": Quantity("−p log q"),
        "kl_terms": Quantity("p log(p/q)"),
    }
    words = AS_MANY | {
        "ruled_out": "Q rules out {names}, which P allows",
        "equal": "Q equals P: the price is the floor",
        "largest": "the largest term of the excess is {name}’s",
        "several": "{rest} and {last}",
    }
    try_this = (
        TryThis(
            "Swap the roles",
            {"p": [0.5, 0.3, 0.2], "q": [0.6, 0.3, 0.1]},
            "The same two distributions, another excess: it matters which of the two is "
            "the world.",
        ),
        TryThis(
            "Rule out what happens",
            {"p": [0.6, 0.3, 0.1], "q": [0.6, 0.4, 0.0]},
            "Q is right about the first and close about the second, yet the price is ∞: the "
            "third happens, and Q said never.",
        ),
        TryThis(
            "One song, one truth",
            {
                "p": one_hot(genres.TRUE_GENRE, len(genres.GENRES)).tolist(),
                "q": genres.GOOD.tolist(),
            },
            "A classifier’s label is a P with a single 1. The floor is 0, and the whole "
            "price is −log q of the truth.",
        ),
        TryThis(
            "Bet against a fair die",
            {
                "p": [1 / _LONGEST] * _LONGEST,
                "q": [0.5, 0.1, 0.1, 0.1, 0.1, 0.1],
            },
            "A’s term is negative, because Q gives A too much. The five others outweigh "
            "it: the sum is never negative.",
        ),
    )

    @classmethod
    def gallery(cls) -> Gallery:
        return Gallery(
            "What does it cost to believe Q when the world is P?",
            (
                "Splits a cross-entropy in two: what the world costs everybody, and "
                "what this model wastes."
            ),
            (
                cls.at("The roles swapped", p=[0.5, 0.3, 0.2], q=[0.6, 0.3, 0.1])
                + ": the same two distributions, another floor and another excess.",
                cls.at(
                    "Close to P, but C is ruled out", p=[0.6, 0.3, 0.1], q=[0.6, 0.4, 0]
                )
                + ": the price is ∞, and the sentence names the culprit.",
                cls.at("A hard label", p=[1, 0, 0, 0], q=[0.7, 0.1, 0.1, 0.1])
                + r": the floor is 0, and the price is $-\log q$ of the truth.",
                cls.at(
                    "Against a fair die with four faces",
                    p=[0.25, 0.25, 0.25, 0.25],
                    q=[0.7, 0.1, 0.1, 0.1],
                    units="bits",
                )
                + ": one term of the excess is negative, the sum is not.",
            ),
        )

    def _told_once(self) -> dict[str, Any]:
        return super()._told_once() | {"labels": self.labels}

    @validate("labels")
    def _names(self, proposal: Any) -> Any:
        labels = proposal["value"]
        if labels is None:
            return None
        count = len(self.p)
        wanted = f"{count} different names of 1 to {_LONGEST_NAME} letters"
        short = all(1 <= len(label) <= _LONGEST_NAME for label in labels)
        if not (short and len(labels) == len(set(labels)) == count):
            raise StateError(
                f"labels: expected {wanted}, one for each outcome; got {labels!r}"
            )
        return labels

    def names(self) -> tuple[str, ...]:
        """What the outcomes are called: by `labels` if they are as many, else by letters."""
        if self.labels is not None and len(self.labels) == len(self.p):
            return tuple(self.labels)
        return _OUTCOMES[: len(self.p)]

    def _entry(self, i: int) -> str:
        return self.names()[i]

    def readout(self) -> dict[str, Value]:
        p, q = np.array(self.p), np.array(self.q)
        base, unit = (2 if self.units == "bits" else math.e), nats_per(self.units)
        return {
            "cross_entropy": float(cross_entropy(p, q, base=base)),
            "entropy": float(entropy(p, base=base)),
            "kl_divergence": float(kl_divergence(p, q, base=base)),
            "kl_swapped": float(kl_divergence(q, p, base=base)),
            "uniform_price": math.log(len(p)) / unit,
            "huffman_p": math.fsum(_expected(p, code_lengths(self.p))),
            "huffman_q": math.fsum(_expected(p, code_lengths(self.q))),
            "verdict": verdict(self.p, self.q, self.names()),
            "p": self.p,
            "q": self.q,
            "entropy_terms": _expected(p, surprisal(p, base=base)),
            "cross_entropy_terms": _expected(p, surprisal(q, base=base)),
            "kl_terms": tuple(term / unit for term in kl_terms(self.p, self.q)),
        }


def kl_terms(p: Sequence[float], q: Sequence[float]) -> list[float]:
    """The terms p·log(p/q) in nats, 0 where p is 0. A single one may be negative."""
    return [a * _log_ratio(a, b) if a > 0 else 0.0 for a, b in zip(p, q, strict=True)]


def code_lengths(q: Sequence[float]) -> np.ndarray:
    """Word lengths in bits of Huffman's code for ``q``; inf for what q rules out.

    The two rarest entries are joined again and again, and of equals the earlier ones.
    """
    lengths = np.where(np.array(q) > 0, 0.0, np.inf)
    parts = [(share, k, [k]) for k, share in enumerate(q) if share > 0]
    for joint in range(len(q), len(q) + len(parts) - 1):
        (a, _, left), (b, _, right), *parts = sorted(parts)
        lengths[left + right] += 1
        parts.append((a + b, joint, left + right))
    return lengths


def verdict(p: Sequence[float], q: Sequence[float], names: Sequence[str]) -> str:
    """Say whether Q rules out what P allows, equals P, or where it falls shortest."""
    words = TwoDistributions.words
    ruled_out = [
        name for name, a, b in zip(names, p, q, strict=True) if a > 0 and b == 0
    ]
    if ruled_out:
        return words["ruled_out"].format(names=_listed(ruled_out))
    if tuple(p) == tuple(q):
        return words["equal"]
    terms = kl_terms(p, q)
    return words["largest"].format(name=names[terms.index(max(terms))])


def _expected(p: np.ndarray, values: np.ndarray) -> tuple[float, ...]:
    """The terms p·value of an expectation, 0 where p is 0."""
    return tuple(
        float(a * value) if a > 0 else 0.0 for a, value in zip(p, values, strict=True)
    )


def _log_ratio(p: float, q: float) -> float:
    """log(p/q), also where the ratio itself is out of the float range."""
    if q == 0:
        return math.inf
    if p / 1e300 < q < p * 1e300:
        return math.log(p / q)
    return math.log(p) - math.log(q)


def _listed(names: Sequence[str]) -> str:
    """A, B and C."""
    *rest, last = names
    several = TwoDistributions.words["several"]
    return several.format(rest=", ".join(rest), last=last) if rest else last
