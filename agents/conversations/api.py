"""REST: conversations, and what residents are to each other."""

import datetime as dt

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.api import agent_of
from agents.conversations import selectors
from agents.conversations.answers import (
    ConversationDetail,
    ConversationList,
    ConversationPage,
    RelationshipDetail,
    RelationshipPage,
)
from agents.conversations.reading import (
    conversation_detail,
    conversation_lines,
    relationship_line,
    tie_changes,
)
from world.api import WORLD
from world.engine.gametime import DAY
from world.rest.asked import day_of, page_of, world_of
from world.rest.errors import not_found
from world.stage import stage_of

PAGED = [
    OpenApiParameter("page", int),
    OpenApiParameter("limit", int, description="1 to 100, 20 without."),
]


class ActiveConversationsView(APIView):
    """Conversations that go on."""

    @extend_schema(parameters=[WORLD], responses=ConversationList)
    def get(self, request: Request) -> Response:
        world = world_of(request)
        lines = conversation_lines(stage_of(world), list(selectors.going_on(world)))
        return Response(ConversationList(conversations=lines).model_dump(mode="json"))


class ConversationHistoryView(APIView):
    """Conversations, the latest first."""

    @extend_schema(
        parameters=[
            WORLD,
            *PAGED,
            OpenApiParameter("agent_id", int, description="Only those of this resident."),
            OpenApiParameter("start_date", dt.date, description="Began on this day of the town's"),
            OpenApiParameter("end_date", dt.date, description="to this one, both included."),
        ],
        responses=ConversationPage,
    )
    def get(self, request: Request) -> Response:
        world = world_of(request)
        agent = request.query_params.get("agent_id")
        until = day_of(request, world.first_day, "end_date")
        told = selectors.history(
            world,
            who=agent_of(world, agent).number if agent else None,
            since=day_of(request, world.first_day, "start_date"),
            until=until + DAY if until is not None else None,
        )
        which, page = page_of(request, told)
        lines = conversation_lines(stage_of(world), list(page))
        return Response(ConversationPage(**which, conversations=lines).model_dump(mode="json"))


class ConversationView(APIView):
    """One conversation, while it goes on and after it has ended."""

    @extend_schema(parameters=[WORLD], responses=ConversationDetail)
    def get(self, request: Request, conversation_id: str) -> Response:
        world = world_of(request)
        known = conversation_id.isdecimal() and len(conversation_id) < 18
        told = (
            selectors.conversations(world).filter(number=conversation_id).first() if known else None
        )
        if told is None:
            raise not_found(
                "CONVERSATION_NOT_FOUND", zh="没有这场对话。", en="There is no such conversation."
            )
        return Response(conversation_detail(stage_of(world), told).model_dump(mode="json"))


class RelationshipsView(APIView):
    """What a resident is to others, the closest first."""

    @extend_schema(
        operation_id="agent_relationships_list",
        parameters=[WORLD, *PAGED],
        responses=RelationshipPage,
    )
    def get(self, request: Request, agent_id: str) -> Response:
        world = world_of(request)
        person, stage = agent_of(world, agent_id), stage_of(world)
        which, page = page_of(request, selectors.relationships(world, person.number))
        lines = [relationship_line(stage, tie) for tie in page]
        return Response(RelationshipPage(**which, relationships=lines).model_dump(mode="json"))


class RelationshipView(APIView):
    """What two residents are to each other, and what made it so."""

    @extend_schema(parameters=[WORLD, *PAGED], responses=RelationshipDetail)
    def get(self, request: Request, agent_id: str, other_id: str) -> Response:
        world = world_of(request)
        stage = stage_of(world)
        one, other = agent_of(world, agent_id).number, agent_of(world, other_id).number
        mine = selectors.relationships(world, one).filter(other__number=other).first()
        theirs = selectors.relationships(world, other).filter(other__number=one).first()
        if mine is None:
            raise not_found(
                "NOT_FOUND", zh="他们互不相识。", en="These two do not know each other."
            )
        which, page = page_of(request, selectors.changes_between(world, one, other))
        answer = RelationshipDetail(
            mine=relationship_line(stage, mine),
            theirs=relationship_line(stage, theirs) if theirs else None,
            **which,
            history=tie_changes(stage, list(page)),
        )
        return Response(answer.model_dump(mode="json"))
