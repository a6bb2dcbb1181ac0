"""`manage.py audit`: do the books add up?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from economy.audit import audit_and_stop
from economy.money import YUAN
from world.models import World


class Command(BaseCommand):
    help = (
        "Add up every transfer of each world and compare with the balances of its accounts and"
        " with what its log told. A world whose books are wrong is stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--world", default="", help="audit the world of this name only")

    def handle(self, *args: Any, **options: Any) -> None:
        worlds = World.objects.order_by("slug")
        if options["world"]:
            worlds = worlds.filter(slug=options["world"])
        if not worlds:
            raise CommandError(
                "there is no such world" if options["world"] else "there is no world"
            )
        broken = [world for world in worlds if not self._audit(world)]
        if broken:
            raise CommandError(f"the books of {', '.join(map(str, broken))} are wrong")

    def _audit(self, world: World) -> bool:
        found = audit_and_stop(world)
        verdict = "the books add up" if found.passed else "THE BOOKS ARE WRONG"
        self.stdout.write(
            f"{world}: {verdict} ({found.accounts:,} accounts, {found.transfers:,} transfers)"
        )
        if found.false is not None:
            self.stdout.write(f"  transfer {found.false} is not what history told: the first such")
        for number, held, due in found.differences:
            self.stdout.write(
                f"  actor {number} holds {held / YUAN:,.2f} yuan;"
                f" its transfers make {due / YUAN:,.2f}"
            )
        if found.stranger is not None:
            self.stdout.write(f"  transfer {found.stranger} has a side without an account")
        if found.total:
            self.stdout.write(f"  all balances sum up to {found.total / YUAN:,.2f} instead of 0")
        return found.passed
