"""REST and commands of minds: thoughts, models, usage, and giving somebody another mind."""

import random
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from rest_framework.authtoken.models import Token

from agents.models import AgentMind, LanguageModel, Thought
from tests.laws.minds import CODE, NAME, answer_somehow, think_with_a_model
from world.advance import advance
from world.engine.gametime import HOUR, MINUTE
from world.models import World

Found = Callable[..., World]
Ask = Callable[..., Any]


pytestmark = pytest.mark.usefixtures("nobody_has_asked_before")


@pytest.fixture(scope="module")
def lived(found_shared: Found) -> int:
    world, luck = found_shared(), random.Random(3)
    think_with_a_model(world)
    until = world.instant + HOUR
    while world.lived_until < until:
        advance(world_id=world.pk, until=world.lived_until + 2 * MINUTE)
        world.refresh_from_db()
        answer_somehow(world, luck)
    return world.pk


@pytest.fixture
def town(lived: int, db: None) -> World:
    """A hamlet that thinks with a model, some of whose answers failed."""
    return World.objects.get(pk=lived)


def test_thoughts_are_listed_newest_first_and_told_whole(town: World, ask: Ask) -> None:
    number = Thought.objects.filter(world=town)[0].actor.number
    status, answer = ask(f"/api/agents/{number}/thoughts?limit=2")
    assert status == 200
    page = answer["data"]
    assert page["total"] == Thought.objects.filter(actor__number=number).count()
    assert len(page["thoughts"]) <= 2
    times = [thought["asked_at"] for thought in page["thoughts"]]
    assert times == sorted(times, reverse=True)
    first = page["thoughts"][0]
    status, answer = ask(f"/api/thoughts/{first['id']}")
    assert status == 200
    whole = answer["data"]
    assert whole["id"] == first["id"]
    assert whole["situation"]["place"] is not None
    assert first["outcome"].partition(":")[0] in {"waiting", "accepted", "refused", ""}


@pytest.mark.parametrize("key", ["", "1", "1-2", "x-1-decide", "1-1-decide", "1-9" * 20, "9-%00-d"])
def test_a_thought_that_is_none_is_not_found(town: World, ask: Ask, key: str) -> None:
    status, answer = ask(f"/api/thoughts/{key}")
    assert status == 404
    assert answer["error"]["code"] == "NOT_FOUND"


@pytest.mark.parametrize(
    "path",
    [
        "/api/agents/1/thoughts",
        "/api/thoughts/1-2-decide",
        "/api/minds/models",
        "/api/minds/usage",
        "/api/doctor",
    ],
)
def test_prompts_usage_and_the_doctor_are_not_for_strangers(
    town: World, ask: Ask, path: str
) -> None:
    status, answer = ask(path, operator=False)
    assert status == 401
    assert answer["error"]["code"] == "NOT_AUTHENTICATED"


def test_researchers_read_but_change_nothing(
    town: World, client: Client, django_user_model: Any
) -> None:
    token = Token.objects.create(user=django_user_model.objects.create_user("researcher")).key
    headers = {"Authorization": f"Token {token}"}
    assert client.get("/api/minds/usage", headers=headers).status_code == 200
    refused = client.post(
        "/api/agents/1/model", {"model": "instinct"}, "application/json", headers=headers
    )
    assert refused.status_code == 403


def test_a_mind_is_changed_through_the_inbox_and_the_next_thought_uses_it(
    town: World, ask: Ask
) -> None:
    other = LanguageModel.objects.create(
        name="other", provider="x", remote_name="x", base_url="http://x"
    )
    status, answer = ask("/api/agents/4/model", {"model": "other"})
    assert status == 202
    assert answer["data"]["takes_effect_at"]
    assert AgentMind.objects.get(actor__world=town, actor__number=4).code == CODE
    advance(world_id=town.pk, until=town.lived_until + 3 * HOUR)
    assert AgentMind.objects.get(actor__world=town, actor__number=4).code == other.code
    later = Thought.objects.filter(world=town, actor__number=4, asked_at__gt=town.lived_until)
    assert set(later.values_list("situation__model", flat=True)) == {other.code}
    told = ask("/api/agents/4")[1]["data"]
    assert told["profile"]["model_name"] == told["state"]["mind"]["model"] == "other"


@pytest.mark.parametrize("name", ["gpt-nobody", "disabled", "", "Instinct"])
def test_unknown_and_disabled_models_are_refused_and_nothing_changes(
    town: World, ask: Ask, name: str
) -> None:
    LanguageModel.objects.create(
        name="disabled", provider="x", remote_name="x", base_url="http://x", enabled=False
    )
    before = town.inbox.count()
    status, answer = ask("/api/agents/4/model", {"model": name})
    assert status == 400
    assert answer["error"]["code"] == "INVALID_PARAMETER"
    assert NAME in answer["error"]["message"], "it says which there are"
    with pytest.raises(CommandError, match="that is enabled"):
        call_command("mind", "4", name, world=town.slug)
    with pytest.raises(CommandError, match="that is enabled"):
        call_command("live", mind=name or "?")
    assert town.inbox.count() == before


def test_the_command_lists_models_and_gives_minds(town: World) -> None:
    out = StringIO()
    call_command("mind", stdout=out)
    assert f"{NAME} (law): " in out.getvalue()
    call_command("mind", "all", "instinct", world=town.slug, stdout=out)
    advance(world_id=town.pk, until=town.lived_until + MINUTE)
    assert not AgentMind.objects.filter(actor__world=town, code__gt=0).exists()
    with pytest.raises(CommandError, match="no resident"):
        call_command("mind", "99", "instinct", world=town.slug)
    with pytest.raises(CommandError, match="Which model"):
        call_command("mind", "3", world=town.slug)


def test_models_say_what_keeps_them_from_being_used(town: World, ask: Ask) -> None:
    LanguageModel.objects.create(
        name="keyless",
        provider="x",
        remote_name="x",
        base_url="http://x",
        key_variable="NO_SUCH_KEY",
    )
    models = {line["name"]: line for line in ask("/api/minds/models")[1]["data"]["models"]}
    assert not models["keyless"]["usable"]
    assert "NO_SUCH_KEY" in models["keyless"]["why"]
    assert models[NAME]["price"] is None


def test_usage_and_status_tell_what_minds_do(town: World, ask: Ask) -> None:
    Thought.objects.filter(world=town).update(
        model_name=NAME, calls=1, tokens_in=1000, tokens_out=100, cost=2_000_000
    )
    count = Thought.objects.filter(world=town).count()
    usage = ask("/api/minds/usage?days=2")[1]["data"]
    (line,) = usage["usage"]
    assert (line["thoughts"], line["calls"], line["tokens_in"]) == (count, count, 1000 * count)
    assert line["cost_usd"] == pytest.approx(0.002 * count)
    minds = ask("/api/world/status", operator=False)[1]["data"]["minds"]
    assert minds["models"] == {NAME: 12}
    assert minds["decisions_lately"]["model"] > 0
    assert minds["budget"]["monthly_cap_usd"] == 200
