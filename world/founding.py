"""Founding: a world from a scenario, with a seed, at the moment at which its story begins."""

from dataclasses import dataclass, field
from uuid import uuid4

from django.db import transaction

from world import registry
from world.models import Actor, InboxSeal, Location, World, WorldClock, Zone
from world.realtime import RealTime, real_now
from world.rules import store_rules
from world.scenario import Bilingual, Scenario


@dataclass
class Founding:
    """A world in the making, as founders see it.

    actors: the actor made for each (kind, key) so far.
    """

    world: World
    scenario: Scenario
    actors: dict[tuple[str, str], Actor] = field(default_factory=dict)

    def add_actors(self, kind: str, people: list[tuple[str, Bilingual]]) -> list[Actor]:
        """Give each (key, name) the next actor numbers, in order."""
        first = len(self.actors) + 1
        actors = Actor.objects.bulk_create(
            Actor(world=self.world, number=number, kind=kind, name_zh=name.zh, name_en=name.en)
            for number, (_, name) in enumerate(people, start=first)
        )
        for (key, _), actor in zip(people, actors, strict=True):
            self.actors[kind, key] = actor
        return actors


@transaction.atomic
def found(
    *,
    scenario: Scenario,
    seed: int,
    slug: str = "",
    residents: int | None = None,
    now: RealTime = real_now,
) -> World:
    """Found a world on a scenario. Its clock stands until somebody starts it.

    slug: its name in addresses, the scenario's own if empty. residents: how many, all of the
    scenario's if None; more of them make a town of several districts, each a copy of its map.
    Raises ValueError for fewer than one.
    """
    town = scenario["town"]
    world = World(
        slug=slug or town.slug,
        name_zh=town.name.zh,
        name_en=town.name.en,
        scenario=town.slug,
        seed=seed,
        epoch=uuid4(),
        first_day=town.first_day,
        grid=town.grid_seconds,
        instant=town.starts_at,
        lived_until=town.starts_at,
    )
    world.full_clean()
    world.save()
    WorldClock.objects.create(
        world=world,
        anchor_real=now(),
        anchor_game=town.starts_at,
        scale=town.time_scale,
        paused=True,
        why="founded",
    )
    InboxSeal.objects.create(world=world, until=town.starts_at)
    store_rules(world, scenario)
    founding = Founding(world, scenario)
    for _, build in sorted(registry.founders.values(), key=lambda founder: founder[0]):
        build(founding)
    return world


def found_map(founding: Founding) -> None:
    """Make the zones and locations of a new world."""
    world, content = founding.world, founding.scenario
    zones = {
        zone.key: zone
        for zone in Zone.objects.bulk_create(
            Zone(
                world=world,
                name_zh=spec.name.zh,
                name_en=spec.name.en,
                **spec.model_dump(exclude={"name"}),
            )
            for spec in content["zones"]
        )
    }
    Location.objects.bulk_create(
        Location(
            world=world,
            number=number,
            zone=zones[spec.zone],
            name_zh=spec.name.zh,
            name_en=spec.name.en,
            opens=[opens for opens, _ in spec.open],
            closes=[closes for _, closes in spec.open],
            **spec.model_dump(exclude={"name", "zone", "open"}),
        )
        for number, spec in enumerate(content["places"], start=1)
    )
