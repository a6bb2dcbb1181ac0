"""Logs: one line for each thing that happened, for people or as JSON for programs."""

from typing import Any

import structlog

FOR_PROGRAMS = ("agents.minds.client", "world.stream.consumers")
"""Loggers that tell of every call to a model and of every watcher: not at a terminal."""


def bind_tasks() -> None:
    """Let every line that a worker writes say for which task it was, in this process."""
    # Celery is not there yet when settings are read.
    from celery.signals import task_prerun

    task_prerun.connect(_bind_task)


def _bind_task(task_id: str, task: Any, **told: Any) -> None:
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(task_id=task_id, task=task.name)


def logging_settings(*, json: bool, level: str) -> dict[str, Any]:
    """Set structlog up; returns Django's LOGGING, which sends everything the same way."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    # Plain tracebacks: the pretty ones print the values of variables, and with them secrets.
    written: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if json
        else [
            structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback
            )
        ]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *written,
                ],
                "foreign_pre_chain": shared,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Every request is no news; those that fail are told by others.
            "django_structlog": {"level": "WARNING"},
            "django.request": {"level": "CRITICAL"},
            "django.server": {"level": "WARNING"},
            "django.channels.server": {"level": "WARNING"},
            "daphne": {"level": "WARNING"},
            # A line for every call to a model.
            "httpx2": {"level": "WARNING"},
            "celery": {"level": "WARNING"},
            "django_celery_beat": {"level": "WARNING"},
            **({} if json else {name: {"level": "WARNING"} for name in FOR_PROGRAMS}),
        },
    }
