"""Weights and focal loss: what a perfect model claims under a loss that is not plain."""

import math
from typing import Any

from ce_lib.explorers.base import Explorer, Gallery, Quantity, TryThis, Value
from ce_lib.explorers.state import Choice, Flag, Number, Whole
from ce_lib.numerics import log_sigmoid, sigmoid

#: Logits that differ by less than this are the same, but for rounding.
_SAME = 1e-9
#: A root is halved for so many times, between logits of this size.
_STEPS, _FAR = 64, 700.0


#: Plain cross-entropy of yes or no.
_PLAIN: dict[str, Any] = {
    "weight": 1,
    "gamma": 0,
    "weighting": "weight",
    "classes": 2,
    "view": "loss",
    "undo": False,
}


class WeightsAndFocal(Explorer):
    """What would a perfect model claim under this loss?

    A case is "yes" at the true ``rate`` p; "yes" is one of ``classes``, and the others
    share the rest evenly. The loss of the claim q is −(1 − q)^γ ln q with γ = ``gamma``,
    times a weight: ``weight`` for yes and 1 for all else or, with the ``weighting``
    "alpha", ``alpha`` and 1 − ``alpha``. ``view`` shows the expected loss over all claims
    or, for the probability ``q`` of the true class, how hard a case pushes; ``undo`` the
    way from the claim back to the truth.

    Examples
    --------
    >>> explorer = WeightsAndFocal(rate=0.1, weight=9)
    >>> numbers = explorer.readout()
    >>> round(numbers["claim"], 6), round(numbers["loss"], 5), round(numbers["undone"], 6)
    (0.5, 1.24766, 0.1)
    >>> explorer.update(rate=0.9, gamma=2, alpha=0.25, weighting="alpha")
    >>> round(explorer.readout()["claim"], 6)
    0.601176
    >>> round(explorer.readout()["crossing"], 6)
    0.297637
    >>> explorer.gamma = -1
    Traceback (most recent call last):
    ...
    ce_lib.explorers.state.StateError: gamma: expected a number from 0 to 10, got -1

    In a notebook ``explorer`` as the last line of a cell shows it, and
    ``explorer.observe(lambda change: print(change.new), "rate")`` calls your own code
    whenever a hand moves it.
    """

    name = "weights-and-focal"
    room = (43.6, 57.9)
    question = "What would a perfect model claim under this loss?"

    rate = Number(0.1, low=0, high=1)
    weight = Number(9, low=0.01, high=1000)
    gamma = Number(0, low=0, high=10)
    alpha = Number(0.25, low=0.01, high=0.99)
    weighting = Choice("weight", "alpha")
    classes = Whole(2, low=2, high=100_000)
    view = Choice("loss", "push")
    q = Number(0.9, low=0, high=1)
    undo = Flag(False)

    words = {
        "calibrated": "calibrated: it claims the truth",
        "over": "overstates: it claims more than the truth",
        "under": "understates: it claims less than the truth",
        "certain": "none: a certainty stays one",
        "everywhere": "everywhere",
    }
    constants = {"same": _SAME}
    quantities = {
        "claim": Quantity("what a perfect model claims"),
        "gap": Quantity("claim minus truth", form="signed"),
        "undone": Quantity("the way back gives"),
        "loss": Quantity("expected loss of the claim", "nats"),
        "honest_loss": Quantity("expected loss of claiming the truth", "nats"),
        "shift": Quantity("added to the logit", "nats", form="signed"),
        "verdict": Quantity("verdict"),
        "focal_push": Quantity("push of focal loss, |dL/dz|"),
        "plain_push": Quantity("push of cross-entropy, |dL/dz|"),
        "push_ratio": Quantity("the first over the second"),
        "crossing": Quantity("both push alike at q"),
    }
    try_this = (
        TryThis(
            "Honest",
            _PLAIN | {"rate": 0.1},
            "No weight, no γ: that is cross-entropy, and the claim with the lowest expected "
            "loss is the truth.",
        ),
        TryThis(
            "Weight 9",
            _PLAIN | {"rate": 0.1, "weight": 9},
            "One yes to nine no, and each yes counts nine times: to the loss there are "
            "as many of both. So the claim is one half.",
        ),
        TryThis(
            "Undo it",
            _PLAIN | {"rate": 0.1, "weight": 9, "undo": True},
            "A weight adds its logarithm to the logit. Subtract it, and the claim is "
            "the truth again.",
        ),
        TryThis(
            "Focal loss",
            _PLAIN | {"rate": 0.9, "gamma": 2},
            "γ takes most off the loss of what is nearly sure. With two classes that "
            "pulls the claim towards one half.",
        ),
        TryThis(
            "γ and α",
            _PLAIN | {"rate": 0.9, "gamma": 2, "alpha": 0.25, "weighting": "alpha"},
            "α belongs to yes, 1 − α to no: here no weighs three times as much. Both "
            "pull the claim down.",
        ),
        TryThis(
            "A hundred classes",
            _PLAIN | {"rate": 0.1, "gamma": 2, "classes": 100},
            "Focal loss does not always understate. For a leader among many classes that "
            "is far from sure it claims too much.",
        ),
        TryThis(
            "Easy cases",
            {"gamma": 2, "view": "push", "q": 0.99},
            "A case that is nearly right hardly pushes any more: a thousand of them "
            "push less than one hard case.",
        ),
    )

    @classmethod
    def gallery(cls) -> Gallery:
        focal = {"weight": 1, "gamma": 2}
        return Gallery(
            "What would a perfect model claim?",
            (
                "Shows which claim has the lowest expected loss under class weights and focal "
                "loss, how far it is from the truth, and the way back."
            ),
            (
                cls.at("Weight 9", rate=0.1, weight=9)
                + ": one yes in ten, and the claim is one half.",
                cls.at("Focal loss", rate=0.9, **focal)
                + ": a model that is right to be sure claims to be unsure.",
                cls.at("A hundred classes", rate=0.1, classes=100, **focal)
                + ": the same focal loss claims too much.",
                cls.at("Easy and hard cases", view="push", q=0.1, **focal)
                + ": what hardly pushes any more, and what pushes more than before.",
            ),
        )

    def readout(self) -> dict[str, Value]:
        yes, no = self._weights()
        kind = (yes / no, self.gamma, self.classes)
        truth = logit_of(self.rate)
        claimed = claimed_logit(truth, *kind)
        certain = math.isinf(truth)
        shift = 0.0 if certain else claimed - truth
        if abs(shift) <= _SAME:
            shift = 0.0
        priced = (self.rate, (yes, no), self.gamma, self.classes)
        ratio = push_ratio(self.q, self.gamma)
        return {
            "claim": float(sigmoid(claimed)),
            "gap": self._gap(claimed) if shift else 0.0,
            "undone": float(sigmoid(honest_logit(claimed, *kind))),
            "loss": expected_loss(claimed, *priced),
            "honest_loss": expected_loss(truth, *priced),
            "shift": self.words["certain"] if certain else shift,
            "verdict": self._verdict(shift),
            "focal_push": (1 - self.q) * ratio,
            "plain_push": 1 - self.q,
            "push_ratio": ratio,
            "crossing": crossing(self.gamma)
            if self.gamma > 0
            else self.words["everywhere"],
        }

    def _weights(self) -> tuple[float, float]:
        """Return the weight of yes, and that of all else."""
        if self.weighting == "alpha":
            return self.alpha, 1 - self.alpha
        return self.weight, 1.0

    def _gap(self, claimed: float) -> float:
        """Subtract the truth from the claim, on the side where neither is close to 1."""
        if self.rate < 0.5:
            return float(sigmoid(claimed) - self.rate)
        return float((1 - self.rate) - sigmoid(-claimed))

    def _verdict(self, shift: float) -> str:
        """Compare the claim with the truth, in words."""
        return self.words[
            "over" if shift > 0 else "under" if shift < 0 else "calibrated"
        ]


def logit_of(probability: float) -> float:
    """Return ln(p/(1 − p)) of a probability p, which is −∞ or ∞ where p is 0 or 1."""
    if probability in (0, 1):
        return math.inf if probability else -math.inf
    return math.log(probability) - math.log1p(-probability)


def honest_logit(claimed: float, ratio: float, gamma: float, classes: int) -> float:
    """Return the logit of the true rate under which this claim costs least.

    ``claimed`` is the logit of the claim q against all other classes, which share the
    rest evenly, r each; ``ratio`` is the weight of yes over that of all else. Where the
    expected loss is lowest, p w h(q) is the same for all classes, h being minus the
    slope of the loss (1 − q)^γ (−ln q). So p is in proportion to 1/(w h(q)).
    (Charoenphakdee, Vongkulbhisal, Chairatanakul and Sugiyama, On Focal Loss for
    Class-Posterior Probability Estimation, 2021.)
    """
    if gamma == 0 or math.isinf(claimed):
        return claimed - math.log(ratio)
    own, rest = _logs(claimed, classes)
    steeper = _log_steepness(*rest, gamma) - _log_steepness(*own, gamma)
    return steeper - math.log(classes - 1) - math.log(ratio)


def claimed_logit(truth: float, ratio: float, gamma: float, classes: int) -> float:
    """Return the logit of the claim that costs least where ``truth`` is the true one.

    The inverse of `honest_logit`, which grows with the claim, by bisection.
    """
    if gamma == 0 or math.isinf(truth):
        return truth + math.log(ratio)
    low, high = -_FAR, _FAR
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if honest_logit(middle, ratio, gamma, classes) < truth:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def expected_loss(
    logit: float,
    rate: float,
    weights: tuple[float, float],
    gamma: float,
    classes: int,
) -> float:
    """Return the mean loss in nats of the claim with this logit, where p is ``rate``.

    ``weights`` are that of yes and that of all else.
    """
    own, rest = _logs(logit, classes)
    yes, no = weights
    return _price(rate * yes, *own, gamma) + _price((1 - rate) * no, *rest, gamma)


def push_ratio(q: float, gamma: float) -> float:
    """Return |dL/dz| of focal loss over that of cross-entropy, which is 1 − q.

    ``q`` is the probability of the true class, z its logit. The ratio is
    (1 − q)^γ (1 + γ q (−ln q)/(1 − q)). (Lin, Goyal, Girshick, He and Dollár, Focal Loss
    for Dense Object Detection, 2017.)
    """
    if q in (0, 1):
        return float(q == 0 or gamma == 0)
    return math.exp(_log_push_ratio(q, gamma))


def crossing(gamma: float) -> float:
    """Return the q at which focal loss, γ above 0, pushes as hard as cross-entropy.

    Below it focal loss pushes harder. It falls from one half as γ grows.
    """
    low, high = 0.0, 0.5
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _log_push_ratio(middle, gamma) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _log_push_ratio(q: float, gamma: float) -> float:
    return gamma * math.log1p(-q) + math.log1p(gamma * q * -math.log(q) / (1 - q))


def _logs(
    logit: float, classes: int
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return ln q and ln(1 − q) of the claim, and the same of each other class."""
    own = float(log_sigmoid(logit)), float(log_sigmoid(-logit))
    if classes == 2:
        return own, own[::-1]
    others = classes - 1
    left = math.log((others - 1 + math.exp(own[0])) / others)
    return own, (own[1] - math.log(others), left)


def _log_steepness(log_q: float, log_rest: float, gamma: float) -> float:
    """Return ln h of h(q) = (1 − q)^γ/q − γ (1 − q)^(γ−1) ln q, for finite logarithms."""
    bent = gamma * -log_q * math.exp(log_q - log_rest)
    return gamma * log_rest + math.log1p(bent) - log_q


def _price(share: float, log_q: float, log_rest: float, gamma: float) -> float:
    """Return what comes with this share and weight pays: (1 − q)^γ (−ln q) each."""
    if share == 0:
        return 0.0
    eased = math.exp(gamma * log_rest) if gamma > 0 else 1.0
    return share * eased * -log_q
