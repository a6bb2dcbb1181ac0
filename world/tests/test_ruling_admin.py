"""Rules and happenings in admin: the same doors as REST."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from world.advance import advance
from world.engine.gametime import HOUR
from world.models import Happening, InboxEntry, World

pytestmark = pytest.mark.django_db(transaction=True)

RULES, HAPPEN = "/admin/world/happening/rules/", "/admin/world/happening/happen/"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def town(found_town: Callable[..., World]) -> World:
    return found_town()


def live(world: World) -> None:
    world.refresh_from_db()
    advance(world_id=world.pk, until=world.lived_until + HOUR)


def test_the_list_leads_to_both_forms_in_both_languages(admin_client: Client, town: World) -> None:
    listed = admin_client.get(reverse("admin:world_happening_changelist")).content.decode()
    assert RULES in listed
    assert HAPPEN in listed
    for language, rules, happen in (("zh", "宵禁", "庆典"), ("en", "Curfew", "celebration")):
        headers = {"Accept-Language": language}
        assert rules in admin_client.get(RULES, headers=headers).content.decode()
        assert happen in admin_client.get(HAPPEN, headers=headers).content.decode()


def test_only_what_was_changed_is_told(admin_client: Client, town: World) -> None:
    answer = admin_client.post(
        RULES, {"curfew": "on", "pension": "300"}, follow=True, headers=ENGLISH
    )
    (said,) = (str(message) for message in answer.context["messages"])
    assert said.startswith("Takes effect at 2026-03-02T06:00")
    told = InboxEntry.objects.filter(world=town).order_by("pk").values_list("payload", flat=True)
    assert [(each["rule"], each["value"]) for each in told] == [("curfew", 1), ("pension", 30_000)]
    live(town)
    # As it stands already, a curfew is nothing new; without the pension, it is taken back.
    admin_client.post(RULES, {"curfew": "on"}, headers=ENGLISH)
    latest = InboxEntry.objects.filter(world=town).latest("pk").payload
    assert (latest["rule"], latest["value"]) == ("pension", None)


def test_nothing_changed_is_said_and_not_told(admin_client: Client, town: World) -> None:
    answer = admin_client.post(RULES, {}, headers=ENGLISH)
    assert "No rule was changed." in answer.content.decode()
    assert not InboxEntry.objects.exists()


def test_a_celebration_needs_a_place(admin_client: Client, town: World) -> None:
    wanted = {"kind": "celebration", "hours": "3", "strength": "100"}
    answer = admin_client.post(HAPPEN, wanted, headers=ENGLISH)
    assert "This needs a place." in answer.content.decode()
    assert not InboxEntry.objects.exists()
    place = town.locations.get(kind="plaza").number
    admin_client.post(HAPPEN, wanted | {"place": place}, headers=ENGLISH)
    live(town)
    assert Happening.objects.get(world=town).place == place
    listed = admin_client.get(reverse("admin:world_happening_changelist"), headers=ENGLISH)
    assert "celebration" in listed.content.decode()
