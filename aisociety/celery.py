"""The queue: heartbeats for the engine, thoughts for the minds."""

import os
import signal
from typing import Any

import kombu
from celery import Celery
from celery.signals import beat_init, setup_logging, worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aisociety.settings")

AGAIN_SECONDS = 2
"""After which a worker that lost its queue tries again; by itself it would wait up to thirty."""


class Connection(kombu.Connection):
    """To the queue; comes back soon after it does."""

    def ensure_connection(  # type: ignore[override]
        self, *arguments: Any, **options: Any
    ) -> kombu.Connection:
        """As kombu's."""
        soon = {"interval_start": AGAIN_SECONDS, "interval_step": 0, "interval_max": AGAIN_SECONDS}
        return super().ensure_connection(*arguments, **soon | options)


app = Celery("aisociety")
app.amqp.Connection = Connection
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
