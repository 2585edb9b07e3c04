"""The loss clinic."""

from __future__ import annotations

from ce_lib.clinic import diagnose
from ce_lib.practice.define import guess
from ce_lib.practice.exercise import Option
from ce_lib.practice.guess import Spread

#: Numbers that are given, not computed.
GIVEN = (3.66, 4.6)


@guess(
    "A hundred classes. The loss began at 4.6 nats, fell to 3.66, and does not move "
    "any more. Of the answers, 98 in 100 are right. What would you check first?"
)
def guess_loss_clinic() -> Spread:
    finding = diagnose(
        num_classes=100, first_loss=4.6, loss=3.66, accuracy=0.98
    ).findings[0]
    return Spread(
        answer="softmax",
        told=f"Whether a softmax stands before the loss. {finding.sentence}",
        options=(
            Option(
                "rate",
                "The learning rate",
                "It has learned: 98 in 100 are right. A rate that is too small would "
                "leave accuracy behind, too.",
            ),
            Option(
                "softmax",
                "What the model’s last layer is",
                "A loss that has a softmax inside, behind one more, cannot show that "
                "it is sure.",
            ),
            Option(
                "labels",
                "Whether some labels are wrong",
                "Wrong labels cost much where the model is sure. They do not stop the "
                "loss of the right ones.",
            ),
            Option(
                "size",
                "Whether the model is too small",
                "A small model would make more mistakes.",
            ),
        ),
    )
