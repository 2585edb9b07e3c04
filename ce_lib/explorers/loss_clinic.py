"""The loss clinic: the numbers of a training run on one axis, and what they say."""

import math
from typing import Any

from ce_lib._formats import FORMATS
from ce_lib._written import computed, percent, plain
from ce_lib.clinic import _landmarks as landmarks
from ce_lib.clinic._diagnose import of
from ce_lib.clinic._run import Run
from ce_lib.clinic._symptom import VERDICTS, symptoms
from ce_lib.clinic.symptoms.number import CLIPS
from ce_lib.explorers.base import Explorer, Gallery, Quantity, TryThis, Value
from ce_lib.explorers.state import Choice, Flag, Number, Whole, Wholes

#: The readings that may be unknown, in the order of ``known``.
READINGS = ("first", "loss", "val_loss", "accuracy", "val_accuracy", "largest")
#: What the rules know beside the readings: the largest losses of clipped probabilities, by
#: whose they are, and of each format the significant bits, and where exp z leaves it.
LIMITS: dict[str, Any] = {
    "clips": CLIPS,
    "formats": {
        name: [form.bits, form.overflow_above, form.zero_below]
        for name, form in FORMATS.items()
    },
}
#: The usual numbers of classes, for the slider.
_COUNTS: tuple[int, ...] = (*range(2, 11), 12, 15, 20, 27, 50, 100, 200, 500, 1000)
_COUNTS += (5000, 10_000, 32_000, 50_257, 100_000, 128_256)
#: No loss is above or below this here.
_MOST = 10_000

_OPENING: dict[str, Any] = {
    "classes": 100,
    "loss": 3.66,
    "printed": "number",
    "first": 4.6,
    "val_loss": 3.68,
    "accuracy": 0.98,
    "val_accuracy": 0.96,
    "largest": 0.01,
    "known": (1, 1, 0, 1, 0, 0),
    "dtype": "float32",
    "weighted": False,
    "smoothing": 0,
}
_TEN: dict[str, Any] = _OPENING | {
    "classes": 10,
    "loss": 1.511,
    "first": 2.3,
    "val_loss": 1.53,
    "accuracy": 0.95,
    "val_accuracy": 0.93,
    "largest": 0.1,
}
_PAIR = landmarks.least_accuracy(0.2, 10, 0)
_HONEST = landmarks.honest_loss(0.9, 10, 0)
_RARE = landmarks.shared(0.99, 2)


class LossClinic(Explorer):
    """What does this loss say, and what should be checked first?

    The readings of a training run: the number of ``classes``, the ``first`` loss, the ``loss``
    now and that of validation data (``val_loss``), the ``accuracy`` of both, the share of the
    commonest class (``largest``; the others share the rest evenly). ``known`` has a 1 for
    each of the last six that is known, in the order first, loss, val_loss, accuracy,
    val_accuracy, largest. ``printed`` is what the loss shows, if that is no number.
    ``weighted`` says that the loss has class weights, ``smoothing`` is the ε of its labels.

    Examples
    --------
    >>> explorer = LossClinic(classes=10, loss=0.2, accuracy=0.5)
    >>> numbers = explorer.readout()
    >>> numbers["symptoms"][0], round(numbers["least_accuracy"], 6)
    ('lower-than-possible', 0.711461)
    >>> LossClinic(known=[1, 0])
    Traceback (most recent call last):
    ...
    ce_lib.explorers.state.StateError: known: expected 6 numbers, got [1, 0]

    In a notebook ``explorer`` as the last line of a cell shows it; `ce_lib.diagnose` gives all
    causes, and takes what no slider has: shares of each class, class weights, messages.
    """

    name = "loss-clinic"
    room = (62.9, 88.4)
    question = "What does this loss say, and what should be checked first?"

    classes = Whole(_OPENING["classes"], low=2, high=1_000_000)
    loss = Number(_OPENING["loss"], low=-_MOST, high=_MOST)
    printed = Choice("number", "nan", "inf")
    first = Number(_OPENING["first"], low=-_MOST, high=_MOST)
    val_loss = Number(_OPENING["val_loss"], low=-_MOST, high=_MOST)
    accuracy = Number(_OPENING["accuracy"], low=0, high=1)
    val_accuracy = Number(_OPENING["val_accuracy"], low=0, high=1)
    largest = Number(_OPENING["largest"], low=0, high=1)
    known = Wholes(_OPENING["known"], low=0, high=1, shortest=6, longest=6)
    dtype = Choice("float32", "float64", "float16", "bfloat16")
    weighted = Flag(False)
    smoothing = Number(0, low=0, high=1)

    words = {"unknown": "not known", "nothing": "Nothing of this is a symptom."}
    constants = {
        "readings": READINGS,
        "class_counts": _COUNTS,
        "limits": LIMITS,
        "verdicts": VERDICTS,
        "symptoms": {
            name: [VERDICTS.index(one.verdict), one.says]
            for name, one in symptoms().items()
            if one.rule
        },
    }
    quantities = {
        "chance": Quantity("ln K, nothing known", "nats"),
        "price": Quantity("what the class shares cost", "nats"),
        "twice_floor": Quantity("softmax twice, at best", "nats"),
        "least_loss": Quantity("least loss at this accuracy", "nats"),
        "least_accuracy": Quantity("least accuracy at this loss", form="percent"),
        "honest_loss": Quantity("honest loss, this accuracy said each time", "nats"),
        "miss": Quantity("a miss costs at most, on average", "nats"),
        "scatter": Quantity("deviation s of the first logits"),
        "floor": Quantity("floor of the labels", "nats"),
        "symptoms": Quantity("name of the symptom"),
        "verdicts": Quantity("verdict"),
        "findings": Quantity("what the numbers say"),
    }
    try_this = (
        TryThis(
            "Nearly all right, and stuck",
            _TEN,
            "Ten classes, 95 % right, and the loss stays at 1.511. Behind a softmax "
            "too many it "
            f"cannot fall below {computed(landmarks.twice_floor(10))}.",
        ),
        TryThis(
            "0.693 for ever",
            _TEN | {"classes": 2, "first": 0.693, "loss": 0.693, "accuracy": 0.5},
            "Yes or no, and after an hour still what a coin costs: no signal comes "
            "through.",
        ),
        TryThis(
            "A first loss of 14.2",
            _TEN | {"classes": 50257, "first": 14.2, "known": (1, 0, 0, 0, 0, 0)},
            f"The first logits scatter by {plain(landmarks.scatter(14.2, 50257), 3)}. "
            f"Fresh ones "
            f"should cost ln 50,257 = {computed(landmarks.chance(50257))}.",
        ),
        TryThis(
            "Nine in ten right, and dear",
            _TEN | {"loss": 0.9, "accuracy": 0.9},
            "Were the hits free, a miss would cost 9 nats. To say 90 % each time would "
            "cost "
            f"{computed(_HONEST)}: its sureness is worth less than nothing.",
        ),
        TryThis(
            "Half right, at 0.2",
            _TEN | {"loss": 0.2, "accuracy": 0.5},
            "Impossible: a miss costs at least ln 2. Such a loss needs "
            f"{percent(_PAIR)} right. These are no plain loss and accuracy of the same "
            "cases.",
        ),
        TryThis(
            "0.056, and rarely wrong",
            _TEN
            | {
                "classes": 2,
                "first": 0.69,
                "loss": 0.056,
                "accuracy": 0.99,
                "largest": 0.99,
                "known": (1, 1, 0, 1, 0, 1),
            },
            "One case in a hundred is a yes. Always saying no is right as often, and "
            "costs "
            f"{computed(_RARE)}: the model is worth nothing yet.",
        ),
        TryThis(
            "Below 0",
            _TEN
            | {
                "classes": 2,
                "first": 0.693,
                "loss": -1980,
                "known": (1, 1, 0, 0, 0, 0),
            },
            "No probability is above 1, so no −ln q is below 0. For yes or no it is "
            "usually a target outside 0 and 1: a mask of 0 and 255.",
        ),
    )

    @classmethod
    def gallery(cls) -> Gallery:
        return Gallery(
            "What does this loss say, and what should be checked first?",
            (
                "Puts the numbers of a training run beside what losses mean, and says "
                "what they tell: what cannot be, what is broken, and what is as it "
                "should be."
            ),
            (
                cls.at("Half right at a loss of 0.2", loss=0.2, accuracy=0.5)
                + ": the two do not go together.",
                cls.at(
                    "A first loss of 14.2 with 50,257 tokens",
                    classes=50257,
                    first=14.2,
                    known=(1, 0, 0, 0, 0, 0),
                )
                + ": how far do the first logits scatter?",
                cls.at(
                    "A loss of 0.056 where one in a hundred is a yes",
                    classes=2,
                    first=0.69,
                    loss=0.056,
                    accuracy=0.99,
                    largest=0.99,
                    known=(1, 1, 0, 1, 0, 1),
                )
                + ": small, and worth nothing.",
                cls.at(
                    "Validation below training",
                    loss=0.5,
                    accuracy=0.85,
                    val_loss=0.4,
                    val_accuracy=0.87,
                    known=(1, 1, 1, 1, 1, 0),
                )
                + ": no wonder, if one of the two has dropout.",
            ),
        )

    def readout(self) -> dict[str, Value]:
        run = self.run()
        findings = of(run)
        told = {
            "price": run.price,
            **self._beside_accuracy(run),
            "scatter": None
            if run.first is None
            else landmarks.scatter(run.first, self.classes),
        }
        return {
            "chance": landmarks.chance(self.classes),
            "twice_floor": landmarks.twice_floor(self.classes),
            "floor": landmarks.smoothed_floor(self.classes, self.smoothing),
            **{
                name: self.words["unknown"] if value is None else value
                for name, value in told.items()
            },
            "symptoms": tuple(finding.symptom for finding in findings),
            "verdicts": tuple(finding.verdict for finding in findings),
            "findings": tuple(finding.sentence for finding in findings),
        }

    def _beside_accuracy(self, run: Run) -> dict[str, float | None]:
        """What the accuracy says of the training loss, None where one is not known."""
        pair = next((pair for pair in run.pairs() if pair.which == "training"), None)
        if pair is None:
            return dict.fromkeys(
                ("least_loss", "least_accuracy", "honest_loss", "miss")
            )
        one = self.classes, self.smoothing
        return {
            "least_loss": landmarks.least_loss(pair.accuracy, *one),
            "least_accuracy": landmarks.least_accuracy(pair.loss, *one),
            "honest_loss": landmarks.honest_loss(pair.accuracy, *one),
            "miss": None if pair.accuracy == 1 else pair.loss / (1 - pair.accuracy),
        }

    def run(self) -> Run:
        """Return the readings, with None for what is not known."""
        told = {
            name: getattr(self, name) if is_known else None
            for name, is_known in zip(READINGS, self.known, strict=True)
        }
        if self.printed != "number":
            told["loss"] = math.nan if self.printed == "nan" else math.inf
        largest = told.pop("largest")
        price = commonest = None
        if largest is not None:
            commonest = max(largest, (1 - largest) / (self.classes - 1))
            if not self.weighted:  # then other shares count, and nobody said which
                price = landmarks.shared(largest, self.classes)
        return Run(
            classes=self.classes,
            price=price,
            largest=commonest,
            dtype=self.dtype,
            weighted=self.weighted,
            smoothing=self.smoothing,
            **told,
        )
