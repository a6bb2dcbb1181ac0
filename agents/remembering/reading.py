"""Reading: memories as the REST doors tell them, in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from agents.conversations.presentation import conversation_key
from agents.minds.presentation import stand_in_name
from agents.remembering.answers import (
    Evidence,
    FoundMemory,
    MemoryLine,
    MemorySearch,
    Replaced,
    Scores,
)
from agents.remembering.questions import question
from memory.evidence import evidence_of
from memory.model_vectors import lacking_in_world, lacking_of
from memory.models import Memory
from memory.retrieval import Query, Recalled, recall
from memory.search import search
from world.answers import named
from world.models import Actor, World
from world.rest.language import language
from world.stage import Stage

RECALLED = 100
"""How much of what somebody remembers is found at once."""


def memory_lines(stage: Stage, memories: Iterable[Memory]) -> list[MemoryLine]:
    """What residents remember, with what reflections among it were drawn from."""
    told = list(memories)
    drawn = evidence_of(told)
    return [memory_line(stage, each, evidence=drawn[each.pk]) for each in told]


def memory_line(
    stage: Stage,
    memory: Memory,
    scores: Scores | None = None,
    *,
    evidence: Sequence[Memory] = (),
) -> MemoryLine:
    """Something that a resident remembers, why it came up, and what it was drawn from."""
    spoken = memory.cause and memory.kind == Memory.Kind.CONVERSATION
    return MemoryLine(
        id=_identity(memory),
        time=stage.time(memory.at),
        kind=Memory.Kind(memory.kind).name.lower(),
        importance=memory.importance,
        text=getattr(memory, f"text_{language()}"),
        subject=memory.subject,
        people=[named(stage.person(number)) for number in memory.people],
        location=named(stage.place(memory.place)) if memory.place else None,
        source=named(stage.person(memory.source)) if memory.source else None,
        conversation=conversation_key(memory.cause) if spoken else None,
        replaced=_replaced(stage, memory.replaced) if memory.replaced else None,
        evidence=[
            Evidence(
                id=_identity(each),
                time=stage.time(each.at),
                kind=Memory.Kind(each.kind).name.lower(),
                text=getattr(each, f"text_{language()}"),
            )
            for each in evidence
        ],
        stand_in=stand_in_name(memory.stand_in),
        recalls=memory.recalls,
        last_recalled=stage.time(memory.recalled_at) if memory.recalls else None,
        scores=scores,
    )


def recalled_lines(
    stage: Stage, world: World, person: Actor, asked: str, *, kind: int | None = None
) -> tuple[str, list[MemoryLine]]:
    """What of somebody's memories answers to what is asked, the best match first.

    Before it, the name of the embedder by whose vectors it was found.
    """
    put = question(asked, lambda embedder: lacking_of(person.pk, embedder))
    query = Query(person.pk, world.lived_until, put.embedder.pk, put.vector)
    (found,) = recall([query], most=RECALLED, kind=kind, by_model=put.by_model)
    answering = [each for each in found if each.relevance >= put.least]
    memories = Memory.objects.in_bulk([each.memory for each in answering])
    drawn = evidence_of(memories.values())
    lines = [
        memory_line(stage, memories[each.memory], _scores(each), evidence=drawn[each.memory])
        for each in answering
    ]
    return put.embedder.name, lines


def found_in_town(stage: Stage, world: World, asked: str, *, most: int) -> MemorySearch:
    """What anybody remembers of a matter."""
    put = question(asked, lambda embedder: lacking_in_world(world.pk, embedder))
    found = search(
        world.pk,
        put.embedder.pk,
        put.vector,
        most=most,
        least=put.least,
        by_model=put.by_model,
    )
    memories: Mapping[int, Memory] = Memory.objects.select_related("actor").in_bulk(
        [each.memory for each in found]
    )
    drawn = evidence_of(memories.values())
    lines: Sequence[FoundMemory] = [
        FoundMemory(
            **memory_line(stage, memories[each.memory], evidence=drawn[each.memory]).model_dump(),
            agent=named(stage.person(memories[each.memory].actor.number)),
        )
        for each in found
    ]
    return MemorySearch(embedder=put.embedder.name, exact=put.exact, memories=list(lines))


def _identity(memory: Memory) -> str:
    return f"{memory.at}-{memory.ordinal}"


def _replaced(stage: Stage, told: Mapping[str, Any]) -> Replaced:
    return Replaced(
        since=stage.time(told["since"]),
        until=stage.time(told["until"]),
        memories=told["memories"],
        conversations=[conversation_key(number) for number in told["conversations"]],
    )


def _scores(recalled: Recalled) -> Scores:
    return Scores(
        recency=round(recalled.recency, 4),
        importance=round(recalled.importance, 4),
        relevance=round(recalled.relevance, 4),
        total=round(recalled.score, 4),
    )
