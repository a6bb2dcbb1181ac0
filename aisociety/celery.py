"""The queue: heartbeats for the engine, thoughts for the minds."""

import os
import signal
from typing import Any

from celery import Celery
from celery.signals import beat_init, setup_logging, worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aisociety.settings")

app = Celery("aisociety")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _leave_logging_to_django(**told: Any) -> None:
    """Whoever listens to this signal sets logging up in Celery's place, and Django has."""


@worker_process_init.connect
@beat_init.connect
def _start_measuring(**told: Any) -> None:
    from aisociety.metrics.starting import start_measuring

    start_measuring()


@worker_process_init.connect
def _let_the_parent_say_when(**told: Any) -> None:
    """A stop is sent to the whole group; a pool's child would die of it in the middle of a task.

    It ends when its parent is done, and cannot outlive it: Celery sees to that.
    """
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
