"""PostgreSQL and Redis go, come back, run full, or forget everything."""

import time

import pytest
import redis

from deploy.stack.stack import Stack
from tests.chaos.conftest import Sound
from tests.chaos.disturbing import fill_disk
from tests.chaos.reporting import Result
from tests.chaos.watching import Watchers

pytestmark = [pytest.mark.drill, pytest.mark.timeout(1200)]

AWAY = 12
"""Seconds; longer than a clock waits for its world before it is held back."""


@pytest.mark.parametrize(("name", "called"), [("postgres", "PostgreSQL"), ("redis", "Redis")])
def test_a_store_is_stopped_and_started(
    stack: Stack, watchers: Watchers, sound: Sound, name: str, called: str
) -> None:
    stack.supervisor.stop(name)
    time.sleep(AWAY)
    stack.supervisor.run(name)
    recovered = watchers.await_news()
    sound(
        Result(
            zh=f"停掉 {called} {AWAY} 秒再启动",
            en=f"{called} stopped for {AWAY} seconds and started again",
            recovered=recovered,
        )
    )


def test_redis_forgets_everything(stack: Stack, watchers: Watchers, sound: Sound) -> None:
    client = redis.Redis.from_url((stack.layout.secrets / "redis_url").read_text())
    with client:
        for _ in range(5):
            client.flushall()
            time.sleep(1)
    recovered = watchers.await_news()
    stack.wait_for("the town", stack.is_ready)
    sound(
        Result(
            zh="清空 Redis 五次",
            en="Redis emptied five times",
            recovered=recovered,
            found_zh="只丢了请求频率的计数",
            found_en="only counters of requests were lost",
        )
    )


def test_the_disk_of_the_database_runs_full(stack: Stack, watchers: Watchers, sound: Sound) -> None:
    filler = fill_disk(stack.layout)
    try:
        # What is there already has room in it for a while.
        deadline = time.monotonic() + 600
        while stack.is_ready():
            assert time.monotonic() < deadline, "nobody noticed"
            time.sleep(0.5)
        time.sleep(AWAY)
    finally:
        filler.unlink()
    recovered = watchers.await_news()
    sound(
        Result(
            zh="数据库的盘写满，再腾出来",
            en="the database's disk runs full, and is cleared",
            recovered=recovered,
            found_zh="写满时 /api/health/ready 会说",
            found_en="/api/health/ready says so while it is full",
        )
    )
