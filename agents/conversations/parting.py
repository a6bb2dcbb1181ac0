"""Parting: what a conversation leaves in those who had it - company, feelings, ties."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import needs
from agents.conversations import bonds
from agents.conversations.bonds import Bonds
from agents.conversations.rules import CHANGE_OF_TOPIC, TalkRules
from agents.conversations.vocabulary import GLAD, Change, Emotion, Topic, Why
from agents.needs import NEEDS, milli
from agents.systems.conduct import RENEW
from world.engine.columns import Rows
from world.engine.lines import POINT
from world.engine.step import Step

READS = ("residents.place", *bonds.READS)
WRITES = (
    *bonds.WRITES,
    *needs.COLUMNS,
    "talks.emotion",
    "talks.emotion_at",
    "talks.met",
    "talks.met_in",
)

ANGRY_TALK = 2
"""Angry sentences from which on a talk was a quarrel."""

BRIEF = 3
"""A talk of less than so many sentences was only a greeting: it gives a third."""

LIKED, DISLIKED = 3 * POINT, 8 * POINT
"""What a glad or an angry other does to one's regard."""

_SOCIAL, _FUN = NEEDS.index("social"), NEEDS.index("fun")


class Parting:
    """columns: granted tables, READS readable, WRITES writable, and `talks` as `Talking` has it."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.talks = columns.talks
        self.bonds = Bonds(columns, constants)
        self.rules: TalkRules = constants["talk"]

    def place(self, people: Rows) -> int:
        """Where they talked: all who are still there are in one place."""
        return int(self.residents.place[people].max())

    def of(self, step: Step, host: int, one: Rows, other: Rows, number: int) -> None:
        """What a conversation leaves in these pairs of people, on both sides.

        host: the row on which it stands. number: its own.
        """
        t = self.talks
        pairs = np.broadcast_arrays(one, other)
        first, second = np.concatenate(pairs), np.concatenate(pairs[::-1])
        # Who said nothing was no part of it.
        spoke = (t.said[first] > 0) & (t.said[second] > 0)
        first, second = first[spoke], second[spoke]
        people = np.unique(np.concatenate([first, second]))
        if not len(people):
            return
        place = self.place(np.union1d(people, [host]))
        reason, points = self._strength(host, first, second)
        regard = np.where(
            np.isin(t.feeling[second], GLAD),
            LIKED,
            np.where(t.feeling[second] == Emotion.ANGRY, -DISLIKED, 0),
        )
        self.bonds.change(
            step,
            first,
            second,
            points=self.bonds.bent(first, second, points),
            reason=reason,
            conversation=number,
            regard=regard,
            place=place,
        )
        self._remember(step, host, first, second)
        self._refresh(step, host, people)
        t.emotion[people] = t.feeling[people]
        t.emotion_at[people] = step.instant
        t.met[first] = self.residents.numbers[second]
        t.met_in[first] = place

    def _strength(
        self, host: int, first: Rows, second: Rows
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The main reason for which ties change (Change), and by how much before character."""
        t, spec = self.talks, self.rules.spec.strength
        topic, turns, count = int(t.topic[host]), int(t.turns[host]), len(first)
        if t.angry[host] >= ANGRY_TALK:
            return np.full(count, Change.QUARREL), np.full(count, milli(spec.quarrel))
        if t.why[host] in (Why.SERVICE, Why.LESSON):
            return np.full(count, Change.SERVICE), np.full(count, milli(spec.service))
        long = turns >= self.rules.spec.long_turns
        glad = np.isin(t.feeling[first], GLAD) & np.isin(t.feeling[second], GLAD)
        points = milli(spec.long_talk if long else spec.talk)
        gained = points + glad * milli(spec.both_glad) + int(self.rules.topic_strength[topic])
        main = CHANGE_OF_TOPIC.get(Topic(topic))
        if main is not None:
            return np.full(count, main), gained
        other = Change.LONG_TALK if long else Change.TALK
        return np.where(glad, int(Change.GLAD_TALK), int(other)), gained

    def _remember(self, step: Step, host: int, first: Rows, second: Rows) -> None:
        """That they talked, when, and about what."""
        t, ties, numbers = self.talks, self.bonds.ties, self.residents.numbers
        pairs = ties.ensure(numbers[first], numbers[second])
        new = pairs[ties.known_since[pairs] == 0]
        ties.known_since[new] = step.instant
        ties.met_at[pairs] = step.instant
        ties.talks[pairs] = ties.talks[pairs] + 1
        if t.topic[host]:
            ties.topic[pairs] = t.topic[host]
        if t.angry[host] >= ANGRY_TALK:
            ties.sore[pairs] = 1

    def _refresh(self, step: Step, host: int, people: Rows) -> None:
        """Company does good; a quarrel or a mere greeting less."""
        t, r = self.talks, self.residents
        brief = t.turns[host] < BRIEF or t.angry[host] >= ANGRY_TALK
        share = 3 if brief else 1
        values = needs.values_at(r, people, step.instant)
        values[:, _SOCIAL] += self.rules.social // share
        values[:, _FUN] += self.rules.fun // share
        needs.anchor(r, people, values, None, step.instant)
        step.mark(RENEW, people)
