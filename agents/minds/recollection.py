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
    for thought, recalled in zip(thoughts, recall(queries, most=MOST), strict=True):
        thought.recalled = [_kept(each) for each in recalled]


def _in_mind(stage: Stage, situation: Mapping[str, Any]) -> str:
    """What somebody has before them: where they are, what they did, who is there, what befell."""
    told = []
    for voice in (Voice(stage, "zh"), Voice(stage, "en")):
        told.append(voice.deed(situation["activity"], situation["place"]))
        told += [voice.person(number) for number in situation["present"]]
        told.append(voice.surprise(*situation["surprise"]))
    return " ".join(told)


def _kept(recalled: Recalled) -> dict[str, Any]:
    return {
        "at": recalled.at,
        "ordinal": recalled.ordinal,
        "recency": round(recalled.recency, 4),
        "importance": round(recalled.importance, 4),
        "relevance": round(recalled.relevance, 4),
        "total": round(recalled.score, 4),
    }


def recollections(thoughts: Sequence[Thought]) -> list[list[tuple[Memory, Mapping[str, Any]]]]:
    """What came to mind to each, with its scores, the best first; what is gone is left out."""
    wanted = {(thought.actor_id, each["at"]) for thought in thoughts for each in thought.recalled}
    found = Memory.objects.filter(
        actor__in={actor for actor, _ in wanted}, at__in={at for _, at in wanted}
    )
    memories = {(each.actor_id, each.at, each.ordinal): each for each in found}
    told = []
    for thought in thoughts:
        keys = [(thought.actor_id, each["at"], each["ordinal"]) for each in thought.recalled]
        told.append(
            [
                (memories[key], scores)
                for key, scores in zip(keys, thought.recalled, strict=True)
                if key in memories
            ]
        )
    return told


def recollection_lines(voice: Voice, memories: Sequence[Memory]) -> list[str]:
    """Memories as a prompt tells them, the oldest first."""
    lines = []
    for memory in sorted(memories, key=lambda each: (each.at, each.ordinal)):
        day = date_at(voice.stage.first_day, memory.at).isoformat()
        heard = ""
        if memory.source:
            who = voice.person(memory.source)
            heard = voice.say(zh=f"（听{who}说的）", en=f" (heard from {who})")
        text = getattr(memory, f"text_{voice.language}")
        lines.append(f"{day} {write_time_of_day(second_of_day(memory.at))} {text}{heard}")
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
