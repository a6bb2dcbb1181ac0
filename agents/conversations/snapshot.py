"""The conversations' part of the snapshot and of the status."""

from typing import Any

from agents.conversations.presentation import conversation_key, latest_of
from agents.conversations.selectors import (
    going_on,
    last_sentences,
    present_in,
    thinking_of_words,
)
from agents.conversations.vocabulary import Why
from world.models import World
from world.stage import Stage


def conversations_part(stage: Stage, world: World) -> dict[str, Any]:
    """Conversations that go on, and the words for topics and ties."""
    told = list(going_on(world))
    people, latest = present_in(told), last_sentences(told)
    thinking = set(thinking_of_words(world))
    spec = stage.rules["talk"]
    return {
        "conversations": [
            {
                "id": conversation_key(each.number),
                "place": each.place,
                "since": each.began,
                "reason": Why(each.why).name.lower(),
                "people": people[each.pk],
                "message_count": each.messages,
                "latest": latest_of(
                    stage,
                    latest[each.number].record,
                    latest[each.number].data or {},
                )
                if each.number in latest
                else None,
                "thinking": next((who for who in people[each.pk] if who in thinking), 0),
            }
            for each in told
        ],
        "words": {
            "topics": {topic.key: topic.name.model_dump() for topic in spec.topics},
            "ties": {tie.key: tie.name.model_dump() for tie in spec.ties},
        },
    }


def conversations_status(stage: Stage, world: World) -> dict[str, Any]:
    """How many conversations go on."""
    return {"active_conversations": going_on(world).count()}
