"""Outlook: what residents know of their options as they decide."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import needs
from agents.minds import climate
from agents.minds.climate import Climates
from agents.minds.situation import Situations
from agents.needs import NeedRules
from agents.news import hosting
from agents.news.hosting import Hosting
from agents.options import Offers, Options
from agents.systems import purse, timing
from agents.systems.purse import Purse
from agents.systems.timing import MORNING, Timing
from world.engine.columns import Rows
from world.engine.gametime import MINUTE, NEVER

EARLY_WITHIN = 40 * MINUTE
"""How long before duty begins one may already turn up for it."""

READS = (
    *timing.READS,
    *needs.COLUMNS,
    *hosting.READS,
    "traits.levels",
    "residents.alone",
    "residents.occupation",
    "residents.shunned",
    "residents.shunned_until",
    *purse.READS,
    *climate.READS,
)


class Outlook:
    """Puts together the situations of residents. columns: granted tables with READS readable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.traits = columns.traits
        self.timing = Timing(columns, constants)
        self.purse = Purse(columns, constants)
        self.hosting = Hosting(columns)
        self.activities = self.timing.activities
        self.shifts = self.timing.shifts
        self.places = self.timing.places
        self.walks = self.timing.walks
        self.climates = Climates(columns, constants)
        self.needs: NeedRules = constants["needs"]
        self.offers: Offers = constants["offers"]
        self.duties: NDArray[np.int64] = constants["duties"]
        self.seeking: int = constants["occupations"].seeking
        self.outdoors: NDArray[np.bool_] = constants["outdoors"]

    def situations(self, rows: Rows, now: int, *, own_judgement: bool = False) -> Situations:
        """What these residents may know at `now`: of anywhere else, nothing that just changed.

        own_judgement: leave it to them whether something fits in before duty or closing time, and
        whether to try again where they were turned away.
        """
        r = self.residents
        place = r.place[rows].astype(np.int64)
        traits = self.traits.levels[rows].astype(np.int64)
        options = self.offers.of(
            place=place,
            home=r.home[rows].astype(np.int64),
            workplace=r.workplace[rows].astype(np.int64),
            duty=self.duties[r.occupation[rows]],
        )
        crowd = self._crowd(place)
        balance = self.purse.balance(rows)
        money_class = self.purse.classes.of(balance)
        prices = self.purse.prices(options, money_class)
        seeking = r.occupation[rows] == self.seeking
        here = options.place == place[:, None]
        arrives = now + np.where(here, 0, self.timing.seconds_to(rows, options.row, now))
        is_open, shuts = self.places.hours_at(options.row, arrives)
        # One's own home is never shut, and the street neither.
        unshut = (options.place == 0) | (options.place == r.home[rows][:, None])
        called = self.timing.called_at(rows, now)
        shuts = np.where(unshut, NEVER, shuts)
        climate_now = self.climates.at(now)
        shuts = self._curfew(rows, options, shuts, now)
        ends_by = self._ends_by(rows, options, arrives, shuts, called)
        return Situations(
            number=r.numbers[rows],
            traits=traits,
            needs=needs.values_at(r, rows, now),
            sinking=self.needs.sinking(
                traits, r.alone[rows] == 1, self.purse.classes.stress[money_class]
            ),
            crowd=crowd,
            money_class=money_class,
            seeking=seeking,
            climate=climate_now,
            prices=prices,
            hosting=self.hosting.seeks(now, rows),
            options=options,
            here=here,
            outdoors=self.outdoors[options.place],
            arrives_at=arrives,
            ends_by=ends_by,
            possible=self._possible(
                rows,
                options,
                arrives,
                affordable=prices <= np.maximum(balance, 0)[:, None],
                called=called,
                ends_by=shuts if own_judgement else ends_by,
                is_open=is_open | unshut,
                now=now,
                own_judgement=own_judgement,
                shut=climate_now.shut,
            )
            & ~(here & options.offers.spans.sociable & (crowd <= 0)[:, None])
            & (seeking[:, None] | ~self.activities.seeks_work[options.activity]),
        )

    def _crowd(self, place: NDArray[np.int64]) -> NDArray[np.int64]:
        """Per cent of seats that others have taken where one is; -1 in the street."""
        people = np.bincount(self.residents.place[:], minlength=len(self.places) + 1)
        others = people[place] - 1
        capacity = self.places.capacity[np.maximum(place, 1) - 1]
        # Even one person among many seats counts as company.
        return np.where(place > 0, -(-others * 100 // capacity), -1)

    def _ends_by(
        self,
        rows: Rows,
        options: Options,
        arrives: NDArray[np.int64],
        shuts: NDArray[np.int64],
        called: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """When each option would have to end: for closing time, for duty, or as duty ends."""
        r = self.residents
        goals, spans = options.row, options.offers.spans
        workplace = np.maximum(r.workplace[rows], 1).astype(np.int64) - 1
        back = self.walks.between(goals, workplace[:, None])
        ends = self.timing.turns_up_at(rows, called)[:, None] - back
        ends[:, spans.beds] -= MORNING
        ends = np.minimum(ends, shuts)
        on_duty = options.offers.on_duty
        ends[:, on_duty] = self.shifts.free_at(r.shift[rows][:, None], arrives[:, on_duty])
        return ends

    def _possible(
        self,
        rows: Rows,
        options: Options,
        arrives: NDArray[np.int64],
        *,
        affordable: NDArray[np.bool_],
        called: NDArray[np.int64],
        ends_by: NDArray[np.int64],
        is_open: NDArray[np.bool_],
        now: int,
        own_judgement: bool,
        shut: NDArray[np.int64],
    ) -> NDArray[np.bool_]:
        """What the calendar, opening hours, one's purse and one's own memory do not rule out.

        ends_by: when it would have to end. shut: places that a disaster has closed.
        """
        r, spans = self.residents, options.offers.spans
        # Whether one works there is asked of what is shut alone.
        may_enter = is_open | self.timing.staffs(
            rows, np.where(is_open, -1, options.place), arrives
        )
        shunned = (options.place == r.shunned[rows][:, None]) & (
            now < r.shunned_until[rows][:, None]
        )
        shortest = spans.shortest
        if own_judgement:
            shunned[:] = False
            shortest = np.full_like(shortest, self.walks.grid)
        fits = spans.anywhere | (ends_by - arrives >= shortest)
        on_duty = options.offers.on_duty
        fits[:, on_duty] = self._expected(rows, arrives[:, on_duty], called)
        possible: NDArray[np.bool_] = options.exists & may_enter & ~shunned & affordable & fits
        possible &= self._served(rows, options)
        if len(shut):
            possible &= ~np.isin(options.place, shut) | (options.place == r.home[rows][:, None])
        return possible

    def _curfew(
        self, rows: Rows, options: Options, shuts: NDArray[np.int64], now: int
    ) -> NDArray[np.int64]:
        """When each option must be over, so that one is at home in time, unless it is duty."""
        home_by = self.climates.home_by(now)
        if home_by == NEVER:
            return shuts
        home = self.residents.home[rows].astype(np.int64)
        back = self.walks.between(options.row, home[:, None] - 1)
        latest = np.minimum(shuts, home_by - back)
        latest = np.where(options.place == home[:, None], shuts, latest)
        latest[:, options.offers.on_duty] = shuts[:, options.offers.on_duty]
        return latest

    def _served(self, rows: Rows, options: Options) -> NDArray[np.bool_]:
        """Where somebody trades, as midnight publishes; what is sold out one sees only here."""
        place = self.residents.place[rows]
        empty = self.purse.enterprises.sold_out(place, np.ones_like(place))
        served: NDArray[np.bool_] = self.purse.enterprises.trading()[options.place]
        if empty.any():
            here = options.place == place[:, None]
            served = served & ~(here & empty[:, None] & (options.offers.price > 0))
        return served

    def _expected(
        self, rows: Rows, arrives: NDArray[np.int64], called: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Whether each is expected on duty at these times, or soon enough after."""
        r = self.residents
        shift, workdays = r.shift[rows][:, None], r.workdays[rows][:, None]
        early = called[:, None] - arrives
        on_duty = self.shifts.on_duty(shift, workdays, arrives)
        return np.asarray(on_duty | ((early >= 0) & (early <= EARLY_WITHIN)))
