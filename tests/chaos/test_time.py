"""Too many metronomes, none at all, and a clock on the wall that jumps."""

import time

import pytest

from deploy.stack.layout import named
from deploy.stack.stack import Stack
from tests.chaos.conftest import SCALE, Sound
from tests.chaos.disturbing import Clock
from tests.chaos.reporting import Result
from tests.chaos.soundness import STATE, told
from tests.chaos.watching import Watchers

pytestmark = [pytest.mark.drill, pytest.mark.timeout(1200)]

HOURS = 2
SLACK = 20
"""Real seconds that a town may gain on the clock while it is looked at."""


class Pace:
    """How far a town lived, beside how long that took."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._began, self._lived = time.monotonic(), self._now()

    def assert_kept(self) -> None:
        """Raises AssertionError if the town lived longer than its clock could have shown."""
        lived, real = self._now() - self._lived, time.monotonic() - self._began
        assert 0 < lived <= (real + SLACK) * int(SCALE), f"{lived} game seconds in {real} s"

    def _now(self) -> int:
        return int(told(self._stack, STATE)[3])


def test_of_two_beats_one_counts_and_either_may_go(
    stack: Stack, watchers: Watchers, sound: Sound
) -> None:
    pace = Pace(stack)
    longest = 0.0
    for name in named("beat"):
        stack.supervisor.stop(name)
        longest = max(longest, watchers.await_news())
        stack.supervisor.run(name)
        time.sleep(3)
    for name in named("beat"):
        stack.supervisor.stop(name)
    time.sleep(15)
    for name in named("beat"):
        stack.supervisor.run(name)
    longest = max(longest, watchers.await_news())
    pace.assert_kept()
    sound(
        Result(
            zh="两个 beat 同时跑，轮流停，再一起停 15 秒",
            en="two beats at once, each stopped in turn, then both for 15 seconds",
            recovered=longest,
            found_zh="小镇没有走快，也没有跳过时间",
            found_en="the town neither hurried nor skipped time",
        )
    )


def test_the_clock_jumps(stack: Stack, watchers: Watchers, sound: Sound, clock: Clock) -> None:
    pace = Pace(stack)
    clock.set(HOURS * 3600)
    time.sleep(5)
    ahead = watchers.await_news()
    pace.assert_kept()
    clock.set(0)
    time.sleep(5)
    back = watchers.await_news()
    pace.assert_kept()
    sound(
        Result(
            zh=f"系统时钟跳快 {HOURS} 小时，再跳回来",
            en=f"the system clock jumps {HOURS} hours ahead, and back",
            recovered=max(ahead, back),
            found_zh="小镇没有跳过时间，也没有停住",
            found_en="the town neither skipped time nor stood still",
        )
    )
