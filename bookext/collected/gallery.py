"""All explorers on one page, each a picture under its question, in the order of the course.

One is open at a time, and costs nothing before. Its picture is its emblem
(`bookext.emblems`).

What is said of each stands with its class (`ce_lib.explorers.base.Explorer.gallery`); the
chapter behind it is the first that shows it.
"""

from pathlib import Path

from sphinx.errors import ExtensionError

from bookext import emblems
from bookext.collected.course import Course
from ce_lib.explorers import REGISTRY

SECTION = """
## {title}

{purpose}

```{{raw}} html
<details class="ce-fold" name="explorers"><summary>{picture}<span class="ce-shut">Open</span>
<span class="ce-opened">Close</span><span class="ce-said"> the explorer {name}</span></summary>
```

```{{code-cell}} ipython3
:tags: [remove-input]

from ce_lib.explorers import {cls}

{cls}()
```

{states}

{behind}

```{{raw}} html
</details>
```
"""


def write(course: Course, of: str) -> str:
    first = course.explorers()
    order = [*first, *(name for name in REGISTRY if name not in first)]
    return "\n".join(_section(course, name, first.get(name)) for name in order)


def _section(course: Course, name: str, chapter: str | None) -> str:
    said = REGISTRY[name].gallery()
    root = Path(course.app.srcdir)
    for problem in emblems.problems(root, f"explorers/{name}", "picture"):
        raise ExtensionError(problem)
    behind = f"[The chapter behind it]({course.address(chapter)})" if chapter else ""
    return SECTION.format(
        name=name.replace("-", " "),
        picture=emblems.drawn(root, f"explorers/{name}"),
        title=said.title,
        purpose=said.purpose,
        cls=REGISTRY[name].__name__,
        states="\n".join(f"- {state}" for state in said.states),
        behind=behind,
    )
