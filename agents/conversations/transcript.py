"""The transcript of a town: all that was said, as a table or as JSON, however much it is."""

from collections.abc import Iterator

from agents.conversations import selectors
from agents.conversations.grammar import Language
from agents.conversations.presentation import conversation_key, words_of
from agents.conversations.vocabulary import Emotion, Topic
from agents.presentation import source_name
from world.models import World
from world.rest.spreadsheet import Cell
from world.stage import Stage

COLUMNS = (
    "time",
    "conversation",
    "speaker",
    "listener",
    "content",
    "place",
    "emotion",
    "topic",
    "source",
)

AT_ONCE = 200
"""Conversations that are held in memory at the same time."""


def sentences(
    world: World, stage: Stage, *, language: Language, since: int | None, until: int | None
) -> Iterator[list[Cell]]:
    """All that was said so far in conversations that began within a span of game time.

    Gives the COLUMNS, conversation by conversation, the earliest first; two queries for AT_ONCE
    of them. What is said after this was called is not among them.
    """
    told = selectors.history(world, since=since, until=until).filter(first_seq__lte=world.seq)
    last = -1
    # Numbers ascend with the time of beginning.
    while some := list(told.filter(number__gt=last).order_by("number")[:AT_ONCE]):
        said = selectors.said_in(some, until=world.seq)
        for each in some:
            for event in said[each.number]:
                yield [
                    stage.time(event.world_time),
                    conversation_key(each.number),
                    stage.person(event.actor)["name"][language],
                    stage.person(event.other)["name"][language],
                    words_of(stage, event.record, event.data or {})[language],
                    stage.place(each.place)["name"][language],
                    Emotion(event.reason).name.lower(),
                    Topic(each.topic).name.lower(),
                    source_name(event.source),
                ]
        last = some[-1].number
