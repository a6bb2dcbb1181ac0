"""Talking: what it means for the columns to begin a conversation, to join, leave and end it.

A conversation stands on the row of one of those who are in it, its host. When the host leaves a
group, it moves to the row of another.
"""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import events
from agents.conversations import parting
from agents.conversations.company import pairs_across, pairs_within
from agents.conversations.parting import Parting
from agents.conversations.rules import TalkRules
from agents.conversations.vocabulary import IN_PASSING, Act, Ending, Phase, conversation_number
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
    "news",
)
"""The columns of a conversation on the row of its host."""

SPEAK = "speak"
"""Kind of questions: what somebody says; without content, nobody waits for that any more."""

_OWN = ("host", "joined_at", "asked_at", "said", "feeling", "waits", "chats")
"""The columns of those who take part."""

READS = ("residents.place", *parting.READS)
WRITES = (
    *(f"talks.{column}" for column in STATE),
    *(f"talks.{column}" for column in _OWN),
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

    def people(self, hosts: Rows) -> tuple[Rows, NDArray[np.int64]]:
        """Who is in the conversations on these rows: people, and the index of each one's host.

        One conversation after the other, and its people ascending. No host comes twice.
        """
        talking = (self.talks.host[:] > 0).nonzero()[0]
        talk, index = pairs_across(self.residents.numbers[hosts], self.talks.host[talking])
        return talking[index], talk

    def sizes(self, hosts: Rows) -> NDArray[np.int64]:
        """How many people are in each of these conversations."""
        highest = int(self.residents.numbers.max(initial=0))
        count = np.bincount(self.talks.host[:], minlength=highest + 1)
        return count[self.residents.numbers[hosts]]

    def numbers(self, hosts: Rows) -> NDArray[np.int64]:
        """The numbers of the conversations on these rows."""
        return conversation_number(self.talks.began[hosts], self.talks.initiator[hosts])

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
        for column in (t.topic, t.ending, t.turns, t.speaker, t.act, t.angry, t.news):
            column[one] = 0
        r.talk_at[one] = now + self.grid
        step.emit(
            events.TALK_BEGAN,
            actor=numbers,
            other=r.numbers[other],
            place=r.place[one],
            reason=why,
            amount=self.numbers(one),
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
            amount=self.numbers(np.array([host])),
        )

    def close(self, hosts: Rows, ending: Ending) -> None:
        """Let conversations come to their ends: what is said next is a goodbye."""
        t = self.talks
        if not len(hosts):
            return
        going_on = hosts[t.phase[hosts] != int(Phase.CLOSING)]
        t.phase[going_on], t.ending[going_on] = Phase.CLOSING, ending

    def leave(self, step: Step, row: int, ending: Ending) -> None:
        """Let somebody leave their conversation; with one person left it is over."""
        r, t = self.residents, self.talks
        host = int(np.searchsorted(r.numbers, t.host[row]))
        people, _ = self.people(np.array([host]))
        others = people[people != row]
        if len(others) < 2:
            self.end(step, np.array([host]), np.array([ending]))
            return
        pairs = np.broadcast_arrays(host, row, others)
        self.parting.of(step, *(np.array(each) for each in pairs))
        step.emit(
            events.TALK_LEFT,
            actor=r.numbers[row],
            reason=ending,
            amount=self.numbers(np.array([host])),
            data=[{"topic": int(t.topic[host])}],
        )
        if row == host:
            self._move(host, int(others[0]), others)
            host = int(others[0])
        if t.turn_of[host] == r.numbers[row]:
            t.turn_of[host] = 0
        if t.speaker[host] == r.numbers[row]:
            t.speaker[host] = 0
        self._free(step, np.array([row]), np.array([host]))

    def end(self, step: Step, hosts: Rows, endings: NDArray[np.int64]) -> None:
        """End conversations, with all that they leave. endings: Ending."""
        r, t = self.residents, self.talks
        people, talk = self.people(hosts)
        one, other = pairs_within(talk)
        self.parting.of(step, hosts[talk[one]], people[one], people[other])
        begins = np.searchsorted(talk, np.arange(len(hosts)))
        told = np.split(r.numbers[people], begins[1:])
        step.emit(
            events.TALK_ENDED,
            actor=t.initiator[hosts],
            place=np.maximum.reduceat(r.place[people], begins),
            reason=endings,
            amount=self.numbers(hosts),
            until=t.turns[hosts],
            data=[
                {"topic": topic, "people": each.tolist()}
                for topic, each in zip(t.topic[hosts].tolist(), told, strict=True)
            ],
        )
        r.talk_at[hosts] = NEVER
        t.phase[hosts] = Phase.ENDED
        self._free(step, people, hosts[talk])

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

    def _free(self, step: Step, rows: Rows, hosts: Rows) -> None:
        """These talk no more; whoever put off a decision takes it now. hosts: one for each."""
        r, t = self.residents, self.talks
        self.forget_questions(step, rows[t.asked_at[rows] > 0])
        t.host[rows] = 0
        spoke = rows[~IN_PASSING[t.why[hosts]] & (t.said[rows] > 0)]
        t.chats[spoke] = t.chats[spoke] + 1
        waiting = rows[t.waits[rows] > 0]
        t.waits[waiting] = 0
        still = waiting[r.place[waiting] > 0]
        r.think_at[still] = step.instant + self.grid

    def forget_questions(self, step: Step, rows: Rows) -> None:
        """Nobody waits any more for what the models of these would have them say."""
        self.talks.asked_at[rows] = 0
        for number in self.residents.numbers[rows].tolist():
            step.ask(SPEAK, number, {})

    def limit_of(
        self, why: NDArray[np.int64], short: NDArray[np.bool_], drawn: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """How many sentences a conversation is meant to have.

        short: bool[n], it is only a greeting. drawn: int64[n], a number from 0 to 4.
        """
        shortest, longest = self.rules.turns
        curt = IN_PASSING[why] | short
        return np.where(curt, shortest, np.minimum(6 + drawn, longest))
