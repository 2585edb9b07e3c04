"""Every exercise of the book by its id."""

from __future__ import annotations

from ce_lib.practice import labs
from ce_lib.practice.chapters import (
    brier,
    floor_plus_excess,
    functions,
    genre_classifier,
    log_curve,
    logsumexp,
    questions,
    self_check,
    smoothing,
    softmax_gradient,
    squared_error,
    surprise,
)
from ce_lib.practice.code import CodeExercise
from ce_lib.practice.exercise import Exercise
from ce_lib.practice.quiz import Question

_CHAPTERS = (
    genre_classifier,
    surprise,
    floor_plus_excess,
    log_curve,
    softmax_gradient,
    squared_error,
    brier,
    logsumexp,
    smoothing,
)

EXERCISES: dict[str, Exercise] = {
    exercise.id: exercise
    for chapter in (*_CHAPTERS, *labs.LABS)
    for exercise in chapter.EXERCISES
}

CODE: dict[str, CodeExercise] = {
    exercise.id: exercise
    for source in (functions, *labs.LABS)
    for exercise in source.FUNCTIONS
}

QUESTIONS: dict[str, Question] = {
    question.id: question for question in (*self_check.QUESTIONS, *questions.QUESTIONS)
}
