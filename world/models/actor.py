"""Whoever acts, owns or is owed."""

from django.db import models

from world.models.world import World


class Actor(models.Model):
    """The identity that every floor refers to. Its public id is `number`, dense in its world."""

    world = models.ForeignKey(World, on_delete=models.CASCADE, related_name="actors")
    number = models.IntegerField()
    kind = models.CharField(max_length=16, help_text="resident, employer, landlord, bank, ...")
    name_zh = models.CharField(max_length=64)
    name_en = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["world", "number"], name="actor_number_in_world")
        ]

    def __str__(self) -> str:
        return f"{self.name_zh} {self.name_en}"
