"""The book's colours: one per meaning, the same in figures, explorers and pages.

``palette.json`` beside this file is the only place where a colour is written.
The matplotlib style reads it through this module; the bundler turns it into the
CSS variables ``--ce-truth``, ``--ce-model`` and so on.
"""

import json
from pathlib import Path

_PALETTE = json.loads(
    Path(__file__).with_name("palette.json").read_text(encoding="utf-8")
)

#: Hex colours on white paper, by meaning.
LIGHT: dict[str, str] = {meaning: pair["light"] for meaning, pair in _PALETTE.items()}

#: Hex colours on the dark page, by meaning.
DARK: dict[str, str] = {meaning: pair["dark"] for meaning, pair in _PALETTE.items()}
