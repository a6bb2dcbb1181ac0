"""What a world may spend on language models, and what it has spent.

Sums are whole nano-dollars: a token of the cheapest model costs three of them.
"""

from django.core.validators import MinValueValidator
from django.db import models

from world.models import World

NANO = 1_000_000_000
"""Nano-dollars in a dollar."""


class MindsPolicy(models.Model):
    """How the minds of a world are asked. Its row is the lock under which money is reserved.

    Real months and days are those of UTC.
    """

    class Asking(models.TextChoices):
        PLAN = "plan", "a plan for the next hours"
        PLAIN = "plain", "one decision at a time"

    class Language(models.TextChoices):
        ZH = "zh", "Chinese"
        EN = "en", "English"

    world = models.OneToOneField(
        World, on_delete=models.CASCADE, primary_key=True, related_name="minds_policy"
    )
    monthly_usd = models.DecimalField(
        max_digits=10, decimal_places=2, default=200, validators=[MinValueValidator(0)]
    )
    daily_usd = models.DecimalField(
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="Empty: what is left of the month, divided by the days that are left of it.",
    )
    minds_yield = models.BooleanField(
        default=False,
        help_text="At high speeds instinct decides instead of letting the clock wait for minds.",
    )
    asking = models.CharField(max_length=8, choices=Asking, default=Asking.PLAN)
    language = models.CharField(max_length=2, choices=Language, default=Language.ZH)

    class Meta:
        verbose_name_plural = "minds policies"

    def __str__(self) -> str:
        return f"minds of {self.world_id}"


class Spending(models.Model):
    """A real day of a world, in nano-dollars. reserved: for calls under way."""

    world = models.ForeignKey(World, on_delete=models.CASCADE, related_name="spending")
    day = models.DateField()
    reserved = models.BigIntegerField(default=0)
    spent = models.BigIntegerField(default=0)
    calls = models.IntegerField(default=0)

    class Meta:
        verbose_name_plural = "spending"
        constraints = [
            models.UniqueConstraint(fields=["world", "day"], name="spending_of_world_and_day"),
            models.CheckConstraint(
                name="spending_is_not_negative",
                condition=models.Q(reserved__gte=0, spent__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.world_id} on {self.day}"
