"""Measuring, and telling what is measured, begin where a process does."""

import structlog
from django.conf import settings

from aisociety.logs import bind_tasks
from aisociety.metrics.serving import serve
from aisociety.metrics.statements import watch_statements
from aisociety.metrics.tasks import measure_tasks

logger = structlog.get_logger(__name__)


def start_measuring() -> None:
    """Measure what this process does, and let it be collected if METRICS_PORT is set."""
    bind_tasks()
    measure_tasks()
    watch_statements()
    if settings.METRICS_PORT:
        serve(settings.METRICS_PORT)
    if settings.PRODUCTION:
        logger.info("process_started", metrics_port=settings.METRICS_PORT)
