"""Pages to print: each is one file that needs no network, made from a template beside this."""

from pathlib import Path
from typing import Any

from filling import templates

TEMPLATES = templates(Path(__file__).with_name("templates"))


def write(out: Path, name: str, template: str = "", **told: Any) -> Path:
    """Write a page into a folder that is made if need be, and return where it lies."""
    page = TEMPLATES.get_template(f"{template or name}.html").render(**told)
    out.mkdir(mode=0o700, parents=True, exist_ok=True)  # students may share the machine
    path = out / f"{name}.html"
    path.write_text(page, encoding="utf-8")
    return path
