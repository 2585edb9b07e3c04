"""Where the numbers break: one loss, four ways to compute it, four number formats."""

import math
from typing import Any

from traitlets import validate

from ce_lib import genres
from ce_lib._formats import FORMATS
from ce_lib.explorers.base import Explorer, Gallery, Quantity, TryThis, Value
from ce_lib.explorers.formats import (
    EVENTS,
    STEPS,
    TOLERANCE,
    TROUBLE,
    WAYS,
    run,
)
from ce_lib.explorers.state import Choice, StateError, Vector, Whole
from ce_lib.losses import softmax_cross_entropy


def _first_lost(name: str) -> int:
    """Return the first whole lead over one rival that vanishes beside 1."""
    return math.ceil(-math.log(FORMATS[name].lost_beside_one))


_SHORT, _LONG = _first_lost("bfloat16"), _first_lost("float32")


class NumberFormats(Explorer):
    """Where do the numbers break?

    The state is two to four logits, the index of the true genre (``target``), the
    number format every step is rounded to (``format``; storage and accumulator are one
    here, unlike in most GPU kernels, which add in float32), and the ``way`` whose steps
    the picture shows. All four ways are computed in any case.

    Examples
    --------
    >>> explorer = NumberFormats(logits=[17, 0], target=0, format="float32")
    >>> numbers = explorer.readout()
    >>> numbers["loss_log_softmax"], numbers["trouble_log_softmax"]
    (0.0, 'rounding in the sum')
    >>> f"{numbers['true_loss']:.5e}"
    '4.13994e-08'
    >>> explorer.logits = [16, 0]
    >>> f"{explorer.readout()['loss_log_softmax']:.3g}"
    '1.19e-07'
    >>> explorer.target = 2
    Traceback (most recent call last):
    ce_lib.explorers.state.StateError: target: expected a class from 0 to 1, got 2

    In a notebook ``explorer`` as the last line of a cell shows it, and
    ``explorer.observe(lambda change: print(change.new), "logits")`` calls your own
    code whenever a hand moves a logit.
    """

    name = "number-formats"
    room = (40, 56.8)
    question = "Where do the numbers break?"
    entries = genres.GENRES

    logits = Vector([1000, 1001, 999], low=-2000, high=2000, shortest=2, longest=4)
    target = Whole(genres.TRUE_GENRE, low=0, high=3)
    format = Choice("float32", "float16", "bfloat16", "float64")
    way = Choice("naive", "shifted", "log_softmax", "log1p")

    quantities = {
        "true_loss": Quantity("the true loss", "nats", "exact"),
        "loss_naive": Quantity("naive", "nats", "exact"),
        "loss_shifted": Quantity("shifted softmax", "nats", "exact"),
        "loss_log_softmax": Quantity("log-softmax", "nats", "exact"),
        "loss_log1p": Quantity("`log1p`", "nats", "exact"),
        "trouble_naive": Quantity("first trouble, naive"),
        "trouble_shifted": Quantity("first trouble, shifted softmax"),
        "trouble_log_softmax": Quantity("first trouble, log-softmax"),
        "trouble_log1p": Quantity("first trouble, `log1p`"),
        "overflow_above": Quantity("exp z overflows above z ="),
        "zero_below": Quantity("exp z is 0 below z ="),
        "lost_beside_one": Quantity("lost when added to 1: anything up to"),
        "sum_exp_z": Quantity("Σ exp z", form="exact"),
        "sum_exp_d": Quantity("Σ exp d", form="exact"),
        "log_sum": Quantity("log Σ exp d", form="exact"),
        "rest": Quantity("the rest: Σ exp d without the largest", form="exact"),
        "log1p_rest": Quantity("`log1p(rest)`", form="exact"),
        "z": Quantity("z, as stored", form="plain"),
        "exp_z": Quantity("exp z", form="exact"),
        "q_naive": Quantity("q = exp z ⁄ Σ", form="exact"),
        "d": Quantity("d = z − max z", form="plain"),
        "exp_d": Quantity("exp d", form="exact"),
        "q_shifted": Quantity("q = exp d ⁄ Σ", form="exact"),
        "log_q": Quantity("log q = d − log Σ", form="exact"),
    }
    words = {
        **EVENTS,
        **TROUBLE,
        **{f"step_{step}": name for step, name in STEPS.items()},
        "a_class": "a class from 0 to {last}",
    }
    constants = {
        "tolerance": TOLERANCE,
        "formats": {
            name: {"bits": form.bits, "emax": form.emax}
            for name, form in FORMATS.items()
        },
        "ways": {way: list(steps) for way, steps in WAYS.items()},
    }
    try_this = (
        TryThis(
            "Logits of a thousand",
            {
                "logits": [1000, 1001, 999],
                "target": 0,
                "format": "float32",
                "way": "naive",
            },
            "exp z overflows, and ∞/∞ is not a number. Subtract the largest logit first, "
            "and nothing breaks.",
        ),
        TryThis(
            "A truth far behind",
            {"logits": [104, 0, 0], "target": 1, "format": "float32", "way": "shifted"},
            "The shift is not enough: the truth’s share underflows to 0, and −log 0 is ∞. "
            "Log-softmax never forms that share.",
        ),
        TryThis(
            f"A lead of {_LONG}",
            {"logits": [17, 0], "target": 0, "format": "float32", "way": "log_softmax"},
            "Added to 1, the rest vanishes. The loss prints 0, and so does dL/dz of the "
            "truth, q − 1; only `log1p` keeps it. The rival’s dL/dz is its q, and stays.",
        ),
        TryThis(
            f"A lead of {_SHORT} in two bytes",
            {
                "logits": [_SHORT, 0],
                "target": 0,
                "format": "bfloat16",
                "way": "log_softmax",
            },
            "Here every step is rounded to the format, as PyTorch does on a CPU. GPU "
            "kernels store bfloat16 and add in float32: there the loss prints 0 from "
            f"{_LONG} on.",
        ),
        TryThis(
            "A lead of 100 in float64",
            {
                "logits": [100, 0, 0],
                "target": 0,
                "format": "float64",
                "way": "log_softmax",
            },
            "More digits move the edge, they do not remove it: three ways print 0.",
        ),
    )

    @validate("target", "logits")
    def _target_is_a_class(self, proposal: Any) -> Any:
        state = self.state | {proposal["trait"].name: proposal["value"]}
        last = len(state["logits"]) - 1
        if state["target"] > last:
            expected = self.words["a_class"].format(last=last)
            raise StateError(f"target: expected {expected}, got {state['target']}")
        return proposal["value"]

    @classmethod
    def gallery(cls) -> Gallery:
        return Gallery(
            "Where do the numbers break?",
            (
                "Before you write a loss yourself: the same one computed four ways, "
                "in four number formats, until something breaks."
            ),
            (
                cls.at(
                    "The truth far behind",
                    logits=[104, 0, 0],
                    target=1,
                    format="float32",
                    way="shifted",
                )
                + (
                    ": its share becomes 0 and the loss ∞, although the true loss is an "
                    "ordinary number."
                ),
                cls.at(
                    f"A lead of {_LONG}",
                    logits=[17, 0],
                    target=0,
                    format="float32",
                    way="log_softmax",
                )
                + ": three ways print 0. "
                + cls.at(
                    "The fourth",
                    logits=[17, 0],
                    target=0,
                    format="float32",
                    way="log1p",
                )
                + " keeps the loss.",
                cls.at(
                    "A lead of 100 in float64",
                    logits=[100, 0, 0],
                    target=0,
                    format="float64",
                    way="log_softmax",
                )
                + " prints 0 for a loss that is not.",
                cls.at(
                    "Lost before the start",
                    logits=[1000, 1001, 999],
                    target=0,
                    format="bfloat16",
                    way="log1p",
                )
                + ": storing the logits took the digits, and no way brings them back.",
            ),
        )

    def readout(self) -> dict[str, Value]:
        true_loss = float(softmax_cross_entropy(self.logits, self.target))
        values, troubles = run(self.logits, self.target, self.format, true_loss)
        form = FORMATS[self.format]
        steps = {
            key: tuple(column) if len(column) > 1 else column[0]
            for key, column in values.items()
        }
        facts = {
            "true_loss": true_loss,
            "overflow_above": form.overflow_above,
            "zero_below": form.zero_below,
            "lost_beside_one": form.lost_beside_one,
        }
        words = {f"trouble_{way}": word for way, word in troubles.items()}
        everything: dict[str, Value] = {**facts, **steps, **words}
        return {key: everything[key] for key in self.quantities}
