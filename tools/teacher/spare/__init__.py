"""Two exercises for each chapter, in a file of its name, that stand on no page."""
