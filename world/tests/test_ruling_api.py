"""Rules of the town and happenings by REST."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from rest_framework.test import APIClient

from world.advance import advance
from world.engine.gametime import DAY, HOUR
from world.models import Happening, InboxEntry, World
from world.stream.snapshot import snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(found_town: Callable[..., World]) -> World:
    return found_town()


@pytest.fixture
def operator() -> APIClient:
    client = APIClient()
    client.force_authenticate(get_user_model().objects.create_user("ruler", is_staff=True))
    return client


def rules_of(world: World) -> dict[str, Any]:
    told = APIClient().get(f"/api/world/rules?world={world.slug}").json()["data"]["rules"]
    return {rule["rule"]: rule for rule in told}


def live(world: World, seconds: int) -> None:
    world.refresh_from_db()
    advance(world_id=world.pk, until=world.lived_until + seconds)
    world.refresh_from_db()


def test_a_new_town_has_no_rules_but_its_own(town: World) -> None:
    rules = rules_of(town)
    assert list(rules) == [
        "curfew",
        "festival",
        "crisis",
        "day_off",
        "pension",
        "allowance",
        "tax",
    ]
    assert not any(rules[name]["on"] for name in ("curfew", "festival", "crisis", "day_off"))
    assert {rules[name]["value"] for name in ("pension", "allowance", "tax")} == {None}


def test_rules_are_switched_for_good_or_for_some_days(town: World, operator: APIClient) -> None:
    address = f"/api/world/rules?world={town.slug}"
    answer = operator.patch(address, {"curfew": True, "pension": 250.5}, format="json")
    assert answer.status_code == 202, answer.json()
    assert operator.patch(address, {"festival": True, "days": 1}, format="json").status_code == 202
    live(town, HOUR)
    rules = rules_of(town)
    assert rules["curfew"]["on"]
    assert rules["curfew"]["until"] is None
    assert rules["pension"]["value"] == 250.5
    assert rules["festival"]["on"]
    assert rules["festival"]["until"] is not None
    operator.patch(address, {"curfew": False, "pension": None}, format="json")
    live(town, DAY)
    rules = rules_of(town)
    assert not rules["curfew"]["on"]
    assert rules["pension"]["value"] is None
    assert not rules["festival"]["on"], "a day is over"


@pytest.mark.parametrize(
    ("body", "names"),
    [({}, "curfew"), ({"curfew": "perhaps"}, "curfew"), ({"speed": 3}, "speed")],
)
def test_what_is_no_rule_is_refused(
    town: World, operator: APIClient, body: dict[str, Any], names: str
) -> None:
    answer = operator.patch(f"/api/world/rules?world={town.slug}", body, format="json")
    assert answer.status_code == 400
    assert names in str(answer.json()["error"])
    assert not InboxEntry.objects.filter(world=town).exists()


def test_only_operators_rule(town: World) -> None:
    for method, path in (("patch", "rules"), ("post", "happenings")):
        answer = getattr(APIClient(), method)(f"/api/world/{path}?world={town.slug}", {})
        assert answer.status_code in (401, 403)


def test_a_celebration_begins_and_is_over(town: World, operator: APIClient) -> None:
    place = town.locations.get(kind="plaza").number
    address = f"/api/world/happenings?world={town.slug}"
    answer = operator.post(
        address, {"kind": "celebration", "location_id": place, "hours": 2}, format="json"
    )
    assert answer.status_code == 202, answer.json()
    live(town, HOUR)
    (line,) = APIClient().get(address).json()["data"]["happenings"]
    assert (line["kind"], line["location"]["id"], line["over"]) == ("celebration", place, False)
    live(town, 2 * HOUR)
    (line,) = APIClient().get(address).json()["data"]["happenings"]
    assert line["over"]
    told = town.events.filter(kind__in=(4, 5)).order_by("seq").values_list("kind", "place")
    assert list(told) == [(4, place), (5, place)]


def test_a_disaster_needs_a_place(town: World, operator: APIClient) -> None:
    for location in (None, 999):
        answer = operator.post(
            f"/api/world/happenings?world={town.slug}",
            {"kind": "disaster", "location_id": location, "hours": 2},
            format="json",
        )
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "LOCATION_NOT_FOUND"
    assert not Happening.objects.filter(world=town).exists()


def test_whoever_looks_later_knows_what_is_in_force(town: World, operator: APIClient) -> None:
    query, plaza = f"?world={town.slug}", town.locations.get(kind="plaza").number
    operator.patch(f"/api/world/rules{query}", {"curfew": True, "tax": 150}, format="json")
    operator.patch(f"/api/world/rules{query}", {"festival": True, "days": 1}, format="json")
    party = {"kind": "celebration", "location_id": plaza, "hours": 2}
    assert operator.post(f"/api/world/happenings{query}", party, format="json").status_code == 202
    assert snapshot(world_id=town.pk)["going_on"] == []
    live(town, HOUR)
    told = {each["kind"]: each for each in snapshot(world_id=town.pk)["going_on"]}
    assert list(told) == ["celebration", "curfew", "festival", "tax"]
    assert (told["celebration"]["place"], told["tax"]["strength"]) == (plaza, 150)
    assert told["curfew"]["until"] is None
    assert told["festival"]["until"].startswith("2026-03-03T06:0")
    operator.patch(f"/api/world/rules{query}", {"curfew": False, "tax": None}, format="json")
    live(town, 3 * HOUR)
    assert [each["kind"] for each in snapshot(world_id=town.pk)["going_on"]] == ["festival"]
    live(town, DAY)
    assert snapshot(world_id=town.pk)["going_on"] == []
