"""Templates, as every tool fills them.

Whatever is put in is escaped, unless the template says otherwise. A name that nobody told is an
error, and the lines of a tag leave no trace.
"""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def templates(*folders: Path) -> Environment:
    """The templates in these folders: the first that has a name is taken."""
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
