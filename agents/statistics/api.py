"""REST: what a town is like as a whole."""

import datetime as dt

from django.http import StreamingHttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.statistics.answers import HotPlaces, Society
from agents.statistics.balance import Balance, balance
from agents.statistics.hot_places import hot_places
from agents.statistics.series import TimeSeries, metrics_of, table, time_series
from agents.statistics.society import society
from world.api import WORLD
from world.rest.asked import days_asked, number, world_of
from world.rest.errors import invalid
from world.rest.exports import IS_A_FILE, LANG, ExportView
from world.rest.tables import FORMAT, IS_A_TABLE, table_of
from world.stage import Stage, stage_of


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


class TimeSeriesView(APIView):
    """How figures of the economy went, day by day."""

    @extend_schema(
        parameters=[
            WORLD,
            OpenApiParameter(
                "metric",
                str,
                description="One or several, such as gini,share_wealthy; all of `known` without.",
            ),
            OpenApiParameter("from", dt.date, description="From this day of the town's"),
            OpenApiParameter("to", dt.date, description="to this one, both included."),
        ],
        responses=TimeSeries,
    )
    def get(self, request: Request) -> Response:
        world = world_of(request)
        stage = stage_of(world)
        since, until = days_asked(request, world.first_day)
        answer = time_series(world, stage, _metrics(request, stage), since=since, until=until)
        return Response(answer.model_dump(mode="json"))


def _metrics(request: Request, stage: Stage) -> list[str]:
    """The metrics that are asked for, in their order, each once."""
    known = list(metrics_of(stage))
    told = [name.strip() for name in request.query_params.get("metric", "").split(",")]
    wanted = list(dict.fromkeys(name for name in told if name))
    if strange := [name for name in wanted if name not in known]:
        raise invalid(
            zh=f"没有这样的指标：{'、'.join(strange)}；有：{'、'.join(known)}。",
            en=f"There is no metric {', '.join(strange)}; there are {', '.join(known)}.",
            more={"unknown": strange, "known": known},
        )
    return wanted or known


class TimeSeriesExportView(ExportView):
    """All figures of the economy, a row for each day, without the envelope."""

    @extend_schema(
        parameters=[
            WORLD,
            LANG,
            FORMAT,
            OpenApiParameter("start_date", dt.date, description="From this day of the town's"),
            OpenApiParameter("end_date", dt.date, description="to this one, both included."),
        ],
        responses=IS_A_TABLE,
        extensions=IS_A_FILE,
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        world = world_of(request)
        stage = stage_of(world)
        since, until = days_asked(request, world.first_day, names=("start_date", "end_date"))
        rows = table(world, stage, since=since, until=until)
        columns = ("day", *metrics_of(stage))
        return table_of(request, world, name="timeseries", columns=columns, rows=rows)


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
