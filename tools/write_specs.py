"""Describe every explorer in web/specs, for the JavaScript side."""

import json
import sys
from pathlib import Path

from ce_lib.explorers import specs

ROOT = Path(__file__).resolve().parent.parent


def main(folder: Path = ROOT / "web/specs") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, spec in specs().items():
        text = json.dumps(spec, ensure_ascii=False, indent=2) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
