"""PostgreSQL and Valkey run by the product itself, for whoever brings no servers of their own.

The first process that needs a server starts it, others share it, and the last one out stops it:

    with embedded.running(Postgres(data), Valkey(data)):
        ...

Everything lives in one data folder and is reached over Unix sockets only. Addresses
(`Postgres.settings`, `Valkey.url`) follow from the folder alone, with no server running.
"""

from aisociety.embedded.errors import ServiceError
from aisociety.embedded.postgres import Postgres
from aisociety.embedded.service import Service, running
from aisociety.embedded.valkey import Valkey

__all__ = ["Postgres", "Service", "ServiceError", "Valkey", "running"]
