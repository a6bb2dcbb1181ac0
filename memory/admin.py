"""Admin: what residents remember. It is shown; only what befalls them adds to it."""

from django.contrib import admin
from unfold.decorators import display

from memory.models import Embedder, Memory, ModelVector
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
    readonly_fields = ("owner", "when", "text", "about", "where", "told_by", "last_recalled")
    fields = (
        "owner",
        "when",
        "kind",
        "importance",
        "text",
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
