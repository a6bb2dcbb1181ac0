"""Measuring begins where a process does."""

from django.conf import settings

from aisociety.metrics.serving import serve
from aisociety.metrics.statements import watch_statements
from aisociety.metrics.tasks import measure_tasks


def start_measuring() -> None:
    """Measure what this process does, and let it be collected if METRICS_PORT is set."""
    measure_tasks()
    watch_statements()
    if settings.METRICS_PORT:
        serve(settings.METRICS_PORT)
