"""Recording: what residents lay down in memory, from the events of each commit.

One memory for each side of a conversation when it is over for them, and one for what stands out
beside talk (`rules.MOMENTS`). What came to pass stands in the log for good; this is what one keeps.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from agents import events
from agents.conversations.rules import TalkRules
from agents.conversations.vocabulary import Change
from agents.provenance import Refusal
from agents.remembering.forgetting import forget, nights_of_forgetting
from agents.remembering.hearsay import memories_of_news
from agents.remembering.intentions import memories_of_intentions
from agents.remembering.livings import memories_of_livings
from agents.remembering.moments import moment_kept
from agents.remembering.reflecting import Reflecting
from agents.remembering.talks import memories_of_talk
from agents.remembering.wording import Wording
from memory.models import Memory
from memory.writing import Impression, remember
from world.engine.columns import Columns
from world.engine.events import EventBatch
from world.founding import Founding
from world.models import Event, World
from world.stage import stage_of

INTERVIEW_MATTERS = 45
"""Importance of having been interviewed."""

MOMENT_OF_CHANGE: Mapping[int, str] = {
    Change.QUARREL: "quarrel",
    Change.RECONCILED: "reconciled",
    Change.LOVE: "love",
    Change.REJECTED: "rejected",
    Change.PARTED: "parted",
}
MOMENT_OF_REFUSAL: Mapping[int, str] = {each: each.name.lower() for each in Refusal}


def record_memories(world: World, columns: Columns, batch: EventBatch) -> None:
    """Lay down what the people of these events keep of them, let them reflect, and let what has
    faded be forgotten, each in its time; the recorder of this app.

    Runs after conversations were written down, of which it reads.
    """
    if not len(batch):
        return
    wording = Wording(stage_of(world))
    kept = [
        *memories_of_talk(world, wording, batch),
        *_of_ties(wording, batch),
        *_of_doors(wording, batch),
        *_of_needs(wording, batch),
        *memories_of_livings(wording, batch),
        *memories_of_news(wording, batch),
        *memories_of_intentions(world, wording, batch),
        *_of_interviews(wording, batch),
    ]
    kept.sort(key=lambda impression: impression.at)
    reflecting = Reflecting(world, columns, batch, wording)
    nights = nights_of_forgetting(batch)
    since, begin = -1, 0
    for until in sorted({*nights, int(batch.rows["world_time"].max())}):
        end = bisect_right(kept, until, key=lambda impression: impression.at)
        reflecting.lay_down(kept[begin:end], since=since, until=until)
        if until in nights:
            forget(world, until)
        since, begin = until, end
    reflecting.ask()


def found_memories(founding: Founding) -> None:
    """Let people remember how they came to know each other."""
    world = founding.world
    stage = stage_of(world)
    wording = Wording(stage)
    known = Event.objects.filter(
        world=world,
        kind=events.TIE_CHANGED,
        reason=Change.FOUNDING,
        data__has_key="because",
    ).order_by("seq")
    rows = known.values_list("actor", "other", "world_time", "data__because")
    remember(
        [
            moment_kept(
                wording,
                "known",
                actor,
                time,
                people=[other],
                who=other,
                because=stage.rules["ties"][because].because.model_dump(),
            )
            for actor, other, time, because in rows
        ],
    )


def _of_ties(wording: Wording, batch: EventBatch) -> Iterator[Impression]:
    """What became of a tie, where it became another one."""
    rows = batch.rows[batch.rows["kind"] == events.TIE_CHANGED]
    if not len(rows):
        return
    rules: TalkRules = wording.stage.constants["talk"]
    before, after = rules.kind_of(rows["until"] - rows["amount"]), rules.kind_of(rows["until"])
    told = rows[["actor", "other", "world_time", "reason"]].tolist()
    kinds = zip(before.tolist(), after.tolist(), strict=True)
    for (actor, other, time, reason), (old, new) in zip(told, kinds, strict=True):
        key = MOMENT_OF_CHANGE.get(reason)
        about: dict[str, Any] = {"who": other}
        if key is None and old != new:
            key = "closer" if new > old else "apart"
            about["tie"] = rules.spec.ties[new].name.model_dump()
        if key is not None:
            yield moment_kept(wording, key, actor, time, people=[other], **about)


def _of_doors(wording: Wording, batch: EventBatch) -> Iterator[Impression]:
    """Being turned away."""
    rows = batch.rows[batch.rows["kind"] == events.REFUSED]
    for actor, time, place, reason in rows[["actor", "world_time", "place", "reason"]].tolist():
        key = MOMENT_OF_REFUSAL[reason]
        yield moment_kept(wording, key, actor, time, at_place=place, place=place)


def _of_needs(wording: Wording, batch: EventBatch) -> Iterator[Impression]:
    """Need that became pressing."""
    rows = batch.rows[batch.rows["kind"] == events.NEEDED]
    for actor, time, reason in rows[["actor", "world_time", "reason"]].tolist():
        yield moment_kept(wording, "need", actor, time, cause=reason, need=reason - 1)


def _of_interviews(wording: Wording, batch: EventBatch) -> Iterator[Impression]:
    """Being interviewed, where it is to be remembered."""
    for index in (batch.rows["kind"] == events.INTERVIEWED).nonzero()[0].tolist():
        row, asked = batch.rows[index], batch.data[index]
        question, answer = asked["question"], asked["answer"]
        yield Impression(
            actor=wording.stage.key(int(row["actor"])),
            at=int(row["world_time"]),
            kind=Memory.Kind.INTERVIEW,
            importance=INTERVIEW_MATTERS,
            subject="interview",
            text={
                "zh": f"有人问我：“{question}”我说：“{answer}”",
                "en": f'Somebody asked me: "{question}" I said: "{answer}"',
            },
            place=int(row["place"]),
        )
