"""The database: is it there, with the tables that this version of the product needs?"""

import psycopg
import structlog
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

logger = structlog.get_logger(__name__)


class SchemaError(RuntimeError):
    """The database cannot be used; says why, and what to do."""


def ensure_schema() -> None:
    """Bring an embedded database up to date.

    Raises SchemaError if it cannot be reached, or is not embedded and not up to date.
    """
    _knock()
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if settings.DATABASE_URL:
        raise SchemaError("The database is not up to date. Run `manage.py migrate` first.")
    call_command("migrate", verbosity=0)
    logger.debug("schema_brought_up_to_date")


def _knock() -> None:
    """Try the database once, past the pool, which would go on trying and say so each time."""
    parameters = connection.get_connection_params() | {"connect_timeout": 5}
    try:
        psycopg.connect(**parameters).close()
    except psycopg.OperationalError as error:
        reason = " ".join(str(error).split())
        raise SchemaError(f"The database cannot be reached: {reason}") from error
