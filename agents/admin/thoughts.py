"""Admin: what models were asked and what they said. Whatever they said is shown as plain text."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.decorators import display

from agents.admin.blocks import Colour, badge, block, json_block, titled_block
from agents.minds.answers import ThoughtDetail
from agents.minds.reading import thought_detail
from agents.minds.status import dollars
from agents.models import LanguageModel, Recording, Thought
from agents.provenance import StandIn
from world.admin import OfWorld, ReadOnly
from world.labels import in_words
from world.models import InboxEntry
from world.rest.language import name_of, say, say_lazily
from world.stage import stage_of

ROLES = {
    "system": say_lazily(zh="系统", en="System"),
    "user": say_lazily(zh="提问", en="Asked"),
    "assistant": say_lazily(zh="模型", en="Model"),
}

COLOURS: dict[str, Colour] = {
    Thought.Status.WAITING: "info",
    Thought.Status.CLAIMED: "warning",
    Thought.Status.ANSWERED: "success",
    Thought.Status.WITHDRAWN: "danger",
}

LONG = ("situation", "messages", "reply", "reasoning", "parsed", "detail")
"""Columns that only a page of one thought fetches."""

NO_FAILURE = "none"
"""What the filter calls thoughts that went well."""

SECOND = 1000
"""Milliseconds."""


class FailureFilter(admin.SimpleListFilter):
    """Thoughts by why instinct stood in."""

    title = say_lazily(zh="失败原因", en="failure")
    parameter_name = "failure"

    def lookups(self, request: HttpRequest, view: Any) -> list[tuple[str, str]]:
        names = [why.name.lower() for why in StandIn]
        return [
            (NO_FAILURE, say(zh="没有", en="none")),
            *((name, in_words(name)) for name in names),
        ]

    def queryset(self, request: HttpRequest, thoughts: QuerySet[Thought]) -> QuerySet[Thought]:
        if self.value() is None:
            return thoughts
        return thoughts.filter(failure="" if self.value() == NO_FAILURE else self.value())


class ModelFilter(admin.SimpleListFilter):
    """Thoughts by the name of the model; of the models in the catalogue."""

    title = say_lazily(zh="模型", en="model")
    parameter_name = "model_name"

    def lookups(self, request: HttpRequest, view: Any) -> list[tuple[str, str]]:
        return [(name, name) for name in LanguageModel.objects.values_list("name", flat=True)]

    def queryset(self, request: HttpRequest, thoughts: QuerySet[Thought]) -> QuerySet[Thought]:
        return thoughts.filter(model_name=self.value()) if self.value() else thoughts


@admin.register(Thought)
class ThoughtAdmin(OfWorld):
    """Thoughts, the newest first."""

    list_display = (
        "asked",
        "resident",
        "purpose",
        "model_name",
        "condition",
        "why",
        "usd",
        "seconds",
    )
    list_filter = ("world", "status", FailureFilter, ModelFilter, "purpose")
    search_fields = ("actor__name_zh", "actor__name_en")
    ordering = ("-pk",)
    readonly_fields = (
        "asked",
        "who",
        "condition",
        "why",
        "whose",
        "carried_out",
        "prompt",
        "raw_reply",
        "thinking",
        "understood",
        "known",
        "usd",
        "seconds",
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    *("asked", "who", "world", "purpose", "model_name", "language", "condition"),
                    *("why", "detail", "whose", "carried_out"),
                )
            },
        ),
        (say_lazily(zh="问了什么", en="What was asked"), {"fields": ("prompt",)}),
        (
            say_lazily(zh="答了什么", en="What came back"),
            {"fields": ("raw_reply", "thinking", "understood")},
        ),
        (
            say_lazily(zh="代价", en="What it took"),
            {
                "fields": (
                    *("usd", "seconds", "calls", "attempts", "via"),
                    *("tokens_in", "tokens_cached", "tokens_out", "tokens_reasoning"),
                    *("asked_real", "answered_real"),
                )
            },
        ),
        (say_lazily(zh="当时的处境", en="What was known"), {"fields": ("known",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Thought]:
        return super().get_queryset(request).select_related("world", "actor").defer(*LONG)

    @display(description=say_lazily(zh="提问于（游戏时间）", en="asked at"), ordering="asked_at")
    def asked(self, thought: Thought) -> str:
        """The game time."""
        return stage_of(thought.world).time(thought.asked_at)

    @display(description=say_lazily(zh="居民", en="resident"), ordering="actor__number")
    def resident(self, thought: Thought) -> str:
        """Who thinks."""
        return f"{name_of(thought.actor)} ({thought.actor.number})"

    @display(description=say_lazily(zh="居民", en="resident"))
    def who(self, thought: Thought) -> SafeString:
        """Who thinks, and the way to them."""
        url = reverse("admin:agents_agent_change", args=[thought.actor_id])
        return format_html('<a class="text-link" href="{}">{}</a>', url, self.resident(thought))

    @display(description=say_lazily(zh="状态", en="status"), ordering="status")
    def condition(self, thought: Thought) -> SafeString:
        """Waiting, claimed, answered or withdrawn."""
        return badge(COLOURS[thought.status], thought.get_status_display())

    @display(description=say_lazily(zh="失败原因", en="failure"), ordering="failure")
    def why(self, thought: Thought) -> str:
        """Why instinct stands in."""
        return in_words(thought.failure) if thought.failure else "—"

    @display(description=say_lazily(zh="费用（美元）", en="cost, USD"), ordering="cost")
    def usd(self, thought: Thought) -> str:
        """What all calls cost together."""
        return f"{dollars(thought.cost):.6f}"

    @display(description=say_lazily(zh="用时（秒）", en="latency, s"), ordering="latency_ms")
    def seconds(self, thought: Thought) -> str:
        """How long the model took."""
        return f"{thought.latency_ms / SECOND:.2f}"

    @display(description=say_lazily(zh="谁的决定", en="whose decision"))
    def whose(self, thought: Thought) -> str:
        """The model's, instinct's, or nobody's so far."""
        source = _detail(thought).source
        return in_words(source) if source else "—"

    @display(description=say_lazily(zh="引擎的处理", en="what the engine did with it"))
    def carried_out(self, thought: Thought) -> str:
        """What became of the reply in the inbox."""
        outcome, _, reason = _detail(thought).outcome.partition(": ")
        if not outcome:
            return "—"
        told = in_words(InboxEntry.Outcome(outcome).label)
        return f"{told} ({in_words(reason)})" if reason else told

    @display(description=say_lazily(zh="提示词", en="prompt"))
    def prompt(self, thought: Thought) -> SafeString | str:
        """The messages, one after another, later turns among them."""
        told = [
            (titled_block(str(ROLES.get(message["role"], message["role"])), message["content"]),)
            for message in thought.messages
        ]
        return format_html_join("", "{}", told) if told else "—"

    @display(description=say_lazily(zh="原始回答", en="raw reply"))
    def raw_reply(self, thought: Thought) -> SafeString | str:
        """What the model said in the end."""
        return block(thought.reply)

    @display(description=say_lazily(zh="推理过程", en="reasoning"))
    def thinking(self, thought: Thought) -> SafeString | str:
        """What it said of its thinking."""
        return block(thought.reasoning)

    @display(description=say_lazily(zh="读懂的内容", en="what was understood"))
    def understood(self, thought: Thought) -> SafeString | str:
        """The plan in the reply."""
        return json_block(thought.parsed)

    @display(description=say_lazily(zh="处境", en="situation"))
    def known(self, thought: Thought) -> SafeString | str:
        """What the mind could know, as codes and numbers."""
        return json_block(thought.situation)


def _detail(thought: Thought) -> ThoughtDetail:
    """All that is known of a thought; asked once for a page."""
    known = vars(thought)
    if "_told" not in known:
        known["_told"] = thought_detail(thought, stage_of(thought.world))
    told: ThoughtDetail = known["_told"]
    return told


@admin.register(Recording)
class RecordingAdmin(ReadOnly):
    """The cassette: what models said, by what they were asked."""

    list_display = ("recorded_at", "model_name", "subject", "asked_at", "purpose", "turn", "key")
    ordering = ("-pk",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("key", "model_name")
    readonly_fields = ("requested", "came")
    fields = (
        *("model_name", "subject", "asked_at", "purpose", "turn", "recorded_at", "key"),
        *("requested", "came"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Recording]:
        return super().get_queryset(request).defer("request", "outcome")

    @display(description=say_lazily(zh="请求", en="request"))
    def requested(self, recording: Recording) -> SafeString | str:
        """What was asked."""
        return json_block(recording.request)

    @display(description=say_lazily(zh="结果", en="outcome"))
    def came(self, recording: Recording) -> SafeString | str:
        """The reply and its usage, or how the call failed."""
        return json_block(recording.outcome)
