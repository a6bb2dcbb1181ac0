"""News: what is announced, who learns of it, and how it passes from person to person."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from agents import events
from agents.conversations.vocabulary import Change, Emotion
from agents.models import AgentState, Knowledge, News, Relationship
from agents.news.selectors import spread, text_of
from agents.news.vocabulary import How, Kind
from agents.systems.news import ANNOUNCE
from memory.models import Memory
from tests.laws.talk import chatty
from world.advance import advance
from world.engine.gametime import DAY, HOUR, MINUTE
from world.engine.lines import POINT
from world.history import history_hash
from world.models import Event, World
from world.residence import forget
from world.scenario import Scenario
from world.stage import stage_of
from world.telling import tell

Found = Callable[..., World]
Ask = Callable[..., tuple[int, Any]]

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = {"zh": "明天停水。", "en": "No water tomorrow."}


def gossipy(scenario: Scenario) -> Scenario:
    """Everybody talks whenever they may, and quarrels now and then."""
    scenario = chatty(scenario)
    talk = scenario["talk"].model_copy(update={"quarrel": 0.06})
    return replace(scenario, content=scenario.content | {"talk": talk})


@pytest.fixture
def town(found_town: Found) -> World:
    """A hamlet at nine in the morning, when people are about."""
    world = found_town(seed=3)
    live(world, 3 * HOUR)
    return world


def live(world: World, seconds: int) -> None:
    advance(world_id=world.pk, until=world.lived_until + seconds)
    world.refresh_from_db()


def announce(world: World, **told: Any) -> int:
    """Let something be known, at once; gives its number."""
    before = News.objects.filter(world=world).count()
    tell(world=world, kind=ANNOUNCE.name, payload={"text": TEXT} | told)
    live(world, MINUTE)
    assert News.objects.filter(world=world).count() > before
    return before + 1


def knowers(world: World, number: int) -> set[int]:
    known = Knowledge.objects.filter(news__world=world, news__number=number)
    return set(known.values_list("actor__number", flat=True))


def there(world: World) -> dict[int, int]:
    """Where everybody is, by number."""
    state = AgentState.objects.filter(actor__world=world)
    return dict(state.values_list("actor__number", "place"))


def homes(world: World) -> set[int]:
    return set(AgentState.objects.filter(actor__world=world).values_list("home", flat=True))


def test_what_is_announced_is_known_to_all_who_are_where_nobody_lives(town: World) -> None:
    where = there(town)
    number = announce(town)
    private = homes(town)
    assert knowers(town, number) == {
        who for who, place in where.items() if place and place not in private
    }
    assert knowers(town, number), "nobody was about"
    assert len(knowers(town, number)) < len(where), "everybody was about"


def test_what_is_announced_in_a_place_is_known_there(town: World) -> None:
    where = there(town)
    place = next(place for place in where.values() if place and place not in homes(town))
    number = announce(town, place=place)
    assert knowers(town, number) == {who for who, at in where.items() if at == place}


def test_what_is_announced_in_passing_is_taken_in_by_some(town: World) -> None:
    all_there = knowers(town, announce(town, urgency="normal"))
    some = set()
    for _ in range(8):
        some |= knowers(town, announce(town, urgency="low"))
    counts = Knowledge.objects.filter(news__urgency=1).count()
    assert some < all_there or counts < 8 * len(all_there)
    assert 0.1 < counts / (8 * len(all_there)) < 0.6


def test_what_is_urgent_wakes_everybody(found_town: Found) -> None:
    world = found_town(seed=3)
    number = announce(world, urgency="urgent")
    assert knowers(world, number) == set(there(world))


def test_what_is_posted_is_read_by_whoever_comes(town: World) -> None:
    posted = announce(town, urgency="high")
    said_once = announce(town, urgency="normal")
    first = knowers(town, posted)
    live(town, 4 * HOUR)
    later = Knowledge.objects.filter(
        news__world=town, news__number=posted, how=How.ANNOUNCED
    ).exclude(actor__number__in=first)
    assert later.exists()
    assert not Knowledge.objects.filter(
        news__world=town,
        news__number=said_once,
        how=How.ANNOUNCED,
        heard_at__gt=town.lived_until - 3 * HOUR,
    ).exists()


def test_one_alone_is_told(town: World, ask: Ask) -> None:
    assert knowers(town, announce(town, to=4)) == {4}
    _, answer = ask("/api/world/news/1", operator=False)
    assert [each["id"] for each in answer["data"]["people"]] == [4]


@pytest.mark.parametrize("urgency", ["high", "urgent"])
def test_what_one_alone_was_told_is_posted_nowhere(town: World, urgency: str) -> None:
    number = announce(town, to=4, urgency=urgency)
    live(town, 4 * HOUR)
    announced = Knowledge.objects.filter(news__number=number, how=How.ANNOUNCED)
    assert [each.actor.number for each in announced] == [4]


def test_of_a_gathering_the_host_and_a_guest_are_told_and_people_speak_as_long_as_was_said(
    town: World,
) -> None:
    party = {"text": {"zh": "", "en": ""}, "host": 8, "to": 4, "place": 3, "starts": 5 * DAY}
    for days in (0, 2, 60):
        number = announce(town, **party, days=days)
        known = Knowledge.objects.filter(news__world=town, news__number=number)
        assert dict(known.values_list("actor__number", "how")) == {8: How.HOSTING, 4: How.ANNOUNCED}
        news = News.objects.get(world=town, number=number)
        over = news.starts + 3 * HOUR
        assert news.until == (news.at + 2 * DAY if days == 2 else over)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"place": 999}, "unknown_place"),
        ({"to": 999}, "unknown_agent"),
        ({"host": 999, "place": 1, "starts": 10 * DAY}, "unknown_agent"),
        ({"host": 1, "place": 1, "starts": 60}, "over_already"),
    ],
)
def test_what_makes_no_sense_is_refused(town: World, told: dict[str, Any], reason: str) -> None:
    entry = tell(world=town, kind=ANNOUNCE.name, payload={"text": TEXT} | told)
    live(town, MINUTE)
    entry.refresh_from_db()
    assert (entry.outcome, entry.reason) == ("refused", reason)
    assert not News.objects.filter(world=town).exists()


def spread_of_a_party(world: World) -> int:
    """A gathering that one resident gives, and two days of talk; gives its number."""
    number = announce(world, text={"zh": "", "en": ""}, host=8, place=3, starts=5 * DAY)
    live(world, 2 * DAY)
    return number


def test_who_knows_and_from_whom_is_told_alike_by_events_memories_and_rows(
    found_town: Found, hamlet: Scenario
) -> None:
    world = found_town(seed=3, scenario=gossipy(hamlet))
    number = spread_of_a_party(world)
    stage, rows = stage_of(world), Knowledge.objects.filter(news__world=world)
    rows = rows.select_related("actor", "news").order_by("heard_at")
    assert rows.filter(news__number=number).count() > 4, "it does not spread"
    heard = {
        (event.actor, event.amount): event
        for event in Event.objects.filter(world=world, kind=events.NEWS_HEARD)
    }
    assert len(heard) == Event.objects.filter(world=world, kind=events.NEWS_HEARD).count()
    assert set(heard) == {(row.actor.number, row.news.number) for row in rows}
    since = {(row.actor.number, row.news.number): row.heard_at for row in rows}
    for row in rows:
        who, what = row.actor.number, row.news.number
        event = heard[who, what]
        assert (event.world_time, event.other, event.reason) == (row.heard_at, row.source, row.how)
        memory = Memory.objects.filter(
            actor=row.actor,
            at=row.heard_at,
            source=row.source,
            text_zh=text_of(stage, what)["zh"],
        )
        assert memory.count() == 1
        if row.how == How.TOLD:
            assert since[row.source, what] < row.heard_at, "told by one who did not know"
            said = Event.objects.get(
                world=world,
                kind=events.SAID,
                actor=row.source,
                world_time=row.heard_at,
                amount=(event.data or {})["conversation"],
            )
            assert (said.data or {})["news"] == what
        else:
            assert row.source == 0
    for news in News.objects.filter(world=world):
        spreading: Any = spread(news)
        for who, talk in spreading.values_list("actor__number", "conversation"):
            assert talk == (heard[who, news.number].data or {}).get("conversation")
    told = Event.objects.filter(world=world, kind=events.SAID, data__has_key="news")
    for row in rows:
        passed_on = told.filter(actor=row.actor.number, data__news=row.news.number)
        assert passed_on.count() == row.told
    for event in told:
        news = News.objects.get(world=world, number=(event.data or {})["news"])
        assert event.other not in (news.about, news.other), "told of themselves"
        assert event.world_time < news.until


def test_what_comes_to_pass_among_people_is_news(found_town: Found, hamlet: Scenario) -> None:
    world = found_town(seed=3, scenario=gossipy(hamlet))
    live(world, 2 * DAY)
    quarrels = News.objects.filter(world=world, kind=Kind.QUARREL)
    assert quarrels.exists(), "nobody quarrelled in a town of quarrels"
    overheard: set[int] = set()
    for news in quarrels:
        event = Event.objects.get(world=world, kind=events.NEWS_ROSE, amount=news.number)
        assert (event.actor, event.other, event.reason) == (news.about, news.other, news.kind)
        known = Knowledge.objects.filter(news=news, how=How.WITNESSED)
        witnesses = set(known.values_list("actor__number", flat=True))
        overheard |= witnesses - {news.about, news.other}
        assert witnesses >= {news.about, news.other}
        for who in witnesses - {news.about, news.other}:
            stayed = Event.objects.filter(
                world=world,
                actor=who,
                seq__lt=event.seq,
                kind__in=(events.MOVED, events.STARTED),
            )
            last = stayed.order_by("seq").last()
            assert last is not None
            assert last.place == news.place, "heard it from afar"
    assert overheard, "nobody overhears anything"
    assert list(
        News.objects.filter(world=world).order_by("at", "number").values_list("number", flat=True)
    ) == list(range(1, News.objects.filter(world=world).count() + 1))


OF_ONESELF = {
    Kind.COUPLE: Emotion.HAPPY,
    Kind.SPLIT: Emotion.SAD,
    Kind.QUARREL: Emotion.WORRIED,
}


def test_people_tell_their_friends_of_themselves(found_town: Found, hamlet: Scenario) -> None:
    hearsay = hamlet["hearsay"]
    quarrel = hearsay.kinds["quarrel"].model_copy(update={"tell": 1.0})
    hearsay = hearsay.model_copy(update={"kinds": hearsay.kinds | {"quarrel": quarrel}})
    scenario = gossipy(hamlet)
    content = scenario.content | {"hearsay": hearsay}
    world = found_town(seed=3, scenario=replace(scenario, content=content))
    friends = Relationship.objects.filter(actor__world=world)
    friends.update(strength=50 * POINT)
    live(world, 2 * DAY)
    said = Event.objects.filter(world=world, kind=events.SAID, data__line__startswith="news/own-")
    assert said.filter(data__line="news/own-quarrel").exists()
    for event in said:
        told = event.data or {}
        news = News.objects.get(world=world, number=told["news"])
        assert {event.actor, told["person"]} == {news.about, news.other}
        assert event.reason == OF_ONESELF[Kind(news.kind)]
        tie = Event.objects.filter(
            world=world,
            kind=events.TIE_CHANGED,
            actor=event.actor,
            other=event.other,
            seq__lt=event.seq,
        )
        changed = tie.exclude(reason=Change.FOUNDING).order_by("seq").last()
        if changed is not None:
            assert (changed.until or 0) >= 31 * POINT, "told somebody who is no friend"


def test_news_spreads_alike_in_pieces_and_with_columns_loaded_anew(
    found_town: Found, hamlet: Scenario
) -> None:
    hashes = set()
    for pieces in (1, 7):
        world = found_town(seed=3, scenario=gossipy(hamlet))
        announce(world, text={"zh": "", "en": ""}, host=8, place=3, starts=5 * DAY)
        until, span = world.lived_until + 14 * HOUR, 14 * HOUR // pieces
        while world.lived_until < until:
            advance(world_id=world.pk, until=min(world.lived_until + span, until))
            world.refresh_from_db()
            if pieces > 1:
                forget(world.pk)
        hashes.add(history_hash(world))
    assert len(hashes) == 1


def test_operators_announce_and_everybody_reads_how_it_spreads(town: World, ask: Ask) -> None:
    wanted = {"text": "明天停水。", "urgency": "urgent"}
    status, _ = ask("/api/world/announcements", wanted, operator=False)
    assert status == 401
    assert not News.objects.exists()
    status, answer = ask("/api/world/announcements", wanted)
    assert status == 202
    assert answer["data"]["takes_effect_at"].startswith("2026-")
    live(town, MINUTE)
    status, answer = ask("/api/world/news", operator=False)
    assert status == 200
    (line,) = answer["data"]["news"]
    assert line["text"] == "明天停水。"
    assert (line["kind"], line["urgency"]) == ("announcement", "urgent")
    assert line["knowers"] == len(there(town))
    status, answer = ask(f"/api/world/news/{line['id']}", operator=False)
    assert {each["how"] for each in answer["data"]["spread"]} == {"announced"}
    status, answer = ask("/api/world/events?kind=announcement&limit=5", operator=False)
    assert answer["data"]["events"][0]["text"]["en"] == "明天停水。"


def test_a_gathering_is_announced_with_host_place_and_time(town: World, ask: Ask) -> None:
    wanted = {
        "location_id": 3,
        "gathering": {"host_id": 2, "starts_at": "2026-03-04T18:00:00"},
    }
    status, _ = ask("/api/world/announcements", wanted)
    assert status == 202
    live(town, MINUTE)
    _, answer = ask("/api/world/news/1")
    assert answer["data"]["starts_at"] == "2026-03-04T18:00:00"
    assert "on 4 March at 18:00" in answer["data"]["text"]
    assert [(each["agent"]["id"], each["how"]) for each in answer["data"]["spread"]] == [
        (2, "hosting")
    ]
    _, answer = ask("/api/world/events?kind=news_heard&limit=5")
    assert [(each["actor"]["id"], each["reason"]) for each in answer["data"]["events"]] == [
        (2, "hosting")
    ]


@pytest.mark.parametrize(
    ("wanted", "status", "told"),
    [
        ({}, 400, "a text or a gathering"),
        ({"text": " "}, 400, "a text or a gathering"),
        ({"text": "x" * 301}, 400, "300"),
        ({"text": "x", "urgency": "shrill"}, 400, "urgent"),
        ({"text": "x", "location_id": 999}, 404, "no such place"),
        ({"text": "x", "agent_id": 999}, 404, '"agent_id": "no such resident"'),
        ({"text": "x", "days": 61}, 400, '"days"'),
        ({"text": "x", "mood": 1}, 400, "mood"),
        ({"gathering": {"host_id": 1, "starts_at": "2026-03-04T18:00:00"}}, 400, "location_id"),
        (
            {"location_id": 1, "gathering": {"host_id": 1, "starts_at": "2020-01-01T00:00:00"}},
            400,
            "to come",
        ),
        ({"location_id": 1, "gathering": {"host_id": 1, "starts_at": "tonight"}}, 400, "to come"),
        (
            {"location_id": 1, "gathering": {"host_id": 999, "starts_at": "2026-03-04T18:00:00"}},
            404,
            '"gathering.host_id": "no such resident"',
        ),
    ],
)
def test_announcements_that_make_no_sense_are_told(
    town: World, ask: Ask, wanted: dict[str, Any], status: int, told: str
) -> None:
    found, answer = ask("/api/world/announcements", wanted)
    assert found == status
    assert told in json.dumps(answer)
    assert not town.inbox.filter(kind=ANNOUNCE.name).exists()


@pytest.mark.parametrize("number", ["99", "x", "9" * 12])
def test_news_that_is_none_is_not_found(town: World, ask: Ask, number: str) -> None:
    assert ask(f"/api/world/news/{number}")[0] == 404
