"""Conversations as rows: who was in them from when to when, whatever one commit brings."""

from collections.abc import Callable
from typing import Any

import pytest

from agents import events
from agents.conversations.bookkeeping import record_conversations
from agents.conversations.vocabulary import Ending, Topic, Why
from agents.models import Conversation, Participation
from world.engine.events import EventBatch, EventLog
from world.models import World

Found = Callable[..., World]

NUMBER = 100 * 2**20 + 1

LIFE: list[tuple[int, int, dict[str, Any]]] = [
    (events.TALK_BEGAN, 100, {"actor": 1, "other": 2, "place": 3, "reason": Why.CHANCE}),
    (events.SAID, 130, {"actor": 1, "other": 2}),
    (events.TALK_JOINED, 130, {"actor": 4}),
    (events.SAID, 160, {"actor": 4, "other": 1, "until": 1}),
    (events.TALK_LEFT, 190, {"actor": 4, "reason": Ending.GOODBYE}),
    (events.TALK_JOINED, 190, {"actor": 4}),
    (events.TALK_LEFT, 220, {"actor": 4, "reason": Ending.LEFT}),
    (events.TALK_JOINED, 250, {"actor": 4}),
    (
        events.TALK_ENDED,
        280,
        {"actor": 1, "until": 2, "reason": Ending.LIMIT, "data": [{"topic": Topic.WORK}]},
    ),
]
"""A conversation in which somebody comes and goes, once in the same instant."""


def batch_of(life: list[tuple[int, int, dict[str, Any]]]) -> EventBatch:
    log = EventLog()
    for kind, time, fields in life:
        log.emit(kind, time, amount=NUMBER, **fields)
    return log.take()


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, len(LIFE)])
def test_parts_are_the_same_however_many_events_a_commit_brings(
    found_town: Found, size: int
) -> None:
    world = found_town()
    for first in range(0, len(LIFE), size):
        batch = batch_of(LIFE[first : first + size])
        record_conversations(world, None, batch)  # type: ignore[arg-type]
        world.seq += len(batch)
    parts = Participation.objects.order_by("actor__number", "joined")
    assert list(parts.values_list("actor__number", "joined", "left")) == [
        (1, 100, 280),
        (2, 100, 280),
        (4, 130, 190),
        (4, 190, 220),
        (4, 250, 280),
    ]
    told = Conversation.objects.get()
    assert (told.began, told.ended, told.messages) == (100, 280, 2)
    assert (told.topic, told.ending, told.why) == (Topic.WORK, Ending.LIMIT, Why.CHANCE)
