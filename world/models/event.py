"""What happened. Written by `world.commit` alone, never changed."""

from django.db import models

from world.engine.events import FIELDS
from world.models.world import World


class Event(models.Model):
    """One thing that happened. 0 stands for none in every number but `amount`.

    kind: code of a registered event kind. actor, other: numbers of actors; place: of a location.
    activity: code of an activity. source: whose decision it was (`agents.provenance.Source`).
    reason: a code whose meaning belongs to the kind. until: the game time at which it will end.
    data: what does not fit; codes and parameters, never sentences.
    """

    # Written in bulk while the world's row is locked: checking it for each event would be waste.
    world = models.ForeignKey(
        World,
        on_delete=models.CASCADE,
        related_name="events",
        db_index=False,
        db_constraint=False,
    )
    seq = models.BigIntegerField()
    world_time = models.BigIntegerField()
    kind = models.SmallIntegerField()
    actor = models.IntegerField(default=0)
    other = models.IntegerField(default=0)
    place = models.IntegerField(default=0)
    activity = models.SmallIntegerField(default=0)
    source = models.SmallIntegerField(default=0)
    reason = models.SmallIntegerField(default=0)
    amount = models.BigIntegerField(default=0)
    until = models.BigIntegerField(default=0)
    data = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["world", "seq"], name="event_seq_in_world"),
        ]
        indexes = [
            # What somebody did lately: trajectories.
            models.Index(fields=["world", "actor", "seq"], name="event_by_actor"),
        ]

    @property
    def record(self) -> dict[str, int]:
        """The typed fields by name."""
        return {name: getattr(self, name) for name in FIELDS}

    def __str__(self) -> str:
        return f"event {self.seq} of world {self.world_id}"
