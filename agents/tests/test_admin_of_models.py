"""Admin of models: they are edited with their prices, and their keys are never shown."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agents.minds.catalogue import give_mind
from agents.minds.prices import price_at
from agents.models import LanguageModel
from agents.tests.models import language_model
from agents.tests.pages import page, thinks_with
from world.models import World

KEY = "sk-proj-Ab12Cd34Ef56Gh78Ij90"
VARIABLE = "TEST_OF_ADMIN_API_KEY"
NUMBER = 3
"""A resident of every resting_town."""


def model_url(model: LanguageModel) -> str:
    return reverse("admin:agents_languagemodel_change", args=[model.pk])


def model_form(model: LanguageModel, **changes: Any) -> dict[str, Any]:
    """What a browser would send of a model and its prices."""
    told = {k: "" if v is None else v for k, v in model_to_dict(model).items()}
    told["extra_body"] = "{}"
    prices = list(model.prices.all()) if model.pk else []
    told |= {"prices-TOTAL_FORMS": len(prices), "prices-INITIAL_FORMS": len(prices)}
    for row, price in enumerate(prices):
        for name, value in model_to_dict(price).items():
            told[f"prices-{row}-{name}"] = "" if value is None else value
    told = {name: value for name, value in told.items() if value is not False}
    return told | changes


@pytest.mark.django_db
def test_the_list_says_whether_a_model_can_be_used_and_never_what_its_key_is(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    LanguageModel.objects.all().delete()
    url = reverse("admin:agents_languagemodel_changelist")
    model = language_model(key_variable=VARIABLE)
    assert f"neither {VARIABLE}" in page(admin_client, url)
    assert "missing" in page(admin_client, url)
    assert "缺少密钥" in page(admin_client, url, "zh-hans")

    monkeypatch.setenv(VARIABLE, KEY)
    for address in (url, model_url(model)):
        for language, said in (("en", "set"), ("zh-hans", "已设置")):
            told = page(admin_client, address, language)
            assert re.search(rf">\s*{said}\s*<", told)
            assert KEY not in told
    assert f"neither {VARIABLE}" not in page(admin_client, url)

    LanguageModel.objects.update(enabled=False)
    assert "it is disabled" in page(admin_client, url)
    assert "已停用" in page(admin_client, url, "zh-hans")
    LanguageModel.objects.update(enabled=True, key_variable="")
    assert "not needed" in page(admin_client, url)
    model.prices.all().delete()
    assert "has no price" in page(admin_client, url)
    assert "今天没有适用的价格" in page(admin_client, url, "zh-hans")


@pytest.mark.django_db
def test_the_list_of_models_costs_no_query_for_each(admin_client: Client) -> None:
    url = reverse("admin:agents_languagemodel_changelist")

    def queries() -> int:
        with CaptureQueriesContext(connection) as told:
            assert admin_client.get(url).status_code == 200
        return len(told)

    language_model()
    queries()
    few = queries()
    for count in range(10):
        language_model(name=f"fake-{count}")
    assert queries() == few


@pytest.mark.django_db
def test_what_is_edited_counts_for_the_next_thought(admin_client: Client) -> None:
    model = language_model()
    answer = admin_client.post(
        model_url(model),
        model_form(model, **{"concurrency": 5, "prices-0-input": "7.5", "code": 99}),
    )
    assert answer.status_code == 302, answer.context["errors"]
    known = LanguageModel.objects.get(pk=model.pk)
    assert known.concurrency == 5
    assert known.code == model.code, "the engine knows it by its code"
    assert price_at(known, timezone.now()).input == Decimal("7.5")


@pytest.mark.django_db
def test_a_model_is_added_with_its_price(admin_client: Client) -> None:
    new = LanguageModel(name="new", provider="P", remote_name="n", base_url="http://localhost:9/v1")
    told = model_form(new) | {
        "prices-TOTAL_FORMS": 1,
        "prices-0-since": "2026-01-01",
        "prices-0-input": "1",
        "prices-0-cached_input": "0.1",
        "prices-0-output": "2",
        "prices-0-source": "the list of the provider",
    }
    url = reverse("admin:agents_languagemodel_add")
    answer = admin_client.post(url, told)
    assert answer.status_code == 302, answer.context["errors"]
    known = LanguageModel.objects.get(name="new")
    assert known.code
    assert known.prices.get().output == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("name", "instinct", "本能不是语言模型"),
        ("name", "Big Model", "只能用小写字母"),
        ("extra_body", "[1]", "须是一个 JSON 对象"),
        ("prices-0-peak_hours", "noon", "时段的写法"),
    ],
)
def test_what_no_model_can_be_is_refused_in_words(
    admin_client: Client, field: str, wrong: str, said: str
) -> None:
    model = language_model()
    told = model_form(model, **{field: wrong})
    answer = admin_client.post(model_url(model), told, headers={"Accept-Language": "zh-hans"})
    assert said in answer.content.decode()
    known = LanguageModel.objects.get(pk=model.pk)
    assert (known.name, known.extra_body) == ("fake-chat", {})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        KEY,
        "AIzaSyD-Ab12Cd34Ef56Gh78",
        "0123456789abcdef0123456789abcdef",
        "Gsk.short",
        KEY + "x" * 300,
    ],
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_key_where_its_name_belongs_is_refused_and_not_sent_back(
    admin_client: Client, typed: str, language: str
) -> None:
    model = language_model(key_variable=VARIABLE)
    new = LanguageModel(name="new", provider="P", remote_name="n", base_url="http://localhost:9/v1")
    for url, form, before in (
        (model_url(model), model_form(model), VARIABLE),
        (reverse("admin:agents_languagemodel_add"), model_form(new), ""),
    ):
        answer = admin_client.post(
            url, form | {"key_variable": typed}, headers={"Accept-Language": language}
        )
        told = answer.content.decode()
        assert answer.status_code == 200
        assert typed not in told
        assert answer.context["adminform"].form["key_variable"].value() == before
        assert answer.context["errors"]
        if len(typed) < 256:
            assert ("looks like a key itself" if language == "en" else "看起来是密钥") in told
    assert not LanguageModel.objects.filter(key_variable=typed).exists()


@pytest.mark.django_db
def test_a_model_that_nobody_needs_is_deleted_with_its_prices(admin_client: Client) -> None:
    model = language_model()
    url = reverse("admin:agents_languagemodel_delete", args=[model.pk])
    assert admin_client.post(url, {"post": "yes"}).status_code == 302
    assert not LanguageModel.objects.filter(pk=model.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("needed", ["used", "given"])
def test_a_model_that_somebody_thinks_with_is_kept(
    admin_client: Client, resting_town: World, needed: str
) -> None:
    model, other = language_model(), language_model(name="other")
    if needed == "used":
        thinks_with(resting_town, model)
    else:
        give_mind(world=resting_town, model=model)
    url = reverse("admin:agents_languagemodel_delete", args=[model.pk])
    said = "fake-chat cannot be deleted while residents think with it"
    assert said in page(admin_client, url)
    assert "不能删除 fake-chat" in page(admin_client, url, "zh-hans")
    admin_client.post(url, {"post": "yes"})
    both = {"action": "delete_selected", "_selected_action": [model.pk, other.pk], "post": "yes"}
    answer = admin_client.post(
        reverse("admin:agents_languagemodel_changelist"), both, headers={"Accept-Language": "en"}
    )
    assert said in answer.content.decode()
    assert LanguageModel.objects.filter(pk__in=[model.pk, other.pk]).count() == 2
