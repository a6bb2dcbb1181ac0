"""Admin: what residents remember. It is shown; only what befalls them adds to it."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html_join
from unfold.decorators import display

from memory.evidence import evidence_of
from memory.models import Accumulation, Embedder, Memory, ModelVector
from world.admin import ReadOnly, called
from world.rest.language import language, say_lazily
from world.stage import stage_of


@admin.register(Embedder)
class EmbedderAdmin(ReadOnly):
    """Who makes the vectors by which memories are found."""

    list_display = ("name", "dimension")


@admin.register(ModelVector)
class ModelVectorAdmin(ReadOnly):
    """Which memories a model has read."""

    list_display = ("memory", "embedder")
    list_filter = ("embedder",)
    list_select_related = ("memory__actor", "embedder")
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-memory",)
    fields = ("memory", "embedder")


@admin.register(Accumulation)
class AccumulationAdmin(ReadOnly):
    """How much has come together for each to reflect on."""

    list_display = ("owner", "importance", "reflected", "waiting")
    list_filter = ("actor__world", "waiting")
    list_select_related = ("actor__world",)
    ordering = ("-importance", "actor")
    readonly_fields = ("owner", "reflected")
    fields = ("owner", "importance", "reflected", "waiting")

    @display(description=say_lazily(zh="谁", en="who"), ordering="actor__number")
    def owner(self, accumulation: Accumulation) -> str:
        """Whose it is."""
        return called(accumulation.actor.world, accumulation.actor.number)

    @display(description=say_lazily(zh="上次反思", en="last reflected"), ordering="reflected_at")
    def reflected(self, accumulation: Accumulation) -> str:
        """When they last had enough."""
        at, world = accumulation.reflected_at, accumulation.actor.world
        return stage_of(world).time(at) if at else "—"


@admin.register(Memory)
class MemoryAdmin(ReadOnly):
    """What residents remember, the latest first."""

    list_display = ("owner", "when", "kind", "importance", "text", "recalls")
    list_filter = ("actor__world", "kind")
    list_select_related = ("actor__world",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("text_zh", "text_en", "actor__name_zh", "actor__name_en")
    ordering = ("-at", "actor", "-ordinal")
    readonly_fields = (
        "owner",
        "when",
        "text",
        "about",
        "where",
        "told_by",
        "last_recalled",
        "drawn_from",
        "stood_in",
    )
    fields = (
        "owner",
        "when",
        "kind",
        "importance",
        "text",
        "drawn_from",
        "stood_in",
        "valence",
        "about",
        "where",
        "told_by",
        "recalls",
        "last_recalled",
        "embedder",
    )

    @display(description=say_lazily(zh="谁", en="who"), ordering="actor__number")
    def owner(self, memory: Memory) -> str:
        """Whose memory it is."""
        return called(memory.actor.world, memory.actor.number)

    @display(description=say_lazily(zh="时间（游戏时间）", en="at"), ordering="at")
    def when(self, memory: Memory) -> str:
        """The game time."""
        return stage_of(memory.actor.world).time(memory.at)

    @display(description=say_lazily(zh="记得什么", en="what"))
    def text(self, memory: Memory) -> str:
        """In words."""
        return str(getattr(memory, f"text_{language()}"))

    @display(description=say_lazily(zh="依据", en="drawn from"))
    def drawn_from(self, memory: Memory) -> str:
        """The memories of which a reflection was made, each a link."""
        links = (
            (reverse("admin:memory_memory_change", args=[each.pk]), self.text(each))
            for each in evidence_of([memory])[memory.pk]
        )
        return format_html_join(" · ", '<a class="underline" href="{}">{}</a>', links) or "—"

    @display(description=say_lazily(zh="凭直觉代替模型", en="instinct stood in"), boolean=True)
    def stood_in(self, memory: Memory) -> bool:
        """Whether it is not of whoever was asked for it."""
        return bool(memory.stand_in)

    @display(description=say_lazily(zh="关于谁", en="about whom"))
    def about(self, memory: Memory) -> str:
        """Others it is about."""
        return ", ".join(called(memory.actor.world, number) for number in memory.people) or "—"

    @display(description=say_lazily(zh="在哪里", en="where"))
    def where(self, memory: Memory) -> str:
        """The place."""
        return called(memory.actor.world, memory.place, place=True) or "—"

    @display(description=say_lazily(zh="听谁说的", en="heard from"))
    def told_by(self, memory: Memory) -> str:
        """Who told it; a dash for what one witnessed."""
        return called(memory.actor.world, memory.source) or "—"

    @display(description=say_lazily(zh="上次想起", en="last recalled"))
    def last_recalled(self, memory: Memory) -> str:
        """When it last came to mind."""
        return stage_of(memory.actor.world).time(memory.recalled_at) if memory.recalls else "—"
