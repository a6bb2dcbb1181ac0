"""Happenings: what goes on in the town for a while, and the rules that are in force."""

from django.db import models

from world.engine.gametime import NEVER
from world.models.world import World


class Happening(models.Model):
    """Something that holds from `began` to `until`; written by `world.commit` alone.

    number: its identity in its world. kind: a `world.happenings.Kind`. place: the number of the
    place where it is, 0 for everywhere. strength: what its kind makes of it. told: 1 once its
    beginning, 2 once its end was told.
    """

    world = models.ForeignKey(
        World, on_delete=models.CASCADE, related_name="happenings", db_index=False
    )
    number = models.IntegerField()
    began = models.BigIntegerField(default=0)
    until = models.BigIntegerField(default=NEVER)
    place = models.IntegerField(default=0)
    strength = models.IntegerField(default=0)
    kind = models.SmallIntegerField()
    told = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["world", "number"], name="happening_in_world"),
        ]

    def __str__(self) -> str:
        return f"happening {self.number} of world {self.world_id}"
