"""Instinct: the mind that needs no model. Free, offline, and always there.

Every option is weighed by what it would change for one's needs, by duty, habit, character and
company, less the way there; then one is drawn, the better the likelier. All of it is arithmetic on
integers, so the choice of one does not depend on who else decides in the same instant or batch.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents.activities import HALF_HOUR, Activities
from agents.minds.situation import Choices, Situations
from agents.needs import ENERGY, NEEDS, TRAITS, NeedRules, milli
from agents.provenance import Motive
from agents.sections import InstinctSpec
from world.engine.draws import Draws, purpose
from world.engine.gametime import HOUR, MINUTE, second_of_day
from world.engine.lines import FULL

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
    """How instinct weighs; milli-points of utility, see the scenario's instinct.yaml."""

    temperature: int
    walking_hour: int
    duty: int
    conscience: int
    crowd: int
    shun: int
    bed_energy: int

    @classmethod
    def compile(cls, spec: InstinctSpec) -> "Instinct":
        """From the section `instinct`."""
        return cls(
            temperature=milli(spec.temperature),
            walking_hour=milli(spec.walking_hour),
            duty=milli(spec.duty),
            conscience=milli(spec.conscience),
            crowd=milli(spec.crowd),
            shun=spec.shun_minutes * MINUTE,
            bed_energy=milli(spec.bed_energy),
        )

    def decide(
        self,
        situations: Situations,
        *,
        now: int,
        activities: Activities,
        needs: NeedRules,
        draws: Draws,
    ) -> Choices:
        """One choice for each resident, drawn with their own luck."""
        parts = self._parts(situations, now, activities, needs)
        utility = parts.sum(axis=0) - self._walk(situations, now)
        best = np.where(situations.possible, utility, np.iinfo(np.int64).min).max(axis=1)
        distance = (best[:, None] - utility) * _STEPS // self.temperature
        weights = np.where(
            situations.possible, _WEIGHTS[np.clip(distance, 0, len(_WEIGHTS) - 1)], 0
        )
        sums = np.cumsum(weights, axis=1)
        decided = sums[:, -1] > 0
        ticket = draws.below(np.maximum(sums[:, -1], 1), situations.number, CHOOSE)
        chosen = (sums <= ticket[:, None]).sum(axis=1)
        chosen = np.minimum(chosen, sums.shape[1] - 1)
        rows = np.arange(len(chosen))
        spoke = parts[:, rows, chosen]
        return Choices(
            place=situations.options.place[rows, chosen],
            activity=situations.options.activity[rows, chosen],
            motive=np.where(spoke.max(axis=0) > 0, spoke.argmax(axis=0) + 1, int(Motive.NONE)),
            decided=decided,
        )

    def _parts(
        self, situations: Situations, now: int, activities: Activities, needs: NeedRules
    ) -> NDArray[np.int64]:
        """What speaks for each option, int64[10, n, C], in the order of Motive."""
        activity = situations.options.activity
        traits = (situations.traits - 50) * 2
        relief = relieved(situations, activities, needs, self.bed_energy)
        conscience = traits[:, _CONSCIENTIOUSNESS] * self.conscience // 100
        duty = np.where(situations.is_duty, self.duty + conscience[:, None], 0)
        half_hour = second_of_day(situations.arrives_at) // HALF_HOUR
        habit = activities.hours[activity, half_hour] + activities.appeal[activity]
        character = np.zeros_like(habit)
        for index in range(len(TRAITS)):
            character += activities.traits[activity, index] * traits[:, index, None] // 100
        return np.concatenate(
            [relief, np.stack([duty, habit, character, self._company(situations, traits)])]
        )

    def _company(self, situations: Situations, traits: NDArray[np.int64]) -> NDArray[np.int64]:
        """Company draws the extravert and drives the introvert, but only what is at hand is known."""
        here = (situations.options.place == situations.place[:, None]) & (
            situations.crowd[:, None] > 0
        )
        pull = self.crowd * traits[:, _EXTRAVERSION] // 100
        crowded = np.where(situations.crowd > CROWDED, self.crowd, 0)
        return np.where(here, (pull - crowded)[:, None], 0)

    def _walk(self, situations: Situations, now: int) -> NDArray[np.int64]:
        return (situations.arrives_at - now) * self.walking_hour // HOUR


def relieved(
    situations: Situations, activities: Activities, needs: NeedRules, bed_energy: int
) -> NDArray[np.int64]:
    """What each option does for each need, int64[6, n, C] in milli-points of utility.

    The burden of a need grows with the square of what it lacks, so relief counts most where the
    lack is greatest, and nothing beyond full. An option's effect is compared with letting things
    go for the same time.
    """
    activity = situations.options.activity
    span = expected_span(situations, activities, bed_energy)
    parts = []
    for need in range(len(NEEDS)):
        value = situations.needs[:, need, None]
        drift = situations.sinking[:, need, None]
        rate = np.where(activities.fixed[activity, need], activities.rates[activity, need], drift)
        idle = np.clip(value + drift * span // HOUR, 0, FULL)
        after = np.clip(value + rate * span // HOUR + activities.gains[activity, need], 0, FULL)
        burden, lighter = FULL - idle, FULL - after
        change = (burden * burden - lighter * lighter) // FULL
        parts.append(change * needs.weight[need] // 100)
    return np.stack(parts)


def expected_span(
    situations: Situations, activities: Activities, bed_energy: int
) -> NDArray[np.int64]:
    """How long each option would take, int64[n, C] game seconds: what it usually takes, if so long.

    Sleep takes as long as one is tired.
    """
    activity = situations.options.activity
    usual = (activities.shortest[activity] + activities.longest[activity]) // 2
    rate = np.maximum(activities.rates[activity, ENERGY], 1)
    missing = np.maximum(bed_energy - situations.needs[:, ENERGY, None], 0)
    sleeping = np.clip(
        missing * HOUR // rate, activities.shortest[activity], activities.longest[activity]
    )
    wanted = np.where(activities.until_rested[activity], sleeping, usual)
    return np.clip(situations.ends_by - situations.arrives_at, 0, wanted)
