"""Talking: what it means for the columns to begin a conversation, to join, leave and end it.

A conversation stands on the row of one of those who are in it, its host. When the host leaves a
group, it moves to the row of another.
"""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import events
from agents.conversations import parting
from agents.conversations.parting import Parting
from agents.conversations.rules import TalkRules
from agents.conversations.vocabulary import Act, Ending, Phase, Why, conversation_number
from world.engine.columns import Rows
from world.engine.gametime import NEVER
from world.engine.step import Step

STATE = (
    "began",
    "initiator",
    "phase",
    "why",
    "topic",
    "ending",
    "turns",
    "limit",
    "speaker",
    "spoke_at",
    "turn_of",
    "act",
    "angry",
)
"""The columns of a conversation on the row of its host."""

READS = ("residents.place", *parting.READS)
WRITES = (
    *(f"talks.{column}" for column in STATE),
    *(f"talks.{column}" for column in ("host", "joined_at", "said", "feeling", "waits", "chats")),
    "residents.talk_at",
    "residents.think_at",
    *parting.WRITES,
)


class Talking:
    """The conversations of one world. columns: granted tables, READS readable, WRITES writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.talks = columns.talks
        self.parting = Parting(columns, constants)
        self.rules: TalkRules = constants["talk"]
        self.grid: int = constants["walks"].grid

    def people(self, host: int) -> Rows:
        """Who is in the conversation on this row."""
        return np.flatnonzero(self.talks.host[:] == self.residents.numbers[host])

    def sizes(self, hosts: Rows) -> NDArray[np.int64]:
        """How many people are in each of these conversations."""
        highest = int(self.residents.numbers.max(initial=0))
        count = np.bincount(self.talks.host[:], minlength=highest + 1)
        return count[self.residents.numbers[hosts]]

    def number(self, host: int) -> int:
        """The number of the conversation on this row."""
        return conversation_number(int(self.talks.began[host]), int(self.talks.initiator[host]))

    def begin(self, step: Step, one: Rows, other: Rows, why: Rows, limit: Rows) -> None:
        """Let each of `one` begin to talk with `other`; the first sentence comes a step later.

        Nobody may be among them twice, or in a conversation. why: Why. limit: sentences.
        """
        if not len(one):
            return
        r, t, now = self.residents, self.talks, step.instant
        numbers = r.numbers[one]
        for rows in (one, other):
            t.host[rows] = numbers
            t.joined_at[rows] = now
            t.said[rows] = t.feeling[rows] = 0
        t.began[one] = t.spoke_at[one] = now
        t.initiator[one] = t.turn_of[one] = numbers
        t.phase[one] = Phase.GREETING
        t.why[one] = why
        t.limit[one] = limit
        for column in (t.topic, t.ending, t.turns, t.speaker, t.act, t.angry):
            column[one] = 0
        r.talk_at[one] = now + self.grid
        step.emit(
            events.TALK_BEGAN,
            actor=numbers,
            other=r.numbers[other],
            place=r.place[one],
            reason=why,
            amount=[conversation_number(now, number) for number in numbers.tolist()],
        )

    def join(self, step: Step, row: int, host: int) -> None:
        """Let somebody join a conversation; what they say comes next."""
        r, t = self.residents, self.talks
        t.host[row] = r.numbers[host]
        t.joined_at[row] = step.instant
        t.said[row] = t.feeling[row] = 0
        t.turn_of[host] = r.numbers[row]
        t.act[host] = Act.JOINING
        t.limit[host] = min(int(t.limit[host]) + 2, self.rules.turns[1])
        r.talk_at[host] = step.instant + self.grid
        step.emit(
            events.TALK_JOINED,
            actor=r.numbers[row],
            place=r.place[row],
            amount=self.number(host),
        )

    def close(self, host: int, ending: Ending) -> None:
        """Let a conversation come to its end: what is said next is a goodbye."""
        t = self.talks
        if t.phase[host] != Phase.CLOSING:
            t.phase[host], t.ending[host] = Phase.CLOSING, ending

    def leave(self, step: Step, row: int, ending: Ending) -> None:
        """Let somebody leave their conversation; with one person left it is over."""
        r, t = self.residents, self.talks
        host = int(np.searchsorted(r.numbers, t.host[row]))
        people = self.people(host)
        others = people[people != row]
        if len(others) < 2:
            self.end(step, [host], [ending])
            return
        pairs = np.broadcast_arrays(host, row, others)
        self.parting.of(step, *(np.array(each) for each in pairs))
        step.emit(
            events.TALK_LEFT,
            actor=r.numbers[row],
            reason=ending,
            amount=self.number(host),
        )
        if row == host:
            self._move(host, int(others[0]), others)
            host = int(others[0])
        if t.turn_of[host] == r.numbers[row]:
            t.turn_of[host] = 0
        if t.speaker[host] == r.numbers[row]:
            t.speaker[host] = 0
        self._free(step, np.array([row]), host)

    def end(self, step: Step, hosts: Sequence[int], endings: Sequence[Ending]) -> None:
        """End conversations, with all that they leave."""
        r, t = self.residents, self.talks
        rows = np.array(hosts, dtype=np.int64)
        people = [self.people(host) for host in hosts]
        pairs = [np.triu_indices(len(each), 1) for each in people]
        self.parting.of(
            step,
            np.repeat(rows, [len(one) for one, _ in pairs]),
            np.concatenate([each[one] for each, (one, _) in zip(people, pairs, strict=True)]),
            np.concatenate([each[other] for each, (_, other) in zip(people, pairs, strict=True)]),
        )
        step.emit(
            events.TALK_ENDED,
            actor=t.initiator[rows],
            place=[int(r.place[each].max()) for each in people],
            reason=list(endings),
            amount=[self.number(host) for host in hosts],
            until=t.turns[rows],
            data=[
                {"topic": topic, "people": r.numbers[each].tolist()}
                for topic, each in zip(t.topic[rows].tolist(), people, strict=True)
            ],
        )
        r.talk_at[rows] = NEVER
        t.phase[rows] = Phase.ENDED
        for host, each in zip(hosts, people, strict=True):
            self._free(step, each, host)

    def _move(self, host: int, heir: int, people: Rows) -> None:
        """Let a conversation stand on the row of another."""
        r, t = self.residents, self.talks
        for name in STATE:
            column = getattr(t, name)
            column[heir] = column[host]
        r.talk_at[heir] = r.talk_at[host]
        r.talk_at[host] = NEVER
        t.phase[host] = Phase.NONE
        t.host[people] = r.numbers[heir]

    def _free(self, step: Step, rows: Rows, host: int) -> None:
        """These talk no more; whoever put off a decision takes it now."""
        r, t = self.residents, self.talks
        t.host[rows] = 0
        if t.why[host] not in (Why.SERVICE, Why.LESSON):
            spoke = rows[t.said[rows] > 0]
            t.chats[spoke] = t.chats[spoke] + 1
        waiting = rows[t.waits[rows] > 0]
        t.waits[waiting] = 0
        still = waiting[r.place[waiting] > 0]
        r.think_at[still] = step.instant + self.grid

    def limit_of(
        self, why: NDArray[np.int64], short: NDArray[np.bool_], drawn: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """How many sentences a conversation is meant to have.

        short: bool[n], it is only a greeting. drawn: int64[n], a number from 0 to 4.
        """
        shortest, longest = self.rules.turns
        curt = (why == Why.SERVICE) | (why == Why.LESSON) | short
        return np.where(curt, shortest, np.minimum(6 + drawn, longest))
