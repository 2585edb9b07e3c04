"""Settings of the library's tests: hypothesis draws the same examples every time."""

from hypothesis import settings

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, max_examples=60
)
settings.load_profile("repeatable")
