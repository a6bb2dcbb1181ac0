"""`manage.py variables`: what may be set in the environment, in which values, and what it means."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from aisociety.configuration.page import env_example, table


class Command(BaseCommand):
    help = "List the variables of the environment, as a table in Markdown."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", choices=("en", "zh"), default="en")
        parser.add_argument("--env", action="store_true", help="as a file to copy to .env instead")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(
            "\n".join(env_example() if options["env"] else table(options["language"]))
        )
