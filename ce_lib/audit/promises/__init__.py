"""What is promised: a sentence and its claims each, found by being here."""
