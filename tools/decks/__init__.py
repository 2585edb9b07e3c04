"""The slides of a chapter: which parts of its page stand on them, and in which templates."""
