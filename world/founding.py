"""Founding: a world from a scenario, with a seed, at the moment at which its story begins."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import transaction

from world import registry
from world.engine.events import EventBatch
from world.event_writer import EventWriter
from world.map import lattice_columns
from world.models import Actor, InboxSeal, Location, World, WorldClock, Zone
from world.realtime import RealTime, real_now
from world.rules import Rules, store_sections
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

    def record(self, batch: EventBatch) -> None:
        """Write what happened at the founding into the log of the world."""
        world = self.world
        with EventWriter(world) as writer:
            writer.write(batch)
        world.seq += len(batch)
        world.save(update_fields=["seq"])


@transaction.atomic
def found(
    *,
    scenario: Scenario,
    seed: int,
    slug: str = "",
    districts: int = 1,
    population: int | None = None,
    now: RealTime = real_now,
) -> World:
    """Found a world on a scenario. Its clock stands until somebody starts it.

    slug: its name in addresses, the scenario's own if empty. districts: how many copies of the
    scenario's map lie side by side. population: how many residents, the scenario's if None.
    """
    town = scenario["town"]
    world = World(
        slug=slug or town.slug,
        name_zh=town.name.zh,
        name_en=town.name.en,
        scenario=town.slug,
        seed=seed,
        districts=districts,
        population=population,
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
    store_sections(world, scenario.content)
    founding = Founding(world, scenario)
    for _, build in sorted(registry.founders.values(), key=lambda founder: founder[0]):
        build(founding)
    return world


def found_again(*, of: World, seed: int, slug: str, now: RealTime = real_now) -> World:
    """Found a world on the rules that another one was founded on, and as large as that one."""
    rules = Rules(of)
    return found(
        scenario=Scenario(content={name: rules[name] for name in registry.sections}),
        seed=seed,
        slug=slug,
        districts=of.districts,
        population=of.population,
        now=now,
    )


def found_map(founding: Founding) -> None:
    """Make the zones and locations of a new world, district by district."""
    columns = lattice_columns(founding.world.districts)
    size = founding.scenario["town"].map
    for district in range(founding.world.districts):
        row, column = divmod(district, columns)
        _found_district(founding, district, (column * size.width, row * size.height))


def _found_district(founding: Founding, district: int, origin: tuple[int, int]) -> None:
    world, content = founding.world, founding.scenario
    zones = {
        spec.key: zone
        for spec, zone in zip(
            content["zones"],
            Zone.objects.bulk_create(
                Zone(
                    world=world,
                    kind=spec.kind,
                    **_place_in(district, origin, spec),
                )
                for spec in content["zones"]
            ),
            strict=True,
        )
    }
    first = district * len(content["places"]) + 1
    Location.objects.bulk_create(
        Location(
            world=world,
            number=number,
            zone=zones[spec.zone],
            kind=spec.kind,
            capacity=spec.capacity,
            door=spec.door,
            outdoor=spec.outdoor,
            offers=spec.offers,
            opens=[opens for opens, _ in spec.open],
            closes=[closes for _, closes in spec.open],
            **_place_in(district, origin, spec),
        )
        for number, spec in enumerate(content["places"], start=first)
    )


def _place_in(district: int, origin: tuple[int, int], spec: Any) -> dict[str, Any]:
    """Key, names and bounds of something on the map, in a district (the first one is 0)."""
    again = district > 0
    return {
        "key": f"{spec.key}-{district + 1}" if again else spec.key,
        "name_zh": f"{spec.name.zh}（{district + 1}区）" if again else spec.name.zh,
        "name_en": f"{spec.name.en} (District {district + 1})" if again else spec.name.en,
        "x": origin[0] + spec.x,
        "y": origin[1] + spec.y,
        "width": spec.width,
        "height": spec.height,
    }
