"""Selectors: the appointments of residents, for those who read."""

from django.db.models import QuerySet

from agents.appointments.vocabulary import State
from agents.models import Appointment
from world.models import World


def appointments(world: World, who: int) -> QuerySet[Appointment]:
    """Of a resident (a number), the last with each other; those furthest ahead first."""
    return (
        Appointment.objects.filter(actor__world=world, actor__number=who)
        .exclude(state=State.NONE)
        .select_related("actor", "other")
        .order_by("-at", "other__number")
    )
