"""Plain Sphinx's settings, out of _config.yml, which is written for Jupyter Book 1.

What Jupyter Book makes of that file is made here without it; tests/release/test_next.py lays
the two side by side. A setting that is not known here stops the build.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from sphinx.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]

#: What each setting is called by Sphinx and its extensions.
NAMES = {
    "title": "html_title",
    "author": "author",
    "copyright": "copyright",
    "only_build_toc_files": "external_toc_exclude_missing",
    "exclude_patterns": "exclude_patterns",
    "execute.execute_notebooks": "nb_execution_mode",
    "execute.timeout": "nb_execution_timeout",
    "execute.stderr_output": "nb_output_stderr",
    "parse.myst_enable_extensions": "myst_enable_extensions",
    "html.favicon": "html_favicon",
    "html.baseurl": "html_baseurl",
    "html.use_multitoc_numbering": "use_multitoc_numbering",
    "bibtex_bibfiles": "bibtex_bibfiles",
}

#: What is Sphinx's already.
SPHINXS = ("sphinx.config.", "sphinx.local_extensions.")

#: What Jupyter Book sets where the file is silent, and Sphinx would set otherwise.
DEFAULTS = {
    "html_sourcelink_suffix": "",
    "html_theme": "sphinx_book_theme",
    "myst_url_schemes": ["mailto", "http", "https"],
    "pygments_style": "sphinx",
    "suppress_warnings": ["myst.domains"],
}

#: Paths, which Sphinx looks for beside this file.
PATHS = ("html_favicon", "templates_path", "bibtex_bibfiles")

#: The extension that is Jupyter Book itself.
LEFT_OUT = "jupyter_book"


def named(settings: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Each setting with what stands above it: `execute.timeout`."""
    for key, value in settings.items():
        if isinstance(value, dict):
            yield from named(value, f"{above}{key}.")
        else:
            yield above + key, value


def absolute(path: str | list[str]) -> str | list[str]:
    return (
        [str(ROOT / one) for one in path]
        if isinstance(path, list)
        else str(ROOT / path)
    )


def translated(book: dict[str, Any]) -> dict[str, Any]:
    """Return what Sphinx is to be told of the settings of a book."""
    found, own = dict(DEFAULTS), book.get("sphinx", {})
    for name, value in named(book):
        if name in NAMES:
            found[NAMES[name]] = value
        elif not name.startswith(SPHINXS):
            raise ConfigError(
                f"_config.yml: expected a setting that tools/next/conf.py translates "
                f"({', '.join(NAMES)}), got {name}"
            )
    found |= own.get("config", {})
    local = own.get("local_extensions", {})
    sys.path += [str(ROOT / folder) for folder in local.values()]
    loaded = dict.fromkeys([*found["extensions"], *local])
    found["extensions"] = [name for name in loaded if name != LEFT_OUT]
    return found | {name: absolute(found[name]) for name in PATHS if name in found}


globals().update(
    translated(yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8")))
)
