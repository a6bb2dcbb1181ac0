"""`manage.py run web`: one process of a town, as a container or a supervisor starts it."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from aisociety.processes import QUIET, commands

PATIENCE = 20
"""Seconds that requests under way get; whoever supervises must wait longer before killing."""


class Command(BaseCommand):
    help = (
        "Become one process of a town whose database is up to date: web, engine, minds or beat."
        " Of each, several may run; `up` runs one of each."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("process", choices=sorted(commands("", 0)))
        parser.add_argument("--host", default="127.0.0.1", help="address of web (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port of web (8000)")

    def handle(self, *args: Any, **options: Any) -> None:
        known = commands(options["host"], options["port"], PATIENCE)
        command = known[options["process"]]
        # The same process from now on, so a signal reaches what it is meant for.
        os.execvpe(command[0], command, os.environ | QUIET)  # noqa: S606 (no shell is wanted)
