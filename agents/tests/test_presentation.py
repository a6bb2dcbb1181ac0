"""What watchers and programs are told of how residents make a living: keys, yuan, points, names."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from agents import events
from agents.employment.vocabulary import Fault, Loss
from agents.household.chances import Chance
from agents.population.vocabulary import Attraction, Departure
from economy.models import Loan
from world import registry
from world.engine.events import EventBatch, EventLog
from world.engine.gametime import DAY
from world.models import World
from world.presentation import present
from world.stage import Stage, stage_of

Found = Callable[..., World]

NOON = 12 * 3600


@pytest.fixture(scope="module")
def founded(found_shared: Found) -> int:
    return found_shared().pk


@pytest.fixture
def stage(founded: int, db: None) -> Stage:
    return stage_of(World.objects.get(pk=founded))


def told(stage: Stage, kind: int, **fields: Any) -> dict[str, Any]:
    """One event as it is told, without what every event has."""
    log = EventLog()
    log.emit(kind, NOON, **fields)
    batch: EventBatch = log.take()
    (event,) = present(stage, batch, np.array([1]).tolist())
    return {key: event[key] for key in event.keys() - {"seq", "type", "kind", "world_time"}}


def code_of(stage: Stage, occupation: str) -> int:
    return int(stage.constants["occupations"].keys.index(occupation))


def test_every_kind_of_event_has_somebody_who_tells_it() -> None:
    assert set(registry.presenters) == set(registry.event_kinds)


def test_work_is_told_by_occupation_and_in_yuan_and_changes_who_one_is(stage: Stage) -> None:
    waiter = code_of(stage, "waiter")
    hired = told(stage, events.HIRED, actor=3, place=4, amount=4000, until=waiter)
    assert hired == {
        "actor": stage.person(3),
        "place": stage.place(4),
        "occupation": "waiter",
        "amount": 40.0,
        "changes": {"agents": [{"id": 3, "occupation": "waiter"}]},
    }
    lost = told(
        stage,
        events.WORK_LOST,
        actor=3,
        place=4,
        reason=Loss.LAID_OFF,
        amount=96050,
        until=waiter,
    )
    assert lost == {
        "actor": stage.person(3),
        "place": stage.place(4),
        "reason": "laid_off",
        "occupation": "waiter",
        "amount": 960.5,
        "changes": {"agents": [{"id": 3, "occupation": "unemployed"}]},
    }


def test_warnings_are_counted_and_performance_is_points(stage: Stage) -> None:
    warned = told(stage, events.WARNED, actor=3, reason=Fault.POOR_WORK, amount=2, until=41_500)
    assert warned == {
        "actor": stage.person(3),
        "reason": "poor_work",
        "warnings": 2,
        "performance": 41.5,
    }
    assert told(stage, events.ART_MADE, actor=3, amount=2) == {
        "actor": stage.person(3),
        "waiting": 2,
    }


@pytest.mark.parametrize(
    ("chance", "fen", "reason", "yuan"),
    [(Chance.BONUS, 50_000, "bonus", 500.0), (Chance.MEDICAL, -80_001, "medical", -800.01)],
)
def test_what_befalls_people_brings_money_or_costs_it(
    stage: Stage, chance: Chance, fen: int, reason: str, yuan: float
) -> None:
    befell = told(stage, events.BEFELL, actor=3, reason=chance, amount=fen)
    assert befell == {"actor": stage.person(3), "reason": reason, "amount": yuan}


def test_loans_are_told_with_their_sum_and_what_became_of_them(stage: Stage) -> None:
    lent = told(
        stage, events.LENT, actor=3, other=5, amount=7, until=NOON + 7 * DAY, data=[{"fen": 30_000}]
    )
    assert lent == {
        "actor": stage.person(3),
        "other": stage.person(5),
        "loan": 7,
        "amount": 300.0,
        "due": "2026-03-09T12:00:00",
    }
    for state, reason in ((Loan.State.PAID, "paid"), (Loan.State.DEFAULTED, "defaulted")):
        over = told(stage, events.LOAN_OVER, actor=5, other=3, amount=7, reason=state, until=30_000)
        assert (over["reason"], over["amount"], over["loan"]) == (reason, 300.0, 7)


def test_a_treat_is_told_with_what_it_was_and_cost(stage: Stage) -> None:
    coffee = stage.constants["activities"].codes["coffee"]
    treat = told(stage, events.TREATED, actor=3, other=5, place=4, activity=coffee, amount=3000)
    assert (treat["activity"], treat["amount"]) == ("coffee", 30.0)


def test_newcomers_are_told_as_the_snapshot_has_residents(stage: Stage) -> None:
    who = {
        "name": {"zh": "李明", "en": "Li Ming"},
        "age": 30,
        "gender": "male",
        "occupation": code_of(stage, "waiter"),
        "workplace": 4,
    }
    came = told(stage, events.MOVED_IN, actor=3, place=1, reason=Attraction.JOB, data=[who])
    assert (came["reason"], came["age"], came["gender"]) == ("job", 30, "male")
    assert (came["occupation"], came["workplace"]) == ("waiter", stage.place(4))
    (row,) = came["changes"]["agents"]
    assert (row["home"], row["place"], row["route"], row["since"]) == (1, 0, None, NOON)
    assert [row["x"], row["y"]] == stage.door(1)
    gone = told(stage, events.MOVED_AWAY, actor=3, place=1, reason=Departure.GLOOM)
    assert gone["reason"] == "gloom"
    assert gone["changes"] == {"agents": [{"id": 3, "gone": True}]}
