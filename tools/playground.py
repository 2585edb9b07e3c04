"""Write a page per explorer and nothing else: for building one, and for tests."""

import html
import shutil
import sys
from pathlib import Path

from ce_lib.explorers import REGISTRY
from ce_lib.explorers.base import STATIC

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "bookext/static"

PAGE = """\
<!doctype html>
<html lang="en" data-theme="{theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="explorers.css">
<link rel="stylesheet" href="page.css">
<script defer src="core.js"></script>
<script defer src="explorers/{name}.js"></script>
</head>
<body><main><h1>{name}</h1>
{body}
</main></body>
</html>
"""

STYLE = """\
body { margin: 0; background: var(--ce-paper); color: var(--ce-ink); font-family: sans-serif }
main { max-width: 52rem; margin: 0 auto; padding: 1rem }
"""


def write(folder: Path, name: str, theme: str = "light") -> Path:
    """Write an explorer's page and what it needs into ``folder``; return its path."""
    script = f"explorers/{name}.js"
    (folder / script).parent.mkdir(parents=True, exist_ok=True)
    (folder / "explorers.css").write_bytes((STATIC / "explorers.css").read_bytes())
    for path in ("core.js", script):
        (folder / path).write_bytes((SCRIPTS / path).read_bytes())
    shutil.copytree(SCRIPTS / "texts", folder / "texts", dirs_exist_ok=True)
    (folder / "page.css").write_text(STYLE, encoding="utf-8")
    page = folder / f"{name}-{theme}.html"
    body = REGISTRY[name]().static_html()
    text = PAGE.format(theme=theme, name=html.escape(name), body=body)
    page.write_text(text, encoding="utf-8")
    return page


if __name__ == "__main__":
    wanted = sys.argv[1:] or list(REGISTRY)
    if unknown := [name for name in wanted if name not in REGISTRY]:
        sys.exit(
            f"No explorer is called {', '.join(unknown)}. There are: {', '.join(REGISTRY)}."
        )
    for name in wanted:
        for theme in ("light", "dark"):
            print(write(ROOT / "_build/playground", name, theme))
