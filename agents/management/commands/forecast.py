"""`manage.py forecast`: what minds will use and cost, before anything is spent."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from agents.minds.catalogue import UnknownModelError, model_named
from agents.minds.forecast import Forecast, NothingRecordedError, forecast
from agents.minds.prices import NoPriceError
from world.engine.gametime import DAY
from world.selectors import UnknownWorldError, world_of_slug
from world.stage import stage_of


class Command(BaseCommand):
    help = (
        "Predict calls, tokens and cost of the next game days, with a range, from what the minds"
        " of a world have used so far. Asks nobody anything."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=float, default=7, help="game days (default 7)")
        parser.add_argument("--agents", type=int, help="residents who think (default: as now)")
        parser.add_argument("--model", help="at whose prices (default: the one used most)")
        parser.add_argument("--world", default="", help="which world (default: the primary one)")
        parser.add_argument("--json", action="store_true", help="print one line of JSON only")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["days"] > 0 or (options["agents"] is not None and options["agents"] < 1):
            raise CommandError("--days and --agents must be more than 0")
        try:
            world = world_of_slug(options["world"])
            told = forecast(
                world=world,
                days=options["days"],
                residents=options["agents"],
                model=model_named(options["model"]) if options["model"] else None,
            )
        except (UnknownWorldError, UnknownModelError, NothingRecordedError, NoPriceError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(asdict(told), sort_keys=True))
        else:
            self._print(told, stage_of(world).rules["town"].time_scale)

    def _print(self, told: Forecast, scale: int) -> None:
        hours = told.days * DAY / scale / 3600
        table = Table(
            "",
            "expected",
            "from",
            "to",
            title=f"{told.days:g} game days ({hours:.0f} real hours at x1) of {told.residents}"
            f" residents with {told.model}",
        )
        for name, measure in told.measures.items():
            figures = (measure.expected, measure.low, measure.high)
            shown = (f"{each:,.2f}" if name == "usd" else f"{each:,.0f}" for each in figures)
            table.add_row(name, *shown)
        Console(file=self.stdout).print(table)  # type: ignore[arg-type]
        self.stdout.write(
            f"From {told.recorded_residents} residents over {told.recorded_days:.1f} game days on"
            " record; the range is the middle 80 % of a bootstrap over residents."
        )
