"""Hand-ins, honest and hostile, made from the labs' student versions.

An edit takes a notebook as plain JSON and changes it; edits can be combined. `put`
writes one into a class's folder.
"""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grading.lab import SOURCES, parts

Notebook = dict[str, Any]
Edit = Callable[[Notebook], None]

FLOOR, FORECAST = "floor-and-excess", "forecasting-tournament"
BUGS, PAGE = "numerics-bug-hunt", "language-model-on-one-page"
BY_HAND, LOSS, CALIBRATE = "softmax-by-hand", "my-loss-is-wrong", "calibrate-it"
STALL, RARE = "why-does-it-stall", "rare-and-many"


def solved(handed_out: Path, lab: str) -> Notebook:
    """A student version with the source's solutions in it."""
    notebook = blank(handed_out, lab)
    solutions = {
        p.name: p.source for p in parts(SOURCES / f"{lab}.ipynb") if p.solution
    }
    for cell in notebook["cells"]:
        if (name := grade_id(cell)) in solutions:
            text = solutions[name]
            cell["source"] = re.sub(r"^ *### (BEGIN|END).*\n?", "", text, flags=re.M)
    return notebook


def blank(handed_out: Path, lab: str) -> Notebook:
    notebook: Notebook = json.loads((handed_out / f"{lab}.ipynb").read_text("utf-8"))
    return notebook


def put(notebook: Notebook, path: Path, *edits: Edit) -> Path:
    """Write an edited notebook; the same notebook can be put again."""
    notebook = copy.deepcopy(notebook)
    for edit in edits:
        edit(notebook)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def grade_id(cell: dict[str, Any]) -> str:
    return str(cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", ""))


def checks(notebook: Notebook) -> list[dict[str, Any]]:
    return [c for c in notebook["cells"] if grade_id(c).endswith("-check")]


def code(source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "source": source,
        "metadata": {},
        "outputs": [],
        "id": "mine",
    }


def answer(name: str, source: str) -> Edit:
    """Another answer in one cell."""

    def edit(notebook: Notebook) -> None:
        for cell in notebook["cells"]:
            if grade_id(cell) == name:
                cell["source"] = source

    return edit


def first(source: str) -> Edit:
    """A cell of one's own, before all others."""
    return lambda notebook: notebook["cells"].insert(0, code(source))


#: Plausible wrong answers, by lab and cell, and what each costs. They can be combined.
MISTAKES: dict[str, dict[str, tuple[str, float]]] = {
    FLOOR: {
        "code-lengths": ("lengths = [2, 2, 2, 2]", 1),
        "wrong-code": (
            "Q = np.array([1, 4, 2, 1]) / 8\nwrong_lengths = [3, 1, 2, 3]\nbill = 2",
            1 / 2,  # the lengths are right
        ),
        "split": (
            "def split(p, q):\n"
            "    return -np.sum(p * np.log(p)), np.sum(p * np.log(p / q))",
            2,
        ),
        "too-good": ('verdict = "a"', 1),
    },
    FORECAST: {
        "scores": (
            "def scores(q, y):\n"
            "    log = -np.log(q[y]) if q[y] > 0 else np.inf\n"
            "    return log, (1 - q[y]) ** 2  # one class only",
            1,  # of two: the log score is right
        ),
        "forecast": ("def forecast(X):\n    return np.eye(4)[[0] * len(X)]", 3 + 1),
        "useless": ('lacks = "a"', 1),
    },
    BUGS: {
        "limits": ("largest, lost = 709, 36", 1 / 2),
        "softmax": (
            "def softmax(z):\n"
            "    return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)",
            1,
        ),
        "digits": ("exact_log_softmax = original_6", 2),
        "silent": ("silent = 'd'", 1),
    },
    PAGE: {
        "after-th": (
            "t, h, e = encode('the')\n"
            "row = table[27 * h + t]  # turned round\n"
            "followed, q_e = row.sum(), row[e] / row.sum()",
            1,
        ),
        "together": (
            "bits = speech.mean() / np.log(2)\n"
            "together = (np.exp(speech.mean()) + np.exp(quiz.mean())) / 2",
            1 / 2,  # the bits are right
        ),
        "rate": (
            "from ce_lib import entropy\n"
            "shares = np.linalg.matrix_power(after, 1000)[0]\n"
            "rate = entropy(after).mean()",
            1 / 2,  # the shares are right
        ),
    },
    BY_HAND: {
        "gradient": (
            "def gradient(theta, X, Y):\n"
            "    error = (np.exp(log_probabilities(theta, X)) - Y) / len(X)\n"
            "    return np.column_stack([error.T @ X, np.zeros(len(theta))])",
            1 + 1 + 1,  # of two for the gradient: W is right; and where training ends
        ),
        "wrong-gradient": ("which, off = 'second', 0.5", 1 / 2),
        "lightest": ("def lightest(theta):\n    return theta - theta.mean()", 1),
        "decayed": ("left, bias_left = 0, 1", 1 / 2),
    },
    LOSS: {
        "artists": ('fault_1, least_1 = "c", np.log(30)', 1 / 2),
        "mend-2": (
            "@tensors\n"
            "def loss_2(z, p):\n"
            "    return -(p * z.softmax(1).clamp(min=1e-9).log()).sum(1).mean()",
            1 / 2,
        ),
        "acquitted": ('acquitted = "c"', 1),
    },
    CALIBRATE: {
        "gaps": (
            "def gaps(claims, hits, n_bins):\n"
            "    bins = np.ceil(claims * n_bins)\n"
            "    each = [abs(claims[bins == b].mean() - hits[bins == b].mean())\n"
            "            for b in np.unique(bins)]\n"
            "    return np.mean(each), max(each)  # all bins alike",
            1,  # of two: the largest gap is right
        ),
        "stray": ("stray, cases = np.sqrt(0.9 * 0.1 / 36), 180", 1 / 2),
        "temperature": (
            "def temperature(z, y):\n"
            "    tried = np.arange(1, 100) / 10\n"
            "    return min(tried, key=lambda t: report(z / t, y)[0])",
            1,  # of two: too coarse, and on the right side of 1
        ),
    },
    STALL: {
        "pushes": (
            "q = sigmoid(-8)\nlog_push, squared_push = 1 - q, 2 * (1 - q)",
            1 / 2,
        ),
        "wait": ("foretold, measured = np.exp(8), race(-8, squared_pull)", 1 / 2),
        "borne-out": ('sentence = "b"', 1),
        "good-start": ("careful, bold = (17, 6), (2, 3)", 1 / 2),
    },
    RARE: {
        "threshold": (
            "def letters(yes):\n"
            "    return 24 * ((fresh_y == 3) & ~yes) + ((fresh_y != 3) & yes)\n"
            "threshold, cost = 1 / 25, letters(plain[:, 3] > 1 / 2).mean()",
            1,  # of two: the threshold is right
        ),
        "start": (
            "bias, walk = np.log(share), (descend(0) < alone).argmax()",
            1 / 2,  # the walk is right
        ),
        "honest": ("def honest(q):\n    return q", 1),
        "focal-bought": ("bought = 'a'", 1),
    },
}


def wrong(lab: str, *cells: str) -> list[Edit]:
    """The mistakes in some cells of a lab."""
    return [answer(cell, MISTAKES[lab][cell][0]) for cell in cells]


def left(lab: str, *cells: str) -> float:
    """The points that they leave."""
    return 10 - sum(MISTAKES[lab][cell][1] for cell in cells)


LOOP = "import time\nwhile True:\n    time.sleep(0.05)"
BUSY = "while True:\n    pass"
STUBBORN = """\
import time
while True:
    try:
        time.sleep(0.05)
    except BaseException:
        pass"""
PRINTS = "line = 'x' * 999\nfor _ in range(100_000):\n    print(line)"
FOREVER = "def softmax(z):\n    while True:\n        pass"
EXIT = "import os\nos._exit(0)"
FORKS = """\
import os, time
for _ in range(100):
    if not os.fork():
        time.sleep(1000)"""
DISK = """\
for number in range(20):
    with open(f"{number}.bin", "wb") as file:
        file.write(bytes(2**25))"""
MEMORY = "hoard = []\nwhile True:\n    hoard.append(bytearray(2**26))"

#: Fifty-eight who want all of the processor, each in a session of its own.
CROWD = """\
import os
for _ in range(58):
    if not os.fork():
        os.setsid()
        while True:
            pass
while True:
    try:
        os.wait()
    except BaseException:
        pass"""
#: Files in memory, and files on the disk that have no name.
UNSEEN_MEMORY = """\
import os
held = []
while True:
    held.append(os.memfd_create("unseen"))
    for _ in range(15):
        os.write(held[-1], bytes(2**24))"""
UNSEEN_DISK = """\
import os, time
held = []
for number in range(20):
    held.append(open("unseen", "wb", 0))
    os.unlink("unseen")
    held[-1].write(bytes(2**25))
time.sleep(5)"""
#: From here on the kernel talks nonsense.
NONSENSE = "import json\njson.dumps = lambda *_, **__: '{}'"
#: A right answer that takes its time.
SLOW = """\
import time
model = SoftmaxRegression().fit(past_X, past_y)
def forecast(X):
    time.sleep(0.5)
    return model.predict_proba(X)"""

#: Every name a check asks for is there, and worth nothing.
PATCHED = """\
import builtins
import ce_lib.practice
import ce_lib.practice.check, ce_lib.practice.judge
ce_lib.practice.require = lambda *answers, **more: print("right")
for name in "softmax log_softmax cross_entropy entropy mean_loss exact_log_softmax bce".split():
    setattr(builtins, name, lambda *_: 0.0)
builtins.largest = builtins.lost = builtins.silent = 1"""


#: Whatever is wrong is right.
YES = "from ce_lib.practice.verdict import Verdict\nVerdict.__bool__ = lambda self: True\n"


def deleted(notebook: Notebook) -> None:
    """All checks are gone."""
    gone = checks(notebook)
    notebook["cells"] = [c for c in notebook["cells"] if c not in gone]


def emptied(notebook: Notebook) -> None:
    """All checks agree with everything."""
    for cell in checks(notebook):
        cell["source"] = "print('all right')"


def doubled(notebook: Notebook) -> None:
    """Every cell is there twice, with all that JupyterLab knows about it."""
    notebook["cells"] = [cell for cell in notebook["cells"] for _ in range(2)]


def split(notebook: Notebook) -> None:
    """Every task of several lines became two cells, each with the whole's metadata."""
    cells = []
    for cell in notebook["cells"]:
        lines = "".join(cell["source"]).splitlines()
        task = grade_id(cell) and not grade_id(cell).endswith("-check")
        if task and len(lines) > 1 and not any(line.startswith(" ") for line in lines):
            for half in (lines[:1], lines[1:]):
                cells.append({**cell, "source": "\n".join(half)})
        else:
            cells.append(cell)
    notebook["cells"] = cells


def stripped(notebook: Notebook) -> None:
    """Another editor has thrown away all ids and metadata."""
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {}
    notebook["metadata"] = {}
    notebook["nbformat_minor"] = 4


def repasted(notebook: Notebook) -> None:
    """Every task was cut and pasted into a cell of its own, and its check deleted."""
    deleted(notebook)
    for cell in notebook["cells"]:
        if grade_id(cell):
            cell["metadata"], cell["id"] = {}, "pasted"


def in_words(notebook: Notebook) -> None:
    """A slip of the finger: the tasks are Markdown."""
    for cell in notebook["cells"]:
        if grade_id(cell) and not grade_id(cell).endswith("-check"):
            cell["cell_type"] = "markdown"


def wrong_kernel(notebook: Notebook) -> None:
    notebook["metadata"]["kernelspec"] = {
        "name": "ir",
        "language": "R",
        "display_name": "R",
    }


def odd_metadata(notebook: Notebook) -> None:
    """What nbgrader would stumble over."""
    for number, cell in enumerate(notebook["cells"]):
        if grade_id(cell):
            cell["metadata"]["nbgrader"].update(
                points=-99, schema_version="x", locked=[]
            )
        else:
            cell["metadata"]["nbgrader"] = [number]
    notebook["cells"].append("no cell")
    notebook["cells"].append({"cell_type": "song", "source": {"a": 1}, "metadata": 3})


def odd_letters(notebook: Notebook) -> None:
    notebook["cells"].insert(0, code("é = 'Zoë \U0001f3b7 \ud800 \u202e'\nprint(é)"))


def old_format(notebook: Notebook) -> None:
    """Format 3 of notebooks, which had sheets."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
    notebook["worksheets"] = [{"cells": notebook.pop("cells")}]
    notebook["nbformat"] = 3


#: A leaderboard that its owners lead, and whose scores are no numbers.
FORGED = """\
import ce_lib.practice
from ce_lib.practice.tournament import Leaderboard, Row
rows = [Row(1, "we", -99.0, -99.0, 0), Row(2, "we", "abc", "abc", "abc")]
ce_lib.practice.leaderboard = lambda *_, **__: Leaderboard(rows)"""


def burglary(treasure: Path, port: int) -> str:
    """Try to read another's work, to write outside, and to phone home; print what worked."""
    return f"""\
import os, pathlib, socket
def tried(what, act):
    try:
        act()
        print("DONE", what)
    except BaseException as problem:
        print("FAILED", what, type(problem).__name__)
outside = pathlib.Path({str(treasure.parent)!r})
tried("read", lambda: pathlib.Path({str(treasure)!r}).read_text())
tried("list", lambda: os.listdir(outside))
tried("solutions", lambda: os.listdir({str(SOURCES)!r}))
tried("write", lambda: (outside / "here.txt").write_text("was here"))
tried("write home", lambda: pathlib.Path(os.path.expanduser("~root/here.txt")).write_text("x"))
tried("write tmp", lambda: pathlib.Path("/tmp/here.txt").write_text("x"))
tried("write shm", lambda: pathlib.Path("/dev/shm/here.txt").write_text("x"))
tried("phone", lambda: socket.create_connection(("127.0.0.1", {port}), 2))
tried("own", lambda: pathlib.Path("mine.txt").write_text("x"))"""
