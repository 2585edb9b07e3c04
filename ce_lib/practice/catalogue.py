"""Every exercise of the book by its id."""

from __future__ import annotations

from ce_lib.practice.code import CodeExercise
from ce_lib.practice.content import (
    brier_and_log_score,
    floor_and_excess,
    floor_plus_excess,
    forecasting_tournament,
    functions,
    genre_classifier,
    label_smoothing,
    log_curve,
    logsumexp,
    numerics_bug_hunt,
    questions,
    self_check,
    softmax_gradient,
    squared_error,
    surprise_and_cross_entropy,
)
from ce_lib.practice.exercise import Exercise
from ce_lib.practice.quiz import Question

_CHAPTERS = (
    genre_classifier,
    surprise_and_cross_entropy,
    floor_plus_excess,
    log_curve,
    softmax_gradient,
    squared_error,
    brier_and_log_score,
    logsumexp,
    label_smoothing,
)

_LABS = (floor_and_excess, forecasting_tournament, numerics_bug_hunt)

EXERCISES: dict[str, Exercise] = {
    exercise.id: exercise
    for chapter in (*_CHAPTERS, *_LABS)
    for exercise in chapter.EXERCISES
}

CODE: dict[str, CodeExercise] = {
    exercise.id: exercise
    for source in (functions, *_LABS)
    for exercise in source.FUNCTIONS
}

QUESTIONS: dict[str, Question] = {
    question.id: question for question in (*self_check.QUESTIONS, *questions.QUESTIONS)
}
