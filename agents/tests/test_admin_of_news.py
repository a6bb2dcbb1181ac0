"""Admin of news: operators announce there by the door that REST has."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from agents.models import Knowledge, News
from agents.systems.news import ANNOUNCE
from world.advance import advance
from world.engine.gametime import MINUTE
from world.models import InboxEntry, World

Found = Callable[..., World]

PAGE = "/admin/agents/news/announce/"
ENGLISH = {"Accept-Language": "en"}
PARTY = {"host": "2", "place": "3", "starts_at": "2026-03-04T18:00", "urgency": "normal"}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(found_town: Found) -> World:
    return found_town(seed=3)


def live(world: World) -> None:
    advance(world_id=world.pk, until=world.lived_until + MINUTE)


def test_the_list_leads_to_the_form_in_both_languages(admin_client: Client, town: World) -> None:
    listed = admin_client.get(reverse("admin:agents_news_changelist")).content.decode()
    assert PAGE in listed
    for language, says in (("zh", "此刻在场的人都会听到"), ("en", "all who are there now hear it")):
        page = admin_client.get(PAGE, headers={"Accept-Language": language}).content.decode()
        assert says in page


def test_what_is_announced_in_admin_is_known_and_says_when(
    admin_client: Client, town: World
) -> None:
    wanted = {"text": "明天停水。", "urgency": "urgent", "days": "2"}
    answer = admin_client.post(PAGE, wanted, follow=True, headers=ENGLISH)
    (said,) = (str(message) for message in answer.context["messages"])
    assert said == "Will be announced at 2026-03-02T06:00:00."
    entry = InboxEntry.objects.get(world=town, kind=ANNOUNCE.name)
    assert entry.told_by == "admin"
    live(town)
    news = News.objects.get(world=town)
    assert (news.text_zh, news.text_en) == ("明天停水。", "明天停水。")
    assert (
        Knowledge.objects.filter(news=news).count() == town.actors.filter(kind="resident").count()
    )


def test_one_alone_is_told_and_a_gathering_has_a_host(admin_client: Client, town: World) -> None:
    admin_client.post(PAGE, {"text_en": "You have won.", "urgency": "high", "to": "4"})
    admin_client.post(PAGE, PARTY)
    live(town)
    known = Knowledge.objects.filter(news__world=town).order_by("news__number")
    assert list(known.values_list("news__number", "actor__number")) == [(1, 4), (2, 2)]
    party = reverse("admin:agents_news_change", args=[known[1].news_id])
    for language, says in (("zh", "是主办人"), ("en", "is the host")):
        page = admin_client.get(party, headers={"Accept-Language": language}).content.decode()
        assert says in page


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"urgency": "low"}, "text"),
        ({"text": " ", "urgency": "low"}, "text"),
        ({"text": "x" * 301, "urgency": "low"}, "text"),
        ({"text": "x", "urgency": "shrill"}, "urgency"),
        ({"text": "x", "urgency": "low", "place": "999"}, "place"),
        ({"text": "x", "urgency": "low", "to": "999"}, "to"),
        ({"text": "x", "urgency": "low", "days": "99"}, "days"),
        (PARTY | {"place": ""}, "place"),
        (PARTY | {"host": ""}, "host"),
        (PARTY | {"starts_at": ""}, "starts_at"),
        (PARTY | {"starts_at": "tonight"}, "starts_at"),
        (PARTY | {"starts_at": "2026-03-02T05:00"}, "starts_at"),
    ],
)
def test_what_makes_no_sense_is_told_beside_its_field_and_nothing_is_lost(
    admin_client: Client, town: World, wanted: dict[str, Any], field: str
) -> None:
    wanted = {"text_en": "", "days": "3"} | wanted
    answer = admin_client.post(PAGE, wanted, headers=ENGLISH)
    form = answer.context["form"]
    assert set(form.errors) == {field}
    assert str(form.errors[field][0]) in answer.content.decode().replace("&#x27;", "'")
    assert {name: form[name].value() for name in wanted} == wanted
    assert not InboxEntry.objects.filter(world=town).exists()


def test_a_world_of_several_is_chosen_by_its_name(
    admin_client: Client, found_town: Found, town: World
) -> None:
    other = found_town(seed=4)
    assert f"?world={other.slug}" in admin_client.get(PAGE).content.decode()
    admin_client.post(f"{PAGE}?world={other.slug}", {"text": "x", "urgency": "low"})
    assert InboxEntry.objects.get().world == other
    assert admin_client.get(f"{PAGE}?world=nowhere").status_code == 302


def test_who_is_no_operator_cannot_announce(client: Client, town: World) -> None:
    wanted = {"text": "x", "urgency": "low"}
    client.force_login(User.objects.create_user("watcher"))
    for answer in (client.get(PAGE), client.post(PAGE, wanted)):
        assert answer.status_code == 302
        assert "/admin/login/" in answer.headers["Location"]
    assert not InboxEntry.objects.filter(world=town).exists()
