"""A class as one forecaster: what its records of bets say together.

`questions` knows every bet of the book and its place, `class_records` who bet what. `room`
does the sums, `drawing` draws, `report` shows both on a page and as tables. `slides` puts
each bet on a page of its own.
"""
