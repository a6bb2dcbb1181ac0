"""The settlement of a day: the engine's, beside the same rule as a loop over Django's ORM.

    python -m benchmarks.bench_settlement 10000 100000

The engine settles everything, businesses, credit and figures too, and commits it; the loop does
what concerns residents alone, for a sample of them, and its time is scaled up. Both must leave the
sample with the same balances.
"""

import sys
import time
from typing import Any

from benchmarks import services

SAMPLE = 400


def main(sizes: list[int]) -> None:
    for size in sizes:
        # Each begins with an empty database.
        with services.running():
            settle(size)


def settle(size: int) -> None:
    from agents.founding import found_town
    from world import registry, residence
    from world.engine.gametime import DAY
    from world.scenario import read

    scenario = read(services.ROOT / "scenarios" / "sunshine", registry.sections)
    began = time.perf_counter()
    world = found_town(scenario=scenario, seed=1, slug=f"settled-{size}", residents=size)
    print(f"{size:,} residents, founded in {time.perf_counter() - began:.0f} s")
    analyse()
    loop, plain = by_loop(world, DAY, SAMPLE)
    seconds, parts, transfers = by_engine(world, DAY)
    settled = balances_of(world, SAMPLE)
    differences = sum(one != other for one, other in zip(settled, plain, strict=True))
    whole = loop * size / SAMPLE
    print(
        f"  engine {seconds:.2f} s ({', '.join(parts)}), {transfers:,} transfers\n"
        f"  ORM loop {whole:,.0f} s ({loop:.2f} s for {SAMPLE}),"
        f" {whole / seconds:,.0f} times as long\n"
        f"  balances that differ: {differences} of {SAMPLE}"
    )
    residence.forget_all()


def analyse() -> None:
    """What autovacuum does in time: tables that a transaction fills are believed to be empty."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def balances_of(world: Any, count: int) -> list[int]:
    """What the first so many residents own, fen."""
    people = world.actors.filter(kind="resident").order_by("number")
    return list(people.values_list("account__balance", flat=True)[:count])


def by_engine(world: Any, midnight: int) -> tuple[float, list[str], int]:
    """Seconds, of what they consist, and how many transfers were made."""
    import numpy as np
    from django.db import transaction

    from agents.systems.settlement import Settlement
    from economy.models import Transfer
    from world import residence
    from world.commit import commit
    from world.engine.inbox import Stamp
    from world.engine.step import Step
    from world.event_writer import EventWriter

    before = Transfer.objects.filter(world=world).count()
    with transaction.atomic():
        pipeline = residence.pipeline_of(world)
        system = next(each for each in pipeline._systems if isinstance(each, Settlement))
        began = time.perf_counter()
        step = Step(
            stamp=Stamp(midnight),
            seed=world.seed,
            due=np.zeros(0, dtype=np.int64),
            inbox=(),
            log=pipeline.log,
        )
        system.on_time(step)
        settled = time.perf_counter()
        with EventWriter(world) as writer:
            writer.write(pipeline.log.take())
        told = time.perf_counter()
        commit(
            world,
            pipeline.columns,
            writer.written(),
            step.answers,
            step.questions,
            position=Stamp(midnight),
            lived_until=midnight,
        )
    ended = time.perf_counter()
    parts = [
        f"rule {settled - began:.2f}",
        f"log {told - settled:.2f}",
        f"balances, books and figures {ended - told:.2f}",
    ]
    return ended - began, parts, Transfer.objects.filter(world=world).count() - before


def by_loop(world: Any, midnight: int, count: int) -> tuple[float, list[int]]:
    """Seconds that so many residents take, one after the other, in one transaction, and what they
    own then; the transaction is taken back."""
    from django.db import transaction

    from benchmarks.plain_settlement import PlainSettlement
    from world import residence

    people = world.actors.filter(kind="resident").select_related("state").order_by("number")
    plain = PlainSettlement(world, residence.constants_of(world), midnight)
    residents = list(people[:count])
    with transaction.atomic():
        began = time.perf_counter()
        plain.settle(residents)
        seconds = time.perf_counter() - began
        settled = balances_of(world, count)
        transaction.set_rollback(True)
    return seconds, settled


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 100_000])
