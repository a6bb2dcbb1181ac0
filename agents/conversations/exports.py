"""REST: what was said, and the social network, as files to keep."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import translation
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from agents.conversations import network_files, transcript
from agents.conversations.network import network_of
from world.api import WORLD
from world.engine.gametime import DAY
from world.models import World
from world.rest.asked import choice, day_of, world_of
from world.rest.files import FormatIsAParameter, file_of
from world.rest.language import language
from world.rest.spreadsheet import csv_lines
from world.rest.throttling import PerClient, PerExport
from world.stage import stage_of

TRANSCRIPTS: dict[str, tuple[str, Callable[[Iterator[list[str]]], Iterator[str]]]] = {
    "csv": ("text/csv", lambda rows: csv_lines(transcript.COLUMNS, rows)),
    "json": ("application/json", transcript.as_json),
}
"""The content type of each format of a transcript, and what writes it."""

LANGUAGES = {"zh": "zh-hans", "en": "en"}
LANG = OpenApiParameter(
    "lang", str, enum=[*LANGUAGES], description="Instead of Accept-Language, which links lack."
)

IS_A_FILE = {"x-file": True}
"""Marks doors whose answers are in no envelope; see `world.rest.schema`."""


class ExportView(APIView):
    """A door that gives a file. It costs more than others, so it opens less often."""

    throttle_classes = [PerClient, PerExport]
    content_negotiation_class = FormatIsAParameter

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if wanted := choice(request, "lang", tuple(LANGUAGES)):
            translation.activate(LANGUAGES[wanted])


class ConversationsExportView(ExportView):
    """All that was said, the earliest conversation first, without the envelope.

    CSV has a byte order mark, and an apostrophe before each cell that a spreadsheet would take for
    a formula. JSON is a list of objects with the same columns.
    """

    @extend_schema(
        parameters=[
            WORLD,
            LANG,
            OpenApiParameter("format", str, enum=[*TRANSCRIPTS], description="csv without."),
            OpenApiParameter("start_date", dt.date, description="Began on this day of the town's"),
            OpenApiParameter("end_date", dt.date, description="to this one, both included."),
        ],
        responses={
            (200, "text/csv"): OpenApiTypes.STR,
            (200, "application/json"): {"type": "array", "items": {"type": "object"}},
        },
        extensions=IS_A_FILE,
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        world = world_of(request)
        wanted = choice(request, "format", tuple(TRANSCRIPTS)) or "csv"
        until = day_of(request, world.first_day, "end_date")
        rows = transcript.sentences(
            world,
            stage_of(world),
            language=language(),
            since=day_of(request, world.first_day, "start_date"),
            until=until + DAY if until is not None else None,
        )
        content_type, write = TRANSCRIPTS[wanted]
        return file_of(
            request,
            write(rows),
            name=_name(world, "conversations", wanted),
            content_type=f"{content_type}; charset=utf-8",
        )


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
            name=_name(world, "social-network", wanted),
            content_type=f"{content_type}; charset=utf-8",
        )


def _name(world: World, what: str, extension: str) -> str:
    """The name of a file: the world, what of it, and the day of the town's up to which it goes."""
    day = stage_of(world).time(world.lived_until)[:10]
    return f"{world.slug}-{what}-{day}.{extension}"
