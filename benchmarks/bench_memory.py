"""Memory: how quickly what matters comes to mind, what laying it down costs, and what is found.

`python -m benchmarks.bench_memory [retrieval] [writing] [planted] [--small]` (default all three).

retrieval: one resident who remembers 1,000, 10,000 or 100,000 things, and 500 residents with 2,000
each in one batch, all in one table, as laid down in turn and then with those of each owner side by
side; beside a linear scan in memory (linear_scan.py). Promised: one at 10,000 below 10 ms at p95.
--small: a tenth of the batch, without the 100,000. writing: laying down a memory, beside Django's
bulk_create. planted: how many of 48 facts are found among 1,000 ordinary memories
(memory/tests/planting.py), beside the published formulas of Generative Agents and of ai-town.
"""

import argparse
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # the peer has one thread, as a backend of PostgreSQL has

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks import services

SEED = 5
RESIDENTS = 500
EACH = 2000
ALONE = (1_000, 10_000, 100_000)
ROUNDS = 5
BATCHES = {10: 100, 100: 50, 1000: 10}
"""How many batches of each size are laid down."""


def residents(count: int) -> tuple[Any, list[int]]:
    """The scenario, and primary keys of so many people of a town on it who remember nothing."""
    from django.conf import settings

    from agents.founding import found_town
    from benchmarks.memory_town import empty
    from world import registry
    from world.models import Actor, World
    from world.scenario import read

    scenario = read(settings.SCENARIOS_DIR / "sunshine", registry.sections)
    World.objects.all().delete()
    world = found_town(scenario=scenario, seed=SEED, residents=count)
    empty()
    people = Actor.objects.filter(world=world, kind="resident").order_by("number")
    return scenario, list(people.values_list("pk", flat=True))


def milliseconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def retrieval(console: Console, *, small: bool) -> None:
    """One resident of each size, and everybody at once; in both orders of the table."""
    from benchmarks.linear_scan import LinearScan
    from benchmarks.memory_town import fill, side_by_side

    sizes = ALONE[:-1] if small else ALONE
    scenario, people = residents(RESIDENTS + len(sizes))
    crowd, alone = people[:RESIDENTS], dict(zip(sizes, people[RESIDENTS:], strict=True))
    shares = dict.fromkeys(crowd, EACH // 10 if small else EACH)
    began = time.perf_counter()
    laid = fill(scenario, shares | {who: size for size, who in alone.items()})
    console.print(f"{len(laid.owners):,} memories laid down in {time.perf_counter() - began:.0f} s")
    scan = LinearScan(
        laid.owners, laid.at, laid.importance, lambda rows: laid.vectors[laid.patterns[rows]]
    )
    for layout, arrange in (("laid down in turn", None), ("side by side", side_by_side)):
        if arrange:
            arrange()
        console.print(_asked(scan, crowd, alone, f"{layout}, {len(laid.owners):,} in the table"))


def _asked(scan: Any, crowd: Sequence[int], alone: dict[int, int], title: str) -> Table:
    """How long it takes to ask each alone, each after all others, and all at once."""
    from django.conf import settings

    from benchmarks.memory_town import NOW
    from memory import lexical
    from memory.retrieval import Query, Weights, recall
    from memory.tests.facts import FACTS
    from memory.writing import lexical_embedder

    embedder, weights = lexical_embedder().pk, Weights(*settings.MEMORY_WEIGHTS)
    questions = lexical.embed(fact.asked for fact in FACTS)

    def ask(who: int, turn: int) -> Query:
        return Query(who, NOW, embedder, questions[turn % len(questions)])

    def check(queries: list[Query]) -> None:
        for ours, theirs in zip(recall(queries), scan.recall(queries, weights), strict=True):
            np.testing.assert_allclose([each.score for each in ours], theirs, atol=5e-3)

    table = Table(
        "asked",
        "p50",
        "p95",
        "p50 after all others",
        "scan p50",
        "p95",
        "ratio",
        title=title,
    )
    everybody = [ask(who, turn) for turn, who in enumerate(crowd)]
    check([*everybody[:20], *(ask(who, 0) for who in alone.values())])
    ours, theirs = [], []
    later: dict[int, list[float]] = {who: [] for who in alone.values()}
    for turn in range(ROUNDS):
        ours.append(milliseconds(lambda: recall(everybody)))
        for who, took in later.items():
            query = [ask(who, turn)]
            took.append(milliseconds(lambda query=query: recall(query)))
        theirs.append(milliseconds(lambda: scan.recall(everybody, weights)))
    for size, who in alone.items():
        queries = [[ask(who, turn)] for turn in range(2 * len(questions))]
        mine = [milliseconds(lambda query=query: recall(query)) for query in queries]
        scanned = [
            milliseconds(lambda query=query: scan.recall(query, weights)) for query in queries
        ]
        table.add_row(f"one of {size:,}", *_figures(mine, later[who], scanned))
    table.add_row(f"{len(crowd)} of {_each(scan, crowd):,}", *_figures(ours, None, theirs))
    return table


def _each(scan: Any, crowd: Sequence[int]) -> int:
    begin, end = scan.span(crowd[0])
    return int(end - begin)


def _figures(ours: list[float], later: list[float] | None, theirs: list[float]) -> list[str]:
    (p50, p95), (scan50, scan95) = (np.percentile(took, [50, 95]) for took in (ours, theirs))
    return [
        f"{p50:.1f} ms",
        f"{p95:.1f} ms",
        f"{np.median(later):.1f} ms" if later else "",
        f"{scan50:.2f} ms",
        f"{scan95:.2f} ms",
        f"{p50 / scan50:.1f}x",
    ]


def writing(console: Console, *, small: bool) -> None:
    """Batches of memories, in turn by COPY and by bulk_create."""
    from benchmarks.memory_town import DAYS
    from memory import lexical
    from memory.models import Memory
    from memory.tests.ordinary import Life
    from memory.writing import Impression, lexical_embedder, remember

    scenario, (ours, peer) = residents(2)
    embedder = lexical_embedder()

    def create(batch: list[Impression]) -> None:
        vectors = lexical.embed(f"{each.text['zh']} {each.text['en']}" for each in batch)
        Memory.objects.bulk_create(
            Memory(
                actor_id=each.actor,
                embedder=embedder,
                at=each.at,
                recalled_at=each.at,
                ordinal=ordinal,
                kind=each.kind,
                importance=each.importance,
                subject=each.subject,
                text_zh=each.text["zh"],
                text_en=each.text["en"],
                vector=vector,
            )
            for ordinal, (each, vector) in enumerate(zip(batch, vectors, strict=True))
        )

    table = Table(
        "in a batch",
        "remember",
        "bulk_create",
        "ratio",
        "making vectors, of both",
        title="Laying down a memory",
    )
    for size, batches in BATCHES.items():
        spent: dict[str, list[float]] = {"remember": [], "create": [], "embed": []}
        for turn in range(batches // 5 if small else batches):
            life = Life(scenario, SEED + turn).memories(size, DAYS)
            mine, theirs = ([replace(each, actor=who) for each in life] for who in (ours, peer))
            texts = [f"{each.text['zh']} {each.text['en']}" for each in life]
            lexical.embed(texts)
            spent["embed"].append(milliseconds(lambda texts=texts: lexical.embed(texts)))
            spent["remember"].append(milliseconds(lambda mine=mine: remember(mine)))
            Memory.objects.filter(actor=peer).delete()
            spent["create"].append(milliseconds(lambda theirs=theirs: create(theirs)))
        each = {way: np.median(took) / size for way, took in spent.items()}
        table.add_row(
            f"{size:,}",
            f"{each['remember']:.3f} ms",
            f"{each['create']:.3f} ms",
            f"{each['create'] / each['remember']:.1f}x",
            f"{each['embed']:.3f} ms",
        )
    console.print(table)


def planted(console: Console, *, small: bool) -> None:
    """How many facts are found, by each way."""
    from memory.retrieval import Weights
    from memory.tests import planting

    scenario, (who,) = residents(1)
    also = {"ours, relevance 3": Weights(1, 1, 3)}
    answers = list(planting.planted(scenario, who, also=also))
    ways = (planting.OURS, *also, *planting.PEERS)
    few, many = planting.FEW, planting.MANY
    table = Table("facts", *ways, title=f"Found among the first {few} / {many} that come to mind")
    rows: dict[str, dict[str, object]] = {
        "all": {},
        "Chinese": {"language": "zh"},
        "English": {"language": "en"},
    }
    for age, importance in planting.CELLS:
        rows[f"{age} old, {importance}"] = {"age": age, "importance": importance}
    for name, where in rows.items():
        shares = [
            [planting.rate(answers, most, way=way, **where) for most in (few, many)] for way in ways
        ]
        table.add_row(name, *(f"{first:.0%} / {later:.0%}" for first, later in shares))
    console.print(table)


PARTS = {"retrieval": retrieval, "writing": writing, "planted": planted}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument("--small", action="store_true")
    told = parser.parse_args()
    console = Console()
    with services.running():
        for part in told.parts or PARTS:
            PARTS[part](console, small=told.small)


if __name__ == "__main__":
    main()
