"""`manage.py prove`: is a world what its seed and its inbox make of it?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from world.engine.gametime import DAY
from world.proving import ProofUnderWayError, prove
from world.selectors import UnknownWorldError, world_of_slug


class Command(BaseCommand):
    help = (
        "Live a world's seed and inbox again beside it, and compare both histories event by event."
        " The world may live on meanwhile; no model is asked. A day of fifty residents takes some"
        " seconds."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--world", default="", help="which world (default: the primary one)")
        parser.add_argument(
            "--anew", action="store_true", help="delete what an earlier proof left that was killed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            world = world_of_slug(options["world"])
            proof = prove(world, anew=options["anew"])
        except UnknownWorldError as error:
            raise CommandError(str(error)) from error
        except ProofUnderWayError as error:
            raise CommandError(
                f"There is a world {error} already: wait for that proof, or say --anew if it was"
                " killed."
            ) from None
        if not proof.same:
            raise CommandError(
                f"{world} differs from its seed and inbox after {proof.events:,} events:\n"
                f"  it has       {proof.ours.decode() or 'nothing more'}\n"
                f"  its replay   {proof.again.decode() or 'nothing more'}"
            )
        self.stdout.write(
            f"{world}: {proof.events:,} events in {proof.lived_until / DAY:.2f} days are what its"
            " seed and inbox make"
        )
