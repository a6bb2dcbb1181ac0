"""Residents: who they are (rarely written) apart from how they are (written all the time)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from world.engine.lines import FULL
from world.hot_tables import TimerField
from world.models import Actor

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class Agent(models.Model):
    """A resident's profile. Name and number stand on the actor."""

    class Gender(models.TextChoices):
        MALE = "male"
        FEMALE = "female"
        OTHER = "other"

    actor = models.OneToOneField(
        Actor, on_delete=models.CASCADE, primary_key=True, related_name="agent"
    )
    key = models.CharField(max_length=64, help_text="The resident's name in the scenario.")
    age = models.PositiveSmallIntegerField()
    gender = models.CharField(max_length=8, choices=Gender)
    goal_zh = models.TextField()
    goal_en = models.TextField()
    backstory_zh = models.TextField()
    backstory_en = models.TextField()

    def __str__(self) -> str:
        return str(self.actor)


class Personality(models.Model):
    """The Big Five of a resident, 0 to 100 each."""

    actor = models.OneToOneField(
        Actor, on_delete=models.CASCADE, primary_key=True, related_name="personality"
    )
    openness = models.SmallIntegerField(validators=PERCENT)
    conscientiousness = models.SmallIntegerField(validators=PERCENT)
    extraversion = models.SmallIntegerField(validators=PERCENT)
    agreeableness = models.SmallIntegerField(validators=PERCENT)
    neuroticism = models.SmallIntegerField(validators=PERCENT)

    class Meta:
        verbose_name_plural = "personalities"

    def __str__(self) -> str:
        return f"personality of {self.actor}"


class Skills(models.Model):
    """What a resident has learnt, in thousandths of a point: 0 to 100,000 each."""

    actor = models.OneToOneField(
        Actor, on_delete=models.CASCADE, primary_key=True, related_name="skills"
    )
    programming = models.IntegerField(default=0)
    design = models.IntegerField(default=0)
    art = models.IntegerField(default=0)
    social = models.IntegerField(default=0)
    teaching = models.IntegerField(default=0)
    cooking = models.IntegerField(default=0)
    business = models.IntegerField(default=0)

    class Meta:
        verbose_name_plural = "skills"

    def __str__(self) -> str:
        return f"skills of {self.actor}"


class AgentState(models.Model):
    """The hot state of a resident, written by `world.commit` alone.

    place: number of the location one is in, 0 in the street. cell: where one stands in the street,
    or where the walk began, or the door of the place one is in. answer_by: while a model is asked
    for a decision, when that becomes too late; NEVER while none is. talk_at: when the conversation
    that stands on one's row goes on. engaged_at: when one thinks of one's next appointment.
    bound_for, arrives_at: the walk
    that is under way; departed_at: when it began. intent: the activity to begin on arrival.
    activity, intent, occupation, shift: codes, the position in the scenario's lists. workdays: one
    bit for each day of the week, Monday lowest. decision: how many decisions were made so far.
    alone: 1 while nobody shares one's place.
    shunned, shunned_until: the place that turned one away, and how long one remembers.
    Needs are lines: value and rate as in `world.engine.lines`, all anchored at needs_since.
    """

    actor = models.OneToOneField(
        Actor, on_delete=models.CASCADE, primary_key=True, related_name="state"
    )
    arrives_at = TimerField()
    ends_at = TimerField()
    alert_at = TimerField()
    think_at = TimerField()
    answer_by = TimerField()
    talk_at = TimerField()
    engaged_at = TimerField()
    departed_at = models.BigIntegerField(default=0)
    started_at = models.BigIntegerField(default=0)
    needs_since = models.BigIntegerField()
    shunned_until = models.BigIntegerField(default=0)
    place = models.IntegerField(default=0)
    bound_for = models.IntegerField(default=0)
    cell = models.IntegerField()
    home = models.IntegerField()
    workplace = models.IntegerField(default=0)
    shunned = models.IntegerField(default=0)
    decision = models.IntegerField(default=0)
    energy = models.IntegerField(default=FULL)
    satiety = models.IntegerField(default=FULL)
    social = models.IntegerField(default=FULL)
    fun = models.IntegerField(default=FULL)
    hygiene = models.IntegerField(default=FULL)
    comfort = models.IntegerField(default=FULL)
    energy_rate = models.IntegerField(default=0)
    satiety_rate = models.IntegerField(default=0)
    social_rate = models.IntegerField(default=0)
    fun_rate = models.IntegerField(default=0)
    hygiene_rate = models.IntegerField(default=0)
    comfort_rate = models.IntegerField(default=0)
    activity = models.SmallIntegerField(default=0)
    intent = models.SmallIntegerField(default=0)
    motive = models.SmallIntegerField(default=0)
    source = models.SmallIntegerField(default=0)
    occupation = models.SmallIntegerField(default=0)
    shift = models.SmallIntegerField(default=0)
    workdays = models.SmallIntegerField(default=0)
    alone = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="needs_are_within_bounds",
                condition=models.Q(
                    *(
                        models.Q((f"{need}__gte", 0), (f"{need}__lte", FULL))
                        for need in ("energy", "satiety", "social", "fun", "hygiene", "comfort")
                    )
                ),
            ),
            models.CheckConstraint(
                name="in_a_place_or_in_the_street",
                condition=models.Q(place=0) | models.Q(bound_for=0),
            ),
        ]

    def __str__(self) -> str:
        return f"state of {self.actor}"
