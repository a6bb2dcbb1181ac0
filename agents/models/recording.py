"""Recordings: what models said, kept by what they were asked."""

from django.db import models


class Recording(models.Model):
    """One outcome of one call.

    key: SHA-256 over model, parameters and messages. subject, asked_at, purpose, turn: when it was
    recorded, so that a prompt that has changed can be told. outcome: the reply and its usage, or
    how the call failed.
    """

    key = models.CharField(max_length=64, unique=True)
    model_name = models.CharField(max_length=64)
    subject = models.IntegerField()
    asked_at = models.BigIntegerField()
    purpose = models.CharField(max_length=16)
    turn = models.SmallIntegerField()
    request = models.JSONField()
    outcome = models.JSONField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["subject", "asked_at", "purpose", "turn"], name="recording_of_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model_name} {self.key[:12]}"
