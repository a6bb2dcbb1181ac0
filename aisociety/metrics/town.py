"""How the town stands, as the database and Redis say when they are asked."""

import time
from collections.abc import Callable, Iterable, Iterator

import redis
import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import Count
from kombu.exceptions import OperationalError
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from psycopg_pool import PoolTimeout

from agents.minds.budget import NANO, budget_of
from agents.minds.governor import GOVERNED_AT
from agents.models import Thought
from agents.selectors import residents
from world.engine.clock import MICROSECOND
from world.models import World
from world.realtime import real_now

logger = structlog.get_logger(__name__)

QUEUES = ("engine", "minds")


class Town(Collector):
    """Asked anew with each collection. What cannot be looked at is left out, and says so."""

    def collect(self) -> Iterable[Metric]:
        """The measures, and whether each part of them could be taken."""
        looked = _gauge("looked", "Whether a part of the town could be looked at", "part")
        for name, look in LOOKS.items():
            try:
                measures = list(look())
            except (DatabaseError, PoolTimeout, redis.RedisError, OperationalError, OSError) as err:
                logger.warning("metrics_not_taken", part=name, reason=str(err))
                looked.add_metric([name], 0)
            else:
                looked.add_metric([name], 1)
                yield from measures
        yield looked


def _gauge(name: str, about: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"aisociety_{name}", about, labels=labels)


def _worlds() -> Iterator[Metric]:
    running = _gauge("world_running", "1 while the clock of a world runs", "world")
    broken = _gauge("world_broken", "1 if a world was stopped for what cannot be", "world")
    lag = _gauge("world_lag_seconds", "Real seconds a world is behind its clock", "world")
    seen = _gauge("engine_silent_seconds", "Real seconds since an engine looked at it", "world")
    people = _gauge("residents", "Who lives in a world", "world")
    events = CounterMetricFamily("aisociety_events", "Events of a world so far", labels=["world"])
    real = real_now()
    for world in World.objects.exclude(status=World.Status.ARCHIVED).select_related("clock"):
        name, clock = [world.slug], world.clock
        running.add_metric(name, not clock.paused and world.status == World.Status.ACTIVE)
        broken.add_metric(name, world.status == World.Status.STOPPED)
        lag.add_metric(
            name, 0 if clock.paused else clock.clock.behind(world.lived_until, real) / MICROSECOND
        )
        if clock.alive_at:
            seen.add_metric(name, abs(real - clock.alive_at) / MICROSECOND)
        people.add_metric(name, residents(world).count())
        events.add_metric(name, world.seq)
    yield from (running, broken, lag, seen, people, events)


def _minds() -> Iterator[Metric]:
    queue = _gauge("thoughts", "Thoughts that are not answered", "world", "status")
    spent = _gauge("spent_dollars", "Spent or set aside for minds", "world", "span")
    cap = _gauge("budget_dollars", "What may be spent on minds", "world", "span")
    open_ = (Thought.Status.WAITING, Thought.Status.CLAIMED)
    for world in World.objects.filter(status=World.Status.ACTIVE):
        waiting = Thought.objects.filter(world=world, status__in=open_)
        told = dict(waiting.values_list("status").annotate(Count("id")))
        for status in open_:
            queue.add_metric([world.slug, status], told.get(status, 0))
        budget = budget_of(world)
        for span, used, allowed in (
            ("day", budget.spent_today, budget.daily_cap),
            ("month", budget.spent_this_month, budget.monthly_cap),
        ):
            spent.add_metric([world.slug, span], used / NANO)
            cap.add_metric([world.slug, span], allowed / NANO)
    yield from (queue, spent, cap)


def _database() -> Iterator[Metric]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(state, 'none'), count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() GROUP BY 1"
        )
        states = cursor.fetchall()
        cursor.execute(
            "SELECT coalesce(max(extract(epoch FROM clock_timestamp() - query_start)), 0)"
            " FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'"
            " AND pid <> pg_backend_pid()"
        )
        longest = cursor.fetchone()[0]
        cursor.execute(
            "SELECT pg_database_size(current_database()), blks_hit, blks_read, xact_commit,"
            " deadlocks, current_setting('max_connections')::int"
            " FROM pg_stat_database WHERE datname = current_database()"
        )
        size, hit, read, commits, deadlocks, most = cursor.fetchone()
    used = _gauge("database_connections", "Connections to the database", "state")
    for state, count in states:
        used.add_metric([state], count)
    yield used
    yield GaugeMetricFamily(
        "aisociety_database_connections_most", "Connections that it takes", value=most
    )
    yield GaugeMetricFamily(
        "aisociety_database_longest_statement_seconds",
        "How long the longest statement under way has taken",
        value=float(longest),
    )
    yield GaugeMetricFamily("aisociety_database_bytes", "Size of the database", value=size)
    yield CounterMetricFamily("aisociety_database_pages_hit", "Pages found in memory", value=hit)
    yield CounterMetricFamily("aisociety_database_pages_read", "Pages read from disk", value=read)
    yield CounterMetricFamily("aisociety_database_commits", "Transactions so far", value=commits)
    yield CounterMetricFamily("aisociety_database_deadlocks", "Deadlocks so far", value=deadlocks)


def _redis() -> Iterator[Metric]:
    client = redis.Redis.from_url(settings.REDIS, socket_timeout=2, socket_connect_timeout=2)
    with client:
        told = client.info()
        depths = {queue: client.llen(queue) for queue in QUEUES}
    hits, misses = told["keyspace_hits"], told["keyspace_misses"]
    yield CounterMetricFamily("aisociety_redis_hits", "Keys that were asked for and there", hits)
    yield CounterMetricFamily("aisociety_redis_misses", "Keys that were not there", misses)
    yield GaugeMetricFamily("aisociety_redis_bytes", "Memory that it uses", told["used_memory"])
    queue = _gauge("queue_tasks", "Tasks that wait", "queue")
    for name, depth in depths.items():
        queue.add_metric([name], depth)
    yield queue


def _beat() -> Iterator[Metric]:
    sent = cache.get(GOVERNED_AT)
    if sent:
        yield GaugeMetricFamily(
            "aisociety_beat_silent_seconds",
            "Since a worker did what beat asks for every two seconds",
            value=abs(time.time() - sent),
        )


LOOKS: dict[str, Callable[[], Iterator[Metric]]] = {
    "worlds": _worlds,
    "minds": _minds,
    "database": _database,
    "redis": _redis,
    "beat": _beat,
}
