"""Health: is this process alive, has it what it needs, and does the town live?"""

import time
from collections.abc import Iterable

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from psycopg_pool import PoolTimeout

from agents.minds.governor import GOVERNED_AT
from world.engine.clock import MICROSECOND
from world.models import World, WorldClock
from world.pace import failing
from world.realtime import real_now

BEAT_WITHIN = 15
"""Seconds within which beat must have asked for something."""

LAG_AT_MOST = 30
"""Real seconds that a world may be behind its clock."""


def live(request: HttpRequest) -> JsonResponse:
    """This process answers."""
    return JsonResponse({"success": True, "data": {"status": "alive"}})


def started(request: HttpRequest) -> JsonResponse:
    """Whether the process may be asked for anything yet: its database has come up to date."""
    return _answer(("database", "schema", "client"))


def ready(request: HttpRequest) -> JsonResponse:
    """Whether what the process needs is there; each check is "ok" or says what is wrong.

    Where only the town's life is disturbed the status is "degraded": pages and doors still answer.
    """
    return _answer(CHECKS)


def _answer(names: Iterable[str]) -> JsonResponse:
    checks = {name: outcome_of(name) for name in names}
    ill = {name for name, outcome in checks.items() if outcome != "ok"}
    status = "not ready" if ill - LIFE else "degraded" if ill else "ready"
    serves = status != "not ready"
    answer = {"status": status, "checks": checks}
    return JsonResponse({"success": serves, "data": answer}, status=200 if serves else 503)


def outcome_of(name: str) -> str:
    """How one of CHECKS went: "ok", or what is wrong."""
    try:
        return CHECKS[name]()
    except (DatabaseError, PoolTimeout, redis.RedisError, OSError) as error:
        return type(error).__name__


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _schema() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} migrations are missing" if missing else "ok"


def _cache() -> str:
    cache.set("health", "ok", timeout=10)
    return str(cache.get("health"))


def _client() -> str:
    return "ok" if settings.VITE_MANIFEST.exists() else "the client has not been built"


def _engine() -> str:
    running = WorldClock.objects.filter(world__status=World.Status.ACTIVE, paused=False)
    silent = [clock.world_id for clock in running if clock.asleep_at(real_now())]
    if silent:
        return "no engine serves a running world"
    worlds = World.objects.filter(status=World.Status.ACTIVE).values_list("slug", flat=True)
    return "; ".join(f"heartbeats of {slug} fail" for slug in failing(worlds)) or "ok"


def _beat() -> str:
    sent = cache.get(GOVERNED_AT)
    if sent and abs(time.time() - sent) < BEAT_WITHIN:
        return "ok"
    return "nobody sends heartbeats"


def _lag() -> str:
    real = real_now()
    worlds = World.objects.filter(status=World.Status.ACTIVE, clock__paused=False)
    told = [
        f"{world.slug} is {behind // MICROSECOND} s behind"
        for world in worlds.select_related("clock")
        if (behind := world.clock.clock.behind(world.lived_until, real)) > LAG_AT_MOST * MICROSECOND
    ]
    return "; ".join(told) or "ok"


CHECKS = {
    "database": _database,
    "schema": _schema,
    "redis": _cache,
    "client": _client,
    "engine": _engine,
    "beat": _beat,
    "lag": _lag,
}

LIFE = {"engine", "beat", "lag"}
"""Checks of the town's life, without which it can still be looked at."""
