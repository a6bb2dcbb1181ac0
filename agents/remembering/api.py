"""REST: what residents remember."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.api import agent_of
from agents.remembering.answers import MemoryPage, MemorySearch
from agents.remembering.reading import found_in_town, memory_lines, recalled_lines
from memory.models import Memory
from memory.selectors import memories_of
from world.api import WORLD
from world.rest.asked import PAGE, choice, number, page_of, slice_of, world_of
from world.rest.errors import invalid
from world.rest.permissions import OperatorsOnly
from world.stage import stage_of

KINDS = {kind.name.lower(): kind.value for kind in Memory.Kind}

ASKED_AT_MOST = 400
"""Characters of a question."""


class MemoriesView(APIView):
    """What a resident remembers."""

    @extend_schema(
        operation_id="agent_memories_list",
        parameters=[
            WORLD,
            OpenApiParameter("page", int),
            OpenApiParameter("limit", int, description="1 to 100, 20 without."),
            OpenApiParameter("kind", str, enum=list(KINDS)),
            OpenApiParameter("q", str, description="What to remember: the best match first."),
        ],
        responses=MemoryPage,
    )
    def get(self, request: Request, agent_id: str) -> Response:
        world = world_of(request)
        person, stage = agent_of(world, agent_id), stage_of(world)
        kind = KINDS.get(choice(request, "kind", tuple(KINDS)))
        asked, embedder = _asked(request), None
        if asked:
            embedder, lines = recalled_lines(stage, world, person, asked, kind=kind)
            which, lines = slice_of(request, lines)
        else:
            which, page = page_of(request, memories_of(person.pk, kind=kind))
            lines = memory_lines(stage, page)
        return Response(
            MemoryPage(**which, embedder=embedder, memories=lines).model_dump(mode="json")
        )


class MemorySearchView(APIView):
    """What anybody remembers of a matter; for operators."""

    permission_classes = [OperatorsOnly]

    @extend_schema(
        parameters=[
            WORLD,
            OpenApiParameter("q", str, required=True, description="The matter."),
            OpenApiParameter("limit", int, description="1 to 100, 20 without."),
        ],
        responses=MemorySearch,
    )
    def get(self, request: Request) -> Response:
        world = world_of(request)
        asked = _asked(request)
        if not asked:
            raise invalid(zh="请用 q 说明要找什么。", en="Say with q what to look for.")
        most = number(request, "limit", PAGE, lowest=1, highest=100)
        answer = found_in_town(stage_of(world), world, asked, most=most)
        return Response(answer.model_dump(mode="json"))


def _asked(request: Request) -> str:
    asked = request.query_params.get("q", "").strip()
    if len(asked) > ASKED_AT_MOST or "\0" in asked:
        raise invalid(
            zh=f"q 最多 {ASKED_AT_MOST} 个字符。",
            en=f"q is at most {ASKED_AT_MOST} characters of text.",
        )
    return asked
