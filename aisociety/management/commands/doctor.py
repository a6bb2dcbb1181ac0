"""`manage.py doctor`: why is nobody thinking?"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override
from rich.console import Console
from rich.table import Table

from aisociety.doctor import examine
from world.models import World
from world.selectors import UnknownWorldError, world_of_slug

MARKS = {"well": "[green]✓", "weak": "[yellow]![/]", "ill": "[red]✗", "unknown": "?"}


class Command(BaseCommand):
    help = (
        "Look at everything that a thinking town needs, from the database to the endpoints of"
        " models, and say what to do. Exits with 1 if something is ill."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--world", default="", help="which world (default: the primary one)")
        parser.add_argument("--language", choices=("en", "zh"), default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        language = "en" if options["language"] == "en" else "zh-hans"
        with override(language):
            found = examine(self._world(options["world"]))
        table = Table("", "what", "seen", "what to do", show_lines=False)
        for finding in found:
            table.add_row(MARKS[finding.condition], finding.name, finding.seen, finding.advice)
        Console(file=self.stdout).print(table)  # type: ignore[arg-type]
        if any(finding.condition == "ill" for finding in found):
            sys.exit(1)

    def _world(self, slug: str) -> World | None:
        try:
            return world_of_slug(slug)
        except UnknownWorldError as error:
            if slug:
                self.stderr.write(str(error))
                sys.exit(1)
            return None
