"""The REST doors: envelopes, codes, languages, limits, and what they tell."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from drf_spectacular.validation import validate_schema
from rest_framework.authtoken.models import Token

from agents.conversations.selectors import going_on
from agents.selectors import residents
from world import pace
from world.advance import advance
from world.engine.gametime import HOUR
from world.models import InboxEntry, World, WorldClock

Found = Callable[..., World]
Ask = Callable[..., Any]

DOORS = (
    "/api/world/status",
    "/api/world/locations",
    "/api/world/locations/3",
    "/api/world/events",
    "/api/agents",
    "/api/agents/3",
    "/api/agents/3/trajectory",
)


pytestmark = pytest.mark.usefixtures("nobody_has_asked_before")


@pytest.fixture(scope="module")
def paused(found_shared: Found) -> int:
    world = found_shared()
    advance(world_id=world.pk, until=world.instant + 5 * HOUR)
    pace.start(world=world)
    pace.pause(world=world)
    return world.pk


@pytest.fixture
def town(paused: int, db: None) -> World:
    """A hamlet that has lived for five hours and is paused."""
    return World.objects.get(pk=paused)


@pytest.fixture
def ask(client: Client) -> Ask:
    """Asks in English; gives the status and what the answer says."""

    def ask_for(path: str, *, language: str = "en", **more: Any) -> tuple[int, Any]:
        answer = client.get(path, headers={"Accept-Language": language} | more)
        return answer.status_code, answer.json()

    return ask_for


@pytest.fixture
def order(client: Client, admin_user: Any) -> Ask:
    """Posts as an operator with a token."""
    token = Token.objects.create(user=admin_user)

    def post(path: str, body: Any, *, token: str = token.key) -> tuple[int, Any]:
        headers = {"Accept-Language": "en"}
        if token:
            headers["Authorization"] = f"Token {token}"
        content = body if isinstance(body, str) else json.dumps(body)
        answer = client.post(path, content, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()

    return post


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("slash", ["", "/"])
def test_every_door_answers_with_and_without_a_slash(
    town: World, ask: Ask, door: str, slash: str
) -> None:
    status, answer = ask(door + slash)
    assert status == 200
    assert answer["success"] is True
    assert answer["data"]


def test_the_status_tells_how_the_world_is(town: World, ask: Ask) -> None:
    _, answer = ask("/api/world/status")
    told = answer["data"]
    assert told["status"] == "paused"
    assert told["world_time"] == "2026-03-02T11:00:00"
    assert (told["day_count"], told["time_period"], told["is_daytime"]) == (1, "forenoon", True)
    assert told["agent_count"] == residents(town).count()
    assert told["active_conversations"] == going_on(town).count()
    assert (told["time_scale"], told["seq"]) == (10, town.seq)
    assert told["real_time"].endswith("Z")
    assert set(told["weather"]) == {"kind", "name", "degrees"}


def test_names_follow_the_language_and_chinese_is_the_default(town: World, ask: Ask) -> None:
    def name(language: str) -> str:
        return str(ask("/api/agents/3", language=language)[1]["data"]["name"])

    assert name("en").isascii()
    assert not name("zh-CN").isascii()
    assert name("fr") == name("zh-CN")
    assert "居民" in ask("/api/agents/99", language="zh-CN")[1]["error"]["message"]


def test_residents_come_in_pages_and_can_be_sought(town: World, ask: Ask) -> None:
    pages = [ask(f"/api/agents?page={page}&limit=5")[1]["data"] for page in (1, 2, 3, 4)]
    here = list(residents(town).values_list("number", flat=True))
    assert [agent["id"] for page in pages for agent in page["agents"]] == here
    assert [len(page["agents"]) for page in pages[:2]] == [5, 5]
    assert {page["total"] for page in pages} == {len(here)}
    line = pages[0]["agents"][0]
    jobs = ask(f"/api/agents?occupation={line['occupation']}&limit=100")[1]["data"]
    assert {agent["occupation"] for agent in jobs["agents"]} == {line["occupation"]}
    found = ask(f"/api/agents?search={line['name'][:4]}")[1]["data"]
    assert line["id"] in [agent["id"] for agent in found["agents"]]
    ages = [agent["age"] for agent in ask("/api/agents?sort=-age")[1]["data"]["agents"]]
    assert ages == sorted(ages, reverse=True)
    classes = {agent["economic_status"] for page in pages for agent in page["agents"]}
    for status in classes:
        some = ask(f"/api/agents?status={status}&limit=100")[1]["data"]["agents"]
        assert {agent["economic_status"] for agent in some} == {status}


def test_a_resident_is_told_whole(town: World, ask: Ask) -> None:
    told = ask("/api/agents/3")[1]["data"]
    assert set(told["profile"]["personality"]) == {
        *("openness", "conscientiousness", "extraversion", "agreeableness", "neuroticism")
    }
    state = told["state"]
    assert all(0 <= value <= 100 for value in state["needs"].values())
    assert len(state["needs"]) == 6
    assert state["thinking"]["text"]
    assert state["economy"]["balance"] > 0
    assert told["profile"]["home"]["name"]


def test_a_trajectory_is_what_the_log_says(town: World, ask: Ask) -> None:
    visits = ask("/api/agents/3/trajectory?hours=24")[1]["data"]["visits"]
    kinds = {"agent_move": "move", "activity_start": "activity"}
    events = ask("/api/world/events?agent=3&limit=1000")[1]["data"]["events"]
    assert [(visit["time"], visit["action"], visit["kind"]) for visit in visits] == [
        (event["world_time"], event["activity"], kinds[event["kind"]])
        for event in events
        if event["kind"] in kinds and event["actor"]["id"] == 3
    ]
    assert visits


def test_places_tell_who_is_in_them(town: World, ask: Ask) -> None:
    places = ask("/api/world/locations")[1]["data"]
    assert [place["id"] for place in places] == list(range(1, len(places) + 1))
    inside = 0
    for place in places:
        detail = ask(f"/api/world/locations/{place['id']}")[1]["data"]
        assert len(detail["current_occupants"]) == place["current_occupants"]
        assert detail["heat_history"][-1]["occupants"] == place["current_occupants"]
        inside += place["current_occupants"]
    everyone = ask("/api/agents?limit=100")[1]["data"]["agents"]
    assert inside == sum(agent["current_location"] is not None for agent in everyone)


def test_the_log_has_no_gaps_however_it_is_read(town: World, ask: Ask) -> None:
    seen: list[int] = []
    after = 0
    while after < town.seq:
        page = ask(f"/api/world/events?after_seq={after}&limit=37")[1]["data"]
        seen += [event["seq"] for event in page["events"]]
        after = page["next_after_seq"]
    assert seen == list(range(1, town.seq + 1))
    moves = ask("/api/world/events?kind=agent_move&limit=1000")[1]["data"]["events"]
    assert {event["kind"] for event in moves} == {"agent_move"}


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/agents/99", 404, "AGENT_NOT_FOUND"),
        ("/api/agents/x", 404, "AGENT_NOT_FOUND"),
        ("/api/agents/99999999999999999999", 404, "AGENT_NOT_FOUND"),
        ("/api/agents/99/trajectory", 404, "AGENT_NOT_FOUND"),
        ("/api/world/locations/99", 404, "LOCATION_NOT_FOUND"),
        ("/api/world/locations/²", 404, "LOCATION_NOT_FOUND"),
        ("/api/world/status?world=atlantis", 404, "NOT_FOUND"),
        ("/api/nothing/here", 404, "NOT_FOUND"),
        ("/api", 404, "NOT_FOUND"),
        ("/api/agents?page=0", 400, "INVALID_PARAMETER"),
        ("/api/agents?limit=101", 400, "INVALID_PARAMETER"),
        ("/api/agents?limit=many", 400, "INVALID_PARAMETER"),
        ("/api/agents?sort=beauty", 400, "INVALID_PARAMETER"),
        ("/api/agents?status=king", 400, "INVALID_PARAMETER"),
        ("/api/agents/3/trajectory?hours=0", 400, "INVALID_PARAMETER"),
        ("/api/world/events?after_seq=-1", 400, "INVALID_PARAMETER"),
        ("/api/world/events?kind=party", 400, "INVALID_PARAMETER"),
    ],
)
def test_what_cannot_be_answered_is_told_with_its_code(
    town: World, ask: Ask, path: str, status: int, code: str
) -> None:
    got, answer = ask(path)
    assert (got, answer["success"], answer["error"]["code"]) == (status, False, code)
    assert answer["error"]["message"]
    assert isinstance(answer["error"]["details"], dict)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "post"])
def test_a_wrong_method_is_told(town: World, client: Client, method: str) -> None:
    answer = getattr(client, method)("/api/world/status")
    assert answer.status_code == 405
    assert answer.json()["error"]["code"] == "INVALID_PARAMETER"
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "body",
    ["{", "", "[]", "5", '{"action": "fly"}', '{"action": "set_speed"}',
     '{"action": "set_speed", "speed": 3}', '{"action": "pause", "more": 1}'],
)  # fmt: skip
def test_orders_that_make_no_sense_are_refused(town: World, order: Ask, body: str) -> None:
    status, answer = order("/api/world/control", body)
    assert (status, answer["error"]["code"]) == (400, "INVALID_PARAMETER")


def test_only_operators_change_anything(town: World, order: Ask, django_user_model: Any) -> None:
    status, answer = order("/api/world/control", {"action": "resume"}, token="")
    assert (status, answer["error"]["code"]) == (401, "NOT_AUTHENTICATED")
    status, answer = order("/api/world/control", {"action": "resume"}, token="wrong")
    assert (status, answer["error"]["code"]) == (401, "NOT_AUTHENTICATED")
    somebody = Token.objects.create(user=django_user_model.objects.create_user("somebody"))
    for path in ("/api/world/control", "/api/agents/3/commands"):
        status, answer = order(path, {"action": "resume"}, token=somebody.key)
        assert (status, answer["error"]["code"]) == (403, "PERMISSION_DENIED")
    assert WorldClock.objects.get(world=town).paused


def test_a_session_needs_the_token_of_its_page(town: World, admin_user: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(admin_user)
    body = {"action": "resume"}
    forged = browser.post("/api/world/control", body, content_type="application/json")
    assert (forged.status_code, forged.json()["error"]["code"]) == (403, "PERMISSION_DENIED")
    browser.get("/")
    token = browser.cookies["csrftoken"].value
    true = browser.post(
        "/api/world/control", body, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert true.status_code == 200


def test_the_clock_obeys(town: World, order: Ask) -> None:
    def control(**body: Any) -> Any:
        status, answer = order("/api/world/control", body)
        assert status == 200
        assert answer["message"]
        return answer["data"]

    assert control(action="resume")["paused"] is False
    assert control(action="set_speed", speed=60)["speed"] == 60
    assert control(action="speed_up")["speed"] == 60
    assert control(action="slow_down")["speed"] == 10
    assert control(action="pause")["status"] == "paused"


def test_a_reset_asks_for_a_confirmation_and_keeps_the_old_world(
    town: World, order: Ask, ask: Ask
) -> None:
    status, answer = order("/api/world/control", {"action": "reset"})
    assert status == 400
    confirmation = answer["error"]["details"]["confirmation"]
    body = {"action": "reset", "confirmation": confirmation, "seed": 5}
    status, answer = order("/api/world/control", body)
    assert status == 200
    new = World.objects.get(slug=town.slug)
    assert answer["data"]["epoch"] == str(new.epoch) != str(town.epoch)
    assert (new.seed, new.seq) == (5, World.objects.get(pk=new.pk).seq)
    town.refresh_from_db()
    assert town.status == World.Status.ARCHIVED
    old = ask(f"/api/world/status?world={town.slug}")[1]["data"]
    assert (old["status"], old["seq"]) == ("archived", town.seq)
    status, _ = order("/api/world/control", body)
    assert status == 400, "a confirmation is good for one world only"


def test_a_command_enters_the_inbox_and_says_when_it_takes_effect(
    town: World, order: Ask, ask: Ask
) -> None:
    status, answer = order("/api/agents/3/commands", {"type": "move", "location_id": 4})
    assert status == 202
    assert answer["data"]["takes_effect_at"] == "2026-03-02T11:00:00"
    pace.heartbeat(world_id=town.pk)
    assert InboxEntry.objects.get(world=town).outcome == InboxEntry.Outcome.ACCEPTED
    told = ask("/api/agents/3")[1]["data"]
    assert told["current_action"]["target"]["id"] == 4
    assert told["state"]["route"]["to"]["id"] == 4
    assert told["state"]["thinking"]["source"] == "operator"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"type": "move", "location_id": 99}, 404, "LOCATION_NOT_FOUND"),
        ({"type": "activity", "activity": "fly"}, 400, "INVALID_PARAMETER"),
        ({"type": "move"}, 400, "INVALID_PARAMETER"),
        ({"type": "sing"}, 400, "INVALID_PARAMETER"),
        ({}, 400, "INVALID_PARAMETER"),
    ],
)
def test_commands_that_make_no_sense_are_refused(
    town: World, order: Ask, body: dict[str, Any], status: int, code: str
) -> None:
    got, answer = order("/api/agents/3/commands", body)
    assert (got, answer["error"]["code"]) == (status, code)
    assert not InboxEntry.objects.exists()


def test_who_asks_too_often_is_told_when_to_come_back(town: World, client: Client) -> None:
    answers = [client.get("/api/world/status") for _ in range(101)]
    assert [answer.status_code for answer in answers] == [200] * 100 + [429]
    assert answers[-1].json()["error"]["code"] == "RATE_LIMITED"
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60


def test_without_a_world_the_doors_say_so(db: None, ask: Ask) -> None:
    World.objects.all().delete()
    status, answer = ask("/api/world/status")
    assert (status, answer["error"]["code"]) == (404, "NOT_FOUND")


def test_the_schema_describes_every_door_and_needs_no_network(town: World, client: Client) -> None:
    schema = client.get("/api/schema?format=json").json()
    validate_schema(schema)
    paths = {path.rstrip("/") for path in schema["paths"]}
    assert {door.replace("/3", "/{id}") for door in DOORS} <= {
        path.replace("{agent_id}", "{id}").replace("{location_id}", "{id}") for path in paths
    }
    page = client.get("/api/docs").content.decode()
    assert "cdn" not in page
    assert "https://" not in page
