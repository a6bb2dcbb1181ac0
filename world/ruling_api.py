"""REST: the rules of the town, and what goes on in it."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from world.answers import Accepted
from world.api import WORLD
from world.happenings import FIGURES, SWITCHES
from world.models import Happening
from world.rest.asked import body_of, living_world_of, page_of, world_of
from world.rest.envelope import done
from world.rest.errors import invalid, not_found
from world.rest.language import say
from world.ruling import (
    HappeningPage,
    NewHappening,
    NoSuchPlaceError,
    RulePatch,
    Rules,
    change_rules,
    happening_line,
    let_happen,
    rules_in_force,
)
from world.stage import stage_of


class RulesView(APIView):
    """The rules of the town: curfew, festival, economic crisis, day off, and what the treasury pays
    and takes."""

    @extend_schema(parameters=[WORLD], responses=Rules)
    def get(self, request: Request) -> Response:
        world = world_of(request)
        return Response(rules_in_force(world, stage_of(world)).model_dump(mode="json"))

    @extend_schema(parameters=[WORLD], request=RulePatch, responses={202: Accepted})
    def patch(self, request: Request) -> Response:
        world = living_world_of(request)
        wanted = body_of(request, RulePatch)
        orders = change_rules(world=world, wanted=wanted, told_by=request.user.get_username())
        if not orders:
            names = ", ".join(kind.name.lower() for kind in (*SWITCHES, *FIGURES))
            raise invalid(zh=f"请至少给出一条规则：{names}。", en=f"Name a rule at least: {names}.")
        answer = Accepted(takes_effect_at=stage_of(world).time(orders[0].at))
        told = say(
            zh=f"规则将在 {answer.takes_effect_at} 生效。",
            en=f"The rules take effect at {answer.takes_effect_at}.",
        )
        return done(answer.model_dump(mode="json"), told, status=202)


class HappeningsView(APIView):
    """What goes on in the town, by chance or by order."""

    @extend_schema(
        parameters=[WORLD, OpenApiParameter("page", int), OpenApiParameter("limit", int)],
        responses=HappeningPage,
    )
    def get(self, request: Request) -> Response:
        world = world_of(request)
        stage = stage_of(world)
        everything = Happening.objects.filter(world=world).exclude(kind__in=(*SWITCHES, *FIGURES))
        which, page = page_of(request, everything.order_by("-number"))
        told = HappeningPage(
            **which, happenings=[happening_line(world, stage, row) for row in page]
        )
        return Response(told.model_dump(mode="json"))

    @extend_schema(parameters=[WORLD], request=NewHappening, responses={202: Accepted})
    def post(self, request: Request) -> Response:
        world = living_world_of(request)
        stage = stage_of(world)
        wanted = body_of(request, NewHappening)
        try:
            entry = let_happen(
                world=world, stage=stage, wanted=wanted, told_by=request.user.get_username()
            )
        except NoSuchPlaceError:
            raise not_found(
                "LOCATION_NOT_FOUND",
                zh="没有这个地点；庆典和灾害都要有地点。",
                en="There is no such place; celebrations and disasters need one.",
            ) from None
        answer = Accepted(takes_effect_at=stage.time(entry.at))
        told = say(
            zh=f"将在 {answer.takes_effect_at} 开始。",
            en=f"Will begin at {answer.takes_effect_at}.",
        )
        return done(answer.model_dump(mode="json"), told, status=202)
