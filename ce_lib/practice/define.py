"""How a file of `content` says what it asks: one function each, run when first needed.

The name of the function is the id, with hyphens for underscores, and what it computes
is computed only when somebody asks for that exercise:

    @exercise("Two prices", hints=("Take −ln of each.",))
    def exercise_two_prices() -> Fields:
        nats = surprisal([0.5, 0.1])
        yield Vector(name="nats", label="In nats", labels=("0.5", "0.1"), answer=nats)

In every text code stands between backticks: "Give `z.argmax(1)` to it."
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from ce_lib.practice.code import CodeExercise, Task
from ce_lib.practice.exercise import Exercise, Field, Option
from ce_lib.practice.guess import Drawn, Guess, Spread, Typed
from ce_lib.practice.quiz import Question

Fields = Iterator[Field]
Options = Iterator[Option]

T = TypeVar("T", bound=Exercise | Question | Guess | CodeExercise)


class Definition(Generic[T]):
    """What one function of a content file defines.

    Attributes
    ----------
    id : str
        The function's name, with hyphens for underscores.
    module : str
        The content file that it stands in, as Python imports it.
    page : str
        The page that it belongs to: the file's name, with hyphens for underscores.
    kind : type
        `Exercise`, `Question`, `Guess` or `CodeExercise`.
    """

    def __init__(
        self, kind: type[T], function: Callable[[], object], make: Callable[[str], T]
    ) -> None:
        self.kind = kind
        self.id = function.__name__.replace("_", "-")
        self.module = function.__module__
        self.page = self.module.rpartition(".")[2].replace("_", "-")
        self._make = make

    @cached_property
    def value(self) -> T:
        """What is defined, computed when it is first asked for.

        Raises
        ------
        ValueError
            If code in one of its texts begins and does not end.
        """
        made = self._make(self.id)
        for text in texts(made):
            if text.count("`") % 2:
                raise ValueError(
                    f"{self.id}: expected two backticks around code: {text}"
                )
        return made


def texts(part: Any) -> Iterator[str]:
    """Everything that is written in what is defined, names too."""
    if isinstance(part, str):
        yield part
    elif is_dataclass(part):
        for field in fields(part):
            yield from texts(getattr(part, field.name))
    elif isinstance(part, (list, tuple)):
        for each in part:
            yield from texts(each)


def exercise(
    prompt: str, hints: Sequence[str] = (), show: str = ""
) -> Callable[[Callable[[], Fields]], Definition[Exercise]]:
    """Define an exercise by a function that yields its fields, in their order.

    For ``show`` see `Exercise`.
    """

    def wrap(fields: Callable[[], Fields]) -> Definition[Exercise]:
        return Definition(
            Exercise,
            fields,
            lambda id: Exercise(id, prompt, tuple(fields()), hints, show),
        )

    return wrap


def question(
    prompt: str, answer: str, *, priced: bool = True
) -> Callable[[Callable[[], Options]], Definition[Question]]:
    """Define a question to bet on by a function that yields its options.

    ``answer`` is the key of the right one; for ``priced`` see `Question`.
    """

    def wrap(options: Callable[[], Options]) -> Definition[Question]:
        return Definition(
            Question,
            options,
            lambda id: Question(id, prompt, answer, tuple(options()), priced),
        )

    return wrap


def guess(
    prompt: str,
) -> Callable[[Callable[[], Typed | Drawn | Spread]], Definition[Guess]]:
    """Define the question that opens a chapter by a function that returns what is asked.

    A file has one at most, and its page's name is the end of its id: ``guess-log-curve``.
    """

    def wrap(asked: Callable[[], Typed | Drawn | Spread]) -> Definition[Guess]:
        return Definition(Guess, asked, lambda id: Guess(id, prompt, asked()))

    return wrap


def code_exercise(
    prompt: str, hints: Sequence[str] = (), show: str = ""
) -> Callable[[Callable[[], Task]], Definition[CodeExercise]]:
    """Define a function to write by a function that returns how it is tried.

    For ``show`` see `Exercise`.
    """

    def wrap(task: Callable[[], Task]) -> Definition[CodeExercise]:
        return Definition(
            CodeExercise, task, lambda id: CodeExercise(id, prompt, task(), hints, show)
        )

    return wrap
