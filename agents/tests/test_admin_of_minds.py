"""Admin of minds: models are edited, keys never shown; thoughts are told; minds go by the inbox."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from agents.minds.budget import budget_of
from agents.minds.catalogue import give_mind
from agents.minds.prices import price_at
from agents.models import Agent, AgentMind, LanguageModel, MindsPolicy, Spending, Thought
from agents.models.spending import NANO
from agents.provenance import Source
from agents.systems.mind_orders import MIND
from agents.systems.replies import REPLY, reply_key
from agents.tests.models import language_model
from world.models import InboxEntry, World
from world.pace import heartbeat, pause, start

Found = Callable[..., World]

KEY = "sk-proj-Ab12Cd34Ef56Gh78Ij90"
VARIABLE = "TEST_OF_ADMIN_API_KEY"
NUMBER = 3
"""A resident of every town."""


@pytest.fixture
def town(small_town: Found) -> World:
    """A hamlet of a few, whose clock has run and stands now."""
    world = small_town()
    start(world=world)
    pause(world=world)
    world.refresh_from_db()
    return world


def page(client: Client, url: str, language: str = "en") -> str:
    return client.get(url, headers={"Accept-Language": language}).content.decode()


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


def agent_of(town: World, number: int = NUMBER) -> Agent:
    return Agent.objects.get(actor__world=town, actor__number=number)


def agent_url(agent: Agent) -> str:
    return reverse("admin:agents_agent_change", args=[agent.pk])


def agent_form(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send of a resident."""
    form = client.get(url).context["adminform"].form
    told = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in told.items() if value is not None}


def thinks_with(town: World, model: LanguageModel) -> None:
    AgentMind.objects.filter(actor__world=town).update(code=model.code)


def thought_of(town: World, asked_at: int = 600, **fields: Any) -> Thought:
    told: dict[str, Any] = {
        "purpose": Thought.Purpose.DECIDE,
        "decision": 1,
        "urgency": 10,
        "situation": {"note": "<i>where</i>"},
        "status": Thought.Status.ANSWERED,
        "model_name": "fake-chat",
        "messages": [
            {"role": "system", "content": "You are <script>alert(1)</script>"},
            {"role": "user", "content": "What now?\nSecond line"},
        ],
        "reply": "<b>Coffee</b>",
        "reasoning": "I am <u>thirsty</u>",
        "parsed": {"thought": "咖啡 <em>now</em>"},
        "cost": 1_234_000,
        "latency_ms": 2345,
    }
    actor = town.actors.get(number=NUMBER)
    return Thought.objects.create(world=town, actor=actor, asked_at=asked_at, **(told | fields))


# Models


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
    admin_client: Client, town: World, needed: str
) -> None:
    model, other = language_model(), language_model(name="other")
    if needed == "used":
        thinks_with(town, model)
    else:
        give_mind(world=town, model=model)
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


# Budgets


def test_every_world_has_caps_that_can_be_edited(admin_client: Client, town: World) -> None:
    MindsPolicy.objects.all().delete()
    Spending.objects.create(
        world=town, day=timezone.now().astimezone(dt.UTC).date(), spent=NANO // 4, reserved=0
    )
    told = page(admin_client, reverse("admin:agents_mindspolicy_changelist"))
    assert "$0.2500" in told
    url = reverse("admin:agents_mindspolicy_change", args=[town.pk])
    caps = {"monthly_usd": "30", "daily_usd": "0.2", "asking": "plain", "language": "en"}
    assert admin_client.post(url, caps | {"minds_yield": "on"}).status_code == 302
    policy = MindsPolicy.objects.get(world=town)
    assert (policy.monthly_usd, policy.asking, policy.minds_yield) == (30, "plain", True)
    assert budget_of(town).left_today == 0
    thinks_with(town, language_model())
    told = page(admin_client, url)
    assert "$0.2500 / $0.20" in told
    assert "exhausted" in told
    assert "已用完" in page(admin_client, url, "zh-hans")


def test_a_cap_is_no_less_than_nothing(admin_client: Client, town: World) -> None:
    admin_client.get(reverse("admin:agents_mindspolicy_changelist"))
    url = reverse("admin:agents_mindspolicy_change", args=[town.pk])
    told = {"monthly_usd": "-1", "daily_usd": "", "asking": "plan", "language": "zh"}
    assert admin_client.post(url, told).context["errors"]
    assert MindsPolicy.objects.get(world=town).monthly_usd == 200


# Thoughts


def test_a_thought_is_shown_whole_and_runs_nothing(admin_client: Client, town: World) -> None:
    thought = thought_of(town)
    InboxEntry.objects.create(
        world=town,
        at=630,
        kind=REPLY.name,
        subject=NUMBER,
        key=reply_key(thought.purpose, thought.asked_at),
        outcome=InboxEntry.Outcome.REFUSED,
        reason="late",
    )
    url = reverse("admin:agents_thought_change", args=[thought.pk])
    told = page(admin_client, url)
    for dangerous in ("<script>alert", "<b>Coffee", "<u>thirsty", "<em>now", "<i>where"):
        assert dangerous not in told
        assert escape(dangerous) in told
    assert told.index("You are &lt;script&gt;") < told.index("What now?\nSecond line")
    assert "咖啡" in told
    assert "2026-03-02T00:10:00" in told
    assert "0.001234" in told
    assert "2.35" in told or "2.34" in told
    assert "Refused (late)" in told
    assert "(&#x27;" not in told
    assert "已拒绝 (来晚了)" in page(admin_client, url, "zh-hans")
    assert 'name="_save"' not in told


def test_a_thought_that_failed_says_why(admin_client: Client, town: World) -> None:
    thought = thought_of(
        town, failure="unreachable", detail="401: <b>no</b>", messages=[], reply="", parsed=None
    )
    url = reverse("admin:agents_thought_change", args=[thought.pk])
    told = page(admin_client, url)
    assert "unreachable" in told
    assert "401: &lt;b&gt;no" in told
    chinese = page(admin_client, url, "zh-hans")
    assert "联系不上" in chinese
    assert "本能" in chinese


def test_the_list_of_thoughts_costs_no_query_for_each(admin_client: Client, town: World) -> None:
    url = reverse("admin:agents_thought_changelist")

    def queries() -> list[str]:
        with CaptureQueriesContext(connection) as told:
            assert admin_client.get(url).status_code == 200
        return [query["sql"] for query in told.captured_queries]

    thought_of(town)
    queries()
    few = queries()
    for asked_at in range(1200, 12000, 600):
        thought_of(town, asked_at)
    many = queries()
    assert len(many) == len(few)
    assert not any('"agents_thought"."messages"' in sql for sql in many)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("failure=none", {1}),
        ("failure=budget", {2}),
        ("model_name=other", {3}),
        ("status__exact=waiting", {4}),
        ("purpose__exact=speak", {5}),
    ],
)
def test_thoughts_are_found_by_what_became_of_them(
    admin_client: Client, town: World, asked: str, found: set[int]
) -> None:
    language_model(name="other")
    failed = {"failure": "late"}
    thought_of(town, 1)
    thought_of(town, 2, failure="budget")
    thought_of(town, 3, model_name="other", **failed)
    thought_of(town, 4, status=Thought.Status.WAITING, **failed)
    thought_of(town, 5, purpose=Thought.Purpose.SPEAK, **failed)
    url = reverse("admin:agents_thought_changelist")
    shown = admin_client.get(f"{url}?{asked}").context["cl"].result_list
    assert {thought.asked_at for thought in shown} == found


# Residents


def test_a_mind_is_given_by_the_inbox(admin_client: Client, town: World) -> None:
    model = language_model()
    agent = agent_of(town)
    url = agent_url(agent)
    told = agent_form(admin_client, url)
    assert told["mind"] == "instinct"
    answer = admin_client.post(
        url, told | {"mind": model.name}, follow=True, headers={"Accept-Language": "en"}
    )
    (said,) = (
        str(message) for message in answer.context["messages"] if "agent mind" in str(message)
    )
    assert "fake-chat: takes effect at 2026-03-02T06:00:00" in said
    entry = InboxEntry.objects.get(world=town)
    assert (entry.kind, entry.subject, entry.source) == (MIND.name, NUMBER, Source.OPERATOR)
    assert AgentMind.objects.get(actor=agent.actor).code == 0, "only the engine writes it"

    heartbeat(world_id=town.pk)
    assert AgentMind.objects.get(actor=agent.actor).code == model.code
    assert "fake-chat" in page(admin_client, reverse("admin:agents_agent_changelist"))
    assert agent_form(admin_client, url)["mind"] == model.name


def test_the_mind_that_one_has_is_kept_even_if_its_model_is_disabled_or_gone(
    admin_client: Client, town: World
) -> None:
    model = language_model()
    thinks_with(town, model)
    url = agent_url(agent_of(town))
    for change in (
        lambda: LanguageModel.objects.filter(pk=model.pk).update(enabled=False),
        lambda: LanguageModel.objects.filter(pk=model.pk).delete(),
    ):
        change()
        answer = admin_client.post(url, agent_form(admin_client, url))
        assert answer.status_code == 302
    assert not InboxEntry.objects.filter(world=town).exists()


@pytest.mark.parametrize("wrong", ["no-such-model", "disabled", ""])
def test_a_mind_that_cannot_be_given_is_refused_by_the_form(
    admin_client: Client, town: World, wrong: str
) -> None:
    language_model(name="disabled", enabled=False)
    url = agent_url(agent_of(town))
    answer = admin_client.post(url, agent_form(admin_client, url) | {"mind": wrong})
    assert "mind" in answer.context["adminform"].form.errors
    assert not InboxEntry.objects.filter(world=town).exists()


def test_a_mind_is_given_to_those_who_are_chosen_in_the_list(
    admin_client: Client, town: World
) -> None:
    model = language_model()
    url = reverse("admin:agents_agent_changelist")
    chosen = [agent_of(town, number).pk for number in (2, NUMBER)]
    told = {"action": f"mind_{model.name}", "_selected_action": chosen}
    answer = admin_client.post(url, told, follow=True, headers={"Accept-Language": "en"})
    assert "Told 2 residents to think with fake-chat" in answer.content.decode()
    heartbeat(world_id=town.pk)
    minds = AgentMind.objects.filter(actor__world=town, code=model.code)
    assert set(minds.values_list("actor__number", flat=True)) == {2, NUMBER}

    admin_client.post(url, told | {"action": "mind_instinct"})
    heartbeat(world_id=town.pk)
    assert not minds.exists()


def test_replies_of_models_do_not_hide_what_operators_told(
    admin_client: Client, town: World
) -> None:
    agent = agent_of(town)
    url = agent_url(agent)
    admin_client.post(url, agent_form(admin_client, url) | {"needs_energy": 12.5})
    for asked_at in range(20):
        InboxEntry.objects.create(
            world=town,
            at=0,
            kind=REPLY.name,
            subject=NUMBER,
            key=str(asked_at),
            source=Source.MODEL,
        )
    told = page(admin_client, url)
    assert "takes effect at 2026-03-02T06:00:00" in told
    assert "thought reply" not in told
