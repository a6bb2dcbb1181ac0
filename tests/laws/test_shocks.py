"""Law of shocks: what operators do to a town acts as named, against the same seed without it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest

from agents import needs, wellbeing
from agents.needs import NEEDS
from economy.audit import audit
from economy.models import DayFigures
from world import residence
from world.advance import advance
from world.engine.columns import Columns
from world.engine.gametime import DAY, HOUR, second_of_day
from world.happenings import RULE
from world.models import World
from world.telling import tell

Found = Callable[..., World]

LOOK = HOUR // 2


@dataclass
class Watched:
    """How the residents of a world were at every half hour.

    out: who was neither at home nor expected at work, at night. social, happy: points, on average.
    """

    world: World
    until: int
    out: list[tuple[int, int]] = field(default_factory=list)
    social: list[float] = field(default_factory=list)
    happy: dict[int, list[float]] = field(default_factory=dict)

    def live(self) -> "Watched":
        self._next = self.world.lived_until + LOOK
        advance(world_id=self.world.pk, until=self.until, watch=self._watch)
        self.world.refresh_from_db()
        assert audit(self.world).passed
        return self

    def figures(self) -> list[DayFigures]:
        return list(DayFigures.objects.filter(world=self.world).order_by("midnight"))

    def _watch(self, columns: Columns, nothing_before: int) -> None:
        while self._next < nothing_before:
            self._look(columns, self._next)
            self._next += LOOK

    def _look(self, columns: Columns, now: int) -> None:
        constants = residence.constants_of(self.world)
        table = columns["residents"].arrays
        r = columns.grant(reads=[f"residents.{name}" for name in table], writes=()).residents
        rows = np.arange(len(r.numbers))
        values = needs.values_at(r, rows, now)
        self.social.append(float(values[:, NEEDS.index("social")].mean()))
        classes = constants["classes"]
        owned = columns["accounts"].arrays["balance"][columns["accounts"].rows_of(r.numbers)]
        happy = wellbeing.happiness(values, classes.of(owned), classes)
        for number, points in zip(r.numbers.tolist(), happy.tolist(), strict=True):
            self.happy.setdefault(number, []).append(points)
        if second_of_day(now) >= 22 * HOUR or second_of_day(now) < 6 * HOUR:
            bound = np.where(r.place > 0, r.place, r.bound_for)
            duty = constants["shifts"].near_duty(r.shift, r.workdays, now, HOUR)
            abroad = (bound != r.home) & ~(duty & (bound == r.workplace))
            self.out += [(now, number) for number in r.numbers[abroad].tolist()]


@pytest.fixture(scope="module")
def lived(found_shared: Found) -> dict[str, Watched]:
    """Hamlets of one seed that were lived for some days, each with another rule, by its name."""
    pensioners = _pensioners(found_shared(seed=11))
    # Both towns take their savings, so that they live on what they are paid.
    purses = dict.fromkeys(pensioners, -990000)
    towns: dict[str, tuple[int, dict[int, int], dict[str, int]]] = {
        "usual": (5, {}, {}),
        "crisis": (5, {}, {"crisis": 1}),
        "festival": (2, {}, {"festival": 1}),
        "curfew": (2, {}, {"curfew": 1}),
        "day off": (1, {}, {"day_off": 1}),
        "taxed": (2, {}, {"tax": 200}),
        "poor": (5, purses, {}),
        "poor with pension": (5, purses, {"pension": 60_000}),
    }
    return {name: _live(found_shared(seed=11), *town) for name, town in towns.items()}


def _live(world: World, days: int, purses: dict[int, int], rules: dict[str, int]) -> Watched:
    for number, fen in purses.items():
        tell(world=world, kind="agent_purse", subject=number, payload={"fen": fen})
    for rule, value in rules.items():
        tell(world=world, kind=RULE.name, payload={"rule": rule, "value": value})
    return Watched(world, days * DAY + HOUR).live()


def _pensioners(world: World) -> list[int]:
    codes = [spec.key for spec in residence.rules_of(world)["occupations"]]
    return list(
        world.actors.filter(state__occupation=codes.index("retired"))
        .order_by("number")
        .values_list("number", flat=True)
    )


pytestmark = pytest.mark.usefixtures("db")
Lived = dict[str, Watched]


def test_a_crisis_raises_unemployment_and_lowers_spending(lived: Lived) -> None:
    usual, crisis = lived["usual"].figures(), lived["crisis"].figures()
    assert sum(day.spending for day in crisis) < 0.97 * sum(day.spending for day in usual)
    assert crisis[-1].unemployment > usual[-1].unemployment
    assert max(day.unemployment for day in crisis) >= 100
    # The first midnight comes before anybody is let go.
    assert sum(day.worked for day in crisis[2:]) < sum(day.worked for day in usual[2:])


def test_a_festival_lifts_company_and_lowers_work(lived: Lived) -> None:
    usual, festival = lived["usual"], lived["festival"]
    looks = len(festival.social)
    assert np.mean(festival.social) > 1.02 * np.mean(usual.social[:looks])
    worked = [sum(day.worked for day in each.figures()[:2]) for each in (usual, festival)]
    assert worked[1] < 0.9 * worked[0]


def test_under_curfew_only_shift_workers_are_out_at_night(lived: Lived) -> None:
    usual, curfew = lived["usual"], lived["curfew"]
    assert len(usual.out) > 5, "people go out at night if they may"
    assert curfew.out == []


def test_a_higher_pension_makes_pensioners_happier(lived: Lived) -> None:
    pensioners = _pensioners(lived["poor"].world)
    assert pensioners
    days = 2 * DAY // LOOK

    def happiness(town: Watched) -> float:
        return float(np.mean([np.mean(town.happy[number][days:]) for number in pensioners]))

    assert happiness(lived["poor with pension"]) > happiness(lived["poor"]) + 3_000


def test_a_day_off_empties_the_offices_for_a_day(lived: Lived) -> None:
    usual, off = lived["usual"].figures(), lived["day off"].figures()
    assert off[0].worked < 0.7 * usual[0].worked


def test_a_tax_takes_what_it_says(lived: Lived) -> None:
    usual, taxed = lived["usual"].figures(), lived["taxed"].figures()
    assert usual[0].income == taxed[0].income, "until the first midnight both are the same town"
    assert taxed[0].spending > usual[0].spending
