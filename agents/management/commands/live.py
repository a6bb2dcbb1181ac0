"""`manage.py live`: a town without watchers, as fast as it goes."""

import json
import time
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from rich.console import Console
from rich.table import Table

from agents.founding import found_town
from agents.headless import ContendedError, Lived, live
from agents.management.scenarios import folder_named
from agents.minds.catalogue import INSTINCT, UnknownModelError, give_mind, model_named
from agents.minds.headless import UnrecordedError
from agents.models import LanguageModel
from agents.progress import bar_of
from agents.selectors import residents
from agents.statistics.portrait import portrait
from economy.audit import audit
from economy.models import DayFigures
from economy.series import lines_of
from world import registry
from world.advance import WorldNotActiveError
from world.engine.gametime import DAY
from world.history import history_hash
from world.models import Event, World
from world.scenario import ScenarioError, read

WIDE = 132
"""Columns of what goes to a file, or to another program."""

BESIDE_BLOCKS = 74
"""Columns that the table of the days takes beside its blocks."""


class Command(BaseCommand):
    help = (
        "Found a town (or go on with one), live some days as fast as possible, and print how its"
        " residents fared, with the hash of its history. On instinct it costs nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=float, default=1.0, help="game days to live (default 1)")
        parser.add_argument("--seed", type=int, default=1, help="seed of a new town (default 1)")
        parser.add_argument("--agents", type=int, help="residents of a new town, by districts")
        parser.add_argument("--scenario", default="sunshine", help="folder in scenarios/, or path")
        parser.add_argument("--world", default="", help="go on with the world of this name instead")
        parser.add_argument(
            "--mind", default=INSTINCT, help="a model that everybody thinks with; implies --keep"
        )
        parser.add_argument("--name", default="", help="of a new town (default: scenario-seed)")
        parser.add_argument("--keep", action="store_true", help="keep the new town in the database")
        parser.add_argument("--json", action="store_true", help="print one line of JSON only")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["days"] > 0:
            raise CommandError("--days must be more than 0")
        mind = self._mind_of_name(options["mind"])
        world = self._world_of_name(options["world"]) if options["world"] else self._found(options)
        if mind is not None:
            # What thoughts cost stays on the books, so a world that thinks is kept.
            options["keep"] = True
            give_mind(world=world, model=mind, told_by="live")
        until = world.lived_until + round(options["days"] * DAY)
        began = time.perf_counter()
        try:
            lived = self._live(world, until, quiet=options["json"])
            seconds = time.perf_counter() - began
            days = list(DayFigures.objects.filter(world=world).order_by("midnight"))
            report = _report(world, days, lived, seconds)
        except (ContendedError, UnrecordedError, WorldNotActiveError) as error:
            raise CommandError(str(error)) from error
        finally:
            if not options["keep"] and not options["world"]:
                world.delete()
        if options["json"]:
            self.stdout.write(json.dumps(report, sort_keys=True))
            return
        self._print(report, days)
        if options["keep"] or options["world"]:
            self.stdout.write(f"kept: /?world={world.slug} shows it while the product runs")

    def _mind_of_name(self, name: str) -> LanguageModel | None:
        try:
            return model_named(name)
        except UnknownModelError as error:
            raise CommandError(str(error)) from error

    def _world_of_name(self, slug: str) -> World:
        try:
            return World.objects.get(slug=slug)
        except World.DoesNotExist:
            known = ", ".join(World.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"there is no world {slug!r}; there are: {known}") from None

    def _found(self, options: dict[str, Any]) -> World:
        folder = folder_named(options["scenario"])
        slug = options["name"] or f"{folder.name}-{options['seed']}"
        if World.objects.filter(slug=slug).exists():
            raise CommandError(f"the world {slug} exists already; go on with it by --world {slug}")
        try:
            scenario = read(folder, registry.sections)
            return found_town(
                scenario=scenario,
                seed=options["seed"],
                slug=slug,
                residents=options["agents"],
            )
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from None
        except (ScenarioError, ValueError) as error:
            raise CommandError(str(error)) from None

    def _live(self, world: World, until: int, *, quiet: bool) -> Lived:
        console = Console(stderr=True)
        with bar_of(world, until, console=console, quiet=quiet) as show:
            return live(world, until, show)

    def _print(self, report: dict[str, Any], days: list[DayFigures]) -> None:
        console = Console(
            file=self.stdout,  # type: ignore[arg-type]
            width=None if self.stdout.isatty() else WIDE,
        )
        counts = Table("event", "how often", title=f"{report['residents']} residents")
        for kind, count in report["events"].items():
            counts.add_row(kind, f"{count:,}")
        console.print(counts)
        console.print(_society(report["society"]))
        if days:
            console.print(_economy(lines_of(days, max(8, console.width - BESIDE_BLOCKS))))
        if report["calibration"]:
            table = Table("measure", "found", "wanted", "", title="Calibration")
            for finding in report["calibration"]:
                verdict = "ok" if finding["passed"] else "MISSED"
                table.add_row(finding["measure"], finding["found"], finding["wanted"], verdict)
            console.print(table)
        else:
            self.stdout.write("Live at least a day to see how the residents fare.")
        self.stdout.write(
            f"{report['instants']:,} instants in {report['seconds']:.1f} s; {report['books']}\n"
            f"history {report['hash']}"
        )


def _society(told: dict[str, Any]) -> Table:
    table = Table("society", "", title="What has become of them")
    ties = ", ".join(f"{kind} {count:,}" for kind, count in told["ties"].items())
    rows = {
        "ties": ties,
        "density, clustering": f"{told['density']:.3f}, {told['clustering']:.3f}",
        "best connected (ties)": ", ".join(told["best_connected"]),
        "couples, quarrels": f"{told['couples']:,}, {told['quarrels']:,}",
        "conversations, sentences": f"{told['conversations']:,}, {told['sentences']:,}",
        "met as agreed, stood up": f"{told['met_as_agreed']:,}, {told['stood_up']:,}",
        "news, and how often told": f"{told['news']:,}, {told['told_of_news']:,}",
        "known to most (how many)": ", ".join(told["widest_news"]),
        "memories of each": f"{told['memories']:,.1f}",
        "summaries, insights": f"{told['summaries']:,}, {told['insights']:,}",
    }
    for measure, found in rows.items():
        table.add_row(measure, found)
    return table


def _economy(lines: list[tuple[str, str, str, str, str]]) -> Table:
    table = Table("figure", "first", "last", "bounds", "day by day", title="Day by day")
    for line in lines:
        table.add_row(*line)
    return table


def _report(world: World, days: list[DayFigures], lived: Lived, seconds: float) -> dict[str, Any]:
    audited = audit(world)
    counted = Event.objects.filter(world=world).values_list("kind").annotate(count=Count("id"))
    return {
        "world": world.slug,
        "seed": world.seed,
        "lived_until": world.lived_until,
        "instants": lived.instants,
        "seconds": round(seconds, 3),
        "residents": residents(world).count(),
        "events": {registry.event_kinds[kind].name: n for kind, n in counted.order_by("kind")},
        "society": portrait(world),
        "economy": lines_of(days) if days else [],
        "books": "the books add up" if audited.passed else audited.complaint,
        "calibration": [asdict(finding) for finding in lived.findings],
        "hash": history_hash(world),
    }
