"""Templates, as every tool fills them.

Whatever is put in is escaped, unless the template says otherwise; `coded` makes code of what
stands between backticks. A name that nobody told is an error, and the lines of a tag leave no
trace.
"""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ce_lib._backticks import as_html


def templates(*folders: Path) -> Environment:
    """The templates in these folders: the first that has a name is taken."""
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["coded"] = lambda text: Markup(as_html(text))
    return made
