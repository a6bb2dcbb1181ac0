"""The reader's language, as Accept-Language or the session says."""

from django.utils.functional import lazy
from django.utils.translation import get_language


def is_english() -> bool:
    """Whether the reader wants English; everybody else gets Chinese."""
    return (get_language() or "").startswith("en")


def say(*, zh: str, en: str) -> str:
    """A sentence in the reader's language."""
    return en if is_english() else zh


say_lazily = lazy(say, str)
"""The same for texts that are made before there is a reader, such as labels of forms."""


def name_of(thing: object) -> str:
    """The name of something that has one in both languages."""
    return str(getattr(thing, "name_en" if is_english() else "name_zh"))
