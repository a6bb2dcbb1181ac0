"""What `manage.py check --deploy` says of a town that strangers are to reach."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def deployment(app_configs: Sequence[AppConfig] | None, **told: Any) -> list[checks.CheckMessage]:
    """Warnings of what a production should not be like; what it cannot be stops it at its start."""
    return list(_warnings())


def _warnings() -> Iterator[checks.CheckMessage]:
    if not settings.PRODUCTION:
        yield checks.Warning(
            "This is no production.", hint="Set ENVIRONMENT=production.", id="aisociety.W001"
        )
    if not settings.DATABASE_URL:
        yield checks.Warning(
            "The database is embedded: this machine is the only one that can use it.",
            hint="Set DATABASE_URL to a PostgreSQL with pgvector.",
            id="aisociety.W002",
        )
    if not settings.REDIS_URL:
        yield checks.Warning(
            "Redis is embedded: this machine is the only one that can use it.",
            hint="Set REDIS_URL to a Redis or Valkey.",
            id="aisociety.W003",
        )
    elif "@" not in settings.REDIS_URL:
        yield checks.Warning(
            "Redis asks for no password: whoever reaches it can send orders to the workers.",
            hint="Give it one, and REDIS_URL=redis://:password@host:6379/0.",
            id="aisociety.W004",
        )
    if settings.PRODUCTION and not settings.PROXIES:
        yield checks.Warning(
            "No proxy is believed: who asks, and whether by HTTPS, is not known behind one.",
            hint="Set PROXIES to how many there are in front.",
            id="aisociety.W005",
        )
