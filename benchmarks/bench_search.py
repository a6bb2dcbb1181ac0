"""Search across a town: an exact look at every vector, beside an approximate index.

`python -m benchmarks.bench_search [memories]` (default 100,000). Vectors of 1,536 numbers, as a
model's, gathered about 500 matters; asked for one of them with noise. The index is pgvector's HNSW
over halfvec, as it would be built (m 16, ef_construction 64), asked with ef_search 100. It is made
for this benchmark alone: the product has none.
"""

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks import services
from benchmarks.bench_memory import milliseconds, residents

SEED = 5
RESIDENTS = 500
MATTERS = 500
DIMENSION = 1536
NOISE = 0.03
AT_ONCE = 2000
QUESTIONS = 20
MOST = 20
ADDED = 500


Vectors = NDArray[np.float32]


def vectors_of(chance: np.random.Generator, matters: Vectors, count: int) -> Vectors:
    """So many unit vectors near matters, float32[count, DIMENSION]."""
    near = matters[chance.integers(0, len(matters), count)]
    near = near + NOISE * chance.normal(size=near.shape).astype(np.float32)
    units: Vectors = near / np.linalg.norm(near, axis=1, keepdims=True)
    return units


def run(query: str, *parameters: Any) -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall() if cursor.description else []


def nearly(model: int, vector: Vectors) -> list[int]:
    """What the approximate index finds."""
    rows = run(
        f"SELECT memory_id FROM memory_modelvector WHERE embedder_id = {model}"
        f" ORDER BY (vector::halfvec({DIMENSION})) <#> %s::halfvec({DIMENSION}) LIMIT {MOST}",
        str(vector.tolist()),
    )
    return [row[0] for row in rows]


def measured(memories: int) -> Iterator[list[str]]:
    """Rows of the table."""
    from benchmarks.memory_town import fill
    from memory import lexical
    from memory.model_vectors import embedder_of, keep
    from memory.models import Memory
    from memory.search import search
    from memory.tests.facts import FACTS
    from memory.writing import lexical_embedder
    from world.models import World

    scenario, people = residents(RESIDENTS)
    fill(scenario, dict.fromkeys(people, memories // RESIDENTS))
    world, model = World.objects.get().pk, embedder_of("a model", DIMENSION).pk
    chance = np.random.default_rng(SEED)
    matters = vectors_of(chance, np.zeros((1, DIMENSION), np.float32), MATTERS)

    def adding(some: list[int]) -> float:
        fresh = list(vectors_of(chance, matters, len(some)))
        return milliseconds(lambda: keep(model, some, fresh)) / len(some)

    def exactly(vector: Vectors) -> list[int]:
        found = search(world, model, vector, most=MOST, least=-1, by_model=True)
        return [each.memory for each in found]

    keys = list(Memory.objects.order_by("pk").values_list("pk", flat=True))
    keys, later = keys[:-ADDED], keys[-ADDED:]
    for begin in range(0, len(keys), AT_ONCE):
        adding(keys[begin : begin + AT_ONCE])
    run("VACUUM (ANALYZE) memory_modelvector")

    own, words = lexical_embedder().pk, lexical.embed(fact.asked for fact in FACTS[:QUESTIONS])
    took = [milliseconds(lambda v=v: search(world, own, v, most=MOST)) for v in words]
    yield ["exact, lexical", *_figures(took), f"{MOST}", "", ""]

    questions = vectors_of(chance, matters, QUESTIONS)
    true = [exactly(vector) for vector in questions]
    took = [milliseconds(lambda v=v: exactly(v)) for v in questions]
    more = adding(later[: ADDED // 2])
    yield ["exact, model", *_figures(took), f"{MOST}", f"{more:.2f} ms", ""]

    run("SET maintenance_work_mem = '1GB'")
    run("SET hnsw.ef_search = 100")
    index = (
        "CREATE INDEX trial ON memory_modelvector USING hnsw"
        f" ((vector::halfvec({DIMENSION})) halfvec_ip_ops) WHERE embedder_id = {model}"
    )
    built = milliseconds(lambda: run(index)) / 1000
    found = [len({*nearly(model, v)} & {*best}) for v, best in zip(questions, true, strict=True)]
    took = [milliseconds(lambda v=v: nearly(model, v)) for v in questions]
    more = adding(later[ADDED // 2 :])
    run("DROP INDEX trial")
    yield [
        "HNSW, model",
        *_figures(took),
        f"{np.mean(found):.1f}",
        f"{more:.2f} ms",
        f"{built:.0f} s",
    ]


def main(memories: int) -> None:
    table = Table("way", "p50", "p95", f"found of {MOST}", "a vector more", "building it")
    with services.running():
        for row in measured(memories):
            table.add_row(*row)
    table.title = f"Searching {memories:,} memories"
    Console().print(table)


def _figures(took: list[float]) -> list[str]:
    return [f"{value:.1f} ms" for value in np.percentile(took, [50, 95])]


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 100_000)
