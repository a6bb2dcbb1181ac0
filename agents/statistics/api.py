"""REST: what a town is like as a whole."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.statistics.answers import HotPlaces, Society
from agents.statistics.balance import Balance, balance
from agents.statistics.hot_places import hot_places
from agents.statistics.society import society
from world.api import WORLD
from world.rest.asked import number, world_of
from world.stage import stage_of


class SocietyView(APIView):
    """Who lives in the town, how they are connected, and how much they talk."""

    @extend_schema(parameters=[WORLD], responses=Society)
    def get(self, request: Request) -> Response:
        world = world_of(request)
        return Response(society(world, stage_of(world)).model_dump(mode="json"))


class BalanceView(APIView):
    """What the town lacks or has too much of, and how healthy it is on the whole."""

    @extend_schema(parameters=[WORLD], responses=Balance)
    def get(self, request: Request) -> Response:
        world = world_of(request)
        return Response(balance(world, stage_of(world)).model_dump(mode="json"))


class HotLocationsView(APIView):
    """Places by how lively they are, the liveliest first."""

    @extend_schema(
        parameters=[WORLD, OpenApiParameter("limit", int, description="1 to 100, 10 without.")],
        responses=HotPlaces,
    )
    def get(self, request: Request) -> Response:
        world = world_of(request)
        limit = number(request, "limit", 10, lowest=1, highest=100)
        return Response(hot_places(world, stage_of(world), limit).model_dump(mode="json"))
