"""Telling a world something: the only way into a running world.

A row's stamp is the first moment that the engine has not sealed yet. It is given under the lock of
the seal alone, so telling never waits for the engine.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Q
from pydantic import ValidationError

from world import registry
from world.engine.gametime import next_after, on_or_before
from world.engine.inbox import InboxRow, Stamp
from world.models import InboxEntry, InboxSeal, World, WorldClock
from world.realtime import RealTime, real_now
from world.waking import wake_engine


class TellingError(ValueError):
    """What was told makes no sense to any world: unknown kind, or a payload of another shape."""


@transaction.atomic
def tell(
    *,
    world: World,
    kind: str,
    subject: int = 0,
    payload: dict[str, Any] | None = None,
    key: str = "",
    source: int = 0,
    told_by: str = "",
    now: RealTime = real_now,
) -> InboxEntry:
    """Put a row into the world's inbox; it carries the stamp at which it will take effect.

    A row with a key that was told before is not told again: the first one is returned.
    Raises TellingError if kind or payload are not as registered.
    """
    try:
        known = registry.inbox_kinds[kind]
        content = known.schema.model_validate(payload or {}).model_dump(mode="json")
    except KeyError:
        raise TellingError(f"nobody understands inbox rows of kind {kind!r}") from None
    except ValidationError as error:
        detail = error.errors()[0]
        where = ".".join(str(part) for part in detail["loc"])
        raise TellingError(f"{kind}: {where}: {detail['msg']}") from None
    seal = InboxSeal.objects.select_for_update().get(world=world)
    if key:
        told = InboxEntry.objects.filter(world=world, kind=kind, subject=subject, key=key).first()
        if told is not None:
            return told
    stamp = _next_stamp(world, seal, now)
    transaction.on_commit(wake_engine)
    return InboxEntry.objects.create(
        world=world,
        at=stamp.instant,
        round=stamp.round,
        kind=kind,
        subject=subject,
        key=key,
        payload=content,
        source=source,
        told_by=told_by,
    )


@transaction.atomic
def tell_answers(
    *,
    world: World,
    kind: str,
    answers: Sequence[tuple[int, str, dict[str, Any]]],
    source: int,
    told_by: str,
    at: int | None = None,
    now: RealTime = real_now,
) -> None:
    """Put answers to what the world has asked into its inbox: (subject, key, payload) of each.

    They take effect at the next instant that is open, in a world that stands still when it goes on;
    or at the instant `at`. An answer whose key was told before is left out. Raises TellingError as
    `tell` does, or if `at` is over.
    """
    known = registry.inbox_kinds[kind]
    seal = InboxSeal.objects.select_for_update().get(world=world)
    if at is None:
        time = WorldClock.objects.get(world=world).clock.now(now())
        at = next_after(max(seal.until, time), world.grid)
    elif at <= seal.until:
        raise TellingError(f"it is too late for {at}: the world is sealed until {seal.until}")
    transaction.on_commit(wake_engine)
    InboxEntry.objects.bulk_create(
        (
            InboxEntry(
                world=world,
                at=at,
                kind=kind,
                subject=subject,
                key=key,
                payload=known.schema.model_validate(payload).model_dump(mode="json"),
                source=source,
                told_by=told_by,
            )
            for subject, key, payload in answers
        ),
        ignore_conflicts=True,
    )


def _next_stamp(world: World, seal: InboxSeal, now: RealTime) -> Stamp:
    clock = WorldClock.objects.get(world=world).clock
    time = clock.now(now())
    if not clock.paused:
        return Stamp(next_after(max(seal.until, time), world.grid))
    standing = max(seal.until, on_or_before(time, world.grid))
    return Stamp(standing, seal.round + 1 if standing == seal.until else 1)


@transaction.atomic
def seal_inbox(*, world_id: int, until: int) -> Stamp:
    """Make everything that is stamped up to `until`, in any round, final; never moves back.

    Returns the last stamp that is final.
    """
    # A seal that a crash undoes took the commits that relied on it along, so it need not wait
    # for the disk.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")
    seal = InboxSeal.objects.select_for_update().get(world_id=world_id)
    if until < seal.until:
        return Stamp(seal.until, seal.round)
    told = InboxEntry.objects.filter(world_id=world_id, at=until).aggregate(last=Max("round"))
    last = max(told["last"] or 0, seal.round if until == seal.until else 0)
    if (until, last) != (seal.until, seal.round):
        seal.until, seal.round = until, last
        seal.save(update_fields=["until", "round"])
    return Stamp(until, last)


def sealed_rows(world_id: int, seal: Stamp) -> list[InboxRow]:
    """The rows up to `seal`, which are final, that wait to be lived, in canonical order."""
    final = Q(at__lt=seal.instant) | Q(at=seal.instant, round__lte=seal.round)
    entries = InboxEntry.objects.filter(
        final, world_id=world_id, outcome=InboxEntry.Outcome.WAITING
    )
    rows = [
        InboxRow(
            identity=entry.pk,
            stamp=Stamp(entry.at, entry.round),
            kind=entry.kind,
            rank=registry.inbox_kinds[entry.kind].rank,
            subject=entry.subject,
            key=entry.key,
            payload=entry.payload,
            source=entry.source,
        )
        for entry in entries
    ]
    return sorted(rows, key=InboxRow.canonical)
