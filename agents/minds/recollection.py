"""Recollection: what comes to mind to those who are asked, as of the instant of the question.

It is looked up in the commit that takes the question down, so that it does not depend on when a
worker gets round to it; that it came to mind is noted when the answer is carried out.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from agents import events
from agents.minds.voice import Voice
from agents.models import Thought
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


def recollect(world: World, thoughts: Sequence[Thought]) -> None:
    """Let what they remember come to mind to those who are asked, before this is saved."""
    if not thoughts:
        return
    stage, embedder = stage_of(world), lexical_embedder().pk
    vectors = lexical.embed(_in_mind(stage, thought.situation) for thought in thoughts)
    queries = [
        Query(thought.actor_id, thought.asked_at, embedder, vector)
        for thought, vector in zip(thoughts, vectors, strict=True)
    ]
    found = recall(queries, most=MOST)
    memories = Memory.objects.in_bulk({each.memory for recalled in found for each in recalled})
    for thought, recalled in zip(thoughts, found, strict=True):
        thought.recalled = [_kept(memories[each.memory], each) for each in recalled]


def _in_mind(stage: Stage, situation: Mapping[str, Any]) -> str:
    """What somebody has before them: where they are, what they did, who is there, what befell."""
    told = []
    for voice in (Voice(stage, "zh"), Voice(stage, "en")):
        told.append(voice.deed(situation["activity"], situation["place"]))
        told += [voice.person(number) for number in situation["present"]]
        told.append(voice.surprise(*situation["surprise"]))
    return " ".join(told)


def _kept(memory: Memory, recalled: Recalled) -> dict[str, Any]:
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
    lines = []
    for kept in sorted(thought.recalled, key=lambda each: (each["at"], each["ordinal"])):
        day = date_at(voice.stage.first_day, kept["at"]).isoformat()
        heard = ""
        if kept["source"]:
            who = voice.person(kept["source"])
            heard = voice.say(zh=f"（听{who}说的）", en=f" (heard from {who})")
        time = write_time_of_day(second_of_day(kept["at"]))
        lines.append(f"{day} {time} {kept[voice.language]}{heard}")
    return lines


def note_recollections(world: World, columns: Columns, batch: EventBatch) -> None:
    """Note what had come to mind to those whose answers are carried out; a recorder."""
    rows = batch.rows[(batch.rows["kind"] == events.ANSWERED) & (batch.rows["reason"] == 0)]
    if not len(rows):
        return
    answered = {
        (actor, asked_at): time
        for actor, asked_at, time in rows[["actor", "amount", "world_time"]].tolist()
    }
    thoughts = Thought.objects.filter(
        world=world,
        purpose=Thought.Purpose.DECIDE,
        actor__number__in={actor for actor, _ in answered},
        asked_at__in={asked_at for _, asked_at in answered},
    )
    touched: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for actor, number, asked_at, recalled in thoughts.values_list(
        "actor", "actor__number", "asked_at", "recalled"
    ):
        for each in recalled if (number, asked_at) in answered else ():
            touched[actor, each["at"], each["ordinal"]].append(answered[number, asked_at])
    touch([(*key, max(times), len(times)) for key, times in sorted(touched.items())])
