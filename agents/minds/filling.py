"""Filling: the templates of prompts, which are Django templates in one folder for each language.

What is filled in stays on the line where the template has it: whatever somebody wrote or said, it
cannot look like a part of the prompt that is ours.
"""

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
    context = Context(_on_one_line(content), autoescape=False, use_l10n=False)
    return str(_template(name).render(context))


def _on_one_line(value: Any) -> Any:
    """The same with every text in it on one line."""
    if isinstance(value, str):
        lines = value.splitlines()
        return " ".join(lines) if len(lines) > 1 else value
    if isinstance(value, dict):
        return {key: _on_one_line(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_on_one_line(each) for each in value]
    return value
