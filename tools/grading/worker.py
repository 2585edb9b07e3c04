"""Grade one hand-in, in a process of its own.

    python tools/grading/worker.py JOB

JOB is a JSON file with what `Job` holds. The outcome is written beside it, as JSON with
what `Outcome` holds, and anew after every check: whatever ends this process, what was
reached by then is kept.
"""

import ast
import contextlib
import io
import json
import os
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

import nbformat  # noqa: E402

from ce_lib import GenreWorld  # noqa: E402
from ce_lib.practice.tournament import Leaderboard  # noqa: E402
from grading import repeat  # noqa: E402
from grading.kernel import Kernel, Limits, Stopped, took_too_long  # noqa: E402
from grading.lab import KERNEL, Part, parts, possible  # noqa: E402
from grading.notebook import NotANotebook, cells  # noqa: E402
from grading.restore import Step, restored  # noqa: E402

#: The cell of a tournament that makes the songs to come.
SONGS = "songs"


@dataclass
class Job:
    """What to grade, and how."""

    file: str
    lab: str  #: the path of its source
    executed: str  #: where the executed notebook goes
    shut_off: bool  #: behind bubblewrap
    limits: dict[str, float]
    songs: int  #: the seed of those that a tournament is scored on


@dataclass
class Outcome:
    """What came of it."""

    points: dict[str, float] = field(default_factory=dict)  #: by check
    said: dict[str, repeat.Said] = field(default_factory=dict)  #: by check
    trouble: str = ""  #: why nothing could be graded
    flags: list[str] = field(
        default_factory=list
    )  #: checks that only a kernel calls right
    remarks: list[str] = field(default_factory=list)
    board: list[dict[str, Any]] = field(default_factory=list)  #: rows of the tournament
    late: bool = False  #: whether the clock ended anything


class Worker:
    def __init__(self, job: Job, out: Path) -> None:
        self.job, self.out, self.outcome = job, out, Outcome()
        self.parts = parts(Path(job.lab))

    def grade(self) -> None:
        try:
            held = cells(Path(self.job.file))
        except NotANotebook as problem:
            self.outcome.trouble = str(problem)
            return self.save()
        steps, put_back = restored(held, self.parts)
        self.outcome.points = dict.fromkeys(possible(Path(self.job.lab)), 0.0)
        if put_back:
            self.outcome.remarks.append(f"put back: {', '.join(put_back)}.")
        self.save()
        notebook = as_notebook(steps)
        with tempfile.TemporaryDirectory(
            prefix="lab-", dir=self.out.parent, ignore_cleanup_errors=True
        ) as own:
            kernel = Kernel(notebook, Path(own), Limits(**self.job.limits))  # type: ignore[arg-type]
            try:
                with kernel.running(self.job.shut_off):
                    for index, step in enumerate(steps):
                        self.step(kernel, index, step)
            except Stopped as why:
                reached = sum(
                    bool(cell.get("execution_count")) for cell in notebook.cells
                )
                text = f"stopped after {reached} cells: {why}."
                self.outcome.remarks.append(text)
            self.outcome.late = kernel.late
        self.save()
        nbformat.write(notebook, self.job.executed)

    def step(self, kernel: Kernel, index: int, step: Step) -> None:
        """Run one cell; repeat it out of reach if there is something to win in it."""
        if step.kind != "code" or not step.source.strip():
            return
        kernel.run(index)
        part, cell = step.part, kernel.client.nb.cells[index]
        if took_too_long(cell):
            name = part.name if part else f"[{cell.execution_count or ' '}]"
            self.outcome.remarks.append(f"{name} took too long.")
            return  # so would its repeat
        if part is None:
            return
        try:
            kernel.give_time()
            if part.points is not None:
                self.check(kernel, part, cell)
            elif "leaderboard(" in part.source and '"we"' in part.source:
                rows = board(part, self.parts, kernel.ask, self.job.songs)
                self.outcome.board = rows or self.outcome.board
        except repeat.NoAnswer:
            kernel.interrupt()
            self.outcome.remarks.append(f"The repeat of {part.name} took too long.")

    def check(self, kernel: Kernel, part: Part, cell: nbformat.NotebookNode) -> None:
        assert part.points is not None
        said, before = repeat.said(part, kernel.ask), self.outcome.said.get(part.name)
        if before is None or said.share > before.share:
            self.outcome.said[part.name] = said
            self.outcome.points[part.name] = round(said.share * part.points, 2)
        claimed = not any(o.output_type == "error" for o in cell.outputs)
        lost = claimed and said.share < 1 and not kernel.killed
        if lost and part.name not in self.outcome.flags:
            self.outcome.flags.append(part.name)
        self.save()

    def save(self) -> None:
        fresh = self.out.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self.outcome)), encoding="utf-8")
        os.replace(fresh, self.out)


def as_notebook(steps: list[Step]) -> nbformat.NotebookNode:
    """The notebook to run, with nothing of the student's in it but text."""
    make = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
    }
    made = []
    for step in steps:
        name = {"grade_id": step.part.name} if step.part else {}
        made.append(make[step.kind](step.source, metadata=name))
    return nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": KERNEL})


def board(
    part: Part, lab: tuple[Part, ...], ask: repeat.Ask, songs: int
) -> list[dict[str, Any]]:
    """The tournament's table, with the teacher's songs and rivals, and the student's functions.

    All that is the student's in it is what their functions return. The songs to come,
    ``X`` and ``y``, are others than in the notebook, where anybody can look them up.
    """
    space: dict[str, Any] = {"display": lambda *_: None}
    theirs = set()
    with contextlib.redirect_stdout(io.StringIO()):
        for earlier in lab[: lab.index(part)]:
            if earlier.kind == "code" and earlier.points is None:
                tree = ast.parse(earlier.source)
                exec(compile(tree, earlier.name, "exec"), space)
                if earlier.name == SONGS:
                    world = GenreWorld(seed=songs)
                    space["X"], space["y"] = world.sample(len(space["y"]))
                if earlier.solution:
                    theirs |= {
                        n.name for n in tree.body if isinstance(n, ast.FunctionDef)
                    }
    asked = sorted(theirs & set(repeat.free_names(part.source)))
    for name in asked:
        del space[name]  # the solution's: who wrote none has none
    try:
        space |= repeat.answers(asked, ask)
        shown = eval(compile(part.source, part.name, "eval"), space)
    except Exception:
        return []  # no forecast; the check below says why
    if not isinstance(shown, Leaderboard):
        return []
    return [asdict(row) for row in shown.rows]


if __name__ == "__main__":
    path = Path(sys.argv[1])
    told = Job(**json.loads(path.read_text(encoding="utf-8")))
    Worker(told, path.with_name("outcome.json")).grade()
