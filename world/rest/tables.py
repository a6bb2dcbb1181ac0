"""Tables as files: the same rows as CSV for spreadsheets, or as JSON for programs."""

import json
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from world.models import World
from world.rest.asked import choice
from world.rest.exports import name_of_file
from world.rest.files import file_of
from world.rest.spreadsheet import Cell, csv_lines

FORMATS = {"csv": "text/csv", "json": "application/json"}
FORMAT = OpenApiParameter("format", str, enum=[*FORMATS], description="csv without.")

IS_A_TABLE = {
    (200, "text/csv"): OpenApiTypes.STR,
    (200, "application/json"): {"type": "array", "items": {"type": "object"}},
}
"""The answers of a door that gives a table, for the schema."""


def table_of(
    request: Request, world: World, *, name: str, columns: Sequence[str], rows: Iterable[list[Cell]]
) -> StreamingHttpResponse:
    """A table to keep, in the format that was asked for; its rows are taken as it is sent."""
    wanted = choice(request, "format", tuple(FORMATS)) or "csv"
    parts = csv_lines(columns, rows) if wanted == "csv" else as_json(columns, rows)
    return file_of(
        request,
        parts,
        name=name_of_file(world, name, wanted),
        content_type=f"{FORMATS[wanted]}; charset=utf-8",
    )


def as_json(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """A list of objects, one a line, with the columns as keys."""
    before = "[\n"
    for row in rows:
        yield before + json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
