"""Towns whose residents have asked their models something."""

from typing import Any

from agents.minds.budget import policy_of
from agents.minds.catalogue import give_mind
from agents.models import LanguageModel, Spending, Thought
from world import pace
from world.advance import advance_once
from world.engine.gametime import HOUR
from world.models import World


def let_ask(world: World, model: LanguageModel | None = None) -> World:
    """Live a world, instant by instant, until everybody with a model has asked it something.

    model: given to everybody first.
    """
    if model is not None:
        give_mind(world=world, model=model)
    before, people = world.lived_until, world.actors.filter(kind="resident").count()
    while Thought.objects.filter(world=world).values("actor").distinct().count() < people:
        assert world.lived_until < before + 3 * HOUR, "somebody was never asked"
        advance_once(world_id=world.pk, until=world.lived_until + world.grid)
        world.refresh_from_db()
    return world


def set_policy(world: World, **fields: Any) -> None:
    """How the minds of a world are asked from now on."""
    policy = policy_of(world)
    for name, value in fields.items():
        setattr(policy, name, value)
    policy.save()


def start_clock(world: World) -> None:
    """Let the clock run, so that a worker may ask."""
    pace.start(world=world)


def money_of(world: World) -> tuple[int, int]:
    """What is reserved and what is spent, nano-dollars."""
    days = Spending.objects.filter(world=world).values_list("reserved", "spent")
    return sum(reserved for reserved, _ in days), sum(spent for _, spent in days)
