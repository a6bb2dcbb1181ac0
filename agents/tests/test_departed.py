"""Those who have moved away: no list counts them, nobody orders them, all they did can be read."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agents.conversations.network import network_of
from agents.models import Agent, Relationship
from agents.tests.conftest import Ask
from agents.tests.test_livelihoods import with_rules
from world.advance import advance
from world.engine.gametime import DAY, HOUR
from world.models import InboxEntry, World
from world.scenario import Scenario
from world.stage import stage_of
from world.stream.snapshot import snapshot
from world.telling import tell

Found = Callable[..., World]

pytestmark = pytest.mark.usefixtures("nobody_has_asked_before")

GONE = 1
"""The number of who has moved away, deep in debt."""

WHEN = "2026-03-03T09:00:00"


@pytest.fixture(scope="module")
def lived(found_shared: Found, hamlet: Scenario) -> int:
    rules = {"chance": 0, "job": 0, "lonely": 0, "debt_days": 1}
    world = found_shared(scenario=with_rules(hamlet, "population", **rules))
    tell(world=world, kind="agent_purse", subject=GONE, payload={"fen": -1_500_000})
    advance(world_id=world.pk, until=DAY + 10 * HOUR)
    return world.pk


@pytest.fixture
def town(lived: int, db: None) -> World:
    """A hamlet from which one resident has moved away this morning."""
    return World.objects.get(pk=lived)


def numbers(told: dict[str, Any]) -> list[int]:
    return [agent["id"] for agent in told["agents"]]


def test_they_are_in_no_list_but_their_own(town: World, ask: Ask) -> None:
    world = f"world={town.slug}"
    everybody = set(town.actors.filter(kind="resident").values_list("number", flat=True))
    _, answer = ask(f"/api/agents?limit=100&{world}")
    assert set(numbers(answer["data"])) == everybody - {GONE}
    assert {agent["departed"] for agent in answer["data"]["agents"]} == {None}
    _, answer = ask(f"/api/agents?status=departed&{world}")
    assert numbers(answer["data"]) == [GONE]
    assert answer["data"]["agents"][0]["departed"] == {
        "at": WHEN,
        "reason": "debt",
        "text": "too deep in debt",
    }
    _, answer = ask(f"/api/world/status?{world}")
    assert answer["data"]["agent_count"] == len(everybody) - 1
    _, answer = ask(f"/api/stats/society?{world}")
    assert answer["data"]["population"]["total"] == len(everybody) - 1
    assert answer["data"]["social"]["residents"] == len(everybody) - 1
    assert set(snapshot(world_id=town.pk)["agents"]["id"]) == everybody - {GONE}


def test_nobody_is_tied_to_them_in_the_network(town: World) -> None:
    tie = Relationship.objects.filter(actor__world=town, actor__number=GONE)[0]
    Relationship.objects.filter(actor=tie.actor, other=tie.other).update(strength=100_000)
    graph = network_of(town, stage_of(town))
    assert GONE not in graph
    assert all("name_zh" in data for _, data in graph.nodes(data=True))


def test_what_they_did_can_be_read_and_says_that_they_are_gone(town: World, ask: Ask) -> None:
    world = f"world={town.slug}"
    status, answer = ask(f"/api/agents/{GONE}?{world}", language="zh-CN")
    assert status == 200
    told = answer["data"]
    assert told["departed"] == {"at": WHEN, "reason": "debt", "text": "欠债太多，撑不下去了"}
    assert told["current_location"] is None
    assert told["profile"]["workplace"] is None
    assert told["state"]["economy"]["balance"] < 0
    for door in ("memories", "relationships", "appointments", "trajectory"):
        assert ask(f"/api/agents/{GONE}/{door}?{world}")[0] == 200
    assert ask(f"/api/agents/{GONE}/memories?{world}")[1]["data"]["total"] > 0
    assert ask(f"/api/agents/{GONE}/trajectory?hours=100&{world}")[1]["data"]["visits"]
    events = ask(f"/api/world/events?agent={GONE}&kind=agent_departed&{world}")[1]["data"]["events"]
    assert [(event["reason"], event["world_time"]) for event in events] == [("debt", WHEN)]


def test_their_needs_stand_still(town: World, ask: Ask) -> None:
    path = f"/api/agents/{GONE}?world={town.slug}"
    before = ask(path)[1]["data"]["state"]["needs"]
    advance(world_id=town.pk, until=town.lived_until + 8 * HOUR)
    assert ask(path)[1]["data"]["state"]["needs"] == before


@pytest.mark.parametrize(
    ("door", "body"),
    [
        (f"agents/{GONE}/commands", {"type": "activity", "activity": "rest"}),
        (f"agents/{GONE}/commands", {"type": "move", "location_id": 3}),
        (f"agents/{GONE}/interview", {"question": "How are you?"}),
        (f"agents/{GONE}/model", {"model": "instinct"}),
        ("world/announcements", {"text": "Come back!", "agent_id": GONE}),
        (
            "world/announcements",
            {
                "text": "A party",
                "location_id": 3,
                "gathering": {"host_id": GONE, "starts_at": "2026-03-03T18:00:00"},
            },
        ),
    ],
)
def test_nobody_orders_asks_or_tells_them_anything(
    town: World, ask: Ask, door: str, body: dict[str, Any]
) -> None:
    waiting = InboxEntry.objects.filter(world=town).count()
    status, answer = ask(f"/api/{door}?world={town.slug}", body)
    assert status == 409
    error = answer["error"]
    assert error["code"] == "AGENT_DEPARTED"
    assert error["message"].endswith(f"moved away at {WHEN}: too deep in debt.")
    assert error["details"]["reason"] == "debt"
    assert InboxEntry.objects.filter(world=town).count() == waiting


def test_admin_shows_that_they_are_gone_and_takes_no_orders(
    admin_client: Client, town: World
) -> None:
    english = {"Accept-Language": "en"}
    gone = Agent.objects.get(actor__world=town, actor__number=GONE)
    listed = reverse("admin:agents_agent_changelist") + f"?actor__world__id__exact={town.pk}"

    def rows(query: str) -> list[int]:
        answer = admin_client.get(listed + query, headers=english)
        return [agent.actor.number for agent in answer.context["cl"].result_list]

    here = Agent.objects.filter(actor__world=town).count() - 1
    assert GONE not in rows("")
    assert (len(rows("")), rows("&lives=no"), len(rows("&lives=all"))) == (here, [GONE], here + 1)
    url = reverse("admin:agents_agent_change", args=[gone.pk])
    page = admin_client.get(url, headers=english)
    assert f"Moved away at {WHEN}: too deep in debt" in page.content.decode()
    form = page.context["adminform"].form
    told = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    told = {name: value for name, value in told.items() if value is not None}
    answer = admin_client.post(url, told | {"go_to": 3}, headers=english)
    assert "moved away" in str(answer.context["adminform"].form.non_field_errors())
    assert not InboxEntry.objects.filter(world=town, kind="agent_move").exists()
    answer = admin_client.post(url, told | {"age": 77}, headers=english)
    assert answer.status_code == 302
    gone.refresh_from_db()
    assert gone.age == 77, "their profile can still be put right"
