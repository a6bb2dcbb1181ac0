"""REST: what residents have agreed to and mean to do."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.api import agent_of
from agents.appointments import selectors
from agents.appointments.answers import AppointmentLine, AppointmentPage
from agents.appointments.vocabulary import State
from agents.conversations.api import PAGED
from agents.conversations.presentation import conversation_key
from agents.models import Appointment
from world.answers import named
from world.api import WORLD
from world.rest.asked import page_of, world_of
from world.stage import Stage, stage_of


class AppointmentsView(APIView):
    """What a resident has agreed to and means to do, and what came of the last of each kind."""

    @extend_schema(parameters=[WORLD, *PAGED], responses=AppointmentPage)
    def get(self, request: Request, agent_id: str) -> Response:
        world = world_of(request)
        person, stage = agent_of(world, agent_id), stage_of(world)
        which, page = page_of(request, selectors.appointments(world, person.number))
        lines = [appointment_line(stage, each) for each in page]
        return Response(AppointmentPage(**which, appointments=lines).model_dump(mode="json"))


def appointment_line(stage: Stage, entry: Appointment) -> AppointmentLine:
    """An entry in somebody's diary, as it is told."""
    alone = entry.actor_id == entry.other_id
    return AppointmentLine(
        other=None if alone else named(stage.person(entry.other.number)),
        at=stage.time(entry.at),
        location=named(stage.place(entry.place)),
        activity=stage.constants["activities"].keys[entry.activity],
        state=State(entry.state).name.lower(),
        news=entry.news or None,
        conversation=conversation_key(entry.conversation) if entry.conversation else None,
    )
