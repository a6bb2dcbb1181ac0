"""Admin of minds: budgets and thoughts are told; minds go by the inbox."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from agents.minds.budget import budget_of
from agents.models import Agent, AgentMind, LanguageModel, MindsPolicy, Spending, Thought
from agents.models.spending import NANO
from agents.provenance import Source
from agents.systems.mind_orders import MIND
from agents.systems.replies import REPLY, reply_key
from agents.tests.models import language_model
from agents.tests.pages import page, thinks_with
from world.models import InboxEntry, World
from world.pace import heartbeat

NUMBER = 3
"""A resident of every resting_town."""


def agent_of(town: World, number: int = NUMBER) -> Agent:
    return Agent.objects.get(actor__world=town, actor__number=number)


def agent_url(agent: Agent) -> str:
    return reverse("admin:agents_agent_change", args=[agent.pk])


def agent_form(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send of a resident."""
    form = client.get(url).context["adminform"].form
    told = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in told.items() if value is not None}


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


def test_every_world_has_caps_that_can_be_edited(admin_client: Client, resting_town: World) -> None:
    MindsPolicy.objects.all().delete()
    Spending.objects.create(
        world=resting_town,
        day=timezone.now().astimezone(dt.UTC).date(),
        spent=NANO // 4,
        reserved=0,
    )
    told = page(admin_client, reverse("admin:agents_mindspolicy_changelist"))
    assert "$0.2500" in told
    url = reverse("admin:agents_mindspolicy_change", args=[resting_town.pk])
    caps = {"monthly_usd": "30", "daily_usd": "0.2", "asking": "plain", "language": "en"}
    assert admin_client.post(url, caps | {"minds_yield": "on"}).status_code == 302
    policy = MindsPolicy.objects.get(world=resting_town)
    assert (policy.monthly_usd, policy.asking, policy.minds_yield) == (30, "plain", True)
    assert budget_of(resting_town).left_today == 0
    thinks_with(resting_town, language_model())
    told = page(admin_client, url)
    assert "$0.2500 / $0.20" in told
    assert "exhausted" in told
    assert "已用完" in page(admin_client, url, "zh-hans")


def test_a_cap_is_no_less_than_nothing(admin_client: Client, resting_town: World) -> None:
    admin_client.get(reverse("admin:agents_mindspolicy_changelist"))
    url = reverse("admin:agents_mindspolicy_change", args=[resting_town.pk])
    told = {"monthly_usd": "-1", "daily_usd": "", "asking": "plan", "language": "zh"}
    assert admin_client.post(url, told).context["errors"]
    assert MindsPolicy.objects.get(world=resting_town).monthly_usd == 200


# Thoughts


def test_a_thought_is_shown_whole_and_runs_nothing(
    admin_client: Client, resting_town: World
) -> None:
    thought = thought_of(resting_town)
    InboxEntry.objects.create(
        world=resting_town,
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


def test_a_thought_that_failed_says_why(admin_client: Client, resting_town: World) -> None:
    thought = thought_of(
        resting_town,
        failure="unreachable",
        detail="401: <b>no</b>",
        messages=[],
        reply="",
        parsed=None,
    )
    url = reverse("admin:agents_thought_change", args=[thought.pk])
    told = page(admin_client, url)
    assert "unreachable" in told
    assert "401: &lt;b&gt;no" in told
    chinese = page(admin_client, url, "zh-hans")
    assert "联系不上" in chinese
    assert "本能" in chinese


def test_the_list_of_thoughts_costs_no_query_for_each(
    admin_client: Client, resting_town: World
) -> None:
    url = reverse("admin:agents_thought_changelist")

    def queries() -> list[str]:
        with CaptureQueriesContext(connection) as told:
            assert admin_client.get(url).status_code == 200
        return [query["sql"] for query in told.captured_queries]

    thought_of(resting_town)
    queries()
    few = queries()
    for asked_at in range(1200, 12000, 600):
        thought_of(resting_town, asked_at)
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
    admin_client: Client, resting_town: World, asked: str, found: set[int]
) -> None:
    language_model(name="other")
    failed = {"failure": "late"}
    thought_of(resting_town, 1)
    thought_of(resting_town, 2, failure="budget")
    thought_of(resting_town, 3, model_name="other", **failed)
    thought_of(resting_town, 4, status=Thought.Status.WAITING, **failed)
    thought_of(resting_town, 5, purpose=Thought.Purpose.SPEAK, **failed)
    url = reverse("admin:agents_thought_changelist")
    shown = admin_client.get(f"{url}?{asked}").context["cl"].result_list
    assert {thought.asked_at for thought in shown} == found


# Residents


def test_a_mind_is_given_by_the_inbox(admin_client: Client, resting_town: World) -> None:
    model = language_model()
    agent = agent_of(resting_town)
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
    entry = InboxEntry.objects.get(world=resting_town)
    assert (entry.kind, entry.subject, entry.source) == (MIND.name, NUMBER, Source.OPERATOR)
    assert AgentMind.objects.get(actor=agent.actor).code == 0, "only the engine writes it"

    heartbeat(world_id=resting_town.pk)
    assert AgentMind.objects.get(actor=agent.actor).code == model.code
    assert "fake-chat" in page(admin_client, reverse("admin:agents_agent_changelist"))
    assert agent_form(admin_client, url)["mind"] == model.name


def test_the_mind_that_one_has_is_kept_even_if_its_model_is_disabled_or_gone(
    admin_client: Client, resting_town: World
) -> None:
    model = language_model()
    thinks_with(resting_town, model)
    url = agent_url(agent_of(resting_town))
    for change in (
        lambda: LanguageModel.objects.filter(pk=model.pk).update(enabled=False),
        lambda: LanguageModel.objects.filter(pk=model.pk).delete(),
    ):
        change()
        answer = admin_client.post(url, agent_form(admin_client, url))
        assert answer.status_code == 302
    assert not InboxEntry.objects.filter(world=resting_town).exists()


@pytest.mark.parametrize("wrong", ["no-such-model", "disabled", ""])
def test_a_mind_that_cannot_be_given_is_refused_by_the_form(
    admin_client: Client, resting_town: World, wrong: str
) -> None:
    language_model(name="disabled", enabled=False)
    url = agent_url(agent_of(resting_town))
    answer = admin_client.post(url, agent_form(admin_client, url) | {"mind": wrong})
    assert "mind" in answer.context["adminform"].form.errors
    assert not InboxEntry.objects.filter(world=resting_town).exists()


def test_a_mind_is_given_to_those_who_are_chosen_in_the_list(
    admin_client: Client, resting_town: World
) -> None:
    model = language_model()
    url = reverse("admin:agents_agent_changelist")
    chosen = [agent_of(resting_town, number).pk for number in (2, NUMBER)]
    told = {"action": f"mind_{model.name}", "_selected_action": chosen}
    answer = admin_client.post(url, told, follow=True, headers={"Accept-Language": "en"})
    assert "Told 2 residents to think with fake-chat" in answer.content.decode()
    heartbeat(world_id=resting_town.pk)
    minds = AgentMind.objects.filter(actor__world=resting_town, code=model.code)
    assert set(minds.values_list("actor__number", flat=True)) == {2, NUMBER}

    admin_client.post(url, told | {"action": "mind_instinct"})
    heartbeat(world_id=resting_town.pk)
    assert not minds.exists()


def test_replies_of_models_do_not_hide_what_operators_told(
    admin_client: Client, resting_town: World
) -> None:
    agent = agent_of(resting_town)
    url = agent_url(agent)
    admin_client.post(url, agent_form(admin_client, url) | {"needs_energy": 12.5})
    for asked_at in range(20):
        InboxEntry.objects.create(
            world=resting_town,
            at=0,
            kind=REPLY.name,
            subject=NUMBER,
            key=str(asked_at),
            source=Source.MODEL,
        )
    told = page(admin_client, url)
    assert "takes effect at 2026-03-02T06:00:00" in told
    assert "thought reply" not in told
