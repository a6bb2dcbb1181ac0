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
from agents.conversations.vocabulary import (
    IN_PASSING,
    IS_GLAD,
    Change,
    Emotion,
    Topic,
    conversation_number,
)
from agents.needs import NEEDS, milli
from agents.news.noting import note_tiding
from agents.news.vocabulary import Kind
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

PARTED = "parted"
"""Note: `one` and `other` (rows) have had a conversation together; `calm`: without a quarrel."""

BRIEF = 3
"""A talk of less than so many sentences was only a greeting: it gives a third."""

LIKED, DISLIKED = 3 * POINT, 8 * POINT
"""What a glad or an angry other does to one's regard."""

_CHANGE_BY_TOPIC = np.array([int(CHANGE_OF_TOPIC.get(topic, 0)) for topic in Topic], dtype=np.int64)
_SOCIAL, _FUN = NEEDS.index("social"), NEEDS.index("fun")


class Parting:
    """columns: granted tables, READS readable, WRITES writable, and `talks` as `Talking` has it."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.talks = columns.talks
        self.bonds = Bonds(columns, constants)
        self.rules: TalkRules = constants["talk"]

    def of(self, step: Step, host: Rows, one: Rows, other: Rows) -> None:
        """What conversations leave in pairs of people who had them, on both sides.

        host: the rows on which they stand, one for each pair. No pair comes twice.
        """
        t, r = self.talks, self.residents
        hosts = np.concatenate([host, host])
        first, second = np.concatenate([one, other]), np.concatenate([other, one])
        # Who said nothing was no part of it.
        spoke = (t.said[first] > 0) & (t.said[second] > 0)
        hosts, first, second = hosts[spoke], first[spoke], second[spoke]
        if not len(first):
            return
        step.note(PARTED, one=first, other=second, calm=~self._quarrelled(hosts))
        # Somebody may have gone away already, which is how it ended.
        place = np.maximum(r.place[first], r.place[second])
        reason, points = self._strength(hosts, first, second)
        feeling = t.feeling[second]
        angry = np.where(feeling == int(Emotion.ANGRY), -DISLIKED, 0)
        regard = np.where(IS_GLAD[feeling], LIKED, angry)
        self.bonds.change(
            step,
            first,
            second,
            points=self.bonds.bent(first, second, points),
            reason=reason,
            conversation=conversation_number(t.began[hosts], t.initiator[hosts]),
            regard=regard,
            place=place,
        )
        self._remember(step, hosts, first, second)
        quarrelled = self._quarrelled(hosts)
        if quarrelled.any():
            note_tiding(
                step,
                Kind.QUARREL,
                about=r.numbers[first[quarrelled]],
                other=r.numbers[second[quarrelled]],
                place=place[quarrelled],
                witness=first[quarrelled],
            )
        people, index = np.unique(first, return_index=True)
        self._refresh(step, hosts[index], people)
        t.emotion[people] = t.feeling[people]
        t.emotion_at[people] = step.instant
        t.met[people] = r.numbers[second[index]]
        t.met_in[people] = place[index]

    def _quarrelled(self, hosts: Rows) -> NDArray[np.bool_]:
        return np.asarray(self.talks.angry[hosts] >= ANGRY_TALK)

    def _strength(
        self, hosts: Rows, first: Rows, second: Rows
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The main reasons for which ties change (Change), and by how much before character."""
        t, spec = self.talks, self.rules.spec.strength
        topic = t.topic[hosts]
        long = t.turns[hosts] >= self.rules.spec.long_turns
        glad = IS_GLAD[t.feeling[first]] & IS_GLAD[t.feeling[second]]
        gained = np.where(long, milli(spec.long_talk), milli(spec.talk))
        gained = gained + glad * milli(spec.both_glad) + self.rules.topic_strength[topic]
        brief = IN_PASSING[t.why[hosts]]
        quarrel = self._quarrelled(hosts)
        # What weighs most is said last.
        reason = np.full(len(hosts), int(Change.TALK))
        reason[long] = Change.LONG_TALK
        reason[glad] = Change.GLAD_TALK
        of_topic = _CHANGE_BY_TOPIC[topic]
        reason = np.where(of_topic > 0, of_topic, reason)
        reason[brief], gained[brief] = Change.SERVICE, milli(spec.service)
        reason[quarrel], gained[quarrel] = Change.QUARREL, milli(spec.quarrel)
        return reason, gained

    def _remember(self, step: Step, hosts: Rows, first: Rows, second: Rows) -> None:
        """That they talked, when, and about what."""
        t, ties, numbers = self.talks, self.bonds.ties, self.residents.numbers
        pairs = ties.ensure(numbers[first], numbers[second])
        new = pairs[ties.known_since[pairs] == 0]
        ties.known_since[new] = step.instant
        ties.met_at[pairs] = step.instant
        ties.talks[pairs] = ties.talks[pairs] + 1
        topic = t.topic[hosts]
        ties.topic[pairs] = np.where(topic > 0, topic, ties.topic[pairs])
        ties.sore[pairs[self._quarrelled(hosts)]] = 1

    def _refresh(self, step: Step, hosts: Rows, people: Rows) -> None:
        """Company does good; a quarrel or a mere greeting less."""
        t, r = self.talks, self.residents
        brief = (t.turns[hosts] < BRIEF) | self._quarrelled(hosts)
        share = np.where(brief, 3, 1)
        values = needs.values_at(r, people, step.instant)
        values[:, _SOCIAL] += self.rules.social // share
        values[:, _FUN] += self.rules.fun // share
        needs.anchor(r, people, values, None, step.instant)
        step.mark(RENEW, people)
