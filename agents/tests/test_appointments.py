"""Appointments: agreed in talk, kept or missed, with what that does; plans and gatherings."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db.models import F, Q

from agents import events
from agents.appointments.vocabulary import State
from agents.conversations.vocabulary import Change, Why
from agents.models import Appointment, Conversation, Thought
from agents.provenance import Motive, Source, Surprise
from agents.systems.news import ANNOUNCE
from memory.models import Memory
from tests.laws.minds import answer_somehow, think_with_a_model
from tests.laws.talk import chatty, quiet
from world.advance import advance
from world.engine.gametime import DAY, HOUR, MINUTE
from world.history import history_hash
from world.models import Event, World
from world.replay import found_replay
from world.residence import forget
from world.scenario import Scenario
from world.telling import tell

Found = Callable[..., World]

pytestmark = pytest.mark.django_db(transaction=True)


def sociable(scenario: Scenario, **rules: Any) -> Scenario:
    """Everybody talks whenever they may, speaks of plans alone, and invites everybody."""
    scenario = chatty(scenario)
    topics = [
        topic.model_copy(update={"weight": 100_000 if topic.key == "plan" else 1})
        for topic in scenario["talk"].topics
    ]
    talk = scenario["talk"].model_copy(update={"topics": topics, "quarrel": 0.0})
    appointments = scenario["appointments"].model_copy(
        update={"invites": 1.0, "plans": 0.0, "days": 1} | rules
    )
    content = scenario.content | {"talk": talk, "appointments": appointments}
    return replace(scenario, content=content)


def live(world: World, seconds: int) -> World:
    advance(world_id=world.pk, until=world.lived_until + seconds)
    world.refresh_from_db()
    return world


def over(world: World) -> dict[State, list[Event]]:
    """What came of appointments, by outcome."""
    told: dict[State, list[Event]] = {}
    for event in Event.objects.filter(world=world, kind=events.APPOINTMENT_OVER).order_by("seq"):
        told.setdefault(State(event.reason), []).append(event)
    return told


def changes(world: World, reason: Change) -> dict[tuple[int, int, int], int]:
    """By how much ties changed for a reason: by who, to whom and when."""
    rows = Event.objects.filter(world=world, kind=events.TIE_CHANGED, reason=reason)
    return {(row.actor, row.other, row.world_time): row.amount for row in rows}


def test_people_meet_as_they_agreed_and_feel_closer_for_it(
    found_town: Found, hamlet: Scenario
) -> None:
    world = live(found_town(seed=5, scenario=sociable(hamlet, keeps=(1.0, 1.0))), 30 * HOUR)
    made = Event.objects.filter(world=world, kind=events.APPOINTED, other__gt=0)
    assert made.count() > 3
    kept = over(world)[State.KEPT]
    talks = Conversation.objects.filter(world=world, why=Why.APPOINTMENT)
    assert talks.exists()
    closer = changes(world, Change.KEPT)
    for event in kept:
        for pair in ((event.actor, event.other), (event.other, event.actor)):
            assert closer.get((*pair, event.world_time), 1) > 0
        where = Event.objects.filter(
            world=world, actor=event.actor, world_time__lte=event.world_time
        ).filter(kind__in=(events.MOVED, events.STARTED))
        last = where.order_by("seq").last()
        assert last is not None
        assert last.place == event.place, "they met somewhere else"
    said = set(
        Event.objects.filter(world=world, kind=events.SAID).values_list("data__line", flat=True)
    )
    assert {"invite/any", "accept/any", "greet/meeting", "bye/meeting"} <= said
    motives = Event.objects.filter(world=world, kind=events.MOVED, reason=Motive.APPOINTMENT)
    assert motives.exists()
    for talk in talks:
        agreed = Memory.objects.filter(actor__world=world, subject="agreed", at__lt=talk.began)
        assert agreed.filter(actor__number=talk.initiator).exists()


def test_whoever_is_stood_up_thinks_less_of_the_other(found_town: Found, hamlet: Scenario) -> None:
    # The conscientious come, the others do not.
    world = live(found_town(seed=5, scenario=sociable(hamlet, keeps=(0.0, 1.0))), 40 * HOUR)
    missed = over(world)[State.MISSED]
    hurt = changes(world, Change.MISSED)
    assert missed
    for event in missed:
        assert hurt.get((event.other, event.actor, event.world_time), -1) < 0
        assert (event.actor, event.other, event.world_time) not in hurt
        remembered = Memory.objects.filter(actor__world=world, at=event.world_time)
        assert remembered.filter(subject="stood-up", actor__number=event.other).exists()
        assert remembered.filter(subject="missed", actor__number=event.actor).exists()


def test_nothing_comes_of_what_was_agreed_with_somebody_who_moves_away(
    found_town: Found, hamlet: Scenario
) -> None:
    world = found_town(seed=5, scenario=sociable(hamlet, keeps=(1.0, 1.0)))
    ahead = Appointment.objects.filter(
        actor__world=world, state=State.AGREED, at__gt=F("made_at") + HOUR, other__gt=F("actor")
    )
    while not ahead.exists():
        live(world, HOUR)
    agreed = ahead.earliest("at")
    one, other = agreed.actor, agreed.other
    entry = tell(world=world, kind="agent_depart", subject=one.number)
    assert entry.at < agreed.at
    while world.lived_until < agreed.at + DAY:
        live(world, 6 * HOUR)
    since = Event.objects.filter(world=world, world_time__gte=entry.at)
    told = since.filter(kind=events.APPOINTMENT_OVER, actor=one.number, other=other.number)
    assert [(event.reason, event.world_time) for event in told] == [(State.LAPSED, entry.at)]
    about_them = Q(actor=one.number) | Q(other=one.number)
    later = since.filter(about_them, kind=events.APPOINTMENT_OVER, world_time__gt=entry.at)
    assert not later.exists()
    left = Appointment.objects.filter(Q(actor=one) | Q(other=one), actor__world=world)
    assert not left.filter(state__in=(State.AGREED, State.DUE)).exists()
    assert not [pair for pair in changes(world, Change.MISSED) if pair[1] == one.number]


def test_whoever_was_stood_up_says_so_once(found_town: Found, hamlet: Scenario) -> None:
    world = found_town(seed=5, scenario=sociable(hamlet))
    people = list(world.actors.filter(kind="resident").order_by("number"))
    for one in people[:6]:
        Appointment.objects.bulk_create(
            Appointment(actor=one, other=other, at=1, place=1, state=State.STOOD_UP)
            for other in people
            if other != one
        )
    forget(world.pk)
    live(world, 6 * HOUR)
    said = Event.objects.filter(world=world, kind=events.SAID)
    reproaches = said.filter(data__line="reproach/any").values_list("actor", "other")
    assert reproaches
    assert len(set(reproaches)) == len(reproaches), "somebody harps on it"
    assert said.filter(data__line="excuse/any").count() <= len(reproaches)
    assert said.filter(data__line="excuse/any").exists()
    settled = Appointment.objects.filter(actor__world=world, state=State.NONE, at=1)
    assert set(settled.values_list("actor__number", "other__number")) <= set(reproaches)


def test_every_appointment_has_one_outcome_and_nobody_is_in_two_places(
    found_town: Found, hamlet: Scenario
) -> None:
    world = live(
        found_town(seed=9, scenario=sociable(hamlet, plans=1.0, keeps=(0.4, 0.9))), 2 * DAY
    )
    rules = hamlet["appointments"]
    made = Counter(
        (event.until, event.place, frozenset((event.actor, event.other)) - {0})
        for event in Event.objects.filter(world=world, kind=events.APPOINTED)
    )
    ended = Counter(
        (event.until, event.place, frozenset((event.actor, event.other)) - {0})
        for events_ in over(world).values()
        for event in events_
    )
    due = {
        each: count
        for each, count in made.items()
        if each[0] + rules.patience_minutes * MINUTE < world.lived_until
    }
    assert len(due) > 12
    assert {each: ended[each] for each in due} == due
    assert set(ended) <= set(made), "something ended that nobody had made"
    waiting = Appointment.objects.filter(actor__world=world, state=State.DUE)
    assert all(each.at + DAY > world.lived_until for each in waiting)
    check_that_nobody_agreed_on_two_things_at_once(world, rules.apart_hours * HOUR)


def check_that_nobody_agreed_on_two_things_at_once(world: World, apart: int) -> None:
    taken: dict[int, list[int]] = {}
    for event in Event.objects.filter(world=world, kind=events.APPOINTED).order_by("seq"):
        for who in {event.actor, event.other} - {0}:
            for at in taken.setdefault(who, []):
                assert at <= event.world_time or abs(at - event.until) >= apart
            taken[who].append(event.until)


def test_plans_of_the_day_are_made_in_the_morning_and_followed(
    found_town: Found, hamlet: Scenario
) -> None:
    scenario = quiet(hamlet)
    rules = scenario["appointments"].model_copy(update={"plans": 1.0, "keeps": (1.0, 1.0)})
    scenario = replace(scenario, content=scenario.content | {"appointments": rules})
    world = live(found_town(seed=2, scenario=scenario), 2 * DAY)
    made = list(Event.objects.filter(world=world, kind=events.APPOINTED))
    assert len(made) > 8
    assert {event.other for event in made} == {0}
    assert all(4 <= event.world_time % DAY // HOUR < 12 for event in made)
    told = over(world)
    assert len(told[State.KEPT]) > 3 * len(told.get(State.LAPSED, []))
    for event in told[State.KEPT][:5]:
        done = Event.objects.filter(
            world=world,
            actor=event.actor,
            place=event.place,
            activity=event.activity,
            kind=events.STARTED,
            reason=Motive.APPOINTMENT,
        )
        assert done.exists(), "what was meant was not done"


def test_whoever_knows_of_a_gathering_may_come_to_it(found_town: Found, hamlet: Scenario) -> None:
    world = live(found_town(seed=3), 3 * HOUR)
    starts = world.instant + 8 * HOUR
    square = next(p.number for p in world.locations.all() if p.kind in ("plaza", "park", "cafe"))
    for guest in range(2, 8):
        payload = {"host": 1, "place": square, "starts": starts, "to": guest}
        tell(world=world, kind=ANNOUNCE.name, payload=payload)
    live(world, MINUTE)
    entries = Event.objects.filter(world=world, kind=events.APPOINTED, data__has_key="news")
    guests = set(entries.values_list("actor", flat=True))
    assert 1 in guests
    assert len(guests) > 2
    live(world, 9 * HOUR)
    outcomes = [event for each in over(world).values() for event in each if event.data]
    assert {event.actor for event in outcomes} == guests
    came = {event.actor for event in outcomes if event.reason == State.KEPT}
    assert len(came - {1}) > 0
    remembered = Memory.objects.filter(actor__world=world, subject="came")
    assert set(remembered.values_list("actor__number", flat=True)) == came - {1}


def test_a_model_is_reminded_of_what_was_agreed(found_town: Found, hamlet: Scenario) -> None:
    """Rules do not choose for it; it is asked, and told of what it has agreed to."""
    world = found_town(seed=3)
    think_with_a_model(world)
    live(world, 3 * HOUR)
    starts = world.instant + 4 * HOUR
    square = next(p.number for p in world.locations.all() if p.kind in ("plaza", "park", "cafe"))
    payload = {"host": 1, "place": square, "starts": starts}
    tell(world=world, kind=ANNOUNCE.name, payload=payload)
    luck = random.Random(3)
    for _ in range(5 * 6):
        live(world, 10 * MINUTE)
        answer_somehow(world, luck, silent=0)
    asked = Event.objects.filter(
        world=world, kind=events.ASKED, actor=1, reason=Surprise.APPOINTMENT
    )
    assert asked.count() == 1
    thought = Thought.objects.get(
        world=world,
        actor__number=1,
        purpose=Thought.Purpose.DECIDE,
        asked_at=asked[0].world_time,
    )
    assert [starts, square] in [each[:2] for each in thought.situation["appointments"]]
    held = Event.objects.filter(world=world, actor=1, reason=Motive.APPOINTMENT)
    assert not held.filter(source=Source.MODEL).exists()


def test_appointments_are_history(found_town: Found, hamlet: Scenario) -> None:
    world = live(found_town(seed=4, scenario=sociable(hamlet, plans=0.8)), DAY)
    told = history_hash(world)
    again = found_replay(of=world, slug="again")
    while again.lived_until < world.lived_until:
        advance(world_id=again.pk, until=min(again.lived_until + 3 * HOUR, world.lived_until))
        again.refresh_from_db()
    assert history_hash(again) == told
    fields = ("actor__number", "other__number", "at", "place", "activity", "state", "news")
    mine, theirs = (
        sorted(Appointment.objects.filter(actor__world=each).values_list(*fields))
        for each in (world, again)
    )
    assert mine == theirs


def test_the_door_tells_of_them(
    found_town: Found, hamlet: Scenario, ask: Callable[..., tuple[int, Any]]
) -> None:
    world = live(found_town(seed=5, scenario=sociable(hamlet, plans=1.0)), 14 * HOUR)
    entry = Appointment.objects.filter(actor__world=world).exclude(state=State.NONE).first()
    assert entry is not None
    number = entry.actor.number
    status, page = ask(f"/api/agents/{number}/appointments?world={world.slug}")
    assert status == 200
    page = page["data"]
    assert page["total"] == len(page["appointments"])
    told = {
        (each["other"] and each["other"]["id"], each["location"]["id"], each["state"])
        for each in page["appointments"]
    }
    other = None if entry.other_id == entry.actor_id else entry.other.number
    assert (other, entry.place, State(entry.state).name.lower()) in told
    assert ask(f"/api/agents/999/appointments?world={world.slug}")[0] == 404
