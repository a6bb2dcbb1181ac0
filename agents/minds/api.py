"""REST: thoughts, models, usage, and whose mind a resident has."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.answers import Ordered
from agents.api import agent_of, resident_of
from agents.minds.answers import ModelList, NewMind, ThoughtDetail, ThoughtPage, Usage
from agents.minds.catalogue import UnknownModelError, give_mind, model_named
from agents.minds.reading import (
    model_lines,
    thought_detail,
    thought_lines,
    thought_of_key,
    thoughts_of,
    usage_of,
)
from world.answers import Named
from world.api import WORLD
from world.rest.asked import body_of, living_world_of, number, page_of, world_of
from world.rest.envelope import done
from world.rest.errors import invalid, not_found
from world.rest.language import name_of, say
from world.rest.permissions import ResearchersReadOperatorsWrite
from world.stage import stage_of


class ThoughtsView(APIView):
    """What a resident's model was asked, the newest first."""

    permission_classes = [ResearchersReadOperatorsWrite]

    @extend_schema(
        operation_id="agent_thoughts_list",
        parameters=[
            WORLD,
            OpenApiParameter("page", int),
            OpenApiParameter("limit", int, description="1 to 100, 20 without."),
        ],
        responses=ThoughtPage,
    )
    def get(self, request: Request, agent_id: str) -> Response:
        world = world_of(request)
        person = agent_of(world, agent_id)
        which, page = page_of(request, thoughts_of(world, person.number))
        answer = ThoughtPage(**which, thoughts=thought_lines(list(page), stage_of(world)))
        return Response(answer.model_dump(mode="json"))


class ThoughtView(APIView):
    """One thought: its prompt, its reply, what came of it and what it cost."""

    permission_classes = [ResearchersReadOperatorsWrite]

    @extend_schema(parameters=[WORLD], responses=ThoughtDetail)
    def get(self, request: Request, thought_id: str) -> Response:
        world = world_of(request)
        thought = thought_of_key(world, thought_id)
        if thought is None:
            raise not_found("NOT_FOUND", zh="没有这个想法。", en="There is no such thought.")
        return Response(thought_detail(thought, stage_of(world)).model_dump(mode="json"))


class MindView(APIView):
    """Whose mind a resident has."""

    @extend_schema(parameters=[WORLD], request=NewMind, responses={202: Ordered})
    def post(self, request: Request, agent_id: str) -> Response:
        world = living_world_of(request)
        person = resident_of(world, agent_id)
        wanted = body_of(request, NewMind)
        try:
            model = model_named(wanted.model)
        except UnknownModelError as error:
            raise invalid(zh=f"没有可用的模型：{error}", en=str(error)) from None
        entry = give_mind(
            world=world, model=model, agent=person, told_by=request.user.get_username()
        )
        answer = Ordered(
            agent=Named(id=person.number, name=name_of(person)),
            takes_effect_at=stage_of(world).time(entry.at),
        )
        told = say(
            zh=f"从 {answer.takes_effect_at} 起用 {wanted.model} 思考。",
            en=f"Thinks with {wanted.model} from {answer.takes_effect_at} on.",
        )
        return done(answer.model_dump(mode="json"), told, status=202)


class ModelsView(APIView):
    """Models, their prices, and whether they can be used."""

    permission_classes = [ResearchersReadOperatorsWrite]

    @extend_schema(responses=ModelList)
    def get(self, request: Request) -> Response:
        return Response(ModelList(models=model_lines()).model_dump(mode="json"))


class UsageView(APIView):
    """Calls, tokens and cost by model, purpose and day; what is left of the budget."""

    permission_classes = [ResearchersReadOperatorsWrite]

    @extend_schema(
        parameters=[WORLD, OpenApiParameter("days", int, description="1 to 92, 7 without.")],
        responses=Usage,
    )
    def get(self, request: Request) -> Response:
        days = number(request, "days", 7, lowest=1, highest=92)
        return Response(usage_of(world_of(request), days).model_dump(mode="json"))
