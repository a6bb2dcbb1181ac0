"""Spoiling: what goes wrong with the first call of somebody who asks, and with none after it."""

import threading
import time
from collections.abc import Callable
from typing import Any

from agents.fake_llm.running import FakeModel


def spoil_the_first(fake: FakeModel, fault: str, ask: Callable[[], Any]) -> None:
    """Let `ask` run, with this fault of the fake model for the first of its calls alone."""
    fake.control(**{fault: 1}, latency=0.4)
    worker = threading.Thread(target=ask)
    worker.start()
    while not fake.counters()["by_fault"].get(fault):
        time.sleep(0.02)
    fake.control(latency=0)
    worker.join()
