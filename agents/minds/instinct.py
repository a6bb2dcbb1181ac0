"""Instinct: the mind that needs no model. Free, offline, and always there.

Every option is weighed by what it would change for one's needs, by duty, habit, character and
company, less the way there; then one is drawn, the better the likelier. All of it is arithmetic on
integers, so the choice of one does not depend on who else decides in the same instant or batch.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents.activities import HALF_HOUR, HALF_HOURS, Activities
from agents.effects import UNBOUNDED
from agents.minds.situation import Choices, Situations
from agents.needs import ENERGY, TRAITS, NeedRules, milli
from agents.provenance import Motive
from agents.sections import InstinctSpec
from economy.classes import Classes
from economy.money import YUAN
from world.engine.draws import Draws, purpose
from world.engine.gametime import HOUR, MINUTE, second_of_day
from world.engine.lines import FULL
from world.happenings import USUAL, HappeningsSpec
from world.weather import Weather

CHOOSE = purpose("agents.instinct.choose")

CROWDED = 80
"""Per cent of seats taken above which a place is crowded."""

_STEPS = 64
"""Steps of the table of weights in which a weight falls by a factor of e."""
_WEIGHTS = np.array(
    [round(2**20 * math.exp(-step / _STEPS)) for step in range(14 * _STEPS)] + [0],
    dtype=np.int64,
)

_EXTRAVERSION = TRAITS.index("extraversion")
_CONSCIENTIOUSNESS = TRAITS.index("conscientiousness")


@dataclass(frozen=True)
class Instinct:
    """How instinct weighs; milli-points of utility, see the scenario's instinct.yaml.

    night_begins, wakes: game seconds of the day. outdoors, staying: int64[W], and walking:
    int64[W] per cent, by kind of weather.
    """

    activities: Activities
    needs: NeedRules
    classes: Classes
    weather: Weather
    temperature: int
    walking_hour: int
    duty: int
    conscience: int
    crowd: int
    guests: int
    price: int
    search: int
    mood: HappeningsSpec
    shun: int
    bed_energy: int
    night_begins: int
    wakes: tuple[int, int]
    outdoors: NDArray[np.int64]
    staying: NDArray[np.int64]
    walking: NDArray[np.int64]

    @classmethod
    def compile(
        cls,
        spec: InstinctSpec,
        *,
        activities: Activities,
        needs: NeedRules,
        classes: Classes,
        weather: Weather,
        mood: HappeningsSpec,
    ) -> "Instinct":
        """From the section `instinct` and the rules of the town that it weighs."""
        moods = [spec.weather[kind] for kind in weather.keys]
        return cls(
            activities=activities,
            needs=needs,
            classes=classes,
            weather=weather,
            temperature=milli(spec.temperature),
            walking_hour=milli(spec.walking_hour),
            duty=milli(spec.duty),
            conscience=milli(spec.conscience),
            crowd=milli(spec.crowd),
            guests=milli(spec.guests),
            price=milli(spec.price),
            search=milli(spec.search),
            mood=mood,
            shun=spec.shun_minutes * MINUTE,
            bed_energy=milli(spec.bed_energy),
            night_begins=spec.night_begins,
            wakes=spec.wakes,
            outdoors=np.array([milli(mood.outdoors) for mood in moods], dtype=np.int64),
            staying=np.array([milli(mood.staying) for mood in moods], dtype=np.int64),
            walking=np.array([mood.walking for mood in moods], dtype=np.int64),
        )

    def decide(self, situations: Situations, *, now: int, draws: Draws) -> Choices:
        """One choice for each resident, drawn with their own luck."""
        kind = self.weather.kind_at(now)
        parts = self._parts(situations, kind)
        # As parts.sum(axis=1), in half the time.
        utility = np.einsum("nmc->nc", parts) - self._costs(situations, now, kind)
        utility[~situations.possible] = -UNBOUNDED
        distance = (utility.max(axis=1)[:, None] - utility) * _STEPS // self.temperature
        weights = _WEIGHTS[np.minimum(distance, len(_WEIGHTS) - 1)]
        weights[~situations.possible] = 0
        sums = np.cumsum(weights, axis=1)
        decided = sums[:, -1] > 0
        ticket = draws.below(np.maximum(sums[:, -1], 1), situations.number, CHOOSE)
        chosen = (sums <= ticket[:, None]).sum(axis=1)
        chosen = np.minimum(chosen, sums.shape[1] - 1)
        rows = np.arange(len(chosen))
        spoke = parts[rows, :, chosen]
        return Choices(
            place=situations.options.place[rows, chosen],
            activity=situations.options.activity[chosen],
            motive=np.where(spoke.max(axis=1) > 0, spoke.argmax(axis=1) + 1, int(Motive.NONE)),
            decided=decided,
        )

    def _parts(self, situations: Situations, weather: int) -> NDArray[np.int64]:
        """What speaks for each option, int64[n, 12, C], in the order of Motive."""
        activities, options = self.activities, situations.options
        activity, on_duty = options.activity, options.offers.on_duty
        count, width = situations.possible.shape
        parts = np.zeros((count, int(Motive.MONEY), width), dtype=np.int64)
        traits = (situations.traits - 50) * 2
        parts.reshape(count, -1)[:, options.offers.effects.cell] = self._relief(situations)
        duty = (self.duty + traits[:, _CONSCIENTIOUSNESS] * self.conscience // 100)[:, None]
        if situations.climate.festival:
            duty = duty * self.mood.festival.duty // 100
        parts[:, Motive.DUTY - 1, on_duty] = duty
        half_hour = second_of_day(situations.arrives_at) // HALF_HOUR
        habits = activities.hours.reshape(-1)[activity * HALF_HOURS + half_hour]
        parts[:, Motive.HABIT - 1] = habits + activities.appeal[activity]
        leanings = options.offers.leanings
        suits = leanings.points * traits[:, leanings.trait] // 100
        character = np.add.reduceat(suits, leanings.begins, axis=1)
        parts[:, Motive.CHARACTER - 1, leanings.columns] = character
        parts[:, Motive.COMPANY - 1] = self._company(situations, traits)
        parts[:, Motive.WEATHER - 1] = np.where(
            situations.outdoors,
            self.outdoors[weather],
            np.where(situations.here, self.staying[weather], 0),
        )
        eagerness = self.classes.works[situations.money_class] - 100
        parts[:, Motive.MONEY - 1, on_duty] = duty * eagerness[:, None] // 100
        self._want_work(situations, parts)
        parts[:, Motive.COMPANY - 1] += self._drawn(situations)
        return parts

    def _drawn(self, situations: Situations) -> NDArray[np.int64] | int:
        """What goes on in town draws people, and a festival makes them look for each other."""
        climate, options = situations.climate, situations.options
        drawn: NDArray[np.int64] | int = 0
        if len(climate.gatherings):
            at = np.isin(options.place, climate.gatherings)
            drawn = at * milli(self.mood.gathering.draws)
        if climate.festival:
            merry = self.activities.sociable | self.activities.entertains
            drawn = drawn + merry[options.activity] * milli(self.mood.festival.draws)
        return drawn

    def _want_work(self, situations: Situations, parts: NDArray[np.int64]) -> None:
        """Those without work are the keener on looking for it the less they have."""
        if not situations.seeking.any():
            return
        search = np.flatnonzero(self.activities.seeks_work[situations.options.activity])
        works = self.classes.works[situations.money_class] * situations.seeking
        parts[:, Motive.MONEY - 1, search] = (self.search * works // 100)[:, None]

    def _company(self, situations: Situations, traits: NDArray[np.int64]) -> NDArray[np.int64]:
        """Company draws the extravert and drives the introvert; only that at hand is known.

        Who gives a gathering looks for guests.
        """
        pull = self.crowd * traits[:, _EXTRAVERSION] // 100
        pull -= (situations.crowd > CROWDED) * self.crowd
        pull = np.where(situations.crowd > 0, pull, 0)
        shame = self.classes.social[situations.money_class]
        sociable = situations.options.offers.spans.sociable
        drawn = shame + situations.hosting * self.guests
        return np.where(situations.here, pull[:, None], 0) + sociable * drawn[:, None]

    def _costs(self, situations: Situations, now: int, weather: int) -> NDArray[np.int64]:
        """What speaks against each option: the way there, and the price to those of one's means."""
        walk = (situations.arrives_at - now) * (self.walking_hour * self.walking[weather] // 100)
        readiness = np.maximum(self.classes.spends, 1)[situations.money_class]
        priced = situations.options.offers.priced
        price = situations.prices[:, priced] * self.price // (100 * YUAN)
        cost: NDArray[np.int64] = walk // HOUR
        if situations.climate.crisis:
            readiness = readiness * self.mood.crisis.spending // USUAL
        cost[:, priced] += price * 100 // np.maximum(readiness, 1)[:, None]
        return cost

    def _relief(self, situations: Situations) -> NDArray[np.int64]:
        """What the options do for needs, milli-points of utility for each pair of `Effects`.

        The burden of a need grows with the square of what it lacks, so relief counts most where
        the lack is greatest, and nothing beyond full. What makes a need sink faster than it does
        anyway counts as harm.
        """
        effects = situations.options.offers.effects
        span = self._span(situations)[:, effects.column]
        value = situations.needs[:, effects.need]
        drift = situations.sinking[:, effects.need]
        # To sink more slowly is no relief: else whatever takes long would look good.
        rate = np.maximum(np.minimum(effects.sinks - drift, 0), effects.raises)
        after = np.maximum(value + rate * span // HOUR, 0) + effects.gains
        lacks, will_lack = FULL - value, FULL - np.minimum(after, FULL)
        change = (lacks * lacks - will_lack * will_lack) // FULL
        return change * self.needs.weight[effects.need] // 100

    def _span(self, situations: Situations) -> NDArray[np.int64]:
        """How long each option would take, int64[n, C] game seconds: as usual, if time allows.

        Sleep takes as long as one is tired.
        """
        spans = situations.options.offers.spans
        allowed = np.maximum(situations.ends_by - situations.arrives_at, 0)
        span = np.minimum(allowed, spans.usual)
        missing = np.maximum(self.bed_energy - situations.needs[:, ENERGY, None], 0)
        sleep = missing * HOUR // spans.bed_rates
        sleep = np.minimum(np.maximum(sleep, spans.bed_shortest), spans.bed_longest)
        span[:, spans.beds] = np.minimum(allowed[:, spans.beds], sleep)
        return span
