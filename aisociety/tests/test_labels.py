"""What admin calls things, in both languages."""

import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.test import Client
from django.urls import reverse
from django.utils import translation

from agents.provenance import StandIn
from economy.money import Category
from world.labels import in_words
from world.registry import event_kinds, inbox_kinds

OURS = [
    model
    for app in ("world", "economy", "memory", "agents")
    for model in apps.get_app_config(app).get_models()
]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
CATALOGUES = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))
UNIVERSAL = {"ID"}


def labels_of(model: Any) -> set[str]:
    """Everything that admin may say of a model."""
    options = model._meta
    told = {str(options.verbose_name), str(options.verbose_name_plural)}
    told.add(str(options.app_config.verbose_name))
    for field in options.local_fields:
        told |= {str(field.verbose_name), str(field.help_text)}
        told |= {str(label) for _, label in field.flatchoices}
    return told - {""}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label_lower)
def test_models_and_fields_have_names_in_both_languages(model: Any) -> None:
    with translation.override("zh-hans"):
        assert {each for each in labels_of(model) if not CHINESE.search(each)} <= UNIVERSAL
    with translation.override("en"):
        assert not {each for each in labels_of(model) if CHINESE.search(each)}


def test_the_columns_of_lists_have_names_in_both_languages(admin_client: Client) -> None:
    for model in OURS:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        request = admin_client.get(url).wsgi_request
        view = admin.site._registry[model]
        for column in view.get_list_display(request):
            for language, wanted in (("zh-hans", True), ("en", False)):
                with translation.override(language):
                    told = label_for_field(column, model, view)
                    assert bool(CHINESE.search(str(told))) is wanted, (model, column, language)


def test_keys_of_the_code_that_are_shown_have_words_in_chinese() -> None:
    keys = {kind.name for kind in event_kinds.values()} | set(inbox_kinds)
    keys |= {code.name.lower() for code in (*StandIn, *Category)} | {"instinct", "model"}
    with translation.override("zh-hans"):
        assert {key for key in keys if not CHINESE.search(in_words(key))} == set()


def texts_of(catalogue: Catalog) -> dict[str, str]:
    """What is said for what; of plurals, every form."""

    def flat(text: Any) -> str:
        return text if isinstance(text, str) else "|".join(text)

    return {flat(message.id): flat(message.string) for message in catalogue if message.id}


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-3])
def test_what_is_compiled_is_what_was_written(catalogue: Path) -> None:
    """`make words` compiles the catalogues."""
    with catalogue.open("rb") as file:
        written = texts_of(read_po(file))
    with catalogue.with_suffix(".mo").open("rb") as file:
        assert texts_of(read_mo(file)) == written
    assert [key for key, told in written.items() if not told] == []
