"""How fast a town lives: agent-minutes per second, durable, beside Mesa 3.3 in memory.

`python -m benchmarks.bench_engine [residents ...]` (default 50 1000 10000). Everything that our
engine lives is committed to PostgreSQL with fsync on, an hour of game time to a transaction. All
live a full game day in the same run, one after the other: a town as it is; the same where nobody
ever begins to talk, which does what the peer does; and the peer.
"""

import cProfile
import pstats
import sys
import time
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from benchmarks import services
from benchmarks.mesa_town import MesaTown

MINUTES_OF_A_DAY = 24 * 60
HOUR = 3600
SEED = 3


def live_a_day(residents: int, *, talk: bool = True) -> dict[int, float]:
    """Real seconds for each game hour of the first day of a town, by the hour of the day.

    talk: whether anybody ever begins to talk.
    """
    from django.conf import settings

    from agents.founding import found_town
    from world import registry, residence
    from world.advance import advance
    from world.scenario import read

    scenario = read(settings.SCENARIOS_DIR / "sunshine", registry.sections)
    if not talk:
        never = {"chance": 0.0, "service": 0.0, "lesson": 0.0}
        silent = {"talk": scenario["talk"].model_copy(update=never)}
        scenario = replace(scenario, content=scenario.content | silent)
    world = found_town(scenario=scenario, seed=SEED, slug=f"bench-{residents}", residents=residents)
    residence.constants_of(world)
    hours = {}
    for hour in range(world.instant // HOUR, world.instant // HOUR + 24):
        began = time.perf_counter()
        advance(world_id=world.pk, until=(hour + 1) * HOUR)
        hours[hour % 24] = time.perf_counter() - began
    world.delete()
    return hours


def live_a_mesa_day(residents: int) -> float:
    """Real seconds for a day of the peer."""
    town = MesaTown(residents, SEED)
    began = time.perf_counter()
    for _ in range(MINUTES_OF_A_DAY):
        town.step()
    return time.perf_counter() - began


def where_time_goes(residents: int) -> Table:
    """Shares of a day by part of the engine, from a profile of it."""
    profile = cProfile.Profile()
    profile.enable()
    live_a_day(residents)
    profile.disable()
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    parts = {
        "instinct: situations": "outlook.py:situations",
        "instinct: choosing": "instinct.py:decide",
        "beginning and setting out": "conduct.py:begin conduct.py:depart",
        "needs": "lines.py:run",
        "wages and practice": "spells.py:run",
        "arrivals, endings, closings": "arrivals.py:run endings.py:run closings.py:on_time",
        "talk": "meetings.py:run turns.py:run",
        "news, appointments, plans": "news.py:run appointments.py:run intentions.py:run",
        "all instants": "pipeline.py:live",
        "commit: memories": "recording.py:record_memories",
        "commit: all": "commit.py:commit",
        "whole": "advance.py:advance",
    }
    table = Table("part", "share", title=f"Where the time goes, {residents:,} residents (profiled)")
    spent = {
        part: sum(
            row[3]
            for (file, _, name), row in stats.items()
            if any(f"{file.rsplit('/', 1)[-1]}:{name}" == each for each in names.split())
        )
        for part, names in parts.items()
    }
    for part, seconds in spent.items():
        table.add_row(part, f"{seconds / spent['whole']:.0%}")
    return table


def main(sizes: list[int]) -> None:
    console = Console()
    table = Table(
        *("residents", "day", "agent-minutes/s", "without talk", "Mesa 3.3", "ratio"),
        *("ratio without talk", "03-04 : 12-13"),
        title="A game day, durable, beside Mesa in memory",
    )
    with services.running():
        for residents in sizes:
            hours = live_a_day(residents)
            ours, silent = sum(hours.values()), sum(live_a_day(residents, talk=False).values())
            peer = live_a_mesa_day(residents)
            work = residents * MINUTES_OF_A_DAY
            table.add_row(
                f"{residents:,}",
                f"{ours:.1f} s",
                *(f"{work / seconds:,.0f}" for seconds in (ours, silent, peer)),
                *(f"{peer / seconds:.1f}x" for seconds in (ours, silent)),
                f"1 : {hours[12] / hours[3]:.0f}",
            )
        console.print(table)
        console.print(where_time_goes(sizes[-1]))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [50, 1000, 10000])
