"""`manage.py mind`: whose mind residents have, and giving them another one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agents.minds.catalogue import INSTINCT, UnknownModelError, give_mind, model_named
from agents.minds.reading import model_lines
from agents.models import Livelihood
from world.models import Actor, World
from world.selectors import UnknownWorldError, world_of_slug
from world.stage import stage_of


class Command(BaseCommand):
    help = "Let a resident, or all of them, think with a model from now on; or list the models."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("who", nargs="?", help="the number of a resident, or all")
        parser.add_argument("model", nargs="?", help=f"the name of a model, or {INSTINCT}")
        parser.add_argument("--world", default="", help="which world (default: the primary one)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["who"] is None:
            self._list()
            return
        if options["model"] is None:
            raise CommandError("Which model? `manage.py mind` lists them.")
        try:
            world = world_of_slug(options["world"])
            model = model_named(options["model"])
        except (UnknownWorldError, UnknownModelError) as error:
            raise CommandError(str(error)) from error
        agent = None if options["who"] == "all" else self._resident(world, options["who"])
        entry = give_mind(world=world, model=model, agent=agent, told_by="mind")
        self.stdout.write(f"takes effect at {stage_of(world).time(entry.at)}")

    def _resident(self, world: World, number: str) -> Actor:
        known = world.actors.filter(kind="resident", number=number if number.isdecimal() else 0)
        agent = known.first()
        if agent is None:
            raise CommandError(f"{world.slug} has no resident {number!r}; say a number, or all")
        left_at = Livelihood.objects.get(actor=agent).left_at
        if left_at:
            gone = stage_of(world).time(left_at)
            raise CommandError(f"{agent} moved away from {world.slug} at {gone}")
        return agent

    def _list(self) -> None:
        self.stdout.write(f"{INSTINCT}: always possible, free")
        for line in model_lines():
            self.stdout.write(f"{line.name} ({line.provider}): {line.why or 'can be used'}")
