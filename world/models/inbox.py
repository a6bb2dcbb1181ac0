"""The inbox of a world and the seal up to which its contents are final."""

from django.db import models

from world.models.world import World


class InboxSeal(models.Model):
    """Rows stamped up to (until, round) are final: writers stamp later, the engine may run so far.

    Lock this row alone, for one short transaction, after the world's row if you hold that.
    """

    world = models.OneToOneField(
        World, on_delete=models.CASCADE, primary_key=True, related_name="inbox_seal"
    )
    until = models.BigIntegerField()
    round = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"inbox of world {self.world_id} sealed until {self.until}"


class InboxEntry(models.Model):
    """Something told to a world, with the stamp at which it takes effect; the stamp never changes.

    subject: number of the actor or place it is about, 0 for the world.
    key: makes a row unique among those of its kind and subject; empty for plain orders.
    told_by: who told it, for people; not part of history.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        REFUSED = "refused"

    world = models.ForeignKey(World, on_delete=models.CASCADE, related_name="inbox", db_index=False)
    at = models.BigIntegerField()
    round = models.IntegerField(default=0)
    kind = models.CharField(max_length=32)
    subject = models.IntegerField(default=0)
    key = models.CharField(max_length=64, blank=True)
    payload = models.JSONField(default=dict)
    source = models.SmallIntegerField(default=0)
    told_by = models.CharField(max_length=150, blank=True)
    told_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING)
    reason = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "inbox entries"
        constraints = [
            models.UniqueConstraint(
                fields=["world", "kind", "subject", "key"],
                condition=~models.Q(key=""),
                name="inbox_key_told_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["world", "at", "round"],
                condition=models.Q(outcome="waiting"),
                name="inbox_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.subject} at {self.at}"
