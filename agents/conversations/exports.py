"""REST: what was said, and the social network, as files to keep."""

import datetime as dt

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from agents.conversations import network_files, transcript
from agents.conversations.network import network_of
from world.api import WORLD
from world.rest.asked import choice, days_asked, world_of
from world.rest.exports import IS_A_FILE, LANG, ExportView, name_of_file
from world.rest.files import file_of
from world.rest.language import language
from world.rest.tables import FORMAT, IS_A_TABLE, table_of
from world.stage import stage_of


class ConversationsExportView(ExportView):
    """All that was said, the earliest conversation first, without the envelope.

    CSV has a byte order mark, and an apostrophe before each cell that a spreadsheet would take for
    a formula. JSON is a list of objects with the same columns.
    """

    @extend_schema(
        parameters=[
            WORLD,
            LANG,
            FORMAT,
            OpenApiParameter("start_date", dt.date, description="Began on this day of the town's"),
            OpenApiParameter("end_date", dt.date, description="to this one, both included."),
        ],
        responses=IS_A_TABLE,
        extensions=IS_A_FILE,
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        world = world_of(request)
        since, until = days_asked(request, world.first_day, names=("start_date", "end_date"))
        rows = transcript.sentences(
            world,
            stage_of(world),
            language=language(),
            since=since,
            until=until,
        )
        return table_of(request, world, name="conversations", columns=transcript.COLUMNS, rows=rows)


class SocialNetworkExportView(ExportView):
    """Who is more than a stranger to whom, as a graph for Gephi, networkx or d3.

    Without the envelope. Labels are in the reader's language; names stand there in both.
    """

    @extend_schema(
        parameters=[
            WORLD,
            LANG,
            OpenApiParameter(
                "format", str, enum=[*network_files.FORMATS], description="graphml without."
            ),
        ],
        responses={
            (200, "application/graphml+xml"): OpenApiTypes.STR,
            (200, "application/gexf+xml"): OpenApiTypes.STR,
            (200, "application/json"): OpenApiTypes.OBJECT,
        },
        extensions=IS_A_FILE,
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        world = world_of(request)
        stage = stage_of(world)
        wanted = choice(request, "format", tuple(network_files.FORMATS)) or "graphml"
        content_type, write = network_files.FORMATS[wanted]
        graph = network_files.labelled(network_of(world, stage), stage, language())
        return file_of(
            request,
            write(graph),
            name=name_of_file(world, "social-network", wanted),
            content_type=f"{content_type}; charset=utf-8",
        )
