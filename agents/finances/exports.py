"""REST: every movement of money as a file to keep."""

import datetime as dt

from django.http import StreamingHttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from agents.finances import ledgers
from economy.money import Category
from world.api import WORLD
from world.labels import in_words
from world.rest.asked import days_asked, world_of
from world.rest.exports import IS_A_FILE, LANG, ExportView
from world.rest.language import language
from world.rest.tables import FORMAT, IS_A_TABLE, table_of
from world.stage import stage_of


class TransactionsExportView(ExportView):
    """Every movement of money, the earliest first, without the envelope; sums in yuan."""

    @extend_schema(
        parameters=[
            WORLD,
            LANG,
            FORMAT,
            OpenApiParameter("start_date", dt.date, description="From this day of the town's"),
            OpenApiParameter(
                "end_date",
                dt.date,
                description="to this one, both included, with the settlement at its end.",
            ),
        ],
        responses=IS_A_TABLE,
        extensions=IS_A_FILE,
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        world = world_of(request)
        since, until = days_asked(request, world.first_day, names=("start_date", "end_date"))
        rows = ledgers.transactions(
            world,
            stage_of(world),
            language=language(),
            words={category: in_words(category.name.lower()) for category in Category},
            since=since,
            until=until,
        )
        return table_of(request, world, name="transactions", columns=ledgers.COLUMNS, rows=rows)
