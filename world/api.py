"""REST: the world itself."""

from django.db import transaction
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from world import control, pace
from world.answers import ClockState, Control, EventPage, Status, Ticket
from world.models import World
from world.rest.asked import body_of, living_world_of, number, world_of
from world.rest.envelope import done
from world.rest.errors import invalid
from world.rest.language import say
from world.selectors import world_of_slug
from world.stage import stage_of
from world.status import clock_state, status_of
from world.stream import tickets
from world.stream.log import told_events

WORLD = OpenApiParameter("world", str, description="The name of a world; the primary one without.")

EVENTS_AT_MOST = 1000


class StatusView(APIView):
    """How the world is."""

    @extend_schema(parameters=[WORLD], responses=Status)
    def get(self, request: Request) -> Response:
        return Response(status_of(world_of(request)).model_dump(mode="json"))


class ControlView(APIView):
    """Pause, resume, change the speed, or begin anew."""

    @extend_schema(parameters=[WORLD], request=Control, responses=ClockState)
    def post(self, request: Request) -> Response:
        wanted = body_of(request, Control)
        world = living_world_of(request)
        with transaction.atomic():
            told = _carry_out(world, wanted)
        state = clock_state(world_of_slug(request.query_params.get("world", "")))
        return done(state.model_dump(mode="json"), told)


def _carry_out(world: World, wanted: Control) -> str:
    match wanted.action:
        case "pause":
            pace.pause(world=world)
            return say(zh="已暂停。", en="Paused.")
        case "resume":
            pace.resume(world=world)
            return say(zh="已继续。", en="Running again.")
        case "speed_up":
            control.speed_up(world=world)
        case "slow_down":
            control.slow_down(world=world)
        case "set_speed":
            if wanted.speed is None:
                raise invalid(zh="缺少 speed。", en="speed is missing.")
            control.set_speed(world=world, speed=wanted.speed)
        case "reset":
            _reset(world, wanted)
            return say(zh="世界已重新开始。", en="The world has begun anew.")
    return say(zh="速度已改变。", en="The speed has changed.")


def _reset(world: World, wanted: Control) -> None:
    try:
        control.reset(world=world, confirmation=wanted.confirmation, seed=wanted.seed)
    except control.ConfirmationError:
        raise invalid(
            zh="重置会归档这个世界。请带上 details 里的 confirmation 再发一次，五分钟内有效。",
            en="A reset archives this world. Send it again with the confirmation in details,"
            " within five minutes.",
            more={"confirmation": control.confirmation_for(world)},
        ) from None


class StreamTicketView(APIView):
    """A ticket for one connection to the stream of a town that is not public."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(request=None, responses={201: Ticket})
    def post(self, request: Request) -> Response:
        ticket = Ticket(ticket=tickets.issue(request.user), expires_in=tickets.VALID_SECONDS)
        return Response(ticket.model_dump(), status=status.HTTP_201_CREATED)


class EventsView(APIView):
    """The log of what happened, without gaps."""

    @extend_schema(
        parameters=[
            WORLD,
            OpenApiParameter("after_seq", int, description="Events later than this; 0 for all."),
            OpenApiParameter("limit", int, description=f"1 to {EVENTS_AT_MOST}."),
            OpenApiParameter("kind", str, description="Only events of this kind."),
            OpenApiParameter("agent", int, description="Only events about this resident."),
        ],
        responses=EventPage,
    )
    def get(self, request: Request) -> Response:
        world = world_of(request)
        after = number(request, "after_seq", 0, lowest=0, highest=2**62)
        limit = number(request, "limit", 100, lowest=1, highest=EVENTS_AT_MOST)
        agent = number(request, "agent", 0, lowest=0, highest=2**31 - 1)
        kind = request.query_params.get("kind", "")
        events = told_events(stage_of(world), after_seq=after, limit=limit, kind=kind, agent=agent)
        if events is None:
            raise invalid(zh=f"没有这种事件：{kind}", en=f"There is no kind of event {kind!r}.")
        complete = len(events) < limit
        page = EventPage(
            events=events,
            last_seq=world.seq,
            next_after_seq=max(after, world.seq) if complete else events[-1]["seq"],
        )
        return Response(page.model_dump(mode="json"))
