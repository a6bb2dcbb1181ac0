"""Recollection: what comes to mind to those who are asked, as of the instant of the question.

It is looked up in the commit that takes the question down, so that it does not depend on when a
worker gets round to it; that it came to mind is noted when the answer is carried out.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from agents import events
from agents.conversations.presentation import topic_name, words_of
from agents.conversations.selectors import said_last
from agents.conversations.vocabulary import Topic
from agents.minds.voice import Voice
from agents.models import Thought
from agents.provenance import Source
from memory import lexical
from memory.models import Memory
from memory.retrieval import Query, Recalled, recall, touch
from memory.writing import lexical_embedder
from world.calendar import date_at
from world.engine.columns import Columns
from world.engine.events import EventBatch
from world.engine.gametime import second_of_day
from world.models import World
from world.sections import write_time_of_day
from world.stage import Stage, stage_of

MOST = 5
"""Memories that somebody has in mind at once."""

Kept = dict[str, Any]
"""A memory as thoughts keep it: its identity, kind, source and words, and the parts of its score.
"""

LAST_WORDS = 2
"""Sentences of a conversation that call something to mind."""


def recollect(world: World, thoughts: Sequence[Thought]) -> None:
    """Let what they remember come to mind to those who are asked, before this is saved.

    Whoever reflects has more before them.
    """
    thoughts = [each for each in thoughts if each.purpose != Thought.Purpose.REFLECT]
    if not thoughts:
        return
    stage = stage_of(world)
    asked = [(thought.actor_id, thought.asked_at, _in_mind(stage, thought)) for thought in thoughts]
    for thought, recalled in zip(thoughts, come_to_mind(asked, most=MOST), strict=True):
        thought.recalled = recalled


def come_to_mind(asked: Sequence[tuple[int, int, str]], *, most: int) -> list[list[Kept]]:
    """What people (primary keys) remember at a game time of what they have before them, in words.

    For each the best match first, at most so many, as thoughts keep memories. It leaves no trace.
    """
    embedder = lexical_embedder().pk
    vectors = lexical.embed(words for _, _, words in asked)
    queries = [
        Query(who, at, embedder, vector)
        for (who, at, _), vector in zip(asked, vectors, strict=True)
    ]
    found = recall(queries, most=most)
    memories = Memory.objects.in_bulk({each.memory for recalled in found for each in recalled})
    return [[_kept(memories[each.memory], each) for each in recalled] for recalled in found]


def _in_mind(stage: Stage, thought: Thought) -> str:
    """What somebody has before them: in a conversation, or in the town."""
    of = _in_talk if thought.purpose == Thought.Purpose.SPEAK else _in_town
    return " ".join(of(stage, thought.situation))


def _in_town(stage: Stage, situation: Mapping[str, Any]) -> Iterator[str]:
    """Where they are, what they did, who is there, what befell."""
    for voice in (Voice(stage, "zh"), Voice(stage, "en")):
        yield voice.deed(situation["activity"], situation["place"])
        yield from (voice.person(number) for number in situation["present"])
        yield voice.surprise(*situation["surprise"])


def _in_talk(stage: Stage, situation: Mapping[str, Any]) -> Iterator[str]:
    """Whom they talk with, about what, and the words that were said last."""
    for voice in (Voice(stage, "zh"), Voice(stage, "en")):
        yield from (voice.person(other["number"]) for other in situation["others"])
        if situation["topic"]:
            yield topic_name(stage, Topic(situation["topic"]).name.lower())[voice.language]
    for event in said_last(stage.world_id, situation["conversation"], LAST_WORDS):
        yield from words_of(stage, event.record, event.data or {}).values()


def _kept(memory: Memory, recalled: Recalled) -> Kept:
    """A memory as the thought keeps it, which may be forgotten later."""
    return {
        "at": memory.at,
        "ordinal": memory.ordinal,
        "kind": memory.kind,
        "source": memory.source,
        "zh": memory.text_zh,
        "en": memory.text_en,
        "recency": round(recalled.recency, 4),
        "importance": round(recalled.importance, 4),
        "relevance": round(recalled.relevance, 4),
        "total": round(recalled.score, 4),
    }


def recollection_lines(voice: Voice, thought: Thought) -> list[str]:
    """What had come to mind as a prompt tells it, the oldest first."""
    oldest_first = sorted(thought.recalled, key=lambda each: (each["at"], each["ordinal"]))
    return [memory_line(voice, memory) for memory in oldest_first]


def memory_line(voice: Voice, memory: Kept) -> str:
    """A memory as a prompt tells it: when, what, and from whom."""
    day = date_at(voice.stage.first_day, memory["at"]).isoformat()
    heard = ""
    if memory["source"]:
        who = voice.person(memory["source"])
        heard = voice.say(zh=f"（听{who}说的）", en=f" (heard from {who})")
    time = write_time_of_day(second_of_day(memory["at"]))
    return f"{day} {time} {memory[voice.language]}{heard}"


def note_recollections(world: World, columns: Columns, batch: EventBatch) -> None:
    """Note what had come to mind to those whose answers are carried out; a recorder."""
    carried_out = _decided(batch) | _spoken(batch)
    if not carried_out:
        return
    thoughts = Thought.objects.filter(
        world=world,
        purpose__in={purpose for purpose, _, _ in carried_out},
        actor__number__in={actor for _, actor, _ in carried_out},
        asked_at__in={asked_at for _, _, asked_at in carried_out},
    )
    touched: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for actor, purpose, number, asked_at, recalled in thoughts.values_list(
        "actor", "purpose", "actor__number", "asked_at", "recalled"
    ):
        key = purpose, number, asked_at
        for each in recalled if key in carried_out else ():
            touched[actor, each["at"], each["ordinal"]].append(carried_out[key])
    touch([(*key, max(times), len(times)) for key, times in sorted(touched.items())])


Carried = dict[tuple[str, int, int], int]
"""When answers were carried out, by purpose, who was asked (a number), and when."""


def _decided(batch: EventBatch) -> Carried:
    rows = batch.rows[(batch.rows["kind"] == events.ANSWERED) & (batch.rows["reason"] == 0)]
    return {
        (Thought.Purpose.DECIDE.value, actor, asked_at): time
        for actor, asked_at, time in rows[["actor", "amount", "world_time"]].tolist()
    }


def _spoken(batch: EventBatch) -> Carried:
    rows = batch.rows
    spoken = (rows["kind"] == events.SAID) & (rows["source"] == Source.MODEL)
    return {
        (Thought.Purpose.SPEAK.value, int(rows["actor"][index]), batch.data[index]["thought"]): int(
            rows["world_time"][index]
        )
        for index in spoken.nonzero()[0].tolist()
    }
