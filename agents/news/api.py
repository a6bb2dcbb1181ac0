"""REST: what is announced, what people tell each other, and who has it from whom."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.commands import UnknownPlaceError
from agents.news import selectors
from agents.news.answers import NewAnnouncement, NewsDetail, NewsPage
from agents.news.commands import NoSuchAgentError, NoSuchTimeError, announce
from agents.news.reading import news_detail, news_line
from world.answers import Accepted
from world.api import WORLD
from world.rest.asked import body_of, living_world_of, page_of, world_of
from world.rest.envelope import done
from world.rest.errors import invalid, not_found
from world.rest.language import say
from world.stage import stage_of


class AnnouncementsView(APIView):
    """Letting something be known."""

    @extend_schema(parameters=[WORLD], request=NewAnnouncement, responses={202: Accepted})
    def post(self, request: Request) -> Response:
        world = living_world_of(request)
        stage = stage_of(world)
        wanted = body_of(request, NewAnnouncement)
        try:
            entry = announce(
                world=world, stage=stage, wanted=wanted, told_by=request.user.get_username()
            )
        except UnknownPlaceError:
            raise not_found(
                "LOCATION_NOT_FOUND", zh="没有这个地点。", en="There is no such place."
            ) from None
        except NoSuchAgentError as error:
            raise not_found(
                "AGENT_NOT_FOUND",
                zh="没有这位居民。",
                en="There is no such resident.",
                more={str(error): "no such resident"},
            ) from None
        except NoSuchTimeError:
            raise invalid(
                zh="starts_at 应是将来的小镇时间，例如 2026-03-02T18:00:00。",
                en="starts_at must be a world time to come, such as 2026-03-02T18:00:00.",
                more={"gathering.starts_at": "not a world time to come"},
            ) from None
        answer = Accepted(takes_effect_at=stage.time(entry.at))
        told = say(
            zh=f"将在 {answer.takes_effect_at} 宣布。",
            en=f"Will be announced at {answer.takes_effect_at}.",
        )
        return done(answer.model_dump(mode="json"), told, status=202)


class NewsListView(APIView):
    """News, the latest first."""

    @extend_schema(
        operation_id="news_list",
        parameters=[
            WORLD,
            OpenApiParameter("page", int),
            OpenApiParameter("limit", int, description="1 to 100, 20 without."),
        ],
        responses=NewsPage,
    )
    def get(self, request: Request) -> Response:
        world = world_of(request)
        which, page = page_of(request, selectors.news(world))
        stage = stage_of(world)
        answer = NewsPage(**which, news=[news_line(stage, each) for each in page])
        return Response(answer.model_dump(mode="json"))


class NewsView(APIView):
    """One piece of news, and who has it from whom."""

    @extend_schema(parameters=[WORLD], responses=NewsDetail)
    def get(self, request: Request, news_id: str) -> Response:
        world = world_of(request)
        known = news_id.isdecimal() and len(news_id) < 10
        told = selectors.news(world).filter(number=news_id).first() if known else None
        if told is None:
            raise not_found("NOT_FOUND", zh="没有这条消息。", en="There is no such news.")
        return Response(news_detail(stage_of(world), told).model_dump(mode="json"))
