"""Outcomes: what comes of appointments, and what that does to a tie."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents import events
from agents.appointments import diary
from agents.appointments.diary import Diary
from agents.appointments.vocabulary import IS_OPEN, OPEN, State
from agents.conversations import bonds
from agents.conversations.bonds import Bonds
from agents.conversations.rules import TalkRules
from agents.conversations.vocabulary import Change
from agents.needs import milli
from world.engine.columns import Rows
from world.engine.step import Step

READS = ("residents.place", *diary.READS, *bonds.READS)
WRITES = (*diary.WRITES, *bonds.WRITES)

HURT = 5
"""Points by which one thinks worse of somebody who did not come."""


class Outcomes:
    """columns: granted tables with READS readable and WRITES writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.appointments = columns.appointments
        self.diary = Diary(columns, constants)
        self.bonds = Bonds(columns, constants)
        self.rules: TalkRules = constants["talk"]

    def judge(self, step: Step, entries: Rows) -> None:
        """See of each of these, whose time is over, who was there."""
        for entry in entries.tolist():
            if self.appointments.state[entry] in OPEN:
                self._judge_one(step, np.array([entry]))

    def kept(self, step: Step, entry: Rows, *, conversation: int = 0) -> None:
        """The two of an entry have met as agreed."""
        mirrored = self.diary.mirrored(entry)
        both = np.concatenate([entry, mirrored])
        self.appointments.state[both] = State.KEPT
        self._tell(step, entry, State.KEPT)
        self._bind(step, both, Change.KEPT, conversation=conversation)
        self.diary.renew(step, self.diary.owners(both))

    def forgo(self, step: Step, entries: Rows) -> None:
        """The owners of these do not mean to go; where nobody does, it has lapsed."""
        a = self.appointments
        for entry in entries.tolist():
            one = np.array([entry])
            a.state[one] = State.MISSED
            mirrored = self.diary.mirrored(one)
            if self._is_of_two(one) and a.state[mirrored][0] in OPEN:
                continue
            self._tell(step, one, State.LAPSED)

    def call_off(self, step: Step, rows: Rows) -> None:
        """Nothing comes any more of what these residents, or others with them, had in mind."""
        a = self.appointments
        numbers = self.residents.numbers[rows]
        entries = np.flatnonzero(IS_OPEN[a.state[:]])
        first, second = a.firsts(entries), a.seconds(entries)
        off = np.isin(first, numbers) | np.isin(second, numbers)
        entries, first, second = entries[off], first[off], second[off]
        a.state[entries] = State.LAPSED
        # An appointment of two is told once.
        again = (first > second) & np.isin(self.diary.mirrored(entries), entries)
        told = ~again | (a.news[entries] > 0)
        for entry in entries[told].tolist():
            self._tell(step, np.array([entry]), State.LAPSED)
        self.diary.renew(step, self.diary.owners(entries))

    def _judge_one(self, step: Step, entry: Rows) -> None:
        a = self.appointments
        came = self._is_there(entry)
        if not self._is_of_two(entry):
            a.state[entry] = state = State.KEPT if came else State.LAPSED
            self._tell(step, entry, state)
            # Who gives a gathering is glad of whoever comes.
            if came and self.diary.owners(entry)[0] != self.diary.partners(entry)[0]:
                self._bind(step, entry, Change.KEPT)
            return
        mirrored = self.diary.mirrored(entry)
        if came and self._is_there(mirrored):
            self.kept(step, entry)
        elif came:
            self._stand_up(step, entry, mirrored)
        elif self._is_there(mirrored) and a.state[mirrored][0] in OPEN:
            self._stand_up(step, mirrored, entry)
        else:
            a.state[np.concatenate([entry, mirrored])] = State.LAPSED
            self._tell(step, entry, State.LAPSED)

    def _stand_up(self, step: Step, waited: Rows, absent: Rows) -> None:
        """Somebody waited for another in vain."""
        self.appointments.state[waited] = State.STOOD_UP
        self.appointments.state[absent] = State.MISSED
        self._tell(step, absent, State.MISSED)
        self._bind(step, waited, Change.MISSED, regard=-HURT)

    def _is_of_two(self, entry: Rows) -> bool:
        """Whether two have agreed on it; else it is a gathering, or for oneself."""
        alone = self.diary.owners(entry)[0] == self.diary.partners(entry)[0]
        return bool(not alone and self.appointments.news[entry][0] == 0)

    def _is_there(self, entry: Rows) -> bool:
        place = self.residents.place[self.diary.owners(entry)]
        return bool(place[0] == self.appointments.place[entry][0])

    def _tell(self, step: Step, entry: Rows, state: State) -> None:
        a, r = self.appointments, self.residents
        owner, partner = self.diary.owners(entry), self.diary.partners(entry)
        news = int(a.news[entry][0])
        step.emit(
            events.APPOINTMENT_OVER,
            actor=r.numbers[owner],
            other=np.where(owner == partner, 0, r.numbers[partner]),
            place=a.place[entry],
            activity=a.activity[entry],
            reason=np.array([int(state)]),
            until=a.at[entry],
            data=[{"news": news} if news else None],
        )

    def _bind(
        self, step: Step, entries: Rows, change: Change, *, regard: int = 0, conversation: int = 0
    ) -> None:
        """Let the owners of these feel closer to the others, or less so."""
        spec = self.rules.spec.strength
        points = spec.kept if change == Change.KEPT else spec.missed
        self.bonds.change(
            step,
            self.diary.owners(entries),
            self.diary.partners(entries),
            points=np.full(len(entries), milli(points)),
            reason=np.full(len(entries), change),
            conversation=conversation,
            regard=milli(regard),
            place=self.appointments.place[entries],
        )
