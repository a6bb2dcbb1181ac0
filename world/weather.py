"""Weather: drawn by season, a span of hours at a time, and known from the seed alone."""

from functools import lru_cache
from typing import Annotated

from pydantic import Field, PositiveInt, model_validator

from world.calendar import Calendar
from world.engine.draws import Draws, purpose
from world.engine.gametime import DAY, HOUR, midnight_before
from world.scenario import Bilingual, Section, Strict
from world.sections import Key

KIND = purpose("world.weather.kind")
PERSISTS = purpose("world.weather.persists")
WARMTH = purpose("world.weather.warmth")

Percent = Annotated[int, Field(ge=0, le=100)]
Degrees = Annotated[int, Field(ge=-60, le=60)]


class WeatherKindSpec(Strict):
    """A kind of weather."""

    key: Key
    name: Bilingual


class SeasonSpec(Strict):
    """Months (1 to 12) with the weight of each kind of weather and the range of temperatures."""

    key: Key
    name: Bilingual
    months: Annotated[list[Annotated[int, Field(ge=1, le=12)]], Field(min_length=1)]
    weights: dict[Key, Annotated[int, Field(ge=0)]]
    degrees: tuple[Degrees, Degrees]


class WeatherSpec(Strict):
    """weather.yaml. hours: how long a weather lasts at least, a part of a day. persists: per cent,
    the chance that it stays for another span on the same day."""

    hours: PositiveInt
    persists: Percent
    kinds: Annotated[list[WeatherKindSpec], Field(min_length=1)]
    seasons: list[SeasonSpec]

    @model_validator(mode="after")
    def every_month_has_weather(self) -> "WeatherSpec":
        """Seasons cover each month once, with weights for known kinds only, not all of them 0."""
        if 24 % self.hours:
            raise ValueError("expected hours that divide a day")
        months = sorted(month for season in self.seasons for month in season.months)
        if months != list(range(1, 13)):
            raise ValueError("expected seasons that hold every month from 1 to 12 once")
        known = {kind.key for kind in self.kinds}
        for season in self.seasons:
            if set(season.weights) - known or not sum(season.weights.values()):
                raise ValueError(f"expected weights for {', '.join(sorted(known))}")
            if season.degrees[0] > season.degrees[1]:
                raise ValueError("expected degrees: [lowest, highest]")
        return self


SECTION = Section("weather", WeatherSpec)


class Weather:
    """The weather of one world, at any time."""

    def __init__(self, spec: WeatherSpec, calendar: Calendar, seed: int) -> None:
        self.keys = tuple(kind.key for kind in spec.kinds)
        self.span = spec.hours * HOUR
        self._spec = spec
        self._calendar = calendar
        self._seed = seed
        # A pure function of the span: remembering it changes nothing but the time it takes.
        self._kind_of_span = lru_cache(maxsize=64)(self._draw_kind)

    def kind_at(self, time: int) -> int:
        """The kind of weather at `time`, by its position in weather.yaml."""
        return self._kind_of_span(time - time % self.span)

    def degrees_at(self, time: int) -> int:
        """The temperature of the day of `time`, degrees Celsius."""
        midnight = midnight_before(time)
        low, high = self._season(midnight).degrees
        return low + int(Draws(self._seed, midnight).below(high - low + 1, 0, WARMTH)[0])

    def next_span(self, after: int) -> int:
        """The first time later than `after` at which the weather may change."""
        return (after // self.span + 1) * self.span

    def _season(self, time: int) -> SeasonSpec:
        month = self._calendar.date(time).month
        return next(season for season in self._spec.seasons if month in season.months)

    def _draw_kind(self, since: int) -> int:
        draws = Draws(self._seed, since)
        if since % DAY and draws.chance(self._spec.persists * 10_000, 0, PERSISTS)[0]:
            return self._kind_of_span(since - self.span)
        weights = self._season(since).weights
        ticket = int(draws.below(sum(weights.values()), 0, KIND)[0])
        for code, key in enumerate(self.keys):
            ticket -= weights.get(key, 0)
            if ticket < 0:
                return code
        raise AssertionError("the ticket is below the sum of the weights")
