"""The loss clinic."""

from __future__ import annotations

from ce_lib.clinic import diagnose
from ce_lib.practice.define import guess
from ce_lib.practice.exercise import Option
from ce_lib.practice.guess import Spread

#: Numbers that are given, not computed.
GIVEN = (1.511, 2.3)


@guess(
    "Ten classes. The loss began at 2.3 nats, fell to 1.511, and does not move any "
    "more. Of the "
    "answers, 95 in 100 are right. What would you check first?"
)
def guess_loss_clinic() -> Spread:
    finding = diagnose(
        num_classes=10, first_loss=2.3, loss=1.511, accuracy=0.95
    ).findings[0]
    return Spread(
        answer="softmax",
        told=f"Whether a softmax stands before the loss. {finding.sentence}",
        options=(
            Option(
                "rate",
                "The learning rate",
                "It has learned: 95 in 100 are right. A rate that is too small would "
                "leave "
                "accuracy behind, too.",
            ),
            Option(
                "softmax",
                "What the model's last layer is",
                "A loss that has a softmax inside, behind one more, cannot show that "
                "it is sure.",
            ),
            Option(
                "labels",
                "Whether some labels are wrong",
                "Wrong labels cost much where the model is sure. They do not stop the "
                "loss of "
                "the right ones.",
            ),
            Option(
                "size",
                "Whether the model is too small",
                "A small model would make more mistakes.",
            ),
        ),
    )
