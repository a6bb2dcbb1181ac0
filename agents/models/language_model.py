"""Language models that residents may think with, and what they cost."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from agents.models.mind import AgentMind

VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{0,63}", re.ASCII)

KEY_LIKE = re.compile(r"[A-Z0-9]{20,}", re.ASCII)
"""No variable has such a word in its name."""


def check_names_a_secret(value: str) -> None:
    """The field names where a key is kept; a key itself must never get into the database."""
    if not value or value.startswith("/"):
        return
    if VARIABLE.fullmatch(value) is None or KEY_LIKE.search(value):
        raise ValidationError(
            "Give the name of the environment variable that holds the key (capital letters, digits"
            " and _), or the path of a file. The key itself does not belong here."
        )


class LanguageModel(models.Model):
    """A model at an OpenAI-compatible endpoint, edited while the town runs.

    code: what the engine calls it; never changes. remote_name: what the endpoint calls it.
    base_url_variable: an environment variable that replaces base_url where it is set.
    key_variable: the environment variable with the key (or, with _FILE behind it, with the path of
    a file that holds it), or such a path; empty where no key is needed.
    extra_body: what is added to every request.
    """

    class Structure(models.TextChoices):
        JSON_SCHEMA = "json_schema", "JSON schema"
        JSON_OBJECT = "json_object", "JSON object"
        PROMPT = "prompt", "by prompt only"

    class Thinking(models.TextChoices):
        NONE = "none", "does not think before it answers"
        ON = "on", "thinks before it answers"
        OFF = "off", "could think, but is told not to"

    class LimitParameter(models.TextChoices):
        MAX_TOKENS = "max_tokens"
        MAX_COMPLETION_TOKENS = "max_completion_tokens"

    code = models.SmallIntegerField(unique=True, editable=False)
    name = models.CharField(
        max_length=64,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9.:_-]*$", "Small letters, digits and .:_-")],
    )
    provider = models.CharField(max_length=64)
    remote_name = models.CharField(max_length=128)
    base_url = models.URLField(max_length=256)
    base_url_variable = models.CharField(max_length=64, blank=True)
    key_variable = models.CharField(max_length=256, blank=True, validators=[check_names_a_secret])
    enabled = models.BooleanField(default=True)
    preference = models.SmallIntegerField(
        default=100, help_text="The enabled model with a key and the least of these is the default."
    )
    structure = models.CharField(
        max_length=16, choices=Structure, default=Structure.PROMPT, help_text="How it answers JSON."
    )
    thinking = models.CharField(
        max_length=8,
        choices=Thinking,
        default=Thinking.NONE,
        help_text="What its provider wants to hear for that stands in extra body.",
    )
    temperature = models.FloatField(
        null=True,
        blank=True,
        default=None,
        validators=[MinValueValidator(0), MaxValueValidator(2)],
        help_text="Empty where the model does not honour one.",
    )
    limit_parameter = models.CharField(
        max_length=32, choices=LimitParameter, default=LimitParameter.MAX_TOKENS
    )
    max_output_tokens = models.PositiveIntegerField(
        default=1500, help_text="Tokens of an answer at most, those of thinking among them."
    )
    extra_body = models.JSONField(default=dict, blank=True)
    concurrency = models.PositiveSmallIntegerField(
        default=32, validators=[MinValueValidator(1)], help_text="Calls in flight at most."
    )
    requests_per_minute = models.PositiveIntegerField(
        default=600, validators=[MinValueValidator(1)]
    )
    timeout_seconds = models.PositiveSmallIntegerField(
        default=45, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )

    class Meta:
        ordering = ["preference", "code"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if not isinstance(self.extra_body, dict):
            raise ValidationError({"extra_body": "Expected an object."})
        if self.name == "instinct":
            raise ValidationError({"name": "Instinct is no language model."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.code is None:
            # What residents live by must never come to mean another model.
            known = [LanguageModel.objects.all(), AgentMind.objects.all()]
            last = (rows.aggregate(last=models.Max("code"))["last"] for rows in known)
            self.code = max(each or 0 for each in last) + 1
        super().save(*args, **kwargs)


class ModelPrice(models.Model):
    """US dollars per million tokens from a day on (UTC); peak prices within peak_hours.

    peak_hours: spans of the UTC day on weekdays, such as "01:00-04:00 06:00-10:00".
    """

    model = models.ForeignKey(LanguageModel, on_delete=models.CASCADE, related_name="prices")
    since = models.DateField()
    input = models.DecimalField(max_digits=10, decimal_places=4)
    cached_input = models.DecimalField(max_digits=10, decimal_places=4)
    output = models.DecimalField(max_digits=10, decimal_places=4)
    peak_input = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    peak_cached_input = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    peak_output = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    peak_hours = models.CharField(
        max_length=128,
        blank=True,
        validators=[
            RegexValidator(
                r"^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)"
                r"( ([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00))*$",
                "Spans such as 01:00-04:00 06:00-10:00",
            )
        ],
    )
    source = models.CharField(max_length=256, help_text="Where these figures were found.")

    class Meta:
        ordering = ["model", "-since"]
        constraints = [
            models.UniqueConstraint(fields=["model", "since"], name="price_of_model_since"),
            models.CheckConstraint(
                name="prices_are_not_negative",
                condition=models.Q(input__gte=0, cached_input__gte=0, output__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} since {self.since}"
