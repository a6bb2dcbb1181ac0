"""Reading: memories as the REST doors tell them, in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from agents.conversations.presentation import conversation_key
from agents.remembering.answers import (
    FoundMemory,
    MemoryLine,
    MemorySearch,
    Replaced,
    Scores,
)
from agents.remembering.questions import question
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


def memory_line(stage: Stage, memory: Memory, scores: Scores | None = None) -> MemoryLine:
    """Something that a resident remembers, and why it came up."""
    spoken = memory.cause and memory.kind == Memory.Kind.CONVERSATION
    return MemoryLine(
        id=f"{memory.at}-{memory.ordinal}",
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
    lines = [memory_line(stage, memories[each.memory], _scores(each)) for each in answering]
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
    lines: Sequence[FoundMemory] = [
        FoundMemory(
            **memory_line(stage, memories[each.memory]).model_dump(),
            agent=named(stage.person(memories[each.memory].actor.number)),
        )
        for each in found
    ]
    return MemorySearch(embedder=put.embedder.name, exact=put.exact, memories=list(lines))


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
