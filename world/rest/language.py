"""The reader's language, as Accept-Language or the session says."""

from typing import Literal

from django.utils.functional import lazy
from django.utils.translation import get_language


def language() -> Literal["zh", "en"]:
    """English for a reader who wants it; everybody else gets Chinese."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def say(*, zh: str, en: str) -> str:
    """A sentence in the reader's language."""
    return en if language() == "en" else zh


say_lazily = lazy(say, str)
"""The same for texts that are made before there is a reader, such as labels of forms."""


def name_of(thing: object) -> str:
    """The name of something that has one in both languages."""
    return str(getattr(thing, f"name_{language()}"))
