"""Health: is this process alive, and can it serve?"""

from collections.abc import Callable

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from psycopg_pool import PoolTimeout

from world.models import World, WorldClock
from world.realtime import real_now


def live(request: HttpRequest) -> JsonResponse:
    """This process answers."""
    return JsonResponse({"success": True, "data": {"status": "alive"}})


def ready(request: HttpRequest) -> JsonResponse:
    """Whether what the process needs is there; each check is "ok" or says what is wrong."""
    checks = {name: _outcome(check) for name, check in CHECKS.items()}
    well = all(outcome == "ok" for outcome in checks.values())
    answer = {"status": "ready" if well else "not ready", "checks": checks}
    return JsonResponse({"success": well, "data": answer}, status=200 if well else 503)


def outcome_of(name: str) -> str:
    """How one of CHECKS went: "ok", or what is wrong."""
    return _outcome(CHECKS[name])


def _outcome(check: Callable[[], str]) -> str:
    try:
        return check()
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
    return "no engine serves a running world" if silent else "ok"


CHECKS = {
    "database": _database,
    "schema": _schema,
    "redis": _cache,
    "client": _client,
    "engine": _engine,
}
