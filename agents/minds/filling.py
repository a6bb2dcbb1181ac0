"""Filling: the templates of prompts, which are Django templates in one folder for each language."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template import Context, Engine, Template


@lru_cache
def _template(name: str) -> Template:
    engine = Engine(dirs=[str(settings.BASE_DIR / "templates" / "prompts")], autoescape=False)
    return engine.get_template(name)


def filled(name: str, content: dict[str, Any]) -> str:
    """The template of this name, such as "zh/decide.txt", with what it needs filled in."""
    return str(_template(name).render(Context(content, autoescape=False, use_l10n=False)))
