"""`manage.py found`: a town to serve, where there is none yet; for deployments without `up`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from agents.headless import ContendedError
from aisociety import operator
from aisociety.town import ensure_town
from world.advance import WorldNotActiveError
from world.scenario import ScenarioError


class Command(BaseCommand):
    help = "Found a town if there is none, let it live a day, and make a first operator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scenario", default="sunshine", help="folder in scenarios/")
        parser.add_argument("--seed", type=int, default=1, help="seed of a new town (default 1)")
        parser.add_argument("--agents", type=int, help="residents of a new town, by districts")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            world = ensure_town(
                scenario=options["scenario"],
                seed=options["seed"],
                agents=options["agents"],
                console=Console(stderr=True),
            )
        except (ScenarioError, ContendedError, WorldNotActiveError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{world.name_zh} {world.name_en}")
        password = operator.ensure_operator()
        if password:
            self.stdout.write(f"user {operator.NAME}, password {password}")
