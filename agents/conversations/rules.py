"""The rules of talk: talk.yaml, as numbers for whole columns."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, PositiveInt, model_validator

from agents.conversations.vocabulary import TOPICS, Change, Topic
from agents.needs import milli
from world.engine.gametime import DAY, HOUR, MINUTE
from world.scenario import Bilingual, Section, Strict
from world.sections import Key

MILLION = 1_000_000
Points = Annotated[float, Field(ge=-100, le=100)]
PerCent = Annotated[int, Field(ge=0, le=1000)]
Share = Annotated[float, Field(ge=0, le=1)]


class TieSpec(Strict):
    """A kind of tie. since: points of strength from which on it is this one. chance: how much
    likelier such people talk. love: what it is called between lovers."""

    key: Key
    name: Bilingual
    since: Annotated[int, Field(ge=0, le=100)]
    chance: Annotated[float, Field(ge=0, le=10)]
    love: Bilingual | None = None


class TopicSpec(Strict):
    """A topic. weight: how often it comes up by itself. since: the kind of tie from which on.
    strength: points that it adds to a tie."""

    key: Key
    name: Bilingual
    weight: PositiveInt
    since: Key = "stranger"
    strength: Points = 0


class StrengthSpec(Strict):
    """What a talk does to a tie, points; alike and opposite: per cent of it."""

    talk: Points
    long_talk: Points
    both_glad: Points
    quarrel: Points
    service: Points
    reconciled: Points
    love: Points
    rejected: Points
    kept: Points
    missed: Points
    alike: PerCent
    opposite: PerCent


class AcquaintedSpec(Strict):
    """Who knows whom a little when the town begins, beside those of ties.yaml.

    neighbours, colleagues: how many of them, a share. strength: points, from and to.
    """

    neighbours: Share
    colleagues: Share
    strength: tuple[Annotated[int, Field(ge=1, le=100)], Annotated[int, Field(ge=1, le=100)]]


class ApartSpec(Strict):
    """What a tie loses with every so many days without a talk, down to the strength that stays."""

    days: PositiveInt
    points: Annotated[float, Field(ge=0, le=100)]
    stays: Annotated[int, Field(ge=0, le=100)]


class TalkSpec(Strict):
    """talk.yaml."""

    chance: Share
    seeking: PositiveInt
    service: Share
    lesson: Share
    quarrel: Share
    again_minutes: PositiveInt
    turn_seconds: tuple[PositiveInt, PositiveInt]
    turns: tuple[Annotated[int, Field(ge=2)], Annotated[int, Field(ge=2, le=30)]]
    long_turns: PositiveInt
    silence_minutes: PositiveInt
    group: Annotated[int, Field(ge=2, le=12)]
    crowd: PositiveInt
    social: Points
    fun: Points
    ties: Annotated[list[TieSpec], Field(min_length=5, max_length=5)]
    topics: list[TopicSpec]
    strength: StrengthSpec
    acquainted: AcquaintedSpec
    apart: ApartSpec

    @model_validator(mode="after")
    def fits_together(self) -> "TalkSpec":
        """Kinds of ties ascend from nothing; every topic is there once; spans are spans."""
        levels = [tie.since for tie in self.ties]
        if levels[0] != 0 or levels != sorted(set(levels)):
            raise ValueError("expected kinds of ties from 0 on, each stronger than the one before")
        if sorted(topic.key for topic in self.topics) != sorted(TOPICS):
            raise ValueError(f"expected exactly the topics {', '.join(TOPICS)}")
        kinds = {tie.key for tie in self.ties}
        if unknown := {topic.since for topic in self.topics} - kinds:
            raise ValueError(f"expected a kind of tie (found {', '.join(sorted(unknown))})")
        for shortest, longest in (
            self.turn_seconds,
            self.turns,
            self.acquainted.strength,
        ):
            if shortest > longest:
                raise ValueError(f"expected the lesser first (found {shortest}, {longest})")
        return self


SECTION = Section("talk", TalkSpec)

STRANGER, ACQUAINTANCE, FRIEND, CLOSE, BEST = range(5)
"""Rows of the kinds of ties."""


@dataclass(frozen=True)
class TalkRules:
    """chance, service, lesson, quarrel: millionths. again, silence, turn: game seconds. levels:
    milli-points from which on a tie is of each kind, int64[5]; chances: per cent, int64[5].
    topic_weights, topic_levels, topic_strength: by Topic, the first for none. Strengths are in
    milli-points.
    """

    spec: TalkSpec
    chance: int
    seeking: int
    service: int
    lesson: int
    quarrel: int
    again: int
    silence: int
    turn: tuple[int, int]
    turns: tuple[int, int]
    group: int
    crowd: int
    social: int
    fun: int
    levels: NDArray[np.int64]
    chances: NDArray[np.int64]
    topic_weights: NDArray[np.int64]
    topic_levels: NDArray[np.int64]
    topic_strength: NDArray[np.int64]
    apart_every: int
    apart: int
    apart_stays: int

    @classmethod
    def compile(cls, spec: TalkSpec) -> "TalkRules":
        """From the section `talk`."""
        topics = {topic.key: topic for topic in spec.topics}
        in_order = [topics[key] for key in TOPICS]
        rows = {tie.key: row for row, tie in enumerate(spec.ties)}
        return cls(
            spec=spec,
            chance=round(spec.chance * MILLION),
            seeking=spec.seeking,
            service=round(spec.service * MILLION),
            lesson=round(spec.lesson * MILLION),
            quarrel=round(spec.quarrel * MILLION),
            again=spec.again_minutes * MINUTE,
            silence=spec.silence_minutes * MINUTE,
            turn=spec.turn_seconds,
            turns=spec.turns,
            group=spec.group,
            crowd=spec.crowd,
            social=milli(spec.social),
            fun=milli(spec.fun),
            levels=np.array([milli(tie.since) for tie in spec.ties], dtype=np.int64),
            chances=np.array([round(tie.chance * 100) for tie in spec.ties], dtype=np.int64),
            topic_weights=np.array([0, *(topic.weight for topic in in_order)], dtype=np.int64),
            topic_levels=np.array([0, *(rows[topic.since] for topic in in_order)], dtype=np.int64),
            topic_strength=np.array(
                [0, *(milli(topic.strength) for topic in in_order)], dtype=np.int64
            ),
            apart_every=spec.apart.days * DAY,
            apart=milli(spec.apart.points),
            apart_stays=milli(spec.apart.stays),
        )

    def kind_of(self, strength: NDArray[np.int64]) -> NDArray[np.int64]:
        """The kind of a tie of this strength (milli-points), a row of `spec.ties`."""
        return self.levels.searchsorted(strength, side="right") - 1


CHANGE_OF_TOPIC = {
    Topic.DEEP: Change.DEEP_TALK,
    Topic.GOSSIP: Change.GOSSIP,
    Topic.HELP: Change.HELP,
    Topic.COMPLAINT: Change.COMPLAINT,
}

HALF_AN_HOUR = HOUR // 2
"""How often those who share a place are given another chance to talk."""
