"""Reading: conversations and ties as the REST doors tell them, in the reader's language."""

from collections.abc import Sequence

from agents.conversations import selectors
from agents.conversations.answers import (
    ConversationDetail,
    ConversationLine,
    Message,
    RelationshipLine,
    TieChange,
)
from agents.conversations.presentation import conversation_key, tie_name, tie_row, words_of
from agents.conversations.vocabulary import Change, Emotion, Ending, Love, Topic, Why
from agents.minds.spoken import thought_key
from agents.models import Conversation, Relationship, Thought
from agents.presentation import source_name
from world.answers import named
from world.engine.lines import POINT
from world.models import Event
from world.rest.language import language
from world.stage import Stage


def message(stage: Stage, event: Event) -> Message:
    """Something that was said."""
    data = event.data or {}
    return Message(
        turn=event.until + 1,
        time=stage.time(event.world_time),
        speaker=named(stage.person(event.actor)),
        listener=named(stage.person(event.other)),
        text=words_of(stage, event.record, data)[language()],
        emotion=Emotion(event.reason).name.lower(),
        source=source_name(event.source),
        stand_in=data.get("stand_in", ""),
        thought=thought_key(event.actor, data["thought"], Thought.Purpose.SPEAK)
        if "thought" in data
        else "",
    )


def conversation_lines(stage: Stage, told: list[Conversation]) -> list[ConversationLine]:
    """Conversations in a list."""
    people, latest = selectors.people_of(told), selectors.last_sentences(told)
    return [
        ConversationLine(
            id=conversation_key(each.number),
            participants=[named(stage.person(number)) for number in people[each.pk]],
            location=named(stage.place(each.place)),
            started_at=stage.time(each.began),
            ended_at=stage.time(each.ended) if each.ended is not None else None,
            reason=Why(each.why).name.lower(),
            ending=Ending(each.ending).name.lower() if each.ending else "",
            topic=Topic(each.topic).name.lower(),
            message_count=each.messages,
            latest_message=message(stage, latest[each.number]) if each.number in latest else None,
        )
        for each in told
    ]


def conversation_detail(stage: Stage, told: Conversation) -> ConversationDetail:
    """All of a conversation."""
    (line,) = conversation_lines(stage, [told])
    return ConversationDetail(
        **line.model_dump(),
        messages=[message(stage, event) for event in selectors.sentences(told)],
        relationship_change=tie_changes(stage, selectors.changes_through(told)),
    )


def tie_changes(stage: Stage, changes: Sequence[Event]) -> list[TieChange]:
    """How ties changed, as events tell it."""
    ties = stage.rules["ties"]
    told = []
    for event in changes:
        data = event.data or {}
        because = ties[data["because"]].because if "because" in data else None
        told.append(
            TieChange(
                time=stage.time(event.world_time),
                agent=named(stage.person(event.actor)),
                other=named(stage.person(event.other)),
                before=(event.until - event.amount) / POINT,
                after=event.until / POINT,
                reason=Change(event.reason).name.lower(),
                conversation=conversation_key(data["conversation"])
                if "conversation" in data
                else None,
                because=getattr(because, language()) if because else "",
            )
        )
    return told


def relationship_line(stage: Stage, tie: Relationship) -> RelationshipLine:
    """What one is to another."""
    kind = tie_row(stage, tie.strength)
    name = tie_name(stage, tie.strength, tie.love)
    return RelationshipLine(
        agent=named(stage.person(tie.other.number)),
        strength=tie.strength / POINT,
        regard=tie.regard / POINT,
        kind=kind.key,
        kind_name=getattr(name, language()),
        lovers=tie.love == Love.LOVERS,
        quarrelled=bool(tie.sore),
        known_since=stage.time(tie.known_since) if tie.known_since else None,
        last_talk=stage.time(tie.met_at) if tie.met_at else None,
        talks=tie.talks,
        last_topic=Topic(tie.topic).name.lower(),
    )
