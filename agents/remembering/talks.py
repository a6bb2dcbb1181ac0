"""Memories of talk: what each side keeps of a conversation when it is over for them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from agents import events
from agents.conversations.presentation import topic_name, words_of
from agents.conversations.vocabulary import Emotion, Topic, Why
from agents.models import Conversation, Participation
from agents.remembering.rules import TalkMemorySpec
from agents.remembering.wording import Texts, Wording
from memory.models import MOST, Memory
from memory.writing import Impression
from world.engine.events import EventBatch
from world.engine.lines import POINT
from world.models import Event, World
from world.stage import Stage

HEARD, SAID = 2, 1
"""How many sentences one keeps of others, and of one's own: the longest."""


@dataclass(frozen=True, slots=True)
class Parting:
    """A conversation (a number), about a topic so far, is over for somebody (a number)."""

    time: int
    conversation: int
    topic: int
    who: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something that was said; numbers and codes."""

    time: int
    speaker: int
    emotion: int
    words: Texts


def memories_of_talk(world: World, stage: Stage, batch: EventBatch) -> Iterator[Impression]:
    """One for each who was in a conversation that is over for them with these events.

    The owners of these impressions are told by number.
    """
    partings = list(_partings(batch))
    if not partings:
        return
    numbers = {parting.conversation for parting in partings}
    conversations = {
        each.number: each for each in Conversation.objects.filter(world=world, number__in=numbers)
    }
    said = _sentences(stage, conversations.values())
    present = _presence(conversations.values())
    moved = _moved(batch)
    wording = Wording(stage)
    for parting in partings:
        conversation = conversations[parting.conversation]
        spans = present[conversation.pk]
        mine = [joined for who, joined, _ in spans if who == parting.who]
        since = max(joined for joined in mine if joined < parting.time)
        heard = [
            sentence
            for sentence in said[conversation.number]
            if since <= sentence.time <= parting.time
        ]
        others = [
            who
            for who, joined, left in spans
            if who != parting.who and joined <= parting.time and (left is None or left >= since)
        ]
        if heard and others:
            yield _memory(
                wording,
                conversation,
                parting,
                others=list(dict.fromkeys(others)),
                heard=heard,
                moved=moved.get((conversation.number, parting.who), 0),
            )


def _partings(batch: EventBatch) -> Iterator[Parting]:
    """Who left, and who was there at the end, in order."""
    rows = batch.rows
    for index in (rows["kind"] == events.TALK_LEFT).nonzero()[0].tolist():
        time, number, who = rows[index][["world_time", "amount", "actor"]].tolist()
        yield Parting(time, number, batch.data[index]["topic"], who)
    for index in (rows["kind"] == events.TALK_ENDED).nonzero()[0].tolist():
        time, number = rows[index][["world_time", "amount"]].tolist()
        for who in batch.data[index]["people"]:
            yield Parting(time, number, batch.data[index]["topic"], who)


def _sentences(stage: Stage, conversations: Iterable[Conversation]) -> Mapping[int, list[Sentence]]:
    """All that was said in each, by number."""
    first = {each.number: each.first_seq for each in conversations}
    events_of_talk = Event.objects.filter(
        world=stage.world_id,
        seq__gte=min(first.values()),
        kind=events.SAID,
        amount__in=list(first),
    )
    said: dict[int, list[Sentence]] = defaultdict(list)
    for event in events_of_talk.order_by("seq"):
        words = words_of(stage, event.record, event.data or {})
        said[event.amount].append(Sentence(event.world_time, event.actor, event.reason, words))
    return said


def _presence(
    conversations: Iterable[Conversation],
) -> Mapping[int, list[tuple[int, int, int | None]]]:
    """Who was in each from when to when, by primary key, in the order of joining."""
    spans: dict[int, list[tuple[int, int, int | None]]] = defaultdict(list)
    rows = Participation.objects.filter(conversation__in=[each.pk for each in conversations])
    for conversation, who, joined, left in rows.order_by("joined", "actor__number").values_list(
        "conversation", "actor__number", "joined", "left"
    ):
        spans[conversation].append((who, joined, left))
    return spans


def _moved(batch: EventBatch) -> Mapping[tuple[int, int], int]:
    """By how much each conversation moved the ties of each, milli-points."""
    moved: dict[tuple[int, int], int] = defaultdict(int)
    for index in (batch.rows["kind"] == events.TIE_CHANGED).nonzero()[0].tolist():
        conversation = batch.data.get(index, {}).get("conversation")
        if conversation is not None:
            row = batch.rows[index]
            moved[conversation, int(row["actor"])] += abs(int(row["amount"]))
    return moved


def _memory(
    wording: Wording,
    conversation: Conversation,
    parting: Parting,
    *,
    others: Sequence[int],
    heard: Sequence[Sentence],
    moved: int,
) -> Impression:
    topic = Topic(parting.topic)
    mine = [each for each in heard if each.speaker == parting.who]
    theirs = [each for each in heard if each.speaker != parting.who]
    return Impression(
        actor=parting.who,
        at=parting.time,
        kind=Memory.Kind.CONVERSATION,
        importance=importance_of(
            wording.spec.talk,
            why=conversation.why,
            topic=topic,
            emotions=[each.emotion for each in heard],
            moved=moved,
        ),
        subject=topic.name.lower() if topic else "",
        text=wording.talk(
            conversation.place,
            others,
            topic_name(wording.stage, topic.name.lower()) if topic else None,
            heard=_quoted(_longest(theirs, HEARD)),
            said=[words for _, words in _quoted(_longest(mine, SAID))],
        ),
        place=conversation.place,
        cause=conversation.number,
        people=others,
    )


def _longest(sentences: Sequence[Sentence], most: int) -> list[Sentence]:
    """The longest ones, in the order in which they were said."""
    chosen = sorted(sentences, key=lambda each: -len(each.words["zh"]))[:most]
    return sorted(chosen, key=sentences.index)


def _quoted(sentences: Sequence[Sentence]) -> list[tuple[int, Texts]]:
    """Sentences by their speakers; what somebody said in a row is one quotation."""
    quoted: list[tuple[int, Texts]] = []
    for speaker, said in groupby(sentences, key=lambda each: each.speaker):
        words = [each.words for each in said]
        zh, en = ("".join(each["zh"] for each in words), " ".join(each["en"] for each in words))
        quoted.append((speaker, {"zh": zh, "en": en}))
    return quoted


def importance_of(
    spec: TalkMemorySpec, *, why: int, topic: Topic, emotions: Sequence[int], moved: int
) -> int:
    """How much a conversation matters to one who was in it, 0 to MOST.

    emotions: of each sentence. moved: milli-points by which it changed one's ties.
    """
    brief = why in (Why.SERVICE, Why.LESSON)
    importance = spec.brief if brief else spec.importance
    importance += max((row.more for row in spec.messages if row.since <= len(emotions)), default=0)
    strong = {Emotion[key.upper()] for key in spec.emotions}
    importance += spec.emotion * any(emotion in strong for emotion in emotions)
    importance += spec.moved.more * (moved >= spec.moved.points * POINT)
    importance += spec.topic * (topic.name.lower() in spec.topics)
    return min(importance, MOST)
