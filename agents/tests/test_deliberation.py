"""Stories of residents who think with a model: plans, surprises, waiting, and what stands in."""

from collections.abc import Callable
from typing import Any

import pytest

from agents import events
from agents.models import AgentMind, AgentState, Thought
from agents.provenance import Source, Surprise
from agents.systems.edits import EDIT
from agents.systems.mind_orders import MIND, STATE
from agents.systems.orders import MOVE
from agents.systems.replies import REPLY, reply_key
from economy.events import PAID
from world.advance import advance
from world.engine.gametime import HOUR, MINUTE
from world.models import Event, World
from world.stage import stage_of
from world.telling import tell, tell_answers

Found = Callable[..., World]
Steps = list[dict[str, Any]]

WHO, CODE = 1, 77
STATE_OF_MODEL = {"model": "m", "code": CODE}


@pytest.fixture
def town(small_town: Found) -> World:
    """A hamlet of three, of whom the first thinks with a model and has been asked."""
    world = small_town()
    tell(world=world, kind=MIND.name, subject=WHO, payload=STATE_OF_MODEL)
    until_asked(world)
    return world


def live(world: World, seconds: int) -> None:
    advance(world_id=world.pk, until=world.lived_until + seconds)
    world.refresh_from_db()


def until_asked(world: World, most: int = 12 * HOUR) -> Thought:
    """Live until the model is asked; gives the thought."""
    until = world.lived_until + most
    decisions = Thought.objects.filter(world=world, purpose="decide")
    while not (open_ := decisions.filter(status="waiting")).exists():
        assert world.lived_until < until, "nobody was asked"
        live(world, MINUTE)
    return open_.get()


def reply(world: World, thought: Thought, steps: Steps, **more: Any) -> None:
    payload = {"asked_at": thought.asked_at, "decision": thought.decision, "steps": steps} | more
    key = reply_key(thought.purpose, thought.asked_at)
    tell_answers(
        world=world,
        kind=REPLY.name,
        answers=[(WHO, key, payload)],
        source=Source.MODEL,
        told_by="test",
    )
    Thought.objects.filter(pk=thought.pk).update(status="answered")


def steps_of(world: World, *wanted: tuple[str, int]) -> Steps:
    """Steps (activity, minutes) at home, or where one is for what needs no place."""
    home = AgentState.objects.get(actor__world=world, actor__number=WHO).home
    return [
        {"activity": activity, "place": 0 if activity == "idle" else home, "minutes": minutes}
        for activity, minutes in wanted
    ]


def place_of(world: World, kind: str) -> int:
    """The number of a place of a kind."""
    return next(n for n, place in stage_of(world).locations.items() if place.kind == kind)


def to_the_plaza(world: World) -> dict[str, int]:
    return {"place": place_of(world, "plaza")}


def deeds(world: World) -> list[tuple[str, int, dict[str, Any] | None]]:
    """What the resident began: the activity, for how many minutes, what it says of the mind."""
    specs = stage_of(world).constants["activity_specs"]
    started = Event.objects.filter(world=world, actor=WHO, kind=events.STARTED).order_by("seq")
    return [
        (specs[each.activity].key, (each.until - each.world_time) // MINUTE, each.data)
        for each in started
    ]


def test_the_steps_of_a_plan_are_taken_in_order_and_last_as_long_as_was_meant(
    town: World,
) -> None:
    thought = until_asked(town)
    reply(town, thought, steps_of(town, ("rest", 35), ("read", 50), ("wash", 15)))
    live(town, 2 * MINUTE)
    mind = AgentMind.objects.get(actor__world=town, actor__number=WHO)
    assert (mind.steps, mind.following) == (3, 1)
    again = until_asked(town)
    assert deeds(town)[-3:] == [
        ("rest", 35, {"thought": thought.asked_at, "step": 0}),
        ("read", 50, {"thought": thought.asked_at, "step": 1}),
        ("wash", 15, {"thought": thought.asked_at, "step": 2}),
    ]
    assert again.asked_at >= thought.asked_at + 100 * MINUTE
    assert again.situation["surprise"][0] == 0, "a plan that is over is no surprise"


def test_while_a_model_is_asked_its_resident_waits_and_is_asked_nothing_else(
    town: World,
) -> None:
    thought, before = until_asked(town), len(deeds(town))
    live(town, 20 * MINUTE)
    assert len(deeds(town)) == before
    assert Thought.objects.filter(world=town, purpose="decide").count() == 1
    state = AgentState.objects.get(actor__world=town, actor__number=WHO)
    assert state.answer_by == thought.asked_at + 30 * MINUTE


def test_a_step_that_cannot_be_done_is_told_and_asked_about_once_more_then_instinct_decides(
    town: World,
) -> None:
    elsewhere = [{"activity": "sleep", "place": place_of(town, "plaza"), "minutes": 20}]
    thought = until_asked(town)
    reply(town, thought, elsewhere)
    again = until_asked(town, 2 * MINUTE)
    assert again.situation["surprise"][0] == Surprise.IMPOSSIBLE
    assert again.situation["retry"] == 1
    reply(town, again, elsewhere)
    live(town, 2 * MINUTE)
    last = Event.objects.filter(
        world=town, actor=WHO, kind__in=(events.STARTED, events.MOVED)
    ).latest("seq")
    assert (last.source, last.data) == (Source.INSTINCT, {"stand_in": "impossible"})


def test_an_order_makes_a_plan_void_and_its_maker_hears_of_it(town: World) -> None:
    thought = until_asked(town)
    reply(town, thought, steps_of(town, ("rest", 60), ("read", 60)))
    live(town, 15 * MINUTE)
    tell(
        world=town, kind=MOVE.name, subject=WHO, payload=to_the_plaza(town), source=Source.OPERATOR
    )
    again = until_asked(town)
    assert again.situation["surprise"][0] == Surprise.ORDER
    assert again.situation["plan"], "what was left of the plan is told"


def test_an_answer_to_a_question_that_an_order_overtook_is_not_used(town: World) -> None:
    thought, before = until_asked(town), len(deeds(town))
    tell(
        world=town, kind=MOVE.name, subject=WHO, payload=to_the_plaza(town), source=Source.OPERATOR
    )
    live(town, MINUTE)
    reply(town, thought, steps_of(town, ("read", 60)))
    live(town, MINUTE)
    entry = town.inbox.get(kind=REPLY.name)
    assert (entry.outcome, entry.reason) == ("refused", "overtaken")
    assert ("read", 60) not in [deed[:2] for deed in deeds(town)[before:]]


def test_only_a_critical_need_breaks_into_a_plan(town: World) -> None:
    thought = until_asked(town)
    reply(town, thought, steps_of(town, ("read", 300), ("rest", 60)))
    live(town, 20 * MINUTE)
    tell(world=town, kind=EDIT.name, subject=WHO, payload={"needs": {"satiety": 31}})
    live(town, HOUR)
    alerts = Event.objects.filter(world=town, actor=WHO, kind=events.NEEDED)
    assert alerts.exists(), "it is low by now"
    assert not Thought.objects.filter(world=town, status="waiting").exists()
    tell(world=town, kind=EDIT.name, subject=WHO, payload={"needs": {"satiety": 10}})
    again = until_asked(town, HOUR)
    assert again.situation["surprise"][0] == Surprise.NEED
    state = AgentState.objects.get(actor__world=town, actor__number=WHO)
    specs = stage_of(town).constants["activity_specs"]
    assert specs[state.activity].key == "read", "reading goes on while the model is asked"


def test_whoever_goes_on_with_what_they_paid_for_does_not_pay_again(town: World) -> None:
    place = next(
        number
        for number, location in stage_of(town).locations.items()
        if (location.kind, "eat") in stage_of(town).constants["prices"]
    )
    meal = [{"activity": "eat", "place": place, "minutes": 90}]
    thought = until_asked(town)
    live(town, max(0, 12 * HOUR - town.lived_until % (24 * HOUR)))
    thought = until_asked(town)
    reply(town, thought, meal)
    paid = Event.objects.filter(world=town, actor=WHO, kind=PAID, place=place)
    for _ in range(60):
        live(town, MINUTE)
        if paid.exists():
            break
    assert paid.count() == 1
    live(town, 15 * MINUTE)
    tell(world=town, kind=EDIT.name, subject=WHO, payload={"needs": {"satiety": 11}})
    again = until_asked(town, 70 * MINUTE)
    reply(town, again, [meal[0] | {"minutes": 20}])
    live(town, 2 * MINUTE)
    assert deeds(town)[-1][2] == {"thought": again.asked_at, "step": 0}
    assert paid.count() == 1


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({}, "soon"),
        ({"cadence": 4800}, "budget"),
        ({"closed": "budget"}, "budget"),
        ({"closed": "unreachable"}, "unreachable"),
    ],
)
def test_who_may_not_be_asked_goes_by_instinct_and_it_says_why(
    town: World, state: dict[str, Any], reason: str
) -> None:
    thought = until_asked(town)
    if state:
        tell(world=town, kind=STATE.name, payload=STATE_OF_MODEL | state)
    reply(town, thought, steps_of(town, ("idle", 3)))
    live(town, 8 * MINUTE)
    marked = Event.objects.filter(world=town, actor=WHO, data__has_key="stand_in")
    assert marked.order_by("seq")[0].data == {"stand_in": reason}
    assert Thought.objects.filter(world=town, purpose="decide").count() == 1


def test_a_mind_that_is_changed_is_not_waited_for(town: World) -> None:
    until_asked(town)
    tell(world=town, kind=MIND.name, subject=WHO, payload={"model": "instinct", "code": 0})
    live(town, 2 * MINUTE)
    assert not Thought.objects.filter(world=town, status="waiting").exists()
    last = Event.objects.filter(
        world=town, actor=WHO, kind__in=(events.STARTED, events.MOVED)
    ).latest("seq")
    assert (last.source, last.data) == (Source.INSTINCT, None)
