"""Retrieval: what comes to mind is what a plain reference says, and nothing else."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from memory import lexical
from memory.model_vectors import embedder_of, keep
from memory.models import Embedder, Memory
from memory.retrieval import DECAY, FORGOTTEN, Query, Weights, recall, touch
from memory.search import search
from memory.selectors import memories_of
from memory.tests.plans import believe_empty, steps_of
from memory.writing import Impression, lexical_embedder, remember
from world.engine.gametime import DAY, HOUR
from world.models import Actor

WEIGHTS = Weights(1.0, 1.0, 3.0)
WORDS = ("咖啡", "公园", "王芳", "工作", "party", "rain", "rent", "林夏", "图书馆", "song")

impressions = st.lists(
    st.tuples(
        st.integers(0, 2),  # whose
        st.integers(0, 60 * DAY),
        st.integers(0, 100),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join),
        st.integers(1, 7),
    ),
    max_size=40,
)


def ask(who: Actor, at: int, text: str) -> Query:
    return Query(who.pk, at, lexical_embedder().pk, lexical.embed([text])[0])


def lay_down(people: Sequence[Actor], told: Sequence[tuple[int, int, int, str, int]]) -> None:
    remember(
        [
            Impression(
                actor=people[whose].pk,
                at=at,
                kind=kind,
                importance=importance,
                subject="",
                text={"zh": text},
            )
            for whose, at, importance, text, kind in sorted(told, key=lambda row: row[1])
        ]
    )


def reference(query: Query, weights: Weights, kind: int | None = None) -> list[tuple[float, int]]:
    """Scores and memories by the definition, one at a time, in plain Python."""
    scored = []
    for memory in Memory.objects.filter(actor=query.actor, at__lte=query.at):
        if kind is not None and memory.kind != kind:
            continue
        hours = min(max(query.at - memory.recalled_at, 0), FORGOTTEN) / HOUR
        vector = np.array(memory.vector, dtype=np.float64)
        asked = query.vector.astype(np.float16).astype(np.float64)
        alike = 0.0
        if memory.embedder_id == query.embedder:
            alike = max(sum(a * b for a, b in zip(vector.tolist(), asked.tolist(), strict=True)), 0)
        score = (
            weights.recency * DECAY**hours
            + weights.importance * memory.importance / 100
            + weights.relevance * alike
        )
        scored.append((score, memory.at, memory.ordinal, memory.pk))
    scored.sort(reverse=True)
    return [(score, pk) for score, _, _, pk in scored]


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """What some people remember and are asked."""
    return {
        "told": draw(impressions),
        "recalls": draw(st.dictionaries(st.integers(0, 39), st.integers(0, 80 * DAY), max_size=10)),
        "asked": draw(
            st.lists(
                st.tuples(st.integers(0, 2), st.integers(0, 90 * DAY), st.sampled_from(WORDS)),
                min_size=1,
                max_size=4,
            )
        ),
        "weights": Weights(*draw(st.tuples(*[st.just(0.0) | st.floats(1e-3, 5)] * 3))),
        "most": draw(st.integers(1, 12)),
        "kind": draw(st.none() | st.integers(1, 7)),
    }


@settings(max_examples=40)
@given(case=cases())
@pytest.mark.django_db
def test_it_equals_a_plain_reference(people: list[Actor], case: dict[str, Any]) -> None:
    Memory.objects.all().delete()
    lay_down(people, case["told"])
    keys = list(Memory.objects.order_by("pk").values_list("actor", "at", "ordinal"))
    recalls = case["recalls"].items()
    touch([(*keys[index], at, 1) for index, at in recalls if index < len(keys)])
    queries = [ask(people[who], at, text) for who, at, text in case["asked"]]
    most, kind, weights = case["most"], case["kind"], case["weights"]
    answers = recall(queries, most=most, kind=kind, weights=weights)
    for query, answer in zip(queries, answers, strict=True):
        expected = reference(query, weights, kind)
        assert len(answer) == min(most, len(expected))
        by_memory = {pk: score for score, pk in expected}
        for found, (score, _) in zip(answer, expected, strict=False):
            # Sums in another order differ in their last bits, and so may the order of equals.
            assert found.score == pytest.approx(score, abs=1e-5)
            assert by_memory[found.memory] == pytest.approx(score, abs=1e-5)
            parts = (found.recency, found.importance, found.relevance)
            assert all(0 <= part <= 1 + 1e-3 for part in parts)


@pytest.mark.django_db
def test_of_equals_the_latest_comes_first(people: list[Actor]) -> None:
    lay_down(people, [(0, 5, 50, "咖啡", 1)] * 3 + [(0, 5, 50, "咖啡", 1)])
    (found,) = recall([ask(people[0], 6, "咖啡")], most=4, weights=WEIGHTS)
    ordinals = [Memory.objects.get(pk=each.memory).ordinal for each in found]
    assert ordinals == [3, 2, 1, 0]


@pytest.mark.django_db
def test_nobody_remembers_what_is_yet_to_come_or_befell_others(people: list[Actor]) -> None:
    lay_down(
        people, [(0, HOUR, 50, "咖啡", 1), (0, 3 * HOUR, 50, "咖啡", 1), (1, 0, 99, "咖啡", 1)]
    )
    (found,) = recall([ask(people[0], 2 * HOUR, "咖啡")], weights=WEIGHTS)
    assert [Memory.objects.get(pk=each.memory).at for each in found] == [HOUR]


@pytest.mark.django_db
def test_vectors_of_different_embedders_are_never_compared(people: list[Actor]) -> None:
    lay_down(people, [(0, 0, 50, "咖啡", 1)])
    other = Embedder.objects.create(name="a model", dimension=3)
    vector = np.array([1, 0, 0], dtype=np.float32)
    (found,) = recall([Query(people[0].pk, HOUR, other.pk, vector)], weights=WEIGHTS)
    assert [each.relevance for each in found] == [0]


@pytest.mark.parametrize("dimension", [3, 3072])
@pytest.mark.django_db
def test_by_a_model_it_equals_a_plain_reference(people: list[Actor], dimension: int) -> None:
    """Some memories have its vector, some that of another model as long, some none."""
    chance = np.random.default_rng(dimension)
    lay_down(people, [(0, at, at, "咖啡", 1) for at in range(60)])
    keys = list(memories_of(people[0].pk).values_list("pk", flat=True))
    makers = [embedder_of(name, dimension).pk for name in ("a model", "another")]
    vectors = chance.normal(size=(61, dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    keep(makers[1], keys[:40], list(vectors[:40]))
    keep(makers[0], keys[:20], list(vectors[:20]))
    asked = vectors[60] if dimension > 3 else vectors[0]
    query = Query(people[0].pk, HOUR, makers[0], asked)
    (found,) = recall([query], most=60, weights=WEIGHTS, by_model=True)
    relevance = dict.fromkeys(keys, 0.0)
    relevance |= dict(zip(keys[:20], (vectors[:20] @ asked).tolist(), strict=True))
    expected = {
        memory.pk: DECAY ** ((HOUR - memory.at) / HOUR)
        + memory.importance / 100
        + 3 * max(relevance[memory.pk], 0)
        for memory in memories_of(people[0].pk)
    }
    assert {each.memory for each in found} == set(keys)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    for each in found:
        assert each.score == pytest.approx(expected[each.memory], abs=5e-3)
    assert sum(each.relevance > 0 for each in found) == sum(r > 0 for r in relevance.values())
    searched = search(people[0].world_id, makers[0], asked, most=60, least=-1, by_model=True)
    assert {each.memory for each in searched} == set(keys[:20])


@pytest.mark.django_db
def test_what_came_to_mind_lately_comes_to_mind_again(people: list[Actor]) -> None:
    lay_down(people, [(0, 0, 50, "咖啡", 1), (0, 1, 50, "咖啡", 1)])
    older = memories_of(people[0].pk).last()
    assert older is not None
    key = (people[0].pk, older.at, older.ordinal)
    touch([(*key, 50 * HOUR, 1)])
    older.refresh_from_db()
    assert (older.recalls, older.recalled_at) == (1, 50 * HOUR)
    (found,) = recall([ask(people[0], 60 * HOUR, "公园")], weights=WEIGHTS)
    assert found[0].memory == older.pk
    assert found[0].recency == pytest.approx(DECAY**10)
    touch([(*key, 40 * HOUR, 2)])
    older.refresh_from_db()
    assert (older.recalls, older.recalled_at) == (3, 50 * HOUR)


@pytest.mark.django_db
def test_ages_later_a_memory_is_still_a_number(people: list[Actor]) -> None:
    lay_down(people, [(0, 0, 50, "咖啡", 1)])
    (found,) = recall([ask(people[0], 1000 * 365 * DAY, "咖啡")], weights=WEIGHTS)
    assert 0 <= found[0].recency < 1e-20
    assert math.isfinite(found[0].score)


@pytest.mark.django_db
def test_nobody_asked_nothing_told() -> None:
    assert recall([]) == []


@pytest.mark.django_db
def test_everything_is_looked_at_once_for_each_who_is_asked_whatever_the_planner_believes(
    people: list[Actor],
) -> None:
    lay_down(people, [(0, at, 50, WORDS[at % len(WORDS)], 1) for at in range(300)])
    believe_empty("memory_memory")
    queries = [ask(people[0], DAY, word) for word in WORDS]
    with CaptureQueriesContext(connection) as asked:
        recall(queries)
    (limit,) = (node for node in steps_of(asked[0]["sql"]) if node["Node Type"] == "Limit")
    assert limit["Actual Loops"] == len(queries)
