"""Admin: what people tell each other, and who has it from whom."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from unfold.decorators import action, display

from agents.admin.announcing import announcing
from agents.admin.states import OfResidents
from agents.models import Knowledge, News
from agents.news import selectors
from agents.news.vocabulary import How, Kind, Urgency
from world.admin import ReadOnly
from world.labels import in_words
from world.ordering import TakesOrders
from world.rest.language import language, say, say_lazily
from world.stage import stage_of

HOW = {
    How.WITNESSED: say_lazily(zh="亲眼所见", en="was there"),
    How.ANNOUNCED: say_lazily(zh="看到告示", en="from the announcement"),
    How.TOLD: say_lazily(zh="听说", en="was told"),
    How.HOSTING: say_lazily(zh="是主办人", en="is the host"),
}


@admin.register(News)
class NewsAdmin(TakesOrders, ReadOnly):
    """News, the latest first; what operators announce is told to the engine."""

    actions_list = ("announce",)
    list_display = ("when", "what", "words", "loudness", "knowers")
    list_filter = ("world", "kind")
    list_select_related = ("world",)
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-at", "-number")
    readonly_fields = ("when", "what", "words", "loudness", "knowers", "spread")
    fields = ("world", "when", "what", "words", "loudness", "knowers", "spread")

    @action(
        description=say_lazily(zh="发布消息", en="Announce"),
        icon="campaign",
        url_path="announce",
        permissions=["order"],
    )
    def announce(self, request: HttpRequest) -> HttpResponse:
        """Let something be known."""
        return announcing(self, request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[News]:
        """With how many know each."""
        return selectors.with_knowers(super().get_queryset(request))

    @display(description=say_lazily(zh="何时（游戏时间）", en="when"), ordering="at")
    def when(self, news: News) -> str:
        """When it came up."""
        return stage_of(news.world).time(news.at)

    @display(description=say_lazily(zh="哪一类", en="kind"), ordering="kind")
    def what(self, news: News) -> str:
        """What kind of news it is."""
        return in_words(Kind(news.kind).name.lower())

    @display(description=say_lazily(zh="内容", en="what it says"))
    def words(self, news: News) -> str:
        """What it says."""
        return selectors.text(stage_of(news.world), news)[language()]

    @display(description=say_lazily(zh="紧急程度", en="urgency"), ordering="urgency")
    def loudness(self, news: News) -> str:
        """How loudly it was announced."""
        return in_words(Urgency(news.urgency).name.lower()) if news.urgency else "–"

    @display(description=say_lazily(zh="知道的人数", en="how many know"), ordering="knowers")
    def knowers(self, news: Any) -> int:
        """How many residents know it."""
        return int(news.knowers)

    @display(description=say_lazily(zh="怎样传开的", en="how it spread"))
    def spread(self, news: News) -> SafeString | str:
        """Who knows it since when, and from whom."""
        stage = stage_of(news.world)
        rows = [
            (
                stage.time(each.heard_at),
                stage.person(each.actor.number)["name"][language()],
                _how(stage.person, each),
            )
            for each in selectors.spread(news)
        ]
        return format_html_join("", "<p>{} · {} · {}</p>", rows) or "–"


def _how(person: Any, known: Knowledge) -> str:
    how = str(HOW[How(known.how)])
    if not known.source:
        return how
    teller = person(known.source)["name"][language()]
    return say(zh=f"听{teller}说的", en=f"was told by {teller}")


@admin.register(Knowledge)
class KnowledgeAdmin(OfResidents):
    """Who knows what."""

    list_display = ("actor", "news", "source", "told")
