"""What the `build` fixture gives: a function from a page's text to a finished build."""

import subprocess
from collections.abc import Callable

Build = Callable[[str], subprocess.CompletedProcess[str]]
