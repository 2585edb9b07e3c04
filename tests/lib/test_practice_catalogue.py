"""Exercises are found where they stand, and computed only when they are asked for."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from code_as_prose import as_prose

from ce_lib._backticks import pieces
from ce_lib.explorers import REGISTRY
from ce_lib.practice.catalogue import (
    CODE,
    EXERCISES,
    GUESSES,
    QUESTIONS,
    known_mistakes,
)
from ce_lib.practice.define import texts
from ce_lib.practice.guess import Drawn

ROOT = Path(__file__).resolve().parents[2]

#: Makes every function of the library, training and worlds refuse to compute.
REFUSE = """
import inspect, sys
import ce_lib, ce_lib.genres, ce_lib.models

def refuse(*args, **kwargs):
    raise AssertionError("something was computed")

for name, module in list(sys.modules.items()):
    if name.startswith("ce_lib.") and not name.startswith("ce_lib.practice"):
        for part, value in list(vars(module).items()):
            if inspect.isfunction(value) and not part.startswith("_"):
                setattr(module, part, refuse)
ce_lib.models.SoftmaxRegression.fit = refuse
ce_lib.genres.GenreWorld.__init__ = refuse
"""

FILE = '''\
"""A page that is not in the book."""

from ce_lib.practice.define import Fields, Options, exercise, question
from ce_lib.practice.exercise import Number, Option


@exercise("Half")
def exercise_half() -> Fields:
    yield Number(name="half", label="Half", answer=0.5)


@question("What is half of one?", answer="half")
def bet_half() -> Options:
    yield Option("half", "0.5", "Half.")
'''


def python(code: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter, with a folder of more content files."""
    more = f"import ce_lib.practice.content as c; c.__path__.append({str(folder)!r})\n"
    return subprocess.run(
        [sys.executable, "-c", (more if folder else "") + code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_finding_the_exercises_computes_and_prints_nothing() -> None:
    run = python(
        f"{REFUSE}\n"
        "from ce_lib.practice import check\n"
        "from ce_lib.practice.catalogue import CODE, EXERCISES, QUESTIONS\n"
        "assert list(CODE) and list(QUESTIONS) and 'exercise-jazz' in list(EXERCISES)\n"
        "loaded = {'matplotlib', 'anywidget', 'scipy', 'sklearn'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_computing_would_be_noticed() -> None:
    run = python(
        f"{REFUSE}\nfrom ce_lib.practice import check\ncheck('exercise-jazz.nats', 1)"
    )
    assert "something was computed" in run.stderr


def test_no_answer_shows_how_its_training_goes() -> None:
    """Else a check prints a line of progress where the machine is slow."""
    run = python(
        "from ce_lib.models.progress import ProgressLine\n"
        "ProgressLine.show = lambda line, *_: line.wanted and print('a line')\n"
        "from ce_lib.practice.catalogue import EXERCISES, GUESSES, QUESTIONS\n"
        "for shelf in (EXERCISES, GUESSES, QUESTIONS):\n"
        "    list(shelf.values())\n"
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_an_exercise_pays_for_itself_alone() -> None:
    run = python(
        "import ce_lib.models, ce_lib.genres\n"
        "ce_lib.models.SoftmaxRegression.fit = None\n"
        "ce_lib.genres.GenreWorld.__init__ = None\n"
        "from ce_lib.practice import check\n"
        "assert check('exercise-jazz.nats', 1.204)\n"
        "assert check('lab-code-lengths', [1, 2, 3, 3])\n"
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_a_new_file_needs_no_other_edit(tmp_path: Path) -> None:
    (tmp_path / "zero_and_one.py").write_text(FILE)
    run = python(
        "from ce_lib.practice import check\n"
        "from ce_lib.practice.catalogue import EXERCISES, QUESTIONS\n"
        "print(bool(check('exercise-half', '0.500')), EXERCISES.page('exercise-half'))\n"
        "print(QUESTIONS['bet-half'].index, QUESTIONS.page('bet-half'))",
        tmp_path,
    )
    assert run.stdout.split("\n")[:2] == ["True zero-and-one", "0 zero-and-one"]


def test_an_id_defined_twice_names_both_files(tmp_path: Path) -> None:
    one, two = tmp_path / "one.py", tmp_path / "two.py"
    one.write_text(FILE)
    two.write_text(FILE)
    run = python("import ce_lib.practice as p; p.check('exercise-half')", tmp_path)
    assert f"exercise-half is defined twice: in {one} and in {two}" in run.stderr


@pytest.mark.parametrize("shelf", [EXERCISES, QUESTIONS, GUESSES, CODE])
def test_a_definition_knows_its_own_id(shelf) -> None:
    assert all(id == definition.id for id, definition in shelf.items())


@pytest.mark.parametrize("shelf", [EXERCISES, QUESTIONS, GUESSES, CODE])
def test_what_is_defined_stands_on_its_page(shelf) -> None:
    for id in shelf:
        name = shelf.page(id)
        pages = [ROOT / f"chapters/{name}.md", ROOT / f"notebooks/{name}.ipynb"]
        text = "".join(page.read_text("utf-8") for page in pages if page.exists())
        assert re.search(rf"(?<![\w-]){id}(?![\w-])", text), f"{id}: not on {name}"


@pytest.mark.parametrize("shelf", [EXERCISES, QUESTIONS, GUESSES, CODE])
def test_no_code_stands_as_prose(shelf) -> None:
    found = {
        f"{id}: {text}"
        for id, definition in shelf.items()
        for text in texts(definition)
        if as_prose(text)
    }
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "What does kl_div take?",
        "It is z.detach() that counts.",
        "with reduction='mean'",
        "Take q[y].",
        "np.log is natural",
        "What BCELoss takes",
    ],
)
def test_code_that_stood_as_prose_would_be_found(text: str) -> None:
    assert as_prose(text)
    assert not as_prose(f"`{text}`")


@pytest.mark.parametrize("shelf", [EXERCISES, QUESTIONS, GUESSES, CODE])
def test_code_can_be_typed_as_it_stands(shelf) -> None:
    found = {
        code
        for definition in shelf.values()
        for text in texts(definition)
        for code in pieces(text)[1::2]
        if not code.isascii()
    }
    assert not found


def test_no_code_stands_in_a_picture_which_cannot_show_it() -> None:
    for guess in GUESSES.values():
        if isinstance(drawn := guess.asked, Drawn):
            painted = (drawn.x, drawn.y, drawn.marks, drawn.shown)
            assert "`" not in "".join(texts(painted))


def in_the_book(show: str) -> bool:
    """Whether an explorer stands on a page, and can be in a state."""
    page, _, link = show.partition("#")
    name, _, state = link.partition("?")
    text = (ROOT / f"chapters/{page}.md").read_text("utf-8")
    REGISTRY[name].from_link(state)  # refuses what it cannot show
    return f"\n{REGISTRY[name].__name__}(" in text


@pytest.mark.parametrize("shelf", [EXERCISES, CODE])
def test_what_a_teacher_is_to_show_is_in_the_book(shelf) -> None:
    shows = [definition.show for definition in shelf.values() if definition.show]
    assert shows
    assert [show for show in shows if not in_the_book(show)] == []


def test_a_picture_that_is_not_in_the_book_would_be_found() -> None:
    assert not in_the_book("calibration#loss-curve?q=0.5")
    with pytest.raises(ValueError, match="expected a number"):
        in_the_book("log-curve#loss-curve?q=2")


def test_the_mistakes_that_most_exercises_know_come_first() -> None:
    known = known_mistakes()
    spread = [len({id for id, _ in found}) for found in known.values()]
    assert spread == sorted(spread, reverse=True)
    numeric = [
        f for e in EXERCISES.values() for f in e.fields if hasattr(f, "mistakes")
    ]
    assert sum(map(len, known.values())) == sum(len(f.mistakes) for f in numeric)
    for name, found in known.items():
        for id, mistake in found:
            own = [m for f in EXERCISES[id].fields for m in getattr(f, "mistakes", ())]
            assert mistake.name == name
            assert any(mistake is each for each in own)
