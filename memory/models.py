"""What residents remember. Written by `memory.writing` alone, in the order it came about."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from pgvector.django import HalfVectorField

from world.models import Actor

MOST = 100
"""The highest importance."""


class Embedder(models.Model):
    """Whoever made a vector, and how long it is; vectors of two of them are never compared.

    name: LEXICAL, or the name of a model at an OpenAI-compatible endpoint.
    """

    LEXICAL = "lexical"

    name = models.CharField(max_length=128)
    dimension = models.IntegerField(validators=[MinValueValidator(1), MaxValueValidator(4000)])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "dimension"], name="embedder_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.dimension})"


class Memory(models.Model):
    """One thing that somebody remembers.

    at, ordinal: the game time at which it was laid down, and which of that time; with the actor its
    identity. importance: 0 to MOST. subject: what it is about, a key. place: a number, 0 for none.
    people: numbers of others it is about. source: the number of who told it, 0 for what one
    witnessed oneself. text: in both languages; what is known in one alone stands in both.
    recalled_at, recalls: when it last came to mind (a game time), and how often. embedder, vector:
    what it is found by. cause: what it comes from, as whoever laid it down counts such things
    (the number of a conversation), 0 for none. valence: how it felt, in points, below 0 if it was
    bad. replaced: of a summary, what it stands for, from `since` until `until`. evidence: of a
    reflection, the (at, ordinal) of what it was drawn from. stand_in: why it is not of whoever was
    asked for it, as whoever laid it down counts reasons; 0 where nobody stood in.
    """

    class Kind(models.IntegerChoices):
        OBSERVATION = 1
        CONVERSATION = 2
        REFLECTION = 3
        PLAN = 4
        ANNOUNCEMENT = 5
        INTERVIEW = 6
        SUMMARY = 7

    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="memories", db_index=False
    )
    embedder = models.ForeignKey(Embedder, on_delete=models.PROTECT, db_index=False)
    at = models.BigIntegerField()
    recalled_at = models.BigIntegerField()
    cause = models.BigIntegerField(default=0)
    place = models.IntegerField(default=0)
    source = models.IntegerField(default=0)
    recalls = models.IntegerField(default=0)
    ordinal = models.SmallIntegerField(default=0)
    kind = models.SmallIntegerField(choices=Kind)
    importance = models.SmallIntegerField()
    valence = models.SmallIntegerField(default=0)
    stand_in = models.SmallIntegerField(default=0)
    subject = models.CharField(max_length=32)
    people = models.JSONField(default=list)
    text_zh = models.TextField()
    text_en = models.TextField()
    vector = HalfVectorField()
    replaced = models.JSONField(null=True, blank=True)
    evidence = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "memories"
        constraints = [
            # Also the index from which everything of one actor is scored, without their rows, which
            # lie wherever the town was when they were written. Its rows hold 2,700 bytes at most.
            models.UniqueConstraint(
                fields=["actor", "at", "ordinal"],
                include=["id", "recalled_at", "importance", "kind", "embedder", "vector"],
                name="memory_of_actor",
            ),
            models.CheckConstraint(
                name="importance_is_within_bounds",
                condition=models.Q(importance__gte=0, importance__lte=MOST),
            ),
        ]

    def __str__(self) -> str:
        return f"memory of {self.actor} at {self.at}"


class ModelVector(models.Model):
    """What a model makes of a memory, some time after it was laid down; one vector at a time."""

    memory = models.OneToOneField(
        Memory, on_delete=models.CASCADE, primary_key=True, related_name="by_model"
    )
    embedder = models.ForeignKey(Embedder, on_delete=models.PROTECT, db_index=False)
    vector = HalfVectorField()

    def __str__(self) -> str:
        return f"vector of {self.memory} by {self.embedder}"


class Accumulation(models.Model):
    """How much has come together for somebody to reflect on.

    importance: the sum over what was kept since `reflected_at`, the game time at which it last
    passed the threshold (0: never). reflected_before: the time before that. waiting: what comes of
    that reflection is not laid down yet.
    """

    actor = models.OneToOneField(
        Actor, on_delete=models.CASCADE, primary_key=True, related_name="accumulation"
    )
    importance = models.IntegerField(default=0)
    reflected_at = models.BigIntegerField(default=0)
    reflected_before = models.BigIntegerField(default=0)
    waiting = models.BooleanField(default=False)

    class Meta:
        indexes = [
            # Whose reflection may have become late.
            models.Index(
                fields=["reflected_at"],
                condition=models.Q(waiting=True),
                name="waiting_for_reflections",
            ),
        ]

    def __str__(self) -> str:
        return f"accumulation of {self.actor}"
