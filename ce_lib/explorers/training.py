"""Training: a classifier learns from songs, and its loss runs into the world's floor."""

import math
from typing import Any, NamedTuple

import numpy as np

from ce_lib import genres
from ce_lib.checks import Float64
from ce_lib.explorers.base import Explorer, Gallery, Quantity, TryThis, Value
from ce_lib.explorers.songs import CONSTANTS, MOST, mislabelled, population, sample
from ce_lib.explorers.state import Choice, Flag, Number, Whole
from ce_lib.information import entropy
from ce_lib.losses import softmax_cross_entropy
from ce_lib.targets import one_hot, smooth_labels

#: Probabilities this close to the largest share the first place with it.
_TIE = 1e-9
#: Below this training loss, in nats, it gives each of its own songs nine tenths or more, in the
#: (geometric) mean: only that is called learning by heart.
_BY_HEART = 0.1
#: Hands take no more steps than these while a bet is awaited: the curve would give it away.
_FIRST_STEPS = 10
#: The excess and the weights in so many decimals: of a 0 rounding leaves something.
_DECIMALS = 6
_COLUMNS = ("first", "second", "bias")


def _trained(**state: Any) -> dict[str, Any]:
    """The opening state after all steps, but for what is given."""
    opening = {"songs": 60, "steps": 200, "world": "songs", "seed": 2, "endless": False}
    settings = {"rate": 1, "noise": 0, "scale": 1, "smoothing": 0, "temperature": 1}
    return opening | settings | {"loss": "cross-entropy"} | state


class Training(Explorer):
    """Where will the loss on fresh songs flatten?

    A softmax regression of two features is trained by gradient descent on all its
    songs, from weights of 0. The world is ``"songs"``, brightness and acousticness of
    `ce_lib.genres.GenreWorld`, or ``"grid"``: 25 kinds of song in three genres. Every
    kind of song is known, so the loss on fresh songs and its floor H(Y | X) are sums.

    The state: ``songs``, how many it learns from, those that follow ``seed``; with
    ``endless`` it learns from all that there are. ``steps`` of the size ``rate``·1/C,
    with C a bound on the curvature of the cross-entropy. ``noise``, the share of labels
    that were drawn at random. ``scale``, a factor on the first feature. ``smoothing``,
    the ε of its targets. ``loss``, what the steps lower; all losses shown are
    cross-entropies. ``temperature``, by which its logits are divided afterwards.
    ``bet`` is where someone expects the loss on fresh songs to end, 0 for nowhere; and
    ``floor`` says whether the floor is shown or still ``"hidden"``. While it
    is hidden and there is no bet, the page's controls take the first steps only.

    Examples
    --------
    >>> explorer = Training(steps=200)
    >>> numbers = explorer.readout()
    >>> round(numbers["train_loss"], 6), round(numbers["fresh_loss"], 6)
    (0.736867, 0.814289)
    >>> "floor" in numbers
    False
    >>> explorer.update(bet=0.7, floor="shown")
    >>> round(explorer.readout()["floor"], 6)
    0.772095

    It is `ce_lib.SoftmaxRegression` that is trained here:

    >>> from ce_lib import SoftmaxRegression
    >>> from ce_lib.explorers.songs import sample
    >>> model = SoftmaxRegression(standardize=False, max_epochs=200, tol=0)
    >>> round(model.fit(*sample("songs", seed=2, n=60)).loss_history_[-1], 6)
    0.736867

    In a notebook ``explorer`` as the last line of a cell shows it, and
    ``explorer.observe(lambda change: print(change.new), "steps")`` calls your own code
    at every step.
    """

    name = "training"
    room = (45, 66.5)
    question = "Where will the loss on fresh songs flatten?"
    entries = genres.GENRES

    songs = Whole(60, low=10, high=MOST)
    steps = Whole(0, low=0, high=200)
    world = Choice("songs", "grid")
    seed = Whole(2, low=1, high=999)
    endless = Flag(False)
    rate = Number(1, low=0.02, high=2)
    noise = Number(0, low=0, high=1)
    scale = Number(1, low=1, high=30)
    smoothing = Number(0, low=0, high=0.5)
    loss = Choice("cross-entropy", "squared")
    temperature = Number(1, low=0.25, high=4)
    bet = Number(0, low=0, high=3)
    floor = Choice("hidden", "shown")

    quantities = {
        "train_loss": Quantity("cross-entropy on its own songs", "nats"),
        "fresh_loss": Quantity("cross-entropy on fresh songs", "nats"),
        "floor": Quantity("floor H(Y | X)", "nats"),
        "excess": Quantity("excess", "nats"),
        "accuracy": Quantity("right on fresh songs", form="percent"),
        "confidence": Quantity("mean confidence", form="percent"),
        "step_size": Quantity("learning rate η"),
        "condition": Quantity("condition number of the features"),
        "first": Quantity("weight of the first feature"),
        "second": Quantity("weight of the second feature"),
        "bias": Quantity("bias"),
    }
    constants = {
        **CONSTANTS,
        "tie": _TIE,
        "decimals": _DECIMALS,
        "by_heart": _BY_HEART,
        "first_steps": _FIRST_STEPS,
    }
    words = {
        "ask_told": "Where does the loss on fresh songs flatten?",
        "by_heart": "those it knows by heart.",
        "accidents": "it has fitted their accidents, too.",
        "waits": "It waits for your bet; “Show it” goes on without one.",
    }
    try_this = (
        TryThis(
            "Few songs",
            _trained(songs=20, floor="shown"),
            "On its own songs the loss dives below the floor: it fits what is an accident of "
            "these twenty. The loss on fresh songs turned early, and climbs.",
        ),
        TryThis(
            "Then soften it",
            _trained(songs=20, temperature=2, floor="shown"),
            "The same twenty songs. Logits divided by a temperature leave the likeliest "
            "genre as it was, and it is no longer so much surer than it is right.",
        ),
        TryThis(
            "Wrong labels",
            _trained(songs=400, noise=0.4, floor="shown"),
            "Two labels in five were drawn at random. That is a part of the world: the "
            "floor itself has risen.",
        ),
        TryThis(
            "A broken scale",
            _trained(songs=400, scale=25, floor="shown"),
            "One feature is counted in units 25 times smaller. The floor is where it "
            "was; steps that suit the large feature are too short for the rest.",
        ),
        TryThis(
            "Another loss",
            _trained(songs=400, loss="squared", floor="shown"),
            "The steps lower the squared error, and cross-entropy keeps the score. "
            "Both are lowest at the truth; this way there is slower.",
        ),
        TryThis(
            "Smoothed targets",
            _trained(songs=400, smoothing=0.2, floor="shown"),
            "It aims at targets that are never sure, and gets there: less sure of itself "
            "than it is right, and further above the floor than it need be.",
        ),
        TryThis(
            "A world with an exact floor",
            _trained(world="grid", endless=True, steps=50, floor="shown"),
            "Twenty-five kinds of song, and it learns from all there are: the two curves "
            "are one, and it runs into the floor.",
        ),
    )

    @classmethod
    def gallery(cls) -> Gallery:
        few = cls(songs=20, steps=200, floor="shown").readout()
        grid = cls(world="grid", endless=True, steps=50, floor="shown").readout()
        return Gallery(
            "Where will the loss on fresh songs flatten?",
            (
                "For reading a training run: where the world’s own doubt stops the "
                "loss, and what a training loss below that is worth."
            ),
            (
                cls.at(
                    "Twenty songs and their accidents",
                    songs=20,
                    steps=200,
                    floor="shown",
                )
                + f": a training loss of {few['train_loss']:.2f} nats, below a floor of "
                + f"{few['floor']:.2f}, and {few['fresh_loss']:.2f} on fresh songs.",
                cls.at("Four hundred songs", songs=400, steps=200, floor="shown")
                + ": both curves end near the floor.",
                cls.at(
                    "A world of 25 kinds of song",
                    world="grid",
                    endless=True,
                    steps=50,
                    floor="shown",
                )
                + f": its floor is {grid['floor']:.6f} nats, and training reaches it.",
                cls.at(
                    "One feature in units 25 times smaller",
                    songs=400,
                    scale=25,
                    steps=200,
                    floor="shown",
                )
                + ": the same songs, the same floor, and no end of steps to it.",
            ),
        )

    def asked(self) -> str:
        told = self.floor == "shown" and self.bet == 0
        return self.words["ask_told"] if told else self.question

    def readout(self) -> dict[str, Value]:
        given, fresh = self._given(), self._fresh()
        values = eigenvalues(given)
        size = 2 * self.rate / float(values[-1])
        weights = descend(given, size, self.steps, self.loss, self.smoothing)
        cooled = weights / self.temperature
        fresh_loss = mean_loss(fresh, cooled)
        right, sure = sureness(fresh, cooled)
        return {
            "train_loss": mean_loss(given, cooled),
            "fresh_loss": fresh_loss,
            **(self._split(fresh, fresh_loss) if self.floor == "shown" else {}),
            "accuracy": right,
            "confidence": sure,
            "step_size": size,
            "condition": float(values[-1] / values[0]),
            **{
                key: tuple(round(w, _DECIMALS) + 0.0 for w in column)
                for key, column in zip(_COLUMNS, weights.T.tolist(), strict=True)
            },
        }

    def _split(self, fresh: "Cases", loss: float) -> dict[str, Value]:
        """The loss on fresh songs as the floor and what it is above it."""
        floor = float(fresh.weight @ entropy(fresh.targets, axis=0))
        return {"floor": floor, "excess": round(loss - floor, _DECIMALS) + 0.0}

    def _fresh(self) -> "Cases":
        everything = population(self.world)
        p = smooth_labels(everything.posterior, self.noise)
        return Cases(self._design(everything.x), p.T, everything.weight)

    def _given(self) -> "Cases":
        if self.endless:
            return self._fresh()
        classes = population(self.world).posterior.shape[1]
        x, y = sample(self.world, self.seed, self.songs)
        y = mislabelled(y, self.seed, self.noise, classes)
        weight = np.full(self.songs, 1 / self.songs)
        return Cases(self._design(x), one_hot(y, classes).T, weight)

    def _design(self, x: Float64) -> Float64:
        """What the weights are multiplied with: both features, and 1 for the bias."""
        return np.stack([self.scale * x[:, 0], x[:, 1], np.ones(len(x))])


class Cases(NamedTuple):
    """Songs to learn from or to be judged by, one in a column."""

    x: Float64  #: both features and 1, (3, N)
    targets: Float64  #: the share of each genre, (K, N)
    weight: Float64  #: (N,), sums to 1


def eigenvalues(cases: Cases) -> Float64:
    """Return the eigenvalues of the features' second moments, the largest last.

    Half the largest bounds the curvature of the mean cross-entropy.
    """
    moments = (cases.x * cases.weight) @ cases.x.T
    return np.asarray(np.linalg.eigvalsh(moments), dtype=np.float64)


def descend(
    cases: Cases, size: float, steps: int, loss: str, smoothing: float
) -> Float64:
    """Return the weights, ``(K, 3)``, after so many steps of gradient descent from 0.

    dL/dz is q − t of the cross-entropy; of the squared error Σ(q − t)² it is
    2·q·(g − Σ q·g) with g = q − t.
    """
    targets = smooth_labels(cases.targets.T, smoothing).T
    weights = np.zeros((len(targets), 3))
    for _ in range(steps):
        q = probabilities(cases, weights)
        slope = q - targets
        if loss == "squared":
            slope = 2 * q * (slope - (q * slope).sum(axis=0))
        weights -= size * (slope * cases.weight) @ cases.x.T
    return weights


def probabilities(cases: Cases, weights: Float64) -> Float64:
    """Return the softmax of the logits, ``(K, N)``; genres first is fastest here."""
    z = weights @ cases.x
    e = np.exp(z - z.max(axis=0))
    q: Float64 = e / e.sum(axis=0)
    return q


def mean_loss(cases: Cases, weights: Float64) -> float:
    """Return the mean cross-entropy in nats."""
    logits = (weights @ cases.x).T
    losses = softmax_cross_entropy(logits, cases.targets.T, reduction="none")
    return math.fsum(cases.weight * losses)


def sureness(cases: Cases, weights: Float64) -> tuple[float, float]:
    """Return how often the likeliest genre is right, and how likely it was thought.

    Both are means over the songs. Genres that tie share the first place.
    """
    q = probabilities(cases, weights)
    first = q >= q.max(axis=0) - _TIE
    hits = (first * cases.targets).sum(axis=0) / first.sum(axis=0)
    return float(cases.weight @ hits), float(cases.weight @ q.max(axis=0))
