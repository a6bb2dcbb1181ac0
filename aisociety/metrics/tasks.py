"""Tasks: how many of each a worker did, how they ended, and how long they took."""

import time
from typing import Any

from celery.signals import task_postrun, task_prerun
from prometheus_client import Counter, Histogram

TASKS = Counter("aisociety_tasks", "Tasks done", ["task", "state"])
SECONDS = Histogram(
    "aisociety_task_seconds",
    "How long a task took",
    ["task"],
    buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300),
)

_began: dict[str, float] = {}


def measure_tasks() -> None:
    """From now on, in this process."""
    task_prerun.connect(_begin)
    task_postrun.connect(_end)


def _begin(task_id: str, **told: Any) -> None:
    _began[task_id] = time.perf_counter()


def _end(task_id: str, task: Any, state: str | None = None, **told: Any) -> None:
    TASKS.labels(task.name, state or "unknown").inc()
    if (began := _began.pop(task_id, None)) is not None:
        SECONDS.labels(task.name).observe(time.perf_counter() - began)
