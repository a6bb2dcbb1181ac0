"""Keeping: what those do without a model for whom the time of an appointment has come."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import needs
from agents.appointments import diary
from agents.appointments.diary import Diary
from agents.appointments.vocabulary import State
from agents.options import Offers
from agents.systems.purse import Purse
from world.engine.columns import Rows, flags
from world.engine.lines import FULL
from world.engine.places import Places
from world.engine.step import Step

READS = (
    "accounts.balance",
    "residents.activity",
    "residents.home",
    "residents.place",
    "residents.shunned",
    "residents.shunned_until",
    *diary.READS,
    *diary.WRITES,
    *needs.COLUMNS,
)


class Held(NamedTuple):
    """rows: who holds to an appointment. place, activity: what they do for it, int64[n]."""

    rows: Rows
    place: NDArray[np.int64]
    activity: NDArray[np.int64]


class Keeping:
    """columns: granted tables with READS readable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.appointments = columns.appointments
        self.diary = Diary(columns, constants)
        self.purse = Purse(columns, constants)
        self.offers: Offers = constants["offers"]
        self.places: Places = constants["places"]
        self.critical: int = constants["needs"].critical
        self.idle: int = constants["activities"].codes["idle"]
        self.chat: int = constants["activities"].codes["talk"]

    def of(self, step: Step, rows: Rows) -> Held:
        """Those of these residents, who must decide, whom an appointment holds, and to what."""
        entries = self._entries(step, rows) if len(rows) else rows
        if not len(entries):
            return Held(entries, entries, entries)
        who, index = np.unique(self.diary.owners(entries), return_index=True)
        entries = entries[index]
        place = self.appointments.place[entries].astype(np.int64)
        free = self._free(step, who, place)
        who, entries, place = who[free], entries[free], place[free]
        return Held(who, place, self._activity(who, entries, place))

    def _entries(self, step: Step, rows: Rows) -> Rows:
        """The entries of these residents that hold now, the earliest first."""
        a, now = self.appointments, step.instant
        state = a.state[:]
        holds = (state == int(State.DUE)) | ((state == int(State.KEPT)) & (a.news[:] > 0))
        entries = holds.nonzero()[0]
        if not len(entries):
            return entries
        deciding = flags(rows, len(self.residents.numbers))
        entries = entries[deciding[self.diary.owners(entries)]]
        entries = entries[now < self.diary.over_at(entries)]
        return entries[np.argsort(a.at[entries], kind="stable")]

    def _free(self, step: Step, rows: Rows, place: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whom neither need nor a closed door keeps from it."""
        r, now = self.residents, step.instant
        well = needs.values_at(r, rows, now).min(axis=1, initial=FULL) > self.critical
        shut_out = (r.shunned[rows] == place) & (now < r.shunned_until[rows])
        at_home = place == r.home[rows]
        return np.asarray(well & ~shut_out & (at_home | self.places.is_open(place - 1, now)))

    def _activity(self, rows: Rows, entries: Rows, place: NDArray[np.int64]) -> NDArray[np.int64]:
        """What is done for it: what was meant, once; then one waits, or stays among the others."""
        r = self.residents
        meant = self.appointments.activity[entries].astype(np.int64)
        here = r.place[rows] == place
        done = here & (r.activity[rows] == meant) & (meant != self.chat)
        people = np.bincount(r.place[:], minlength=len(self.places) + 1)[place]
        possible = self.offers.can_do(meant, place) & self.purse.can_afford(rows, meant, place)
        lonely = (meant == self.chat) & here & (people < 2)
        return np.where(possible & ~done & ~lonely, meant, self.idle)
