"""The diary: appointments in the columns - how they are made, when one sets out, what is due."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agents import events
from agents.appointments.entries import open_of
from agents.appointments.occasions import Occasion
from agents.appointments.rules import AppointmentRules, by_trait
from agents.appointments.vocabulary import OPEN, State
from agents.needs import TRAITS
from world.engine.columns import Rows
from world.engine.gametime import MINUTE, NEVER, on_or_after
from world.engine.step import Step

APPOINTMENT = ("activity", "at", "conversation", "made_at", "news", "place", "state")

READS = ("traits.levels",)
WRITES = (*(f"appointments.{column}" for column in APPOINTMENT), "residents.engaged_at")

AGAIN = 5 * MINUTE
"""How long after one was reminded of something one is so again, at least."""

_CONSCIENTIOUSNESS = TRAITS.index("conscientiousness")
_EXTRAVERSION = TRAITS.index("extraversion")


class Diary:
    """The appointments of one world. columns: granted tables with READS and those of WRITES."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.traits = columns.traits
        self.appointments = columns.appointments
        self.rules: AppointmentRules = constants["appointments"]
        self.grid: int = constants["walks"].grid

    def ask(self, one: int, other: int, occasion: Occasion) -> None:
        """Note that one (a number) has asked another for this, who has not answered."""
        self._write([one], [other], occasion, State.ASKED)

    def asked(self, one: int, other: int) -> Occasion | None:
        """What one (a number) has asked another for without an answer."""
        return self._between(one, other, (State.ASKED,))

    def agreed(self, one: int, other: int) -> Occasion | None:
        """What is still to come between these two (numbers)."""
        return self._between(one, other, OPEN)

    def agree(
        self, step: Step, one: int, other: int, occasion: Occasion, *, conversation: int
    ) -> None:
        """Let two (numbers) have an appointment with each other."""
        self.enter(step, [one, other], [other, one], occasion, conversation=conversation)

    def settle(self, one: int, other: int) -> None:
        """What one (a number) had asked the other for, or bears them a grudge for, is over."""
        self._set(self.appointments.find([one], [other]), State.NONE)

    def enter(
        self,
        step: Step,
        who: ArrayLike,
        others: ArrayLike,
        occasion: Occasion,
        *,
        news: int = 0,
        conversation: int = 0,
    ) -> None:
        """Enter something into the diaries of these (numbers), and let it be known.

        news: the number of the gathering that it is, 0 for none.
        """
        who, others = np.asarray(who), np.asarray(others)
        rows = self._write(who, others, occasion, State.AGREED)
        self.appointments.made_at[rows] = step.instant
        self.appointments.conversation[rows] = conversation
        self.appointments.news[rows] = news
        # An appointment of two is one event.
        first = (who < others) | (who == others) | (news > 0)
        count = np.count_nonzero(first)
        told = {"conversation": conversation} if conversation else {}
        told |= {"news": news} if news else {}
        step.emit(
            events.APPOINTED,
            actor=who[first],
            other=np.where(who == others, 0, others)[first],
            place=np.full(count, occasion.place),
            activity=np.full(count, occasion.activity),
            until=np.full(count, occasion.at),
            data=[told or None] * count,
        )
        self.renew(step, np.searchsorted(self.residents.numbers, who))

    def open_of(self, number: int) -> Rows:
        """The entries of somebody (a number) that are still to come."""
        return open_of(self.appointments, number)

    def renew(self, step: Step, rows: Rows) -> None:
        """Wake each of these residents when the next of their entries asks for it."""
        r, a = self.residents, self.appointments
        for row in np.unique(rows).tolist():
            mine = self.open_of(int(r.numbers[row]))
            moments = np.where(
                a.state[mine] == State.AGREED, self.leaves_at(mine), self.judged_at(mine)
            )
            soonest = int(moments.min(initial=NEVER))
            if soonest < NEVER:
                # Who cannot set out yet thinks of it again in a while.
                soonest = on_or_after(max(soonest, step.instant + AGAIN), self.grid)
            r.engaged_at[row] = soonest

    def leaves_at(self, entries: Rows) -> NDArray[np.int64]:
        """When the owner of each means to set out: the conscientious early, others late."""
        rules = self.rules
        care = self._trait(entries, _CONSCIENTIOUSNESS)
        return np.asarray(
            self.appointments.at[entries] - rules.leave + rules.late * (100 - care) // 100
        )

    def judged_at(self, entries: Rows) -> NDArray[np.int64]:
        """When it shows whether each was kept."""
        return np.asarray(self.appointments.at[entries] + self.rules.patience)

    def over_at(self, entries: Rows) -> NDArray[np.int64]:
        """When the owner of each does not wait or stay any more."""
        stays = by_trait(self.rules.stay, self._trait(entries, _EXTRAVERSION))
        lasts = np.where(self.appointments.news[entries] > 0, stays, self.rules.patience)
        return np.asarray(self.appointments.at[entries] + lasts)

    def keeps(self, entries: Rows) -> NDArray[np.int64]:
        """How likely the owner of each keeps it, millionths."""
        return by_trait(self.rules.keeps, self._trait(entries, _CONSCIENTIOUSNESS))

    def comes(self, rows: Rows) -> NDArray[np.int64]:
        """How likely each of these residents goes to a gathering, millionths."""
        extraversion = self.traits.levels[rows, _EXTRAVERSION].astype(np.int64)
        return by_trait(self.rules.comes, extraversion)

    def owners(self, entries: Rows) -> Rows:
        """The rows of the residents whose entries these are."""
        owners: Rows = self.residents.numbers.searchsorted(self.appointments.firsts(entries))
        return owners

    def partners(self, entries: Rows) -> Rows:
        """The rows of those whom each is with: oneself, if with nobody."""
        partners: Rows = self.residents.numbers.searchsorted(self.appointments.seconds(entries))
        return partners

    def mirrored(self, entries: Rows) -> Rows:
        """The entries of the others for the same appointments, -1 where there is none."""
        a = self.appointments
        return a.find(a.seconds(entries), a.firsts(entries))

    def _trait(self, entries: Rows, trait: int) -> NDArray[np.int64]:
        return np.asarray(self.traits.levels[self.owners(entries), trait].astype(np.int64))

    def _between(self, one: int, other: int, states: tuple[State, ...]) -> Occasion | None:
        a = self.appointments
        entry = int(a.find([one], [other])[0])
        if entry < 0 or a.state[entry] not in states:
            return None
        return Occasion(int(a.at[entry]), int(a.place[entry]), int(a.activity[entry]))

    def _write(self, who: ArrayLike, others: ArrayLike, occasion: Occasion, state: State) -> Rows:
        rows = self.appointments.ensure(who, others)
        for name, value in (*occasion._asdict().items(), ("news", 0), ("conversation", 0)):
            getattr(self.appointments, name)[rows] = value
        self._set(rows, state)
        return rows

    def _set(self, entries: Rows, state: State) -> None:
        self.appointments.state[entries[entries >= 0]] = state
