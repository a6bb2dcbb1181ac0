"""Thoughts: one row for each request to a mind. The row is the queue; messages only wake."""

from django.db import models
from django.db.models import Q

from world.models import Actor, World


class Thought(models.Model):
    """What a resident's model was asked, what it said, and what that cost.

    asked_at: the game time; with actor and purpose it is the thought's identity, `key` (of
    interviews, that of the last one then). decision: the number of the decision that it is
    asked for. situation: what the mind may know, as codes and numbers, as of asked_at.
    recalled: the memories that had come to mind, in words, with the parts of their scores.
    urgency: the lower the sooner. claim, lease_until: who works on it, and how long that is
    believed. messages: the prompt, later turns among them. failure: why instinct stands in (a
    name of StandIn), empty for a reply that can be used. detail: more about that, for people.
    cost and reserved: nano-dollars. via: "wire" or "cassette".
    """

    class Purpose(models.TextChoices):
        SPEAK = "speak"
        DECIDE = "decide"
        APPRAISE = "appraise"
        PLAN = "plan"
        REFLECT = "reflect"
        SUMMARISE = "summarise"
        INTERVIEW = "interview"

    class Status(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"
        ANSWERED = "answered"
        WITHDRAWN = "withdrawn"

    world = models.ForeignKey(World, on_delete=models.CASCADE, related_name="thoughts")
    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="thoughts", db_index=False
    )
    purpose = models.CharField(max_length=16, choices=Purpose)
    asked_at = models.BigIntegerField()
    decision = models.IntegerField()
    urgency = models.SmallIntegerField()
    situation = models.JSONField()
    recalled = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    claim = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    asked_real = models.DateTimeField(auto_now_add=True)
    answered_real = models.DateTimeField(null=True)
    model_name = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=2, blank=True)
    messages = models.JSONField(default=list)
    reply = models.TextField(blank=True)
    reasoning = models.TextField(blank=True)
    parsed = models.JSONField(null=True)
    failure = models.CharField(max_length=16, blank=True)
    detail = models.TextField(blank=True)
    via = models.CharField(max_length=8, blank=True)
    calls = models.SmallIntegerField(default=0)
    tokens_in = models.IntegerField(default=0)
    tokens_cached = models.IntegerField(default=0)
    tokens_out = models.IntegerField(default=0)
    tokens_reasoning = models.IntegerField(default=0)
    cost = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    reserved_on = models.DateField(null=True)
    latency_ms = models.IntegerField(default=0)

    class Meta:
        constraints = [
            # In a town that stands still somebody may be interviewed again and again.
            models.UniqueConstraint(
                fields=["actor", "purpose", "asked_at"],
                condition=~Q(purpose="interview"),
                name="one_thought_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["actor", "purpose"],
                condition=Q(status__in=("waiting", "claimed")),
                name="one_open_thought_of_a_purpose",
            ),
        ]
        indexes = [
            # What is to be asked next, and what a dead worker left behind.
            models.Index(
                fields=["urgency", "id"],
                condition=Q(status__in=("waiting", "claimed")),
                name="thoughts_in_the_queue",
            ),
            # What was answered lately: latency, usage, forecasts.
            models.Index(fields=["world", "answered_real"], name="thoughts_answered"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """The public identity of a thought within its world."""
        return f"{self.actor.number}-{self.asked_at}-{self.purpose}"
