"""Admin: conversations with all that was said, and what residents are to each other."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.admin import TabularInline
from unfold.decorators import display

from agents.admin.states import OfResidents
from agents.conversations import selectors
from agents.conversations.presentation import tie_name
from agents.conversations.reading import message, tie_changes
from agents.conversations.vocabulary import Ending, Topic, Why
from agents.models import AgentTalk, Conversation, Participation, Relationship
from world.admin import OfWorld, ReadOnly, called
from world.engine.lines import POINT
from world.labels import in_words
from world.rest.language import language, name_of, say_lazily
from world.stage import stage_of

SHOWN = 30
"""Changes of a tie that are shown, the last ones."""


@admin.register(AgentTalk)
class AgentTalkAdmin(OfResidents):
    """Who talks at present."""

    list_display = ("actor", "host", "phase", "turns", "emotion", "chats")


class ParticipationInline(TabularInline):
    """Who took part, from when to when."""

    model = Participation
    extra = 0
    can_delete = False
    fields = ("actor", "joined", "left")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Conversation)
class ConversationAdmin(OfWorld):
    """Conversations, the latest first."""

    list_display = ("begun", "who", "where", "about", "reason", "end", "messages")
    ordering = ("-began", "-number")
    inlines = (ParticipationInline,)
    readonly_fields = ("begun", "who", "where", "about", "reason", "end", "said", "changed")
    fields = ("world", "begun", "who", "where", "about", "reason", "end", "said", "changed")

    @display(description=say_lazily(zh="开始于（游戏时间）", en="began at"), ordering="began")
    def begun(self, told: Conversation) -> str:
        """The game time."""
        return stage_of(told.world).time(told.began)

    @display(description=say_lazily(zh="参与者", en="participants"))
    def who(self, told: Conversation) -> str:
        """Everybody who took part."""
        people = selectors.people_of([told])[told.pk]
        return ", ".join(called(told.world, number) for number in people)

    @display(description=say_lazily(zh="地点", en="place"), ordering="place")
    def where(self, told: Conversation) -> str:
        """The place."""
        return called(told.world, told.place, place=True)

    @display(description=say_lazily(zh="话题", en="topic"), ordering="topic")
    def about(self, told: Conversation) -> str:
        """What it was about in the end."""
        return in_words(Topic(told.topic).name.lower()) if told.topic else "—"

    @display(description=say_lazily(zh="缘由", en="why"), ordering="why")
    def reason(self, told: Conversation) -> str:
        """Why it began."""
        return in_words(Why(told.why).name.lower())

    @display(description=say_lazily(zh="结局", en="ending"), ordering="ending")
    def end(self, told: Conversation) -> str:
        """How it ended; a dash while it goes on."""
        return in_words(Ending(told.ending).name.lower()) if told.ending else "—"

    @display(description=say_lazily(zh="说了什么", en="what was said"))
    def said(self, told: Conversation) -> SafeString | str:
        """Every sentence, in order."""
        stage = stage_of(told.world)
        lines = [message(stage, event) for event in selectors.sentences(told)]
        if not lines:
            return "—"
        return format_html(
            '<ol class="list-decimal pl-4">{}</ol>',
            format_html_join(
                "",
                '<li><span class="text-font-subtle-light dark:text-font-subtle-dark">{} → {} · {}'
                "</span><br>{}</li>",
                (
                    (each.speaker.name, each.listener.name, in_words(each.emotion), each.text)
                    for each in lines
                ),
            ),
        )

    @display(description=say_lazily(zh="关系的变化", en="what it changed"))
    def changed(self, told: Conversation) -> SafeString | str:
        """What it did to ties."""
        return _changes(tie_changes(stage_of(told.world), selectors.changes_through(told)))


def _changes(changes: list[Any]) -> SafeString | str:
    if not changes:
        return "—"
    rows = (
        (
            each.time[5:16].replace("T", " "),
            each.agent.name,
            each.other.name,
            f"{each.before:g}",
            f"{each.after:g}",
            in_words(each.reason),
            each.because,
        )
        for each in changes
    )
    return format_html(
        "<ul>{}</ul>", format_html_join("", "<li>{} {} → {}: {} → {} ({}) {}</li>", rows)
    )


@admin.register(Participation)
class ParticipationAdmin(ReadOnly):
    """Parts in conversations."""

    list_display = ("conversation", "actor", "joined", "left")
    list_select_related = ("conversation", "actor")
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-pk",)


@admin.register(Relationship)
class RelationshipAdmin(ReadOnly):
    """What residents are to each other, one side at a time."""

    list_display = ("one", "another", "kind", "closeness", "opinion", "talks")
    list_filter = ("actor__world", "sore", "love")
    list_select_related = ("actor__world", "other")
    search_fields = ("actor__name_zh", "actor__name_en", "other__name_zh", "other__name_en")
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-strength",)
    readonly_fields = ("one", "another", "kind", "closeness", "opinion", "history")
    fields = ("one", "another", "kind", "closeness", "opinion", "talks", "lines", "history")

    @display(description=say_lazily(zh="谁", en="who"), ordering="actor__number")
    def one(self, tie: Relationship) -> str:
        """Whose side it is."""
        return name_of(tie.actor)

    @display(description=say_lazily(zh="对谁", en="to whom"), ordering="other__number")
    def another(self, tie: Relationship) -> str:
        """The other."""
        return name_of(tie.other)

    @display(description=say_lazily(zh="关系", en="tie"), ordering="strength")
    def kind(self, tie: Relationship) -> str:
        """The kind, by strength."""
        name = tie_name(stage_of(tie.actor.world), tie.strength, tie.love)
        return str(getattr(name, language()))

    @display(description=say_lazily(zh="亲近（0–100）", en="strength, 0–100"), ordering="strength")
    def closeness(self, tie: Relationship) -> str:
        """How close they are."""
        return f"{tie.strength / POINT:.1f}"

    @display(
        description=say_lazily(zh="印象（-100–100）", en="regard, -100–100"), ordering="regard"
    )
    def opinion(self, tie: Relationship) -> str:
        """What the one thinks of the other."""
        return f"{tie.regard / POINT:.0f}"

    @display(description=say_lazily(zh="来龙去脉", en="history"))
    def history(self, tie: Relationship) -> SafeString | str:
        """What made it so, on both sides, the last changes first."""
        world = tie.actor.world
        changes = selectors.changes_between(world, tie.actor.number, tie.other.number)
        return _changes(tie_changes(stage_of(world), list(changes[:SHOWN])))
