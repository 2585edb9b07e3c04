"""What is asked: one file per chapter or lab, named as its page, found by `catalogue`."""
