"""A code: a tree whose leaves are words, and a tape of bits that is torn into them."""

import math
from collections.abc import Sequence

import numpy as np

from ce_lib import genres
from ce_lib.checks import FloatArray
from ce_lib.explorers.base import Gallery, Quantity, TryThis, Value
from ce_lib.explorers.draws import draws
from ce_lib.explorers.pair import AS_MANY, Pair
from ce_lib.explorers.state import Distribution, Whole
from ce_lib.explorers.two_distributions import code_lengths
from ce_lib.information import cross_entropy, entropy

_NAMES = (*genres.GENRES, "Folk", "Blues")
_SHORTEST, _LONGEST = 2, len(_NAMES)

#: How many songs the message on the tape reports.
_SONGS = 12


class Code(Pair):
    """How many bits does the wrong code take?

    A station plays songs as often as ``p`` says, and a message reports them in the code
    made for ``q``: Huffman's, over the same 2 to 6 genres. Of its twelve words the first
    ``torn`` have been torn off the tape. ``seed`` chooses the message.

    Examples
    --------
    >>> explorer = Code(p=[0.5, 0.25, 0.125, 0.125], q=[0.125, 0.125, 0.25, 0.5])
    >>> numbers = explorer.readout()
    >>> numbers["words_q"], numbers["words_p"]
    (('110', '111', '10', '0'), ('0', '10', '110', '111'))
    >>> numbers["expected"], numbers["expected_right"]
    (2.625, 1.75)
    >>> explorer.q = [0.5, 0.25, 0.25, 0]
    >>> explorer.readout()["expected"], explorer.readout()["words_q"][3]
    (inf, 'none')
    >>> explorer.torn = 13
    Traceback (most recent call last):
    ce_lib.explorers.state.StateError: torn: expected a whole number from 1 to 12, got 13

    P and Q are about the same genres, so their number changes for both at once:

    >>> explorer.update(p=[0.5, 0.5], q=[0.9, 0.1])

    In a notebook ``explorer`` as the last line of a cell shows it, and
    ``explorer.observe(lambda change: print(change.new), "torn")`` calls your own code
    whenever a hand tears off a word.
    """

    name = "code"
    room = (42.2, 53.6)
    question = "How many bits does the wrong code take?"
    entries = _NAMES

    p = Distribution([0.5, 0.25, 0.125, 0.125], shortest=_SHORTEST, longest=_LONGEST)
    q = Distribution([0.125, 0.125, 0.25, 0.5], shortest=_SHORTEST, longest=_LONGEST)
    torn = Whole(3, low=1, high=_SONGS)
    seed = Whole(518, low=1, high=999)

    quantities = {
        "rate": Quantity("code for Q, per song so far", "bits"),
        "expected": Quantity("code for Q, per song on average", "bits"),
        "cross_entropy": Quantity("price H(P, Q)", "bits"),
        "entropy": Quantity("floor H(P)", "bits"),
        "bits": Quantity("code for Q, so far", "bits", "exact"),
        "bits_right": Quantity("code for P, so far", "bits", "exact"),
        "expected_right": Quantity("code for P, per song on average", "bits"),
        "message": Quantity("the songs, by their first letters"),
        "p": Quantity("world P"),
        "q": Quantity("model Q"),
        "words_q": Quantity("word for Q"),
        "words_p": Quantity("word for P"),
    }
    words = AS_MANY | {
        "none": "none",
        "empty": "no bits",
    }
    constants = {"songs": _SONGS}
    try_this = (
        TryThis(
            "The right code",
            {"p": [0.5, 0.25, 0.125, 0.125], "q": [0.5, 0.25, 0.125, 0.125]},
            "Q equals P, and the two tapes are one: what plays most has the shortest word.",
        ),
        TryThis(
            "Believe nothing",
            {"p": [0.5, 0.25, 0.125, 0.125], "q": [0.25, 0.25, 0.25, 0.25]},
            "Four words of two bits each: it costs the same whatever plays, and "
            "is never far off.",
        ),
        TryThis(
            "Wrong, and no dearer",
            {"p": [0.6, 0.3, 0.1], "q": [0.5, 0.3, 0.2]},
            "Two beliefs, one code: words of whole bits are too coarse to show a small "
            "mistake.",
        ),
        TryThis(
            "Leave one out",
            {
                "p": [0.5, 0.25, 0.125, 0.125],
                "q": [0.5, 0.25, 0.25, 0.0],
                "torn": _SONGS,
            },
            "The code has no word for Classical. At the first one the tape ends, and "
            "no number of bits is enough.",
        ),
    )

    @classmethod
    def gallery(cls) -> Gallery:
        dyadic = [0.5, 0.25, 0.125, 0.125]
        return Gallery(
            "How many bits does the wrong code take?",
            (
                "Tear off code words and count the bits: a code is a belief, with "
                "short words for what it expects."
            ),
            (
                cls.at("All twelve words torn off", torn=_SONGS)
                + ": the wrong code has run long.",
                cls.at("The right code", p=dyadic, q=dyadic, torn=_SONGS)
                + ": no tape is shorter in the long run.",
                cls.at(
                    "A small mistake", p=[0.6, 0.3, 0.1], q=[0.5, 0.3, 0.2], torn=_SONGS
                )
                + ": another belief, and yet the same words.",
                cls.at(
                    "A genre left out", p=dyadic, q=[0.5, 0.25, 0.25, 0], torn=_SONGS
                )
                + ": the tape ends where its first song is played.",
            ),
        )

    def readout(self) -> dict[str, Value]:
        for_p, for_q = code_lengths(self.p), code_lengths(self.q)
        songs = message(self.p, self.seed, _SONGS)
        bits, right = (
            sum(code[k] for k in songs[: self.torn]) for code in (for_q, for_p)
        )
        return {
            "rate": float(bits / self.torn),
            "expected": _in_world(self.p, for_q),
            "cross_entropy": float(cross_entropy(self.p, self.q, base=2)),
            "entropy": float(entropy(self.p, base=2)),
            "bits": float(bits),
            "bits_right": float(right),
            "expected_right": _in_world(self.p, for_p),
            "message": "".join(_NAMES[k][0] for k in songs),
            "p": self.p,
            "q": self.q,
            "words_q": tuple(map(_written, code_words(for_q.tolist()))),
            "words_p": tuple(map(_written, code_words(for_p.tolist()))),
        }


def message(p: Sequence[float], seed: int, count: int) -> list[int]:
    """Draw so many songs, each a genre by its index, from ``p``."""
    up_to = [float(total) for total in np.cumsum(p)]
    last = max(k for k, share in enumerate(p) if share > 0)
    # The first numbers after neighbouring seeds are neighbours, too: they are left out.
    return [
        next((k for k, total in enumerate(up_to) if number < total), last)
        for number in draws(seed, count + 1)[1:]
    ]


def code_words(lengths: Sequence[float]) -> list[str | None]:
    """Words of these lengths of which none begins another; None where one is infinite.

    The canonical code: in the order of their lengths, and of equals the earlier one
    first, each word is the binary number after the one before, with zeros behind.
    """
    words: list[str | None] = [None] * len(lengths)
    order = sorted((n, k) for k, n in enumerate(lengths) if math.isfinite(n))
    number, before = 0, 0
    for length, k in ((int(n), k) for n, k in order):
        number <<= length - before
        words[k] = f"{number:0{length}b}" if length else ""
        number, before = number + 1, length
    return words


def _written(word: str | None) -> str:
    if word is None:
        return Code.words["none"]
    return word or Code.words["empty"]


def _in_world(p: Sequence[float], lengths: FloatArray) -> float:
    """The mean of word lengths over what happens."""
    return math.fsum(a * n for a, n in zip(p, lengths.tolist(), strict=True) if a > 0)
