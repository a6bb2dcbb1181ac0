"""`manage.py live`: a town without watchers, as fast as it goes."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from world import registry
from world.advance import advance
from world.engine.gametime import DAY, HOUR
from world.founding import found
from world.history import history_hash
from world.models import Event, World
from world.scenario import ScenarioError, read


class Command(BaseCommand):
    help = (
        "Found a town (or go on with one), live some days on instinct as fast as possible, and"
        " print what happened with the hash of its history. Costs nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=float, default=1.0, help="game days to live (default 1)")
        parser.add_argument(
            "--seed", type=int, default=1, help="the seed of a new town (default 1)"
        )
        parser.add_argument(
            "--scenario", default="sunshine", help="folder in scenarios/, or a path"
        )
        parser.add_argument("--world", default="", help="go on with the world of this name instead")
        parser.add_argument("--keep", action="store_true", help="keep the new town in the database")
        parser.add_argument("--json", action="store_true", help="print one line of JSON only")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["days"] > 0:
            raise CommandError("--days must be more than 0")
        world = self._world(options)
        began = time.perf_counter()
        try:
            instants = self._live(world, options)
            world.refresh_from_db()
            report = {
                "world": world.slug,
                "seed": world.seed,
                "lived_until": world.lived_until,
                "instants": instants,
                "seconds": round(time.perf_counter() - began, 3),
                "residents": world.actors.filter(kind="resident").count(),
                "events": _events_by_kind(world),
                "hash": history_hash(world),
            }
        finally:
            if not options["keep"] and not options["world"]:
                world.delete()
        self._print(report, options)

    def _world(self, options: dict[str, Any]) -> World:
        if options["world"]:
            try:
                return World.objects.get(slug=options["world"])
            except World.DoesNotExist:
                known = ", ".join(World.objects.values_list("slug", flat=True)) or "none"
                raise CommandError(
                    f"there is no world {options['world']!r}; there are: {known}"
                ) from None
        folder = Path(options["scenario"])
        if not folder.is_dir():
            folder = settings.SCENARIOS_DIR / options["scenario"]
        slug = f"{folder.name}-{options['seed']}"
        if World.objects.filter(slug=slug).exists():
            raise CommandError(f"the world {slug} exists already; go on with it by --world {slug}")
        try:
            scenario = read(folder, registry.sections)
            return found(scenario=scenario, seed=options["seed"], slug=slug)
        except ScenarioError as error:
            raise CommandError(str(error)) from None

    def _live(self, world: World, options: dict[str, Any]) -> int:
        begins = world.lived_until
        until = begins + round(options["days"] * DAY)
        instants = 0
        progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=options["json"],
            transient=True,
        )
        with progress:
            task = progress.add_task(f"{world.name_en} lives", total=until - begins)
            for hour in range(begins + HOUR, until + HOUR, HOUR):
                done = advance(world_id=world.pk, until=min(hour, until))
                if done.busy:
                    raise CommandError(f"another process is advancing {world.slug}")
                instants += done.instants
                progress.update(task, completed=min(hour, until) - begins)
        return instants

    def _print(self, report: dict[str, Any], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(report, sort_keys=True))
            return
        table = Table(
            "event", "how often", title=f"{report['residents']} residents, seed {report['seed']}"
        )
        for kind, count in report["events"].items():
            table.add_row(kind, f"{count:,}")
        Console(file=self.stdout._out).print(table)
        self.stdout.write(
            f"{report['instants']:,} instants in {report['seconds']:.1f} s\n"
            f"history {report['hash']}"
        )


def _events_by_kind(world: World) -> dict[str, int]:
    counted = Event.objects.filter(world=world).values_list("kind").annotate(count=Count("id"))
    return {registry.event_kinds[kind].name: count for kind, count in counted.order_by("kind")}
