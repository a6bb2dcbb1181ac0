"""Which services the product must run itself, because the environment names no others."""

from django.conf import settings

from aisociety import embedded


def embedded_services() -> list[embedded.Postgres]:
    """The services to start before the database is used."""
    if settings.DATABASE_URL:
        return []
    return [embedded.Postgres(settings.DATA_DIR)]
