"""Files made of a template in ``templates/``."""

from pathlib import Path
from typing import Any

from filling import templates

TEMPLATES = templates(Path(__file__).with_name("templates"))


def filled(template: str, **told: Any) -> str:
    return TEMPLATES.get_template(template).render(told)
