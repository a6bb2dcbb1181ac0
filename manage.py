#!/usr/bin/env python
"""Django's command line for AI Society, with the services it needs."""

import os
import signal
import sys

WITHOUT_DATABASE = {"help", "version", "--help", "--version", "-h", "fake_llm", "run"}
ABOUT_SCHEMA = {"migrate", "makemigrations", "showmigrations", "sqlmigrate", "check", "restore"}
"""Commands that must run whatever tables there are."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aisociety.settings")
    try:
        import django
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line

        from aisociety import embedded
        from aisociety.schema import SchemaError, ensure_schema
        from aisociety.services import embedded_services
    except ImportError as error:
        raise SystemExit(
            f"A package is missing ({error.name}). Run `make install` and use `.venv/bin/python`."
        ) from error
    # Without this, a terminated command would leave the services that it started to nobody.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if len(sys.argv) < 2 or sys.argv[1] in WITHOUT_DATABASE:
        execute_from_command_line(sys.argv)
        return
    try:
        with embedded.running(*embedded_services()):
            if sys.argv[1] not in ABOUT_SCHEMA:
                django.setup()
                ensure_schema()
            execute_from_command_line(sys.argv)
    except (embedded.ServiceError, SchemaError, ImproperlyConfigured) as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
