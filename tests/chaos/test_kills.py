"""Killing what runs, with no word of warning."""

import os
import random
import signal
import time
from contextlib import suppress

import pytest

from deploy.stack.layout import TOWN
from deploy.stack.stack import Stack
from tests.chaos.conftest import Sound
from tests.chaos.reporting import Result
from tests.chaos.watching import Watchers

pytestmark = [pytest.mark.drill, pytest.mark.timeout(3600)]

KILLS = 100
MORTAL = [*TOWN, "nginx", "redis", "postgres", "fake-llm"]


def kill(stack: Stack, name: str) -> None:
    """Kill -9 a program and its children, as a container is killed; it is started again."""
    pid = stack.supervisor.states()[name][1]
    if pid:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def test_every_process_killed_at_random_a_hundred_times(
    stack: Stack, watchers: Watchers, sound: Sound
) -> None:
    luck = random.Random(6)
    longest = 0.0
    for _ in range(KILLS):
        kill(stack, luck.choice(MORTAL))
        if luck.random() < 0.5:
            time.sleep(luck.uniform(0, 2))
        else:
            longest = max(longest, watchers.await_news())
    longest = max(longest, watchers.await_news())
    stack.wait_for("the town", stack.is_ready, seconds=120)
    sound(
        Result(
            zh=f"随机 kill -9 任一进程 {KILLS} 次（网页、引擎、心智、beat、nginx、Redis、"
            "PostgreSQL、模型）",
            en=f"kill -9 of any process at random, {KILLS} times (web, engine, minds, beat, nginx,"
            " Redis, PostgreSQL, the model)",
            recovered=longest,
            found_zh="恢复时间是最长的一次",
            found_en="the longest of all recoveries",
        )
    )
