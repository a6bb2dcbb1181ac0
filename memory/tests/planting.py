"""The planted-fact measure: of facts among a thousand ordinary memories, how many are found?

Every fact is laid down at each age and importance once, in nine plantings of all of them at once,
so that facts of other ages and importances are always around. Each is asked for in its own
language, in other words, at noon of the day after the last.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from django.conf import settings

from memory import lexical
from memory.models import Memory
from memory.retrieval import Query, Weights, recall
from memory.tests import peers
from memory.tests.facts import FACTS, Fact
from memory.tests.ordinary import Life
from memory.writing import Impression, lexical_embedder, remember
from world.engine.gametime import DAY, HOUR
from world.scenario import Scenario

DAYS, ORDINARY = 60, 1000
NOW = DAYS * DAY + 12 * HOUR
AGES: Mapping[str, int] = {"hours": 5 * HOUR, "days": 4 * DAY, "weeks": 28 * DAY}
IMPORTANCES = (20, 50, 80)
CELLS = tuple((age, importance) for age in AGES for importance in IMPORTANCES)
FEW, MANY = 3, 10
PLANTED = "planted"
"""The subject of facts."""
OURS = "ours"
PEERS: Mapping[str, Callable[[peers.Kept, peers.Floats, int], list[int]]] = {
    "Generative Agents": peers.generative_agents,
    "Generative Agents, weights of its code": peers.generative_agents_code,
    "ai-town": peers.ai_town,
}
Rows = list[list[int]]
"""Which memories came to mind at each question, the best first, counted in their order of pk."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a fact was among the few, and among the many, that came to mind in some way."""

    way: str
    fact: Fact
    age: str
    importance: int
    few: bool
    many: bool


def planted(
    scenario: Scenario,
    actor: int,
    *,
    also: Mapping[str, Weights] = MappingProxyType({}),
    seed: int = 1,
) -> Iterator[Answer]:
    """Plant all facts in somebody (a primary key of an actor), nine times anew, and ask for them.

    All that they remembered before is gone. also: ways that are ours with other weights.
    """
    ours = {OURS: Weights(*settings.MEMORY_WEIGHTS), **also}
    asked = lexical.embed(fact.asked for fact in FACTS)
    ordinary = Life(scenario, seed).memories(ORDINARY, DAYS)
    Memory.objects.filter(actor=actor).delete()
    remember([replace(each, actor=actor) for each in ordinary])
    for turn in range(len(CELLS)):
        cells = [CELLS[(index + turn) % len(CELLS)] for index in range(len(FACTS))]
        facts = [_told(fact, *cell) for fact, cell in zip(FACTS, cells, strict=True)]
        Memory.objects.filter(actor=actor, subject=PLANTED).delete()
        remember([replace(each, actor=actor) for each in facts])
        ways = {name: _ours(actor, asked, weights) for name, weights in ours.items()}
        ways |= _theirs([*ordinary, *facts], asked)
        for way, (few, many) in ways.items():
            for index, (fact, cell) in enumerate(zip(FACTS, cells, strict=True)):
                row = ORDINARY + index
                yield Answer(way, fact, *cell, row in few[index], row in many[index])


def rate(answers: Iterable[Answer], most: int = FEW, **where: object) -> float:
    """The share of facts that were found among so many (FEW, MANY). where: of which answers."""
    hits = [
        each.few if most == FEW else each.many
        for each in answers
        if all(
            getattr(each.fact if name == "language" else each, name) == value
            for name, value in where.items()
        )
    ]
    return sum(hits) / len(hits)


def _told(fact: Fact, age: str, importance: int) -> Impression:
    return Impression(
        actor=0,
        at=NOW - AGES[age],
        kind=Memory.Kind.CONVERSATION,
        importance=importance,
        subject=PLANTED,
        text={fact.language: fact.told},
    )


def _ours(actor: int, asked: lexical.Vectors, weights: Weights) -> tuple[Rows, Rows]:
    """The few and the many that come to mind by retrieval."""
    keys = Memory.objects.filter(actor=actor).order_by("pk").values_list("pk", flat=True)
    row_of = {key: row for row, key in enumerate(keys)}
    embedder = lexical_embedder().pk
    queries = [Query(actor, NOW, embedder, vector) for vector in asked]
    many = [
        [row_of[each.memory] for each in one] for one in recall(queries, most=MANY, weights=weights)
    ]
    return [each[:FEW] for each in many], many


def _theirs(
    laid_down: Sequence[Impression], asked: lexical.Vectors
) -> Mapping[str, tuple[Rows, Rows]]:
    """The same by each peer, to whom it may matter how many are wanted for more than the cut."""
    texts = [each.text for each in laid_down]
    vectors = lexical.embed(" ".join(text[language] for language in text) for text in texts)
    relevance = (asked @ vectors.T).astype(np.float64)
    kept = peers.Kept(
        hours=np.array([(NOW - each.at) / HOUR for each in laid_down]),
        importance=np.array([each.importance for each in laid_down], dtype=np.float64),
    )
    found = {}
    for name, peer in PEERS.items():
        few, many = ([peer(kept, each, most) for each in relevance] for most in (FEW, MANY))
        found[name] = few, many
    return found
