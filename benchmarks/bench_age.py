"""What age costs: a day of a town that has lived for a hundred, beside one of its youth.

`python -m benchmarks.bench_age [days]` (about a quarter of an hour; default 100). A town of 50
lives on instinct, without watchers, everything committed. Its last week is measured beside the
second week of a twin with the same seed, day by day in turn, so that whatever else the machine does
befalls both. The twin shares the tables with the old town. So the old town's own second week,
measured when the tables were young, stands there as well.
"""

import sys
import time
from dataclasses import dataclass, field
from typing import Any

import psutil
from django.db import connection
from rich.console import Console
from rich.table import Table

from benchmarks import services

DAY = 24 * 3600
WEEK = 7
SEED = 3
GROWING = (
    "world_event",
    "economy_transfer",
    "agents_conversation",
    "agents_participation",
    "agents_relationship",
    "memory_memory",
)


@dataclass
class Cost:
    """What days took, a number for each. wall, engine, database: seconds, the last two of CPU."""

    wall: list[float] = field(default_factory=list)
    engine: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    events: list[int] = field(default_factory=list)

    def week(self, name: str, days: str) -> list[str]:
        """A row of the table: the means of a day."""
        count = len(self.wall)
        wall, engine, database = (
            sum(each) / count for each in (self.wall, self.engine, self.database)
        )
        return [
            name,
            days,
            f"{wall:.2f} s",
            f"{engine:.2f} s",
            f"{database:.2f} s",
            f"{sum(self.events) / count:,.0f}",
        ]


def cpu_of_database() -> float:
    """Seconds of CPU that the database server and all its processes have used."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0]).parent()
    spent = 0.0
    for process in (server, *server.children(recursive=True)):
        used = process.cpu_times()
        spent += used.user + used.system
    gone = server.cpu_times()
    return spent + gone.children_user + gone.children_system


def live_a_day(world: Any, cost: Cost) -> None:
    """Live a day, and write down what it took."""
    from world.advance import advance

    seq, database = world.seq, cpu_of_database()
    wall, engine = time.perf_counter(), time.process_time()
    advance(world_id=world.pk, until=world.lived_until + DAY)
    cost.engine.append(time.process_time() - engine)
    cost.wall.append(time.perf_counter() - wall)
    cost.database.append(cpu_of_database() - database)
    world.refresh_from_db()
    cost.events.append(world.seq - seq)


def found_one(slug: str) -> Any:
    """A town at midnight after its first day, which began in the morning."""
    from django.conf import settings

    from agents.founding import found_town
    from world import registry
    from world.advance import advance
    from world.scenario import read

    scenario = read(settings.SCENARIOS_DIR / "sunshine", registry.sections)
    world = found_town(scenario=scenario, seed=SEED, slug=slug)
    advance(world_id=world.pk, until=DAY)
    world.refresh_from_db()
    return world


def sizes() -> dict[str, tuple[int, int]]:
    """Rows and bytes, indexes among them, of the tables that grow."""
    found = {}
    with connection.cursor() as cursor:
        for name in GROWING:
            cursor.execute(f"SELECT count(*), pg_total_relation_size('{name}') FROM {name}")
            found[name] = cursor.fetchone()
    return found


def main(days: int) -> None:
    console = Console(width=110)
    # Days 2 to 7, the second week, those between, the last week.
    before, between = Cost(), Cost()
    young, old, twin = Cost(), Cost(), Cost()
    with services.running():
        town = found_one("old")
        for day in range(2, days - WEEK + 1):
            cost = before if day <= WEEK else young if day <= 2 * WEEK else between
            live_a_day(town, cost)
            if day % 10 == 0:
                console.print(f"day {day}: {cost.wall[-1]:.2f} s, {cost.events[-1]:,} events")
        other = found_one("twin")
        for _ in range(2, WEEK + 1):
            live_a_day(other, Cost())
        for _ in range(WEEK):
            live_a_day(town, old)
            live_a_day(other, twin)
        assert twin.events == young.events, "the twin has another history"
        grown = sizes()
    table = Table("town", "days", "wall", "CPU, engine", "CPU, database", "events", title="A day")
    last = f"{days - WEEK + 1}-{days}"
    table.add_row(*old.week("old", last))
    table.add_row(*twin.week("twin, in turn with it", "8-14"))
    table.add_row(*young.week("old, when it was young", "8-14"))
    console.print(table)
    for name, peer in (("twin", twin), ("its own youth", young)):
        wall = sum(old.wall) / sum(peer.wall)
        cpu = sum(old.engine + old.database) / sum(peer.engine + peer.database)
        events = sum(old.events) / sum(peer.events)
        console.print(f"old : {name}: wall {wall:.2f}x, CPU {cpu:.2f}x, events {events:.2f}x")
    for name, (rows, size) in grown.items():
        console.print(f"{name}: {rows:,} rows, {size / 2**20:,.0f} MB, both towns")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
