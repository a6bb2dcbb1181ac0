"""The clock on the wall. Only code that serves people or keeps pace reads it, never history."""

import time
from collections.abc import Callable

RealTime = Callable[[], int]
"""Gives the real moment in microseconds since the Unix epoch."""


def real_now() -> int:
    """The real moment, microseconds since the Unix epoch."""
    return time.time_ns() // 1000
