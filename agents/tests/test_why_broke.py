"""Why is somebody broke? From the resident to the account, its transfers and their causes."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from economy.models import DayFigures, Transfer
from economy.money import YUAN, Category
from world.advance import advance
from world.engine.gametime import DAY, HOUR
from world.models import Event, World

pytestmark = pytest.mark.django_db

ENGLISH = {"Accept-Language": "en"}


def links(client: Client, url: str) -> dict[str, str]:
    """The links in the content of a page, by their words."""
    page = client.get(url, headers=ENGLISH)
    assert page.status_code == 200, url
    found = re.findall(r'<a href="([^"]*)"[^>]*>\s*([^<]*?)\s*</a>', page.content.decode())
    return {words: href.replace("&amp;", "&") for href, words in found if words}


@pytest.fixture
def town(found_town: Callable[..., World]) -> World:
    world = found_town()
    advance(world_id=world.pk, until=DAY + 2 * HOUR)
    world.refresh_from_db()
    return world


def test_an_operator_clicks_from_a_resident_to_the_causes(
    admin_client: Client, town: World
) -> None:
    somebody = town.actors.filter(kind="resident", state__shift__gt=0).earliest("number")
    resident = links(admin_client, reverse("admin:agents_agent_change", args=[somebody.pk]))
    balance = f"{somebody.account.balance / YUAN:,.2f} yuan"
    account = links(admin_client, resident[balance])
    page = admin_client.get(resident[balance], headers=ENGLISH).content.decode()
    assert "the last seven days" in page.lower()
    assert {"rent", "food", "wage"} <= set(account)

    rents = admin_client.get(reverse("admin:economy_transfer_changelist"), headers=ENGLISH)
    assert rents.status_code == 200
    listed = admin_client.get(account["rent"], headers=ENGLISH).context["cl"]
    mine = Transfer.objects.filter(world=town, payer=somebody.number, category=Category.RENT)
    assert set(listed.queryset.values_list("seq", flat=True)) == set(
        mine.values_list("seq", flat=True)
    )
    everything = admin_client.get(account["show transfers"], headers=ENGLISH).context["cl"]
    parties = everything.queryset.values_list("payer", "payee")
    assert parties
    assert all(somebody.number in both for both in parties)

    # What was settled leads to the figures of its day, a wage to the spell of work.
    rent = mine.get()
    causes = links(admin_client, reverse("admin:economy_transfer_change", args=[rent.pk]))
    day = DayFigures.objects.get(world=town)
    assert causes["settlement"] == reverse("admin:economy_dayfigures_change", args=[day.pk])
    assert admin_client.get(causes["settlement"], headers=ENGLISH).status_code == 200
    wage = Transfer.objects.filter(
        world=town, payee=somebody.number, category=Category.WAGE
    ).earliest("seq")
    causes = links(admin_client, reverse("admin:economy_transfer_change", args=[wage.pk]))
    began = Event.objects.get(pk=int(causes["work"].rstrip("/").split("/")[-2]))
    assert (began.actor, began.world_time, began.place) == (
        somebody.number,
        wage.cause,
        wage.place,
    )
