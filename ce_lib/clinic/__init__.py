"""What is wrong with this loss? A clinic for the numbers of a training run.

`diagnose` takes what a person can read off a run, or a message, and says what it means, what
may be behind it, and which check decides.

A symptom is a rule, or a complaint in words, in ``symptoms``, with its causes; it is found by
being there. The book's page of the clinic is written from the same source.
"""

from ce_lib.clinic._diagnose import diagnose
from ce_lib.clinic._report import ClinicReport

__all__ = ["ClinicReport", "diagnose"]
