"""What a living town of some size takes of a machine: the engine's CPU and memory, the database.

`python -m benchmarks.bench_sizes [RESIDENTS...]`. At the usual pace, for a minute and a half about
noon, with an engine and a beat as in production, and nobody who watches.
"""

import os
import subprocess
import sys
import time
from contextlib import ExitStack

from benchmarks import services

SECONDS = 90
SETTLING = 15


def measure(residents: int) -> str:
    import psutil
    from django.conf import settings
    from django.db import connection

    from agents.founding import found_town
    from aisociety.processes import commands
    from world import pace, registry
    from world.advance import advance
    from world.engine.gametime import HOUR
    from world.models import World
    from world.scenario import read

    scenario = read(settings.SCENARIOS_DIR / "sunshine", registry.sections)
    world = found_town(scenario=scenario, seed=1, residents=residents)
    advance(world_id=world.pk, until=world.instant + 5 * HOUR)
    pace.start(world=world)
    with ExitStack() as running:
        programs = {}
        for name in ("engine", "beat"):
            program = subprocess.Popen(commands("", 0)[name], cwd=services.ROOT, env=os.environ)
            running.callback(program.wait, timeout=60)
            running.callback(program.terminate)
            programs[name] = psutil.Process(program.pid)
        time.sleep(SETTLING)
        family = [programs["engine"], *programs["engine"].children(recursive=True)]
        before = sum(sum(each.cpu_times()[:2]) for each in family)
        lived = World.objects.values_list("lived_until", flat=True).get(pk=world.pk)
        time.sleep(SECONDS)
        cpu = sum(sum(each.cpu_times()[:2]) for each in family) - before
        told = World.objects.values_list("lived_until", flat=True).get(pk=world.pk) - lived
        memory = sum(each.memory_full_info().pss for each in family) / 2**20
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0] / 2**20
    return (
        f"| {residents:,} | {100 * cpu / SECONDS:.1f} % | {memory:.0f} MB | {size:.0f} MB |"
        f" {told / 60:.0f} of {SECONDS / 6:.0f} game minutes |"
    )


def main(sizes: list[int]) -> None:
    print("| residents | engine, of a core | memory | database at the start | lived |")
    print("|---|---|---|---|---|")
    for residents in sizes:
        with services.running():
            print(measure(residents), flush=True)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [50, 200, 1_000, 10_000])
