"""Meetings: who begins to talk with whom, and who joins those who talk already."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import needs
from agents.appointments import outcomes
from agents.appointments.outcomes import Outcomes
from agents.appointments.vocabulary import IS_OPEN
from agents.conversations import company, talking
from agents.conversations.bonds import Bonds
from agents.conversations.company import (
    Company,
    first_come,
    noticed,
    pairs_across,
    pairs_within,
)
from agents.conversations.rules import (
    ACQUAINTANCE,
    FRIEND,
    HALF_AN_HOUR,
    MILLION,
    TalkRules,
)
from agents.conversations.talking import Talking
from agents.conversations.vocabulary import IN_PASSING, Phase, Why
from agents.minds import climate
from agents.minds.climate import Climates
from agents.needs import NEEDS, TRAITS
from agents.news import hosting
from agents.news.hosting import Hosting
from agents.occupations import Occupations
from agents.systems.conduct import ENTERED
from world.engine.columns import Rows, flags
from world.engine.draws import purpose
from world.engine.gametime import DAY, on_or_after
from world.engine.lines import FULL
from world.engine.pipeline import System
from world.engine.step import Step

OPPORTUNITY = purpose("agents.meetings.opportunity")
LOT = purpose("agents.meetings.lot")
LENGTH = purpose("agents.meetings.length")
SERVICE = purpose("agents.meetings.service")
LESSON = purpose("agents.meetings.lesson")
JOINING = purpose("agents.meetings.joining")

SHORT = 30
"""Per cent of talks between people who hardly know each other that are only a greeting."""

_SOCIAL = NEEDS.index("social")
_EXTRAVERSION = TRAITS.index("extraversion")
_AVERAGE = 50


class Meetings(System):
    """Gives those who share a place their chances: when one comes in, and every half hour."""

    reads = (
        *company.READS,
        *talking.READS,
        "residents.home",
        "residents.occupation",
        "residents.started_at",
        "residents.workplace",
        *outcomes.READS,
        *hosting.READS,
        *climate.READS,
        "livelihoods.arrived_at",
    )
    writes = (*talking.WRITES, *outcomes.WRITES)

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.talks = columns.talks
        self.traits = columns.traits
        self.company = Company(columns, constants)
        self.bonds = Bonds(columns, constants)
        self.talking = Talking(columns, constants)
        self.hosting = Hosting(columns)
        self.climates = Climates(columns, constants)
        self.livelihoods = columns.livelihoods
        self.settling: int = constants["population"].settling_days * DAY
        self.appointments = columns.appointments
        self.outcomes = Outcomes(columns, constants)
        self.rules: TalkRules = constants["talk"]
        self.occupations: Occupations = constants["occupations"]
        self.activities = constants["activities"]
        self.low: int = constants["needs"].low

    def next_due(self, after: int) -> int:
        return on_or_after(after + 1, HALF_AN_HOUR)

    def on_time(self, step: Step) -> None:
        """Everybody who shares a place has another chance."""
        self._keep_appointments(step)
        self._bring_together(step, self.company.free(step), newly=None)
        self._teach(step)

    def run(self, step: Step) -> None:
        entered = step.marked(ENTERED)
        if not len(entered) or step.instant % HALF_AN_HOUR == 0:
            return
        places = self.residents.place[entered]
        self._serve(step, entered)
        self._keep_appointments(step)
        self._bring_together(step, self.company.free(step, places), newly=entered)

    def _bring_together(self, step: Step, free: Rows, newly: Rows | None) -> None:
        """Let pairs of these begin to talk, as their luck has it. newly: who has just come in."""
        r, rules = self.residents, self.rules
        everybody = np.ones(len(r.numbers), dtype=np.bool_)
        is_new = everybody if newly is None else flags(newly, len(r.numbers))
        if len(free) < 2:
            self._let_join(step, free[is_new[free]])
            return
        one, other = (free[index] for index in pairs_within(r.place[free]))
        if newly is not None:
            fresh = is_new[one] | is_new[other]
            one, other = one[fresh], other[fresh]
        if len(one):
            people = np.bincount(r.place[free])[r.place[one]] - 1
            seen = noticed(step, r.numbers[one], r.numbers[other], people, rules.crowd)
            one, other = one[seen], other[seen]
        if len(one):
            self._draw(step, one, other)
        self._let_join(step, free[is_new[free]])

    def _keep_appointments(self, step: Step) -> None:
        """Let those meet who have agreed to, as soon as both are there."""
        r, diary, a = self.residents, self.outcomes.diary, self.appointments
        due = (IS_OPEN[a.state[:]] & (a.news[:] == 0)).nonzero()[0]
        due = due[np.abs(a.at[due] - step.instant) <= diary.rules.patience]
        if not len(due):
            return
        one, other = diary.owners(due), diary.partners(due)
        here = r.place[one]
        met = (one != other) & (here == a.place[due]) & (r.place[other] == here)
        due, one, other = due[met], one[met], other[met]
        if not len(due):
            return
        free = flags(self.company.free(step, r.place[one]), len(r.numbers))
        # Of the two entries, that of whoever came last: it is they who begin.
        last = np.lexsort([r.numbers[one], -r.started_at[one]])
        ready = last[(free[one] & free[other])[last]]
        chosen = ready[first_come(one[ready], other[ready])]
        one, other, due = one[chosen], other[chosen], due[chosen]
        why = np.full(len(due), int(Why.APPOINTMENT))
        drawn = step.draws.below(5, r.numbers[one], LENGTH)
        limit = self.talking.limit_of(why, np.zeros(len(due), dtype=np.bool_), drawn)
        self.talking.begin(step, one, other, why, limit)
        for entry, number in zip(due.tolist(), self.talking.numbers(one).tolist(), strict=True):
            self.outcomes.kept(step, np.array([entry]), conversation=number)

    def _draw(self, step: Step, one: Rows, other: Rows) -> None:
        """Whether each pair talks; one of them begins."""
        r = self.residents
        willing, lonely = self._willingness(step, one, other)
        able = (willing > 0).nonzero()[0]
        one, other, lonely = one[able], other[able], lonely[able]
        numbers = r.numbers
        lucky = step.draws.chance(willing[able], numbers[one], OPPORTUNITY, other=numbers[other])
        one, other, lonely = one[lucky], other[lucky], lonely[lucky]
        if not len(one):
            return
        # Whoever has guests to ask begins, or misses company more, and minds it less.
        hosts, guests = (
            self.hosting.asks(step.instant, *pair) for pair in ((one, other), (other, one))
        )
        eager = self._eagerness(step, other) > self._eagerness(step, one)
        eager = np.where(hosts | guests, ~hosts, eager)
        one, other = np.where(eager, other, one), np.where(eager, one, other)
        why = np.where(lonely, int(Why.LONELY), int(Why.CHANCE))
        self._begin(step, one, other, np.where(hosts | guests, int(Why.HOSTING), why))

    def _begin(self, step: Step, one: Rows, other: Rows, why: NDArray[np.int64]) -> None:
        """Let pairs begin; of those who are in several, the lot decides."""
        numbers = self.residents.numbers
        lot = step.draws.words(numbers[one], LOT, other=numbers[other])
        order = np.lexsort([numbers[other], numbers[one], lot])
        picked = order[first_come(one[order], other[order])]
        one, other, why = one[picked], other[picked], why[picked]
        drawn = step.draws.words(numbers[one][:, None], LENGTH, index=np.arange(2)).astype("i8")
        distant = self.bonds.kind(one, other) < FRIEND
        short = distant & (drawn[:, 0] % 100 < SHORT) & (why != Why.HOSTING)
        limit = self.talking.limit_of(why, short, drawn[:, 1] % 5)
        self.talking.begin(step, one, other, why, limit)

    def _willingness(
        self, step: Step, one: Rows, other: Rows
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """How likely each pair is to talk, millionths; and whether loneliness makes it certain.

        As reference figures have it: chance x tie x mean extraversion / 50 x lack of company / 50.
        Who gives a gathering asks whom they know for certain, and turns to others as one who came
        for company does.
        """
        rules, bonds = self.rules, self.bonds
        ties = bonds.between(one, other)
        strength = bonds.of("strength", ties) + bonds.strength(other, one)
        kind = rules.kind_of(strength // 2)
        fresh = self._is_new(step, one) | self._is_new(step, other)
        kind = np.where(fresh, np.maximum(kind, ACQUAINTANCE), kind)
        lack = FULL - np.minimum(self._social(step, one), self._social(step, other))
        outgoing = (
            self.traits.levels[one, _EXTRAVERSION].astype(np.int64)
            + self.traits.levels[other, _EXTRAVERSION]
        )
        willing = rules.chance * rules.chances[kind] // 100 * outgoing // (2 * _AVERAGE)
        willing = willing * lack // (FULL // 2) * self.climates.talk(step.instant) // 100
        asking = self.hosting.asks(step.instant, one, other)
        asking |= self.hosting.asks(step.instant, other, one)
        seeking = self._sociable(one) | self._sociable(other) | asking
        willing = np.where(seeking, willing * rules.seeking, willing)
        known = (kind >= ACQUAINTANCE) & (rules.chances[kind] > 0) & ~fresh
        lonely = (lack > FULL - self.low) & known
        willing = np.where(lonely | (asking & known), MILLION, np.minimum(willing, MILLION))
        return np.where(self._rested(step, ties), willing, 0), lonely

    def _is_new(self, step: Step, rows: Rows) -> NDArray[np.bool_]:
        """Whether each has come to live here lately: everybody is curious about them."""
        arrived = self.livelihoods.arrived_at[rows]
        return np.asarray((arrived > 0) & (arrived > step.instant - self.settling))

    def _rested(self, step: Step, ties: Rows) -> NDArray[np.bool_]:
        """Whether it is long enough ago that those with these ties talked."""
        met = self.bonds.of("met_at", ties)
        return (met == 0) | (step.instant >= met + self.rules.again)

    def _sociable(self, rows: Rows) -> NDArray[np.bool_]:
        return np.asarray(self.activities.sociable[self.residents.activity[rows]])

    def _social(self, step: Step, rows: Rows) -> NDArray[np.int64]:
        return needs.value_at(self.residents, rows, _SOCIAL, step.instant)

    def _eagerness(self, step: Step, rows: Rows) -> NDArray[np.int64]:
        lack = FULL - self._social(step, rows)
        return lack * (10 + self.traits.levels[rows, _EXTRAVERSION]) // 100

    def _let_join(self, step: Step, free: Rows) -> None:
        """Let those who are free join a talk between people whom they know, in their place."""
        r, t = self.residents, self.talks
        free = free[t.host[free] == 0]
        hosts = self._open_talks() if len(free) else free
        if not len(hosts):
            return
        talk, guest = pairs_across(r.place[hosts], r.place[free])
        if not len(talk):
            return
        hosts, free = hosts[talk], free[guest]
        willing, _ = self._willingness(step, free, hosts)
        lucky = step.draws.chance(willing, r.numbers[free], JOINING, other=r.numbers[hosts])
        hosts, free = hosts[lucky], free[lucky]
        for index in first_come(hosts, free).tolist():
            self.talking.join(step, int(free[index]), int(hosts[index]))

    def _open_talks(self) -> Rows:
        """The rows of talks for company that have begun and have room for one more."""
        r, t = self.residents, self.talks
        hosts = (t.host[:] == r.numbers).nonzero()[0]
        phase = t.phase[hosts]
        going_on = (phase == int(Phase.GREETING)) | (phase == int(Phase.ACTIVE))
        hosts = hosts[going_on & (t.turns[hosts] > 0) & ~IN_PASSING[t.why[hosts]]]
        if not len(hosts):
            return hosts
        # Nobody joins in the middle of what somebody is about to say.
        thinking = t.host[t.asked_at[:] > 0]
        if len(thinking):
            hosts = hosts[~np.isin(r.numbers[hosts], thinking)]
        return hosts[self.talking.sizes(hosts) < self.rules.group]

    def _serve(self, step: Step, entered: Rows) -> None:
        """Staff greet who comes in, if they are free."""
        r, t = self.residents, self.talks
        guests = entered[(t.host[entered] == 0) & (r.place[entered] != r.workplace[entered])]
        guests = guests[r.place[guests] != r.home[guests]]
        if not len(guests):
            return
        staff = self._on_duty().nonzero()[0]
        staff = staff[self._paid(staff)]
        if not len(staff):
            return
        lucky = step.draws.chance(self.rules.service, r.numbers[guests], SERVICE)
        self._attend(step, guests[lucky], staff, Why.SERVICE)

    def _teach(self, step: Step) -> None:
        """A teacher has a word with a student now and then."""
        on_duty = self._on_duty().nonzero()[0]
        paid = self._paid(on_duty)
        students, teachers = on_duty[~paid], on_duty[paid]
        lucky = step.draws.chance(self.rules.lesson, self.residents.numbers[students], LESSON)
        self._attend(step, students[lucky], teachers, Why.LESSON)

    def _on_duty(self) -> NDArray[np.bool_]:
        """Who is at work or in class, and talks with nobody."""
        r, t = self.residents, self.talks
        at_work = self.activities.is_duty[r.activity[:]] & (r.place[:] == r.workplace[:])
        return np.asarray(at_work & (t.host[:] == 0))

    def _paid(self, rows: Rows) -> NDArray[np.bool_]:
        return np.asarray(self.occupations.pay[self.residents.occupation[rows]] > 0)

    def _attend(self, step: Step, guests: Rows, staff: Rows, why: Why) -> None:
        """Let somebody of the staff talk to each of the guests, who are not met too soon again."""
        r = self.residents
        turn, index = pairs_across(r.place[guests], r.place[staff])
        if not len(turn):
            return
        guest, host = guests[turn], staff[index]
        rested = self._rested(step, self.bonds.between(host, guest))
        turn, guest, host = turn[rested], guest[rested], host[rested]
        lot = step.draws.words(r.numbers[host], LOT, other=r.numbers[guest])
        order = np.lexsort([r.numbers[host], lot, turn])
        chosen = order[first_come(host[order], guest[order])]
        reason = np.full(len(chosen), int(why))
        limit = self.talking.limit_of(reason, np.ones(len(chosen), dtype=np.bool_), reason * 0)
        self.talking.begin(step, host[chosen], guest[chosen], reason, limit)
