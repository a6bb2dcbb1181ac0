"""The gate before each model, shared by all workers: so many calls at once, so many a minute, and
none while its circuit breaker is open.

It is kept in Redis and changes atomically; the clock is that of the server. A worker that dies
leaves its places to whoever comes after the lease.
"""

from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import redis
import redis.asyncio
from django.conf import settings

from agents.models import LanguageModel

FAILURES_TO_OPEN = 5
"""Failures in a row after which nobody is asked for a while."""

OPEN_SECONDS, OPEN_SECONDS_AT_MOST = 15, 60
"""How long a breaker stays open: twice as long each time, up to the most."""

CONNECTIONS = 16
"""Connections of an event loop to Redis."""

RESERVED_SHARE = 4
"""One place of so many is kept for what is urgent."""

ADMITTED, WAIT, OPEN = 1, 0, -1

_ADMIT = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local places, minute, breaker = KEYS[1], KEYS[2], KEYS[3]
local token, limit, lease, rate = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local open_until = tonumber(redis.call('HGET', breaker, 'open_until') or '0')
if open_until > now then return {-1, open_until - now} end
if open_until > 0 then
  local probing = tonumber(redis.call('HGET', breaker, 'probing_until') or '0')
  if probing > now then return {-1, probing - now} end
end
local paused = tonumber(redis.call('HGET', breaker, 'paused_until') or '0')
if paused > now then return {0, paused - now} end
redis.call('ZREMRANGEBYSCORE', places, '-inf', now)
if redis.call('ZCARD', places) >= limit then return {0, 50} end
redis.call('ZREMRANGEBYSCORE', minute, '-inf', now - 60000)
if redis.call('ZCARD', minute) >= rate then
  local oldest = redis.call('ZRANGE', minute, 0, 0, 'WITHSCORES')
  return {0, math.max(1, tonumber(oldest[2]) + 60000 - now)}
end
redis.call('ZADD', places, now + lease, token)
redis.call('PEXPIRE', places, lease * 2)
redis.call('ZADD', minute, now, token)
redis.call('PEXPIRE', minute, 60000)
if open_until > 0 then
  redis.call('HSET', breaker, 'probing_until', now + lease, 'prober', token)
end
return {1, 0}
"""

_LEAVE = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local places, breaker = KEYS[1], KEYS[2]
local token, how, pause = ARGV[1], ARGV[2], tonumber(ARGV[3])
redis.call('ZREM', places, token)
local open = redis.call('HEXISTS', breaker, 'open_until') == 1
local probed = redis.call('HGET', breaker, 'prober') == token
if probed then redis.call('HDEL', breaker, 'probing_until', 'prober') end
-- While it is open only the one who was let through to try has news; others began before.
if how == 'well' and (probed or not open) then
  redis.call('HDEL', breaker, 'failures', 'open_until', 'opened')
elseif how == 'badly' and (probed or not open) then
  local failures = redis.call('HINCRBY', breaker, 'failures', 1)
  if probed or failures >= tonumber(ARGV[4]) then
    local opened = redis.call('HINCRBY', breaker, 'opened', 1)
    local span = math.min(tonumber(ARGV[5]) * 2 ^ (opened - 1), tonumber(ARGV[6]))
    redis.call('HSET', breaker, 'open_until', math.floor(now + span * 1000))
  end
  redis.call('EXPIRE', breaker, 3600)
end
if pause > 0 then
  redis.call('HSET', breaker, 'paused_until', now + pause)
  redis.call('EXPIRE', breaker, 3600)
end
return 1
"""

WELL: Final = "well"
BADLY: Final = "badly"
UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class GateState:
    """in_flight: calls under way by all workers. open_for: seconds for which nobody is asked.

    failing: failures in a row so far.
    """

    in_flight: int
    open_for: float
    failing: int


def _keys(model: LanguageModel) -> tuple[str, str, str]:
    # By code, which no operator can change, and by where the database is: towns may share a Redis.
    prefix = f"minds:{settings.DATABASES['default']['NAME']}:{model.code}"
    return f"{prefix}:places", f"{prefix}:minute", f"{prefix}:breaker"


class Gate:
    """The gate as the event loop of a worker uses it; a context."""

    def __init__(self) -> None:
        # Hundreds may ask at once; they share a few connections.
        pool = redis.asyncio.BlockingConnectionPool.from_url(
            settings.REDIS, max_connections=CONNECTIONS, timeout=None, socket_timeout=5
        )
        self._redis = redis.asyncio.Redis.from_pool(pool)
        self._admit: Any = self._redis.register_script(_ADMIT)
        self._leave: Any = self._redis.register_script(_LEAVE)

    async def __aenter__(self) -> "Gate":
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._redis.aclose()

    async def admit(
        self, model: LanguageModel, *, urgent: bool, lease_seconds: float
    ) -> tuple[int, float, str]:
        """(ADMITTED, 0, token), (WAIT, seconds, ""), or (OPEN, seconds, "")."""
        limit = model.concurrency
        if not urgent and limit > 1:
            limit -= max(1, limit // RESERVED_SHARE)
        token = uuid4().hex
        verdict, wait = await self._admit(
            keys=_keys(model),
            args=[token, limit, int(lease_seconds * 1000), model.requests_per_minute],
        )
        return verdict, wait / 1000, token if verdict == ADMITTED else ""

    async def leave(
        self, model: LanguageModel, token: str, how: str, pause_seconds: float = 0
    ) -> None:
        """Give a place back, and say how it went: WELL, BADLY, or UNKNOWN for no news of it."""
        places, _, breaker = _keys(model)
        await self._leave(
            keys=[places, breaker],
            args=[
                token,
                how,
                int(pause_seconds * 1000),
                FAILURES_TO_OPEN,
                OPEN_SECONDS,
                OPEN_SECONDS_AT_MOST,
            ],
        )


def state_of(model: LanguageModel, connection: redis.Redis) -> GateState:
    """How it stands at the gate of a model. Raises redis.RedisError if nobody knows."""
    places, _, breaker = _keys(model)
    seconds, micros = connection.time()
    now = seconds * 1000 + micros // 1000
    told: Any = connection.hmget(breaker, "open_until", "failures")
    open_until, failures = (int(value or 0) for value in told)
    return GateState(
        in_flight=connection.zcount(places, now, "+inf"),
        open_for=max(open_until - now, 0) / 1000,
        failing=failures,
    )


def shared() -> redis.Redis:
    """A connection to what workers share; close it."""
    return redis.Redis.from_url(settings.REDIS, socket_timeout=2, socket_connect_timeout=2)
