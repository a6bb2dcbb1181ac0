"""The real services, in a folder of the benchmarks, with an empty database; import this first."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# They empty the database, so never that of a town which somebody keeps.
os.environ |= {
    "AISOCIETY_DATA_DIR": str(ROOT / ".data" / "benchmarks"),
    "DATABASE_URL": "",
    "REDIS_URL": "",
}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aisociety.settings")


@contextmanager
def running() -> Iterator[None]:
    """Django, set up on a migrated database without worlds, for the length of a `with` block."""
    import django
    from django.core.management import call_command

    from aisociety import embedded
    from aisociety.services import embedded_services

    with embedded.running(*embedded_services()):
        django.setup()
        call_command("migrate", verbosity=0)
        # Deleting would leave the tables as large as earlier runs made them.
        call_command("flush", verbosity=0, interactive=False)
        yield
