"""Admin: the stage. What the engine lives is shown; what may be changed goes through its doors."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from world import control, pace
from world.engine.clock import Clock
from world.engine.gametime import NEVER
from world.happenings import Kind
from world.labels import in_words
from world.models import (
    Actor,
    Event,
    Happening,
    InboxEntry,
    InboxSeal,
    Location,
    Rulebook,
    World,
    WorldClock,
    Zone,
)
from world.ordering import TakesOrders
from world.registry import event_kinds
from world.rest.language import language, say, say_lazily
from world.ruling_forms import HappeningForm, RulesForm, ruling
from world.stage import stage_of
from world.status import clock_state


class ReadOnly(ModelAdmin):
    """Shown to operators, and changed by nobody here."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


BUTTONS: dict[str, tuple[Any, str | None, Callable[..., Clock]]] = {
    "pause": (say_lazily(zh="暂停", en="Pause"), "pause", pace.pause),
    "resume": (say_lazily(zh="继续", en="Resume"), "play_arrow", pace.resume),
    "slow_down": (say_lazily(zh="放慢", en="Slower"), "remove", control.slow_down),
    "speed_up": (say_lazily(zh="加快", en="Faster"), "add", control.speed_up),
    **{
        f"x{speed}": (f"×{speed}", None, partial(control.set_speed, speed=speed))
        for speed in control.SPEEDS
    },
}
"""What sets the clock of a world: by name, what it says, its icon and what it does."""


def called(world: World, number: int, *, place: bool = False) -> str:
    """What an actor (or a place) is called in the reader's language; nothing for nobody."""
    if not number:
        return ""
    known = stage_of(world).place(number) if place else stage_of(world).person(number)
    name: str = known["name"][language()]
    return name


@admin.register(World)
class WorldAdmin(ReadOnly):
    """Worlds, with their clocks."""

    list_display = ("slug", "name_zh", "name_en", "condition", "world_time", "speed", "seq")
    list_select_related = ("clock",)
    actions_detail = tuple(BUTTONS)

    @display(
        description=say_lazily(zh="状态", en="status"),
        label={"running": "success", "paused": "warning", "asleep": "warning", "stopped": "danger"},
    )
    def condition(self, world: World) -> tuple[str, str]:
        """Running, paused, asleep, stopped or archived."""
        status = clock_state(world).status
        return status, in_words(status)

    @display(description=say_lazily(zh="游戏时间", en="world time"))
    def world_time(self, world: World) -> str:
        """How far it has lived."""
        return clock_state(world).world_time

    @display(description=say_lazily(zh="速度", en="speed"))
    def speed(self, world: World) -> str:
        """In multiples of the usual pace."""
        return f"×{clock_state(world).speed:g}"

    def has_control_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Whether the clock may be set."""
        return request.user.is_active and request.user.is_staff

    def world(self, request: HttpRequest, object_id: int) -> World:
        """A world whose clock is to be set. These are links: no other site may lead here."""
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            raise PermissionDenied
        return World.objects.select_related("clock").get(pk=object_id)

    def told(self, request: HttpRequest, object_id: int) -> HttpResponseRedirect:
        state = clock_state(self.world(request, object_id))
        told = f"{in_words(state.status)}, ×{state.speed:g}, {state.world_time}"
        messages.success(request, told)
        return HttpResponseRedirect(reverse("admin:world_world_change", args=[object_id]))


def _press(name: str, says: Any, icon: str | None, do: Callable[..., Clock]) -> Any:
    def press(self: WorldAdmin, request: HttpRequest, object_id: int) -> HttpResponseRedirect:
        do(world=self.world(request, object_id))
        return self.told(request, object_id)

    press.__name__ = name
    url = name.replace("_", "-")
    return action(description=says, icon=icon, url_path=url, permissions=["control"])(press)


for _name, (_says, _icon, _do) in BUTTONS.items():
    setattr(WorldAdmin, _name, _press(_name, _says, _icon, _do))


class OfWorld(ReadOnly):
    """Things that belong to a world."""

    list_filter: tuple[Any, ...] = ("world",)
    list_select_related = ("world",)
    list_per_page = 50
    show_full_result_count = False


@admin.register(WorldClock)
class WorldClockAdmin(ReadOnly):
    """Clocks: what real time is in the game."""

    list_display = ("world", "paused", "scale", "why", "anchor_game")


@admin.register(InboxSeal)
class InboxSealAdmin(ReadOnly):
    """How far the inbox of each world is final."""

    list_display = ("world", "until", "round")


@admin.register(Rulebook)
class RulebookAdmin(OfWorld):
    """What a world was founded on."""

    list_display = ("section", "world")


@admin.register(Actor)
class ActorAdmin(OfWorld):
    """Whoever acts, owns or is owed."""

    list_display = ("number", "name_zh", "name_en", "kind", "world")
    list_filter = ("world", "kind")
    search_fields = ("name_zh", "name_en")


@admin.register(Zone)
class ZoneAdmin(OfWorld):
    """Parts of the map."""

    list_display = ("key", "name_zh", "name_en", "kind", "world")


@admin.register(Location)
class LocationAdmin(OfWorld):
    """Places."""

    list_display = ("number", "name_zh", "name_en", "kind", "capacity", "world")
    list_filter = ("world", "kind")
    search_fields = ("name_zh", "name_en", "key")


@admin.register(Event)
class EventAdmin(OfWorld):
    """What happened."""

    list_display = ("seq", "when", "what", "who", "where", "world")
    ordering = ("-world", "-seq")

    @display(description=say_lazily(zh="游戏时间", en="when"))
    def when(self, event: Event) -> str:
        """The game time."""
        return stage_of(event.world).time(event.world_time)

    @display(description=say_lazily(zh="事情", en="what"))
    def what(self, event: Event) -> str:
        """The kind of event."""
        return in_words(event_kinds[event.kind].name)

    @display(description=say_lazily(zh="谁", en="who"))
    def who(self, event: Event) -> str:
        """Who did it, or whom it befell."""
        return called(event.world, event.actor)

    @display(description=say_lazily(zh="地点", en="where"))
    def where(self, event: Event) -> str:
        """In which place, or at the door of which."""
        return called(event.world, event.place, place=True)


@admin.register(Happening)
class HappeningAdmin(TakesOrders, OfWorld):
    """What went on, goes on or will, and the rules that were in force."""

    actions_list = ("rule", "let_happen")
    list_display = ("number", "what", "since", "up_to", "where", "world")
    list_filter = ("world", "kind")
    ordering = ("-world", "-number")

    @action(
        description=say_lazily(zh="改规则", en="Change the rules"),
        icon="gavel",
        url_path="rules",
        permissions=["order"],
    )
    def rule(self, request: HttpRequest) -> HttpResponse:
        """Switch rules, and set pension, allowance and tax."""
        return ruling(self, request, RulesForm, say(zh="改规则", en="Change the rules"))

    @action(
        description=say_lazily(zh="让事情发生", en="Let something happen"),
        icon="celebration",
        url_path="happen",
        permissions=["order"],
    )
    def let_happen(self, request: HttpRequest) -> HttpResponse:
        """Let there be a celebration, a disaster or a shock."""
        title = say(zh="让事情发生", en="Let something happen")
        return ruling(self, request, HappeningForm, title)

    @display(description=say_lazily(zh="事情", en="what"), ordering="kind")
    def what(self, happening: Happening) -> str:
        """The kind of happening, or the rule."""
        return in_words(Kind(happening.kind).name.lower())

    @display(description=say_lazily(zh="开始于", en="since"), ordering="began")
    def since(self, happening: Happening) -> str:
        """The game time at which it began, or will."""
        return stage_of(happening.world).time(happening.began)

    @display(description=say_lazily(zh="结束于", en="until"), ordering="until")
    def up_to(self, happening: Happening) -> str:
        """The game time at which it is over; a dash for never."""
        never = happening.until >= NEVER
        return "—" if never else stage_of(happening.world).time(happening.until)

    @display(description=say_lazily(zh="地点", en="where"))
    def where(self, happening: Happening) -> str:
        """In which place; nothing for everywhere."""
        return called(happening.world, happening.place, place=True)


@admin.register(InboxEntry)
class InboxEntryAdmin(OfWorld):
    """What was told to worlds, and what came of it."""

    list_display = ("what", "whom", "takes_effect", "outcome", "reason", "told_by", "told_at")
    list_filter = ("world", "outcome", "kind")
    ordering = ("-pk",)

    @display(description=say_lazily(zh="事情", en="what"), ordering="kind")
    def what(self, entry: InboxEntry) -> str:
        """The kind of order."""
        return in_words(entry.kind)

    @display(description=say_lazily(zh="对谁", en="whom"), ordering="subject")
    def whom(self, entry: InboxEntry) -> str:
        """Whom it is about."""
        return called(entry.world, entry.subject)

    @display(description=say_lazily(zh="生效于", en="takes effect"))
    def takes_effect(self, entry: InboxEntry) -> str:
        """The game time at which it takes, or took, effect."""
        return stage_of(entry.world).time(entry.at)
