"""Worlds whose residents think with models obey the laws of all worlds, whatever replies come."""

import random
from collections.abc import Callable

import numpy as np

from agents import events
from agents.provenance import Source
from tests.laws.minds import answer_somehow, change_a_mind, think_with_a_model
from tests.laws.orders import tell_something
from tests.laws.talk import quiet
from tests.laws.test_columns_equal_the_database import check_columns, kept
from world import residence
from world.advance import advance, advance_once
from world.engine.gametime import HOUR, MINUTE, NEVER
from world.history import history_hash
from world.models import Event, World
from world.replay import found_replay
from world.scenario import Scenario

Found = Callable[..., World]

SPAN = 8 * HOUR


def live_with_models(world: World, luck: random.Random, span: int = SPAN) -> None:
    """A town that thinks, with orders and changes of mind all the while."""
    until = world.instant + span
    think_with_a_model(world)
    while world.lived_until < until:
        answer_somehow(world, luck)
        if luck.random() < 0.02:
            change_a_mind(world, luck)
        if luck.random() < 0.05:
            tell_something(world, luck)
        advance_once(world_id=world.pk, until=min(until, world.lived_until + 2 * MINUTE))
        world.refresh_from_db()
        check_columns(kept(world).columns, world)
        due = kept(world).columns[residence.ACTORS].due_at()
        assert due.min() > world.instant, "somebody is left due in the past"
        assert due.max() < NEVER, "somebody waits for nothing"


def test_a_town_that_thinks_has_one_history_and_says_whose_each_decision_was(
    found_town: Found,
) -> None:
    world = found_town(seed=11)
    # Its columns are the database, and nobody is left without an end, after every step.
    live_with_models(world, random.Random(11))
    check_that_models_decided(world)
    check_that_decisions_lead_to_thoughts(world)
    check_that_a_replay_is_the_same(world)


def check_that_models_decided(thinking: World) -> None:
    deeds = Event.objects.filter(world=thinking, kind__in=(events.MOVED, events.STARTED))
    assert deeds.filter(source=Source.MODEL).count() > 90
    assert deeds.filter(source=Source.INSTINCT).count() > 10


def check_that_a_replay_is_the_same(thinking: World) -> None:
    told = history_hash(thinking)
    for span in (10 * MINUTE, 24 * HOUR):
        again = found_replay(of=thinking, slug=f"again-{span}")
        advance(world_id=again.pk, until=thinking.lived_until, span=span)
        assert history_hash(again) == told


def check_that_decisions_lead_to_thoughts(thinking: World) -> None:
    asked = set(
        Event.objects.filter(world=thinking, kind=events.ASKED).values_list("actor", "world_time")
    )
    minded: set[int] = set()
    for event in Event.objects.filter(world=thinking).order_by("seq"):
        data = event.data or {}
        if event.kind == events.MIND_CHANGED:
            (minded.discard if data["model"] == "instinct" else minded.add)(event.actor)
        if event.kind not in {events.MOVED, events.STARTED}:
            continue
        if event.source == Source.MODEL:
            assert (event.actor, data["thought"]) in asked
            assert data["step"] >= 0
        elif event.source == Source.INSTINCT and event.actor in minded:
            # What instinct had begun before the mind was given ends unmarked.
            began_before = event.kind == events.STARTED and not data
            assert began_before or data["stand_in"], "a fallback is not marked"
        else:
            assert event.data is None or event.source == Source.INSTINCT


def test_a_late_answer_is_recorded_as_unused_and_instinct_has_decided(
    found_town: Found, hamlet: Scenario
) -> None:
    # Whoever talks decides later.
    world = found_town(seed=3, scenario=quiet(hamlet))
    think_with_a_model(world)
    advance(world_id=world.pk, until=world.instant + HOUR)
    world.refresh_from_db()
    late = Event.objects.filter(world=world, kind=events.ANSWERED)
    asked = Event.objects.filter(world=world, kind=events.ASKED)
    assert asked.count() >= 12, "everybody is asked within the first hour"
    assert set(late.values_list("reason", flat=True)) == {2}
    gaps = np.array([event.world_time - event.amount for event in late])
    assert set(gaps.tolist()) == {30 * MINUTE}
    marked = Event.objects.filter(
        world=world, source=Source.INSTINCT, data__stand_in="late", kind__in=(10, 11)
    )
    assert marked.count() >= late.count()
    answer_somehow(world, random.Random(1), silent=0)
    told = world.inbox.filter(kind="thought_reply").count()
    advance(world_id=world.pk, until=world.lived_until + MINUTE)
    accepted = world.inbox.filter(kind="thought_reply", outcome="accepted").count()
    assert accepted == told
