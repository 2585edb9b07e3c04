"""The spelling is British, and the dictionary reads all that is written for readers."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from prose import READERS, lab_prose, python_prose, script_prose

ROOT = Path(__file__).resolve().parents[2]
NODE = shutil.which("node") or "node"

PAGE = """\
---
kernelspec: {{display_name: Python 3}}
myst:
  html_meta:
    description: About {description}.
---

# About {title}

Some {prose}, $colour \\typpo$ and `collor`, {{eval}}`nummber`, [a link](hiden.md).

```{{code-cell}} ipython3
---
mystnb:
  figure:
    caption: "About {caption}."
---
varable = 1
```

```{{code-cell}} ipython3
anothr = varable
```

```{{exercise}}
:label: exercise-labl

Find {exercise}, or {{explore}}`{link} <loss-kurve?q=1>`.
```
"""
PLACES = re.findall(r"(?<!\{)\{(\w+)\}(?!\})", PAGE)


def misspelt(text: str) -> list[str]:
    """The words that are in neither the dictionary nor the book's own list."""
    command = json.loads((ROOT / "package.json").read_text())["scripts"]["spelling"]
    _, *options = command.split()
    run = subprocess.run(
        [
            NODE,
            "node_modules/cspell/bin.mjs",
            *options,
            "--words-only",
            "stdin:///a.md",
        ],
        cwd=ROOT,
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert bool(run.returncode) == bool(run.stdout), run.stderr
    return run.stdout.split()


def test_code_and_mathematics_are_not_spelt() -> None:
    assert misspelt(PAGE.format(**dict.fromkeys(PLACES, "colours"))) == []


def test_a_slip_is_found_wherever_a_reader_meets_it() -> None:
    slips = ["recieve", "color", "neighbor", "normalized", "centered", "labeled"]
    assert misspelt(PAGE.format(**dict(zip(PLACES, slips, strict=True)))) == slips


PYTHON = '''"""A docstring with a tpyo."""
LABELS = {"keyname": "The {word}."}
raise ValueError(f"It was {len(LABELS)}: a {word}!")
'''
SCRIPT = """// A coment.
const label = "A {word} here.";
const more = `${{count}} of ${{varnam}}, a {word}.`;
"""
LAB = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "source": ["# A lab\n", "\n", "With a WORD."]},
            {"cell_type": "code", "source": ["varnam = 1"]},
        ]
    }
)


@pytest.mark.parametrize(
    ("read", "text", "times"),
    [
        (python_prose, PYTHON.replace("{word}", "WORD"), 2),
        (
            script_prose,
            SCRIPT.replace("{word}", "WORD").replace("{{", "{").replace("}}", "}"),
            2,
        ),
        (lab_prose, LAB, 1),
    ],
    ids=["python", "script", "lab"],
)
def test_what_other_files_say_to_readers_is_read_as_well(read, text, times) -> None:
    found = [words for _, words in read(text.replace("WORD", "color"))]
    assert misspelt("\n\n".join(found)) == ["color"] * times


def test_every_place_that_speaks_to_readers_is_found() -> None:
    for patterns, _ in READERS:
        for pattern in patterns:
            assert list(ROOT.glob(pattern)), pattern
