"""All explorers on one page, each under its question, in the order of the course.

What is said of each stands with its class (`ce_lib.explorers.base.Explorer.gallery`); the
chapter behind it is the first that shows it.
"""

from bookext.collected.course import Course
from ce_lib.explorers import REGISTRY

SECTION = """
## {title}

{feel}

```{{code-cell}} ipython3
:tags: [remove-input]

from ce_lib.explorers import {cls}

{cls}()
```

{states}

{behind}
"""


def write(course: Course, of: str) -> str:
    first = course.explorers()
    order = [*first, *(name for name in REGISTRY if name not in first)]
    return "\n".join(_section(course, name, first.get(name)) for name in order)


def _section(course: Course, name: str, chapter: str | None) -> str:
    said = REGISTRY[name].gallery()
    behind = f"[The chapter behind it]({course.address(chapter)})" if chapter else ""
    return SECTION.format(
        title=said.title,
        feel=said.feel,
        cls=REGISTRY[name].__name__,
        states="\n".join(f"- {state}" for state in said.states),
        behind=behind,
    )
