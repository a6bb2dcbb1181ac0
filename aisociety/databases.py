"""Databases: Django's words for what an address says."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict


def database_of(address: str) -> dict[str, Any]:
    """Django's entry in DATABASES for a PostgreSQL by its URL, which may name several hosts.

    Of several, the one that takes writes is connected to, so that a fail-over is followed. What
    else the URL says, such as sslmode, is handed on. Raises psycopg.ProgrammingError.
    """
    told: dict[str, Any] = conninfo_to_dict(address)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host"}
    entry = {ours: str(told.pop(theirs, "")) for ours, theirs in names.items()}
    port = str(told.pop("port", ""))
    if "," in entry["HOST"]:
        told.setdefault("target_session_attrs", "read-write")
    return {
        "ENGINE": "django.db.backends.postgresql",
        **entry,
        "PORT": port,
        "OPTIONS": told,
    }
