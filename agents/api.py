"""REST: residents, and the places where they are."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.answers import (
    AgentDetail,
    AgentPage,
    Command,
    NewAgent,
    Ordered,
    PlaceDetail,
    PlaceList,
)
from agents.answers import Trajectory as TrajectoryAnswer
from agents.commands import UnknownActivityError, UnknownPlaceError, command, invite, let_go
from agents.occupancy import place_detail, place_lines
from agents.population.reading import refuse_departed
from agents.profiles import agent_detail, agent_lines, trajectory
from agents.selectors import DEPARTED, SORTS, chosen, everybody
from world.answers import Accepted, Named
from world.api import WORLD
from world.models import Actor, InboxEntry, World
from world.rest.asked import body_of, choice, living_world_of, number, page_of, world_of
from world.rest.envelope import done
from world.rest.errors import invalid, not_found
from world.rest.language import name_of, say
from world.stage import Stage, stage_of


class AgentsView(APIView):
    """Residents, a page at a time."""

    @extend_schema(
        operation_id="agents_list",
        parameters=[
            WORLD,
            OpenApiParameter("page", int),
            OpenApiParameter("limit", int, description="1 to 100, 20 without."),
            OpenApiParameter("occupation", str),
            OpenApiParameter(
                "status", str, description="A class of wealth, such as stable; or departed."
            ),
            OpenApiParameter("search", str, description="A part of a name."),
            OpenApiParameter(
                "sort", str, enum=[*SORTS, *(f"-{key}" for key in SORTS)], description="id without."
            ),
        ],
        responses=AgentPage,
    )
    def get(self, request: Request) -> Response:
        world = world_of(request)
        stage = stage_of(world)
        occupations = tuple(spec.key for spec in stage.rules["occupations"])
        people = chosen(
            world,
            stage,
            occupation=choice(request, "occupation", occupations),
            status=choice(request, "status", (*stage.constants["classes"].keys, DEPARTED)),
            search=request.query_params.get("search", ""),
        )
        sort = choice(request, "sort", (*SORTS, *(f"-{key}" for key in SORTS)))
        if sort:
            field = SORTS[sort.removeprefix("-")]
            people = people.order_by(f"-{field}" if sort.startswith("-") else field, "number")
        which, page = page_of(request, people)
        answer = AgentPage(**which, agents=agent_lines(list(page), stage, world))
        return Response(answer.model_dump(mode="json"))

    @extend_schema(
        operation_id="agents_invite",
        parameters=[WORLD],
        request=NewAgent,
        responses={202: Accepted},
    )
    def post(self, request: Request) -> Response:
        world = living_world_of(request)
        stage, wanted = stage_of(world), body_of(request, NewAgent)
        known = [spec.key for spec in stage.rules["occupations"]]
        if wanted.occupation and wanted.occupation not in known:
            told = ", ".join(known)
            raise invalid(
                zh=f"没有这种职业；有：{told}", en=f"There is no such occupation; there are: {told}"
            )
        entry = invite(
            world=world, occupation=wanted.occupation, told_by=request.user.get_username()
        )
        answer = Accepted(takes_effect_at=stage.time(entry.at))
        return _takes_effect(answer)


class AgentView(APIView):
    """One resident."""

    @extend_schema(parameters=[WORLD], responses=AgentDetail)
    def get(self, request: Request, agent_id: str) -> Response:
        world = world_of(request)
        person = agent_of(world, agent_id)
        return Response(agent_detail(person, stage_of(world), world).model_dump(mode="json"))

    @extend_schema(operation_id="agents_let_go", parameters=[WORLD], responses={202: Ordered})
    def delete(self, request: Request, agent_id: str) -> Response:
        world = living_world_of(request)
        person = resident_of(world, agent_id)
        entry = let_go(world=world, agent=person, told_by=request.user.get_username())
        return _ordered(person, stage_of(world), entry)


class TrajectoryView(APIView):
    """Where a resident was."""

    @extend_schema(
        parameters=[WORLD, OpenApiParameter("hours", int, description="1 to 168, 24 without.")],
        responses=TrajectoryAnswer,
    )
    def get(self, request: Request, agent_id: str) -> Response:
        world = world_of(request)
        person = agent_of(world, agent_id)
        hours = number(request, "hours", 24, lowest=1, highest=168)
        answer = trajectory(world, stage_of(world), person.number, hours)
        return Response(answer.model_dump(mode="json"))


class CommandsView(APIView):
    """What a resident is told to do."""

    @extend_schema(parameters=[WORLD], request=Command, responses={202: Ordered})
    def post(self, request: Request, agent_id: str) -> Response:
        world = living_world_of(request)
        person, stage = resident_of(world, agent_id), stage_of(world)
        wanted = body_of(request, Command).root
        try:
            entry = command(
                world=world,
                stage=stage,
                agent=person,
                wanted=wanted,
                told_by=request.user.get_username(),
            )
        except UnknownPlaceError:
            raise not_found(
                "LOCATION_NOT_FOUND", zh="没有这个地点。", en="There is no such place."
            ) from None
        except UnknownActivityError as error:
            raise invalid(
                zh=f"没有这种活动；有：{error}", en=f"There is no such activity; there are: {error}"
            ) from None
        return _ordered(person, stage, entry)


class LocationsView(APIView):
    """Every place."""

    @extend_schema(operation_id="locations_list", parameters=[WORLD], responses={200: PlaceList})
    def get(self, request: Request) -> Response:
        world = world_of(request)
        places = place_lines(world, stage_of(world))
        return Response([place.model_dump(mode="json") for place in places])


class LocationView(APIView):
    """One place, who is in it and what happened there lately."""

    @extend_schema(parameters=[WORLD], responses=PlaceDetail)
    def get(self, request: Request, location_id: str) -> Response:
        world = world_of(request)
        stage = stage_of(world)
        location = stage.locations.get(int(location_id)) if location_id.isdecimal() else None
        if location is None:
            raise not_found("LOCATION_NOT_FOUND", zh="没有这个地点。", en="There is no such place.")
        return Response(place_detail(world, stage, location).model_dump(mode="json"))


def agent_of(world: World, agent_id: str) -> Any:
    """Somebody who lives or lived in a world, by number."""
    everyone = everybody(world).select_related("personality", "skills")
    known = agent_id.isdecimal() and len(agent_id) < 10
    person: Actor | None = everyone.filter(number=agent_id).first() if known else None
    if person is None:
        raise not_found("AGENT_NOT_FOUND", zh="没有这位居民。", en="There is no such resident.")
    return person


def resident_of(world: World, agent_id: str) -> Any:
    """Somebody who lives in a world, by number; of who has moved away a Refusal says when."""
    person = agent_of(world, agent_id)
    refuse_departed(person, stage_of(world))
    return person


def _ordered(person: Actor, stage: Stage, entry: InboxEntry) -> Response:
    answer = Ordered(
        agent=Named(id=person.number, name=name_of(person)),
        takes_effect_at=stage.time(entry.at),
    )
    return _takes_effect(answer)


def _takes_effect(answer: Accepted) -> Response:
    time = answer.takes_effect_at
    told = say(zh=f"将在 {time} 生效。", en=f"Takes effect at {time}.")
    return done(answer.model_dump(mode="json"), told, status=202)
