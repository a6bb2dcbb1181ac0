"""`manage.py found`: a town to serve, where there is none yet; for deployments without `up`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from aisociety import operator
from aisociety.town import TownError, add_town_arguments, town_for


class Command(BaseCommand):
    help = "Found a town if there is none, let it live a day, and make a first operator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_town_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            world = town_for(options)
        except TownError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{world.name_zh} {world.name_en}")
        password = operator.ensure_operator()
        if password:
            self.stdout.write(f"user {operator.NAME}, password {password}")
