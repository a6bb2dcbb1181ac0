"""The Smallville measure: one resident means to give a party and tells nobody but by living.

After two game days: what share of 25 residents know of it, and how many more know each other. Park
et al., "Generative Agents: Interactive Simulacra of Human Behavior" (2023), section 7.1.2, found
52 % who knew of the party, and a density of the network of acquaintances of 0.167 before and 0.74
after; of twelve who had been invited five came.
"""

from collections.abc import Callable
from dataclasses import dataclass

from agents import events
from agents.appointments.vocabulary import State
from agents.founding import found_town
from agents.headless import live
from agents.models import AgentState, Knowledge, News, Relationship
from agents.news.vocabulary import How
from agents.systems.news import ANNOUNCE
from memory.models import Memory
from world.engine.gametime import DAY, HOUR
from world.history import history_hash
from world.models import Event, World
from world.scenario import Scenario
from world.telling import tell

RESIDENTS, DAYS = 25, 2

PUBLISHED = {"know": 0.52, "density_before": 0.167, "density_after": 0.74, "come": 5 / 12}


@dataclass(frozen=True, slots=True)
class Smallville:
    """What came of one town. know: share of residents who know, the host among them.

    density_before, density_after: share of pairs of whom both know of the other, as `density` has
    it. knowers: by game hour since the beginning, how many. told: from
    whom each who was told has it, as pairs of numbers, in that order. come: share of them who come,
    None if nobody was told. history: its hash after the two days.
    """

    seed: int
    residents: int
    know: float
    density_before: float
    density_after: float
    knowers: list[tuple[float, int]]
    told: list[tuple[int, int]]
    come: float | None
    history: str


def measure(
    scenario: Scenario,
    *,
    seed: int,
    slug: str,
    residents: int = RESIDENTS,
    days: float = DAYS,
    on_progress: Callable[[int], object] = lambda lived_until: None,
) -> Smallville:
    """Found a town, let one resident know of a party to be given there, and live. Leaves no town.

    Raises what founding and living raise.
    """
    world = found_town(scenario=scenario, seed=seed, slug=slug, residents=residents)
    try:
        return _live(world, days, on_progress)
    finally:
        world.delete()


def _live(world: World, days: float, on_progress: Callable[[int], object]) -> Smallville:
    count = world.actors.filter(kind="resident").count()
    before = density(world, count)
    begin = world.lived_until
    until = begin + round(days * DAY)
    host, place = _host(world)
    party = {"host": host, "place": place, "starts": until + HOUR}
    tell(world=world, kind=ANNOUNCE.name, payload=party | {"urgency": "normal"})
    live(world, until, on_progress)
    news = News.objects.get(world=world, number=1)
    known = list(
        Knowledge.objects.filter(news=news)
        .order_by("heard_at", "actor__number")
        .values_list("heard_at", "actor__number", "source", "how")
    )
    after, history = density(world, count), history_hash(world)
    live(world, until + 3 * HOUR, on_progress)
    told = [(source, who) for _, who, source, how in known if how == How.TOLD]
    return Smallville(
        seed=world.seed,
        residents=count,
        know=len(known) / count,
        density_before=before,
        density_after=after,
        knowers=[((heard - begin) / HOUR, n) for n, (heard, *_) in enumerate(known, start=1)],
        told=told,
        come=_guests(world) / len(told) if told else None,
        history=history,
    )


def _guests(world: World) -> int:
    """How many came to the party of another."""
    came = Event.objects.filter(
        world=world, kind=events.APPOINTMENT_OVER, reason=State.KEPT, data__news=1, other__gt=0
    )
    return came.count()


def _host(world: World) -> tuple[int, int]:
    """Who gives the party, and where: whoever works at the cafe, as in Smallville."""
    cafes = world.locations.filter(kind="cafe").values_list("number", flat=True)
    staff = AgentState.objects.filter(actor__world=world, workplace__in=cafes)
    host = staff.order_by("actor__number").values_list("actor__number", "workplace").first()
    if host is None:
        raise ValueError("nobody works at a cafe in this town, so nobody gives the party")
    return host


def density(world: World, count: int) -> float:
    """The share of all pairs of residents of whom each knows of the other.

    As in the paper: whoever they have talked to or were acquainted with, and whoever is named in
    what they remember.
    """
    known = set(
        Relationship.objects.filter(actor__world=world)
        .exclude(strength=0, talks=0)
        .values_list("actor__number", "other__number")
    )
    residents = world.actors.filter(kind="resident")
    names = list(residents.values_list("number", "name_zh"))
    memories = Memory.objects.filter(actor__world=world)
    for who, text in memories.values_list("actor__number", "text_zh"):
        known |= {(who, number) for number, name in names if number != who and name in text}
    mutual = sum((other, one) in known for one, other in known) // 2
    return mutual / (count * (count - 1) / 2)
