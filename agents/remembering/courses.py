"""Courses: who was in a conversation from when to when, and what was said.

What a commit brings is taken from its events; the log and the rows of conversations are read only
for what was said and who came before it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Q

from agents import events
from agents.conversations.bookkeeping import KINDS
from agents.conversations.presentation import words_of
from agents.models import Conversation, Participation
from agents.remembering.wording import Texts
from world.engine.events import EventBatch
from world.models import Actor, Event, World
from world.stage import Stage


@dataclass(slots=True)
class Sentence:
    """Something that was said; numbers and codes."""

    time: int
    speaker: int
    emotion: int
    words: Texts


@dataclass(slots=True)
class Part:
    """Somebody (a number) was there from when to when."""

    joined: int
    who: int
    left: int | None = None


@dataclass(slots=True)
class Moved:
    """A tie of somebody (a number) changed by milli-points."""

    time: int
    who: int
    amount: int


@dataclass(slots=True)
class Course:
    """A conversation so far: where, why, who was in it in the order of joining, what was said, and
    what it changed between people."""

    place: int
    why: int
    parts: list[Part] = field(default_factory=list)
    said: list[Sentence] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)


def courses_of(
    world: World, stage: Stage, batch: EventBatch, numbers: Collection[int]
) -> Mapping[int, Course]:
    """Those of these conversations (numbers), with all that the events of a commit bring.

    Their rows are kept up to that commit already, the world's is not.
    """
    rows = batch.rows
    begun = set(rows["amount"][rows["kind"] == events.TALK_BEGAN].tolist())
    courses = _earlier(world, stage, set(numbers) - begun)
    of_talk = np.flatnonzero(np.isin(rows["kind"], KINDS) & np.isin(rows["amount"], list(numbers)))
    for index, row in zip(of_talk.tolist(), rows[of_talk][_FIELDS].tolist(), strict=True):
        kind, time, number, actor, other, place, reason = row
        if kind == events.TALK_BEGAN:
            courses[number] = Course(place, reason, [Part(time, actor), Part(time, other)])
        elif kind == events.SAID:
            about = {"world_time": time, "actor": actor, "other": other}
            words = words_of(stage, about, batch.data.get(index, {}))
            courses[number].said.append(Sentence(time, actor, reason, words))
        elif number in begun:
            _move(courses[number].parts, kind, time, actor)
    changed = np.flatnonzero(rows["kind"] == events.TIE_CHANGED)
    fields = rows[changed][["world_time", "actor", "amount"]].tolist()
    for index, change in zip(changed.tolist(), fields, strict=True):
        course = courses.get(batch.data.get(index, {}).get("conversation", 0))
        if course is not None:
            course.moved.append(Moved(*change))
    for course in courses.values():
        course.parts.sort(key=lambda part: (part.joined, part.who))
    return courses


_FIELDS = ["kind", "world_time", "amount", "actor", "other", "place", "reason"]


def _move(parts: list[Part], kind: int, time: int, who: int) -> None:
    """Let somebody come, somebody go, or all."""
    if kind == events.TALK_JOINED:
        parts.append(Part(time, who))
        return
    for part in parts:
        goes = kind == events.TALK_ENDED or (part.who == who and part.joined < time)
        if part.left is None and goes:
            part.left = time


def _earlier(world: World, stage: Stage, numbers: Collection[int]) -> dict[int, Course]:
    """What began before: its rows, and what was said until the last commit."""
    if not numbers:
        return {}
    courses: dict[int, Course] = {}
    since = world.seq
    of_world = Conversation.objects.filter(world=world, number__in=numbers)
    of_rows: dict[int, Course] = {}
    for pk, number, place, why, seq in of_world.values_list(
        "pk", "number", "place", "why", "first_seq"
    ):
        of_rows[pk] = courses[number] = Course(place, why)
        since = min(since, seq)
    # A join of tables that a planner takes to be empty reads each of them once a row.
    parts = list(
        Participation.objects.filter(conversation__in=list(of_rows)).values_list(
            "conversation", "joined", "actor", "left"
        )
    )
    people = dict(
        Actor.objects.filter(pk__in={who for _, _, who, _ in parts}).values_list("pk", "number")
    )
    for pk, joined, who, left in parts:
        of_rows[pk].parts.append(Part(joined, people[who], left))
    told = Event.objects.filter(
        Q(kind=events.SAID, amount__in=numbers)
        | Q(kind=events.TIE_CHANGED, data__conversation__in=numbers),
        world=world,
        seq__gte=since,
        seq__lte=world.seq,
    ).values_list("kind", "amount", "world_time", "actor", "other", "reason", "data")
    for kind, amount, time, actor, other, reason, data in told.order_by("seq"):
        if kind == events.TIE_CHANGED:
            courses[(data or {})["conversation"]].moved.append(Moved(time, actor, amount))
            continue
        about = {"world_time": time, "actor": actor, "other": other}
        words = words_of(stage, about, data or {})
        courses[amount].said.append(Sentence(time, actor, reason, words))
    return courses
