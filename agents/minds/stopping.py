"""Stopping: a worker that is told to stop lets its thinking know."""

import threading
from typing import Any

from celery.signals import worker_shutting_down

stopping = threading.Event()
"""Set once this process is told to stop."""


@worker_shutting_down.connect
def _stop(**told: Any) -> None:
    stopping.set()
