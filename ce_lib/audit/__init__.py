"""Does your loss tell the truth? An audit of any cross-entropy.

It asks the loss for values and gradients over rows and batches that hurt, holds them against
the library's own, and says what is wrong, at which input, and what usually causes it. In a
terminal: ``python -m ce_lib.audit module:function``.

A promise is a function in ``promises`` that yields claims; a known fault is a small faulty
loss in ``causes``. Both are found by being there.
"""

from ce_lib.audit._audit import audit_loss
from ce_lib.audit._report import AuditReport

__all__ = ["AuditReport", "audit_loss"]
