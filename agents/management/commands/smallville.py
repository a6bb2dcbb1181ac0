"""`manage.py smallville`: how far an invitation told to one travels, in published terms."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from statistics import mean
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from agents.headless import ContendedError
from agents.management.scenarios import folder_named
from agents.news.smallville import DAYS, PUBLISHED, RESIDENTS, Smallville, measure
from world import registry
from world.models import World
from world.scenario import ScenarioError, read


class Command(BaseCommand):
    help = (
        "Let one resident mean to give a party, live two game days, and print how many know of it"
        " and how many more know each other, beside the published figures of Generative Agents."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--seed", type=int, default=1, help="seed of the first town (default 1)"
        )
        parser.add_argument("--towns", type=int, default=5, help="how many towns (default 5)")
        parser.add_argument("--agents", type=int, default=RESIDENTS, help="residents (default 25)")
        parser.add_argument("--days", type=float, default=DAYS, help="game days (default 2)")
        parser.add_argument("--scenario", default="sunshine", help="folder in scenarios/, or path")
        parser.add_argument("--json", action="store_true", help="print one line of JSON only")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["towns"] < 1 or not options["days"] > 0:
            raise CommandError("--towns and --days must be more than 0")
        try:
            scenario = read(folder_named(options["scenario"]), registry.sections)
        except ScenarioError as error:
            raise CommandError(str(error)) from None
        found = []
        for seed in range(options["seed"], options["seed"] + options["towns"]):
            slug = f"smallville-{seed}"
            if World.objects.filter(slug=slug).exists():
                raise CommandError(f"the world {slug} exists already; delete it first")
            try:
                found.append(
                    measure(
                        scenario,
                        seed=seed,
                        slug=slug,
                        residents=options["agents"],
                        days=options["days"],
                    )
                )
            except ValidationError as error:
                raise CommandError("; ".join(error.messages)) from None
            except (ContendedError, ValueError) as error:
                raise CommandError(str(error)) from None
        if options["json"]:
            self.stdout.write(json.dumps([asdict(each) for each in found], sort_keys=True))
        else:
            self._print(found)

    def _print(self, found: list[Smallville]) -> None:
        table = Table(
            *("town", "know of the party", "density before", "density after", "come", "history"),
            title=f"{found[0].residents} residents",
        )
        for each in found:
            table.add_row(
                str(each.seed),
                f"{each.know:.0%}",
                f"{each.density_before:.3f}",
                f"{each.density_after:.3f}",
                "-" if each.come is None else f"{each.come:.0%}",
                each.history[:12],
            )
        come = [each.come for each in found if each.come is not None]
        table.add_section()
        table.add_row(
            "mean",
            f"{mean(each.know for each in found):.0%}",
            f"{mean(each.density_before for each in found):.3f}",
            f"{mean(each.density_after for each in found):.3f}",
            f"{mean(come):.0%}" if come else "-",
        )
        table.add_row(
            "published",
            f"{PUBLISHED['know']:.0%}",
            f"{PUBLISHED['density_before']:.3f}",
            f"{PUBLISHED['density_after']:.3f}",
            f"{PUBLISHED['come']:.0%}",
        )
        Console(file=self.stdout).print(table)  # type: ignore[arg-type]
