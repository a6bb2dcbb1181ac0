"""A world and the rules it was founded with."""

from django.core.validators import MaxValueValidator
from django.db import models

from world.engine.draws import WORD
from world.engine.inbox import Stamp


class World(models.Model):
    """One town and how far it has lived. Its row is the lock under which it is advanced.

    version: raised by every commit; fences the columns that an engine keeps.
    instant, round: the last stamp that was lived. lived_until: nothing is left to do before it.
    seq: the number of the last event.
    """

    class Status(models.TextChoices):
        ACTIVE = "active"
        STOPPED = "stopped"
        ARCHIVED = "archived"

    slug = models.SlugField(unique=True)
    name_zh = models.CharField(max_length=64)
    name_en = models.CharField(max_length=64)
    scenario = models.CharField(max_length=64)
    seed = models.BigIntegerField(validators=[MaxValueValidator(WORD - 1)])
    epoch = models.UUIDField()
    first_day = models.DateField(help_text="The date of day 1, a Monday.")
    districts = models.PositiveIntegerField(
        default=1, help_text="How many times the scenario's map is laid side by side."
    )
    population = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="How many residents it was founded with; empty: the scenario's.",
    )
    grid = models.PositiveSmallIntegerField(help_text="Game seconds between instants.")
    status = models.CharField(max_length=16, choices=Status, default=Status.ACTIVE)
    status_reason = models.TextField(blank=True)
    version = models.BigIntegerField(default=0)
    instant = models.BigIntegerField()
    round = models.IntegerField(default=0)
    lived_until = models.BigIntegerField()
    seq = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="world_seed_is_a_word", condition=models.Q(seed__gte=0, seed__lt=WORD)
            ),
            models.CheckConstraint(
                name="world_lives_forward", condition=models.Q(lived_until__gte=models.F("instant"))
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def position(self) -> Stamp:
        """The last stamp that was lived."""
        return Stamp(self.instant, self.round)


class Rulebook(models.Model):
    """One section of the scenario that a world was founded with; the files may change later."""

    world = models.ForeignKey(World, on_delete=models.CASCADE, related_name="rulebooks")
    section = models.CharField(max_length=64)
    content = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["world", "section"], name="one_rulebook_per_section")
        ]

    def __str__(self) -> str:
        return f"{self.world}: {self.section}"
