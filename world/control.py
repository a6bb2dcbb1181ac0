"""Control: what an operator may do to a world as a whole."""

import secrets
from typing import get_args

from django.core import signing
from django.db import transaction

from world import pace
from world.answers import Speed
from world.engine.clock import Clock
from world.engine.draws import WORD
from world.founding import found_again
from world.models import World
from world.realtime import RealTime, real_now
from world.stage import stage_of
from world.stream.announcing import announce_reset

SPEEDS: tuple[int, ...] = get_args(Speed)
"""What is offered, in multiples of the town's usual pace."""

CONFIRMED_WITHIN = 300
"""Seconds for which a confirmation of a reset is good."""

_SALT = "world.control.reset"


class ControlError(ValueError):
    """What was asked for cannot be done."""


class ConfirmationError(ControlError):
    """A reset was asked for without a confirmation that is good."""


def set_speed(*, world: World, speed: int, now: RealTime = real_now) -> Clock:
    """Set the pace of a world to one of SPEEDS. Raises ControlError for another."""
    if speed not in SPEEDS:
        raise ControlError(f"{speed} is not one of {', '.join(map(str, SPEEDS))}")
    return pace.set_scale(world=world, scale=speed * _base(world), now=now)


def speed_up(*, world: World, now: RealTime = real_now) -> Clock:
    """Go on at the next higher speed, if there is one."""
    speed = _speed(world)
    return _shift(world, now, next((each for each in SPEEDS if each > speed), None))


def slow_down(*, world: World, now: RealTime = real_now) -> Clock:
    """Go on at the next lower speed, if there is one."""
    speed = _speed(world)
    return _shift(world, now, next((each for each in reversed(SPEEDS) if each < speed), None))


def confirmation_for(world: World) -> str:
    """What confirms a reset of this world, for a while."""
    return signing.dumps(str(world.epoch), salt=_SALT)


@transaction.atomic
def reset(
    *, world: World, confirmation: str, seed: int | None = None, now: RealTime = real_now
) -> World:
    """Archive a world and found another one on the same scenario, which takes its name.

    The new clock runs if the old one did. seed: the new world's; drawn if None. Raises
    ConfirmationError unless `confirmation` is of this very world and not too old.
    """
    try:
        confirmed = signing.loads(confirmation, salt=_SALT, max_age=CONFIRMED_WITHIN)
    except signing.BadSignature:
        confirmed = None
    old = World.objects.select_for_update(no_key=True).get(pk=world.pk)
    if confirmed != str(old.epoch):
        raise ConfirmationError("a reset needs a fresh confirmation of this very world")
    runs = not world.clock.paused
    slug, old.slug = old.slug, f"{old.slug[:38]}-{old.epoch.hex[:8]}"
    old.status = World.Status.ARCHIVED
    old.save(update_fields=["slug", "status"])
    drawn = secrets.randbelow(WORD) if seed is None else seed
    new = found_again(of=old, seed=drawn, slug=slug, now=now)
    if runs:
        pace.resume(world=new, now=now)
    transaction.on_commit(lambda: announce_reset(old.epoch))
    return new


def _shift(world: World, now: RealTime, speed: int | None) -> Clock:
    return world.clock.clock if speed is None else set_speed(world=world, speed=speed, now=now)


def _speed(world: World) -> float:
    world.clock.refresh_from_db()
    return world.clock.scale / _base(world)


def _base(world: World) -> int:
    scale: int = stage_of(world).rules["town"].time_scale
    return scale
