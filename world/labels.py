"""Labels: what admin calls the models of an app and their fields, in the reader's language.

Django derives them in English from the names in the code; their Chinese stands in locale/. They
are put on the models when Django is ready, so definitions and migrations keep free of words.
"""

from django.apps import AppConfig
from django.utils.translation import gettext, gettext_lazy


def translate_labels(app: AppConfig) -> None:
    """Let the names, help texts and choices of an app's models follow the reader's language."""
    app.verbose_name = gettext_lazy(str(app.verbose_name))
    for model in app.get_models():
        options = model._meta
        options.verbose_name = gettext_lazy(str(options.verbose_name))
        options.verbose_name_plural = gettext_lazy(str(options.verbose_name_plural))
        for field in options.local_fields:
            field.verbose_name = gettext_lazy(str(field.verbose_name))
            if field.help_text:
                field.help_text = gettext_lazy(str(field.help_text))
            if field.choices:
                field.choices = [
                    (value, gettext_lazy(str(told))) for value, told in field.flatchoices
                ]


def in_words(key: str) -> str:
    """A key of the code in the reader's language, as locale/ has it."""
    return gettext(key.replace("_", " "))
