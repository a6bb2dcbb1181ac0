"""Appointments: what people have agreed to do with each other, or mean to do."""

from django.db import models

from world.models import Actor


class Appointment(models.Model):
    """An entry in the diary of one: the last with that other, written by `world.commit` alone.

    other: whom to meet, or who gives the gathering; oneself for what one means to do alone, or of
    one's own gathering. at, place, activity: when and where, and what is to be done there (a code).
    state: a `State` of `agents.appointments.vocabulary`. made_at: when it was entered;
    conversation: in which one it was agreed, 0 for none. news: the number of the gathering, 0 for
    none.
    """

    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="appointments", db_index=False
    )
    other = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="appointed_by")
    at = models.BigIntegerField(default=0)
    made_at = models.BigIntegerField(default=0)
    conversation = models.BigIntegerField(default=0)
    place = models.IntegerField(default=0)
    news = models.IntegerField(default=0)
    activity = models.SmallIntegerField(default=0)
    state = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "other"], name="one_appointment_each_way"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} with {self.other}"
