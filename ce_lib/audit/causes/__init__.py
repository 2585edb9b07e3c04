"""Known faults, each a small loss that has it; found by being here."""
