"""The map: zones and the places where life happens."""

from django.db import models

from world.models.world import World


class Zone(models.Model):
    """A part of the map with a character of its own; coordinates in px from the top left."""

    world = models.ForeignKey(World, on_delete=models.CASCADE, related_name="zones")
    key = models.CharField(max_length=64)
    name_zh = models.CharField(max_length=64)
    name_en = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    x = models.IntegerField()
    y = models.IntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["world", "key"], name="zone_key_in_world")]

    def __str__(self) -> str:
        return f"{self.name_zh} {self.name_en}"


class Location(models.Model):
    """A place. Its public id is `number`, dense in its world and in the scenario's order.

    door: the side on which one enters, from the cell just outside its middle; or "centre".
    opens, closes: seven game seconds of the day, Monday first; a day with opens = closes is closed.
    offers: keys of the activities that can be done here.
    """

    world = models.ForeignKey(World, on_delete=models.CASCADE, related_name="locations")
    number = models.IntegerField()
    key = models.CharField(max_length=64)
    name_zh = models.CharField(max_length=64)
    name_en = models.CharField(max_length=64)
    kind = models.CharField(max_length=32)
    zone = models.ForeignKey(Zone, on_delete=models.RESTRICT, related_name="locations")
    x = models.IntegerField()
    y = models.IntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    door = models.CharField(max_length=8)
    outdoor = models.BooleanField(default=False)
    capacity = models.PositiveIntegerField()
    opens = models.JSONField()
    closes = models.JSONField()
    offers = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["world", "number"], name="location_number_in_world"),
            models.UniqueConstraint(fields=["world", "key"], name="location_key_in_world"),
        ]

    def __str__(self) -> str:
        return f"{self.name_zh} {self.name_en}"
