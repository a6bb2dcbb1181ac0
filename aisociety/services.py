"""Which services the product must run itself, because the environment names no others."""

from django.conf import settings

from aisociety import embedded


def embedded_services() -> list[embedded.Service]:
    """The services to start before the database and the queue are used."""
    services: list[embedded.Service] = []
    if not settings.DATABASE_URL:
        services.append(embedded.Postgres(settings.DATA_DIR))
    if not settings.REDIS_URL:
        services.append(embedded.Valkey(settings.DATA_DIR))
    return services
