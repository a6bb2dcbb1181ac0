"""The status of a world, and its clock, for people and programs that ask."""

from datetime import UTC, datetime
from typing import Any

from world import registry
from world.answers import ClockState, Status, WeatherNow
from world.engine.clock import MICROSECOND
from world.engine.gametime import day_number, second_of_day
from world.models import World
from world.realtime import RealTime, real_now
from world.rest.language import language, name_of
from world.stage import Stage, stage_of


def status_of(world: World, now: RealTime = real_now) -> Status:
    """How a world is, as of its last commit."""
    stage, real, time = stage_of(world), now(), world.lived_until
    weather = stage.constants["weather"]
    kind = weather.kind_at(time)
    second = second_of_day(time)
    parts: dict[str, Any] = {}
    for build in registry.status_parts.values():
        parts |= build(stage, world)
    return Status(
        world=world.slug,
        name=name_of(world),
        epoch=stage.epoch,
        seq=world.seq,
        status=_condition(world, real),
        status_reason=world.status_reason,
        world_time=stage.time(time),
        real_time=datetime.fromtimestamp(real / MICROSECOND, tz=UTC),
        time_scale=world.clock.scale,
        time_period=_period(stage, second),
        is_daytime=_is_daytime(stage, second),
        day_count=day_number(time),
        weather=WeatherNow(
            kind=weather.keys[kind],
            name=getattr(stage.rules["weather"].kinds[kind].name, language()),
            degrees=weather.degrees_at(time),
        ),
        **parts,
    )


def clock_state(world: World, now: RealTime = real_now) -> ClockState:
    """The clock of a world."""
    stage, clock = stage_of(world), world.clock.clock
    return ClockState(
        world=world.slug,
        epoch=stage.epoch,
        status=_condition(world, now()),
        world_time=stage.time(world.lived_until),
        time_scale=clock.scale,
        speed=clock.scale / stage.rules["town"].time_scale,
        paused=clock.paused,
    )


def _condition(world: World, real: int) -> Any:
    if world.status != World.Status.ACTIVE:
        return world.status
    if world.clock.paused:
        return "paused"
    return "asleep" if world.clock.asleep_at(real) else "running"


def _period(stage: Stage, second: int) -> str:
    since = [period for period in stage.rules["calendar"].periods if period.since <= second]
    key: str = (since or stage.rules["calendar"].periods)[-1].key
    return key


def _is_daytime(stage: Stage, second: int) -> bool:
    times = {moment.key: moment.at for moment in stage.rules["calendar"].moments}
    return bool(times.get("sunrise", 0) <= second < times.get("sunset", second + 1))
