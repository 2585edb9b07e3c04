"""What nbgrader is told of teachers besides: where their course is."""

from pathlib import Path

c = get_config()  # noqa: F821  (nbgrader brings it)

c.CourseDirectory.root = str(Path.home() / "course")
