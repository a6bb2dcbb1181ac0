"""Admin: every model can be looked at, the clock obeys, and edits of residents go to the inbox."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from unfold.admin import ModelAdmin, TabularInline

from agents.models import Agent, LanguageModel, MindsPolicy
from world.models import InboxEntry, World, WorldClock
from world.pace import heartbeat, pause, start

Found = Callable[..., World]

EVERY = list(admin.site._registry)
MODELS = [model for model in EVERY if model._meta.app_label in {"world", "economy", "agents"}]
OPERATORS_OWN = {Agent, LanguageModel, MindsPolicy}
"""What the engine does not write: operators edit it."""


@pytest.fixture(scope="module")
def paused(found_shared: Found) -> int:
    world = found_shared()
    start(world=world)
    pause(world=world)
    return world.pk


@pytest.fixture
def town(paused: int, db: None) -> World:
    """A hamlet whose clock has run and stands now."""
    return World.objects.get(pk=paused)


def form_of(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send back of the form at an address."""
    form = client.get(url).context["adminform"].form
    told = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in told.items() if value is not None}


def test_every_model_of_ours_is_in_admin() -> None:
    from django.apps import apps

    ours = {
        m for app in ("world", "economy", "agents") for m in apps.get_app_config(app).get_models()
    }
    assert ours == set(MODELS)


@pytest.mark.parametrize("model", EVERY, ids=lambda model: model._meta.label_lower)
def test_every_model_is_in_the_theme_of_the_house(model: Any) -> None:
    view = admin.site._registry[model]
    assert isinstance(view, ModelAdmin)
    assert all(issubclass(inline, TabularInline) for inline in view.inlines)


@pytest.mark.parametrize("model", EVERY, ids=lambda model: model._meta.label_lower)
def test_every_model_can_be_listed_and_looked_at(
    admin_client: Client, town: World, model: Any
) -> None:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert admin_client.get(reverse(f"{name}_changelist")).status_code == 200
    thing = model._default_manager.first()
    if thing is not None:
        assert admin_client.get(reverse(f"{name}_change", args=[thing.pk])).status_code == 200
    if admin.site._registry[model].has_add_permission(admin_client.get("/admin/").wsgi_request):
        assert admin_client.get(reverse(f"{name}_add")).status_code == 200


def test_nobody_edits_what_the_engine_writes(admin_client: Client, town: World) -> None:
    request = admin_client.get("/admin/").wsgi_request
    for model in MODELS:
        if model in OPERATORS_OWN:
            continue
        view = admin.site._registry[model]
        assert not view.has_add_permission(request), model
        assert not view.has_change_permission(request), model
        assert not view.has_delete_permission(request), model
    for model in (Agent, MindsPolicy):
        view = admin.site._registry[model]
        assert not view.has_add_permission(request), model
        assert not view.has_delete_permission(request), model


def test_the_clock_obeys(admin_client: Client, town: World) -> None:
    def press(button: str) -> WorldClock:
        url = f"/admin/world/world/{town.pk}/{button}"
        answer = admin_client.get(url, follow=True)
        assert answer.status_code == 200
        return WorldClock.objects.get(world=town)

    assert not press("resume").paused
    assert press("x60").scale == 600
    assert press("slow-down").scale == 100
    assert press("speed-up").scale == 600
    assert press("pause").paused


def test_another_site_cannot_press_the_buttons(admin_client: Client, town: World) -> None:
    url = f"/admin/world/world/{town.pk}/resume"
    answer = admin_client.get(url, follow=True, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert WorldClock.objects.get(world=town).paused


def test_strangers_see_nothing(client: Client, town: World) -> None:
    for url in ("/admin/", "/admin/agents/agent/", f"/admin/world/world/{town.pk}/pause"):
        answer = client.get(url)
        assert answer.status_code == 302
        assert "/admin/login/" in answer.headers["Location"]


def test_an_edit_goes_through_the_inbox_and_the_form_says_when_it_takes_effect(
    admin_client: Client, town: World
) -> None:
    agent = Agent.objects.get(actor__world=town, actor__number=3)
    balance = agent.actor.account.balance
    url = reverse("admin:agents_agent_change", args=[agent.pk])
    told = form_of(admin_client, url)
    changes = {
        "traits_openness": 99,
        "needs_energy": 12.5,
        "give_yuan": "50",
        "go_to": 4,
        "age": 44,
    }
    answer = admin_client.post(url, told | changes, follow=True, headers={"Accept-Language": "en"})
    said = [str(message) for message in answer.context["messages"]]
    assert sum("takes effect at 2026-03-02T06:00:00" in each for each in said) == 3
    agent.refresh_from_db()
    assert agent.age == 44
    assert agent.actor.personality.openness != 99, "only the engine writes it"

    heartbeat(world_id=town.pk)
    agent = Agent.objects.select_related("actor__personality", "actor__state").get(pk=agent.pk)
    assert agent.actor.personality.openness == 99
    assert agent.actor.state.energy == 12_500
    assert agent.actor.state.bound_for == 4
    assert agent.actor.account.balance == balance + 5000
    page = admin_client.get(url, headers={"Accept-Language": "en"}).content.decode()
    assert page.count("took effect at 2026-03-02T06:00:00") == 3


def test_a_form_that_was_not_changed_tells_nothing(admin_client: Client, town: World) -> None:
    agent = Agent.objects.get(actor__world=town, actor__number=3)
    url = reverse("admin:agents_agent_change", args=[agent.pk])
    admin_client.post(url, form_of(admin_client, url))
    assert not InboxEntry.objects.filter(world=town).exists()


@pytest.mark.parametrize("wrong", [{"needs_energy": 101}, {"traits_openness": -1}, {"go_to": 99}])
def test_what_cannot_be_is_refused_by_the_form(
    admin_client: Client, town: World, wrong: dict[str, int]
) -> None:
    agent = Agent.objects.get(actor__world=town, actor__number=3)
    url = reverse("admin:agents_agent_change", args=[agent.pk])
    answer = admin_client.post(url, form_of(admin_client, url) | wrong)
    assert answer.context["errors"]
    assert not InboxEntry.objects.filter(world=town).exists()


def test_a_refused_order_is_shown_with_its_reason(admin_client: Client, town: World) -> None:
    agent = Agent.objects.get(actor__world=town, actor__number=3)
    url = reverse("admin:agents_agent_change", args=[agent.pk])
    home = agent.actor.state.home
    admin_client.post(url, form_of(admin_client, url) | {"go_to": home})
    heartbeat(world_id=town.pk)
    page = admin_client.get(url, headers={"Accept-Language": "en"}).content.decode()
    assert "was refused at 2026-03-02T06:00:00 (already_there)" in page


@pytest.mark.usefixtures("nobody_has_asked_before")
@pytest.mark.parametrize(("language", "says"), [("zh", "认识人最多的人"), ("en", "Most connected")])
def test_an_operator_sees_the_social_network_and_gets_files_of_it(
    admin_client: Client, town: World, language: str, says: str
) -> None:
    url = reverse("admin:agents_society_change", args=[town.pk])
    page = admin_client.get(url, headers={"Accept-Language": language}).content.decode()
    assert says in page
    social = admin_client.get(f"/api/stats/society?world={town.slug}").json()["data"]["social"]
    assert social["ties"] > 0
    for key, digits in (("density", 3), ("average_clustering", 3), ("mean_strength", 1)):
        assert f"{social[key]:.{digits}f}" in page
    best = Agent.objects.get(
        actor__world=town, actor__number=social["most_connected"][0]["agent"]["id"]
    )
    assert reverse("admin:agents_agent_change", args=[best.pk]) in page
    files = re.findall(r'href="(/api/export/[^"]+)"', page)
    assert len(files) == 9
    for file in files:
        answer = admin_client.get(html.unescape(file))
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
        assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
