"""All symptoms that the clinic knows, in groups, with their causes: its page comes of them."""

from ce_lib.clinic._symptom import Cause, Group, Symptom, groups, symptoms

__all__ = ["Cause", "Group", "Symptom", "groups", "symptoms"]
