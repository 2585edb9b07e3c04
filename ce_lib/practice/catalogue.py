"""Every exercise of the book by its id."""

from __future__ import annotations

from ce_lib.practice.chapters import functions, log_curve
from ce_lib.practice.code import CodeExercise
from ce_lib.practice.exercise import Exercise

_CHAPTERS = (log_curve,)

EXERCISES: dict[str, Exercise] = {
    exercise.id: exercise for chapter in _CHAPTERS for exercise in chapter.EXERCISES
}

CODE: dict[str, CodeExercise] = {
    exercise.id: exercise for exercise in functions.FUNCTIONS
}
