"""Exports: doors that give files to keep."""

from typing import Any

from django.utils import translation
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.views import APIView

from world.models import World
from world.rest.asked import choice
from world.rest.files import FormatIsAParameter
from world.rest.throttling import PerClient, PerExport
from world.stage import stage_of

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


def name_of_file(world: World, what: str, extension: str) -> str:
    """The name of a file: the world, what of it, and the day of the town's up to which it goes."""
    day = stage_of(world).time(world.lived_until)[:10]
    return f"{world.slug}-{what}-{day}.{extension}"
