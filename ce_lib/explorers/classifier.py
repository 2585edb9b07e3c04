"""The price of one prediction: four genres, one truth, and where each logit goes."""

import math

import numpy as np

from ce_lib import genres
from ce_lib.explorers.base import Explorer, Gallery, Quantity, TryThis, Value
from ce_lib.explorers.state import Choice, Distribution, Flag, Number, Vector, Whole
from ce_lib.explorers.units import nats_per
from ce_lib.explorers.verdict import AGAINST_CHANCE, SAME, against_chance
from ce_lib.information import surprisal
from ce_lib.losses import softmax_cross_entropy
from ce_lib.numerics import softmax
from ce_lib.targets import one_hot

_K = len(genres.GENRES)


class Classifier(Explorer):
    """What does it cost to be this sure of the wrong genre?

    The state is either four logits or four probabilities (``mode`` says which one
    drives), the index of the true genre (``target``), and the size of a gradient
    step (``rate``). With ``hold``, moving a wrong genre in probability mode takes
    from the other wrong genres only.

    Examples
    --------
    >>> explorer = Classifier(logits=[2.1, -0.5, -0.3, -0.1], target=0)
    >>> round(explorer.readout()["loss"], 6)
    0.243569
    >>> explorer.target = 3
    >>> round(explorer.readout()["loss"], 6)
    2.443569
    >>> explorer.target = 4
    Traceback (most recent call last):
    ce_lib.explorers.state.StateError: target: expected a whole number from 0 to 3, got 4

    In a notebook ``explorer`` as the last line of a cell shows it, and
    ``explorer.observe(lambda change: print(change.new), "logits")`` calls your own
    code whenever a hand moves it.
    """

    name = "classifier"
    room = (41, 53.9)
    words = AGAINST_CHANCE | {
        "ask": "The song is {genre}. What does this prediction cost?",
        "right": "right",
        "tie": "a tie",
        "wrong": "wrong",
    }
    constants = {"same": SAME}
    question = words["ask"].format(genre=genres.GENRES[genres.TRUE_GENRE])
    entries = genres.GENRES

    mode = Choice("logits", "probabilities")
    logits = Vector(genres.LOGITS, low=-100, high=100, shortest=_K, longest=_K)
    probabilities = Distribution(genres.GOOD, shortest=_K, longest=_K)
    target = Whole(genres.TRUE_GENRE, low=0, high=_K - 1)
    rate = Number(1, low=0.1, high=10)
    hold = Flag(False)
    units = Choice("nats", "bits")

    quantities = {
        "loss": Quantity("price of the truth", "{units}"),
        "true_probability": Quantity("probability given to the truth"),
        "true_logarithm": Quantity("its logarithm, log q", "{units}"),
        "chance": Quantity("price of the uniform guess", "{units}"),
        "loss_after_step": Quantity("price after one gradient step", "{units}"),
        "gradient_norm": Quantity("length of dL/dz", "nats per logit"),
        "verdict": Quantity("verdict"),
        "q": Quantity("model Q"),
        "p": Quantity("truth P"),
        "gradient": Quantity("dL/dz = q − p"),
        "price_if_true": Quantity("price if this were the truth"),
    }
    try_this = (
        TryThis(
            "The good prediction",
            {
                "mode": "probabilities",
                "probabilities": genres.GOOD.tolist(),
                "target": 0,
            },
            "Seven tenths on the truth: a small price.",
        ),
        TryThis(
            "The bad prediction",
            {
                "mode": "probabilities",
                "probabilities": genres.BAD.tolist(),
                "target": 0,
            },
            "One tenth on the truth. The price is now above the uniform guess.",
        ),
        TryThis(
            "Give the rest to Pop",
            {
                "mode": "probabilities",
                "probabilities": [0.7, 0.3, 0.0, 0.0],
                "target": 0,
            },
            "The same price as the good prediction: only the truth’s share counts.",
        ),
        TryThis(
            "Rule out the truth",
            {
                "mode": "probabilities",
                "probabilities": [0.0, 0.4, 0.3, 0.3],
                "target": 0,
            },
            "Probability 0 for what happened costs ∞. No step leads back from there.",
        ),
    )

    @classmethod
    def gallery(cls) -> Gallery:
        return Gallery(
            "What does this prediction cost?",
            (
                "Move a prediction and watch its price: of the four bars only the one"
                " of what happened counts."
            ),
            (
                cls.at(
                    "Jazz and Classical hand everything to Pop",
                    mode="probabilities",
                    probabilities=[0.7, 0.3, 0, 0],
                    target=0,
                )
                + (
                    ": the price stays where it was. How the wrong genres share the rest is"
                    " free."
                ),
                cls.at(
                    "The truth gets one in a thousand",
                    mode="probabilities",
                    probabilities=[0.001, 0.333, 0.333, 0.333],
                    target=0,
                )
                + ". Every factor of ten has cost the same.",
                cls.at(
                    "Sure of Jazz, and the song is Rock",
                    mode="logits",
                    logits=[0, 0, 5, 0],
                    target=0,
                    rate=1,
                )
                + ". Take gradient steps: two logits do nearly all the moving.",
                cls.at(
                    "The truth is ruled out",
                    mode="probabilities",
                    probabilities=[0, 0.4, 0.3, 0.3],
                    target=0,
                )
                + ". The price is ∞, and no step leads back.",
            ),
        )

    def asked(self) -> str:
        return self.words["ask"].format(genre=genres.GENRES[self.target])

    def readout(self) -> dict[str, Value]:
        target, unit = self.target, nats_per(self.units)
        prices, stepped = self._prices()
        q = (
            softmax(self.logits)
            if self.mode == "logits"
            else np.array(self.probabilities)
        )
        p = one_hot(target, _K)
        gradient = q - p
        gradient[target] = -math.fsum(np.delete(q, target))
        return {
            "loss": float(prices[target]) / unit,
            "true_probability": float(q[target]),
            "true_logarithm": 0.0 - float(prices[target]) / unit,
            "chance": math.log(_K) / unit,
            "loss_after_step": self._loss_after(stepped, gradient) / unit,
            "gradient_norm": float(np.sqrt(np.sum(gradient**2))),
            "verdict": verdict(float(prices[target]), q, target),
            "q": tuple(q.tolist()),
            "p": tuple(p.tolist()),
            "gradient": tuple(gradient.tolist()),
            "price_if_true": tuple((prices / unit).tolist()),
        }

    def _prices(self) -> tuple[np.ndarray, np.ndarray]:
        """The price of each genre if it were the truth, and the logits behind it."""
        if self.mode == "logits":
            logits = np.array(self.logits)
            rows = np.tile(logits, (_K, 1))
            prices = softmax_cross_entropy(rows, np.arange(_K), reduction="none")
            return np.asarray(prices), logits
        prices = np.asarray(surprisal(self.probabilities))
        return prices, -prices

    def _loss_after(self, logits: np.ndarray, gradient: np.ndarray) -> float:
        if np.isneginf(logits[self.target]):
            return math.inf
        moved = logits - self.rate * gradient
        return float(softmax_cross_entropy(moved[None], [self.target]))


def verdict(loss: float, q: np.ndarray, target: int) -> str:
    """Say whether the truth leads, and how the price compares with a uniform guess."""
    leaders = np.flatnonzero(q == q.max())
    led = "right" if len(leaders) == 1 else "tie"
    place = Classifier.words[led if target in leaders else "wrong"]
    return f"{place}, {against_chance(loss, len(q))}"
