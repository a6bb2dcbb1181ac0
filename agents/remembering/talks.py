"""Memories of talk: what each side keeps of a conversation when it is over for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from agents import events
from agents.conversations.vocabulary import IN_PASSING, Emotion, Topic
from agents.remembering.courses import Course, Sentence, courses_of
from agents.remembering.rules import TalkMemorySpec
from agents.remembering.wording import Texts, Wording
from memory.models import MOST, Memory
from memory.writing import Impression
from world.engine.events import EventBatch
from world.engine.lines import POINT
from world.models import World

HEARD, SAID = 2, 1
"""How many sentences one keeps of others, and of one's own: the longest."""


@dataclass(frozen=True, slots=True)
class Parting:
    """A conversation (a number), about a topic so far, is over for somebody (a number)."""

    time: int
    conversation: int
    topic: int
    who: int


def memories_of_talk(world: World, wording: Wording, batch: EventBatch) -> Iterator[Impression]:
    """One for each who was in a conversation that is over for them with these events."""
    partings = list(_partings(batch))
    if not partings:
        return
    numbers = {parting.conversation for parting in partings}
    courses = courses_of(world, wording.stage, batch, numbers)
    for parting in partings:
        course = courses[parting.conversation]
        joined = [
            part.joined
            for part in course.parts
            if part.who == parting.who and part.joined < parting.time
        ]
        if not joined:
            # An order broke it off in the instant in which it began: nothing was said.
            continue
        since = max(joined)
        heard = [each for each in course.said if since <= each.time <= parting.time]
        moved = [
            each.amount
            for each in course.moved
            if each.who == parting.who and since <= each.time <= parting.time
        ]
        others = [
            part.who
            for part in course.parts
            if part.who != parting.who
            and part.joined <= parting.time
            and (part.left is None or part.left >= since)
        ]
        if heard and others:
            yield _memory(
                wording,
                course,
                parting,
                others=list(dict.fromkeys(others)),
                heard=heard,
                moved=moved,
            )


def _partings(batch: EventBatch) -> Iterator[Parting]:
    """Who left, and who was there at the end, in order."""
    rows, fields = batch.rows, ["world_time", "amount", "actor"]
    left, ended = (
        np.flatnonzero(rows["kind"] == kind) for kind in (events.TALK_LEFT, events.TALK_ENDED)
    )
    for index, (time, number, who) in zip(left.tolist(), rows[left][fields].tolist(), strict=True):
        yield Parting(time, number, batch.data[index]["topic"], who)
    for index, (time, number, _) in zip(ended.tolist(), rows[ended][fields].tolist(), strict=True):
        for who in batch.data[index]["people"]:
            yield Parting(time, number, batch.data[index]["topic"], who)


def _memory(
    wording: Wording,
    course: Course,
    parting: Parting,
    *,
    others: Sequence[int],
    heard: Sequence[Sentence],
    moved: Sequence[int],
) -> Impression:
    """moved: milli-points by which it changed each of one's ties."""
    topic = Topic(parting.topic)
    mine = [each for each in heard if each.speaker == parting.who]
    theirs = [each for each in heard if each.speaker != parting.who]
    return Impression(
        actor=wording.stage.key(parting.who),
        at=parting.time,
        kind=Memory.Kind.CONVERSATION,
        importance=importance_of(
            wording.spec.talk,
            why=course.why,
            topic=topic,
            emotions=[each.emotion for each in heard],
            moved=sum(map(abs, moved)),
        ),
        valence=max(min(round(sum(moved) / POINT), MOST), -MOST),
        subject=topic.name.lower() if topic else "",
        text=wording.talk(
            course.place,
            others,
            topic.name.lower() if topic else "",
            heard=_quoted(_longest(theirs, HEARD)),
            said=[words for _, words in _quoted(_longest(mine, SAID))],
        ),
        place=course.place,
        cause=parting.conversation,
        people=others,
    )


def _longest(sentences: Sequence[Sentence], most: int) -> list[Sentence]:
    """The longest ones, in the order in which they were said."""
    ranked = sorted(range(len(sentences)), key=lambda at: -len(sentences[at].words["zh"]))
    return [sentences[at] for at in sorted(ranked[:most])]


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
    brief = bool(IN_PASSING[why])
    importance = spec.brief if brief else spec.importance
    importance += max((row.more for row in spec.messages if row.since <= len(emotions)), default=0)
    strong = {Emotion[key.upper()] for key in spec.emotions}
    importance += spec.emotion * any(emotion in strong for emotion in emotions)
    importance += spec.moved.more * (moved >= spec.moved.points * POINT)
    importance += spec.topic * (topic.name.lower() in spec.topics)
    return min(importance, MOST)
