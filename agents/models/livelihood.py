"""How residents make a living: the work that there is, and how each of them stands in it."""

from django.db import models
from django.db.models import Q

from world.engine.lines import FULL
from world.models import Actor, World

FAIR = 60 * FULL // 100
"""The performance of somebody of whom nothing is known yet, milli-points."""


class Livelihood(models.Model):
    """The hot state of a resident's work and prospects, written by `world.commit` alone.

    performance: how well the work is done, 0 to 100,000. warnings: since the work was last done
    well. came_at: when they first came to today's work, 0 while they have not. worked, searched,
    made: game seconds of work (or school) today, of looking for work since the last job, and of the
    piece of art in hand. works: pieces that wait for a buyer. jobless_days, debt_days, gloom_days:
    midnights in a row at which they sought work, owed too much, or were unhappy. hired_at: when
    they came to their job. arrived_at: when they came to live here; left_at: when they moved away,
    0 while they live here.
    """

    actor = models.OneToOneField(
        Actor, on_delete=models.CASCADE, primary_key=True, related_name="livelihood"
    )
    came_at = models.BigIntegerField(default=0)
    hired_at = models.BigIntegerField(default=0)
    arrived_at = models.BigIntegerField(default=0)
    left_at = models.BigIntegerField(default=0)
    performance = models.IntegerField(default=FAIR)
    worked = models.IntegerField(default=0)
    searched = models.IntegerField(default=0)
    made = models.IntegerField(default=0)
    works = models.SmallIntegerField(default=0)
    warnings = models.SmallIntegerField(default=0)
    jobless_days = models.SmallIntegerField(default=0)
    debt_days = models.SmallIntegerField(default=0)
    gloom_days = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="performance_is_within_bounds",
                condition=Q(performance__gte=0, performance__lte=FULL),
            ),
        ]

    def __str__(self) -> str:
        return f"livelihood of {self.actor}"


class Position(models.Model):
    """Posts of one kind at one workplace; written by `world.commit` alone.

    place: the number of the workplace. occupation, shift: codes, as of `AgentState`. posts: how
    many people it takes.
    """

    world = models.ForeignKey(
        World, on_delete=models.CASCADE, related_name="positions", db_index=False
    )
    number = models.IntegerField()
    place = models.IntegerField()
    occupation = models.SmallIntegerField()
    shift = models.SmallIntegerField()
    posts = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["world", "number"], name="position_in_world"),
            models.CheckConstraint(name="posts_are_not_negative", condition=Q(posts__gte=0)),
        ]

    def __str__(self) -> str:
        return f"position {self.number} of world {self.world_id}"
