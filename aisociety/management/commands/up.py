"""`manage.py up`: a living town from nothing, and everything that it takes, in one terminal."""

import signal
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from aisociety import operator, processes
from aisociety.town import TownError, add_town_arguments, town_for


class Command(BaseCommand):
    help = (
        "Found a town if there is none, let it live a day so that it has a past, and run the web"
        " server, the engine, the minds and the heartbeat until Ctrl-C."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address (default 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port (default 8000)")
        add_town_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            processes.check_port(options["host"], options["port"])
            world = town_for(options)
        except KeyboardInterrupt:
            sys.exit(128 + signal.SIGINT)
        except (processes.PortError, TownError) as error:
            raise CommandError(str(error)) from error
        self._welcome(world.name_en, world.name_zh, options["host"], options["port"])
        connections.close_all()
        sys.exit(processes.run(options["host"], options["port"]))

    def _welcome(self, name_en: str, name_zh: str, host: str, port: int) -> None:
        shown = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host  # noqa: S104 (compared)
        self.stdout.write(f"\n  {name_zh} {name_en}  http://{shown}:{port}/")
        password = operator.ensure_operator()
        login = f"http://{shown}:{port}/admin/"
        if password:
            self.stdout.write(f"  {login}  user {operator.NAME}, password {password}")
        else:
            self.stdout.write(
                f"  {login}  (a forgotten password: .venv/bin/python manage.py changepassword"
                f" {operator.NAME})"
            )
        self.stdout.write("  Ctrl-C stops everything; the town goes on from there.\n\n")
        self.stdout.flush()
