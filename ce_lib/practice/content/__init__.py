"""The exercises and questions, one file per chapter."""
