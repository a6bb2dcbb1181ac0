"""Meetings: who begins to talk with whom, and who joins those who talk already."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import needs
from agents.conversations import company, talking
from agents.conversations.bonds import Bonds
from agents.conversations.company import Company, noticed, pairs_within
from agents.conversations.rules import (
    ACQUAINTANCE,
    FRIEND,
    HALF_AN_HOUR,
    MILLION,
    TalkRules,
)
from agents.conversations.talking import Talking
from agents.conversations.vocabulary import Phase, Why
from agents.needs import NEEDS, TRAITS
from agents.occupations import Occupations
from agents.systems.conduct import ENTERED
from world.engine.columns import Rows
from world.engine.draws import purpose
from world.engine.gametime import on_or_after
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
        "residents.workplace",
    )
    writes = talking.WRITES

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.talks = columns.talks
        self.traits = columns.traits
        self.company = Company(columns, constants)
        self.bonds = Bonds(columns, constants)
        self.talking = Talking(columns, constants)
        self.rules: TalkRules = constants["talk"]
        self.occupations: Occupations = constants["occupations"]
        self.activities = constants["activities"]
        self.low: int = constants["needs"].low

    def next_due(self, after: int) -> int:
        return on_or_after(after + 1, HALF_AN_HOUR)

    def on_time(self, step: Step) -> None:
        """Everybody who shares a place has another chance."""
        self._bring_together(step, self.company.free(step), newly=None)
        self._teach(step)

    def run(self, step: Step) -> None:
        entered = step.marked(ENTERED)
        if not len(entered) or step.instant % HALF_AN_HOUR == 0:
            return
        places = np.unique(self.residents.place[entered])
        self._serve(step, entered)
        self._bring_together(step, self.company.free(step, places), newly=entered)

    def _bring_together(self, step: Step, free: Rows, newly: Rows | None) -> None:
        """Let pairs of these begin to talk, as their luck has it. newly: who has just come in."""
        r, rules = self.residents, self.rules
        if len(free) < 2:
            self._let_join(step, free if newly is None else np.intersect1d(free, newly))
            return
        one, other = (free[index] for index in pairs_within(r.place[free]))
        if newly is not None:
            fresh = np.isin(one, newly) | np.isin(other, newly)
            one, other = one[fresh], other[fresh]
        if len(one):
            people = np.bincount(r.place[free])[r.place[one]] - 1
            seen = noticed(step, r.numbers[one], r.numbers[other], people, rules.crowd)
            one, other = one[seen], other[seen]
        if len(one):
            self._draw(step, one, other)
        left = free if newly is None else np.intersect1d(free, newly)
        self._let_join(step, left[self.talks.host[left] == 0])

    def _draw(self, step: Step, one: Rows, other: Rows) -> None:
        """Whether each pair talks; one of them begins."""
        r = self.residents
        willing, lonely = self._willingness(step, one, other)
        lucky = step.draws.chance(willing, r.numbers[one], OPPORTUNITY, other=r.numbers[other])
        one, other, lonely = one[lucky], other[lucky], lonely[lucky]
        if not len(one):
            return
        # Whoever misses company more, and minds it less, begins.
        eager = self._eagerness(step, other) > self._eagerness(step, one)
        one, other = np.where(eager, other, one), np.where(eager, one, other)
        why = np.where(lonely, int(Why.LONELY), int(Why.CHANCE))
        self._begin(step, one, other, why)

    def _begin(self, step: Step, one: Rows, other: Rows, why: NDArray[np.int64]) -> None:
        """Let pairs begin; of those who are in several, the lot decides."""
        numbers = self.residents.numbers
        lot = step.draws.words(numbers[one], LOT, other=numbers[other])
        taken: set[int] = set()
        chosen = []
        for index in np.lexsort([numbers[other], numbers[one], lot]).tolist():
            pair = {int(one[index]), int(other[index])}
            if not pair & taken:
                taken |= pair
                chosen.append(index)
        picked = np.array(chosen, dtype=np.int64)
        one, other, why = one[picked], other[picked], why[picked]
        drawn = step.draws.words(numbers[one][:, None], LENGTH, index=np.arange(2)).astype("i8")
        distant = self.bonds.kind(one, other) < FRIEND
        short = distant & (drawn[:, 0] % 100 < SHORT)
        limit = self.talking.limit_of(why, short, drawn[:, 1] % 5)
        self.talking.begin(step, one, other, why, limit)

    def _willingness(
        self, step: Step, one: Rows, other: Rows
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """How likely each pair is to talk, millionths; and whether loneliness makes it certain.

        As reference figures have it: chance x tie x mean extraversion / 50 x lack of company / 50.
        """
        rules = self.rules
        strength = self.bonds.strength(one, other) + self.bonds.strength(other, one)
        kind = rules.kind_of(strength // 2)
        lack = FULL - np.minimum(self._social(step, one), self._social(step, other))
        outgoing = (
            self.traits.levels[one, _EXTRAVERSION].astype(np.int64)
            + self.traits.levels[other, _EXTRAVERSION]
        )
        willing = rules.chance * rules.chances[kind] // 100 * outgoing // (2 * _AVERAGE)
        willing = willing * lack // (FULL // 2)
        sociable = self.activities.sociable[self.residents.activity[:]]
        willing = np.where(sociable[one] | sociable[other], willing * rules.seeking, willing)
        lonely = (lack > FULL - self.low) & (kind >= ACQUAINTANCE) & (rules.chances[kind] > 0)
        willing = np.where(lonely, MILLION, np.minimum(willing, MILLION))
        return np.where(self._rested(step, one, other), willing, 0), lonely

    def _rested(self, step: Step, one: Rows, other: Rows) -> NDArray[np.bool_]:
        """Whether it is long enough ago that these talked."""
        met = self.bonds.met_at(one, other)
        return (met == 0) | (step.instant >= met + self.rules.again)

    def _social(self, step: Step, rows: Rows) -> NDArray[np.int64]:
        return needs.values_at(self.residents, rows, step.instant)[:, _SOCIAL]

    def _eagerness(self, step: Step, rows: Rows) -> NDArray[np.int64]:
        lack = FULL - self._social(step, rows)
        return lack * (10 + self.traits.levels[rows, _EXTRAVERSION]) // 100

    def _let_join(self, step: Step, free: Rows) -> None:
        """Let those who are free join a talk between people whom they know, in their place."""
        r, t, rules = self.residents, self.talks, self.rules
        going = np.isin(t.phase[:], (Phase.GREETING, Phase.ACTIVE)) & (t.turns[:] > 0)
        hosts = np.flatnonzero(going & (t.host[:] == r.numbers))
        hosts = hosts[t.why[hosts] < Why.SERVICE]
        if not len(hosts) or not len(free):
            return
        hosts = hosts[np.isin(r.place[hosts], r.place[free])]
        for host in hosts.tolist():
            near = free[(r.place[free] == r.place[host]) & (t.host[free] == 0)]
            if not len(near):
                continue
            inside = np.repeat(host, len(near))
            willing, _ = self._willingness(step, near, inside)
            lucky = step.draws.chance(willing, r.numbers[near], JOINING, other=r.numbers[host])
            room = rules.group - len(self.talking.people(host))
            for row in near[lucky][: max(room, 0)].tolist()[:1]:
                self.talking.join(step, row, host)

    def _serve(self, step: Step, entered: Rows) -> None:
        """Staff greet who comes in, if they are free."""
        r, t = self.residents, self.talks
        guests = entered[(t.host[entered] == 0) & (r.place[entered] != r.workplace[entered])]
        guests = guests[r.place[guests] != r.home[guests]]
        if not len(guests):
            return
        paid = self.occupations.pay[r.occupation[:]] > 0
        here = np.isin(r.place[:], r.place[guests])
        at_work = np.flatnonzero(self._on_duty() & paid & here)
        if not len(at_work):
            return
        lucky = step.draws.chance(self.rules.service, r.numbers[guests], SERVICE)
        self._attend(step, guests[lucky], at_work, Why.SERVICE)

    def _teach(self, step: Step) -> None:
        """A teacher has a word with a student now and then."""
        r, on_duty = self.residents, self._on_duty()
        paid = self.occupations.pay[r.occupation[:]] > 0
        students, teachers = np.flatnonzero(on_duty & ~paid), np.flatnonzero(on_duty & paid)
        lucky = step.draws.chance(self.rules.lesson, r.numbers[students], LESSON)
        self._attend(step, students[lucky], teachers, Why.LESSON)

    def _on_duty(self) -> NDArray[np.bool_]:
        """Who is at work or in class, and talks with nobody."""
        r, t = self.residents, self.talks
        at_work = self.activities.is_duty[r.activity[:]] & (r.place[:] == r.workplace[:])
        return np.asarray(at_work & (t.host[:] == 0))

    def _attend(self, step: Step, guests: Rows, staff: Rows, why: Why) -> None:
        """Let somebody of the staff talk to each of the guests, who are not met too soon again."""
        r, t = self.residents, self.talks
        for guest in guests.tolist():
            free = staff[(r.place[staff] == r.place[guest]) & (t.host[staff] == 0)]
            free = free[self._rested(step, free, np.full(len(free), guest))]
            if not len(free):
                continue
            lot = step.draws.words(r.numbers[free], LOT, other=r.numbers[guest])
            chosen = free[[int(np.lexsort([r.numbers[free], lot])[0])]]
            limit = self.talking.limit_of(np.array([why]), np.array([True]), np.array([0]))
            self.talking.begin(step, chosen, np.array([guest]), np.array([why]), limit)
