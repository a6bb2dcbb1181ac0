"""Statements that took long, counted and written to the log without their values."""

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from prometheus_client import Counter

logger = structlog.get_logger(__name__)

SLOW = Counter("aisociety_slow_statements", "Statements that took longer than SLOW_STATEMENT_MS")
SHOWN = 200
"""Characters of a statement that are written."""


def watch_statements() -> None:
    """From now on, in this process."""
    connection_created.connect(_watch)


def _watch(connection: BaseDatabaseWrapper, **told: Any) -> None:
    if _timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_timed)


def _timed(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        took = time.perf_counter() - began
        if took * 1000 > settings.SLOW_STATEMENT_MS:
            SLOW.inc()
            logger.warning("slow_statement", seconds=round(took, 3), sql=str(sql)[:SHOWN])
