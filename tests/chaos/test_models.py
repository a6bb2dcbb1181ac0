"""The model that everybody thinks with cannot be reached, or does not answer."""

import os
import signal
import time

import pytest

from deploy.stack.stack import Stack
from tests.chaos.conftest import Sound
from tests.chaos.reporting import Result
from tests.chaos.soundness import told
from tests.chaos.watching import Watchers

pytestmark = [pytest.mark.drill, pytest.mark.timeout(1200)]

AWAY = 45

STOOD_IN = """
from agents.models import Thought
print(Thought.objects.filter(world__status="active").exclude(failure="").count())
"""


def stood_in(stack: Stack) -> int:
    """For how many thoughts instinct has stood in so far."""
    return int(told(stack, STOOD_IN)[0])


def test_the_model_refuses_connections(stack: Stack, watchers: Watchers, sound: Sound) -> None:
    before = stood_in(stack)
    stack.supervisor.stop("fake-llm")
    time.sleep(AWAY)
    recovered = watchers.await_news()
    during = stood_in(stack) - before
    assert during > 0
    stack.supervisor.run("fake-llm")
    sound(
        Result(
            zh=f"模型拒绝连接 {AWAY} 秒",
            en=f"the model refuses connections for {AWAY} seconds",
            recovered=recovered,
            found_zh=f"小镇照样过日子，{during} 件事由本能代劳",
            found_en=f"the town lived on; instinct stood in {during} times",
        )
    )


def test_the_network_to_the_model_is_dropped(
    stack: Stack, watchers: Watchers, sound: Sound
) -> None:
    """A process that is stopped takes connections and says nothing, as a dropped network does."""
    before = stood_in(stack)
    pid = stack.supervisor.states()["fake-llm"][1]
    os.kill(pid, signal.SIGSTOP)
    try:
        time.sleep(AWAY)
        recovered = watchers.await_news()
    finally:
        os.kill(pid, signal.SIGCONT)
    during = stood_in(stack) - before
    assert during > 0
    sound(
        Result(
            zh=f"到模型的网络断 {AWAY} 秒（连得上，没有回音）",
            en=f"the network to the model is dropped for {AWAY} seconds",
            recovered=recovered,
            found_zh=f"小镇照样过日子，{during} 件事由本能代劳",
            found_en=f"the town lived on; instinct stood in {during} times",
        )
    )
