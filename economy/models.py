"""Money: accounts, the transfers between them, and the businesses of the town."""

from django.db import models
from django.db.models import F, Q

from world.models import Actor, World


class Account(models.Model):
    """What an actor owns, in fen. Written by `world.commit` alone; every fen has a transfer."""

    actor = models.OneToOneField(
        Actor, on_delete=models.CASCADE, primary_key=True, related_name="account"
    )
    balance = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"account of {self.actor}"


class Transfer(models.Model):
    """One movement of money. payer, payee: numbers of actors. category: `economy.money.Category`.

    seq is that of the event that told it. place, activity: what was paid for, 0 for none.
    """

    # Written in bulk while the world's row is locked: checking it for each transfer would be waste.
    world = models.ForeignKey(
        World,
        on_delete=models.CASCADE,
        related_name="transfers",
        db_index=False,
        db_constraint=False,
    )
    seq = models.BigIntegerField()
    world_time = models.BigIntegerField()
    payer = models.IntegerField()
    payee = models.IntegerField()
    place = models.IntegerField(default=0)
    activity = models.SmallIntegerField(default=0)
    category = models.SmallIntegerField()
    amount = models.BigIntegerField(help_text="In fen.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["world", "seq"], name="transfer_seq_in_world"),
            models.CheckConstraint(name="transfer_moves_money", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="transfer_has_two_sides", condition=~Q(payer=F("payee"))),
        ]
        indexes = [
            models.Index(fields=["world", "payer", "seq"], name="transfer_by_payer"),
            models.Index(fields=["world", "payee", "seq"], name="transfer_by_payee"),
        ]

    def __str__(self) -> str:
        return f"transfer {self.seq} of world {self.world_id}"


class Business(models.Model):
    """Whoever runs a place: earns what is bought there and pays those who work there."""

    actor = models.OneToOneField(
        Actor, on_delete=models.CASCADE, primary_key=True, related_name="business"
    )
    place = models.IntegerField(help_text="The number of the place it runs.")

    class Meta:
        verbose_name_plural = "businesses"

    def __str__(self) -> str:
        return str(self.actor)
