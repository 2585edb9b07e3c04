"""Write a page with some explorers and nothing else: for building one, and for tests."""

import html
import sys
from pathlib import Path

from ce_lib.explorers import REGISTRY
from ce_lib.explorers.base import STATIC

ROOT = Path(__file__).resolve().parent.parent

PAGE = """\
<!doctype html>
<html lang="en" data-theme="{theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="explorers.css">
<link rel="stylesheet" href="page.css">
<script defer src="explorers.js"></script>
</head>
<body><main><h1>{title}</h1>
{body}
</main></body>
</html>
"""

STYLE = """\
body { margin: 0; background: var(--ce-paper); color: var(--ce-ink); font-family: sans-serif }
main { max-width: 52rem; margin: 0 auto; padding: 1rem }
"""


def write(folder: Path, names: list[str], theme: str = "light") -> Path:
    """Write the page and what it needs into ``folder``; return the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in (STATIC / "explorers.css", ROOT / "bookext/static/explorers.js"):
        (folder / source.name).write_bytes(source.read_bytes())
    (folder / "page.css").write_text(STYLE, encoding="utf-8")
    page = folder / f"{theme}.html"
    title = html.escape(", ".join(names))
    body = "\n".join(REGISTRY[name]().static_html() for name in names)
    text = PAGE.format(theme=theme, title=title, body=body)
    page.write_text(text, encoding="utf-8")
    return page


if __name__ == "__main__":
    wanted = sys.argv[1:] or list(REGISTRY)
    if unknown := [name for name in wanted if name not in REGISTRY]:
        sys.exit(
            f"No explorer is called {', '.join(unknown)}. There are: {', '.join(REGISTRY)}."
        )
    for theme in ("light", "dark"):
        print(write(ROOT / "_build/playground", wanted, theme))
