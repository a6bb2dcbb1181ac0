"""Memories of intentions: what people agreed on, meant to do and thought, and what came of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from agents import events
from agents.appointments.vocabulary import State
from agents.minds.spoken import replies_to
from agents.news.wording import when
from agents.remembering.moments import moment_kept
from agents.remembering.wording import Wording
from memory.models import Memory
from memory.writing import Impression
from world.engine.events import EventBatch
from world.models import World


def memories_of_intentions(
    world: World, wording: Wording, batch: EventBatch
) -> Iterator[Impression]:
    """What these events leave of appointments, gatherings and plans."""
    records = batch.records()
    for index in (batch.rows["kind"] == events.APPOINTED).nonzero()[0].tolist():
        yield from _of_making(wording, records[index], batch.data.get(index) or {})
    for index in (batch.rows["kind"] == events.APPOINTMENT_OVER).nonzero()[0].tolist():
        yield from _of_outcome(wording, records[index], batch.data.get(index) or {})
    yield from _of_decisions(world, wording, batch)


def _of_making(
    wording: Wording, row: Mapping[str, int], data: Mapping[str, Any]
) -> Iterator[Impression]:
    one, other, time = row["actor"], row["other"], row["world_time"]
    about: dict[str, Any] = {
        "place": row["place"],
        "when": when(wording.stage, row["until"]),
        "at_place": row["place"],
        "kind": Memory.Kind.PLAN,
    }
    if "news" in data:
        if other:
            yield moment_kept(wording, "invited", one, time, who=other, people=[other], **about)
        else:
            yield moment_kept(wording, "hosts", one, time, **about)
        return
    what = wording.activity(row["activity"])
    if not other:
        yield moment_kept(wording, "intends", one, time, what=what, **about)
        return
    for me, you in ((one, other), (other, one)):
        yield moment_kept(wording, "agreed", me, time, who=you, people=[you], what=what, **about)


def _of_outcome(
    wording: Wording, row: Mapping[str, int], data: Mapping[str, Any]
) -> Iterator[Impression]:
    """Waiting in vain, not having gone, having been at a party; a talk is kept as a talk."""
    one, other, time = row["actor"], row["other"], row["world_time"]
    about: dict[str, Any] = {"place": row["place"], "at_place": row["place"]}
    if row["reason"] == State.MISSED:
        yield moment_kept(wording, "stood-up", other, time, who=one, people=[one], **about)
        yield moment_kept(wording, "missed", one, time, who=other, people=[other], **about)
    elif row["reason"] == State.KEPT and "news" in data and other:
        yield moment_kept(wording, "came", one, time, who=other, people=[other], **about)


def _of_decisions(world: World, wording: Wording, batch: EventBatch) -> Iterator[Impression]:
    """What those with models thought as they made a plan."""
    rows = batch.rows[(batch.rows["kind"] == events.ANSWERED) & (batch.rows["reason"] == 0)]
    if not len(rows):
        return
    made = rows[["actor", "amount", "world_time", "place"]].tolist()
    replies = replies_to(world.pk, {(actor, asked_at) for actor, asked_at, *_ in made})
    for actor, asked_at, time, place in made:
        reply = replies.get((actor, asked_at))
        if reply is not None and reply["thought"]:
            thought = {"zh": reply["thought"], "en": reply["thought"]}
            yield moment_kept(
                wording,
                "decided",
                actor,
                time,
                thought=thought,
                at_place=place,
                kind=Memory.Kind.PLAN,
            )
